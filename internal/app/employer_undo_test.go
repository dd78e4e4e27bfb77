package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/wire"
)

// A payment that was booked by mistake is undone by a second person: the book is as before, the bill waits, and can be
// paid anew. What the core was told of stays.
func TestUndoEmployerBill(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, one := t.Context(), op()
		id := workshop(t, town, nil)
		first, second := hire(t, town, id, 1, 3_000_000), hire(t, town, id, 2, 4_000_000)
		b := billMonth(t, town, id, "2026-11")
		owed := balances(t, town)
		undo := func(actor jaring.Actor, o jaring.OperationID, bill string) error {
			return town.App.UndoEmployerBill(ctx, actor, o, string(id), bill, "salah pemberi kerja")
		}
		wantKey(t, undo(town.Head, op(), b.ID), jaring.Conflict, "payment.not_settled")
		body := wire.Settlement{Amount: b.ToPay(), Channel: "counter", Reference: "K-1", PaidOn: jaring.NewDay(2026, 11, 21)}
		if _, err := town.App.SettleEmployerBill(ctx, town.Head, op(), string(id), b.ID, body); err != nil {
			t.Fatal(err)
		}
		wantKey(t, undo(town.Head, op(), b.ID), jaring.Forbidden, "approve.self")
		wantKey(t, undo(town.Officer, op(), b.ID), jaring.Forbidden, "error.forbidden")
		other := town.Hire("kepala2", "Wakil Kepala", jaring.RoleBranchHead, town.Branch)
		wantKey(t, town.App.UndoEmployerBill(ctx, other, op(), string(id), b.ID, " "), jaring.Invalid, "reason.too_short")
		for range 2 {
			if err := undo(other, one, b.ID); err != nil {
				t.Fatal(err)
			}
		}
		for account, sum := range balances(t, town) {
			if sum != owed[account] {
				t.Errorf("%s: %d, was %d", account, sum, owed[account])
			}
		}
		again, err := town.App.GetEmployerBill(ctx, town.Officer, string(id), b.ID)
		if err != nil || again.State != "waiting" || again.Reference != "" || again.Lines[0].Outcome != "" || standing(t, town, first.Worker) != jaring.StandingWaiting {
			t.Fatalf("%+v %v %s", again, err, standing(t, town, first.Worker))
		}
		wantSound(t, town)
		body.Reference = "K-2"
		if _, err := town.App.SettleEmployerBill(ctx, town.Officer, op(), string(id), b.ID, body); err != nil {
			t.Fatal(err)
		}
		if standing(t, town, second.Worker) != jaring.StandingPaid {
			t.Error(standing(t, town, second.Worker))
		}
		confirmMonth(t, town, first, "15000000012")
		if err := undo(town.Head, op(), b.ID); jaring.KeyOf(err) != "payment.with_core" {
			t.Error(err)
		}
		wantSound(t, town)
	})
}
