package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Home is the branch at a glance, from the counters.
type Home struct {
	AsOf       time.Time
	OfficeName string
	Now        map[jaring.Standing]int64
	Registered int64 // persons in the book: all standings but merged, rejected and withdrawn
	Months     []HomeMonth
	Recent     []*store.WorkerRecord
	Rejected   int64 // memberships that the core refused
	Cases      int64 // about cash, that are open
	OldCash    int64 // agents, or an agent's own receipts, with cash that should have been deposited
}

// HomeMonth is one month of the chart.
type HomeMonth struct {
	Month      jaring.Month
	New        int64 // registered in the month
	Registered int64 // in the book at its end
	Protected  int64 // confirmed and covered in the month
}

const (
	homeMonths = 12
	homeRecent = 8
)

// Home gives the actor's home page.
func (a *App) Home(ctx context.Context, actor jaring.Actor) (*Home, error) {
	if err := actor.May(jaring.ActReadHome, jaring.Scope{}); err != nil {
		return nil, err
	}
	h := &Home{AsOf: a.Now(), OfficeName: a.offices.name(ctx, actor.Office, a.Now())}
	last := Today(actor, a.Now()).Month()
	d, value := marginOf(actor)
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		counts, err := tx.FindCounts(d, value, last.Add(1-homeMonths))
		if err != nil {
			return err
		}
		h.fill(counts, d, value, last)
		if actor.Can(jaring.ActFindWorker) {
			q := store.WorkerQuery{Offices: actor.Offices, Limit: homeRecent}
			if actor.Role == jaring.RoleAgent {
				q.Agent = actor.Account
			}
			if h.Recent, err = tx.FindWorkers(q); err != nil {
				return err
			}
		}
		if h.Rejected, err = tx.CountRefused(actor.Offices); err != nil {
			return err
		}
		return h.fillCash(tx, actor, Today(actor, a.Now()).Add(-a.Cash.Days))
	})
	return h, err
}

func (h *Home) fill(counts map[jaring.Counter]int64, d jaring.Dimension, value string, last jaring.Month) {
	n := func(m jaring.Measure, month jaring.Month) int64 {
		return counts[jaring.Counter{Dimension: d, Value: value, Measure: m, Month: month}]
	}
	h.Now = map[jaring.Standing]int64{}
	for _, s := range jaring.Standings {
		h.Now[s] = n(jaring.Gauge(s), 0)
		switch s {
		case jaring.StandingMerged, jaring.StandingRejected, jaring.StandingWithdrawn, jaring.StandingReview:
		default:
			h.Registered += h.Now[s]
		}
	}
	for m := last.Add(1 - homeMonths); m <= last; m++ {
		h.Months = append(h.Months, HomeMonth{Month: m, New: n(jaring.FlowRegistered, m), Protected: n(jaring.Covered, m)})
	}
	left := h.Registered
	for i := len(h.Months) - 1; i >= 0; i-- {
		h.Months[i].Registered = max(left, 0)
		left -= h.Months[i].New
	}
}

// ReviewItem is a second look with the persons it is about.
type ReviewItem struct {
	Review    *store.ReviewRecord
	Worker    *store.WorkerRecord
	Candidate *store.WorkerRecord // nil when there is none or the actor may not see it
}

// FindReviews gives the second looks that wait at the actor's offices, newest first, after a
// review's id. Error: error.forbidden.
func (a *App) FindReviews(ctx context.Context, actor jaring.Actor, before jaring.ReviewID) (items []ReviewItem, next jaring.ReviewID, err error) {
	if err := actor.May(jaring.ActFindReview, jaring.Scope{}); err != nil {
		return nil, "", err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		reviews, err := tx.FindReviews(actor.Offices, before, DefaultPage)
		if err != nil {
			return err
		}
		if len(reviews) == DefaultPage {
			next = reviews[len(reviews)-1].ID
		}
		items, err = withWorkers(tx, actor, reviews)
		return err
	})
	return items, next, err
}

func withWorkers(tx *store.Tx, actor jaring.Actor, reviews []*store.ReviewRecord) ([]ReviewItem, error) {
	var ids []jaring.WorkerID
	for _, v := range reviews {
		ids = append(ids, v.Worker)
		if v.Candidate != "" {
			ids = append(ids, v.Candidate)
		}
	}
	ws, err := tx.GetWorkers(ids)
	if err != nil {
		return nil, err
	}
	byID := map[jaring.WorkerID]*store.WorkerRecord{}
	for _, w := range ws {
		byID[w.ID] = w
	}
	items := make([]ReviewItem, 0, len(reviews))
	for _, v := range reviews {
		item := ReviewItem{Review: v, Worker: byID[v.Worker], Candidate: byID[v.Candidate]}
		if c := item.Candidate; c != nil && actor.May(jaring.ActGetWorker, scopeOf(c)) != nil {
			item.Candidate = nil
		}
		items = append(items, item)
	}
	return items, nil
}

// auditKinds are the events that an auditor's list shows.
var auditKinds = []jaring.EventKind{jaring.NIKRevealed, jaring.PhotoRevealed, jaring.BodyOpened, jaring.WorkerCorrected, jaring.WorkerWasMerged, jaring.WorkerAccepted, jaring.WorkerTurnedDown,
	jaring.ConsentWithdrawn, jaring.ContributionSettled, jaring.LoggedIn, jaring.LogInRefused, jaring.AccountAdded, jaring.AccountDisabled,
	jaring.OfficeAdded, jaring.OfficeRenamed, jaring.OfficePhoneSet, jaring.OfficeAreasSet, jaring.OfficeClosed,
	jaring.PasswordChanged, jaring.DeviceEnrolled, jaring.DeviceRevoked, jaring.ApplicationDecided, jaring.ClassJudged, jaring.CertificateIssued,
	jaring.CertificateSuspended, jaring.CertificateResumed, jaring.CertificateRevoked, jaring.KitHandedOut, jaring.KitReturned, jaring.AgentPhotoSet,
	jaring.CampaignCancelled, jaring.CaptureDecided, jaring.KioskOpened, jaring.KioskClosed,
	jaring.ContributionRenewed, jaring.ContributionCredited, jaring.ContributionReversed,
	jaring.MoneySuspended, jaring.MoneyAssigned, jaring.MoneyRefunded, jaring.CreditRefunded, jaring.StatementAdded, jaring.DayClosed,
	jaring.GroupAdded, jaring.GroupJoined, jaring.GroupLeft, jaring.GroupBilled, jaring.GroupBillPaid, jaring.GroupBillCancelled,
	jaring.CashTaken, jaring.CashMoved, jaring.CashDeposited, jaring.CashToppedUp, jaring.CashOverdue, jaring.CashBlocked, jaring.CashUnblocked,
	jaring.CaseOpened, jaring.CaseDecided,
	jaring.AgreementApproved, jaring.RosterApproved, jaring.RosterEnrolled, jaring.RosterWithdrawn, jaring.LeaveApproved, jaring.CardsPrinted,
	jaring.EmployerRegistered, jaring.EmployeeAdded, jaring.EmployeeLeft, jaring.EmployerBilled, jaring.EmployerBillPaid, jaring.EmployerBillGone,
	jaring.AwareProposedEvent, jaring.AwareStepped, jaring.AwareCorrected, jaring.AwareTurned, jaring.AwareCriteriaSet, jaring.FigureAdded, jaring.FigureChanged, jaring.FigureWithdrawn,
	jaring.SelfSourceOpened, jaring.SelfSourceClosed, jaring.SelfOrderPaid}

// FindAudit gives who did what, newest first, before an event's id.
// Error: error.forbidden.
func (a *App) FindAudit(ctx context.Context, actor jaring.Actor, before jaring.EventID) (items []HistoryItem, next jaring.EventID, err error) {
	if err := actor.May(jaring.ActReadAudit, jaring.Scope{}); err != nil {
		return nil, "", err
	}
	if before != "" && !jaring.IsUUID(string(before)) {
		return nil, "", jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	var events []*jaring.Event
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		events, err = tx.FindEventsOfKinds(auditKinds, actor.Offices, before, DefaultPage)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(events) == DefaultPage {
		next = events[len(events)-1].ID
	}
	items, err = a.namedEvents(ctx, events)
	return items, next, err
}
