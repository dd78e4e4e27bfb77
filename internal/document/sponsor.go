package document

import (
	"fmt"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Sponsored is what a sponsor's money has come to in a month, in the numbers of the system. It holds no name.
type Sponsored struct {
	Sponsor, Office, Number string // number of the agreement; empty for all of the sponsor
	Month, First, Last      jaring.Month
	Paid, Protected         int
	New, Left, Replaced     int
	Deaths                  int
	Budget, Used, Credit    jaring.Rupiah
	Twice                   int
	Saved                   jaring.Rupiah
	Lapse                   int
	Months                  []SponsoredMonth
	Villages                []SponsoredVillage
	Keep                    []SponsoredKeep
}

// SponsoredMonth is a month's row.
type SponsoredMonth struct {
	Month  jaring.Month
	People int
	Amount jaring.Rupiah
}

// SponsoredVillage is a village's row.
type SponsoredVillage struct {
	District, Name        string
	Paid, Protected, Ends int
}

// SponsoredKeep is what some further months cost.
type SponsoredKeep struct {
	Months int
	Amount jaring.Rupiah
}

// SponsorReport is the monthly report that an official hands out as it is.
func SponsorReport(s Sponsored, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.sponsor.title", jaring.Args{"name": s.Sponsor}))
	d.Lead(d.Say("document.sponsor.lead", jaring.Args{"n": s.Paid, "protected": s.Protected, "month": s.Month}))
	d.Pairs(d.sponsorFigures(s)...)
	d.Heading(d.Say("document.sponsor.ends", nil))
	lapse := "document.sponsor.lapse"
	if s.Number == "" { // of several agreements, which end when they end
		lapse = "document.sponsor.lapse.all"
	}
	d.Text(d.Say(lapse, jaring.Args{"n": s.Lapse, "month": s.Last}))
	for _, k := range s.Keep {
		d.Strong(d.Say("document.sponsor.keep", jaring.Args{"n": k.Months, "sum": k.Amount}))
	}
	d.Heading(d.Say("document.sponsor.months", nil))
	d.Table(d.sponsorMonths(s.Months))
	d.Heading(d.Say("document.sponsor.villages", nil))
	d.Table(d.sponsorVillages(s.Villages))
	d.Note(d.Say("document.sponsor.note", nil))
	return d
}

func (d *Doc) sponsorFigures(s Sponsored) []Pair {
	number := func(n int) string { return i18n.Number(d.lang, int64(n)) }
	pairs := []Pair{{d.Say("document.sponsor.office", nil), s.Office}}
	if s.Number != "" {
		pairs = append(pairs, Pair{d.Say("document.sponsor.number", nil), s.Number})
	}
	return append(pairs,
		Pair{d.Say("document.sponsor.paid", nil), number(s.Paid)},
		Pair{d.Say("document.sponsor.protected", nil), number(s.Protected)},
		Pair{d.Say("document.sponsor.new", nil), number(s.New)},
		Pair{d.Say("document.sponsor.left", nil), number(s.Left)},
		Pair{d.Say("document.sponsor.replaced", nil), number(s.Replaced)},
		Pair{d.Say("document.sponsor.deaths", nil), number(s.Deaths)},
		Pair{d.Say("document.sponsor.budget", nil), s.Budget.String()},
		Pair{d.Say("document.sponsor.used", nil), s.Used.String()},
		Pair{d.Say("document.sponsor.rest", nil), (s.Budget - s.Used).String()},
		Pair{d.Say("document.sponsor.credit", nil), s.Credit.String()},
		Pair{d.Say("document.sponsor.saved", nil), d.Say("document.sponsor.saved.by", jaring.Args{"sum": s.Saved, "n": s.Twice})})
}

func (d *Doc) sponsorMonths(months []SponsoredMonth) Table {
	t := Table{Columns: []Column{{d.Say("document.sponsor.month", nil), 3, false}, {d.Say("document.sponsor.people", nil), 2, true}, {d.Say("document.sponsor.amount", nil), 3, true}}}
	sum := jaring.Rupiah(0)
	for _, m := range months {
		sum += m.Amount
		t.Rows = append(t.Rows, []string{d.Say("document.sponsor.month.of", jaring.Args{"month": m.Month}), i18n.Number(d.lang, int64(m.People)), m.Amount.String()})
	}
	t.Sum = []string{d.Say("document.sponsor.together", nil), "", sum.String()}
	return t
}

func (d *Doc) sponsorVillages(villages []SponsoredVillage) Table {
	t := Table{Columns: []Column{{d.Say("document.sponsor.district", nil), 3, false}, {d.Say("document.sponsor.village", nil), 4, false}, {d.Say("document.sponsor.people", nil), 2, true},
		{d.Say("document.sponsor.protected", nil), 2, true}, {d.Say("document.sponsor.lapses", nil), 2, true}}}
	paid, protected, ends := 0, 0, 0
	for _, v := range villages {
		paid, protected, ends = paid+v.Paid, protected+v.Protected, ends+v.Ends
		t.Rows = append(t.Rows, []string{v.District, v.Name, fmt.Sprint(v.Paid), fmt.Sprint(v.Protected), fmt.Sprint(v.Ends)})
	}
	t.Sum = []string{d.Say("document.sponsor.together", nil), "", fmt.Sprint(paid), fmt.Sprint(protected), fmt.Sprint(ends)}
	return t
}

// Ceremony is a handover: what is handed over, to whom in the name of all, and who came.
type Ceremony struct {
	Name, Place string
	At          time.Time
	Sponsored   Sponsored
	Recipients  []string // with their consent alone
	Unnamed     int      // who receive and are not named
	Guests      []CeremonyGuests
}

// CeremonyGuests are the guests of a kind.
type CeremonyGuests struct {
	Kind              string
	Invited, Attended int // people
}

// CeremonyReport is what an official hands out after a ceremony.
func CeremonyReport(c Ceremony, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	s := c.Sponsored
	d.Title(c.Name)
	d.Lead(d.Say("document.handover.lead", jaring.Args{"name": s.Sponsor, "n": s.Paid, "protected": s.Protected, "from": s.First, "to": s.Last}))
	d.Pairs(Pair{d.Say("document.handover.day", nil), d.Say("document.sweep.moment", jaring.Args{"at": c.At})}, Pair{d.Say("document.sponsor.office", nil), s.Office},
		Pair{d.Say("document.sponsor.number", nil), s.Number}, Pair{d.Say("document.sponsor.used", nil), s.Used.String()})
	d.Heading(d.Say("document.handover.recipients", nil))
	for _, name := range c.Recipients {
		d.Strong(name)
	}
	if c.Unnamed > 0 || len(c.Recipients) == 0 {
		d.Text(d.Say("document.handover.unnamed", jaring.Args{"n": c.Unnamed}))
	}
	d.Heading(d.Say("document.handover.guests", nil))
	t := Table{Columns: []Column{{d.Say("document.handover.kind", nil), 4, false}, {d.Say("document.handover.invited", nil), 2, true}, {d.Say("document.handover.attended", nil), 2, true}}}
	invited, attended := 0, 0
	for _, g := range c.Guests {
		invited, attended = invited+g.Invited, attended+g.Attended
		t.Rows = append(t.Rows, []string{d.Say("document.handover.guest."+g.Kind, nil), fmt.Sprint(g.Invited), fmt.Sprint(g.Attended)})
	}
	t.Sum = []string{d.Say("document.sponsor.together", nil), fmt.Sprint(invited), fmt.Sprint(attended)}
	d.Table(t)
	d.Heading(d.Say("document.sponsor.villages", nil))
	d.Table(d.sponsorVillages(s.Villages))
	d.Note(d.Say("document.sponsor.note", nil))
	return d
}
