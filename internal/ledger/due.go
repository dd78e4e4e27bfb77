package ledger

import (
	"maps"
	"slices"

	"jaring/internal/jaring"
)

// Await bills an employer or sponsor for contributions, in rupiah by month, of which the fund learns person by person
// when they are paid: until then they stand against the account through. Through Fund they are the fund's at once, as
// Bill has it.
func Await(payer string, through Account, charges []Charge) (Kind, []Posting) {
	if through == Fund {
		return Bill(payer, charges)
	}
	var ps []Posting
	for _, c := range charges {
		ps = posts(ps, Payer(payer), c.Amount, c.Month)
	}
	return KindBill, posts(ps, through, -Total(charges), 0)
}

// Due is how an employer's or a sponsor's bill stands, in rupiah.
type Due struct {
	Billed  jaring.Rupiah // contributions
	Penalty jaring.Rupiah // for paying them late
	Paid    jaring.Rupiah
	Open    []Charge // what is to be paid still, the oldest month first, a month's penalty after its contribution
	Fined   []Charge // penalties by month, whether paid or not
}

// DueOf folds a payer's entries into how one bill stands; all of them together when bill is empty. What was undone does
// not count.
func DueOf(payer string, bill jaring.ContributionID, entries []*Entry) Due {
	kinds := map[EntryID]Kind{}
	months := map[jaring.Month]*dueMonth{}
	var d Due
	for _, e := range entries {
		kinds[e.ID] = e.Kind
		if bill != "" && e.Contribution != bill {
			continue
		}
		kind := e.Kind
		if kind == KindReverse {
			kind = kinds[e.Reverses]
		}
		for _, p := range e.Postings {
			if p.Account != Payer(payer) {
				continue
			}
			if months[p.Month] == nil {
				months[p.Month] = &dueMonth{}
			}
			months[p.Month].add(kind, p.Amount)
		}
	}
	for _, m := range slices.Sorted(maps.Keys(months)) {
		d.add(m, *months[m])
	}
	return d
}

// dueMonth is what one month of a bill comes to.
type dueMonth struct{ billed, penalty, paid jaring.Rupiah }

func (m *dueMonth) add(kind Kind, amount jaring.Rupiah) {
	switch kind {
	case KindBill:
		m.billed += amount
	case KindPenalty:
		m.penalty += amount
	default:
		m.paid -= amount
	}
}

func (d *Due) add(m jaring.Month, s dueMonth) {
	d.Billed, d.Penalty, d.Paid = d.Billed+s.billed, d.Penalty+s.penalty, d.Paid+s.paid
	if s.penalty != 0 {
		d.Fined = append(d.Fined, Charge{m, s.penalty, true})
	}
	to := min(s.paid, s.billed) // a month's contribution is paid before its penalty
	if open := s.billed - to; open > 0 {
		d.Open = append(d.Open, Charge{m, open, false})
	}
	if open := s.penalty - (s.paid - to); open > 0 {
		d.Open = append(d.Open, Charge{m, open, true})
	}
}
