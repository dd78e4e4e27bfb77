package ledger

import (
	"cmp"
	"slices"

	"jaring/internal/jaring"
)

// Charge is what a month costs, or what is still owed for it, in rupiah.
type Charge struct {
	Month   jaring.Month
	Amount  jaring.Rupiah
	Penalty bool // a late penalty on the month; it is paid after the month's contribution
}

// Total is the sum of charges.
func Total(charges []Charge) (sum jaring.Rupiah) {
	for _, c := range charges {
		sum += c.Amount
	}
	return sum
}

// Allocation is what became of money: Paid and Left add up to it.
type Allocation struct {
	Paid []Charge // oldest month first
	Open []Charge // what is still to be paid of the others
	Left jaring.Rupiah
}

// AllocateWhole pays whole months, the oldest first, until one cannot be paid whole: half a
// month covers nobody. For own-account workers, who owe nothing. Money is not negative.
func AllocateWhole(money jaring.Rupiah, charges []Charge) Allocation {
	sorted := oldestFirst(charges)
	a := Allocation{Left: money}
	for i, c := range sorted {
		if c.Amount > a.Left {
			a.Open = sorted[i:]
			break
		}
		a.Paid, a.Left = append(a.Paid, c), a.Left-c.Amount
	}
	return a
}

// AllocateDebt pays off debt, the oldest month first, the last of them in part when the money
// ends there. For employers and sponsors. Money is not negative.
func AllocateDebt(money jaring.Rupiah, charges []Charge) Allocation {
	a := Allocation{Left: money}
	for _, c := range oldestFirst(charges) {
		part, rest := c, c
		part.Amount = min(c.Amount, a.Left)
		rest.Amount -= part.Amount
		a.Left -= part.Amount
		if part.Amount > 0 {
			a.Paid = append(a.Paid, part)
		}
		if rest.Amount > 0 {
			a.Open = append(a.Open, rest)
		}
	}
	return a
}

// oldestFirst is the order in which charges are paid: by month, in a month the
// contribution before the penalty.
func oldestFirst(charges []Charge) []Charge {
	sorted := slices.Clone(charges)
	slices.SortStableFunc(sorted, func(a, b Charge) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), compareBool(a.Penalty, b.Penalty))
	})
	return sorted
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
