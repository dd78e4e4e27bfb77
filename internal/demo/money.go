package demo

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// What the desk of the branch has to show: a group that pays for its members by one code, a code that was paid
// twice, and yesterday's book closed.
const (
	groupName    = "Pangkalan Ojek Legok"
	groupMembers = 6
	groupBilled  = 12 // days ago
	groupPaid    = 10
	strayCame    = 3
	hourClose    = 17 * time.Hour
)

// groupStory is the group on its way.
type groupStory struct {
	id   string
	bill *app.GroupBill
}

// planMoney plans what the desk of the branch does besides the daily payments.
func (b *builder) planMoney() {
	story := &groupStory{}
	b.on(b.today.Add(-groupBilled)).at(hourDesk, func(ctx context.Context) error { return b.foundGroup(ctx, story) })
	b.on(b.today.Add(-groupPaid)).at(hourPaid, func(ctx context.Context) error { return b.payGroup(ctx, story) })
	b.on(b.today.Add(-strayCame)).at(hourPaid, func(ctx context.Context) error { return b.strayMoney(ctx, b.today.Add(-strayCame)) })
	b.on(b.today.Add(-1)).at(hourClose, b.closeYesterday)
}

func demoOp() jaring.OperationID { return jaring.OperationID(app.NewID()) }

// foundGroup makes the group of people who are protected, and bills one further month of each.
func (b *builder) foundGroup(ctx context.Context, story *groupStory) error {
	officer, err := b.actor(ctx, b.desk["petugas.jambi"])
	if err != nil {
		return err
	}
	members, err := b.protectedOf(ctx, officer)
	if err != nil || len(members) == 0 {
		return err
	}
	story.id, err = b.app.AddGroup(ctx, officer, demoOp(), jaring.Group{Name: groupName, Kind: jaring.GroupOjek, ContactName: "Pak Amiruddin", ContactPhone: "0812-0000-0107"})
	if err != nil {
		return err
	}
	if _, _, err := b.app.JoinGroup(ctx, officer, demoOp(), story.id, members); err != nil {
		return err
	}
	story.bill, err = b.app.BillGroup(ctx, officer, demoOp(), story.id, 1, nil)
	if jaring.KeyOf(err) == "group.nobody" {
		return nil
	}
	return err
}

// protectedOf are some whom the branch registered and who are protected on that day.
func (b *builder) protectedOf(ctx context.Context, officer jaring.Actor) (ids []jaring.WorkerID, err error) {
	var days []jaring.Day
	for d := range b.days {
		days = append(days, d)
	}
	slices.Sort(days)
	for _, d := range days {
		for _, e := range b.days[d].entries {
			if e.agent.office != "jambi" || !e.stored() || len(ids) == groupMembers {
				continue
			}
			v, err := b.app.GetWorker(ctx, officer, e.outcome.Worker)
			if err != nil {
				return nil, err
			}
			if v.Worker.Standing == jaring.StandingProtected && !slices.Contains(ids, v.Worker.ID) {
				ids = append(ids, v.Worker.ID)
			}
		}
	}
	return ids, nil
}

// payGroup is the group's treasurer at the counter.
func (b *builder) payGroup(ctx context.Context, story *groupStory) error {
	if story.bill == nil {
		return nil
	}
	officer, err := b.actor(ctx, b.desk["petugas.jambi"])
	if err != nil {
		return err
	}
	_, err = b.app.SettleGroupBill(ctx, officer, demoOp(), story.id, story.bill.ID, wire.Settlement{Amount: story.bill.Amount, Channel: "counter", Reference: "LOKET-0107",
		PaidOn: jaring.DayIn(b.clock.now(), app.Zone(""))})
	b.open = true
	return err
}

// strayMoney is a code that somebody pays a second time, by QR: the money is with us, and pays nothing. Its
// notice is written down as any other.
func (b *builder) strayMoney(ctx context.Context, day jaring.Day) error {
	officer, err := b.actor(ctx, b.desk["petugas.jambi"])
	if err != nil {
		return err
	}
	paid, err := b.protectedOf(ctx, officer)
	if err != nil || len(paid) == 0 {
		return err
	}
	v, err := b.app.GetWorker(ctx, officer, paid[len(paid)-1])
	if err != nil || v.Payment == nil || v.Payment.Amount <= 0 {
		return err
	}
	n := app.BankNotice{Code: v.Payment.Code, Amount: v.Payment.Amount, Channel: "qris", Bank: "Bank Contoh", Reference: "QR-5561207", PaidAt: b.clock.now(), Kept: true}
	return b.app.BookNotice(ctx, n, func(book *app.BankBook) error {
		done, err := book.Book()
		if err != nil {
			return err
		}
		return book.Add(&app.BankEntry{Partner: "bank-contoh", Day: day, ExternalID: n.Reference, RequestID: n.Reference, Digest: []byte(n.Reference), Code: n.Code,
			Amount: n.Amount, Entry: done.Entry, At: done.At}, true)
	})
}

// closeYesterday is the head of the branch at the end of the day before the present.
func (b *builder) closeYesterday(ctx context.Context) error {
	head, err := b.actor(ctx, b.desk["kepala.jambi"])
	if err != nil {
		return err
	}
	return b.app.CloseDay(ctx, head, demoOp(), b.office["jambi"], b.today.Add(-1))
}
