package message

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Sender is a channel's way out. Three real things stand behind it: WhatsApp, SMS and e-mail.
type Sender interface {
	Channel() Channel
	// Reaches reports whether the contact has an address here.
	Reaches(c Contact) bool
	// Send hands l to the channel's gateway and gives the gateway's id for it. Errors: code
	// Unavailable – surely not sent, try again; message.outcome_unknown (code Held) – it may
	// have been sent; every other – this channel will not do it.
	Send(ctx context.Context, l Letter) (id string, err error)
	// Once reports whether a letter that is handed over again is taken for the first.
	Once() bool
}

// Status is what became of a letter.
type Status string

// The states.
const (
	Sent    Status = "sent"    // a gateway has it
	Waits   Status = "waits"   // surely not sent; may be tried at Outcome.NotBefore
	Refused Status = "refused" // will not be sent: Outcome.Why says why
	Unknown Status = "unknown" // may have been sent, so it is not sent again
)

// Outcome is what became of a letter, and by which way.
type Outcome struct {
	Status    Status
	Channel   Channel // that has it, or may have it
	GatewayID string  // of the gateway, as its reports name it
	Tried     []Channel
	Why       error // of what was refused last
	NotBefore time.Time
}

// Gateway delivers letters by the first of its senders that does it.
type Gateway struct {
	senders []Sender
	opts    Options
}

// Options may all be left out.
type Options struct {
	Tries int           // of one channel; 3
	Later time.Duration // until a letter that no channel took is tried again; 15 minutes
	Now   func() time.Time
	Wait  func(ctx context.Context, d time.Duration) error // between tries; for tests
}

// NewGateway makes a gateway of senders, in the order in which they are tried.
func NewGateway(senders []Sender, o Options) *Gateway {
	if o.Tries == 0 {
		o.Tries = 3
	}
	if o.Later == 0 {
		o.Later = 15 * time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = outside.Wait
	}
	return &Gateway{senders, o}
}

// Deliver sends l by the first channel that does it. A channel that is down for long is passed
// over; one that may have sent l ends the search.
func (g *Gateway) Deliver(ctx context.Context, l Letter) Outcome {
	if o, no := g.mayNot(l); no {
		return o
	}
	o := Outcome{Status: Refused, Why: jaring.NewError(jaring.NotFound, "message.no_channel")}
	for _, s := range g.senders {
		if slices.Contains(l.Except, s.Channel()) || !s.Reaches(l.To) {
			continue
		}
		id, err := g.try(ctx, s, l)
		o.Tried = append(o.Tried, s.Channel())
		switch {
		case err == nil:
			return Outcome{Status: Sent, Channel: s.Channel(), GatewayID: id, Tried: o.Tried}
		case isUnknown(err):
			return Outcome{Status: Unknown, Channel: s.Channel(), Tried: o.Tried, Why: err}
		case ctx.Err() != nil, jaring.CodeOf(err) == jaring.Unavailable:
			o.Status, o.Why, o.NotBefore = Waits, err, g.opts.Now().Add(g.opts.Later)
		case o.Status == Refused:
			o.Why = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return o
}

// mayNot says when l must not go at all, or not now.
func (g *Gateway) mayNot(l Letter) (Outcome, bool) {
	t, err := GetTemplate(l.Template)
	if err == nil {
		_, err = t.args(l.Values)
	}
	switch {
	case err != nil:
		return Outcome{Status: Refused, Why: err}, true
	case t.Answer:
		return Outcome{}, false
	case l.To.OptedOut:
		return Outcome{Status: Refused, Why: jaring.NewError(jaring.Forbidden, "message.opted_out")}, true
	}
	zone := l.To.Zone
	if zone == nil {
		zone = time.FixedZone("WIB", 7*3600)
	}
	until, quiet := Quiet(g.opts.Now(), zone)
	return Outcome{Status: Waits, NotBefore: until}, quiet
}

// try hands l to s until it is surely taken, surely refused, or not surely either.
func (g *Gateway) try(ctx context.Context, s Sender, l Letter) (id string, err error) {
	for n := 1; ; n++ {
		id, err = s.Send(ctx, l)
		again := jaring.CodeOf(err) == jaring.Unavailable || isUnknown(err) && s.Once()
		if err == nil || !again || n >= g.opts.Tries || g.opts.Wait(ctx, patience.After(n)) != nil {
			return id, err
		}
	}
}

// patience is how long the gateway waits between tries.
var patience = outside.Patience{First: 500 * time.Millisecond, Max: 30 * time.Second}

func isUnknown(err error) bool { return jaring.KeyOf(err) == "message.outcome_unknown" }

// unknownOutcome says that a letter may have been sent.
func unknownOutcome(cause error) error {
	return &jaring.Error{Code: jaring.Held, Key: "message.outcome_unknown", Err: clean(cause)}
}

// unavailable says that a letter was surely not sent.
func unavailable(cause error) error {
	return &jaring.Error{Code: jaring.Unavailable, Key: "message.unavailable", Err: clean(cause)}
}

// clean leaves of a cause what names nobody: an address of a web service may hold a number.
func clean(cause error) error {
	var op *net.OpError
	if errors.As(cause, &op) {
		return op
	}
	return cause
}
