package app

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// payableSelf is what somebody ordered for himself, under its code.
type payableSelf struct {
	app     *App
	row     *SelfOrder
	at      string // name of the campaign
	settles *settlement
	kept    *store.SuspenseRecord
}

func (a *App) selfBill(tx *store.Tx, c *store.BillCode) (Payable, error) {
	o, err := tx.GetSelfOrder(c.Bill)
	if err != nil {
		return nil, err
	}
	at, err := tx.GetCampaign(o.Campaign)
	if err != nil {
		return nil, err
	}
	return &payableSelf{app: a, row: o, at: at.Name}, nil
}

// Bill names the campaign and nobody: whoever meets the code learns no name by it.
func (b *payableSelf) Bill() Bill { return Bill{b.at, b.row.Amount, b.row.Months} }

func (b *payableSelf) Whence() Whence { return Whence{b.row.Office, b.row.MadeAt} }

func (b *payableSelf) Open() error {
	if b.row.State != "waiting" {
		return jaring.NewError(jaring.Conflict, "payment.settled")
	}
	return nil
}

func (b *payableSelf) Accepts(amount jaring.Rupiah) error { return Exactly(b.row.Amount, amount) }

// Prepare makes what the book will say: months of the person, credit when there is nothing to pay, or money
// at the desk while a person has to look.
func (b *payableSelf) Prepare(ctx context.Context, actor jaring.Actor, p Paid) error {
	b.settles, b.kept = nil, nil
	var r *Record
	if b.row.Worker != "" {
		err := b.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
			r, err = LoadRecord(tx, b.row.Worker)
			return err
		})
		if err != nil {
			return err
		}
	}
	if r == nil || r.Worker.State != jaring.WorkerActive {
		b.kept = &store.SuspenseRecord{ID: NewID(), Office: b.row.Office, Code: b.row.Code, Channel: p.Channel, Reference: p.Reference,
			Amount: b.row.Amount, PaidOn: p.On, Why: "self.second_look", At: p.At}
		return nil
	}
	body := wire.Settlement{Amount: b.row.Amount, Channel: p.Channel, Reference: p.Reference, PaidOn: p.On}
	var err error
	b.settles, err = b.app.settlementOf(ctx, r, b.app.payableNow(r), body, ledger.EntryID(NewID()), actor)
	return err
}

func (b *payableSelf) Apply(tx *store.Tx, actor jaring.Actor, p Paid) (entry string, err error) {
	paid := *b.row
	paid.Channel, paid.Reference, paid.PaidOn, paid.SettledAt = p.Channel, p.Reference, p.On, p.At
	done, err := tx.SettleSelfOrder(&paid)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "payment.settled")
	}
	if err != nil {
		return "", err
	}
	if b.kept != nil {
		entry, err = b.kept.ID, b.app.keepInSuspense(tx, &bankWork{actor: actor, kept: b.kept})
	} else {
		entry, err = string(b.settles.entry.ID), b.app.applySettlement(tx, actor, b.settles)
	}
	if err != nil {
		return "", err
	}
	return entry, b.app.Tell(tx, actor, b.row.ID, jaring.SelfOrderPaid, jaring.Facts{Campaign: b.row.Campaign, Amount: b.row.Amount, Channel: p.Channel})
}

// OwnOrder is a form that came from somebody's own phone, as the office sees it.
type OwnOrder struct {
	*SelfOrder
	Name     string // of the person, when one was made or met
	Business *jaring.OwnBusiness
}

// OwnOrders is a page of them.
type OwnOrders struct {
	Items []OwnOrder
	Next  string // opaque cursor; empty on the last page
}

// FindSelfOrders gives the forms that came from people's own phones at a campaign, the oldest first.
// Errors: campaign.not_found, error.forbidden, error.out_of_area, cursor.malformed.
func (a *App) FindSelfOrders(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, cursor string) (*OwnOrders, error) {
	if _, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return nil, err
	}
	var after struct {
		At int64
		ID string
	}
	if err := OpenCursor(cursor, &after); err != nil || after.ID != "" && !jaring.IsUUID(after.ID) {
		return nil, BadCursor()
	}
	if after.ID == "" {
		after.ID = string(nobody)
	}
	page := &OwnOrders{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindSelfOrders(id, time.UnixMilli(after.At), after.ID, MaxPage)
		page.Items = make([]OwnOrder, len(found))
		for i, o := range found {
			if err == nil {
				page.Items[i], err = ownOrder(tx, o)
			}
		}
		return err
	})
	if n := len(page.Items); err == nil && n == MaxPage {
		after.At, after.ID = page.Items[n-1].MadeAt.UnixMilli(), page.Items[n-1].ID
		page.Next = CloseCursor(after)
	}
	return page, err
}

func ownOrder(tx *store.Tx, o *SelfOrder) (own OwnOrder, err error) {
	own.SelfOrder = o
	if o.Worker != "" {
		w, err := tx.GetWorker(o.Worker)
		if err != nil {
			return own, err
		}
		own.Name = w.Name
	}
	if o.Business != "" {
		own.Business = &jaring.OwnBusiness{}
		err = json.Unmarshal([]byte(o.Business), own.Business)
	}
	return own, err
}
