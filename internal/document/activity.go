package document

import (
	"strings"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Activity is what a campaign that is no sweep came to, for the evaluation. It holds no guest's and no worker's
// name; its times carry the office's zone.
type Activity struct {
	Name, Place, Office string
	Kind                jaring.CampaignKind
	Organiser, Parent   string // empty for the office, and for none
	OpensAt, ClosesAt   time.Time
	State               jaring.CampaignState
	Goal                int // persons to register; 0 for none
	Note                string
	Agenda              []jaring.AgendaItem
	Budget              jaring.Rupiah
	Costs               []jaring.Cost
	Attendance          jaring.Attendance
	Questions           []jaring.Question
	Funnel              jaring.Funnel
	Children            []ActivityPart
	Fair                *jaring.FairCount // nil where no work was offered
}

// ActivityPart is a part of a larger campaign.
type ActivityPart struct {
	Name                  string
	Kind                  jaring.CampaignKind
	Registered, Protected int64
}

// ActivityReport is the evaluation of a campaign: plan against result, what it cost for each person, who came, what
// was asked, and the funnel.
func ActivityReport(a Activity, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.activity.title", jaring.Args{"name": a.Name}))
	d.Lead(d.Say("document.activity.lead", jaring.Args{"came": a.Attendance.Total.Came, "n": a.Funnel.Registered, "protected": a.Funnel.Protected}))
	d.Pairs(d.activityHead(a)...)
	d.activityPlan(a)
	d.activityFair(a.Fair)
	d.activityFunnel(a.Funnel)
	d.activityGuests(a.Attendance)
	d.activityMoney(a)
	d.activityAgenda(a.Agenda)
	d.activityQuestions(a.Questions)
	d.activityParts(a.Children)
	return d
}

func (d *Doc) activityHead(a Activity) []Pair {
	organiser := a.Organiser
	if organiser == "" {
		organiser = a.Office
	}
	pairs := []Pair{{d.Say("document.activity.kind", nil), d.Say("document.activity.kind."+string(a.Kind), nil)}, {d.Say("document.sweep.place", nil), a.Place},
		{d.Say("document.sweep.office", nil), a.Office}, {d.Say("document.activity.organiser", nil), organiser}}
	if a.Parent != "" {
		pairs = append(pairs, Pair{d.Say("document.activity.parent", nil), a.Parent})
	}
	day, last := jaring.DayIn(a.OpensAt, a.OpensAt.Location()), jaring.DayIn(a.ClosesAt, a.ClosesAt.Location())
	when := d.Say("document.sweep.span", jaring.Args{"day": day, "from": a.OpensAt, "to": a.ClosesAt})
	if last != day {
		when = d.Say("document.activity.days", jaring.Args{"from": day, "to": last})
	}
	pairs = append(pairs, Pair{d.Say("document.activity.when", nil), when}, Pair{d.Say("document.sweep.state", nil), d.Say("document.activity.state."+string(a.State), nil)})
	if a.Note != "" {
		pairs = append(pairs, Pair{d.Say("document.activity.note", nil), a.Note})
	}
	return pairs
}

// number is a count in the language of the document.
func (d *Doc) number(n int64) string { return i18n.Number(d.lang, n) }

// activityPlan sets the plan beside the result.
func (d *Doc) activityPlan(a Activity) {
	d.Heading(d.Say("document.activity.plan", nil))
	t := Table{Columns: []Column{{"", 5, false}, {d.Say("document.activity.planned", nil), 3, true}, {d.Say("document.activity.result", nil), 3, true}}}
	planned := jaring.Rupiah(0)
	spent := jaring.Rupiah(0)
	for _, c := range a.Costs {
		planned, spent = planned+c.Planned, spent+c.Spent
	}
	goal := "–"
	if a.Goal > 0 {
		goal = d.number(int64(a.Goal))
	}
	t.Rows = [][]string{{d.Say("document.activity.guests", nil), d.number(int64(a.Attendance.Total.Invited)), d.number(int64(a.Attendance.Total.Came))},
		{d.Say("document.sweep.registered", nil), goal, d.number(a.Funnel.Registered)}, {d.Say("document.activity.cost", nil), planned.String(), spent.String()}}
	if a.Budget > 0 {
		t.Rows = append(t.Rows, []string{d.Say("document.activity.budget", nil), a.Budget.String(), spent.String()})
	}
	t.Rows = append(t.Rows, []string{d.Say("document.activity.each.registered", nil), "–", each(spent, a.Funnel.Registered)},
		[]string{d.Say("document.activity.each.protected", nil), "–", each(spent, a.Funnel.Protected)})
	if n := len(a.Funnel.Kept); n > 0 && a.Funnel.Kept[n-1].Of > 0 {
		t.Rows = append(t.Rows, []string{d.Say("document.activity.each.kept", jaring.Args{"n": a.Funnel.Kept[n-1].Months}), "–", each(spent, a.Funnel.Kept[n-1].Kept)})
	}
	d.Table(t)
}

// each is what one of n people cost; a dash for nobody.
func each(spent jaring.Rupiah, n int64) string {
	if n == 0 || spent == 0 {
		return "–"
	}
	return jaring.Each(spent, n).String()
}

func (d *Doc) activityFunnel(f jaring.Funnel) {
	d.Heading(d.Say("document.activity.funnel", nil))
	pairs := []Pair{{d.Say("document.activity.contacted", nil), d.number(f.Contacted)}, {d.Say("document.activity.interested", nil), d.number(f.Interested)},
		{d.Say("document.sweep.registered", nil), d.number(f.Registered)}, {d.Say("document.sweep.paid", nil), d.number(f.Paid)}, {d.Say("document.sweep.protected", nil), d.number(f.Protected)}}
	for _, k := range f.Kept {
		value := d.Say("document.activity.early", nil)
		if k.Of > 0 {
			value = d.Say("document.activity.of", jaring.Args{"n": k.Kept, "all": k.Of})
		}
		pairs = append(pairs, Pair{d.Say("document.activity.kept", jaring.Args{"n": k.Months}), value})
	}
	d.Pairs(pairs...)
	d.Note(d.Say("document.activity.rule", nil))
}

func (d *Doc) activityGuests(a jaring.Attendance) {
	d.Heading(d.Say("document.activity.guests", nil))
	if a.Total.Invited == 0 {
		d.Text(d.Say("document.activity.guests.none", nil))
		return
	}
	t := Table{Columns: []Column{{d.Say("document.activity.as", nil), 5, false}, {d.Say("document.activity.invited", nil), 2, true}, {d.Say("document.activity.accepted", nil), 2, true}, {d.Say("document.activity.came", nil), 2, true}}}
	for _, k := range jaring.GuestKinds {
		if n, ok := a.ByKind[k]; ok {
			t.Rows = append(t.Rows, []string{d.Say("document.activity.guest."+string(k), nil), d.number(int64(n.Invited)), d.number(int64(n.Accepted)), d.number(int64(n.Came))})
		}
	}
	t.Sum = []string{d.Say("document.sweep.together", nil), d.number(int64(a.Total.Invited)), d.number(int64(a.Total.Accepted)), d.number(int64(a.Total.Came))}
	d.Table(t)
}

func (d *Doc) activityMoney(a Activity) {
	d.Heading(d.Say("document.activity.cost", nil))
	if len(a.Costs) == 0 {
		d.Text(d.Say("document.activity.cost.none", nil))
		return
	}
	t := Table{Columns: []Column{{d.Say("document.activity.what", nil), 6, false}, {d.Say("document.activity.planned", nil), 3, true}, {d.Say("document.activity.spent", nil), 3, true}}}
	var planned, spent jaring.Rupiah
	for _, c := range a.Costs {
		planned, spent = planned+c.Planned, spent+c.Spent
		t.Rows = append(t.Rows, []string{c.What, c.Planned.String(), c.Spent.String()})
	}
	t.Sum = []string{d.Say("document.sweep.together", nil), planned.String(), spent.String()}
	d.Table(t)
}

func (d *Doc) activityAgenda(items []jaring.AgendaItem) {
	if len(items) == 0 {
		return
	}
	d.Heading(d.Say("document.activity.agenda", nil))
	var pairs []Pair
	for _, it := range items {
		at := it.At
		if d.lang == i18n.ID {
			at = strings.Replace(at, ":", ".", 1)
		}
		value := it.What
		if it.Who != "" {
			value += " – " + it.Who
		}
		pairs = append(pairs, Pair{at, value})
	}
	d.Pairs(pairs...)
}

func (d *Doc) activityQuestions(questions []jaring.Question) {
	if len(questions) == 0 {
		return
	}
	d.Heading(d.Say("document.activity.questions", nil))
	t := Table{Columns: []Column{{d.Say("document.activity.as", nil), 2, false}, {d.Say("document.activity.asked", nil), 5, false}, {d.Say("document.activity.answered", nil), 5, false}}}
	for _, q := range questions {
		answer := q.Answered
		if answer == "" {
			answer = d.Say("document.activity.unanswered", nil)
		}
		t.Rows = append(t.Rows, []string{d.Say("document.activity.guest."+string(q.Kind), nil), q.Asked, answer})
	}
	d.Table(t)
}

func (d *Doc) activityParts(parts []ActivityPart) {
	if len(parts) == 0 {
		return
	}
	d.Heading(d.Say("document.activity.parts", nil))
	t := Table{Columns: []Column{{d.Say("document.activity.part", nil), 6, false}, {d.Say("document.sweep.registered", nil), 2, true}, {d.Say("document.sweep.protected", nil), 2, true}}}
	for _, p := range parts {
		t.Rows = append(t.Rows, []string{p.Name + "\n" + d.Say("document.activity.kind."+string(p.Kind), nil), d.number(p.Registered), d.number(p.Protected)})
	}
	d.Table(t)
}
