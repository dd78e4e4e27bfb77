package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// day is what happens on one day.
type day struct {
	entries []*entry              // registrations, by agents in the field
	pays    []*entry              // bills that are paid
	desk    []func(deskAct) error // what officers do
	hours   []hour                // what happens at an hour of its own
}

// hour is something that happens at an hour of a day.
type hour struct {
	at  time.Duration // since midnight
	act func(context.Context) error
}

// at plans something for an hour.
func (d *day) at(since time.Duration, act func(context.Context) error) {
	d.hours = append(d.hours, hour{since, act})
}

// entry is somebody on the way into the book.
type entry struct {
	person
	agent     *agent
	taken     time.Duration // into the day
	months    int
	programs  []string
	workplace jaring.PlaceID
	campaign  jaring.CampaignID
	lead      jaring.LeadID // the note from which he is registered
	lot       *wire.Lot
	confirmed []string
	birthDate jaring.Day // as stated; differs from the NIK's where that is odd

	outcome jaring.Outcome
}

// Hours of the demo's day: the calendar turns, desks open, bills are paid, phones find
// signal, the core is told.
const (
	hourTurn   = 1 * time.Hour
	hourDesk   = 9 * time.Hour
	hourPaid   = 14 * time.Hour
	hourSignal = 16*time.Hour + 30*time.Minute
	hourCore   = 18 * time.Hour
)

// liveDay lets one day happen. A day on which nothing is planned still turns the
// calendar and hears the core.
func (b *builder) liveDay(ctx context.Context, d jaring.Day, what *day) error {
	if what == nil {
		what = &day{}
	}
	hours := append(slices.Clone(what.hours),
		hour{hourTurn, func(ctx context.Context) error { _, err := b.app.Age(ctx); return err }},
		hour{hourDesk, func(ctx context.Context) error { return b.openDesk(ctx, d, what) }},
		hour{hourPaid, func(ctx context.Context) error { return b.settle(ctx, d, what.pays) }},
		hour{hourSignal, func(ctx context.Context) error { return b.signal(ctx, d, what) }},
		hour{hourCore, b.tellCore})
	slices.SortStableFunc(hours, func(x, y hour) int { return cmp.Compare(x.at, y.at) })
	for _, h := range hours {
		b.clock.to(d, h.at)
		if err := h.act(ctx); err != nil {
			return err
		}
	}
	return nil
}

// tellCore tells the core what waits and hears what it has answered, if there is anything.
func (b *builder) tellCore(ctx context.Context) error {
	if !b.open {
		return nil
	}
	if err := b.core(ctx); err != nil {
		return err
	}
	backlog, err := b.app.Backlog(ctx)
	b.open = backlog.Queued+backlog.Unheard > 0
	return err
}

// deskAct is one call of an officer's desk.
type deskAct struct {
	ctx context.Context
	day jaring.Day
}

func (b *builder) openDesk(ctx context.Context, d jaring.Day, what *day) error {
	for _, act := range what.desk {
		if err := act(deskAct{ctx, d}); err != nil {
			return err
		}
	}
	return nil
}

// settle books the bills that are paid on a day.
func (b *builder) settle(ctx context.Context, d jaring.Day, pays []*entry) error {
	ops := map[jaring.AccountID][]jaring.Operation{}
	var desks []jaring.AccountID
	for _, e := range pays {
		if e.outcome.Worker == "" || e.outcome.Kind == jaring.Refused {
			continue
		}
		desk := b.officerOf(e.agent.office)
		actor, err := b.actor(ctx, desk)
		if err != nil {
			return err
		}
		view, err := b.app.GetWorker(ctx, actor, e.outcome.Worker)
		if err != nil {
			return err
		}
		if view.Payment == nil || view.Payment.State != "waiting" {
			continue // not accepted yet, or never
		}
		op, err := operation(jaring.ActSettle, b.clock.now(), wire.Settlement{Worker: string(e.outcome.Worker), Amount: view.Payment.Amount,
			Channel: pick(b.crowd.rand, channels), Reference: "TRX" + view.Payment.Code, PaidOn: d})
		if err != nil {
			return err
		}
		if ops[desk] == nil {
			desks = append(desks, desk)
		}
		ops[desk] = append(ops[desk], op)
	}
	for _, desk := range desks {
		if err := b.apply(ctx, desk, ops[desk]); err != nil {
			return err
		}
		b.open = true
	}
	return nil
}

// channels are the ways on which money comes, the usual one twice.
var channels = []string{"bank", "qris", "qris", "counter"}

func operation(kind jaring.Act, at time.Time, body any) (jaring.Operation, error) {
	text, err := json.Marshal(body)
	return jaring.Operation{ID: jaring.OperationID(app.NewID()), Kind: kind, TakenAt: at, ClockTrust: true, Body: text}, err
}

// apply does acts of a desk.
func (b *builder) apply(ctx context.Context, desk jaring.AccountID, ops []jaring.Operation) error {
	actor, err := b.actor(ctx, desk)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ops, app.MaxSync) {
		if _, err := b.app.Apply(ctx, actor, part); err != nil {
			return err
		}
	}
	return nil
}

// signal lets each agent's phone send what it took that day.
func (b *builder) signal(ctx context.Context, d jaring.Day, what *day) error {
	byAgent := map[*agent][]*entry{}
	var order []*agent
	for _, e := range what.entries {
		if byAgent[e.agent] == nil {
			order = append(order, e.agent)
		}
		byAgent[e.agent] = append(byAgent[e.agent], e)
	}
	for _, a := range order {
		if err := b.register(ctx, d, a, byAgent[a]); err != nil {
			return err
		}
	}
	return nil
}
