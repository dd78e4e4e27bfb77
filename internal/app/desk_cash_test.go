package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
)

// Cash of nobody, brought in one deposit, is found to be one person's: both receipts have the deposit's reference.
func TestAssignSuspense_OfADeposit(t *testing.T) {
	town := liteTown(t)
	p := newPurse(t, town, town.Agent)
	for range 2 {
		p.send(p.write(map[string]any{"registered_by": jaringtest.NewID()}, 1, 16_800).op)
	}
	town.Pass(6 * 24 * time.Hour)
	if _, err := town.App.GiveUpHeld(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.settle(p.deposit(), 2*16_800)
	id := town.Register(town.Agent, 1)
	cases, _, err := town.App.FindSuspenseCases(t.Context(), town.Officer, "")
	if err != nil || len(cases) != 2 {
		t.Fatal(cases, err)
	}
	for _, k := range cases {
		if err := town.App.AssignSuspense(t.Context(), town.Officer, op(), k.ID, id, ""); err != nil {
			t.Fatal(err)
		}
	}
	if l := ledgerOf(t, town, id); l.Paid+l.Credit != 2*16_800 || l.Paid == 0 {
		t.Errorf("%+v", l)
	}
	for k, n := range balances(t, town) {
		if k.Book() == ledger.BookSuspense && n != 0 {
			t.Errorf("%s holds %s", k, n)
		}
	}
	wantSound(t, town)
}

// Money that was told at the counter already is not given a second time.
func TestAssignSuspense_ToldAtTheCounter(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	k := stray(t, town, "salah-ketik", 45_600, "Q-7")
	body := settlement(town, id)
	body["channel"], body["reference"] = "qris", "Q-7"
	if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil {
		t.Fatal(err)
	}
	manager := town.Hire("kepala2", "Kepala Pusat", jaring.RoleBranchHead, town.Fund)
	wantKey(t, town.App.AssignSuspense(t.Context(), manager, op(), k.ID, id, ""), jaring.Conflict, "payment.reference_used")
}

// Whatever is changed in a closed day, or before it in the book, is found.
func TestVerifyFindsTamperingWithAClosedDay(t *testing.T) {
	for name, text := range map[string]string{
		"other figures":     `UPDATE day_close SET figures = replace(figures, '45600', '45700') WHERE ? <> ''`,
		"another signature": `UPDATE day_close SET signature = zeroblob(64) WHERE ? <> ''`,
		"no figures":        `UPDATE day_close SET figures = 'x' WHERE ? <> ''`,
		"a line gone":       `DELETE FROM ledger_line WHERE owner_id = ?`,
	} {
		t.Run(name, func(t *testing.T) {
			town, tamper := openTown(t)
			id := town.Register(town.Agent, 1)
			if err := pay(town, town.Officer, id); err != nil {
				t.Fatal(err)
			}
			if err := town.App.CloseDay(t.Context(), town.Head, op(), town.Branch, jaring.DayIn(town.Now(), app.Zone(""))); err != nil {
				t.Fatal(err)
			}
			wantSound(t, town)
			tamper(text, string(id))
			damages, _, _, err := town.App.Verify(t.Context())
			if err != nil || !slices.ContainsFunc(damages, func(d app.Damage) bool { return d.What == "day.close" }) {
				t.Errorf("%+v %v", damages, err)
			}
		})
	}
}

// A bill of three hundred lines is made, and paid by one notice, in one transaction each.
func BenchmarkGroupBill(b *testing.B) {
	db := jaringtest.SQLite(b)
	town := jaringtest.NewTown(b, db)
	var ids []jaring.WorkerID
	for n := range 300 {
		person := jaringtest.Person(n + 1)
		person["name"] = fmt.Sprintf("Anggota %s", strings.Repeat(string(rune(97+n%26)), 3+n/26))
		o, err := town.Do(town.Agent, jaring.ActRegisterWorker, person)
		if err != nil || o.Worker == "" {
			b.Fatal(o, err)
		}
		ids = append(ids, o.Worker)
	}
	for b.Loop() {
		group, err := town.App.AddGroup(b.Context(), town.Officer, op(), jaring.Group{Name: "Besar", Kind: jaring.GroupOther, ContactName: "Ketua"})
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := town.App.JoinGroup(b.Context(), town.Officer, op(), group, ids); err != nil {
			b.Fatal(err)
		}
		made, err := town.App.BillGroup(b.Context(), town.Officer, op(), group, 1, nil)
		if err != nil {
			b.Fatal(err)
		}
		n := app.BankNotice{Code: made.Code, Amount: made.Amount, Channel: "bank", Bank: "Bank Uji", Reference: made.ID, PaidAt: town.Now()}
		if err := town.App.BookNotice(b.Context(), n, func(book *app.BankBook) error { _, err := book.Book(); return err }); err != nil {
			b.Fatal(err)
		}
	}
}
