package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/wire"
)

// lateBill is a bill of 21.600 for November, due on 15 December, and what pays it.
func lateBill(t *testing.T, town *jaringtest.Town) func(on jaring.Day, amount jaring.Rupiah) (*app.EmployerBill, error) {
	id := workshop(t, town, func(f *jaring.EmployerForm) { f.SizeClass, f.RiskClass = jaring.SizeMicro, 1 })
	hire(t, town, id, 1, 4_000_000)
	b := billMonth(t, town, id, "2026-11")
	return func(on jaring.Day, amount jaring.Rupiah) (*app.EmployerBill, error) {
		return town.App.SettleEmployerBill(t.Context(), town.Officer, op(), string(b.Employer), b.ID, wire.Settlement{Amount: amount, Channel: "counter", Reference: "K-1", PaidOn: on})
	}
}

// PP 44/2015: 2 % for each month late, counted to the day of the money: told later, it is no more.
func TestPenalty_OfTheDayOfTheMoney_PP44of2015(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		pay := lateBill(t, town)
		town.Pass(62 * 24 * time.Hour) // 22 January: two months begun
		if _, err := town.App.Penalise(t.Context()); err != nil {
			t.Fatal(err)
		}
		if paid, err := pay(jaring.NewDay(2026, 12, 20), 21_600+432); err != nil || paid.Penalty != 432 {
			t.Errorf("paid on 20 December, one month late: %v", err)
		}
	})
}

// … and it is owed whether or not the job has run that day.
func TestPenalty_BeforeTheJobHasRun_PP44of2015(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		pay := lateBill(t, town)
		town.Pass(25 * 24 * time.Hour) // 16 December
		if paid, err := pay(jaring.NewDay(2026, 12, 16), 21_600); err == nil {
			t.Errorf("a day late, and no penalty: %+v", paid.Penalty)
		}
	})
}
