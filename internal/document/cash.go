package document

import (
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// CashReceipt is cash that an agent took, as its receipt says it: where the money is, in words that cannot
// be taken for more.
type CashReceipt struct {
	Name        string
	Amount      jaring.Rupiah
	Months      int
	From, To    jaring.Month
	TakenAt     time.Time
	Agent       string
	AgentNumber string
	Office      string
	CodeEnd     string
	DepositedOn jaring.Day
	Until       jaring.Day // last day that its months cover
	Settled     bool       // with the fund, for its months
	Kept        bool       // with the fund, and waits
	Confirmed   bool
	Address     string // where it can be checked
}

// Cash is a receipt for a printer of 80 mm.
func Cash(r CashReceipt, lang i18n.Lang, at time.Time) *Doc {
	d := New(Receipt, lang, at)
	d.Title(d.Say("document.cash.title", nil))
	key := "document.cash.received"
	switch {
	case r.Settled && r.Confirmed:
		key = "document.cash.confirmed"
	case r.Settled:
		key = "document.cash.covered"
	case r.Kept:
		key = "document.cash.kept"
	}
	args := jaring.Args{"until": r.Until, "on": r.DepositedOn}
	d.Strong(d.Say(key, args))
	d.Text(d.Say(key+".lead", args))
	d.Pairs(d.cash(r, at.Location())...)
	d.Space(2)
	d.Strong(d.Say("document.cash.check", nil))
	d.QR(r.Address, 24)
	d.Text(r.Address)
	d.Note(d.Say("document.cash.check.how", nil))
	return d
}

// cash are the parts of a receipt.
func (d *Doc) cash(r CashReceipt, zone *time.Location) []Pair {
	pairs := []Pair{{d.Say("document.cash.amount", nil), r.Amount.String()},
		{d.Say("document.cash.months", nil), d.Say("document.cash.months.n", jaring.Args{"n": r.Months, "from": r.From, "to": r.To})},
		{d.Say("document.cash.taken", nil), i18n.Text(d.lang, "document.cash.at", jaring.Args{"time": r.TakenAt.In(zone)})},
		{d.Say("document.cash.agent", nil), r.Agent}, {d.Say("document.cash.number", nil), r.AgentNumber}, {d.Say("document.cash.office", nil), r.Office}, {d.Say("document.cash.code", nil), "…" + r.CodeEnd}}
	if r.Name != "" {
		pairs = append([]Pair{{d.Say("document.cash.name", nil), r.Name}}, pairs...)
	}
	return pairs
}
