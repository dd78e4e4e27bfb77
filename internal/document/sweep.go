package document

import (
	"fmt"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Sweep is what a market sweep came to, for the evaluation. It holds no worker's name; its times
// carry the office's zone.
type Sweep struct {
	Name, Place, Office string
	BeganAt, EndedAt    time.Time // zero while it has not, or runs
	SealsAt             time.Time
	Sealed              bool
	Goal                int // persons to register; 0 for none
	Registered          int
	New, Rejoined       int
	Paid, Protected     int
	Waiting, Repeated   int
	Winners, Agents     []SweepAgent
	Teams, Offices      []SweepGroup
	Lots                jaring.LotCount
	Lanes               []SweepLane
	Evaluation          []SweepRecord
}

// SweepAgent is an agent's row.
type SweepAgent struct {
	Rank                  int
	Name, Office, Team    string
	Registered, Protected int
	ReachedAt             time.Time
}

// SweepGroup is the row of a team or an office.
type SweepGroup struct {
	Name                        string
	Registered, Paid, Protected int
}

// SweepLane is a lane's row.
type SweepLane struct {
	Name, Trade             string
	Total, Done, Registered int
}

// SweepRecord is a record that did not count by itself.
type SweepRecord struct {
	Agent, Occupation string
	TakenAt           time.Time
	Why               jaring.Why
	Decided           jaring.CaptureDecision
	Reason            string
}

// SweepReport is the evaluation of a market sweep: the figures, who is rewarded and by which rule,
// everybody's row, the stalls that add up, and what the evaluation looked at.
func SweepReport(s Sweep, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.sweep.title", jaring.Args{"name": s.Name}))
	d.Lead(d.Say("document.sweep.lead", jaring.Args{"n": s.Registered, "protected": s.Protected}))
	d.Pairs(d.sweepHead(s)...)
	d.Pairs(d.sweepFigures(s)...)
	d.Heading(d.Say("document.sweep.winners", nil))
	if len(s.Winners) == 0 {
		d.Text(d.Say("document.sweep.winners.none", nil))
	}
	for _, w := range s.Winners {
		d.Strong(d.Say("document.sweep.winner", jaring.Args{"rank": w.Rank, "name": w.Name, "office": w.Office, "n": w.Registered, "protected": w.Protected}))
	}
	d.Note(d.Say("document.sweep.rule", nil))
	d.Heading(d.Say("document.sweep.agents", nil))
	d.Table(d.sweepAgents(s.Agents, s))
	d.sweepGroups("teams", s.Teams)
	d.sweepGroups("offices", s.Offices)
	d.sweepLots(s)
	d.sweepEvaluation(s.Evaluation)
	return d
}

func (d *Doc) sweepHead(s Sweep) []Pair {
	pairs := []Pair{{d.Say("document.sweep.place", nil), s.Place}, {d.Say("document.sweep.office", nil), s.Office}}
	ran := d.Say("document.sweep.not_begun", nil)
	switch {
	case !s.BeganAt.IsZero() && !s.EndedAt.IsZero():
		ran = d.Say("document.sweep.span", jaring.Args{"day": jaring.DayIn(s.BeganAt, s.BeganAt.Location()), "from": s.BeganAt, "to": s.EndedAt})
	case !s.BeganAt.IsZero():
		ran = d.Say("document.sweep.since", jaring.Args{"from": s.BeganAt})
	}
	state := d.Say("document.sweep.open", jaring.Args{"at": s.SealsAt})
	if s.Sealed {
		state = d.Say("document.sweep.sealed", jaring.Args{"at": s.SealsAt})
	}
	return append(pairs, Pair{d.Say("document.sweep.ran", nil), ran}, Pair{d.Say("document.sweep.state", nil), state})
}

func (d *Doc) sweepFigures(s Sweep) []Pair {
	number := func(n int) string { return i18n.Number(d.lang, int64(n)) }
	pairs := []Pair{
		{d.Say("document.sweep.registered", nil), number(s.Registered)},
		{d.Say("document.sweep.new", nil), number(s.New)},
		{d.Say("document.sweep.rejoined", nil), number(s.Rejoined)},
		{d.Say("document.sweep.paid", nil), number(s.Paid)},
		{d.Say("document.sweep.protected", nil), number(s.Protected)},
		{d.Say("document.sweep.repeated", nil), number(s.Repeated)},
	}
	if s.Goal > 0 {
		pairs = append(pairs, Pair{d.Say("document.sweep.goal", nil), d.Say("document.sweep.goal.reached", jaring.Args{"goal": s.Goal, "share": i18n.Percent(d.lang, float64(s.Registered)/float64(s.Goal))})})
	}
	if s.Waiting > 0 {
		pairs = append(pairs, Pair{d.Say("document.sweep.waiting", nil), number(s.Waiting)})
	}
	return pairs
}

func (d *Doc) sweepAgents(agents []SweepAgent, s Sweep) Table {
	t := Table{Columns: []Column{{d.Say("document.sweep.rank", nil), 1, true}, {d.Say("document.sweep.agent", nil), 4, false}, {d.Say("document.sweep.office", nil), 3, false},
		{d.Say("document.sweep.team", nil), 2, false}, {d.Say("document.sweep.registered", nil), 2, true}, {d.Say("document.sweep.protected", nil), 2, true}, {d.Say("document.sweep.reached", nil), 2, true}}}
	for _, a := range agents {
		reached := ""
		if !a.ReachedAt.IsZero() {
			reached = i18n.Clock(d.lang, a.ReachedAt)
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(a.Rank), a.Name, a.Office, a.Team, fmt.Sprint(a.Registered), fmt.Sprint(a.Protected), reached})
	}
	t.Sum = []string{"", d.Say("document.sweep.together", nil), "", "", fmt.Sprint(s.Registered), fmt.Sprint(s.Protected), ""}
	return t
}

func (d *Doc) sweepGroups(which string, groups []SweepGroup) {
	if len(groups) == 0 {
		return
	}
	d.Heading(d.Say("document.sweep."+which, nil))
	t := Table{Columns: []Column{{d.Say("document.sweep."+which, nil), 5, false}, {d.Say("document.sweep.registered", nil), 2, true}, {d.Say("document.sweep.paid", nil), 2, true}, {d.Say("document.sweep.protected", nil), 2, true}}}
	for _, g := range groups {
		t.Rows = append(t.Rows, []string{g.Name, fmt.Sprint(g.Registered), fmt.Sprint(g.Paid), fmt.Sprint(g.Protected)})
	}
	d.Table(t)
}

// sweepLots shows that the stalls are the outcomes.
func (d *Doc) sweepLots(s Sweep) {
	d.Heading(d.Say("document.sweep.lots", nil))
	if s.Lots.Total == 0 {
		d.Text(d.Say("document.sweep.lots.none", nil))
		return
	}
	d.Text(d.Say("document.sweep.lots.sum", jaring.Args{"n": s.Lots.Total, "done": s.Lots.Done(), "left": s.Lots.Unvisited}))
	var pairs []Pair
	for _, o := range []struct {
		key string
		n   int
	}{{"registered", s.Lots.Registered}, {"member", s.Lots.Member}, {"back", s.Lots.Back}, {"closed", s.Lots.Closed}, {"refused", s.Lots.Refused}, {"visited", s.Lots.Visited}, {"unvisited", s.Lots.Unvisited}} {
		pairs = append(pairs, Pair{d.Say("document.sweep.lot."+o.key, nil), fmt.Sprint(o.n)})
	}
	d.Pairs(pairs...)
	t := Table{Columns: []Column{{d.Say("document.sweep.lane", nil), 2, false}, {d.Say("document.sweep.trade", nil), 4, false}, {d.Say("document.sweep.stalls", nil), 2, true},
		{d.Say("document.sweep.walked", nil), 2, true}, {d.Say("document.sweep.registered", nil), 2, true}}}
	for _, l := range s.Lanes {
		t.Rows = append(t.Rows, []string{l.Name, l.Trade, fmt.Sprint(l.Total), fmt.Sprint(l.Done), fmt.Sprint(l.Registered)})
	}
	d.Table(t)
}

func (d *Doc) sweepEvaluation(records []SweepRecord) {
	d.Heading(d.Say("document.sweep.evaluation", nil))
	if len(records) == 0 {
		d.Text(d.Say("document.sweep.evaluation.none", nil))
		return
	}
	t := Table{Columns: []Column{{d.Say("document.sweep.taken", nil), 3, false}, {d.Say("document.sweep.agent", nil), 3, false}, {d.Say("document.sweep.occupation", nil), 3, false},
		{d.Say("document.sweep.why", nil), 3, false}, {d.Say("document.sweep.decided", nil), 4, false}}}
	for _, r := range records {
		decided := "undecided"
		switch {
		case r.Why == jaring.WhyLate:
			decided = "late"
		case r.Decided != "":
			decided = string(r.Decided)
		}
		t.Rows = append(t.Rows, []string{d.Say("document.sweep.moment", jaring.Args{"at": r.TakenAt}), r.Agent, r.Occupation, d.Say("document.sweep.why."+string(r.Why), nil),
			d.Say("document.sweep.decided."+decided, nil) + "\n" + r.Reason})
	}
	d.Table(t)
}
