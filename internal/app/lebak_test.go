package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Lebak, 2024: a collector kept villagers' contributions, and a death claim went unpaid. Nobody knew. Here the
// worker, the agent and the branch see on the first day that cash was not deposited, and each rupiah is
// somewhere.
func TestLebak_SeenByWorkerAndBranchOnDayOne(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		p := newPurse(t, town, town.Agent)
		halimah := registerAs(t, town, town.Agent, 2, fields{"months": 1})
		rosnah := registerAs(t, town, town.Agent, 4, fields{"months": 1})
		first := p.take(halimah, 1, p.price(halimah))
		town.Pass(time.Hour)
		second := p.take(rosnah, 1, p.price(rosnah))
		wantStanding(t, town, halimah, jaring.StandingWaiting, "")
		p.says(first, 2, "open", 0, "")

		town.Pass(24 * time.Hour)
		p.tellOverdue(1)
		p.tellOverdue(0) // once a day
		p.says(first, 2, "open", 1, "")
		if own := p.own(); own.Open != 2*p.price(halimah) || own.Receipts[0].ID != first.id || own.Receipts[0].Day != 1 {
			t.Errorf("the agent's own list: %+v", own)
		}
		if held := view(t, town, halimah).Cash; held == nil || held.Amount != p.price(halimah) || held.Day != 1 || held.Agent != "Rahma D." {
			t.Errorf("the worker's page: %+v", held)
		}
		branch := p.branch()
		if branch.Day != 1 || branch.Open != 2*p.price(halimah) || branch.Receipts != 2 || branch.Cases != 0 || len(branch.ByAge) != 1 {
			t.Errorf("the branch on day 1: %+v", branch)
		}

		town.Pass(48 * time.Hour)
		p.tellOverdue(1)
		p.says(first, 2, "open", 3, "2026-11-24")
		wantCases(t, town, "overdue")
		if h, err := town.App.Home(t.Context(), town.Head); err != nil || h.Cases != 1 || h.OldCash != 1 {
			t.Errorf("the branch head's home: %+v %v", h, err)
		}

		// He brings what he has left: one receipt and a part.
		d := p.deposit()
		if d.Amount != 2*p.price(halimah) || d.Receipts != 2 {
			t.Fatalf("%+v", d)
		}
		d = p.settle(d, p.price(halimah)+5_000)
		if d.State != "settled" || d.Receipts != 1 || d.Paid != p.price(halimah)+5_000 {
			t.Errorf("%+v", d)
		}
		p.says(first, 2, "deposited", 0, "")
		p.says(second, 4, "open", 3, "2026-11-24")
		wantStanding(t, town, halimah, jaring.StandingPaid, "2026-11-30")
		wantStanding(t, town, rosnah, jaring.StandingWaiting, "")
		if own := p.own(); own.Float != 5_000 || own.Open != p.price(rosnah) {
			t.Errorf("after a part: open %d, float %d", own.Open, own.Float)
		}
		p.dispute(second, 4)
		acknowledge(t, town)
		p.says(first, 2, "confirmed", 0, "")
		wantCases(t, town, "dispute", "overdue")
		wantSound(t, town)
	})
}

// What a bank tells of a deposit settles it like a cashier does, and the same told twice does nothing.
func TestDeposit_ByBankNotice(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
	r := p.take(id, 1, p.price(id))
	d := p.deposit()
	bill, err := town.App.GetBill(t.Context(), d.Code)
	if err != nil || bill.Amount != d.Amount || bill.Name != "Rahma D." {
		t.Fatalf("%+v %v", bill, err)
	}
	tell := func(amount jaring.Rupiah) error {
		n := app.BankNotice{Code: d.Code, Amount: amount, Channel: "bank", Bank: "contoh", Reference: "B-1", PaidAt: town.Now()}
		return town.App.BookNotice(t.Context(), n, func(b *app.BankBook) error { _, err := b.Book(); return err })
	}
	wantKey(t, tell(d.Amount-1), jaring.Invalid, "payment.amount_differs")
	if err := tell(d.Amount); err != nil {
		t.Fatal(err)
	}
	wantKey(t, tell(d.Amount), jaring.Conflict, "payment.settled")
	p.says(r, 2, "deposited", 0, "")
	wantStanding(t, town, id, jaring.StandingPaid, "2026-11-30")
	wantSound(t, town)
}

// Who is late with the money takes no month of cover from the worker: what was taken in November and brought
// in December covers December.
func TestDeposit_InAnotherMonth(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
	r := p.take(id, 1, p.price(id))
	arrive(t, town, "2026-12-02")
	p.settle(p.deposit(), p.price(id))
	wantStanding(t, town, id, jaring.StandingPaid, "2026-12-31")
	c, err := town.App.CheckReceipt(t.Context(), r.code.Text(), birthOf(2))
	if err != nil || c.CoveredFrom.String() != "2026-12-02" || c.CoveredUntil.String() != "2026-12-31" {
		t.Errorf("%+v %v", c, err)
	}
	wantSound(t, town)
}

// With a balance deposited ahead cover begins at once, and the cash is the agent's own.
func TestFloat_PaysAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		p := newPurse(t, town, town.Agent)
		d, err := town.App.MakeFloat(t.Context(), p.agent, newOp(), 70_000)
		if err != nil {
			t.Fatal(err)
		}
		p.settle(d, 70_000)
		id := registerAs(t, town, town.Agent, 2, fields{"months": 1})
		price := p.price(id)
		p.take(id, 1, price).want(t, "cash.paid_float")
		wantStanding(t, town, id, jaring.StandingPaid, "2026-11-30")
		two := p.costs(id, 1, 2)
		p.take(id, 2, two).want(t, "cash.paid_float")
		if own := p.own(); own.Open != 0 || own.Float != 70_000-price-two {
			t.Errorf("open %d, float %d", own.Open, own.Float)
		}
		if m := view(t, town, id).Membership; m.Payments[1].FirstMonth != m.FirstMonth.Add(1) || m.Payments[1].Months != 2 {
			t.Errorf("months that follow: %+v", m.Payments[1])
		}
		p.take(id, 12, p.costs(id, 3, 12)).want(t, "cash.paid_cash") // more than the balance
		wantSound(t, town)
	})
}
