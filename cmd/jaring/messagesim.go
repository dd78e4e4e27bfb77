package main

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jaring/internal/message"
)

// MessageSimCmd is `jaring message-sim`: a gateway for WhatsApp, SMS and e-mail that
// reaches nobody, for demos and tests, on this machine only.
type MessageSimCmd struct {
	Listen      string        `default:"127.0.0.1:0" placeholder:"ADDR" help:"Where to take WhatsApp and SMS; loopback only. Port 0 takes a free one."`
	ListenMail  string        `default:"127.0.0.1:0" placeholder:"ADDR" help:"Where to take e-mail; loopback only."`
	PortFile    string        `placeholder:"FILE" help:"Write the port of WhatsApp and SMS there once letters are taken."`
	GatewayFile string        `placeholder:"FILE" help:"Write there the settings with which Jaring sends by this gateway, secrets included."`
	Hook        string        `placeholder:"URL" help:"Where Jaring hears reports and replies. Empty: nobody is told."`
	Token       string        `env:"JARING_GATEWAY_TOKEN" default:"simulated" help:"Asked of who sends."`
	AppSecret   string        `env:"JARING_GATEWAY_SECRET" default:"simulated" help:"Signs reports."`
	VerifyToken string        `default:"simulated" help:"Sets up the hook."`
	Delay       time.Duration `default:"1s" help:"Between a letter and each of its reports."`
	Double      bool          `help:"Misbehave: each report comes twice."`
	Reorder     bool          `help:"Misbehave: the last report comes first."`
	Busy        int           `help:"Misbehave: answer 503 to the first N letters."`
	Drop        int           `help:"Misbehave: break the first N connections after the work."`
}

// Help shows how it is used.
func (c *MessageSimCmd) Help() string {
	return `Example:
  jaring message-sim --listen 127.0.0.1:9292 --gateway-file gateway.json --hook http://127.0.0.1:8080/hooks/whatsapp
  curl http://127.0.0.1:9292/sim/inbox
  curl -d '{"from":"+6281200000001","text":"BERHENTI"}' http://127.0.0.1:9292/sim/reply
  curl -d '{"busy":3,"double":true}' http://127.0.0.1:9292/sim/misbehave

Its page at / shows what arrived; nothing leaves this machine. A number that ends with 0404 is not
reached, to one that ends with 0500 a WhatsApp fails later, and mail to nobody@… is refused.`
}

// Run takes letters until it is interrupted.
func (c *MessageSimCmd) Run(s *session) error {
	web, err := message.Listen(c.Listen)
	if err != nil {
		return err
	}
	post, err := message.Listen(c.ListenMail)
	if err != nil {
		return errors.Join(err, web.Close())
	}
	sim := message.NewSimulator(message.SimulatorOptions{Token: c.Token, AppSecret: c.AppSecret, VerifyToken: c.VerifyToken, Hook: c.Hook, Delay: c.Delay,
		Log: slog.New(slog.NewTextHandler(s.talk, nil))})
	sim.Misbehave(message.Mischief{Busy: c.Busy, Drop: c.Drop, Double: c.Double, Reorder: c.Reorder})
	fmt.Fprintf(s.out, "http://%s\nsmtp://%s\n", web.Addr(), post.Addr())
	fmt.Fprintln(s.talk, "A simulated gateway. Its messages reach nobody.")
	return sim.Serve(s.ctx, web, post, message.Files{Port: c.PortFile, Settings: c.GatewayFile})
}
