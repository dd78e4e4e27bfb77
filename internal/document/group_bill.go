package document

import (
	"strconv"
	"strings"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// GroupBill is what a group pays for its members by one code.
type GroupBill struct {
	Group, Contact, Office, Fund string
	Code, Address                string // of the page to pay it by
	Months                       int
	Amount                       jaring.Rupiah
	State                        string // waiting, settled, cancelled
	PaidOn                       jaring.Day
	Reference                    string
	Lines                        []GroupBillLine
	Left                         []Pair // who is not in it, and why
}

// GroupBillLine is a member's part.
type GroupBillLine struct {
	Name, RegistrationNo string
	From, To             jaring.Month
	Amount               jaring.Rupiah
	Outcome              string // covered, credited, suspended; empty while the bill waits
}

// inFours writes a code so that it can be copied by hand: "7260 0000 0100 09".
func inFours(code string) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// GroupBillSheet is the list that an association hangs up: who pays how much for which months, and the code
// for all. It says as plainly whether it is paid.
func GroupBillSheet(b GroupBill, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	args := jaring.Args{"group": b.Group, "amount": b.Amount, "n": len(b.Lines), "months": b.Months, "day": b.PaidOn, "reference": b.Reference, "fund": b.Fund}
	d.Title(d.Say("document.group.title", args))
	d.Lead(d.Say("document.group.lead."+b.State, args))
	d.Pairs(Pair{d.Say("document.group.contact", nil), b.Contact}, Pair{d.Say("document.group.office", nil), b.Office}, Pair{d.Say("document.group.amount", nil), b.Amount.String()})
	if b.State == "waiting" {
		d.Text(d.Say("document.group.code", nil))
		d.Big(inFours(b.Code))
		d.QR(b.Address, 32, d.Say("document.group.page", nil), b.Address)
	}
	d.Heading(d.Say("document.group.lines", nil))
	t := Table{Columns: []Column{{d.Say("document.group.no", nil), 1, true}, {d.Say("document.group.name", nil), 6, false}, {d.Say("document.account.for", nil), 4, false},
		{d.Say("document.account.amount", nil), 2, true}}}
	for i, l := range b.Lines {
		name := l.Name + "\n" + l.RegistrationNo
		if l.Outcome != "" && l.Outcome != "covered" {
			name = l.Name + "\n" + l.RegistrationNo + " · " + d.Say("document.group.outcome."+l.Outcome, nil)
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), name, d.span(l.From, l.To), l.Amount.String()})
	}
	t.Sum = []string{"", d.Say("document.group.amount", nil), "", b.Amount.String()}
	d.Table(t)
	if len(b.Left) > 0 {
		d.Heading(d.Say("document.group.left", nil))
		d.Pairs(b.Left...)
	}
	d.Note(d.Say("document.group.note", args))
	return d
}
