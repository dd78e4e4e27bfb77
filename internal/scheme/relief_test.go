package scheme

import (
	"testing"

	"jaring/internal/jaring"
)

// labour is the JKK of a textile worker while PP 7/2025 held.
func labour(wage jaring.Rupiah, class RiskClass) Question {
	return Question{Segment: jaring.PU, Programs: jaring.Programs{jaring.JKK}, FirstMonth: jaring.NewMonth(2025, 6), Months: 1, Wage: wage,
		RiskClass: class, Industry: IndustryTextile, Workers: 50, PaidUpTo: jaring.NewMonth(2025, 1), Explain: true}
}

// TestPP7of2025_TheReducedRateOfTheWageIsRoundedOnce: the law writes 0.12, 0.27, 0.445, 0.635 and 0.87 % of the wage;
// half of what the full rate rounds to is a rupiah more for one wage in four.
func TestPP7of2025_TheReducedRateOfTheWageIsRoundedOnce(t *testing.T) {
	rates := map[RiskClass]jaring.Rupiah{"I": 120, "II": 270, "III": 445, "IV": 635, "V": 870} // of 100.000
	for wage := jaring.Rupiah(2_000_000); wage < 2_000_400; wage++ {
		for class, rate := range rates {
			want := (wage*rate + 50_000) / 100_000
			got := price(t, labour(wage, class))
			if got.Total != want || got.Employer != want || got.Employee != 0 {
				t.Fatalf("wage %d class %s: %d, want %d", wage, class, got.Total, want)
			}
		}
	}
}

// The explanation names the reduced rate, so that its figures come out.
func TestPP7of2025_TheStepNamesTheReducedRate(t *testing.T) {
	got := price(t, labour(2_000_029, "V"))
	last := got.Steps[len(got.Steps)-1]
	if last.Key != "step.relief" || last.Base != 2_000_029 || last.Factor.Percent(',') != "0,87%" || last.Amount != 17_400 || got.Full != 34_801 {
		t.Errorf("%+v, full %d", last, got.Full)
	}
}

// PP 49/2020 art 17: one hundredth of both parts is due at once; the rest is put off, to the rupiah.
func TestPP49of2020Art17_BothPartsArePutOff(t *testing.T) {
	q := Question{Segment: jaring.PU, Programs: jaring.Programs{jaring.JP}, FirstMonth: jaring.NewMonth(2020, 10), Months: 1, Wage: 5_012_345, Size: Large, PaidUpTo: jaring.NewMonth(2020, 7)}
	got := price(t, q)
	if got.Employer != 1_002 || got.Employee != 501 || got.Full != 150_370 || got.Deferred != 150_370-1_503 {
		t.Errorf("%+v", got)
	}
}
