package scheme

import (
	"slices"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// checkRule judges one rule by itself. Errors: scheme.rule.id, .source, .mark,
// scheme.key.unknown, scheme.rule.value (the value is missing, of another shape,
// or impossible).
func checkRule(r *Rule) (errs jaring.Errors) {
	fail := func(key string, pairs ...any) {
		errs = append(errs, jaring.NewError(jaring.Invalid, key, append(pairs, "rule", r.ID)...))
	}
	if r.ID == "" {
		fail("scheme.rule.id", "key", r.Key)
	}
	if r.Article == "" || r.Source == "" {
		fail("scheme.rule.source")
	}
	if r.Mark != MarkHigh && r.Mark != MarkMedium && r.Mark != MarkLow {
		fail("scheme.rule.mark", "text", string(r.Mark))
	}
	want, known := shapes[r.Key]
	if !known {
		fail("scheme.key.unknown", "key", r.Key)
		return errs
	}
	if got, one := shapeOf(r); !one || got != want {
		fail("scheme.rule.value", "want", string(want))
		return errs
	}
	if why := badValue(r); why != "" {
		fail("scheme.rule.value", "want", why)
	}
	return errs
}

// badValue says what the value of r ought to be, or nothing when it is well.
func badValue(r *Rule) string {
	switch {
	case r.Amount != nil && (*r.Amount < 0 || *r.Amount > maxMoney):
		return "amount from 0 to 1000000000000"
	case r.Count != nil && (*r.Count < 0 || *r.Count > 100_000):
		return "count from 0 to 100000"
	case r.Ratio != nil && (r.Ratio.Den <= 0 || !r.Ratio.atMostOne()):
		return "ratio from 0 to 1"
	case r.Due != nil:
		return badDue(*r.Due)
	case r.Bands != nil:
		return badBands(r.Bands)
	case r.Relief != nil:
		return badRelief(r.Relief)
	case r.Levels != nil:
		return badLevels(r.Levels)
	case r.Days != nil:
		return badDays(r.Days)
	}
	if r.Words != nil {
		return badWords(r)
	}
	if r.Rates != nil && len(r.Rates) == 0 {
		return "rates"
	}
	for name, rate := range r.Rates {
		if name == "" || rate.Den <= 0 || !rate.atMostOne() {
			return "rates from 0 to 1, each with a name"
		}
	}
	return ""
}

// wordsOf are the words that a key's list may hold; the other keys' lists name programmes.
var wordsOf = map[string][]string{
	"jkm.heirs": {"spouse_child", "kin_second_degree", "siblings", "parents_in_law", "will"},
	"jkk.care":  {"no_limit", "medical_need", "class_one"},
}

func badWords(r *Rule) string {
	if known, own := wordsOf[r.Key]; own {
		if len(r.Words) == 0 || slices.ContainsFunc(r.Words, func(w string) bool { return !slices.Contains(known, w) }) {
			return "words of " + strings.Join(known, ", ")
		}
		return ""
	}
	if _, err := jaring.NewPrograms(r.Words...); err != nil || len(r.Words) == 0 {
		return "programs of JKK, JKM, JHT, JP, JKP"
	}
	return ""
}

func badDue(d Due) string {
	if d.Day < 1 || d.Day > 31 || d.Offset < 0 || d.Offset > 12 {
		return "due day 1-31, offset 0-12"
	}
	return ""
}

// gapOfBands is the step in which the law writes its rows: one row ends Rp1.000
// below the next.
const gapOfBands jaring.Rupiah = 1000

// badBands: rows begin at 0, follow each other, and only the last is open.
func badBands(bands []Band) string {
	if len(bands) == 0 {
		return "rows"
	}
	for i, row := range bands {
		last := i == len(bands)-1
		switch {
		case i == 0 && row.From != 0:
			return "first row from 0"
		case row.Base <= 0 || row.Base > maxMoney || row.From < 0:
			return "row " + number(i) + " with a base"
		case last != (row.To == 0):
			return "an end in every row but the last: row " + number(i)
		case !last && (row.To < row.From || row.To+gapOfBands != bands[i+1].From):
			return "rows without overlap or gap: row " + number(i)
		case i > 0 && row.Base <= bands[i-1].Base:
			return "rising bases: row " + number(i)
		}
	}
	return ""
}

func badLevels(levels []Level) string {
	if len(levels) == 0 {
		return "levels"
	}
	seen := map[string]bool{}
	for i, l := range levels {
		if l.Name == "" || seen[l.Name] || l.Amount <= 0 || l.Amount > maxMoney || l.Years < 1 || l.Years > 50 {
			return "levels with a name of their own, amount and years: row " + number(i)
		}
		seen[l.Name] = true
	}
	return ""
}

func badDays(days []Holiday) string {
	for i, h := range days {
		_, err := time.Parse("01-02", h.Every)
		if h.Name == "" || (h.Day == 0) == (h.Every == "") || h.Every != "" && err != nil {
			return "a name and either day or every: row " + number(i)
		}
	}
	return ""
}

func badRelief(r *Relief) string {
	switch {
	case len(r.Segments) == 0 || slices.ContainsFunc(r.Segments, func(s jaring.Segment) bool { return s != jaring.BPU && s != jaring.PU }):
		return "segments BPU or PU"
	case len(r.Programs) == 0 || !allKnown(r.Programs):
		return "programs of JKK, JKM, JHT, JP, JKP"
	case r.Factor.Den <= 0 || !r.Factor.atMostOne():
		return "factor from 0 to 1"
	case r.Penalty != nil && !r.Penalty.atMostOne():
		return "penalty from 0 to 1"
	case r.Due != nil && badDue(*r.Due) != "":
		return badDue(*r.Due)
	case r.Excess != "" && r.Excess != "carry_forward":
		return "excess carry_forward"
	case r.GraceMemberMonths < 0 || r.GraceMemberMonths > 1000 || r.GraceMemberMonths > 0 && r.RequirePaidUpTo == 0:
		return "grace_member_months together with require_paid_up_to"
	case r.MinWorkers < 0:
		return "min_workers from 0"
	}
	return badReliefWords(r)
}

func badReliefWords(r *Relief) string {
	switch {
	case slices.ContainsFunc(r.Sectors, func(s jaring.Sector) bool { return !knownSector(s) }):
		return "sectors transport or other"
	case slices.ContainsFunc(r.ExcludeFunding, func(f jaring.Funding) bool { return !knownFunding(f) }):
		return "exclude_funding of self, csr, apbd, apbn, apbdes"
	case slices.ContainsFunc(r.Industries, func(s string) bool { return !slices.Contains(industries, Industry(s)) }):
		return "industries that the book knows"
	case slices.ContainsFunc(r.Sizes, func(s string) bool { return !slices.Contains(sizes, EmployerSize(s)) }):
		return "sizes micro, small, medium, large"
	}
	return ""
}

func allKnown(ps jaring.Programs) bool {
	for _, p := range ps {
		if _, err := jaring.NewPrograms(string(p)); err != nil {
			return false
		}
	}
	return true
}

// check judges the book as a whole. Errors: scheme.key.missing, scheme.key.overlap,
// scheme.key.gap, scheme.key.ends (nothing follows), scheme.relief.overlap.
func (b *Book) check() (errs jaring.Errors) {
	for _, key := range sortedKeys(shapes) {
		rules := b.byKey[key]
		switch {
		case key == keyRelief:
			errs = append(errs, checkReliefs(rules)...)
		case key == keyHoliday:
		case len(rules) == 0:
			errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.key.missing", "key", key))
		default:
			errs = append(errs, checkLine(key, rules)...)
		}
	}
	return errs
}

// checkLine: the rules of one key follow each other day by day, the last is open.
func checkLine(key string, rules []*Rule) (errs jaring.Errors) {
	fail := func(what string, r, next *Rule) {
		errs = append(errs, jaring.NewError(jaring.Invalid, what, "key", key, "rule", r.ID, "other", next.ID))
	}
	for i, r := range rules {
		last := i == len(rules)-1
		switch {
		case last && r.To != 0:
			fail("scheme.key.ends", r, r)
		case last:
		case r.To == 0 || r.To >= rules[i+1].From:
			fail("scheme.key.overlap", r, rules[i+1])
		case r.To.Add(1) != rules[i+1].From:
			fail("scheme.key.gap", r, rules[i+1])
		}
	}
	return errs
}

// checkReliefs: two reliefs that one contribution could have at once are refused,
// since the law of neither says which goes first.
func checkReliefs(rules []*Rule) (errs jaring.Errors) {
	for i, x := range rules {
		for _, y := range rules[i+1:] {
			sameTime := (x.To == 0 || y.From <= x.To) && (y.To == 0 || x.From <= y.To)
			if sameTime && x.Relief.meets(y.Relief) {
				errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.relief.overlap", "rule", x.ID, "other", y.ID))
			}
		}
	}
	return errs
}

// meets reports whether one contribution could fall under both.
func (r *Relief) meets(o *Relief) bool {
	return overlap(r.Segments, o.Segments) && overlap(r.Programs, o.Programs) &&
		overlapOrAll(r.Sectors, o.Sectors) && overlapOrAll(r.Industries, o.Industries) && overlapOrAll(r.Sizes, o.Sizes)
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func overlapOrAll[T comparable](a, b []T) bool { return len(a) == 0 || len(b) == 0 || overlap(a, b) }

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
