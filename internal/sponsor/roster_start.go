package sponsor

import (
	"context"
	"encoding/hex"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// startChunk is how many people start with one round of statements.
const startChunk = 500

// starting is one paid list whose people start.
type starting struct {
	app      *Sponsors
	roster   *store.RosterRecord
	actor    jaring.Actor
	at       time.Time
	covered  int
	gone     int           // people whose money went back
	returned jaring.Rupiah // of them
}

// startRoster starts all people of a paid list in one transaction (rules of cover: sponsored). Whoever's record has
// closed since, or was paid for otherwise, does not start; that money is the sponsor's credit, and the places are free
// for others.
func (a *Sponsors) startRoster(ctx context.Context, r *store.RosterRecord) error {
	return a.DB.Bulk(ctx, func(tx *store.Tx) error {
		s := &starting{app: a, roster: r, at: a.Now(), actor: jaring.Actor{Role: jaring.RoleSystem, Office: r.Office}}
		return s.run(tx)
	})
}

func (s *starting) run(tx *store.Tx) error {
	next := *s.roster
	next.State, next.StartedAt = jaring.RosterRunning, s.at
	done, err := tx.MoveRoster(&next, s.roster)
	if err != nil || !done {
		return err
	}
	for after := jaring.WorkerID(""); ; {
		lines, err := tx.FindSponsorships(s.roster.ID, after, startChunk)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			break
		}
		after = lines[len(lines)-1].Worker
		if err := s.chunk(tx, lines); err != nil {
			return err
		}
	}
	moved := next
	next.Covered, next.Returned = s.covered, s.returned
	if _, err := tx.MoveRoster(&next, &moved); err != nil {
		return err
	}
	return s.close(tx)
}

// close gives back what could not be used, and tells that the list has started.
func (s *starting) close(tx *store.Tx) error {
	r := s.roster
	f := jaring.Facts{Other: r.Agreement, Amount: r.Amount - s.returned}
	if s.returned > 0 {
		e, err := s.app.ReturnAccrual(tx, rosterDues(r, r.PaidOn, s.at, r.Reference), s.returned)
		if err != nil {
			return err
		}
		if err := tx.GiveBack(r.Sponsor, r.Agreement, s.gone, s.returned); err != nil {
			return err
		}
		f.Entry = hex.EncodeToString(e.Hash)
	}
	return s.app.tellOfRoster(tx, s.actor, r, jaring.RosterStarted, f)
}

func (s *starting) chunk(tx *store.Tx, lines []store.Sponsorship) error {
	ids := make([]jaring.WorkerID, len(lines))
	for i, l := range lines {
		ids[i] = l.Worker
	}
	people, heads, err := tx.Payers(ids)
	if err != nil {
		return err
	}
	var paid []store.PaidPerson
	for i := range lines {
		l, p := &lines[i], people[lines[i].Worker]
		r := &app.Record{Worker: p.Worker, Membership: app.Present(p.Memberships), All: p.Memberships, Heads: heads[l.Worker]}
		if l.State, l.Why = sponsorshipCovered, s.hinders(r, l); l.Why != "" {
			l.State = sponsorshipReturned
			s.gone, s.returned = s.gone+1, s.returned+l.Amount
		} else {
			one, err := s.pay(r, l)
			if err != nil {
				return err
			}
			paid, s.covered = append(paid, one), s.covered+1
		}
		if err := tx.SetSponsorship(l); err != nil {
			return err
		}
	}
	return tx.PayPeople(paid)
}

// hinders is the key of why the money of a line cannot be used; empty when it can.
func (s *starting) hinders(r *app.Record, l *store.Sponsorship) string {
	switch {
	case r.Worker.State != jaring.WorkerActive:
		return "roster.line.closed"
	case r.Membership.ID != l.Membership:
		return "roster.line.elsewhere"
	}
	for _, p := range r.Membership.Payments {
		if p.State == "settled" && p.FirstMonth < l.First.Add(l.Months) && p.LastMonth() >= l.First {
			return "roster.line.paid"
		}
	}
	return ""
}

// pay makes all that the book says of a line's money; see settlementOf and applySettlement.
func (s *starting) pay(r *app.Record, l *store.Sponsorship) (out store.PaidPerson, err error) {
	m := r.Membership
	quote := store.QuoteRecord{Lines: l.Price, Version: m.Quote.Version, Due: m.Quote.Due, Total: l.Amount}
	p := &store.PaymentRecord{Payment: jaring.Payment{ID: l.Contribution, Code: s.roster.Code, Worker: l.Worker, Membership: m.ID, Programs: m.Programs, FirstMonth: l.First,
		Months: l.Months, Total: l.Amount, Amount: l.Amount, State: "settled", Channel: app.SponsorChannel, Reference: s.roster.Reference, SettledOn: s.roster.PaidOn, SettledAt: s.at,
		Entry: r.Heads.Ledger.Seq + 1}, Quote: quote}
	charges, err := app.ChargesOf(m, p)
	if err != nil {
		return out, err
	}
	if l.Contribution == jaring.ContributionID(m.ID) {
		p.Quote = store.QuoteRecord{} // the membership has it
	} else {
		p.Quote.ID, p.Due = jaring.QuoteID(app.NewID()), quote.Due
		if p.Programs, err = programsOf(l.Price); err != nil {
			return out, err
		}
	}
	e := &ledger.Entry{ID: ledger.EntryID(app.NewID()), Owner: string(l.Worker), Day: p.SettledOn, At: s.at, Office: s.roster.Office, Contribution: p.ID, Reference: p.Reference}
	e.Kind, e.Postings, _ = ledger.Settle(ledger.Money{Owner: e.Owner, Into: ledger.Clearing(app.SponsorChannel), Amount: l.Amount, Credit: 0, Charges: charges})
	if err := e.Check(); err != nil {
		return out, err
	}
	e.Seal(r.Heads.Ledger)
	return s.told(r, p, e)
}

// told brings what is paid into the membership, and the person to where that leads, with the event that tells of it.
func (s *starting) told(r *app.Record, p *store.PaymentRecord, e *ledger.Entry) (out store.PaidPerson, err error) {
	now, kind := r.Again(), jaring.ContributionRenewed
	out = store.PaidPerson{Payment: p, Entry: e, Heads: *r.Heads, Queued: s.at}
	was, paidTo, m := now.Worker.Standing, now.Worker.PaidTo, now.Membership
	m.Payments = app.WithPayment(m.Payments, p)
	if m.State == jaring.StateRegistered {
		m.State, m.PaidOn, m.PaidAt, m.CoreState = jaring.StatePaid, p.SettledOn, s.at, jaring.CoreQueued
		now.Worker.Standing, kind, out.Membership = jaring.StandingPaid, jaring.ContributionSettled, m
	} else {
		day := jaring.DayIn(s.at, app.Zone(""))
		now.Worker.Standing = app.StandingOn(now.Worker, m, day, s.app.Cover)
		out.Due = jaring.CoverHoldsUntil(app.CoverHistory(now.Worker, m), day, s.app.Cover)
	}
	if day := jaring.DayIn(s.at, app.Zone("")); len(now.Beside()) > 0 {
		now.Worker.Standing, out.Due = now.StandingOn(day, s.app.Cover), now.HoldsUntil(day, s.app.Cover)
	}
	now.Worker.PaidTo = now.PaidTo()
	out.Worker = now.Worker
	out.Event, err = s.app.EventFrom(s.actor, now, was, paidTo, kind, func(f *jaring.Facts) {
		f.Amount, f.Channel, f.Entry, f.Other = p.Total, app.SponsorChannel, hex.EncodeToString(e.Hash), s.roster.ID
		f.From, f.To = p.FirstMonth, p.LastMonth()
	})
	return out, err
}

// programsOf are the programmes that a price is for.
func programsOf(price string) (jaring.Programs, error) {
	lines, err := app.ParseQuoteLines(price)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(lines))
	for i, l := range lines {
		names[i] = string(l.Program)
	}
	return jaring.NewPrograms(names...)
}
