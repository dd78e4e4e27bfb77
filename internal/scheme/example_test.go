package scheme_test

import (
	"fmt"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// A driver pays three months ahead for JKK and JKM.
func ExampleBook_Price() {
	quote, err := scheme.Load().Price(scheme.Question{
		Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM},
		FirstMonth: jaring.NewMonth(2027, 2), Months: 3, Income: 1_000_000, Sector: jaring.SectorTransport,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range quote.Lines {
		fmt.Println(l.Month, l.Program, l.Full, l.Amount, l.Rule.ID)
	}
	fmt.Println(quote.Total)
	// Output:
	// 2027-02 JKK Rp10.000 Rp5.000 bpu.jkk.2015
	// 2027-02 JKM Rp6.800 Rp3.400 bpu.jkm.2015
	// 2027-03 JKK Rp10.000 Rp5.000 bpu.jkk.2015
	// 2027-03 JKM Rp6.800 Rp3.400 bpu.jkm.2015
	// 2027-04 JKK Rp10.000 Rp10.000 bpu.jkk.2015
	// 2027-04 JKM Rp6.800 Rp6.800 bpu.jkm.2015
	// Rp33.600
}

// What heirs get when a member of two months dies of an illness.
func ExampleBook_Death() {
	x, err := scheme.Load().Death(scheme.Person{Segment: jaring.BPU, Covered: 2}, jaring.NewDay(2026, 5, 10))
	fmt.Println(x.Amount, x.Steps[0].Key, x.Steps[0].Rule.Article, err)
	// Output: Rp10.000.000 step.benefit.wait Permenaker 1/2025 <nil>
}
