package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// WorkerView is a person's page.
type WorkerView struct {
	Worker     *store.WorkerRecord
	Membership *store.MembershipRecord   // the present one
	All        []*store.MembershipRecord // every one, the oldest first
	Payment    *jaring.Payment
	Review     *store.ReviewRecord
	Cover      jaring.Cover
	History    jaring.CoverHistory
	Today      jaring.Day
	OfficeName string
	PlaceName  string
	MayChange  bool // the actor may correct the record
	Cash       *CashInHands
}

// GetWorker gives a person's page. A person outside the actor's reach is not found.
// Errors: worker.not_found, error.forbidden.
func (a *App) GetWorker(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (*WorkerView, error) {
	v := &WorkerView{Today: Today(actor, a.Now())}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := LoadRecord(tx, id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, r.Worker); err != nil {
			return err
		}
		v.Worker, v.Membership, v.All = r.Worker, r.Membership, r.All
		if p := presentPayment(r.Membership); p != nil {
			v.Payment = &p.Payment
		}
		if v.Review, err = tx.OpenReviewOf(id); err != nil {
			return err
		}
		if v.Cash, err = cashInHands(tx, id, v.Today); err != nil {
			return err
		}
		return v.names(tx)
	})
	if err != nil {
		return nil, err
	}
	covers := (&Record{Worker: v.Worker, Membership: v.Membership, All: v.All}).covering(v.Today, a.Cover)
	v.History = CoverHistory(v.Worker, covers)
	v.Cover = jaring.CoverOn(v.History, v.Today, a.Cover)
	v.OfficeName = a.offices.name(ctx, v.Worker.Office, a.Now())
	v.MayChange = actor.May(jaring.ActCorrectWorker, scopeOf(v.Worker)) == nil
	return v, nil
}

// reach is May for reading one person: without it the person is not found.
func reach(actor jaring.Actor, act jaring.Act, w *store.WorkerRecord) error {
	err := actor.May(act, scopeOf(w))
	if err != nil && actor.Can(act) {
		return jaring.NewError(jaring.NotFound, "worker.not_found")
	}
	return err
}

func (v *WorkerView) names(tx *store.Tx) error {
	if v.Worker.Workplace == "" {
		return nil
	}
	place, err := tx.GetPlace(v.Worker.Workplace)
	if err != nil && jaring.CodeOf(err) != jaring.NotFound {
		return err
	}
	if err == nil {
		v.PlaceName = place.Name
	}
	return nil
}

// HistoryItem is one event of a person with the names that a reader needs.
type HistoryItem struct {
	*jaring.Event
	Facts      jaring.Facts
	ActorName  string
	OfficeName string
}

// FindHistory gives what happened to a person, newest first.
// Errors: worker.not_found, error.forbidden.
func (a *App) FindHistory(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (items []HistoryItem, err error) {
	var events []*jaring.Event
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.GetWorker(id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, w); err != nil {
			return err
		}
		events, err = tx.FindEvents(string(id))
		return err
	})
	if err != nil {
		return nil, err
	}
	if items, err = a.namedEvents(ctx, events); err != nil {
		return nil, err
	}
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
	return items, err
}

// namedEvents puts names beside ids.
func (a *App) namedEvents(ctx context.Context, events []*jaring.Event) ([]HistoryItem, error) {
	items := make([]HistoryItem, len(events))
	for i, e := range events {
		facts, err := store.ParseFacts(e.Facts)
		if err != nil {
			return nil, err
		}
		items[i] = HistoryItem{Event: e, Facts: facts, ActorName: a.AccountName(ctx, e.Actor)}
		if e.Office != "" {
			items[i].OfficeName = a.offices.name(ctx, e.Office, a.Now())
		}
	}
	return items, nil
}

// RevealNIK shows a person's whole NIK to somebody who needs it, and writes down who
// and why before it does.
// Errors: reason.too_short, worker.not_found, error.forbidden, worker.erased.
func (a *App) RevealNIK(ctx context.Context, actor jaring.Actor, id jaring.WorkerID, why string) (digits string, err error) {
	reason, err := NeedReason(why)
	if err != nil {
		return "", err
	}
	r, err := a.subject(ctx, actor, jaring.ActRevealNIK, string(id), "")
	if err != nil {
		return "", err
	}
	key, err := a.Vault.OpenPerson(id, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return "", err
	}
	text, err := key.Open(r.Worker.NIKSealed, purposeNIK)
	if err != nil {
		return "", err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		return a.TellOf(tx, actor, r, r.Worker.Standing, jaring.NIKRevealed, func(f *jaring.Facts) { f.Reason = reason })
	})
	if err != nil {
		return "", err
	}
	a.Changed()
	return string(text), nil
}
