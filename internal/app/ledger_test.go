package app_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
)

func ledgerOf(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) *app.WorkerLedger {
	t.Helper()
	l, err := town.App.GetWorkerLedger(t.Context(), town.Officer, id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Each payment stands in the worker's ledger and in the accounts of its office, to the rupiah.
func TestEveryRupiahIsInTheLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		for n := range 3 {
			if err := pay(town, town.Officer, town.Register(town.Agent, n)); err != nil {
				t.Fatal(err)
			}
		}
		id := town.Register(town.Agent, 7)
		if err := came(town, id, 50_000, "B7"); err != nil {
			t.Fatal(err)
		}
		l := ledgerOf(t, town, id)
		if len(l.Entries) != 1 || l.Entries[0].Kind != ledger.KindSettle || l.Entries[0].ActorName != town.Officer.Name || l.Credit != 4_400 || l.Paid != 45_600 || l.InHands != 0 {
			t.Errorf("%+v", l)
		}
		balances, err := town.App.FindBalances(ctx, town.Auditor)
		got := map[ledger.Key]jaring.Rupiah{}
		for _, b := range balances {
			got[b.Account] = b.Balance
		}
		at := func(a ledger.Account) ledger.Key { return ledger.KeyOf(a, town.Branch) }
		if err != nil || len(got) != 3 || got[at(ledger.Clearing("counter"))] != 3*45_600 || got[at(ledger.Clearing("bank"))] != 50_000 || got[at(ledger.Fund)] != -4*45_600 {
			t.Errorf("%v %v", got, err)
		}
		lines, err := town.App.FindAccountLines(ctx, town.Officer, string(at(ledger.Fund)), 0, 3)
		if err != nil || len(lines) != 3 || lines[2].Balance != -3*45_600 {
			t.Errorf("%+v %v", lines, err)
		}
		lines, err = town.App.FindAccountLines(ctx, town.Officer, string(at(ledger.Fund)), 3, 0)
		if err != nil || len(lines) != 1 || lines[0].Balance != -4*45_600 {
			t.Errorf("%+v %v", lines, err)
		}
		if more, err := town.App.HasPendingEntries(ctx); more || err != nil {
			t.Errorf("%v %v", more, err)
		}
		wantSound(t, town)
	})
}

// Who sees which account.
func TestWhoReadsTheLedger(t *testing.T) {
	town := liteTown(t)
	ctx := t.Context()
	id := town.Register(town.Agent, 1)
	if err := pay(town, town.Officer, id); err != nil {
		t.Fatal(err)
	}
	fund, custody := ledger.KeyOf(ledger.Fund, town.Branch), ledger.Key(ledger.Custody(town.Agent.Account))
	for _, c := range []struct {
		actor jaring.Actor
		key   ledger.Key
		want  string
	}{
		{town.Officer, fund, ""}, {town.Auditor, fund, ""}, {town.Head, custody, ""}, {town.Agent, custody, ""},
		{town.Agent, fund, "error.forbidden"}, {town.Second, custody, "error.forbidden"}, {town.FarOfficer, fund, "error.out_of_area"},
		{town.FarOfficer, custody, "error.out_of_area"}, {town.Admin, fund, "error.forbidden"}, {town.Officer, "fund", "ledger.account_unknown"},
		{town.Officer, ledger.Key(ledger.Credit(string(id))), "ledger.account_unknown"}, {town.Officer, ledger.Key(ledger.Float(jaring.AccountID(id))), "ledger.account_unknown"},
	} {
		if _, err := town.App.FindAccountLines(ctx, c.actor, string(c.key), 0, 0); jaring.KeyOf(err) != c.want {
			t.Errorf("%s reads %s: %v, want %q", c.actor.Name, c.key, err, c.want)
		}
	}
	if _, err := town.App.GetWorkerLedger(ctx, town.Second, id); jaring.KeyOf(err) != "worker.not_found" {
		t.Errorf("another agent reads a worker's ledger: %v", err)
	}
	if all, err := town.App.FindBalances(ctx, town.FarOfficer); len(all) != 0 || err != nil {
		t.Errorf("another branch sees %v, %v", all, err)
	}
	_, err := town.App.FindBalances(ctx, town.Agent)
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
}

// Less than was asked: whole months are covered, the rest waits under the same code, and no rupiah is lost.
func TestPartPaid(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		code := view(t, town, id).Payment.Code
		for i, c := range []struct {
			amount, credit, left jaring.Rupiah
			standing             jaring.Standing
			until                string
			state                string
		}{
			{5_000, 5_000, 40_600, jaring.StandingWaiting, "", "waiting"},
			{10_000, 3_600, 30_600, jaring.StandingProtected, "2026-11-30", "waiting"}, // November
			{20_000, 12_200, 10_600, jaring.StandingProtected, "2026-12-31", "waiting"},
			{10_600, 0, 10_600, jaring.StandingProtected, "2027-01-31", "settled"},
			{1_000, 1_000, 10_600, jaring.StandingProtected, "2027-01-31", "settled"}, // nothing was asked for
		} {
			if err := came(town, id, c.amount, fmt.Sprint("B", i)); err != nil {
				t.Fatal(err)
			}
			acknowledge(t, town)
			wantStanding(t, town, id, c.standing, c.until)
			p := view(t, town, id).Payment
			if l := ledgerOf(t, town, id); l.Credit != c.credit || p.State != c.state || p.Amount != c.left || p.Code != code {
				t.Errorf("%d: credit %s, %+v", i, l.Credit, p)
			}
			wantSound(t, town)
		}
		wantKey(t, came(town, id, 1_000, "B4"), jaring.Conflict, "payment.reference_used")
		wantKey(t, came(town, id, 0, "B9"), jaring.Invalid, "payment.amount_range")
		wantKey(t, came(town, id, 1_000_000_001, "B9"), jaring.Invalid, "payment.amount_range")
		wantKey(t, pay(town, town.Officer, id), jaring.Conflict, "payment.settled")
		if l := ledgerOf(t, town, id); l.Paid+l.Credit != 46_600 || len(l.Payments) != 3 {
			t.Errorf("paid %s, credit %s, %d contributions", l.Paid, l.Credit, len(l.Payments))
		}
		gone := town.Register(town.Agent, 2)
		if err := withdraw(town, town.Agent, gone); err != nil {
			t.Fatal(err)
		}
		wantKey(t, came(town, gone, 1_000, "B5"), jaring.Conflict, "payment.none")
	})
}

// A payment told again is one entry.
func TestSettledTwiceByOneOperation(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		op := town.Operation(jaring.ActSettle, settlement(town, id))
		for i := range 3 {
			outcomes, err := town.App.Apply(t.Context(), town.Officer, []jaring.Operation{op})
			if err != nil || i > 0 && outcomes[0].Kind != jaring.Same {
				t.Fatal(outcomes, err)
			}
		}
		if l := ledgerOf(t, town, id); len(l.Entries) != 1 || string(l.Entries[0].ID) != string(op.ID) {
			t.Errorf("%+v", l.Entries)
		}
		wantSound(t, town)
	})
}

// Whatever is changed in the ledger or around it is found.
func TestVerifyFindsTamperingWithMoney(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"another sum":             {`UPDATE ledger_entry SET postings = replace(postings, '45600', '45700') WHERE owner_id = ? AND seq = 1`, "chain.hash"},
		"another balance":         {`UPDATE ledger_entry SET credit = 1000000 WHERE owner_id = ? AND seq = 2`, "chain.hash"},
		"the first gone":          {`DELETE FROM ledger_entry WHERE owner_id = ? AND seq = 1`, "chain.gap"},
		"the last gone":           {`DELETE FROM ledger_entry WHERE owner_id = ? AND seq = 2`, "ledger.untold"},
		"another line":            {`UPDATE ledger_line SET amount = amount + 1 WHERE owner_id = ?`, "chain.hash"},
		"a line gone":             {`DELETE FROM ledger_line WHERE owner_id = ? AND account LIKE 'fund%'`, "ledger.lines"},
		"the lines gone":          {`DELETE FROM ledger_line WHERE owner_id = ?`, "ledger.lines"},
		"never posted":            {`INSERT INTO ledger_pending SELECT owner_id, seq FROM ledger_entry WHERE owner_id = ?`, "ledger.lines"},
		"more months":             {`UPDATE payment SET months = months + 9 WHERE worker_id = ?`, "ledger.payment"},
		"settled without money":   {`UPDATE payment SET entry_seq = 7 WHERE worker_id = ?`, "ledger.payment"},
		"unsettled":               {`UPDATE payment SET state = 'waiting' WHERE worker_id = ?`, "ledger.payment"},
		"a membership without it": {`UPDATE payment SET state = 'waiting' WHERE worker_id = ?`, "ledger.membership"},
		"not paid after all":      {`UPDATE membership SET paid_on = '' WHERE worker_id = ?`, "ledger.membership"},
	} {
		t.Run(name, func(t *testing.T) {
			town, tamper := openTown(t)
			id := town.Register(town.Agent, 1)
			if err := pay(town, town.Officer, id); err != nil {
				t.Fatal(err)
			}
			if err := came(town, id, 1_000, "B1"); err != nil {
				t.Fatal(err)
			}
			if _, err := town.App.PostLines(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantSound(t, town)
			tamper(c.text, string(id))
			damages, _, _, err := town.App.Verify(t.Context())
			if err != nil || !slices.ContainsFunc(damages, func(d app.Damage) bool { return d.What == c.want }) {
				t.Errorf("%+v, want %s, %v", damages, c.want, err)
			}
		})
	}
}

// Many tell one payment at once, each as an act of its own: it is booked once.
func TestOnePaymentToldByManyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		for n := range 5 {
			id := town.Register(town.Agent, n)
			var wg sync.WaitGroup
			var booked atomic.Int64
			for range 8 {
				wg.Go(func() {
					switch err := pay(town, town.Officer, id); jaring.KeyOf(err) {
					case "":
						booked.Add(1)
					case "payment.settled":
					default:
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if l := ledgerOf(t, town, id); booked.Load() != 1 || len(l.Entries) != 1 {
				t.Errorf("booked %d times, %d entries", booked.Load(), len(l.Entries))
			}
		}
		wantSound(t, town)
	})
}
