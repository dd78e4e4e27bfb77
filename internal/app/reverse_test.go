package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func reverse(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, contribution jaring.ContributionID) error {
	_, err := town.Do(actor, jaring.ActReverse, fields{"worker_id": id, "contribution_id": contribution, "reason": "salah orang"})
	return err
}

// A payment booked by mistake is undone: money, cover and counters are as before, and the right
// one can be booked.
func TestReversePayment(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		before := *view(t, town, id).Payment
		if err := came(town, id, 50_000, "B1"); err != nil {
			t.Fatal(err)
		}
		p := view(t, town, id).Payment
		if err := reverse(town, town.Head, id, p.ID); err != nil {
			t.Fatal(err)
		}
		v := view(t, town, id)
		if d := cmp.Diff(before, *v.Payment); d != "" {
			t.Errorf("waits again (-before +now):\n%s", d)
		}
		if v.Worker.Standing != jaring.StandingWaiting || v.Membership.State != jaring.StateRegistered || v.Membership.PaidOn != 0 || v.Membership.CoreState != jaring.CoreNone {
			t.Errorf("%s %+v", v.Worker.Standing, v.Membership.Membership)
		}
		if due, err := town.App.FindCoreDue(t.Context(), 10); len(due) != 0 || err != nil {
			t.Errorf("the core is still told of %d, %v", len(due), err)
		}
		l := ledgerOf(t, town, id)
		if l.Credit != 0 || l.Paid != 0 || len(l.Entries) != 2 || !l.Reversed[l.Entries[0].ID] {
			t.Errorf("%+v", l)
		}
		balances, err := town.App.FindBalances(t.Context(), town.Auditor)
		for _, b := range balances {
			if b.Balance != 0 {
				t.Errorf("%s holds %s", b.Account, b.Balance)
			}
		}
		if err != nil || len(balances) != 2 {
			t.Errorf("%v %v", balances, err)
		}
		wantSound(t, town)
		home, err := town.App.Home(t.Context(), town.Officer)
		if err != nil || home.Now[jaring.StandingWaiting] != 1 || home.Now[jaring.StandingPaid] != 0 {
			t.Errorf("%+v %v", home.Now, err)
		}
		if err := came(town, id, 45_600, "B1"); err != nil { // the reference is free again
			t.Fatal(err)
		}
		wantStanding(t, town, id, jaring.StandingPaid, "2027-01-31")
		wantSound(t, town)
	})
}

func TestReversalsThatAreRefused(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	first := view(t, town, id).Payment.ID
	wantKey(t, reverse(town, town.Head, id, first), jaring.Conflict, "payment.not_settled")
	if err := pay(town, town.Officer, id); err != nil {
		t.Fatal(err)
	}
	wantKey(t, reverse(town, town.Officer, id, first), jaring.Forbidden, "error.forbidden")
	wantKey(t, reverse(town, town.Head, id, jaring.ContributionID(jaringtest.NewID())), jaring.Conflict, "payment.not_settled")
	_, err := town.Do(town.Head, jaring.ActReverse, fields{"worker_id": id, "contribution_id": first, "reason": "x"})
	wantKey(t, err, jaring.Invalid, "reason.too_short")
	due, err := town.App.FindCoreDue(t.Context(), 10)
	if err != nil || town.App.CoreTold(t.Context(), due) != nil {
		t.Fatal(err)
	}
	wantKey(t, reverse(town, town.Head, id, first), jaring.Conflict, "payment.with_core")
	if err := town.App.Confirm(t.Context(), confirmation(t, town, id, "10000000001")); err != nil {
		t.Fatal(err)
	}
	wantKey(t, reverse(town, town.Head, id, first), jaring.Conflict, "payment.with_core")
	next := ask(t, town, town.Agent, id, 1).Payment
	body := settlement(town, id)
	body["amount"] = next.Amount
	if _, err := town.Do(town.Head, jaring.ActSettle, body); err != nil {
		t.Fatal(err)
	}
	wantKey(t, reverse(town, town.Head, id, first), jaring.Conflict, "payment.not_last")
	wantKey(t, reverse(town, town.Head, id, next.ID), jaring.Forbidden, "approve.self")
	wantSound(t, town)
}

// A further month undone leaves the months before as they were.
func TestReverseOneOfSeveral(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	protect(t, town, id, "10000000001")
	for range 2 { // and may be done again
		p := ask(t, town, town.Agent, id, 2).Payment
		if err := came(town, id, p.Amount, "B1"); err != nil {
			t.Fatal(err)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-03-31")
		if err := reverse(town, town.Head, id, p.ID); err != nil {
			t.Fatal(err)
		}
		wantStanding(t, town, id, jaring.StandingProtected, "2027-01-31")
		if v := view(t, town, id); v.Membership.State != jaring.StateConfirmed || v.Membership.PaidOn == 0 {
			t.Errorf("%+v", v.Membership.Membership)
		}
		wantSound(t, town)
	}
	arrive(t, town, "2027-02-01")
	wantStanding(t, town, id, jaring.StandingGrace, "2027-01-31")
}

// Acts on money in any order leave a ledger in which everything agrees, and to which all that
// came in can be followed.
func TestAnyOrderOfMoneyLeavesASoundLedger(t *testing.T) {
	town := liteTown(t)
	persons := 0
	rapid.Check(t, func(r *rapid.T) {
		if persons++; persons > 300 { // many more would be too like each other
			return
		}
		o, err := town.Do(town.Agent, jaring.ActRegisterWorker, jaringtest.Person(persons))
		if err != nil || o.Kind != jaring.Accepted {
			return
		}
		id, total := o.Worker, jaring.Rupiah(0)
		for range rapid.IntRange(1, 12).Draw(r, "acts") {
			v := view(t, town, id)
			switch rapid.IntRange(0, 5).Draw(r, "act") {
			case 0, 1:
				amount := jaring.Rupiah(rapid.Int64Range(1, 90_000).Draw(r, "amount"))
				if v.Payment != nil && v.Payment.State == "waiting" && rapid.Bool().Draw(r, "exact") {
					amount = max(1, v.Payment.Amount)
				}
				if err := came(town, id, amount, jaringtest.NewID()); err != nil {
					t.Fatal(err)
				}
				total += amount
			case 2:
				_, err := town.Do(town.Agent, jaring.ActContribute, fields{"worker_id": id, "months": rapid.IntRange(1, 6).Draw(r, "months")})
				if err != nil && jaring.KeyOf(err) != "contribution.ended" {
					t.Fatal(err)
				}
			case 3:
				if v.Payment == nil {
					continue
				}
				in := ledgerOf(t, town, id)
				before := in.Paid + in.Credit
				switch err := reverse(town, town.Head, id, v.Payment.ID); jaring.KeyOf(err) {
				case "":
					in = ledgerOf(t, town, id)
					total -= before - in.Paid - in.Credit
				case "payment.not_settled", "payment.with_core":
				default:
					t.Fatal(err)
				}
			case 4:
				acknowledge(t, town)
			case 5:
				town.Pass(10 * day)
				if _, err := town.App.Age(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if l := ledgerOf(t, town, id); l.Paid+l.Credit != total || l.Credit < 0 {
				t.Fatalf("%s came, %s is paid and %s credit", total, l.Paid, l.Credit)
			}
		}
	})
	wantSound(t, town)
}
