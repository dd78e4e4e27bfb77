package demo

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// send lets a phone send what it kept, and gives what became of each record. Its clock is
// wrong by skew.
func (b *builder) send(ctx context.Context, p *phone, skew time.Duration, records []record) (outcomes []jaring.Outcome, err error) {
	for part := range slices.Chunk(records, app.MaxSync) {
		now := b.clock.now().Add(skew)
		parcel, err := p.sign(now, part)
		if err != nil {
			return nil, err
		}
		actor, err := b.auth.ActorOfBatch(ctx, parcel.Batch, parcel.Signature)
		if err != nil {
			return nil, err
		}
		batch := app.SyncBatch{Device: p.device, ClockNow: now}
		batch.Operation, batch.Agents = parcel.operations()
		done, err := b.app.Sync(ctx, actor, batch)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, done...)
	}
	return outcomes, nil
}

// register lets an agent's phone send the registrations that it took on a day.
func (b *builder) register(ctx context.Context, d jaring.Day, a *agent, entries []*entry) error {
	var records []record
	for _, e := range entries {
		at := moment(d, e.taken)
		if at.After(b.clock.now()) {
			at = b.clock.now()
		}
		r, err := a.phone.keep(jaring.ActRegisterWorker, at, e.form(b.Notice, at))
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	outcomes, err := b.send(ctx, a.phone, 0, records)
	for i := range outcomes {
		entries[i].outcome = outcomes[i]
	}
	return err
}

// form is what the phone sends of somebody.
func (e *entry) form(notice string, at time.Time) wire.Registration {
	income := e.income
	r := wire.Registration{NIK: e.nik, Name: e.name, BirthDate: e.birthDate.String(), Sex: "M", Occupation: e.trade.name, MonthlyIncome: &income,
		Programs: e.programs, Months: e.months, Consent: &wire.Consent{NoticeVersion: notice, Channel: "tap", At: at.UTC()},
		MotherName: e.mother, BirthPlace: e.birthPlace, Phone: e.phone, Village: e.village, Address: e.address, Sector: "other",
		Workplace: string(e.workplace), Campaign: string(e.campaign), Lot: e.lot, Lead: string(e.lead), Confirmed: e.confirmed}
	if e.female {
		r.Sex = "F"
	}
	if e.trade.transport {
		r.Sector = "transport"
	}
	return r
}
