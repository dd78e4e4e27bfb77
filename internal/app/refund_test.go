package app_test

import (
	"context"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
)

func refund(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, amount jaring.Rupiah) error {
	return town.App.RefundCredit(context.Background(), actor, op(), id, app.CreditRefund{Amount: amount, Channel: "bank", Reference: " TRF-9 ", Reason: "bayar lebih"})
}

// Credit goes back by the head of the branch, never more than there is; what waits asks for the whole again, and the
// statement, the day and the audit show it.
func TestRefundOfCredit(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		wantKey(t, refund(town, town.Head, id, 1), jaring.Conflict, "credit.none")
		if err := came(town, id, 50_000, "B1"); err != nil { // 45.600 pays, 4.400 is left
			t.Fatal(err)
		}
		asked := ask(t, town, town.Agent, id, 1).Payment
		if asked.Credit != 4_400 || asked.Amount != asked.Total-4_400 {
			t.Fatalf("%+v", asked)
		}
		wantKey(t, refund(town, town.Officer, id, 1_000), jaring.Forbidden, "error.forbidden")
		wantKey(t, refund(town, town.FarOfficer, id, 1_000), jaring.Forbidden, "error.forbidden")
		wantKey(t, refund(town, town.Head, id, 4_401), jaring.Invalid, "credit.too_much")
		wantKey(t, refund(town, town.Head, id, -1), jaring.Invalid, "payment.amount_range")
		bad := town.App.RefundCredit(t.Context(), town.Head, op(), id, app.CreditRefund{Amount: 5_000, Channel: "pos", Reason: "x"})
		if errs, _ := bad.(jaring.Errors); len(errs) != 4 {
			t.Errorf("all that is wrong at once: %v", bad)
		}
		once := op()
		form := app.CreditRefund{Amount: 4_000, Channel: "bank", Reference: "TRF-9", Reason: "bayar lebih"}
		for range 2 { // told again it is the same
			if err := town.App.RefundCredit(t.Context(), town.Head, once, id, form); err != nil {
				t.Fatal(err)
			}
		}
		l := ledgerOf(t, town, id)
		if l.Credit != 400 || l.Paid != 45_600 || l.Entries[len(l.Entries)-1].Kind != ledger.KindRefund || l.Entries[len(l.Entries)-1].Received() != -4_000 {
			t.Errorf("credit %s, paid %s", l.Credit, l.Paid)
		}
		waits := view(t, town, id).Payment
		if waits.ID != asked.ID || waits.Credit != 400 || waits.Amount != asked.Total-400 {
			t.Errorf("%+v", waits)
		}
		day, err := town.App.GetDay(t.Context(), town.Head, "", jaring.DayIn(town.Now(), app.Zone("")))
		if err != nil || day.Channels[0].Refunded != 4_000 || day.Channels[0].Amount != 50_000 {
			t.Errorf("%+v %v", day, err)
		}
		audit, _, err := town.App.FindAudit(t.Context(), town.Auditor, "")
		if err != nil || audit[0].Kind != jaring.CreditRefunded {
			t.Errorf("%+v %v", audit[0].Event, err)
		}
		if err := came(town, id, waits.Amount, "B2"); err != nil {
			t.Fatal(err)
		}
		if l := ledgerOf(t, town, id); l.Credit != 0 || l.Paid != 45_600+asked.Total {
			t.Errorf("credit %s, paid %s", l.Credit, l.Paid)
		}
		wantSound(t, town)
	})
}
