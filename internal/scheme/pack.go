package scheme

import (
	"encoding/json"
	"slices"

	"jaring/internal/jaring"
)

// Pack is the BPU part of the book as compact JSON, for a price without a
// server. Months are "YYYY-MM" and compare as text, money is whole rupiah, null
// or absent "to" is "until further notice". Settings are already applied.
//
//	{"format":1, "version":"id-…",
//	 "rounding":"half_up", "unstated_paid_up":true,
//	 "tables":[{"from":"2015-07","to":null,
//	            "edges":[0,1100000,…], "bases":[1000000,…],
//	            "ends":[1099000,…],   of all rows but the last, where incomes between two rows have no price (absent = they do)
//	            "jkk":[10000,…], "jkm":[6800,…], "jht":[20000,…],   due per row, before relief
//	            "rules":{"row":"bpu.bands.2015","jkk":"bpu.jkk.2015",…}}],
//	 "reliefs":[{"id":…, "from":…, "to":…, "programs":["JKK","JKM"], "factor":[1,2],
//	             "sectors":["transport"] (absent = every), "not_funding":["apbd","apbn"],
//	             "own_account_only":true, "paid_up_to":"2020-07", "grace_months":2}],
//	 "due":[{"from":…, "to":…, "day":15, "offset":0}],   the later entry of two that hold goes first
//	 "yearly":["01-01",…], "holidays":["2026-01-16",…],
//	 "rules":{"bpu.jkk.2015":{"article":…,"source":…,"mark":"H"}}}
//
// To price question q, for each month m from q.first_month on, each by itself:
//
//  1. table = the one with from ≤ m ≤ to; none: no price.
//  2. row = 0 with q.lowest_band, else the last i with edges[i] ≤ q.income; none without an income above 0, or
//     with ends when q.income > ends[i].
//  3. full = table[programme][row] for each programme asked.
//  4. relief = the first with from ≤ m ≤ to, the programme in programs, and q.sector
//     in sectors or no sectors, that does not refuse. It refuses when
//     q.funding is in not_funding; or own_account_only and q.kind is
//     "employer_owner"; or, if it has paid_up_to:
//     q.registered given and > paid_up_to → m < q.registered + grace_months;
//     else q.paid_up_to absent → not unstated_paid_up;
//     else q.paid_up_to < paid_up_to.
//  5. amount = full × factor, rounded: half_up, down or up; full without relief.
//
// Due date: day of month m + offset (or that month's last day), moved on while
// it is a Saturday, a Sunday, in yearly ("MM-DD") or in holidays.
// testdata/price_vectors.json holds questions with their answers.
func (b *Book) Pack() []byte {
	p := pack{
		Format: 1, Version: b.Version, Rounding: b.Settings.Rounding,
		UnstatedPaidUp: b.Settings.UnstatedPaidUp == "met", Rules: map[string]packRule{},
		Tables: b.packTables(), Yearly: []string{}, Holidays: []jaring.Day{},
	}
	for _, r := range b.byKey[keyRelief] {
		if r.Relief.reachesBPU() {
			p.Reliefs = append(p.Reliefs, b.packRelief(r))
		}
	}
	b.packCalendar(&p)
	for _, r := range b.rules {
		if isPacked(r) {
			p.Rules[r.ID] = packRule{r.Article, r.Source, r.Mark}
		}
	}
	text, err := json.Marshal(p)
	if err != nil {
		panic("scheme: the pack cannot be written: " + err.Error())
	}
	return text
}

type pack struct {
	Format         int                 `json:"format"`
	Version        string              `json:"version"`
	Rounding       Rounding            `json:"rounding"`
	UnstatedPaidUp bool                `json:"unstated_paid_up"`
	Tables         []packTable         `json:"tables"`
	Reliefs        []packRelief        `json:"reliefs"`
	Due            []packDue           `json:"due"`
	Yearly         []string            `json:"yearly"`
	Holidays       []jaring.Day        `json:"holidays"`
	Rules          map[string]packRule `json:"rules"`
}

type packTable struct {
	From  jaring.Month      `json:"from"`
	To    *jaring.Month     `json:"to"`
	Edges []jaring.Rupiah   `json:"edges"`
	Bases []jaring.Rupiah   `json:"bases"`
	Ends  []jaring.Rupiah   `json:"ends,omitempty"`
	JKK   []jaring.Rupiah   `json:"jkk"`
	JKM   []jaring.Rupiah   `json:"jkm"`
	JHT   []jaring.Rupiah   `json:"jht"`
	Rules map[string]string `json:"rules"`
}

type packRelief struct {
	ID             string           `json:"id"`
	From           jaring.Month     `json:"from"`
	To             *jaring.Month    `json:"to"`
	Programs       jaring.Programs  `json:"programs"`
	Factor         [2]int64         `json:"factor"`
	Sectors        []jaring.Sector  `json:"sectors,omitempty"`
	NotFunding     []jaring.Funding `json:"not_funding,omitempty"`
	OwnAccountOnly bool             `json:"own_account_only,omitempty"`
	PaidUpTo       jaring.Month     `json:"paid_up_to,omitzero"`
	GraceMonths    int              `json:"grace_months,omitempty"`
}

type packDue struct {
	From   jaring.Month  `json:"from"`
	To     *jaring.Month `json:"to"`
	Day    int           `json:"day"`
	Offset int           `json:"offset"`
}

type packRule struct {
	Article string `json:"article"`
	Source  string `json:"source"`
	Mark    Mark   `json:"mark"`
}

func isPacked(r *Rule) bool {
	return slices.Contains(bpuKeys(), r.Key) || r.Key == "bpu.due" || r.Relief != nil && slices.Contains(r.Relief.Segments, jaring.BPU)
}

// reachesBPU reports whether somebody without an employer can have the relief: one that hangs on an employer's trade,
// size or people helps nobody else, whatever segments it names.
func (r *Relief) reachesBPU() bool {
	return slices.Contains(r.Segments, jaring.BPU) && r.MinWorkers == 0 && len(r.Sizes) == 0 &&
		(len(r.Industries) == 0 || slices.Contains(r.Industries, string(IndustryOther)))
}

// packTables joins months whose tables differ in reliefs alone.
func (b *Book) packTables() []packTable {
	var tables []packTable
	var last *bpuMonth
	for i, t := range b.bpu {
		m := b.first.Add(i)
		if last != nil && last.bands == t.bands && last.rates == t.rates && last.floors == t.floors {
			continue
		}
		if n := len(tables); n > 0 {
			before := m - 1
			tables[n-1].To = &before
		}
		last = t
		tables = append(tables, b.packMonth(m, t))
	}
	return tables
}

func (b *Book) packMonth(m jaring.Month, t *bpuMonth) packTable {
	p := packTable{From: m, Edges: t.edges, Rules: map[string]string{"row": t.bands.ID}}
	for i, name := range slotNames {
		p.Rules[name] = t.rates[i].ID
	}
	for i, row := range t.bands.Bands {
		p.Bases = append(p.Bases, row.Base)
		if b.Settings.BandGap == "none" && row.To != 0 {
			p.Ends = append(p.Ends, row.To)
		}
		p.JKK = append(p.JKK, t.amounts[i][slotJKK])
		p.JKM = append(p.JKM, t.amounts[i][slotJKM])
		p.JHT = append(p.JHT, t.amounts[i][slotJHT])
	}
	return p
}

// packRelief writes a relief with the settings applied to it.
func (b *Book) packRelief(r *Rule) packRelief {
	from, to := monthSpan(r)
	x := r.Relief
	p := packRelief{
		ID: r.ID, From: from, To: to, Programs: x.Programs, Factor: [2]int64{x.Factor.Num, x.Factor.Den}, Sectors: x.Sectors,
		NotFunding: x.ExcludeFunding, OwnAccountOnly: x.OwnAccountOnly && b.Settings.OwnerRelief == "excluded",
		PaidUpTo: x.RequirePaidUpTo, GraceMonths: x.GraceMemberMonths,
	}
	if x.excludes(jaring.FundingAPBDes, &b.Settings) && !slices.Contains(p.NotFunding, jaring.FundingAPBDes) {
		p.NotFunding = append(slices.Clone(p.NotFunding), jaring.FundingAPBDes)
	}
	return p
}

// monthSpan is the contribution months of a rule: those whose first day it holds.
func monthSpan(r *Rule) (from jaring.Month, to *jaring.Month) {
	if r.To != 0 {
		last := r.To.Month()
		to = &last
	}
	return monthFrom(r.From), to
}

func (b *Book) packCalendar(p *pack) {
	for _, r := range b.rules {
		due := r.Due
		if r.Key != "bpu.due" && (r.Relief == nil || !slices.Contains(r.Relief.Segments, jaring.BPU) || r.Relief.Due == nil) {
			continue
		}
		if due == nil {
			due = r.Relief.Due
		}
		from, to := monthSpan(r)
		p.Due = append(p.Due, packDue{from, to, due.Day, due.Offset})
	}
	for _, r := range b.byKey[keyHoliday] {
		for _, h := range r.Days {
			switch {
			case h.Joint && b.Settings.JointLeave != "holiday":
			case h.Every != "":
				p.Yearly = append(p.Yearly, h.Every)
			default:
				p.Holidays = append(p.Holidays, h.Day)
			}
		}
	}
}
