package document

import (
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Account is what happened to the money of one worker. Its NIK stays out of what is printed.
type Account struct {
	Name, RegistrationNo  string
	Office, Fund          string
	Standing              string
	Paid, Credit, InHands jaring.Rupiah
	Entries               []AccountEntry // the oldest first
	Months                []AccountMonth // the oldest first
}

// AccountEntry is one thing that happened.
type AccountEntry struct {
	Day                jaring.Day
	Kind               string
	Amount             jaring.Rupiah // that came in; negative when it went out
	Channel, Reference string
	From, To           jaring.Month // paid for; 0 for none
	Credit             jaring.Rupiah
	Reversed           bool
}

// AccountMonth is how a month stands: protected, paid, waiting, grace.
type AccountMonth struct {
	Month jaring.Month
	State string
}

// AccountStatement says what was paid, for which months and by which way, and how each month stands.
func AccountStatement(a Account, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.account.title", nil))
	d.Lead(d.Say("document.account.lead", jaring.Args{"name": a.Name, "paid": a.Paid, "fund": a.Fund}))
	pairs := []Pair{{d.Say("document.account.name", nil), a.Name}, {d.Say("document.account.registration_no", nil), a.RegistrationNo},
		{d.Say("document.account.office", nil), a.Office}, {d.Say("document.account.standing", nil), d.Say("document.account.standing."+a.Standing, nil)},
		{d.Say("document.account.paid", nil), a.Paid.String()}}
	if a.Credit != 0 {
		pairs = append(pairs, Pair{d.Say("document.account.credit", nil), a.Credit.String()})
	}
	if a.InHands != 0 {
		pairs = append(pairs, Pair{d.Say("document.account.in_hands", nil), a.InHands.String()})
	}
	d.Pairs(pairs...)
	d.Heading(d.Say("document.account.entries", nil))
	if len(a.Entries) == 0 {
		d.Text(d.Say("document.account.entries.none", nil))
	} else {
		d.Table(d.accountEntries(a))
	}
	d.Heading(d.Say("document.account.months", nil))
	d.Table(d.accountMonths(a.Months))
	d.Note(d.Say("document.account.note", jaring.Args{"fund": a.Fund}))
	return d
}

func (d *Doc) accountEntries(a Account) Table {
	t := Table{Columns: []Column{{d.Say("document.account.day", nil), 3, false}, {d.Say("document.account.what", nil), 3, false}, {d.Say("document.account.for", nil), 3, false},
		{d.Say("document.account.way", nil), 4, false}, {d.Say("document.account.amount", nil), 3, true}, {d.Say("document.account.credit_after", nil), 3, true}}}
	for _, e := range a.Entries {
		what := d.Say("ledger.kind."+e.Kind, nil)
		if e.Reversed {
			what += "\n" + d.Say("document.account.reversed", nil)
		}
		way := e.Reference
		if e.Channel != "" {
			way = d.Say("payment.channel."+e.Channel, nil) + "\n" + e.Reference
		}
		t.Rows = append(t.Rows, []string{i18n.Day(d.lang, e.Day), what, d.span(e.From, e.To), way, e.Amount.String(), e.Credit.String()})
	}
	t.Sum = []string{"", d.Say("document.account.together", nil), "", "", a.Paid.String(), a.Credit.String()}
	return t
}

// span is one month, or from one to another.
func (d *Doc) span(from, to jaring.Month) string {
	switch {
	case from == 0:
		return ""
	case from == to:
		return d.Say("document.account.span.one", jaring.Args{"month": from})
	}
	return d.Say("document.account.span", jaring.Args{"from": from, "to": to})
}

func (d *Doc) accountMonths(months []AccountMonth) Table {
	t := Table{Columns: []Column{{d.Say("document.account.month", nil), 3, false}, {d.Say("document.account.state", nil), 7, false}}}
	for _, m := range months {
		t.Rows = append(t.Rows, []string{d.Say("document.account.span.one", jaring.Args{"month": m.Month}), d.Say("document.account.month."+m.State, nil)})
	}
	return t
}
