package httpapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

type rulesIn struct {
	On    string `query:"on" maxLength:"10" doc:"day; default: today"`
	Since string `query:"since" maxLength:"10" doc:"an earlier day: the answer says what changed between the two"`
}

type rulesOut struct {
	Body rulesAnswer
}

// rulesAnswer is the law as Jaring applies it on a day, in the caller's words.
type rulesAnswer struct {
	Version string       `json:"version"`
	AsOf    jaring.Day   `json:"as_of" doc:"when the rules were last held against their sources"`
	On      jaring.Day   `json:"on"`
	Since   jaring.Day   `json:"since,omitzero"`
	Items   []ruleItem   `json:"items"`
	Changes []ruleChange `json:"changes" doc:"between since and on"`
	Points  []rulePoint  `json:"points" doc:"how unknown and contested points are decided here"`
}

type ruleItem struct {
	ID      string     `json:"id"`
	Key     string     `json:"key"`
	Group   string     `json:"group" enum:"bpu,pu,relief,jkk,jkm,school,jht,deadline"`
	Title   string     `json:"title"`
	Value   string     `json:"value" doc:"in words"`
	From    jaring.Day `json:"from"`
	To      jaring.Day `json:"to,omitzero" doc:"until further notice when left out"`
	Article string     `json:"article"`
	Source  string     `json:"source"`
	Mark    string     `json:"mark" enum:"H,M,L"`
	Note    string     `json:"note,omitempty"`
	Table   *ruleTable `json:"table,omitempty" doc:"the rows of a rule that is more than one value"`
}

// ruleTable is a table in words. Numbers says which columns hold figures.
type ruleTable struct {
	Heads   []string   `json:"heads"`
	Numbers []bool     `json:"numbers"`
	Rows    [][]string `json:"rows"`
}

// ruleChange is a rule that is another than before, or came, or went.
type ruleChange struct {
	Key    string    `json:"key"`
	Group  string    `json:"group"`
	Title  string    `json:"title"`
	Before *ruleItem `json:"before,omitempty"`
	After  *ruleItem `json:"after,omitempty"`
}

func (s *server) findRules(c *call, in *rulesIn) (*rulesOut, error) {
	on, err := queryDay("on", in.On)
	if err != nil {
		return nil, err
	}
	since, err := queryDay("since", in.Since)
	if err != nil {
		return nil, err
	}
	if on == 0 {
		on = jaring.DayIn(s.Now(), app.Zone(c.actor.Zone))
	}
	say := ruleWords{c.lang}
	rules := s.App.Book.FindRules(on)
	out := &rulesOut{rulesAnswer{Version: s.App.Book.Version, AsOf: s.App.Book.AsOf, On: on, Since: since, Items: []ruleItem{}, Changes: []ruleChange{},
		Points: say.points(s.App.Book.Settings)}}
	for _, r := range rules {
		out.Body.Items = append(out.Body.Items, say.item(r))
	}
	if since != 0 {
		out.Body.Changes = say.changes(s.App.Book.FindRules(since), rules)
	}
	return out, nil
}

// queryDay reads a day of an address; none is 0. Error: date.malformed.
func queryDay(field, text string) (jaring.Day, error) {
	if text == "" {
		return 0, nil
	}
	day, err := jaring.ParseDay(text)
	if err != nil {
		return 0, jaring.NewError(jaring.Invalid, "date.malformed", "text", "").At(field)
	}
	return day, nil
}

// ruleWords says rules in a language.
type ruleWords struct{ lang i18n.Lang }

func (w ruleWords) text(key string, args jaring.Args) string { return i18n.Text(w.lang, key, args) }

func (w ruleWords) item(r *scheme.Rule) ruleItem {
	it := ruleItem{ID: r.ID, Key: r.Key, Group: ruleGroup(r.Key), Title: w.title(r), Value: w.value(r), From: r.From, To: r.To,
		Article: r.Article, Source: r.Source, Mark: string(r.Mark), Note: r.Note, Table: w.table(r)}
	// A rule that somebody added as a file has the note that its file gives it.
	if key := "rule.note." + r.ID; r.Note != "" && i18n.Known(key) {
		it.Note = w.text(key, nil)
	}
	return it
}

// title names the key; of reliefs several hold on a day, so it names whom they are for.
func (w ruleWords) title(r *scheme.Rule) string {
	title := w.text("rule."+r.Key, nil)
	if r.Relief == nil {
		return title
	}
	var who []string
	for _, s := range r.Relief.Segments {
		who = append(who, string(s))
	}
	for _, s := range r.Relief.Sectors {
		who = append(who, strings.ToLower(w.text("sector."+string(s), nil)))
	}
	return title + " " + strings.Join(who, ", ")
}

// deadlines are the keys of other groups that say by when something is due.
var deadlines = []string{"holiday", "bpu.due", "bpu.penalty", "pu.due", "pu.penalty", "jkk.claim.years", "jkk.report.hours", "jkk.conclude.days",
	"jkk.pay.days", "jkk.pay.late", "jkm.pay.days", "jkm.pay.late"}

// ruleGroup is the heading under which a key stands.
func ruleGroup(key string) string {
	if slices.Contains(deadlines, key) {
		return "deadline"
	}
	head, _, _ := strings.Cut(key, ".")
	if head == "jkp" {
		return "pu" // who is not a PU has none
	}
	return head
}

// ruleUnits says what the number of a key counts.
var ruleUnits = map[string]string{
	"pu.wage.days": "days", "jkm.periodic.months": "months", "jkm.wait.months": "months", "jkm.pay.days": "workdays", "school.children": "children",
	"school.age": "years", "school.jkm.months": "months", "jkk.wages": "wages", "jkk.stmb.months": "months", "jkk.homecare.months": "months",
	"jkk.claim.years": "years", "jkk.report.hours": "days", "jkk.conclude.days": "days", "jkk.pay.days": "workdays", "jht.age": "years", "jht.part.years": "years",
}

func (w ruleWords) value(r *scheme.Rule) string {
	switch {
	case r.Amount != nil:
		return i18n.Rupiah(w.lang, *r.Amount)
	case r.Ratio != nil:
		return r.Ratio.Percent(decimalSign(w.lang))
	case r.Count != nil:
		return w.text("rule.count."+ruleUnits[r.Key], jaring.Args{"n": countOf(r)})
	case r.Words != nil:
		return strings.Join(w.words(r.Words), ", ")
	case r.Due != nil:
		return w.due(*r.Due)
	case r.Relief != nil:
		return w.text("rule.relief.pays", jaring.Args{"programs": r.Relief.Programs, "factor": r.Relief.Factor.Percent(decimalSign(w.lang))})
	case r.Bands != nil:
		last := len(r.Bands) - 1
		return w.text("rule.rows", jaring.Args{"n": len(r.Bands), "low": r.Bands[0].Base, "high": r.Bands[last].Base})
	case r.Levels != nil:
		last := len(r.Levels) - 1
		return w.text("rule.levels", jaring.Args{"n": len(r.Levels), "low": r.Levels[0].Amount, "high": r.Levels[last].Amount})
	case r.Rates != nil:
		return w.text("rule.rates", jaring.Args{"n": len(r.Rates)})
	}
	return w.text("rule.days", jaring.Args{"n": len(r.Days)})
}

// countOf is the number of r in the unit in which people are told: days for hours.
func countOf(r *scheme.Rule) int {
	if r.Key == "jkk.report.hours" {
		return *r.Count / 24
	}
	return *r.Count
}

// words says programmes as they are, heirs and care in full.
func (w ruleWords) words(words []string) []string {
	said := slices.Clone(words)
	for i, word := range words {
		for _, group := range []string{"heirs.", "care."} {
			if i18n.Known(group + word) {
				said[i] = w.text(group+word, nil)
			}
		}
	}
	return said
}

func (w ruleWords) due(d scheme.Due) string {
	switch d.Offset {
	case 0:
		return w.text("rule.due.same", jaring.Args{"day": d.Day})
	case 1:
		return w.text("rule.due.next", jaring.Args{"day": d.Day})
	}
	return w.text("rule.due.later", jaring.Args{"day": d.Day, "n": d.Offset})
}

func (w ruleWords) table(r *scheme.Rule) *ruleTable {
	switch {
	case r.Bands != nil:
		return w.bandTable(r.Bands)
	case r.Rates != nil:
		t := w.newTable("rule.head.case", "", "rule.head.rate", "9")
		for _, name := range slices.Sorted(maps.Keys(r.Rates)) {
			t.add(w.known("rule.case."+name, name), r.Rates[name].Percent(decimalSign(w.lang)))
		}
		return t
	case r.Levels != nil:
		t := w.newTable("rule.head.level", "", "rule.head.year", "9", "rule.head.years", "9")
		for _, l := range r.Levels {
			t.add(w.known("school."+l.Name, l.Name), i18n.Rupiah(w.lang, l.Amount), fmt.Sprint(l.Years))
		}
		return t
	case r.Relief != nil:
		return w.reliefTable(r.Relief)
	case r.Days != nil:
		t := w.newTable("rule.head.day", "", "rule.head.name", "")
		for _, d := range r.Days {
			t.add(w.holiday(d), d.Name)
		}
		return t
	}
	return nil
}

// newTable takes pairs of a head's key and "9" for a column of figures.
func (w ruleWords) newTable(heads ...string) *ruleTable {
	t := &ruleTable{Rows: [][]string{}}
	for i := 0; i < len(heads); i += 2 {
		t.Heads = append(t.Heads, w.text(heads[i], nil))
		t.Numbers = append(t.Numbers, heads[i+1] != "")
	}
	return t
}

func (t *ruleTable) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// known is the text of a key, or the word itself where a file brought a new one.
func (w ruleWords) known(key, word string) string {
	if i18n.Known(key) {
		return w.text(key, nil)
	}
	return word
}

func (w ruleWords) bandTable(bands []scheme.Band) *ruleTable {
	t := w.newTable("rule.head.from", "9", "rule.head.to", "9", "rule.head.base", "9")
	for _, b := range bands {
		to := w.text("rule.above", nil)
		if b.To != 0 {
			to = i18n.Rupiah(w.lang, b.To)
		}
		t.add(i18n.Rupiah(w.lang, b.From), to, i18n.Rupiah(w.lang, b.Base))
	}
	return t
}

func (w ruleWords) holiday(h scheme.Holiday) string {
	if h.Every == "" {
		return i18n.Day(w.lang, h.Day)
	}
	var month, day int
	if _, err := fmt.Sscanf(h.Every, "%d-%d", &month, &day); err != nil {
		return h.Every
	}
	return w.text("rule.every", jaring.Args{"day": day, "month": i18n.MonthName(w.lang, month)})
}

// reliefTable says the conditions of a relief, one line each.
func (w ruleWords) reliefTable(x *scheme.Relief) *ruleTable {
	t := w.newTable("rule.head.condition", "", "rule.head.what", "")
	line := func(key string, words ...string) {
		if len(words) > 0 && words[0] != "" {
			t.add(w.text("rule.relief."+key, nil), strings.Join(words, ", "))
		}
	}
	said := func(prefix string, words []string) []string {
		out := slices.Clone(words)
		for i, word := range words {
			out[i] = w.known(prefix+word, word)
		}
		return out
	}
	line("segments", plainWords(x.Segments)...)
	line("sectors", said("sector.", plainWords(x.Sectors))...)
	line("industries", said("rule.industry.", x.Industries)...)
	line("sizes", said("rule.size.", x.Sizes)...)
	if x.MinWorkers > 0 {
		line("workers", fmt.Sprint(x.MinWorkers))
	}
	line("not_funding", said("funding.", plainWords(x.ExcludeFunding))...)
	if x.OwnAccountOnly {
		line("own_account", w.text("rule.yes", nil))
	}
	if x.RequirePaidUpTo != 0 {
		line("paid_up", i18n.Text(w.lang, "quote.month", jaring.Args{"month": x.RequirePaidUpTo}))
	}
	if x.GraceMemberMonths > 0 {
		line("new_member", w.text("rule.count.months", jaring.Args{"n": x.GraceMemberMonths}))
	}
	if x.Due != nil {
		line("due", w.due(*x.Due))
	}
	if x.Penalty != nil {
		line("penalty", x.Penalty.Percent(decimalSign(w.lang)))
	}
	if x.Deferred {
		line("deferred", i18n.Day(w.lang, x.PayFrom)+" – "+i18n.Day(w.lang, x.PayUntil))
	}
	if x.Excess == "carry_forward" {
		line("excess", w.text("rule.relief.forward", nil))
	}
	return t
}

func plainWords[S ~string](words []S) []string {
	out := make([]string, len(words))
	for i, word := range words {
		out[i] = string(word)
	}
	return out
}

// changes are the rules of one day that another day has not. Where a key lost one
// and won one, the two stand side by side; reliefs come and go, one does not become another.
func (w ruleWords) changes(before, after []*scheme.Rule) []ruleChange {
	changes := []ruleChange{}
	gone, come := without(before, after), without(after, before)
	for _, r := range gone {
		old := w.item(r)
		changes = append(changes, ruleChange{Key: r.Key, Group: old.Group, Title: old.Title, Before: &old})
	}
	for _, r := range come {
		now := w.item(r)
		at := slices.IndexFunc(changes, func(c ruleChange) bool { return c.Key == r.Key && c.After == nil && r.Relief == nil })
		if at >= 0 {
			changes[at].After = &now
			continue
		}
		changes = append(changes, ruleChange{Key: r.Key, Group: now.Group, Title: now.Title, After: &now})
	}
	return changes
}

func without(rules, others []*scheme.Rule) (left []*scheme.Rule) {
	for _, r := range rules {
		if !slices.ContainsFunc(others, func(o *scheme.Rule) bool { return o.ID == r.ID }) {
			left = append(left, r)
		}
	}
	return left
}
