package scheme

import (
	"encoding/json"

	"jaring/internal/jaring"
)

// Mark is how well a rule is sourced.
type Mark string

// Marks: two sources agree or the article was read; one source or a reading;
// weak. The letters are those of docs/rules.
const (
	MarkHigh   Mark = "H"
	MarkMedium Mark = "M"
	MarkLow    Mark = "L"
)

// weaker is the weaker of two marks; none counts as high.
func weaker(a, b Mark) Mark {
	switch {
	case a == MarkLow || b == MarkLow:
		return MarkLow
	case a == MarkMedium || b == MarkMedium:
		return MarkMedium
	}
	return MarkHigh
}

// Rule is one value of one key from one day to another, with its origin.
// Exactly one of the value fields is set; which one, the key decides.
type Rule struct {
	ID       string // unique in the book, kept for ever: bills name it
	Key      string
	From, To jaring.Day // both in force; To 0 = until further notice
	Article  string
	Source   string
	Mark     Mark
	Note     string   // what a reader should know, in English
	Replaces []string // ids that end on the day before From

	Amount *jaring.Rupiah
	Ratio  *Ratio
	Count  *int
	Words  []string
	Bands  []Band
	Rates  map[string]Ratio
	Levels []Level
	Due    *Due
	Relief *Relief
	Days   []Holiday
}

// Band is one row of the table of BPU incomes: who earns From to To rupiah a
// month pays as if he earned Base. To 0 = and above.
type Band struct {
	From jaring.Rupiah `json:"from"`
	To   jaring.Rupiah `json:"to,omitempty"`
	Base jaring.Rupiah `json:"base"`
	Mark Mark          `json:"mark,omitempty"` // where it is weaker than the table's
}

// Level is one stage of schooling: rupiah a year and child, for Years at most.
type Level struct {
	Name   string        `json:"name"`
	Amount jaring.Rupiah `json:"amount"`
	Years  int           `json:"years"`
}

// Due is the last day to pay: day Day of the month that lies Offset months after
// the contribution month; the last of the month when it has no such day.
type Due struct {
	Day    int `json:"day"`
	Offset int `json:"offset"`
}

// Holiday is a day without banking. Every is "08-17" for one that returns each
// year, Day a single one.
type Holiday struct {
	Day   jaring.Day `json:"day,omitzero"`
	Every string     `json:"every,omitempty"`
	Name  string     `json:"name"`
	Joint bool       `json:"joint,omitempty"` // cuti bersama: a holiday only if the setting says so
}

// Relief changes what is due in a window of contribution months.
type Relief struct {
	Segments []jaring.Segment `json:"segments"`
	Programs jaring.Programs  `json:"programs"`
	Factor   Ratio            `json:"factor"` // what remains due

	Sectors        []jaring.Sector  `json:"sectors,omitempty"`         // empty = every
	Industries     []string         `json:"industries,omitempty"`      // empty = every
	Sizes          []string         `json:"sizes,omitempty"`           // empty = every
	MinWorkers     int              `json:"min_workers,omitempty"`     // active workers of the employer
	ExcludeFunding []jaring.Funding `json:"exclude_funding,omitempty"` // money that gets none
	OwnAccountOnly bool             `json:"own_account_only,omitempty"`

	RequirePaidUpTo   jaring.Month `json:"require_paid_up_to,omitzero"`
	GraceMemberMonths int          `json:"grace_member_months,omitempty"` // first months in full for who joined later

	Due      *Due       `json:"due,omitempty"`     // for the whole window, relief or not
	Penalty  *Ratio     `json:"penalty,omitempty"` // likewise
	Excess   string     `json:"excess,omitempty"`  // carry_forward, or nothing
	Deferred bool       `json:"deferred,omitempty"`
	PayFrom  jaring.Day `json:"pay_from,omitzero"` // when the deferred part may be paid
	PayUntil jaring.Day `json:"pay_until,omitzero"`
}

// inForce reports whether the rule holds on day d.
func (r *Rule) inForce(d jaring.Day) bool { return d >= r.From && (r.To == 0 || d <= r.To) }

// wireRule is a rule as files write it. From and To are a day (2025-02-24) or a
// month (2026-01), which means its first or last day.
type wireRule struct {
	ID       string           `json:"id"`
	Key      string           `json:"key"`
	From     string           `json:"from"`
	To       string           `json:"to,omitempty"`
	Article  string           `json:"article"`
	Source   string           `json:"source"`
	Mark     Mark             `json:"mark"`
	Note     string           `json:"note,omitempty"`
	Replaces []string         `json:"replaces,omitempty"`
	Amount   *jaring.Rupiah   `json:"amount,omitempty"`
	Ratio    *Ratio           `json:"ratio,omitempty"`
	Count    *int             `json:"count,omitempty"`
	Words    []string         `json:"words,omitempty"`
	Bands    []Band           `json:"bands,omitempty"`
	Rates    map[string]Ratio `json:"rates,omitempty"`
	Levels   []Level          `json:"levels,omitempty"`
	Due      *Due             `json:"due,omitempty"`
	Relief   *Relief          `json:"relief,omitempty"`
	Days     []Holiday        `json:"days,omitempty"`
}

// MarshalJSON writes the rule as files write it, days in full.
func (r Rule) MarshalJSON() ([]byte, error) {
	return json.Marshal(wireRule{
		ID: r.ID, Key: r.Key, From: r.From.String(), To: r.To.String(), Article: r.Article, Source: r.Source,
		Mark: r.Mark, Note: r.Note, Replaces: r.Replaces, Amount: r.Amount, Ratio: r.Ratio, Count: r.Count,
		Words: r.Words, Bands: r.Bands, Rates: r.Rates, Levels: r.Levels, Due: r.Due, Relief: r.Relief, Days: r.Days,
	})
}

// rule reads the days of w. Errors: scheme.rule.from, scheme.rule.to.
func (w wireRule) rule() (*Rule, error) {
	r := &Rule{
		ID: w.ID, Key: w.Key, Article: w.Article, Source: w.Source, Mark: w.Mark, Note: w.Note,
		Replaces: w.Replaces, Amount: w.Amount, Ratio: w.Ratio, Count: w.Count, Words: w.Words, Bands: w.Bands,
		Rates: w.Rates, Levels: w.Levels, Due: w.Due, Relief: w.Relief, Days: w.Days,
	}
	var err error
	if r.From, err = edge(w.From, jaring.Month.First); err != nil {
		return nil, jaring.NewError(jaring.Invalid, "scheme.rule.from", "rule", w.ID, "text", w.From)
	}
	if w.To == "" {
		return r, nil
	}
	if r.To, err = edge(w.To, jaring.Month.Last); err != nil || r.To < r.From {
		return nil, jaring.NewError(jaring.Invalid, "scheme.rule.to", "rule", w.ID, "text", w.To)
	}
	return r, nil
}

// lastYear bounds the days of rules: a book has a table for each month.
const lastYear = 2199

func edge(text string, ofMonth func(jaring.Month) jaring.Day) (day jaring.Day, err error) {
	if len(text) == len("2026-01") {
		var m jaring.Month
		m, err = jaring.ParseMonth(text)
		day = ofMonth(m)
	} else {
		day, err = jaring.ParseDay(text)
	}
	if err == nil && day.Year() > lastYear {
		err = jaring.NewError(jaring.Invalid, "date.malformed")
	}
	return day, err
}
