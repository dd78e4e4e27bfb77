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

func billMonth(t *testing.T, town *jaringtest.Town, id jaring.EmployerID, month string) *app.EmployerBill {
	t.Helper()
	b, err := town.App.BillEmployer(t.Context(), town.Officer, op(), string(id), monthOf(t, month))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func monthOf(t *testing.T, text string) jaring.Month {
	t.Helper()
	m, err := jaring.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// confirmMonth answers as the fund's core about the last month that was paid of a stay.
func confirmMonth(t *testing.T, town *jaringtest.Town, e *app.Employed, kpj string) {
	t.Helper()
	v := view(t, town, e.Worker)
	for _, m := range v.All {
		if m.ID == e.Membership {
			p := m.Payments[len(m.Payments)-1]
			err := town.App.Confirm(t.Context(), app.Confirmation{Worker: e.Worker, Membership: jaring.MembershipID(p.ID), Accepted: true, KPJ: kpj, From: p.FirstMonth, To: p.LastMonth()})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A month is billed, owed, paid by one notice and confirmed; the work goes on being covered until the next month is due.
func TestBillEmployer(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := workshop(t, town, nil)
		own := town.Register(town.Agent, 1)
		first, second := hire(t, town, id, 2, 3_000_000), hire(t, town, id, 1, 4_000_000)
		before := balances(t, town)
		b := billMonth(t, town, id, "2026-11")
		// JKK 0.89 % (class III) + JKM 0.30 % + JHT 5.7 % = 6.89 %
		if len(b.Lines) != 2 || b.Amount != 206_700+275_600 || b.Lines[0].Employee+b.Lines[1].Employee != 140_000 || b.Due.String() != "2026-12-15" {
			t.Fatalf("%+v", b)
		}
		owed := balances(t, town)
		if owed[ledger.Fund]-before[ledger.Fund] != -b.Amount {
			t.Errorf("%v", owed)
		}
		_, err := town.App.BillEmployer(ctx, town.Officer, op(), string(id), monthOf(t, "2026-11"))
		wantKey(t, err, jaring.Conflict, "employer.nothing_due")
		_, err = town.App.BillEmployer(ctx, town.Officer, op(), string(id), monthOf(t, "2026-12"))
		wantKey(t, err, jaring.Invalid, "employer.month")
		shown, err := town.App.GetBill(ctx, b.Code)
		if err != nil || shown.Amount != b.Amount || shown.Name != "Bengkel Las Sinar Jaya" {
			t.Errorf("%+v %v", shown, err)
		}
		wantSound(t, town)
		n := app.BankNotice{Code: b.Code, Amount: b.Amount, Bank: "Bank Uji", Reference: "E-1", PaidAt: town.Now()}
		for i := range 2 {
			if booked, err := told(t, town, "R1", n); err != nil || booked != (i == 0) {
				t.Errorf("%d: %v %v", i, booked, err)
			}
		}
		if standing(t, town, first.Worker) != jaring.StandingPaid || standing(t, town, own) != jaring.StandingPaid {
			t.Error("paid, and not confirmed yet")
		}
		confirmMonth(t, town, first, "A0000000001")
		confirmMonth(t, town, second, "A0000000002")
		for _, w := range []jaring.WorkerID{first.Worker, own} {
			if v := view(t, town, w); v.Worker.Standing != jaring.StandingProtected || !v.Cover.Protected() || v.Cover.Until.String() != "2027-01-15" || v.Cover.Start.String() != "2026-11-21" {
				t.Errorf("%s %+v", v.Worker.Standing, v.Cover)
			}
		}
		wantSound(t, town)
		// December is not due before 15 January; then it is, and the calendar says so.
		town.Pass(50 * 24 * time.Hour)
		if _, err := town.App.Age(ctx); err != nil || standing(t, town, first.Worker) != jaring.StandingProtected {
			t.Errorf("%s %v", standing(t, town, first.Worker), err)
		}
		town.Pass(6 * 24 * time.Hour)
		if _, err := town.App.Age(ctx); err != nil || standing(t, town, first.Worker) != jaring.StandingGrace {
			t.Errorf("%s %v", standing(t, town, first.Worker), err)
		}
		wantSound(t, town)
	})
}

// Late: a job bills, a penalty grows month by month, is paid with the bill, and not asked of money that came in time. A wage
// told late and somebody who left change the next bill by the difference.
func TestLateWagesAndLateMoney(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := workshop(t, town, func(f *jaring.EmployerForm) { f.SizeClass, f.RiskClass = jaring.SizeMicro, 1 }) // 0.24 % + 0.30 %
		stays, gone := hire(t, town, id, 1, 2_000_000), hire(t, town, id, 2, 2_000_000)
		left := jaring.NewDay(2026, 11, 25)
		town.Pass(12 * 24 * time.Hour) // 3 December
		for want := 1; want >= 0; want-- {
			if made, err := town.App.BillEmployers(ctx); err != nil || made != want {
				t.Fatal(made, err)
			}
		}
		bills, err := town.App.FindEmployerBills(ctx, town.Auditor, string(id))
		if err != nil || len(bills) != 1 || bills[0].Amount != 21_600 || bills[0].Month.String() != "2026-11" {
			t.Fatalf("%+v %v", bills, err)
		}
		if n, err := town.App.Penalise(ctx); err != nil || n != 0 {
			t.Error(n, err)
		}
		town.Pass(50 * 24 * time.Hour) // 22 January: 15 December is two months begun ago
		for want := 1; want >= 0; want-- {
			if n, err := town.App.Penalise(ctx); err != nil || n != want {
				t.Error(n, err)
			}
		}
		b, err := town.App.GetEmployerBill(ctx, town.Officer, string(id), bills[0].ID)
		if err != nil || b.Penalty != 864 || b.ToPay() != 22_464 {
			t.Fatalf("%+v %v", b, err)
		}
		wantSound(t, town)
		day := jaring.DayIn(town.Now(), app.Zone(""))
		body := wire.Settlement{Amount: b.Amount, Channel: "counter", Reference: "K-1", PaidOn: day}
		_, err = town.App.SettleEmployerBill(ctx, town.Officer, op(), string(id), b.ID, body)
		wantKey(t, err, jaring.Invalid, "payment.amount_differs")
		body.Amount = b.ToPay()
		one := op()
		for range 2 {
			if paid, err := town.App.SettleEmployerBill(ctx, town.Officer, one, string(id), b.ID, body); err != nil || paid.State != "settled" || paid.Penalty != 864 {
				t.Fatal(paid, err)
			}
		}
		if err := town.App.EndEmployment(ctx, town.Officer, op(), string(id), gone.Membership, left, "pindah ke kota lain"); err != nil {
			t.Fatal(err)
		}
		if err := town.App.ReportWages(ctx, town.Officer, op(), string(id), monthOf(t, "2026-11"), []app.Wage{{Membership: stays.Membership, Wage: 3_000_000}}); err != nil {
			t.Fatal(err)
		}
		next := billMonth(t, town, id, "2026-12") // November's difference 5,400, December 16,200; who left owes nothing
		if next.Amount != 21_600 || len(next.Lines) != 2 {
			t.Fatalf("%+v", next)
		}
		if n, err := town.App.Penalise(ctx); err != nil || n != 0 { // made today, so due today
			t.Error(n, err)
		}
		town.Pass(24 * time.Hour)
		if n, err := town.App.Penalise(ctx); err != nil || n != 1 {
			t.Error(n, err)
		}
		n := app.BankNotice{Code: next.Code, Amount: next.Amount, Bank: "Bank Uji", Reference: "E-2", PaidAt: town.Now().Add(-24 * time.Hour)}
		if booked, err := told(t, town, "R9", n); err != nil || !booked {
			t.Fatal(booked, err)
		}
		for _, p := range view(t, town, stays.Worker).Membership.Payments {
			if p.Total != 16_200 || p.State != "settled" {
				t.Errorf("%+v", p)
			}
		}
		sums := balances(t, town)
		if sums[ledger.Penalty] != -864 || sums[ledger.Fund] != -43_200 {
			t.Errorf("%v", sums)
		}
		wantSound(t, town)
	})
}

// What is called off is owed no more: every account is as before, and the next bill asks anew.
func TestCancelEmployerBill(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := workshop(t, town, nil)
		hire(t, town, id, 1, 2_500_000)
		before := balances(t, town)
		b := billMonth(t, town, id, "2026-11")
		for range 2 {
			if err := town.App.CancelEmployerBill(ctx, town.Officer, string(id), b.ID); err != nil {
				t.Fatal(err)
			}
		}
		after := balances(t, town)
		for k, sum := range after {
			if sum != before[k] {
				t.Errorf("%s: %d, was %d", k, sum, before[k])
			}
		}
		_, err := told(t, town, "R1", app.BankNotice{Code: b.Code, Amount: b.Amount, Bank: "Bank Uji", Reference: "E-1", PaidAt: town.Now()})
		wantKey(t, err, jaring.Conflict, "payment.code_expired")
		if again := billMonth(t, town, id, "2026-11"); again.Amount != b.Amount || again.Code == b.Code {
			t.Errorf("%+v", again)
		}
		wantSound(t, town)
	})
}
