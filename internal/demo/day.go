package demo

import (
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
	confirmed []string
	birthDate jaring.Day // as stated; differs from the NIK's where that is odd

	outcome jaring.Outcome
}

// body is what the phone sends.
func (e *entry) body(b *builder, at time.Time) ([]byte, error) {
	income := e.income
	r := wire.Registration{NIK: e.nik, Name: e.name, BirthDate: e.birthDate.String(), Sex: "M", Occupation: e.trade.name, MonthlyIncome: &income,
		Programs: e.programs, Months: e.months, Consent: &wire.Consent{NoticeVersion: b.Notice, Channel: "tap", At: at},
		MotherName: e.mother, BirthPlace: e.birthPlace, Phone: e.phone, Village: e.village, Address: e.address, Sector: "other",
		Workplace: string(e.workplace), Campaign: string(e.campaign), Confirmed: e.confirmed}
	if e.female {
		r.Sex = "F"
	}
	if e.trade.transport {
		r.Sector = "transport"
	}
	return json.Marshal(r)
}

// Hours of the demo's day: the calendar turns, desks open, bills are paid, phones find
// signal, the core is told.
const (
	hourDesk   = 9 * time.Hour
	hourPaid   = 14 * time.Hour
	hourSignal = 16*time.Hour + 30*time.Minute
	hourCore   = 18 * time.Hour
)

// liveDay lets one day happen. A day on which nothing is planned still turns the
// calendar and hears the core.
func (b *builder) liveDay(ctx context.Context, d jaring.Day, what *day) error {
	b.clock.to(d, time.Hour)
	if _, err := b.app.Age(ctx); err != nil {
		return err
	}
	if err := b.runSweep(ctx, d); err != nil {
		return err
	}
	if what != nil {
		for _, step := range []func(context.Context, jaring.Day, *day) error{b.openDesk, b.settle, b.signal} {
			if err := step(ctx, d, what); err != nil {
				return err
			}
		}
	}
	if !b.open {
		return nil
	}
	b.clock.to(d, hourCore)
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
	b.clock.to(d, hourDesk)
	for _, act := range what.desk {
		if err := act(deskAct{ctx, d}); err != nil {
			return err
		}
	}
	return nil
}

// settle books the bills that are paid on a day.
func (b *builder) settle(ctx context.Context, d jaring.Day, what *day) error {
	b.clock.to(d, hourPaid)
	ops := map[jaring.AccountID][]jaring.Operation{}
	var desks []jaring.AccountID
	for _, e := range what.pays {
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
			Channel: pick(b.crowd.rand, []string{"bank", "qris", "qris", "counter"}), Reference: "TRX" + view.Payment.Code, PaidOn: d})
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
	b.clock.to(d, hourSignal)
	byAgent := map[jaring.AccountID][]*entry{}
	var order []*agent
	for _, e := range what.entries {
		if byAgent[e.agent.id] == nil {
			order = append(order, e.agent)
		}
		byAgent[e.agent.id] = append(byAgent[e.agent.id], e)
	}
	for _, a := range order {
		for part := range slices.Chunk(byAgent[a.id], app.MaxSync) {
			if err := b.sync(ctx, d, a, part); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) sync(ctx context.Context, d jaring.Day, a *agent, entries []*entry) error {
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return err
	}
	actor.Device = a.device
	batch := app.SyncBatch{Device: a.device, ClockNow: b.clock.now()}
	for i, e := range entries {
		at := moment(d, e.taken)
		if at.After(b.clock.now()) {
			at = b.clock.now()
		}
		body, err := e.body(b, at)
		if err != nil {
			return err
		}
		batch.Operation = append(batch.Operation, jaring.Operation{ID: jaring.OperationID(app.NewID()), Kind: jaring.ActRegisterWorker,
			Seq: int64(i + 1), TakenAt: at, ClockTrust: true, Body: body})
	}
	outcomes, err := b.app.Sync(ctx, actor, batch)
	for i := range outcomes {
		entries[i].outcome = outcomes[i]
	}
	return err
}
