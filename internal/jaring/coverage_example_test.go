package jaring_test

import (
	"fmt"

	"jaring/internal/jaring"
)

// January was paid and confirmed; nothing came after it.
func ExampleCoverOn() {
	january := jaring.NewMonth(2026, 1)
	programs := jaring.Programs{jaring.JKK, jaring.JKM}
	history := jaring.CoverHistory{
		Registered: jaring.NewDay(2026, 1, 5),
		Payments:   []jaring.CoverPayment{{Programs: programs, From: january, To: january, Fund: jaring.NewDay(2026, 1, 6)}},
		Acks:       []jaring.CoverAck{{Day: jaring.NewDay(2026, 1, 7), Programs: programs, From: january, To: january}},
	}
	for _, today := range []jaring.Day{20260106, 20260107, 20260201, 20260501} {
		c := jaring.CoverOn(history, today, jaring.DefaultCoverSettings())
		fmt.Println(today, c.Standing, c.Until, c.GraceUntil)
	}
	// Output:
	// 2026-01-06 paid 2026-01-31 2026-04-30
	// 2026-01-07 protected 2026-01-31 2026-04-30
	// 2026-02-01 grace 2026-01-31 2026-04-30
	// 2026-05-01 ended 2026-01-31 2026-04-30
}
