package payment

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"sync"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Simulator is a bank and acquirer for demos and tests. It makes codes when Jaring asks,
// takes payments when somebody asks it to, tells Jaring of them with true signatures until
// it is answered, and misbehaves on demand. Its days are WIB.
type Simulator struct {
	opts SimulatorOptions
	bank Bank  // what Jaring is told
	self Party // the bank's own end
	gate gate
	seen seen

	mu       sync.Mutex
	line     *line // to Jaring
	mischief Mischief
	serial   int64
	accounts map[string]*account // by digits
	orders   map[string]*account // by trxId
	codes    map[string]*qrCode  // by partnerReferenceNo
	takings  []*Taking
	queue    []*letter
	wake     chan struct{}
	state    *outside.Journal
}

// SimulatorOptions may all be left out.
type SimulatorOptions struct {
	Profile   string // one of Profiles; token
	ServiceID string // that codes begin with; 88899
	Base      string // where Jaring finds the bank; http://127.0.0.1 until Serve knows better
	Notify    string // where the bank finds Jaring's server; empty: nobody is told
	Seed      uint64 // decides the order of what is reordered
	State     string // file to survive a restart
	Transport http.RoundTripper
	Now       func() time.Time
	Log       *slog.Logger
}

// Mischief is what a simulated bank does wrong.
type Mischief struct {
	Late    time.Duration `json:"-"`            // notices go so much later
	Double  bool          `json:"double"`       // each notice goes twice at one moment
	Reorder bool          `json:"reorder"`      // notices wait for others and overtake them
	Advise  bool          `json:"advise"`       // each payment is told again with flagAdvise
	Wrong   int64         `json:"wrong_amount"` // rupiah more (or less) than asked for
	Again   bool          `json:"again"`        // a code is paid a second time
	Expired bool          `json:"expired"`      // codes are taken after their end
	Skew    time.Duration `json:"-"`            // the bank's clock is ahead (or behind)
	Deaf    int           `json:"deaf"`         // so many answers of ours are not heard
	Busy    int           `json:"busy"`         // so many calls of ours get 500
	Drop    int           `json:"drop"`         // so many connections of ours break after the work
}

// account is a code that Jaring had made.
type account struct {
	Service  string        `json:"service"`
	Customer string        `json:"customer"`
	Order    string        `json:"order"`
	Name     string        `json:"name"`
	Amount   jaring.Rupiah `json:"amount"`
	Paid     jaring.Rupiah `json:"paid"`
	Request  string        `json:"request"` // of the payment
	Expires  time.Time     `json:"expires"`
	State    State         `json:"state"`
}

func (a *account) va() VA { return VA{a.Service, a.Customer} }

// qrCode is a QR code that Jaring had made.
type qrCode struct {
	ID      string        `json:"id"`
	Ours    string        `json:"reference"` // the acquirer's own
	Amount  jaring.Rupiah `json:"amount"`
	Expires time.Time     `json:"expires"`
	State   State         `json:"state"`
	Content string        `json:"content"`
}

// synthetic is the merchant of a simulated acquirer; nobody's number.
var synthetic = Merchant{ID: "JRG000000000001", Terminal: "A01", NMID: "ID1020000000001"}

// NewSimulator starts a bank, from its state file if there is one. Errors:
// payment.profile_unknown, payment.code_malformed.
func NewSimulator(o SimulatorOptions) (*Simulator, error) {
	s := &Simulator{opts: o.filled(), accounts: map[string]*account{}, orders: map[string]*account{}, codes: map[string]*qrCode{},
		wake: make(chan struct{}, 1), seen: seen{most: maxSeen}}
	profile, err := NewProfile(s.opts.Profile, s.opts.ServiceID)
	if err != nil {
		return nil, err
	}
	s.bank = Bank{Name: "bank-sim", Base: s.opts.Base, Channel: "95221", Merchant: synthetic, Profile: profile}
	if err := s.load(); err != nil {
		return nil, fmt.Errorf("state of the simulated bank: %w", err)
	}
	s.gate = newGate(nil, 0, s.clock)
	s.gate.callers = []*caller{{name: "jaring", party: s.bank.Ours, signing: profile.Calls, skew: profile.Skew}}
	s.line = newLine(s.opts.Notify, s.self, "95221", profile.Notices, profile.SignedFrom, s.opts.Transport, s.clock)
	return s, nil
}

func (o SimulatorOptions) filled() SimulatorOptions {
	if o.Profile == "" {
		o.Profile = "token"
	}
	if o.ServiceID == "" {
		o.ServiceID = "88899"
	}
	if o.Base == "" {
		o.Base = "http://127.0.0.1"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// makeKeys makes both ends of the line; a real bank and we would each make our own.
func (s *Simulator) makeKeys() error {
	theirs, err := newKey()
	if err != nil {
		return err
	}
	ours, err := newKey()
	if err != nil {
		return err
	}
	s.setKeys(Party{"BANKSIM", "bank-sim-" + secret(4), secret(24), &theirs.PublicKey, theirs},
		Party{"JARING", "jaring-" + secret(4), secret(24), &ours.PublicKey, ours})
	return nil
}

func (s *Simulator) setKeys(self, ours Party) {
	s.self, s.bank.Ours, s.bank.Theirs = self, ours, self
	s.bank.Theirs.Private = nil // the bank's alone
}

func secret(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	return hex.EncodeToString(raw)
}

// Bank is what Jaring needs to know of the simulated bank, keys and secrets included.
func (s *Simulator) Bank() Bank {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bank
}

// Notify says where Jaring's server is, when it is known only now.
func (s *Simulator) Notify(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.bank.Profile
	s.opts.Notify = base
	s.line = newLine(base, s.self, "95221", p.Notices, p.SignedFrom, s.opts.Transport, s.clock)
}

// Misbehave makes the bank do wrong from now on; Mischief{} makes it good again.
func (s *Simulator) Misbehave(m Mischief) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mischief = m
}

// Close lets go of the state file.
func (s *Simulator) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Close()
}

// clock is the bank's, which may be wrong.
func (s *Simulator) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clockLocked()
}

func (s *Simulator) clockLocked() time.Time { return s.opts.Now().Add(s.mischief.Skew) }

// number is a new one of the bank's, unique in its life and after a loss of memory.
func (s *Simulator) number(prefix string) string {
	s.serial++
	chance, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		chance = big.NewInt(0)
	}
	return fmt.Sprintf("%s%s%06d%06d", prefix, s.clockLocked().In(wib).Format("060102150405"), s.serial, chance)
}
