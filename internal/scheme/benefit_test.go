package scheme

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

// everyBenefit estimates all there is for a drawn person on a drawn day.
func everyBenefit(t *rapid.T, p Person, on jaring.Day) map[string]Benefit {
	b, all := Load(), map[string]Benefit{}
	keep := func(name string, x Benefit, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = x
	}
	claimed := jaring.Rupiah(rapid.Int64Range(0, 50_000_000).Draw(t, "claimed"))
	n := rapid.IntRange(0, 40).Draw(t, "n")
	x, err := b.Death(p, on)
	keep("death", x, err)
	x, err = b.WorkDeath(p, on)
	keep("work death", x, err)
	x, err = b.TotalDisability(p, on)
	keep("total", x, err)
	x, err = b.PartialDisability(p, on, Ratio{int64(n), 40}, Ratio{1, 2})
	keep("partial", x, err)
	x, err = b.TemporaryDisability(p, on, n)
	keep("stmb", x, err)
	x, err = b.Transport(on, []Ride{{"land", claimed}, {"sea", claimed / 2}})
	keep("transport", x, err)
	x, err = b.HomeCare(on, n, claimed)
	keep("home care", x, err)
	x, err = b.SchoolPath(on, jaring.JKM, p.Paid, n, "", "")
	keep("school path", x, err)
	x, err = b.SchoolYear(on, jaring.JKK, p.Paid, []Pupil{{Level: "SD", Year: n % 8, Age: n}, {Level: "S1"}, {Level: "TK"}})
	keep("school year", x, err)
	x, err = b.OldAgePart(on, claimed, n, "housing")
	keep("old age", x, err)
	x, err = b.Late(on, jaring.JKK, claimed, n)
	keep("late", x, err)
	return all
}

func TestProperty_BenefitsAreTheSumOfTheirPartsAndEachHasAnArticle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Person{
			Segment: rapid.SampledFrom([]jaring.Segment{jaring.BPU, jaring.PU}).Draw(t, "segment"),
			Income:  jaring.Rupiah(rapid.Int64Range(1, 30_000_000).Draw(t, "income")),
			Covered: rapid.IntRange(0, 60).Draw(t, "covered"), Paid: rapid.IntRange(0, 60).Draw(t, "paid"),
		}
		on := jaring.NewDay(2019, 12, 2).Add(rapid.IntRange(0, 4000).Draw(t, "on"))
		for name, x := range everyBenefit(t, p, on) {
			var sum jaring.Rupiah
			for _, part := range x.Parts {
				if part.Amount < 0 || part.Rule == nil || !part.Rule.inForce(on) {
					t.Fatalf("%s: part %+v", name, part)
				}
				sum += part.Amount
			}
			if sum != x.Amount {
				t.Fatalf("%s: parts %d, amount %d", name, sum, x.Amount)
			}
			for _, s := range x.Steps {
				if s.Rule == nil || !slices.Contains(StepKeys, s.Key) {
					t.Fatalf("%s: step %+v", name, s)
				}
			}
		}
	})
}

func TestProperty_BenefitsGrowWithTheWage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := jaring.NewDay(2026, 5, 10)
		wage := jaring.Rupiah(rapid.Int64Range(1, 30_000_000).Draw(t, "wage"))
		more := wage + jaring.Rupiah(rapid.Int64Range(0, 1_000_000).Draw(t, "more"))
		for name, of := range map[string]func(Person, jaring.Day) (Benefit, error){"work death": Load().WorkDeath, "total": Load().TotalDisability} {
			x, err1 := of(Person{Segment: jaring.PU, Income: wage}, on)
			y, err2 := of(Person{Segment: jaring.PU, Income: more}, on)
			if err1 != nil || err2 != nil || y.Amount < x.Amount {
				t.Fatalf("%s: %d pays %d, %d pays %d", name, wage, x.Amount, more, y.Amount)
			}
		}
	})
}

func TestBenefitBase_SettingBandBase(t *testing.T) {
	s := DefaultSettings()
	s.BenefitBase = "band_base"
	b, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	p := Person{Segment: jaring.BPU, Income: 3_000_000}
	got, err := b.BenefitBase(p, day(t, "2026-05-10"))
	if err != nil || got != 2_950_000 {
		t.Errorf("row base %v, %v", got, err)
	}
	if got, _ = Load().BenefitBase(p, day(t, "2026-05-10")); got != 3_000_000 {
		t.Errorf("stated income %v", got)
	}
}

func TestJobLossSplit_PP6of2025_EmployersTotalDoesNotChange(t *testing.T) {
	split, err := Load().JobLossSplit(month(t, "2026-06"), 10_000_000)
	if err != nil || split.State != 11_000 || split.FromJKK != 7_000 || split.FromJKM != 0 || split.Base != 5_000_000 {
		t.Errorf("%+v, %v", split, err)
	}
	if split, err = Load().JobLossSplit(month(t, "2024-06"), 1_000_000); err != nil || split.FromJKM != 1_000 {
		t.Errorf("before PP 6/2025: %+v, %v", split, err)
	}
}

func TestPayUntil_PP44of2015Pasal37_SevenWorkingDays(t *testing.T) {
	until, _, err := Load().PayUntil(jaring.JKK, day(t, "2026-08-13")) // Thursday; 17 August is a holiday
	if err != nil || until.String() != "2026-08-26" {                  // and 25 August is Maulid
		t.Errorf("until %v, %v", until, err)
	}
}

func TestHeirs_PP44of2015Pasal37_InOrder(t *testing.T) {
	heirs, _, err := Load().Heirs(day(t, "2026-08-13"))
	if err != nil || len(heirs) != 5 || heirs[0] != "spouse_child" || heirs[4] != "will" {
		t.Errorf("%v, %v", heirs, err)
	}
}

func TestProperty_WagesAreDividedWithoutLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := Question{
			Segment: jaring.PU, Programs: jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT, jaring.JP},
			FirstMonth: jaring.NewMonth(2015, 7).Add(rapid.IntRange(0, 140).Draw(t, "first")), Months: 1,
			Wage: jaring.Rupiah(rapid.Int64Range(1, 50_000_000).Draw(t, "wage")), Explain: true,
			RiskClass: rapid.SampledFrom(riskClasses).Draw(t, "class"), Size: rapid.SampledFrom(sizes).Draw(t, "size"),
			Industry: rapid.SampledFrom(industries).Draw(t, "industry"), Workers: rapid.IntRange(0, 100).Draw(t, "workers"),
		}
		quote := mustPrice(t, q)
		for _, l := range quote.Lines {
			if l.Employer+l.Employee != l.Amount || l.Amount < 0 || l.Amount > l.Full || l.Deferred > l.Full-l.Amount {
				t.Fatalf("line %+v", l)
			}
		}
		for _, s := range quote.Steps {
			if !slices.Contains(StepKeys, s.Key) {
				t.Fatalf("step %+v", s)
			}
		}
	})
}

func TestDeadlines_Permenaker5of2021Art19_PP49of2023Art25A(t *testing.T) {
	accident := day(t, "2026-02-27")
	if got, _, err := Load().ReportUntil(accident); err != nil || got.String() != "2026-03-01" {
		t.Errorf("report until %v, %v", got, err)
	}
	if got, _, err := Load().ConcludeUntil(accident); err != nil || got.String() != "2026-03-29" {
		t.Errorf("conclude until %v, %v", got, err)
	}
	if _, _, err := Load().ConcludeUntil(day(t, "2022-01-01")); jaring.KeyOf(err) != "scheme.no_rule" {
		t.Errorf("before the rule: %v", err)
	}
	if got, _, err := Load().ClaimUntil(day(t, "2020-02-29")); err != nil || got.String() != "2025-02-28" {
		t.Errorf("claim until %v, %v", got, err)
	}
}

func TestProsthesis_FortyPercentOnTop(t *testing.T) {
	x, err := Load().Prosthesis(day(t, "2026-02-27"), 10_000_000)
	if err != nil || x.Amount != 14_000_000 {
		t.Errorf("%v, %v", x.Amount, err)
	}
}
