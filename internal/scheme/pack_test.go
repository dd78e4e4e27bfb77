package scheme

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"jaring/internal/jaring"
)

var update = flag.Bool("update", false, "write testdata anew")

const vectorFile = "testdata/price_vectors.json"

// vector is one question with its answer: amounts[i] are the programmes of month
// i in the order asked; due is the due date of the first month.
type vector struct {
	Programs   []jaring.Program  `json:"programs"`
	FirstMonth jaring.Month      `json:"first_month"`
	Months     int               `json:"months"`
	Income     jaring.Rupiah     `json:"income,omitempty"`
	LowestBand bool              `json:"lowest_band,omitempty"`
	Sector     jaring.Sector     `json:"sector"`
	Funding    jaring.Funding    `json:"funding"`
	Kind       jaring.WorkerKind `json:"kind"`
	Registered jaring.Month      `json:"registered,omitzero"`
	PaidUpTo   jaring.Month      `json:"paid_up_to,omitzero"`

	Amounts [][]jaring.Rupiah `json:"amounts"`
	Full    jaring.Rupiah     `json:"full"`
	Total   jaring.Rupiah     `json:"total"`
	Due     jaring.Day        `json:"due"`
}

func (v vector) question() Question {
	return Question{
		Segment: jaring.BPU, Programs: v.Programs, FirstMonth: v.FirstMonth, Months: v.Months, Income: v.Income,
		LowestBand: v.LowestBand, Sector: v.Sector, Funding: v.Funding, Kind: v.Kind, Registered: v.Registered, PaidUpTo: v.PaidUpTo,
	}
}

func (v vector) answered(t *testing.T) vector {
	q := price(t, v.question())
	v.Amounts, v.Full, v.Total = make([][]jaring.Rupiah, v.Months), q.Full, q.Total
	for _, l := range q.Lines {
		i := l.Month - v.FirstMonth
		v.Amounts[i] = append(v.Amounts[i], l.Amount)
	}
	due, err := Load().DueDate(jaring.BPU, v.FirstMonth)
	if err != nil {
		t.Fatal(err)
	}
	v.Due = due
	return v
}

// vectors ask at every row's edges, and every mix of sector, funding, kind and
// window of months.
func vectors(t *testing.T) []vector {
	var all []vector
	three := []jaring.Program{jaring.JKK, jaring.JKM, jaring.JHT}
	base := vector{Programs: three, FirstMonth: month(t, "2025-11"), Months: 1, Sector: jaring.SectorOther, Funding: jaring.FundingSelf, Kind: jaring.SelfEmployed}
	rule, err := Load().on("bpu.bands", base.FirstMonth.First())
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rule.Bands {
		for _, income := range []jaring.Rupiah{max(1, row.From), row.To - 1, row.To, row.To + 1, row.To + gapOfBands - 1} {
			if income < row.From {
				income = row.From + jaring.Rupiah(i+1)*7_777_777 // the open row
			}
			v := base
			v.Income = income
			all = append(all, v)
		}
	}
	for _, first := range []string{"2015-07", "2025-12", "2026-01", "2026-03", "2026-08", "2026-11", "2026-12", "2027-02", "2027-04"} {
		for _, sector := range []jaring.Sector{jaring.SectorTransport, jaring.SectorOther} {
			for _, funding := range []jaring.Funding{jaring.FundingSelf, jaring.FundingCSR, jaring.FundingAPBD, jaring.FundingAPBN, jaring.FundingAPBDes} {
				for _, months := range []int{1, 3, 12} {
					v := base
					v.FirstMonth, v.Sector, v.Funding, v.Months, v.LowestBand = month(t, first), sector, funding, months, true
					v.Programs = three[:2+len(all)%2]
					all = append(all, v)
				}
			}
		}
	}
	return append(all, covidVectors(t, base)...)
}

func covidVectors(t *testing.T, base vector) []vector {
	var all []vector
	for _, first := range []string{"2020-06", "2020-07", "2020-08", "2020-12", "2021-01", "2021-02"} {
		for _, paid := range []string{"", "2020-06", "2020-07"} {
			v := base
			v.FirstMonth, v.Months, v.Income = month(t, first), 4, 2_700_000
			if paid != "" {
				v.PaidUpTo = month(t, paid)
			}
			all = append(all, v)
			v.Registered = month(t, "2020-09")
			all = append(all, v)
			v.Kind = jaring.EmployerOwner
			v.FirstMonth = month(t, "2026-04")
			all = append(all, v)
		}
	}
	return all
}

func TestPriceVectors(t *testing.T) {
	want := vectors(t)
	for i := range want {
		want[i] = want[i].answered(t)
	}
	if *update {
		text := []byte("[\n")
		for i, v := range want {
			line, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if i > 0 {
				text = append(text, ",\n"...)
			}
			text = append(text, line...)
		}
		if err := os.WriteFile(vectorFile, append(text, "\n]\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var got []vector
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || len(got) < 300 {
		t.Fatalf("%d vectors in the file, %d wanted", len(got), len(want))
	}
	for i, v := range got {
		again := v.answered(t)
		if again.Total != v.Total || again.Full != v.Full || again.Due != v.Due || !equalAmounts(again.Amounts, v.Amounts) {
			t.Errorf("vector %d: the file says %v %v %v, the book %v %v %v", i, v.Amounts, v.Total, v.Due, again.Amounts, again.Total, again.Due)
		}
	}
}

func equalAmounts(a, b [][]jaring.Rupiah) bool {
	return slices.EqualFunc(a, b, slices.Equal[[]jaring.Rupiah])
}

// TestPack_PricesLikeTheBook is the method of the pack's comment in Go, written
// from the pack alone.
func TestPack_PricesLikeTheBook(t *testing.T) {
	var p pack
	if err := json.Unmarshal(Load().Pack(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Format != 1 || p.Version != Load().Version || len(p.Tables) != 1 || len(p.Reliefs) != 3 || p.Rounding != HalfUp {
		t.Fatalf("pack %+v", p)
	}
	for i, v := range vectors(t) {
		v = v.answered(t)
		for n := range v.Months {
			for j, program := range v.Programs {
				if got := p.price(v, v.FirstMonth.Add(n), program); got != v.Amounts[n][j] {
					t.Fatalf("vector %d month %d %s: the pack says %d, the book %d", i, n, program, got, v.Amounts[n][j])
				}
			}
		}
	}
}

func (p *pack) price(v vector, m jaring.Month, program jaring.Program) jaring.Rupiah {
	table := p.Tables[0]
	row := 0
	for i, edge := range table.Edges {
		if !v.LowestBand && edge <= v.Income {
			row = i
		}
	}
	full := map[jaring.Program][]jaring.Rupiah{jaring.JKK: table.JKK, jaring.JKM: table.JKM, jaring.JHT: table.JHT}[program][row]
	for _, r := range p.Reliefs {
		if m < r.From || r.To != nil && m > *r.To || !slices.Contains(r.Programs, program) ||
			len(r.Sectors) > 0 && !slices.Contains(r.Sectors, v.Sector) || p.refuses(r, v, m) {
			continue
		}
		num, den := jaring.Rupiah(r.Factor[0]), jaring.Rupiah(r.Factor[1])
		return (2*full*num + den) / (2 * den)
	}
	return full
}

func (p *pack) refuses(r packRelief, v vector, m jaring.Month) bool {
	switch {
	case slices.Contains(r.NotFunding, v.Funding), r.OwnAccountOnly && v.Kind == jaring.EmployerOwner:
		return true
	case r.PaidUpTo == 0:
		return false
	case v.Registered > r.PaidUpTo:
		return m < v.Registered.Add(r.GraceMonths)
	case v.PaidUpTo == 0:
		return !p.UnstatedPaidUp
	}
	return v.PaidUpTo < r.PaidUpTo
}
