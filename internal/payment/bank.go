package payment

import (
	"crypto/rsa"
	"net/url"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Bank is all that Jaring knows of a bank, or of another licensed channel that speaks
// SNAP: how it calls us, how we call it, and in what it differs from other banks.
type Bank struct {
	Name     string // ours for it, as reports show it
	Base     string // where it is called: https://…, or http on this machine
	Theirs   Party  // the bank, when it calls us
	Ours     Party  // we, when we call the bank
	Channel  string // CHANNEL-ID that we send, up to 5 characters
	Merchant Merchant
	Profile  Profile
}

// Party is one end of a line: how it names itself, and how it proves to be itself.
type Party struct {
	PartnerID    string // X-PARTNER-ID
	ClientKey    string // X-CLIENT-KEY
	ClientSecret string // known to both ends
	Public       *rsa.PublicKey
	Private      *rsa.PrivateKey // of our own end alone
}

// Merchant is who we are to the acquirer of our QR codes. NMID empty: this bank makes none.
type Merchant struct {
	ID       string // merchantId
	Terminal string // terminalId
	NMID     string // ID…, as the codes must show it
}

// Signing is how transactions are signed.
type Signing string

// The ways of signing.
const (
	Symmetric  Signing = "symmetric"  // with a token, by the shared secret
	Asymmetric Signing = "asymmetric" // without a token, by the caller's private key
)

// Repeat is what a bank expects when it sends an external id again on the same day with
// the same body.
type Repeat string

// What a repeated external id gets.
const (
	RepeatFirst    Repeat = "first"    // the first answer again
	RepeatConflict Repeat = "conflict" // 409xx00; the bank then asks with flagAdvise
)

// Profile is in what one bank differs from another.
type Profile struct {
	ServiceID  string        // partnerServiceId without its padding
	Digits     int           // of customerNo; 0 for as many as it takes, up to 20
	Notices    Signing       // of what the bank sends us
	Calls      Signing       // of what we send the bank
	Repeat     Repeat        // of what the bank sends us
	Skew       time.Duration // how far the bank's clock may be from ours, either way
	SignedFrom string        // part of our path in front that the bank leaves out when it signs: /snap
}

// The profiles that a simulated bank takes on. None is that of a real bank: those are
// written down from the bank's own paper, in the file of banks.
var profiles = map[string]Profile{
	"token":  {Notices: Symmetric, Calls: Symmetric, Repeat: RepeatFirst},
	"strict": {Notices: Symmetric, Calls: Symmetric, Repeat: RepeatConflict},
	"keyed":  {Notices: Asymmetric, Calls: Symmetric, Repeat: RepeatFirst},
}

// Profiles are the names of the profiles that a simulated bank takes on.
var Profiles = []string{"token", "strict", "keyed"}

// NewProfile gives the profile of that name, with the service id that codes begin with.
// Errors: payment.profile_unknown, payment.code_malformed.
func NewProfile(name, serviceID string) (Profile, error) {
	p, ok := profiles[name]
	if !ok {
		return p, jaring.NewError(jaring.Invalid, "payment.profile_unknown", "name", name, "known", strings.Join(Profiles, ", ")).At("profile")
	}
	p.ServiceID, p.Digits, p.Skew = serviceID, codeDigits, defaultSkew
	return p, p.check()
}

// codeDigits is how long the codes are that Jaring makes, and so a simulated bank's customer numbers.
const codeDigits = 14

// defaultSkew is how far clocks may be apart where a profile does not say.
const defaultSkew = 5 * time.Minute

func (p Profile) check() error {
	_, err := NewVA(p.ServiceID, "0")
	switch {
	case err != nil:
		return err
	case p.Digits < 0 || p.Digits > customerLength || p.Skew <= 0:
		return badBank("profile")
	case p.Notices != Symmetric && p.Notices != Asymmetric || p.Calls != Symmetric && p.Calls != Asymmetric:
		return badBank("profile")
	case p.Repeat != RepeatFirst && p.Repeat != RepeatConflict:
		return badBank("profile")
	}
	return nil
}

// NewVA makes the bank's payment code for customer. Error: payment.code_malformed.
func (p Profile) NewVA(customer string) (VA, error) {
	if p.Digits > 0 && len(customer) != p.Digits {
		return VA{}, jaring.NewError(jaring.Invalid, "payment.code_malformed")
	}
	return NewVA(p.ServiceID, customer)
}

// Check finds what b cannot work with. Errors: payment.bank_malformed (args part, never a
// key or a secret), payment.code_malformed.
func (b Bank) Check() error {
	base, err := url.Parse(b.Base)
	switch {
	case b.Name == "":
		return badBank("name")
	case err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" ||
		base.Scheme != "https" && (base.Scheme != "http" || !outside.IsHere(base.Hostname())):
		return badBank("base")
	case !b.Theirs.isWhole() || b.Theirs.Public == nil:
		return badBank("theirs")
	case !b.Ours.isWhole() || b.Ours.Private == nil:
		return badBank("ours")
	case b.Channel == "" || len(b.Channel) > 5:
		return badBank("channel")
	}
	return b.Profile.check()
}

func (p Party) isWhole() bool {
	return p.PartnerID != "" && len(p.PartnerID) <= maxPartner && p.ClientKey != "" && p.ClientSecret != ""
}

func badBank(part string) error {
	return jaring.NewError(jaring.Invalid, "payment.bank_malformed", "part", part)
}
