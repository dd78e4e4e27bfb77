package payment

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"time"

	"jaring/internal/jaring"
)

// The file of banks is a list in JSON. It holds our private keys and the shared secrets:
// keep it as the key file is kept.

type bankWire struct {
	Name     string      `json:"name"`
	Base     string      `json:"base"`
	Theirs   partyWire   `json:"theirs"`
	Ours     partyWire   `json:"ours"`
	Channel  string      `json:"channel_id"`
	Merchant *merchWire  `json:"merchant,omitempty"`
	Profile  profileWire `json:"profile"`
}

type partyWire struct {
	PartnerID    string `json:"partner_id"`
	ClientKey    string `json:"client_key"`
	ClientSecret string `json:"client_secret"`
	PublicKey    string `json:"public_key,omitempty"`  // PEM
	PrivateKey   string `json:"private_key,omitempty"` // PEM
}

type merchWire struct {
	ID       string `json:"merchant_id"`
	Terminal string `json:"terminal_id"`
	NMID     string `json:"nmid"`
}

type profileWire struct {
	ServiceID   string  `json:"service_id"`
	Digits      int     `json:"customer_digits,omitempty"`
	Notices     Signing `json:"notices"`
	Calls       Signing `json:"calls"`
	Repeat      Repeat  `json:"repeat"`
	SkewSeconds int     `json:"skew_seconds,omitempty"`
	SignedFrom  string  `json:"signed_from,omitempty"`
}

// ReadBanks reads a file of banks and checks each. Errors: payment.bank_malformed,
// payment.code_malformed.
func ReadBanks(r io.Reader) ([]Bank, error) {
	var wires []bankWire
	d := json.NewDecoder(io.LimitReader(r, 1<<20))
	d.DisallowUnknownFields()
	if d.Decode(&wires) != nil {
		return nil, badBank("json")
	}
	banks := make([]Bank, len(wires))
	seen := map[string]bool{}
	for i, w := range wires {
		b, err := w.bank()
		if err != nil {
			return nil, err
		}
		if seen[b.Theirs.ClientKey] || seen[b.Theirs.PartnerID] {
			return nil, badBank("theirs")
		}
		seen[b.Theirs.ClientKey], seen[b.Theirs.PartnerID] = true, true
		banks[i] = b
	}
	return banks, nil
}

// WriteBanks writes what ReadBanks reads.
func WriteBanks(w io.Writer, banks []Bank) error {
	wires := make([]bankWire, len(banks))
	for i, b := range banks {
		wires[i] = b.wire()
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(wires)
}

func (w bankWire) bank() (Bank, error) {
	theirs, ok := w.Theirs.party()
	if !ok {
		return Bank{}, badBank("theirs")
	}
	ours, ok := w.Ours.party()
	if !ok {
		return Bank{}, badBank("ours")
	}
	b := Bank{Name: w.Name, Base: w.Base, Theirs: theirs, Ours: ours, Channel: w.Channel, Profile: w.Profile.profile()}
	if w.Merchant != nil {
		b.Merchant = Merchant{w.Merchant.ID, w.Merchant.Terminal, w.Merchant.NMID}
	}
	return b, b.Check()
}

func (w profileWire) profile() Profile {
	skew := time.Duration(w.SkewSeconds) * time.Second
	if skew == 0 {
		skew = defaultSkew
	}
	return Profile{w.ServiceID, w.Digits, w.Notices, w.Calls, w.Repeat, skew, w.SignedFrom}
}

func (w partyWire) party() (p Party, ok bool) {
	p = Party{PartnerID: w.PartnerID, ClientKey: w.ClientKey, ClientSecret: w.ClientSecret}
	if w.PublicKey != "" {
		if p.Public, ok = parsePublic(w.PublicKey); !ok {
			return p, false
		}
	}
	if w.PrivateKey != "" {
		if p.Private, ok = parsePrivate(w.PrivateKey); !ok {
			return p, false
		}
		p.Public = &p.Private.PublicKey
	}
	return p, true
}

func (b Bank) wire() bankWire {
	p := b.Profile
	w := bankWire{Name: b.Name, Base: b.Base, Theirs: b.Theirs.wire(), Ours: b.Ours.wire(), Channel: b.Channel,
		Profile: profileWire{p.ServiceID, p.Digits, p.Notices, p.Calls, p.Repeat, int(p.Skew / time.Second), p.SignedFrom}}
	if b.Merchant != (Merchant{}) {
		w.Merchant = &merchWire{b.Merchant.ID, b.Merchant.Terminal, b.Merchant.NMID}
	}
	return w
}

func (p Party) wire() partyWire {
	w := partyWire{PartnerID: p.PartnerID, ClientKey: p.ClientKey, ClientSecret: p.ClientSecret}
	switch {
	case p.Private != nil:
		w.PrivateKey = formatPrivate(p.Private)
	case p.Public != nil:
		w.PublicKey = formatPublic(p.Public)
	}
	return w
}

func parsePublic(text string) (*rsa.PublicKey, bool) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, false
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	public, ok := key.(*rsa.PublicKey)
	return public, err == nil && ok
}

// parsePrivate reads PKCS#8, or PKCS#1 as older tools write it.
func parsePrivate(text string) (*rsa.PrivateKey, bool) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, false
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, true
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	private, ok := key.(*rsa.PrivateKey)
	return private, err == nil && ok
}

func formatPublic(key *rsa.PublicKey) string {
	raw, err := x509.MarshalPKIXPublicKey(key)
	return formatPEM("PUBLIC KEY", raw, err)
}

func formatPrivate(key *rsa.PrivateKey) string {
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	return formatPEM("PRIVATE KEY", raw, err)
}

func formatPEM(kind string, raw []byte, err error) string {
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	_ = pem.Encode(&b, &pem.Block{Type: kind, Bytes: raw}) // a buffer takes all
	return b.String()
}

// newKey makes a key of the length that banks ask for.
func newKey() (*rsa.PrivateKey, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	return key, nil
}
