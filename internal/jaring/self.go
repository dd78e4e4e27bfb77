package jaring

import (
	"slices"
	"time"
	"unicode/utf8"
)

// SelfKind is as what somebody registers on the own phone. The rules differ: an owner who has workers is
// an employer too.
type SelfKind string

// Kinds of self-registration.
const (
	SelfLone  SelfKind = "lone"  // works alone, BPU
	SelfOwner SelfKind = "owner" // owns a business that has workers
)

// SelfKinds lists both.
var SelfKinds = []SelfKind{SelfLone, SelfOwner}

// Bounds of self-registration. They are no law; the house states them.
const (
	OneTimeDigits   = 6
	OneTimeLife     = 10 * time.Minute // of a code, from when it was asked for
	OneTimeTries    = 5                // of one code
	OneTimeRest     = time.Minute      // between two codes to one phone
	SelfProofLife   = time.Hour        // from the code typed to the form sent
	MaxSelfSources  = 300              // open at once in one campaign: a hall of 200 stands
	MaxSelfSpan     = 90 * 24 * time.Hour
	MaxOwnerWorkers = 10_000
)

// SelfSource is where a QR code hangs by which people register themselves: a campaign, and a stand of it.
type SelfSource struct {
	Office   OfficeID
	Campaign CampaignID
	Stand    string // empty for none
	Until    time.Time
}

// NewSelfSource judges a source as it stands on now. Errors: field.too_long, self.until.
func NewSelfSource(s SelfSource, now time.Time) (SelfSource, error) {
	j := judge{}
	s.Stand = j.text("stand", s.Stand, maxName, false)
	s.Until = s.Until.UTC().Truncate(time.Millisecond)
	if !s.Until.After(now) || s.Until.Sub(now) > MaxSelfSpan {
		j.reject("until", "self.until", "max", int(MaxSelfSpan/(24*time.Hour)))
	}
	return s, j.errs.OrNil()
}

// OwnBusiness is what an owner with workers says of the business. The office makes an employer of it.
type OwnBusiness struct {
	Name    string
	Sector  string // what it does, in own words
	Village string // dotted code
	Workers int    // besides the owner
}

// NewOwnBusiness judges a business whole. villageKnown tells whether a code is a village's.
// Errors: field.required, field.too_long, village.unknown, self.workers.
func NewOwnBusiness(b OwnBusiness, villageKnown func(string) bool) (OwnBusiness, error) {
	j := judge{}
	b.Name = j.text("business/name", b.Name, maxName, true)
	b.Sector = j.text("business/sector", b.Sector, maxName, true)
	if !villageKnown(b.Village) {
		j.reject("business/village", "village.unknown")
	}
	if b.Workers < 1 || b.Workers > MaxOwnerWorkers {
		j.reject("business/workers", "self.workers", "max", MaxOwnerWorkers)
	}
	return b, j.errs.OrNil()
}

// CheckSelfKind judges what somebody registers as. Error: self.kind_unknown.
func CheckSelfKind(k SelfKind) error {
	if !slices.Contains(SelfKinds, k) {
		return Errors{NewError(Invalid, "self.kind_unknown").At("kind")}
	}
	return nil
}

// OneTimeCode reads a code as somebody types it: digits, spaces between them allowed.
// Error: self.code_form.
func OneTimeCode(text string) (string, error) {
	var digits []byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c)
		case c != ' ' && c != '-':
			return "", Errors{NewError(Invalid, "self.code_form", "n", OneTimeDigits).At("code")}
		}
	}
	if len(digits) != OneTimeDigits || utf8.RuneCountInString(text) > 3*OneTimeDigits {
		return "", Errors{NewError(Invalid, "self.code_form", "n", OneTimeDigits).At("code")}
	}
	return string(digits), nil
}

// Kinds of events about self-registration. Other is the stand, or the order.
const (
	SelfSourceOpened EventKind = "self.opened"
	SelfSourceClosed EventKind = "self.closed"
	SelfRegistered   EventKind = "self.registered"
	SelfOrderPaid    EventKind = "self.settled"
)
