package main

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jaring/internal/payment"
)

// BankSimCmd is `jaring bank-sim`: a bank and acquirer that is not real, for demos and
// tests, on this machine only.
type BankSimCmd struct {
	Listen      string        `default:"127.0.0.1:0" placeholder:"ADDR" help:"Where to answer; loopback only. Port 0 takes a free one."`
	PortFile    string        `placeholder:"FILE" help:"Write the port there once calls are taken."`
	BankFile    string        `placeholder:"FILE" help:"Write there what Jaring needs to know of this bank, keys included."`
	Notify      string        `placeholder:"URL" help:"Where Jaring's server is, for inquiries and notices. Empty: nobody is told."`
	Profile     string        `default:"token" help:"How this bank differs from others: token, strict (a repeated external id is a conflict) or keyed (no tokens)."`
	ServiceID   string        `default:"88899" help:"The digits that payment codes begin with."`
	State       string        `placeholder:"FILE" help:"Keep keys, codes and payments there, to survive a restart."`
	Seed        uint64        `default:"1" help:"Decides the order of what is reordered."`
	Late        time.Duration `help:"Misbehave: notices go so much later."`
	Double      bool          `help:"Misbehave: each notice goes twice at one moment."`
	Reorder     bool          `help:"Misbehave: notices overtake each other."`
	Advise      bool          `help:"Misbehave: each payment is told again with flagAdvise."`
	WrongAmount int64         `help:"Misbehave: so many rupiah more (or less) than asked for are paid."`
	Again       bool          `help:"Misbehave: each code is paid twice."`
	Expired     bool          `help:"Misbehave: codes are taken after their end."`
	Skew        time.Duration `help:"Misbehave: the bank's clock is so far ahead (or behind)."`
	Deaf        int           `help:"Misbehave: do not hear Jaring's first N answers, and ask again."`
	Busy        int           `help:"Misbehave: answer 500 to the first N calls."`
	Drop        int           `help:"Misbehave: break the first N connections after the work."`
}

// Help shows how it is used.
func (c *BankSimCmd) Help() string {
	return `Example:
  jaring bank-sim --listen 127.0.0.1:9191 --bank-file bank.json --notify http://127.0.0.1:8080/snap
  curl -d '{"code":"8889900000000000001"}' http://127.0.0.1:9191/sim/pay
  curl -d '{"double":true,"deaf":2,"late":"3s"}' http://127.0.0.1:9191/sim/misbehave
  curl http://127.0.0.1:9191/sim/statement?day=2026-11-21

Its page at / shows the codes with a button to pay each. A payment is told to Jaring until it is
answered. Days are WIB. The money is not real, and its QRIS codes can be paid nowhere.`
}

// Run answers until it is interrupted.
func (c *BankSimCmd) Run(s *session) error {
	l, err := payment.Listen(c.Listen)
	if err != nil {
		return err
	}
	sim, err := payment.NewSimulator(payment.SimulatorOptions{Profile: c.Profile, ServiceID: c.ServiceID, Notify: c.Notify, Seed: c.Seed, State: c.State,
		Log: slog.New(slog.NewTextHandler(s.talk, nil))})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	sim.Misbehave(payment.Mischief{Late: c.Late, Double: c.Double, Reorder: c.Reorder, Advise: c.Advise, Wrong: c.WrongAmount, Again: c.Again,
		Expired: c.Expired, Skew: c.Skew, Deaf: c.Deaf, Busy: c.Busy, Drop: c.Drop})
	fmt.Fprintf(s.out, "http://%s\n", l.Addr())
	fmt.Fprintln(s.talk, "A simulated bank. Its money is not real.")
	return errors.Join(sim.Serve(s.ctx, l, payment.Files{Port: c.PortFile, Banks: c.BankFile}), sim.Close())
}
