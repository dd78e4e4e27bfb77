package sponsor

import (
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// put writes a chunk that stands alone; see putChunk.
func (e *enrolment) put(tx *store.Tx, c made) ([]store.Sponsorship, error) {
	claims := tx.ClaimMany()
	sponsored, err := e.putChunk(tx, claims, c)
	if err != nil {
		return nil, err
	}
	return sponsored, claims.Done()
}

// putChunk writes a chunk: the new people table by table, those who are in the book one by one. Error: roster.book_moved
// when somebody is there who was not, or stands elsewhere.
func (e *enrolment) putChunk(tx *store.Tx, claims *store.ManyClaims, c made) (sponsored []store.Sponsorship, err error) {
	if len(e.app.Vault.Index) > 1 { // a row may stand under another hash; else the table itself refuses a second one
		if err := e.unclaimed(tx, c.people); err != nil {
			return nil, err
		}
	}
	people := make([]store.NewPerson, len(c.people))
	for i := range c.people {
		people[i], sponsored = c.people[i].NewPerson, append(sponsored, c.people[i].Sponsorship)
		if err := claims.Add(people[i].NIK); err != nil {
			return nil, err // worker.already_registered becomes roster.book_moved, see enrolRoster
		}
	}
	if err := tx.AddPeople(people); err != nil {
		return nil, err
	}
	more, err := e.putKnown(tx, c.known)
	if err != nil {
		return nil, err
	}
	sponsored = append(sponsored, more...)
	return sponsored, tx.AddSponsorships(sponsored)
}

// unclaimed asks whether nobody has the NIK of any of the people by now.
func (e *enrolment) unclaimed(tx *store.Tx, people []newcomer) error {
	var hashes [][]byte
	for i := range people {
		hashes = append(hashes, people[i].NIK.Hashes...)
	}
	for some := range slices.Chunk(hashes, 500) {
		owners, err := tx.NIKRows(some)
		if err != nil {
			return err
		}
		if len(owners) > 0 {
			return bookMoved()
		}
	}
	return nil
}

func (e *enrolment) putKnown(tx *store.Tx, rows []knownRow) (out []store.Sponsorship, err error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]jaring.WorkerID, len(rows))
	for i, k := range rows {
		ids[i] = k.row.Worker
	}
	people, err := e.app.knownOf(tx, ids)
	if err != nil {
		return nil, err
	}
	first, months := monthsLeft(e.form, e.on)
	for _, k := range rows {
		b := people[k.row.Worker]
		if b == nil || b.Worker.State != jaring.WorkerActive {
			return nil, bookMoved()
		}
		if from, n := jaring.FreeMonths(first, months, b.paid); from != k.row.First || n != k.row.Months {
			return nil, bookMoved()
		}
		s, err := e.goOn(tx, k, b)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// goOn lets a sponsor pay for somebody in the book: further months of a stay that goes on, or a new stay for whose
// cover is over or never began. What such a person was asked to pay before is called off.
func (e *enrolment) goOn(tx *store.Tx, k knownRow, b *bookedPerson) (s store.Sponsorship, err error) {
	was := b.Worker.Standing
	tell := func(f *jaring.Facts) {
		f.Other, f.Amount, f.From, f.To = e.roster.ID, k.price.total, k.row.First, k.row.First.Add(k.row.Months-1)
	}
	goesOn := !b.EmployedOnly() && app.LastSettled(b.Membership) != nil && app.StandingOn(b.Worker, b.Membership, e.on, e.app.Cover) != jaring.StandingEnded
	if goesOn || slices.Contains(b.waits, b.Membership.ID) {
		s = e.sponsorship(b.Worker.ID, b.Membership.ID, jaring.ContributionID(app.NewID()), k.row, k.price)
		return s, e.app.Alter(tx, e.actor, b.Record, was, jaring.WorkerSponsored, tell)
	}
	before, paidTo := e.app.FactsOf(b.Worker, b.Membership, e.offices), b.Worker.PaidTo
	if path, err := e.app.OfficePath(context.Background(), b.Worker.Office, e.at); err == nil {
		before.Offices = path
	}
	m := e.membership(b.Worker.ID, k.person, k.price, k.row)
	s = e.sponsorship(b.Worker.ID, m.ID, jaring.ContributionID(m.ID), k.row, k.price)
	kind := jaring.WorkerSponsored
	if was == jaring.StandingEnded {
		kind = jaring.WorkerRejoined
	}
	w := *b.Worker
	w.Standing, w.PaidTo = jaring.StandingWaiting, 0
	now := &app.Record{Worker: &w, Membership: m, All: append(slices.Clone(b.All), m)}
	due := jaring.Day(0)
	if len(now.Beside()) > 0 { // a wage worker stands by that, too
		w.Standing, due = now.StandingOn(e.on, e.app.Cover), now.HoldsUntil(e.on, e.app.Cover)
	}
	if err := putStay(tx, &w, m, due); err != nil {
		return s, err
	}
	return s, e.app.TellFrom(tx, e.actor, now, was, paidTo, kind, func(f *jaring.Facts) {
		tell(f)
		f.Before = &before
		f.Was, f.Is = was, w.Standing
	})
}

// putStay writes a new stay of somebody in the book, who stands as told until a day; 0 for ever.
func putStay(tx *store.Tx, w *store.WorkerRecord, m *store.MembershipRecord, due jaring.Day) error {
	if err := tx.UpdateStanding(w); err != nil {
		return err
	}
	if err := tx.CancelPayment(w.ID); err != nil {
		return err
	}
	if err := tx.AddMembership(m); err != nil {
		return err
	}
	return tx.SetStandingDue(w.ID, due)
}
