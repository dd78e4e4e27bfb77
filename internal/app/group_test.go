package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/wire"
)

// association is a group of so many members, the n-th persons of the town from first on.
func association(t *testing.T, town *jaringtest.Town, first, n int) (group string, ids []jaring.WorkerID) {
	t.Helper()
	group, err := town.App.AddGroup(t.Context(), town.Officer, op(), jaring.Group{Name: "Paguyuban Pasar", Kind: jaring.GroupAssociation, ContactName: "Bu Sri"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		ids = append(ids, town.Register(town.Agent, first+i))
	}
	if n > 0 {
		if added, already, err := town.App.JoinGroup(t.Context(), town.Officer, op(), group, ids); err != nil || added != n || already != 0 {
			t.Fatal(added, already, err)
		}
	}
	return group, ids
}

func bill(t *testing.T, town *jaringtest.Town, group string, months int) *app.GroupBill {
	t.Helper()
	b, err := town.App.BillGroup(t.Context(), town.Officer, op(), group, months, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// One code pays for all; who paid for himself meanwhile has credit, who left has money at the desk.
func TestGroupPaysByOneNotice(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		group, ids := association(t, town, 1, 4)
		b := bill(t, town, group, 2)
		if len(b.Lines) != 4 || b.Amount != 4*b.Lines[0].Amount || b.Lines[0].From.String() != "2026-11" || b.Lines[0].To.String() != "2026-12" || b.State != "waiting" {
			t.Fatalf("%+v", b)
		}
		shown, err := town.App.GetBill(ctx, b.Code)
		if err != nil || shown.Amount != b.Amount || shown.Name != "Paguyuban Pasar" || shown.Months != 2 {
			t.Errorf("%+v %v", shown, err)
		}
		each := b.Lines[0].Amount
		body := settlement(town, ids[1])
		body["amount"], body["reference"] = each, "SELF"
		if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil { // pays for himself
			t.Fatal(err)
		}
		if err := withdraw(town, town.Officer, ids[2]); err != nil {
			t.Fatal(err)
		}
		n := app.BankNotice{Code: b.Code, Amount: b.Amount, Bank: "Bank Uji", Reference: "G-1", PaidAt: town.Now()}
		wrong := n
		wrong.Amount--
		_, err = told(t, town, "R0", wrong)
		wantKey(t, err, jaring.Invalid, "payment.amount_differs")
		for i := range 2 {
			if booked, err := told(t, town, "R1", n); err != nil || booked != (i == 0) {
				t.Errorf("%d: %v %v", i, booked, err)
			}
		}
		_, err = told(t, town, "R2", n)
		wantKey(t, err, jaring.Conflict, "payment.settled")
		paid, err := town.App.GetGroupBill(ctx, town.Auditor, group, b.ID)
		if err != nil || paid.State != "settled" || paid.Reference != "G-1" || paid.Channel != "bank" {
			t.Fatalf("%+v %v", paid, err)
		}
		outcomes := map[jaring.WorkerID]string{}
		for _, l := range paid.Lines {
			outcomes[l.Worker] = l.Outcome
		}
		if outcomes[ids[0]] != "covered" || outcomes[ids[1]] != "credited" || outcomes[ids[2]] != "suspended" || outcomes[ids[3]] != "covered" {
			t.Errorf("%v", outcomes)
		}
		if l := ledgerOf(t, town, ids[1]); l.Credit != each || l.Paid != each {
			t.Errorf("%+v", l)
		}
		if standing(t, town, ids[0]) != jaring.StandingPaid || standing(t, town, ids[3]) != jaring.StandingPaid {
			t.Error("the members do not stand")
		}
		sums := balances(t, town)
		if sums[ledger.Clearing("bank")] != b.Amount || sums[ledger.Suspense("bank")] != -each || sums[ledger.Fund] != -3*each {
			t.Errorf("%v", sums)
		}
		wantSound(t, town)
	})
}

// At the counter, once however often it is told; a line that was booked by mistake is undone and nothing else is.
func TestGroupAtTheCounter(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		group, ids := association(t, town, 1, 3)
		before := balances(t, town)
		b := bill(t, town, group, 1)
		_, err := town.App.BillGroup(ctx, town.Officer, op(), group, 1, nil)
		wantKey(t, err, jaring.Conflict, "group.bill_open")
		day := jaring.DayIn(town.Now(), app.Zone(""))
		body := wire.Settlement{Amount: b.Amount, Channel: "counter", Reference: "K-1", PaidOn: day}
		for key, broken := range map[string]wire.Settlement{
			"payment.amount_differs":  {Amount: b.Amount + 1, Channel: "counter", Reference: "K-1", PaidOn: day},
			"payment.channel_unknown": {Amount: b.Amount, Channel: "pos", Reference: "K-1", PaidOn: day},
			"field.required":          {Amount: b.Amount, Channel: "counter", PaidOn: day},
			"payment.before_bill":     {Amount: b.Amount, Channel: "counter", Reference: "K-1", PaidOn: day.Add(-1)},
			"date.future":             {Amount: b.Amount, Channel: "counter", Reference: "K-1", PaidOn: day.Add(1)},
		} {
			if _, err := town.App.SettleGroupBill(ctx, town.Officer, op(), group, b.ID, broken); jaring.KeyOf(err) != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		one := op()
		for range 2 {
			if paid, err := town.App.SettleGroupBill(ctx, town.Officer, one, group, b.ID, body); err != nil || paid.State != "settled" {
				t.Fatal(paid, err)
			}
		}
		_, err = town.App.SettleGroupBill(ctx, town.Officer, op(), group, b.ID, body)
		wantKey(t, err, jaring.Conflict, "payment.settled")
		if sums := balances(t, town); sums[ledger.Clearing("counter")] != b.Amount || sums[ledger.Fund] != -b.Amount {
			t.Errorf("%v", sums)
		}
		for _, id := range ids {
			if err := reverse(town, town.Head, id, view(t, town, id).Payment.ID); err != nil {
				t.Fatal(err)
			}
			if standing(t, town, id) != jaring.StandingWaiting {
				t.Error(standing(t, town, id))
			}
		}
		for k, n := range balances(t, town) {
			if n != before[k] {
				t.Errorf("%s holds %s after all is undone, %s before", k, n, before[k])
			}
		}
		wantSound(t, town)
	})
}

// Who is in a group, who may look and act, and which members a bill leaves out.
func TestGroupMembersAndPowers(t *testing.T) {
	town := liteTown(t)
	ctx := t.Context()
	group, ids := association(t, town, 1, 3)
	if added, already, err := town.App.JoinGroup(ctx, town.Officer, op(), group, ids[:2]); err != nil || added != 0 || already != 2 {
		t.Error(added, already, err)
	}
	_, _, err := town.App.JoinGroup(ctx, town.Officer, op(), group, []jaring.WorkerID{jaring.WorkerID(app.NewID())})
	wantKey(t, err, jaring.NotFound, "worker.not_found")
	_, err = town.App.GetGroup(ctx, town.FarOfficer, group)
	wantKey(t, err, jaring.NotFound, "group.unknown")
	_, err = town.App.GetGroup(ctx, town.Agent, group)
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
	_, err = town.App.AddGroup(ctx, town.Officer, op(), jaring.Group{Office: town.Palembang, Name: "X", Kind: "ojek", ContactName: "Y"})
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	if err := came(town, ids[0], 100_000, "B1"); err != nil { // has credit for two months and more
		t.Fatal(err)
	}
	if err := withdraw(town, town.Officer, ids[1]); err != nil {
		t.Fatal(err)
	}
	b := bill(t, town, group, 1)
	left := map[jaring.WorkerID]string{}
	for _, s := range b.Left {
		left[s.Worker] = s.Why
	}
	if len(b.Lines) != 1 || b.Lines[0].Worker != ids[2] || left[ids[0]] != "group.has_credit" || left[ids[1]] != "worker.closed" {
		t.Errorf("%+v %v", b.Lines, left)
	}
	rows, _, err := town.App.FindGroups(ctx, town.Auditor, "pasar", "")
	if err != nil || len(rows) != 1 || rows[0].Members != 3 || rows[0].OpenBill == nil || rows[0].OpenBill.ID != b.ID {
		t.Errorf("%+v %v", rows, err)
	}
	if none, _, err := town.App.FindGroups(ctx, town.FarOfficer, "", ""); err != nil || len(none) != 0 {
		t.Error(none, err)
	}
	for range 2 {
		if err := town.App.CancelGroupBill(ctx, town.Officer, group, b.ID); err != nil {
			t.Fatal(err)
		}
	}
	_, err = town.App.GetBill(ctx, b.Code)
	wantKey(t, err, jaring.Conflict, "payment.code_expired")
	if err := town.App.LeaveGroup(ctx, town.Officer, group, ids[2]); err != nil {
		t.Fatal(err)
	}
	_, err = town.App.BillGroup(ctx, town.Officer, op(), group, 1, []jaring.WorkerID{ids[2]})
	wantKey(t, err, jaring.Invalid, "group.not_member")
	_, err = town.App.BillGroup(ctx, town.Officer, op(), group, 1, nil)
	wantKey(t, err, jaring.Conflict, "group.nobody")
	v, err := town.App.GetGroup(ctx, town.Officer, group)
	if err != nil || len(v.People) != 2 || len(v.Bills) != 1 || v.Bills[0].State != "cancelled" {
		t.Errorf("%+v %v", v, err)
	}
	wantSound(t, town)
}

// Money for a group that came with another amount is found at the desk and pays the bill.
func TestSuspenseForAGroup(t *testing.T) {
	town := liteTown(t)
	ctx := t.Context()
	group, _ := association(t, town, 1, 2)
	b := bill(t, town, group, 1)
	s := stray(t, town, "salah-ketik", b.Amount, "Q-9")
	manager := town.Hire("kepala2", "Kepala Pusat", jaring.RoleBranchHead, town.Fund)
	if err := town.App.AssignSuspense(ctx, manager, op(), s.ID, "", b.Code); err != nil {
		t.Fatal(err)
	}
	paid, err := town.App.GetGroupBill(ctx, manager, group, b.ID)
	if err != nil || paid.State != "settled" || paid.Reference != "Q-9" || paid.SettledAt.Before(town.Now().Add(-time.Minute)) {
		t.Errorf("%+v %v", paid, err)
	}
	if sums := balances(t, town); sums[ledger.Suspense("qris")] != 0 || sums[ledger.Clearing("qris")] != b.Amount {
		t.Errorf("%v", sums)
	}
	wantSound(t, town)
}
