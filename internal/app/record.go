package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Record is a person with the present membership, as acts on one person need them.
type Record struct {
	Worker     *store.WorkerRecord
	Membership *store.MembershipRecord
	All        []*store.MembershipRecord // every membership, the oldest first
	Heads      *store.Heads              // the ends of the chains when they were read along; nil else
}

// earlier is the membership before the present one of somebody who was registered again;
// nil for others.
func (r *Record) earlier() *store.MembershipRecord {
	at := slices.Index(r.All, r.Membership)
	for at--; at >= 0; at-- {
		if r.All[at].State != jaring.StateWithdrawn && r.All[at].Segment == r.Membership.Segment {
			return r.All[at]
		}
	}
	return nil
}

// paid tells whether money is there that was taken in this name.
func (r *Record) paid() bool {
	return slices.ContainsFunc(r.All, func(m *store.MembershipRecord) bool {
		return m.PaidOn != 0 || slices.ContainsFunc(m.Payments, func(p *store.PaymentRecord) bool { return p.State == "settled" || p.Credit > 0 })
	})
}

// membershipBy gives a membership of the person; nil when there is none of that id.
func (r *Record) membershipBy(id jaring.MembershipID) *store.MembershipRecord {
	at := slices.IndexFunc(r.All, func(m *store.MembershipRecord) bool { return m.ID == id })
	if at < 0 {
		return nil
	}
	return r.All[at]
}

// Present is the newest membership that was not taken back; of none but those the newest. What an employer pays for
// stands beside what a person pays: it is the present one only of who has no other.
func Present(all []*store.MembershipRecord) *store.MembershipRecord {
	if len(all) == 0 {
		return &store.MembershipRecord{}
	}
	var employed *store.MembershipRecord
	for i := len(all) - 1; i >= 0; i-- {
		switch m := all[i]; {
		case m.State == jaring.StateWithdrawn:
		case m.Segment != jaring.PU:
			return m
		case employed == nil:
			employed = m
		}
	}
	if employed != nil {
		return employed
	}
	return all[len(all)-1]
}

// Beside are the memberships of a wage worker beside the present one.
func (r *Record) Beside() (found []*store.MembershipRecord) {
	for _, m := range r.All {
		if m.Segment == jaring.PU && m.ID != r.Membership.ID && m.State != jaring.StateWithdrawn {
			found = append(found, m)
		}
	}
	return found
}

// EmployedOnly tells whether a person whose record stands is known as a wage worker alone.
func (r *Record) EmployedOnly() bool {
	return r.Worker.State == jaring.WorkerActive && r.Membership.Segment == jaring.PU
}

// StandingOn is where the person stands on a day by all memberships: the best of them counts.
func (r *Record) StandingOn(day jaring.Day, s jaring.CoverSettings) jaring.Standing {
	best := StandingOn(r.Worker, r.Membership, day, s)
	for _, m := range r.Beside() {
		best = jaring.BetterStanding(best, StandingOn(r.Worker, m, day, s))
	}
	return best
}

// covering is the membership by which the person stands on a day as told: the present one unless another tells more.
func (r *Record) covering(day jaring.Day, s jaring.CoverSettings) *store.MembershipRecord {
	best := StandingOn(r.Worker, r.Membership, day, s)
	for _, m := range r.Beside() {
		if is := StandingOn(r.Worker, m, day, s); is != best && jaring.BetterStanding(best, is) == is {
			return m
		}
	}
	return r.Membership
}

// HoldsUntil is the last day before the calendar alone may change where the person stands, by all memberships; 0 when
// it never does.
func (r *Record) HoldsUntil(day jaring.Day, s jaring.CoverSettings) jaring.Day {
	until := jaring.CoverHoldsUntil(CoverHistory(r.Worker, r.Membership), day, s)
	for _, m := range r.Beside() {
		if end := jaring.CoverHoldsUntil(CoverHistory(r.Worker, m), day, s); end != 0 && (until == 0 || end < until) {
			until = end
		}
	}
	return until
}

// LoadRecord reads a person with the memberships. Error: worker.not_found.
func LoadRecord(tx *store.Tx, id jaring.WorkerID) (*Record, error) {
	p, err := tx.GetPerson(id)
	if err != nil {
		return nil, err
	}
	return &Record{Worker: p.Worker, Membership: Present(p.Memberships), All: p.Memberships}, nil
}

// LoadPayer is load for an act that only pays, which reads all it needs at once.
func LoadPayer(tx *store.Tx, id jaring.WorkerID) (*Record, error) {
	p, heads, err := tx.GetPayer(id)
	if err != nil {
		return nil, err
	}
	return &Record{Worker: p.Worker, Membership: Present(p.Memberships), All: p.Memberships, Heads: heads}, nil
}

// scopeOf is what an act on a person touches.
func scopeOf(w *store.WorkerRecord) jaring.Scope {
	return jaring.Scope{Office: w.Office, Area: w.Area, Agent: w.Agent}
}

// subject finds whom an operation is about and whether the actor may do it there.
// registeredBy names the operation that registered the person. A person outside the actor's reach
// is told apart from none only by the audit: both are worker.not_found for reading acts.
func (a *App) subject(ctx context.Context, actor jaring.Actor, act jaring.Act, worker, registeredBy string) (*Record, error) {
	if worker == "" && registeredBy == "" {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("worker_id")}
	}
	if worker != "" && !jaring.IsUUID(worker) || registeredBy != "" && !jaring.IsUUID(registeredBy) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("worker_id")}
	}
	var r *Record
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		id := jaring.WorkerID(worker)
		if id == "" {
			known, err := tx.FindOperations([]jaring.OperationID{jaring.OperationID(registeredBy)})
			if err != nil {
				return err
			}
			if op := known[jaring.OperationID(registeredBy)]; op == nil || op.Outcome.Worker == "" {
				return jaring.NewError(jaring.NotFound, "operation.earlier_refused")
			} else {
				id = op.Outcome.Worker
			}
		}
		var err error
		r, err = LoadRecord(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, actor.May(act, scopeOf(r.Worker))
}

// still reads the person again inside the writer and fails with store.ErrRestart when
// the record is no longer the one that was prepared for.
func still(tx *store.Tx, r *Record) (*Record, error) {
	now, err := LoadRecord(tx, r.Worker.ID)
	if err == nil && (now.Worker.Version != r.Worker.Version || now.Membership.ID != r.Membership.ID || now.Membership.State != r.Membership.State) {
		err = store.ErrRestart
	}
	return now, err
}

// Alter writes a changed person with the event that tells of it. was is the standing before.
func (a *App) Alter(tx *store.Tx, actor jaring.Actor, r *Record, was jaring.Standing, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	paidTo := r.Worker.PaidTo
	r.Worker.PaidTo = r.PaidTo()
	if err := tx.UpdateWorker(r.Worker); err != nil {
		return err
	}
	return a.TellFrom(tx, actor, r, was, paidTo, kind, tell)
}

// TellOf writes an event about a person.
func (a *App) TellOf(tx *store.Tx, actor jaring.Actor, r *Record, was jaring.Standing, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	return a.TellFrom(tx, actor, r, was, r.Worker.PaidTo, kind, tell)
}

// TellFrom writes an event about a person who stood and had paid as told before.
func (a *App) TellFrom(tx *store.Tx, actor jaring.Actor, r *Record, was jaring.Standing, paidTo jaring.Month, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	event, err := a.EventFrom(actor, r, was, paidTo, kind, tell)
	if err != nil {
		return err
	}
	return tx.AddEvent(event)
}

// EventFrom makes the event that TellFrom writes.
func (a *App) EventFrom(actor jaring.Actor, r *Record, was jaring.Standing, paidTo jaring.Month, kind jaring.EventKind, tell func(*jaring.Facts)) (*jaring.Event, error) {
	path, err := a.offices.path(context.Background(), r.Worker.Office, a.Now())
	if err != nil {
		return nil, err
	}
	f := a.FactsOf(r.Worker, r.Membership, path)
	f.Month = jaring.DayIn(a.Now(), Zone(actor.Zone)).Month()
	if was != r.Worker.Standing {
		f.Was, f.Is = was, r.Worker.Standing
	}
	if now := r.PaidTo(); now != paidTo {
		f.PaidWas, f.PaidTo = paidTo, now
	}
	if tell != nil {
		tell(&f)
	}
	event := a.NewEvent(actor, string(r.Worker.ID), kind)
	event.Facts = store.FactsText(f)
	return &event, nil
}

// PaidTo is the last month that is paid in the present stay of a record that stands, 0 for none, and for whom an
// employer pays: nobody reminds the person.
func (r *Record) PaidTo() jaring.Month {
	if last := LastSettled(r.Membership); last != nil && r.Worker.State == jaring.WorkerActive && r.Membership.Segment != jaring.PU {
		return last.LastMonth()
	}
	return 0
}
