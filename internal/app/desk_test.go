package app_test

import (
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
)

func op() jaring.OperationID { return jaring.OperationID(app.NewID()) }

// stray is money of a QR code that nobody knows, or of the code of a worker who has paid.
func stray(t *testing.T, town *jaringtest.Town, code string, amount jaring.Rupiah, reference string) *app.Suspense {
	t.Helper()
	if booked, err := told(t, town, reference, app.BankNotice{Code: code, Amount: amount, Channel: "qris", Bank: "Bank Uji", Reference: reference, Kept: true}); !booked || err != nil {
		t.Fatal(booked, err)
	}
	cases, _, err := town.App.FindSuspenseCases(t.Context(), town.Auditor, "")
	if err != nil || len(cases) == 0 {
		t.Fatal(cases, err)
	}
	return cases[len(cases)-1]
}

// balances are what the shared accounts hold, all offices together.
func balances(t *testing.T, town *jaringtest.Town) map[ledger.Account]jaring.Rupiah {
	t.Helper()
	found, err := town.App.FindBalances(t.Context(), town.Auditor)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[ledger.Account]jaring.Rupiah{}
	for _, b := range found {
		sums[b.Account.Account()] += b.Balance
	}
	return sums
}

// Money that came for nobody is found to be a worker's of another office: it is paid as if it had come right, once.
func TestAssignSuspense(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := town.Register(town.Agent, 1)
		s := stray(t, town, "tidak-ada", 50_000, "Q1")
		if s.Office != town.Fund || s.OfficeName == "" || s.State != "open" {
			t.Errorf("%+v", s)
		}
		manager := town.Hire("kepala2", "Kepala Pusat", jaring.RoleBranchHead, town.Fund)
		for key, err := range map[string]error{
			"error.forbidden":      town.App.AssignSuspense(ctx, town.Auditor, op(), s.ID, id, ""),
			"suspense.unknown":     town.App.AssignSuspense(ctx, town.Officer, op(), s.ID, id, ""), // it is above his office
			"suspense.target":      town.App.AssignSuspense(ctx, manager, op(), s.ID, "", ""),
			"worker.not_found":     town.App.AssignSuspense(ctx, manager, op(), s.ID, jaring.WorkerID(app.NewID()), ""),
			"id.malformed":         town.App.AssignSuspense(ctx, manager, op(), s.ID, "x", ""),
			"payment.code_unknown": town.App.AssignSuspense(ctx, manager, op(), s.ID, "", "72600000000000"),
		} {
			if jaring.KeyOf(err) != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		first := op()
		for range 2 { // told again it is the same act
			if err := town.App.AssignSuspense(ctx, manager, first, s.ID, id, ""); err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, town.App.AssignSuspense(ctx, manager, op(), s.ID, id, ""), jaring.Conflict, "suspense.decided")
		if l := ledgerOf(t, town, id); l.Paid != 45_600 || l.Credit != 4_400 || len(l.Entries) != 1 || l.Entries[0].Reference != "Q1" {
			t.Errorf("%+v", l)
		}
		if got, err := town.App.GetSuspense(ctx, town.Auditor, s.ID); err != nil || got.State != "assigned" || got.WorkerName == "" || got.Decision.By != manager.Account {
			t.Errorf("%+v %v", got, err)
		}
		b := balances(t, town)
		if b[ledger.Suspense("qris")] != 0 || b[ledger.Clearing("qris")] != 50_000 || b[ledger.Fund] != -45_600 {
			t.Errorf("%v", b)
		}
		wantSound(t, town)
	})
}

// By the code of a worker's contribution, by a stranger's hand, and back to who sent it.
func TestAssignSuspenseByCodeAndRefund(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := town.Register(town.Agent, 1)
		code := codeOf(t, town, id)
		part := stray(t, town, code, 20_000, "Q1") // too little: kept
		if part.Why != "payment.amount_differs" || part.Office != town.Branch {
			t.Errorf("%+v", part)
		}
		if err := town.App.AssignSuspense(ctx, town.Officer, op(), part.ID, "", code); err != nil {
			t.Fatal(err)
		}
		if l := ledgerOf(t, town, id); l.Paid != half || l.Credit != 20_000-half {
			t.Errorf("%+v", l)
		}
		again := stray(t, town, code, 20_000, "Q1b")
		wantKey(t, town.App.RefundSuspense(ctx, town.Officer, op(), again.ID, "RF-1", "salah kirim"), jaring.Forbidden, "error.forbidden")
		wantKey(t, town.App.RefundSuspense(ctx, town.Head, op(), again.ID, "", "salah kirim"), jaring.Invalid, "field.required")
		one := op()
		for range 2 {
			if err := town.App.RefundSuspense(ctx, town.Head, one, again.ID, "RF-1", "salah kirim"); err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, town.App.RefundSuspense(ctx, town.Head, op(), again.ID, "RF-2", "salah kirim"), jaring.Conflict, "suspense.decided")
		b := balances(t, town)
		if b[ledger.Suspense("qris")] != 0 || b[ledger.Clearing("qris")] != 20_000 {
			t.Errorf("%v", b)
		}
		wantSound(t, town)
	})
}
