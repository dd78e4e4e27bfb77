package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Confirmation is the answer of the fund's core about a membership.
type Confirmation struct {
	Worker     jaring.WorkerID
	Membership jaring.MembershipID
	Accepted   bool
	KPJ        string
	From, To   jaring.Month
	Reason     string // key of the rejection
}

// Confirm records an answer of the core. The same answer again changes nothing.
// Errors: worker.not_found, core.unknown_message, core.kpj_taken.
func (a *App) Confirm(ctx context.Context, c Confirmation) error {
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		m, err := tx.GetCoreMessage(c.Worker, c.Membership)
		if err != nil {
			return err
		}
		if m == nil {
			return jaring.NewError(jaring.NotFound, "core.unknown_message")
		}
		if m.State == jaring.CoreAcknowledged || m.State == jaring.CoreRejected && !c.Accepted {
			return nil
		}
		r, err := LoadRecord(tx, c.Worker)
		if err != nil {
			return err
		}
		about, paid := r.Contribution(jaring.ContributionID(c.Membership))
		switch {
		case about == nil:
			return jaring.NewError(jaring.NotFound, "core.unknown_message")
		case !c.Accepted:
			return a.refuseByCore(tx, r, about, m, c.Reason)
		}
		paid.ConfirmedAt = a.Now()
		if err := tx.UpdatePayment(paid.Payment); err != nil {
			return err
		}
		return a.confirmByCore(tx, r, about, m, c)
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// confirmByCore confirms the membership that an answer is about. Where the person stands
// follows from the present one alone: who was registered again meanwhile is not covered by a
// late answer about what has ended.
func (a *App) confirmByCore(tx *store.Tx, r *Record, about *store.MembershipRecord, m *store.CoreMessage, c Confirmation) error {
	if err := takeKPJ(tx, c); err != nil {
		return err
	}
	if err := tx.SetCoreState(m, jaring.CoreAcknowledged, "", a.Now()); err != nil {
		return err
	}
	was := r.Worker.Standing
	r.Worker.KPJ, r.Worker.CoveredUntil = c.KPJ, max(r.Worker.CoveredUntil, c.To.Last())
	about.State, about.ConfirmedAt = jaring.StateConfirmed, a.Now()
	about.CoreState, about.CoreReason = jaring.CoreAcknowledged, ""
	if err := a.Stand(tx, r, jaring.DayIn(a.Now(), Zone(""))); err != nil {
		return err
	}
	if err := tx.UpdateMembership(about); err != nil {
		return err
	}
	return a.Alter(tx, jaring.System, r, was, jaring.CoreConfirmed, func(f *jaring.Facts) {
		f.From, f.To = c.From, c.To
		speakOf(f, about)
	})
}

// speakOf makes facts those of a membership, when nobody's standing changes with them.
func speakOf(f *jaring.Facts, m *store.MembershipRecord) {
	f.Joined = joinedIn(m)
	if f.Membership = m.ID; f.Was == f.Is {
		f.Programs, f.Funding, f.Sector = m.Programs.String(), m.Funding, m.Sector
	}
}

// takeKPJ gives the participant number to the person. The fund gives one person one number for life:
// when it belongs to a closed record, the person came back after withdrawing, and the
// number comes along. Error: core.kpj_taken when it is somebody's whose record stands.
func takeKPJ(tx *store.Tx, c Confirmation) error {
	owner, err := tx.AddKPJ(c.KPJ, c.Worker)
	if err != nil || owner == c.Worker {
		return err
	}
	w, err := tx.GetWorker(owner)
	if err != nil {
		return err
	}
	if w.State == jaring.WorkerActive || w.State == jaring.WorkerReview {
		return jaring.NewError(jaring.Conflict, "core.kpj_taken")
	}
	return tx.LeadKPJ(c.KPJ, c.Worker)
}

func (a *App) refuseByCore(tx *store.Tx, r *Record, about *store.MembershipRecord, m *store.CoreMessage, reason string) error {
	if err := tx.SetCoreState(m, jaring.CoreRejected, reason, a.Now()); err != nil {
		return err
	}
	about.CoreState, about.CoreReason = jaring.CoreRejected, reason
	if err := tx.UpdateMembership(about); err != nil {
		return err
	}
	return a.Alter(tx, jaring.System, r, r.Worker.Standing, jaring.CoreRefused, func(f *jaring.Facts) {
		f.Reason = reason
		speakOf(f, about)
	})
}

// CoverOf folds a person's payments and acknowledgements into the cover on a day.
func CoverOf(w *store.WorkerRecord, m *store.MembershipRecord, today jaring.Day, s jaring.CoverSettings) jaring.Cover {
	return jaring.CoverOn(CoverHistory(w, m), today, s)
}

func CoverHistory(w *store.WorkerRecord, m *store.MembershipRecord) jaring.CoverHistory {
	payments := make([]jaring.Payment, len(m.Payments))
	for i, p := range m.Payments {
		payments[i] = p.Payment
	}
	if m.Segment == jaring.PU {
		return jaring.EmployedHistoryOf(jaring.DayIn(m.RegisteredAt, Zone("")), payments, Zone(""))
	}
	return jaring.CoverHistoryOf(jaring.DayIn(w.TakenAt, Zone("")), payments, Zone(""))
}

// StandingOn is where a person stands on a day: the state of the record first, the
// cover second.
func StandingOn(w *store.WorkerRecord, m *store.MembershipRecord, today jaring.Day, s jaring.CoverSettings) jaring.Standing {
	switch w.State {
	case jaring.WorkerReview:
		return jaring.StandingReview
	case jaring.WorkerRejected:
		return jaring.StandingRejected
	case jaring.WorkerWithdrawn:
		return jaring.StandingWithdrawn
	case jaring.WorkerMerged:
		return jaring.StandingMerged
	}
	return CoverOf(w, m, today, s).Standing
}

// Stand sets where the person stands on a day and until when that holds by itself.
func (a *App) Stand(tx *store.Tx, r *Record, day jaring.Day) error {
	r.Worker.Standing = r.StandingOn(day, a.Cover)
	until := jaring.Day(0)
	if r.Worker.State == jaring.WorkerActive { // else no calendar moves it any more
		until = r.HoldsUntil(day, a.Cover)
	}
	return tx.SetStandingDue(r.Worker.ID, until)
}

// agedKind names the event by which the calendar changed a standing.
func agedKind(now jaring.Standing) jaring.EventKind {
	switch now {
	case jaring.StandingProtected:
		return jaring.CoverBegan
	case jaring.StandingEnded:
		return jaring.CoverEndedEvent
	case jaring.StandingPaid:
		return jaring.CoverUnconfirmed
	}
	return jaring.CoverLapsedEvent
}
