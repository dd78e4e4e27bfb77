package document

import (
	"strconv"
	"strings"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// EmployerBill is what an employer pays for a month by one code.
type EmployerBill struct {
	Employer, Contact, Office, Fund string
	Code, Address                   string // of the page to pay it by
	Month                           jaring.Month
	Due                             jaring.Day
	Amount, Penalty                 jaring.Rupiah
	State                           string // waiting, settled, cancelled
	PaidOn                          jaring.Day
	Reference                       string
	Lines                           []EmployerBillLine
	Rules                           []Pair // a programme and the article by which it costs what it costs
}

// EmployerBillLine is a worker's month.
type EmployerBillLine struct {
	Name                             string
	Month                            jaring.Month
	Wage, Employer, Employee, Amount jaring.Rupiah
	Parts                            []string // what each programme costs
}

// EmployerBillSheet is what an employer's bookkeeper keeps: who, which wage, who bears which part, and the code for all.
func EmployerBillSheet(b EmployerBill, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	sum := b.Amount + b.Penalty
	args := jaring.Args{"employer": b.Employer, "amount": sum, "n": len(b.Lines), "month": b.Month, "day": b.PaidOn, "due": b.Due, "reference": b.Reference, "fund": b.Fund}
	d.Title(d.Say("document.employer.title", args))
	d.Lead(d.Say("document.employer.lead."+b.State, args))
	pairs := []Pair{{d.Say("document.group.contact", nil), b.Contact}, {d.Say("document.group.office", nil), b.Office}, {d.Say("document.employer.contributions", nil), b.Amount.String()}}
	if b.Penalty > 0 {
		pairs = append(pairs, Pair{d.Say("document.employer.penalty", nil), b.Penalty.String()})
	}
	d.Pairs(append(pairs, Pair{d.Say("document.group.amount", nil), sum.String()})...)
	if b.State == "waiting" {
		d.Text(d.Say("document.group.code", nil))
		d.Big(inFours(b.Code))
		d.QR(b.Address, 32, d.Say("document.group.page", nil), b.Address)
	}
	d.Heading(d.Say("document.employer.lines", nil))
	t := Table{Columns: []Column{{d.Say("document.group.no", nil), 1, true}, {d.Say("document.group.name", nil), 5, false}, {d.Say("document.employer.wage", nil), 2, true},
		{d.Say("document.employer.by_employer", nil), 2, true}, {d.Say("document.employer.by_worker", nil), 2, true}, {d.Say("document.account.amount", nil), 2, true}}}
	for i, l := range b.Lines {
		name := l.Name + "\n" + d.span(l.Month, l.Month)
		if len(l.Parts) > 0 {
			name += " · " + strings.Join(l.Parts, ", ")
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), name, l.Wage.String(), l.Employer.String(), l.Employee.String(), l.Amount.String()})
	}
	t.Sum = []string{"", d.Say("document.employer.contributions", nil), "", "", "", b.Amount.String()}
	d.Table(t)
	if len(b.Rules) > 0 {
		d.Heading(d.Say("document.employer.rules", nil))
		d.Pairs(b.Rules...)
	}
	d.Note(d.Say("document.employer.note", args))
	return d
}
