package app

import (
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// record is a person with the present membership, as acts on one person need them.
type record struct {
	worker     *store.WorkerRecord
	membership *store.MembershipRecord
	all        []*store.MembershipRecord // every membership, the oldest first
	heads      *store.Heads              // the ends of the chains when they were read along; nil else
}

// earlier is the membership before the present one of somebody who was registered again;
// nil for others.
func (r *record) earlier() *store.MembershipRecord {
	at := slices.Index(r.all, r.membership)
	for at--; at >= 0; at-- {
		if r.all[at].State != jaring.StateWithdrawn && r.all[at].Segment == r.membership.Segment {
			return r.all[at]
		}
	}
	return nil
}

// paid tells whether money is there that was taken in this name.
func (r *record) paid() bool {
	return slices.ContainsFunc(r.all, func(m *store.MembershipRecord) bool {
		return m.PaidOn != 0 || slices.ContainsFunc(m.Payments, func(p *store.PaymentRecord) bool { return p.State == "settled" || p.Credit > 0 })
	})
}

// membershipBy gives a membership of the person; nil when there is none of that id.
func (r *record) membershipBy(id jaring.MembershipID) *store.MembershipRecord {
	at := slices.IndexFunc(r.all, func(m *store.MembershipRecord) bool { return m.ID == id })
	if at < 0 {
		return nil
	}
	return r.all[at]
}

// present is the newest membership that was not taken back; of none but those the newest. What an employer pays for
// stands beside what a person pays: it is the present one only of who has no other.
func present(all []*store.MembershipRecord) *store.MembershipRecord {
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

// beside are the memberships of a wage worker beside the present one.
func (r *record) beside() (found []*store.MembershipRecord) {
	for _, m := range r.all {
		if m.Segment == jaring.PU && m.ID != r.membership.ID && m.State != jaring.StateWithdrawn {
			found = append(found, m)
		}
	}
	return found
}

// employedOnly tells whether a person whose record stands is known as a wage worker alone.
func (r *record) employedOnly() bool {
	return r.worker.State == jaring.WorkerActive && r.membership.Segment == jaring.PU
}

// standingOn is where the person stands on a day by all memberships: the best of them counts.
func (r *record) standingOn(day jaring.Day, s jaring.CoverSettings) jaring.Standing {
	best := StandingOn(r.worker, r.membership, day, s)
	for _, m := range r.beside() {
		best = jaring.BetterStanding(best, StandingOn(r.worker, m, day, s))
	}
	return best
}

// covering is the membership by which the person stands on a day as told: the present one unless another tells more.
func (r *record) covering(day jaring.Day, s jaring.CoverSettings) *store.MembershipRecord {
	best := StandingOn(r.worker, r.membership, day, s)
	for _, m := range r.beside() {
		if is := StandingOn(r.worker, m, day, s); is != best && jaring.BetterStanding(best, is) == is {
			return m
		}
	}
	return r.membership
}

// holdsUntil is the last day before the calendar alone may change where the person stands, by all memberships; 0 when
// it never does.
func (r *record) holdsUntil(day jaring.Day, s jaring.CoverSettings) jaring.Day {
	until := jaring.CoverHoldsUntil(coverHistory(r.worker, r.membership), day, s)
	for _, m := range r.beside() {
		if end := jaring.CoverHoldsUntil(coverHistory(r.worker, m), day, s); end != 0 && (until == 0 || end < until) {
			until = end
		}
	}
	return until
}

// load reads a person with the memberships. Error: worker.not_found.
func load(tx *store.Tx, id jaring.WorkerID) (*record, error) {
	p, err := tx.GetPerson(id)
	if err != nil {
		return nil, err
	}
	return &record{worker: p.Worker, membership: present(p.Memberships), all: p.Memberships}, nil
}

// loadPayer is load for an act that only pays, which reads all it needs at once.
func loadPayer(tx *store.Tx, id jaring.WorkerID) (*record, error) {
	p, heads, err := tx.GetPayer(id)
	if err != nil {
		return nil, err
	}
	return &record{worker: p.Worker, membership: present(p.Memberships), all: p.Memberships, heads: heads}, nil
}

// scopeOf is what an act on a person touches.
func scopeOf(w *store.WorkerRecord) jaring.Scope {
	return jaring.Scope{Office: w.Office, Area: w.Area, Agent: w.Agent}
}

// subject finds whom an operation is about and whether the actor may do it there.
// registeredBy names the operation that registered the person. A person outside the actor's reach
// is told apart from none only by the audit: both are worker.not_found for reading acts.
func (a *App) subject(ctx context.Context, actor jaring.Actor, act jaring.Act, worker, registeredBy string) (*record, error) {
	if worker == "" && registeredBy == "" {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("worker_id")}
	}
	if worker != "" && !jaring.IsUUID(worker) || registeredBy != "" && !jaring.IsUUID(registeredBy) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("worker_id")}
	}
	var r *record
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
		r, err = load(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, actor.May(act, scopeOf(r.worker))
}

// still reads the person again inside the writer and fails with store.ErrRestart when
// the record is no longer the one that was prepared for.
func still(tx *store.Tx, r *record) (*record, error) {
	now, err := load(tx, r.worker.ID)
	if err == nil && (now.worker.Version != r.worker.Version || now.membership.ID != r.membership.ID || now.membership.State != r.membership.State) {
		err = store.ErrRestart
	}
	return now, err
}

// alter writes a changed person with the event that tells of it. was is the standing before.
func (a *App) alter(tx *store.Tx, actor jaring.Actor, r *record, was jaring.Standing, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	paidTo := r.worker.PaidTo
	r.worker.PaidTo = r.paidTo()
	if err := tx.UpdateWorker(r.worker); err != nil {
		return err
	}
	return a.tellFrom(tx, actor, r, was, paidTo, kind, tell)
}

// tell writes an event about a person.
func (a *App) tell(tx *store.Tx, actor jaring.Actor, r *record, was jaring.Standing, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	return a.tellFrom(tx, actor, r, was, r.worker.PaidTo, kind, tell)
}

// tellFrom writes an event about a person who stood and had paid as told before.
func (a *App) tellFrom(tx *store.Tx, actor jaring.Actor, r *record, was jaring.Standing, paidTo jaring.Month, kind jaring.EventKind, tell func(*jaring.Facts)) error {
	event, err := a.eventFrom(actor, r, was, paidTo, kind, tell)
	if err != nil {
		return err
	}
	return tx.AddEvent(event)
}

// eventFrom makes the event that tellFrom writes.
func (a *App) eventFrom(actor jaring.Actor, r *record, was jaring.Standing, paidTo jaring.Month, kind jaring.EventKind, tell func(*jaring.Facts)) (*jaring.Event, error) {
	path, err := a.offices.path(context.Background(), r.worker.Office, a.Now())
	if err != nil {
		return nil, err
	}
	f := a.factsOf(r.worker, r.membership, path)
	f.Month = jaring.DayIn(a.Now(), Zone(actor.Zone)).Month()
	if was != r.worker.Standing {
		f.Was, f.Is = was, r.worker.Standing
	}
	if now := r.paidTo(); now != paidTo {
		f.PaidWas, f.PaidTo = paidTo, now
	}
	if tell != nil {
		tell(&f)
	}
	event := a.newEvent(actor, string(r.worker.ID), kind)
	event.Facts = store.FactsText(f)
	return &event, nil
}

// paidTo is the last month that is paid in the present stay of a record that stands, 0 for none, and for whom an
// employer pays: nobody reminds the person.
func (r *record) paidTo() jaring.Month {
	if last := lastSettled(r.membership); last != nil && r.worker.State == jaring.WorkerActive && r.membership.Segment != jaring.PU {
		return last.LastMonth()
	}
	return 0
}
