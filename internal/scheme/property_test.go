package scheme

import (
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

// drawQuestion is any sound question of a BPU.
func drawQuestion(t *rapid.T) Question {
	programs := jaring.Programs{}
	for _, p := range []jaring.Program{jaring.JKK, jaring.JKM, jaring.JHT} {
		if rapid.Bool().Draw(t, string(p)) {
			programs = append(programs, p)
		}
	}
	if len(programs) == 0 {
		programs = jaring.Programs{jaring.JKM}
	}
	q := Question{
		Segment: jaring.BPU, Programs: programs,
		FirstMonth: jaring.NewMonth(2015, 7).Add(rapid.IntRange(0, 160).Draw(t, "first")),
		Months:     rapid.IntRange(1, 24).Draw(t, "months"),
		Income:     jaring.Rupiah(rapid.Int64Range(1, 40_000_000).Draw(t, "income")),
		Sector:     rapid.SampledFrom([]jaring.Sector{jaring.SectorTransport, jaring.SectorOther}).Draw(t, "sector"),
		Funding:    rapid.SampledFrom([]jaring.Funding{jaring.FundingSelf, jaring.FundingCSR, jaring.FundingAPBD, jaring.FundingAPBN, jaring.FundingAPBDes}).Draw(t, "funding"),
		Kind:       rapid.SampledFrom([]jaring.WorkerKind{jaring.SelfEmployed, jaring.EmployerOwner}).Draw(t, "kind"),
		Explain:    rapid.Bool().Draw(t, "explain"),
	}
	if rapid.Bool().Draw(t, "says") {
		q.Registered = q.FirstMonth.Add(-rapid.IntRange(0, 30).Draw(t, "since"))
		q.PaidUpTo = q.FirstMonth.Add(-rapid.IntRange(1, 8).Draw(t, "paid"))
	}
	return q
}

func mustPrice(t *rapid.T, q Question) Quote {
	quote, err := Load().Price(q)
	if err != nil {
		t.Fatal(err)
	}
	return quote
}

func TestProperty_NeverNegativeAndReliefNeverMoreThanAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		quote := mustPrice(t, drawQuestion(t))
		for _, l := range quote.Lines {
			if l.Amount < 0 || l.Amount > l.Full || l.Full <= 0 || (l.Relief == nil) != (l.Amount == l.Full) {
				t.Fatalf("line %+v", l)
			}
		}
	})
}

func TestProperty_MonthsAheadAreTheSumOfTheirMonths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		var sum jaring.Rupiah
		for m := range q.Months {
			one := q
			one.FirstMonth, one.Months = q.FirstMonth.Add(m), 1
			sum += mustPrice(t, one).Total
		}
		if got := mustPrice(t, q).Total; got != sum {
			t.Fatalf("%d months cost %v, one by one %v", q.Months, got, sum)
		}
	})
}

func TestProperty_MonotoneInIncome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		more := q
		more.Income += jaring.Rupiah(rapid.Int64Range(0, 5_000_000).Draw(t, "more"))
		if a, b := mustPrice(t, q).Total, mustPrice(t, more).Total; b < a {
			t.Fatalf("%v pays %v, %v pays %v", q.Income, a, more.Income, b)
		}
	})
}

func TestProperty_StepsEndInTheAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		q.Explain = true
		quote := mustPrice(t, q)
		last := map[jaring.Month]map[jaring.Program]jaring.Rupiah{}
		for _, s := range quote.Steps {
			if s.Program != "" {
				if last[s.Month] == nil {
					last[s.Month] = map[jaring.Program]jaring.Rupiah{}
				}
				last[s.Month][s.Program] = s.Amount
			}
		}
		for _, l := range quote.Lines {
			if got := last[l.Month][l.Program]; got != l.Amount {
				t.Fatalf("%s %s: the steps end at %v, the line says %v", l.Month, l.Program, got, l.Amount)
			}
		}
	})
}

func TestProperty_CreditPaysNoMoreThanItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		q.Credit = jaring.Rupiah(rapid.Int64Range(0, 500_000).Draw(t, "credit"))
		quote := mustPrice(t, q)
		if quote.CreditUsed+quote.CreditLeft != q.Credit || quote.CreditLeft < 0 || quote.Payable != quote.Total-quote.CreditUsed || quote.Payable < 0 {
			t.Fatalf("%+v", quote)
		}
	})
}

func TestProperty_RatioIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Ratio{rapid.Int64Range(0, 1_000_000).Draw(t, "n"), rapid.Int64Range(1, 1_000_000).Draw(t, "d")}
		if r.Num > r.Den {
			r.Num, r.Den = r.Den, r.Num
		}
		amount := jaring.Rupiah(rapid.Int64Range(0, int64(maxMoney)).Draw(t, "amount"))
		amount *= 80 // as many wages
		down, up, half := r.of(amount, Down), r.of(amount, Up), r.of(amount, HalfUp)
		if down > half || half > up || up-down > 1 || up > amount || down < 0 {
			t.Fatalf("%v of %d: %d %d %d", r, amount, down, half, up)
		}
	})
}
