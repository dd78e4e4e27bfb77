package document

import (
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// FairSheet is the work that a job fair offers, for a wall: everybody may read it, so nobody who applied stands on it.
type FairSheet struct {
	Event   string
	Place   string
	Day     jaring.Day
	Address string // of the fair's own page
	Rows    []FairRow
}

// FairRow is the work of one opening.
type FairRow struct {
	Position, Employer, Area string
	WageFrom, WageTo         jaring.Rupiah
	Seats                    int
	Welcome                  []jaring.Disability
}

// FairOpenings is the list of openings with the code of the page where people apply.
func FairOpenings(s FairSheet, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(s.Event)
	seats := 0
	for _, r := range s.Rows {
		seats += r.Seats
	}
	d.Lead(d.Say("document.fair.lead", jaring.Args{"n": len(s.Rows), "seats": seats, "place": s.Place, "date": s.Day}))
	if s.Address != "" {
		d.QR(s.Address, 42, d.Say("document.fair.scan", nil), d.Say("document.fair.scan.sub", nil))
	}
	if len(s.Rows) == 0 {
		d.Text(d.Say("document.fair.none", nil))
		return d
	}
	t := Table{Columns: []Column{{d.Say("document.fair.position", nil), 5, false}, {d.Say("document.fair.where", nil), 5, false}, {d.Say("document.fair.wage", nil), 4, false}, {d.Say("document.fair.seats", nil), 2, true}}}
	for _, r := range s.Rows {
		t.Rows = append(t.Rows, []string{d.fairWork(r), d.fairWhere(r), d.wage(r.WageFrom, r.WageTo), d.number(int64(r.Seats))})
	}
	d.Table(t)
	return d
}

func (d *Doc) fairWork(r FairRow) string {
	text := r.Position
	for _, w := range r.Welcome {
		text += "\n" + d.Say("document.fair.welcome."+string(w), nil)
	}
	return text
}

func (d *Doc) fairWhere(r FairRow) string {
	if r.Area == "" {
		return r.Employer
	}
	return r.Employer + "\n" + r.Area
}

// wage is what an opening pays a month.
func (d *Doc) wage(from, to jaring.Rupiah) string {
	switch {
	case to == 0:
		return d.Say("document.fair.wage.open", nil)
	case from == to:
		return to.String()
	}
	return from.String() + " – " + to.String()
}

// activityFair is what came of a job fair; those who were hired are counted from registrations.
func (d *Doc) activityFair(f *jaring.FairCount) {
	if f == nil {
		return
	}
	d.Heading(d.Say("document.fair.result", nil))
	var pairs []Pair
	for _, it := range []struct {
		key string
		n   int
	}{{"openings", f.Openings}, {"employers", f.Employers}, {"seats", f.Seats}, {"applicants", f.Applicants}, {"applications", f.Applications}, {"interviewed", f.Interviewed},
		{"offered", f.Offered}, {"hired", f.Hired}, {"registered", f.Registered}, {"protected", f.Protected}} {
		pairs = append(pairs, Pair{d.Say("document.fair.result."+it.key, nil), d.number(int64(it.n))})
	}
	d.Pairs(pairs...)
	d.Note(d.Say("document.fair.rule", nil))
}
