package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"jaring/internal/core"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// CoreSimCmd is `jaring core-sim`: a fund's core system that is not real, for demos
// and tests, on this machine only.
type CoreSimCmd struct {
	Listen     string        `default:"127.0.0.1:0" placeholder:"ADDR" help:"Where to answer; loopback only. Port 0 takes a free one."`
	PortFile   string        `placeholder:"FILE" help:"Write the port there once calls are taken."`
	Delay      time.Duration `default:"2s" help:"From a message to its answer."`
	RejectRate float64       `default:"0.02" help:"Share of messages that are rejected by chance, 0 to 1."`
	Seed       uint64        `default:"1" help:"The same seed and messages give the same answers."`
	Token      string        `env:"JARING_CORE_TOKEN" placeholder:"TOKEN" help:"Asked of who calls; none is asked when empty."`
	State      string        `placeholder:"FILE" help:"Keep what was answered there, to survive a restart."`
	Files      string        `placeholder:"DIR" help:"Exchange files in DIR/out and DIR/in as well."`
	Late       time.Duration `help:"Misbehave: so much later every third answer."`
	Double     bool          `help:"Misbehave: each answer comes twice."`
	Reorder    bool          `help:"Misbehave: answers come shuffled."`
	Busy       int           `help:"Misbehave: answer 503 to the first N requests."`
	Cut        int           `help:"Misbehave: cut N connections after the work is done."`
}

// Help shows how it is used.
func (c *CoreSimCmd) Help() string {
	return `Example:
  jaring core-sim --listen 127.0.0.1:9090 --delay 5s
  jaring serve --core http://127.0.0.1:9090 …

A name that holds TOLAK is rejected as not found, BEDA NAMA as differing, ALMARHUM as deceased;
a NIK that comes with a second worker is rejected as already a member. KPJ start with S.`
}

// exchangeInterval is how often the simulated core looks for files.
const exchangeInterval = time.Second

// Run answers until it is interrupted.
func (c *CoreSimCmd) Run() error {
	if c.RejectRate < 0 || c.RejectRate > 1 {
		return complain(os.Stderr, i18n.ID, jaring.NewError(jaring.Invalid, "core.sim_rate").At("reject-rate"))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, err := core.Listen(c.Listen)
	if err != nil {
		return complain(os.Stderr, i18n.ID, err)
	}
	sim, err := core.NewSimulator(core.SimulatorOptions{Seed: c.Seed, Delay: c.Delay, RejectRate: c.RejectRate, Token: c.Token, State: c.State})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	sim.Misbehave(core.Mischief{Late: c.Late, Double: c.Double, Reorder: c.Reorder, Unavailable: c.Busy, Cut: c.Cut})
	fmt.Printf("http://%s\n", l.Addr())
	fmt.Fprintln(os.Stderr, "A simulated core of a fund. Its KPJ are not real.")
	exchanged := make(chan struct{})
	go func() {
		defer close(exchanged)
		if c.Files != "" {
			sim.RunExchange(ctx, c.Files, exchangeInterval, slog.New(slog.NewTextHandler(os.Stderr, nil)))
		}
	}()
	err = sim.Serve(ctx, l, c.PortFile)
	stop()
	<-exchanged
	return errors.Join(err, sim.Close())
}
