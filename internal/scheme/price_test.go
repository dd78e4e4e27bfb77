package scheme

import (
	"testing"

	"jaring/internal/jaring"
)

func month(t testing.TB, text string) jaring.Month {
	t.Helper()
	m, err := jaring.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func day(t testing.TB, text string) jaring.Day {
	t.Helper()
	d, err := jaring.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// own is the question of a self-paying BPU with JKK and JKM for one month.
func own(t testing.TB, first string, income jaring.Rupiah) Question {
	return Question{Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM}, FirstMonth: month(t, first), Months: 1, Income: income}
}

func price(t testing.TB, q Question) Quote {
	t.Helper()
	quote, err := Load().Price(q)
	if err != nil {
		t.Fatalf("Price(%+v): %v", q, err)
	}
	return quote
}

func wantTotal(t *testing.T, q Question, want jaring.Rupiah) {
	t.Helper()
	if got := price(t, q).Total; got != want {
		t.Errorf("total of %s %s %d = %v, want %v", q.FirstMonth, q.Programs, q.Income, got, want)
	}
}

// TestPP44of2015LampiranII_EveryRow holds the shipped table against the formula
// that reproduces it, and each row's edges against its neighbours.
func TestPP44of2015LampiranII_EveryRow(t *testing.T) {
	var edges, bases []jaring.Rupiah
	edges = append(edges, 0)
	for i := range 8 {
		edges = append(edges, jaring.Rupiah(1_100_000+200_000*i))
	}
	for i := range 9 {
		bases = append(bases, jaring.Rupiah(1_000_000+200_000*i))
	}
	for i := range 11 {
		edges = append(edges, jaring.Rupiah(2_700_000+500_000*i))
		bases = append(bases, jaring.Rupiah(2_950_000+500_000*i))
	}
	for i := range 13 {
		edges = append(edges, jaring.Rupiah(8_200_000+1_000_000*i))
		bases = append(bases, jaring.Rupiah(8_700_000+1_000_000*i))
	}
	for i, base := range bases {
		incomes := []jaring.Rupiah{max(1, edges[i]), edges[i] + 50_000}
		if i+1 < len(edges) {
			incomes = append(incomes, edges[i+1]-1000, edges[i+1]-1)
		}
		for _, income := range incomes {
			q := own(t, "2025-06", income)
			q.Programs = jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}
			got := price(t, q)
			if got.Lines[0].Amount != base/100 || got.Lines[1].Amount != 6800 || got.Lines[2].Amount != base/50 {
				t.Errorf("income %d: %v %v %v, want base %d", income, got.Lines[0].Amount, got.Lines[1].Amount, got.Lines[2].Amount, base)
			}
		}
	}
}

func TestPP44of2015_MinimumIs16800(t *testing.T) {
	q := own(t, "2025-06", 0)
	q.LowestBand = true
	wantTotal(t, q, 16_800)
	q.Programs = append(q.Programs, jaring.JHT)
	wantTotal(t, q, 36_800)
}

func TestPP50of2025_TransportJanuary2026ToMarch2027(t *testing.T) {
	for first, want := range map[string]jaring.Rupiah{"2025-12": 16_800, "2026-01": 8_400, "2027-03": 8_400, "2027-04": 16_800} {
		q := own(t, first, 1_000_000)
		q.Sector = jaring.SectorTransport
		wantTotal(t, q, want)
	}
}

func TestPP50of2025_OthersAprilToDecember2026(t *testing.T) {
	for first, want := range map[string]jaring.Rupiah{"2026-03": 16_800, "2026-04": 8_400, "2026-12": 8_400, "2027-01": 16_800} {
		wantTotal(t, own(t, first, 1_000_000), want)
	}
}

func TestPP50of2025Art3_PublicBudgetGetsNoRelief(t *testing.T) {
	for funding, want := range map[jaring.Funding]jaring.Rupiah{
		jaring.FundingSelf: 8_400, jaring.FundingCSR: 8_400, jaring.FundingAPBDes: 8_400,
		jaring.FundingAPBD: 16_800, jaring.FundingAPBN: 16_800,
	} {
		q := own(t, "2026-06", 1_000_000)
		q.Funding = funding
		wantTotal(t, q, want)
	}
}

func TestPP50of2025Art3_OwnerOfABusinessIsReadAsExcluded(t *testing.T) {
	q := own(t, "2026-06", 1_000_000)
	q.Kind = jaring.EmployerOwner
	wantTotal(t, q, 16_800)
}

func TestPP50of2025_JHTStaysWhole(t *testing.T) {
	q := own(t, "2026-06", 3_000_000)
	q.Programs = jaring.Programs{jaring.JKK, jaring.JKM, jaring.JHT}
	wantTotal(t, q, 14_750+3_400+59_000)
}

func TestPP50of2025_MonthsAheadEachByItsOwnRule(t *testing.T) {
	q := own(t, "2026-03", 1_000_000)
	q.Months = 3
	wantTotal(t, q, 33_600)
	q = own(t, "2026-12", 1_000_000)
	q.Months, q.Sector = 3, jaring.SectorTransport
	wantTotal(t, q, 25_200)
}

func TestPP50of2025_ExcessCarriedForward(t *testing.T) {
	q := own(t, "2026-01", 1_000_000)
	q.Months, q.Sector = 3, jaring.SectorTransport
	credit, err := Load().Credit(q, 50_400)
	if err != nil || credit != 25_200 {
		t.Fatalf("credit %v, %v", credit, err)
	}
	q.FirstMonth, q.Months, q.Credit = month(t, "2026-04"), 4, credit
	got := price(t, q)
	if got.Total != 33_600 || got.CreditUsed != 25_200 || got.Payable != 8_400 || got.CreditLeft != 0 {
		t.Errorf("next months: %+v", got)
	}
	q = own(t, "2026-01", 1_000_000)
	if credit, _ = Load().Credit(q, 16_800); credit != 0 {
		t.Errorf("a month without relief left a credit of %v", credit)
	}
}

func TestPP49of2020_NinetyNinePercentForWhoIsPaidUp(t *testing.T) {
	q := own(t, "2020-10", 2_700_000)
	q.PaidUpTo = month(t, "2020-07")
	wantTotal(t, q, 363)
	q.PaidUpTo = month(t, "2020-05")
	wantTotal(t, q, 36_300)
}

func TestPP49of2020Art13_NewMemberPaysTwoMonthsInFull(t *testing.T) {
	for first, want := range map[string]jaring.Rupiah{"2020-09": 16_800, "2020-10": 16_800, "2020-11": 168, "2021-01": 168, "2021-02": 16_800} {
		q := own(t, first, 1_000_000)
		q.Registered = month(t, "2020-09")
		wantTotal(t, q, want)
	}
}

func TestQuestion_AllFaultsAtOnce(t *testing.T) {
	_, err := Load().Price(Question{Segment: "XX", Months: 99, Sector: "sea", Funding: "loan", Kind: "boss", Credit: -1})
	errs, ok := err.(jaring.Errors)
	if !ok || len(errs) != 9 {
		t.Fatalf("want 9 findings, got %v", err)
	}
	q := own(t, "2014-01", 1_000_000)
	if _, err = Load().Price(q); jaring.KeyOf(err) != "scheme.no_rule" {
		t.Errorf("a month before the law: %v", err)
	}
	q = own(t, "2026-01", 1_000_000)
	q.Programs = jaring.Programs{jaring.JP}
	if _, err = Load().Price(q); jaring.KeyOf(err) != "program.not_for_segment" {
		t.Errorf("JP for a BPU: %v", err)
	}
}

func TestSetting_BandGapNone(t *testing.T) {
	s := DefaultSettings()
	s.BandGap = "none"
	b, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = b.Price(own(t, "2026-01", 1_099_500)); jaring.KeyOf(err) != "income.between_rows" {
		t.Errorf("got %v", err)
	}
	if b.Version == Load().Version {
		t.Error("settings must change the version")
	}
}

func TestDueDate_PP44of2015_FifteenthOrNextWorkingDay(t *testing.T) {
	for m, want := range map[string]string{
		"2026-10": "2026-10-15",
		"2026-11": "2026-11-16", // Sunday
		"2026-08": "2026-08-18", // Saturday, Sunday, 17 August
		"2020-08": "2020-09-30", // PP 49/2020: 30th of the following month
		"2021-01": "2021-03-01", // February has no 30th, and the 28th is a Sunday
	} {
		got, err := Load().DueDate(jaring.BPU, month(t, m))
		if err != nil || got.String() != want {
			t.Errorf("BPU %s due %v, want %s (%v)", m, got, want, err)
		}
	}
}

func TestPenalty_BPUOwesNone(t *testing.T) {
	got, _, err := Load().Penalty(jaring.BPU, month(t, "2026-05"), 16_800, 2)
	if err != nil || got != 0 {
		t.Errorf("penalty %v, %v", got, err)
	}
}

func TestLine_MarkIsTheWeakerOfRuleAndRow(t *testing.T) {
	q := own(t, "2026-01", 25_000_000) // the three highest rows have one source
	got := price(t, q)
	if got.Lines[0].Mark != MarkMedium || got.Lines[1].Mark != MarkHigh {
		t.Errorf("marks %s %s", got.Lines[0].Mark, got.Lines[1].Mark)
	}
}
