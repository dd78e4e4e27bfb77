package app_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/wire"
)

// However hires, wages, departures, bills, payments and cancellations follow each other, each month of a stay is billed at
// what it costs by the last word, no rupiah is lost, and what is owed is what waits.
func TestWhateverHappensAMonthIsBilledOnce(t *testing.T) {
	for seed := range uint64(4) {
		town := jaringtest.NewTown(t, jaringtest.SQLite(t))
		ctx, draw := t.Context(), rand.New(rand.NewPCG(seed, 22))
		id := workshop(t, town, nil)
		stays := []*app.Employed{hire(t, town, id, 1, 2_000_000)}
		person := 2
		for range 30 {
			month := jaring.DayIn(town.Now(), app.Zone("")).Month()
			bills, err := town.App.FindEmployerBills(ctx, town.Officer, string(id))
			if err != nil {
				t.Fatal(err)
			}
			switch n := draw.IntN(7); {
			case n == 0:
				stays = append(stays, hire(t, town, id, person, jaring.Rupiah(1_500_000+draw.IntN(40)*100_000)))
				person++
			case n == 1:
				told := month.Add(-draw.IntN(2))
				_ = town.App.ReportWages(ctx, town.Officer, op(), string(id), max(told, monthOf(t, "2026-11")), []app.Wage{{Membership: stays[draw.IntN(len(stays))].Membership, Wage: jaring.Rupiah(1_500_000 + draw.IntN(40)*100_000)}})
			case n == 2 && len(stays) > 1:
				_ = town.App.EndEmployment(ctx, town.Officer, op(), string(id), stays[draw.IntN(len(stays))].Membership, jaring.DayIn(town.Now(), app.Zone("")), "pindah ke kota lain")
			case n == 3:
				town.Pass(time.Duration(draw.IntN(25)) * 24 * time.Hour)
			case n == 4 && len(bills) > 0 && bills[0].State == "waiting":
				b := bills[0]
				if draw.IntN(3) == 0 {
					err = town.App.CancelEmployerBill(ctx, town.Officer, string(id), b.ID)
				} else {
					_, err = town.App.SettleEmployerBill(ctx, town.Officer, op(), string(id), b.ID, wire.Settlement{Amount: b.ToPay(), Channel: "bank", Reference: "R-" + b.Code, PaidOn: jaring.DayIn(town.Now(), app.Zone(""))})
				}
				if err != nil {
					t.Fatal(err)
				}
			case n == 5:
				if _, err := town.App.Penalise(ctx); err != nil {
					t.Fatal(err)
				}
			default:
				if _, err := town.App.BillEmployer(ctx, town.Officer, op(), string(id), month); err != nil && jaring.KeyOf(err) != "employer.nothing_due" {
					t.Fatal(err)
				}
			}
		}
		wantBilledOnce(t, town, id)
		wantSound(t, town)
	}
}

// wantBilledOnce holds the lines of an employer's bills against the ledger.
func wantBilledOnce(t *testing.T, town *jaringtest.Town, id jaring.EmployerID) {
	t.Helper()
	bills, err := town.App.FindEmployerBills(t.Context(), town.Officer, string(id))
	if err != nil {
		t.Fatal(err)
	}
	type monthOfStay struct {
		stay  jaring.MembershipID
		month jaring.Month
	}
	billed := map[monthOfStay]jaring.Rupiah{}
	var all, fined jaring.Rupiah
	for _, b := range bills {
		if b.State == "cancelled" {
			continue
		}
		sum := jaring.Rupiah(0)
		for _, l := range b.Lines {
			billed[monthOfStay{l.Membership, l.Month}] += l.Amount
			sum += l.Amount
		}
		if sum != b.Amount || sum <= 0 {
			t.Errorf("bill %s asks for %d, its lines for %d", b.ID, b.Amount, sum)
		}
		all, fined = all+b.Amount, fined+b.Penalty
	}
	for k, sum := range billed {
		if sum < 0 {
			t.Errorf("%s %s: %d", k.stay, k.month, sum)
		}
	}
	sums := balances(t, town)
	if sums[ledger.Fund] != -all || sums[ledger.Penalty] != -fined {
		t.Errorf("fund %d for %d, penalties %d for %d", sums[ledger.Fund], all, sums[ledger.Penalty], fined)
	}
}
