package sponsor

import (
	"context"
	"encoding/hex"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// leaving is an approved departure on its way into the book.
type leaving struct {
	app     *Sponsors
	actor   jaring.Actor
	sponsor *store.SponsorRecord
	pact    *store.AgreementRecord
	roster  *store.RosterRecord
	now     *store.DepartureRecord
	enrol   *enrolment // of who takes the place; nil for nobody
	at      time.Time
	on      jaring.Day
}

// ApproveLeave lets somebody drop out, and who was proposed take the place, as the second person: the months that are
// left are booked back to the sponsor, and pay for who comes. Errors: sponsor.unknown, agreement.unknown,
// departure.unknown, departure.nothing, departure.changed_meanwhile, departure.month_began, departure.not_confirmed, departure.credit_short
// (args sum), roster.book_moved, roster.budget, approval.same_account, approval.same_person, error.forbidden,
// operation.conflict.
func (a *Sponsors) ApproveLeave(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, id string) error {
	if _, _, err := a.departureFor(ctx, actor, jaring.ActApproveSponsor, sponsor, agreement, id); err != nil {
		return err
	}
	v := &leaving{app: a, actor: actor}
	_, err := a.Fresh(ctx, actor, op, jaring.ActApproveSponsor, []any{"leave", id}, func() (err error) {
		v.sponsor, v.now, err = a.departureFor(ctx, actor, jaring.ActApproveSponsor, sponsor, agreement, id)
		if err != nil {
			return err
		}
		if err := a.mayApproveLeave(ctx, actor, v.sponsor, v.now); err != nil {
			return err
		}
		return v.prepare(ctx)
	}, v.apply)
	return err
}

func (v *leaving) prepare(ctx context.Context) (err error) {
	a := v.app
	v.at, v.on = a.Now(), jaring.DayIn(a.Now(), a.ZoneOf(ctx, v.sponsor.Office))
	if v.now.State == leaveProposed && v.now.From <= v.on.Month() {
		return jaring.NewError(jaring.Conflict, "departure.month_began", "month", v.now.From)
	}
	if v.roster, err = a.rosterNow(ctx, v.now.Roster); err != nil {
		return err
	}
	if _, v.pact, err = a.agreementFor(ctx, v.actor, jaring.ActFindSponsor, v.now.Sponsor, v.now.Agreement); err != nil {
		return err
	}
	if err := v.payable(ctx); err != nil || v.now.Heir.State != heirProposed {
		return err
	}
	one := *v.roster
	if one.Fresh = 0; v.now.Heir.Worker == "" {
		one.Fresh = 1
	}
	one.ApprovedBy = v.actor.Account
	if v.enrol, err = a.newEnrolment(ctx, &one); err != nil {
		return err
	}
	h := v.now.Heir // the agreement as it stands for this place alone
	v.enrol.form.FirstMonth, v.enrol.form.Months = h.First, int(v.enrol.form.LastMonth()-h.First)+1
	return nil
}

// payable asks whether the months can be given back, and pay for who comes. Errors: departure.not_confirmed,
// departure.credit_short.
func (v *leaving) payable(ctx context.Context) error {
	return v.app.DB.Read(ctx, func(tx *store.Tx) error {
		head, err := tx.LedgerHead(v.now.Sponsor)
		if err != nil {
			return err
		}
		if v.now.State == leaveProposed {
			payments, err := tx.FindPayments(v.now.Worker)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(payments, func(p *store.PaymentRecord) bool { return p.ID == v.now.Contribution })
			if at < 0 || payments[at].ConfirmedAt.IsZero() { // the core would confirm months that are given back
				return jaring.NewError(jaring.Conflict, "departure.not_confirmed")
			}
			head.Credit += v.now.Freed
		}
		if h := v.now.Heir; h.State == heirProposed && head.Credit < h.Amount {
			return jaring.NewError(jaring.Conflict, "departure.credit_short", "sum", h.Amount-head.Credit)
		}
		return nil
	})
}

func (v *leaving) apply(tx *store.Tx) error {
	next := *v.now
	if v.now.State == leaveProposed {
		next.State, next.ApprovedBy, next.ApprovedAt = leaveDone, v.actor.Account, v.at
	}
	if v.enrol != nil {
		next.Heir.State, next.Heir.Sealed, next.Heir.FilledBy, next.Heir.FilledAt = heirFilled, nil, v.actor.Account, v.at
	}
	if v.now.State == leaveProposed {
		if err := v.leave(tx); err != nil {
			return err
		}
	}
	if v.enrol != nil {
		worker, err := v.fill(tx)
		if err != nil {
			return err
		}
		next.Heir.Worker = worker
	}
	return moveLeave(tx, &next, v.now)
}

// leave books the months that are left back to the sponsor: the contribution is undone and what stays of it booked
// anew, so that the ledger shows each step.
func (v *leaving) leave(tx *store.Tx) error {
	r, err := app.LoadPayer(tx, v.now.Worker)
	if err != nil {
		return err
	}
	m, p := r.Contribution(v.now.Contribution)
	if p == nil || p.State != "settled" || p.Channel != app.SponsorChannel || p.LastMonth() < v.now.From {
		return jaring.NewError(jaring.Conflict, "departure.changed_meanwhile")
	}
	undone, kept, keep, err := v.split(tx, r, m, p)
	if err != nil {
		return err
	}
	if err := tx.UpdatePayment(keep.Payment); err != nil {
		return err
	}
	if err := tx.KeepTold(p.Worker, p.ID, p.Months); err != nil {
		return err
	}
	if err := v.end(tx); err != nil {
		return err
	}
	if err := tx.ShortenSponsorship(&store.Sponsorship{Worker: p.Worker, Contribution: p.ID, Months: keep.Months, Amount: keep.Amount}); err != nil {
		return err
	}
	freed := p.Total - keep.Total
	if err := v.stand(tx, r, m, keep, undone, kept, freed); err != nil {
		return err
	}
	return v.giveBack(tx, freed)
}

// split undoes a contribution and books what stays of it.
func (v *leaving) split(tx *store.Tx, r *app.Record, m *store.MembershipRecord, p *store.PaymentRecord) (undone, kept ledger.Entry, keep *store.PaymentRecord, err error) {
	entries, err := tx.FindEntries(string(v.now.Worker))
	if err != nil {
		return undone, kept, nil, err
	}
	at := slices.IndexFunc(entries, func(e *ledger.Entry) bool { return e.Seq == p.Entry })
	if at < 0 {
		return undone, kept, nil, jaring.NewError(jaring.Internal, "ledger.damaged")
	}
	undone = ledger.Reverse(entries[at])
	undone.ID, undone.Day, undone.At, undone.Actor = ledger.EntryID(app.NewID()), v.on, v.at, v.actor.Account
	if err := tx.AddEntry(&undone, r.Heads.Ledger); err != nil {
		return undone, kept, nil, err
	}
	one := *p
	keep = &one
	keep.Months = int(v.now.From - p.FirstMonth)
	if keep.Total, err = sumOf(app.QuoteOf(m, p).Lines, p.FirstMonth, keep.Months); err != nil {
		return undone, kept, nil, err
	}
	keep.Amount = keep.Total
	charges, err := app.ChargesOf(m, keep)
	if err != nil {
		return undone, kept, nil, err
	}
	kept = ledger.Entry{ID: ledger.EntryID(app.NewID()), Owner: string(p.Worker), Day: p.SettledOn, At: v.at, Actor: v.actor.Account, Office: undone.Office, Contribution: p.ID, Reference: p.Reference}
	kept.Kind, kept.Postings, _ = ledger.Settle(ledger.Money{Owner: kept.Owner, Into: ledger.Clearing(app.SponsorChannel), Amount: keep.Total, Charges: charges})
	err = tx.AddEntry(&kept, undone.Head())
	keep.Entry = kept.Seq
	return undone, kept, keep, err
}

// stand brings the person to where fewer paid months lead, and tells of both entries.
func (v *leaving) stand(tx *store.Tx, r *app.Record, m *store.MembershipRecord, keep *store.PaymentRecord, undone, kept ledger.Entry, freed jaring.Rupiah) error {
	was := r.Worker.Standing
	m.Payments = app.WithPayment(m.Payments, keep)
	if err := v.app.Stand(tx, r, v.on); err != nil {
		return err
	}
	last := v.now.From.Add(v.now.Months - 1)
	err := v.app.Alter(tx, v.actor, r, was, jaring.MonthsReturned, func(f *jaring.Facts) {
		f.Amount, f.From, f.To, f.Entry, f.Other, f.Reason = freed, v.now.From, last, hex.EncodeToString(undone.Hash), v.now.ID, string(v.now.Why)
	})
	if err != nil {
		return err
	}
	return v.app.TellOf(tx, v.actor, r, r.Worker.Standing, jaring.MonthsKept, func(f *jaring.Facts) {
		f.Amount, f.Entry, f.Other = keep.Total, hex.EncodeToString(kept.Hash), v.now.ID
	})
}

// giveBack makes the freed money the sponsor's credit, and the place free.
func (v *leaving) giveBack(tx *store.Tx, freed jaring.Rupiah) error {
	d := rosterDues(v.roster, v.on, v.at, v.roster.Reference)
	d.Actor = v.actor.Account
	e, err := v.app.ReturnAccrual(tx, d, freed)
	if err != nil {
		return err
	}
	if err := tx.GiveBack(v.now.Sponsor, v.now.Agreement, 1, freed); err != nil {
		return err
	}
	return v.app.tellOfSponsor(tx, v.actor, v.sponsor, jaring.LeaveApproved, jaring.Facts{Other: v.now.ID, Amount: freed, Entry: hex.EncodeToString(e.Hash), Reason: string(v.now.Why)})
}

// fill enters who takes the place, and pays the months out of the sponsor's credit.
func (v *leaving) fill(tx *store.Tx) (jaring.WorkerID, error) {
	h := &v.now.Heir
	c := made{}
	number := v.enrol.number
	row := store.RosterRow{Row: heirRow(v.now), Accepted: true, Worker: h.Worker, First: h.First, Months: h.Months, Amount: h.Amount, Sealed: h.Sealed}
	if err := v.enrol.add(&c, row, &number); err != nil {
		return "", err
	}
	if err := v.pay(tx, h.Amount); err != nil {
		return "", err
	}
	lines, err := v.enrol.put(tx, c)
	if err != nil {
		return "", err
	}
	s := &starting{app: v.app, roster: &store.RosterRecord{ID: v.roster.ID, Sponsor: v.roster.Sponsor, Agreement: v.roster.Agreement, Office: v.roster.Office, Code: v.roster.Code,
		Reference: v.roster.Reference, PaidOn: v.on}, at: v.at, actor: v.actor}
	if err := s.chunk(tx, lines); err != nil {
		return "", err
	}
	if s.gone > 0 {
		return "", bookMoved()
	}
	return lines[0].Worker, nil
}

// pay takes the price out of the sponsor's credit and of the agreement. Errors: departure.credit_short, roster.budget.
func (v *leaving) pay(tx *store.Tx, price jaring.Rupiah) error {
	used, err := tx.UseAgreement(v.now.Sponsor, v.now.Agreement, v.pact.Version, 1, price)
	if err == nil && !used {
		err = overBudget(v.pact)
	}
	if err != nil {
		return err
	}
	head, err := tx.LedgerHead(v.now.Sponsor)
	if err != nil {
		return err
	}
	if head.Credit < price {
		return jaring.NewError(jaring.Conflict, "departure.credit_short", "sum", price-head.Credit)
	}
	e := ledger.Entry{ID: ledger.EntryID(app.NewID()), Owner: v.now.Sponsor, Kind: ledger.KindSettle, Day: v.on, At: v.at, Actor: v.actor.Account, Office: v.roster.Office, Reference: v.roster.Reference,
		Postings: []ledger.Posting{{Account: ledger.Credit(v.now.Sponsor), Amount: price}, {Account: ledger.Clearing(app.SponsorChannel), Amount: -price}}}
	if err := tx.AddEntry(&e, head); err != nil {
		return err
	}
	return v.app.tellOfSponsor(tx, v.actor, v.sponsor, jaring.PlaceFilled, jaring.Facts{Other: v.now.ID, Amount: price, Entry: hex.EncodeToString(e.Hash)})
}

// end notes that months which the core holds have gone back to the sponsor, for the core to be told.
func (v *leaving) end(tx *store.Tx) error {
	d := v.now
	return tx.AddEnding(&app.CoreEnding{Worker: d.Worker, Membership: jaring.MembershipID(d.Contribution), Departure: d.ID, Why: d.Why, Last: d.From - 1, State: jaring.CoreQueued, QueuedAt: v.at})
}
