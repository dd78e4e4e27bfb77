package app

import (
	"slices"
	"strings"

	"jaring/internal/jaring"
)

// Booking is what one entry did to the clearing account of a channel.
type Booking struct {
	Day        jaring.Day
	Reference  string
	Amount     jaring.Rupiah
	Entry      string
	Owner      string // of the entry
	Worker     jaring.WorkerID
	WorkerName string
	Late       bool // a reversal of a later day: it undoes, and is nothing by itself
}

// DifferentSum is a reference that both know with another sum.
type DifferentSum struct {
	Place      int // the first line of the file that has it
	Reference  string
	Bank, Book jaring.Rupiah
}

// Reconciled is a statement beside the book: every rupiah of either is in one of the four.
type Reconciled struct {
	Matched    int // lines of the file
	MatchedSum jaring.Rupiah
	OnlyBank   []StatementLine
	OnlyBook   []Booking
	Differs    []DifferentSum
	BookSum    jaring.Rupiah
}

// group is all that one side says under a reference.
type group[T any] struct {
	items []T
	sum   jaring.Rupiah
}

// byReference puts what one side says into groups, in the order in which they appear.
func byReference[T any](items []T, of func(T) (reference string, amount jaring.Rupiah)) (map[string]*group[T], []string) {
	groups, order := map[string]*group[T]{}, []string{}
	for _, it := range items {
		reference, amount := of(it)
		key := foldReference(reference)
		if groups[key] == nil {
			groups[key] = &group[T]{}
			order = append(order, key)
		}
		g := groups[key]
		g.items, g.sum = append(g.items, it), g.sum+amount
	}
	return groups, order
}

func foldReference(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// reconcile holds a bank's lines against our book by reference. One transfer may be many entries (a group's
// bill, an agent's deposit), and an entry may be undone: the sums under a reference count. A line whose
// reference we do not know is looked for by the words of its text.
func reconcile(lines []StatementLine, booked []Booking) (out Reconciled) {
	books, bookOrder := byReference(booked, func(b Booking) (string, jaring.Rupiah) { return b.Reference, b.Amount })
	for key, g := range books {
		if key == "" || !slices.ContainsFunc(g.items, func(b Booking) bool { return !b.Late }) {
			delete(books, key) // nothing to be found by, or of other days
		}
	}
	banks, bankOrder := byReference(lines, func(l StatementLine) (string, jaring.Rupiah) { return knownReference(l, books), l.Amount })
	for _, key := range bankOrder {
		g, book := banks[key], books[key]
		switch {
		case book == nil:
			out.OnlyBank = append(out.OnlyBank, g.items...)
		case g.sum == book.sum:
			out.Matched, out.MatchedSum, out.BookSum = out.Matched+len(g.items), out.MatchedSum+g.sum, out.BookSum+book.sum
		default:
			out.Differs = append(out.Differs, DifferentSum{g.items[0].Place, book.items[0].Reference, g.sum, book.sum})
			out.BookSum += book.sum
		}
	}
	for _, key := range bookOrder {
		if g := books[key]; g != nil && banks[key] == nil && g.sum != 0 {
			out.OnlyBook, out.BookSum = append(out.OnlyBook, g.items...), out.BookSum+g.sum
		}
	}
	for _, b := range booked {
		if foldReference(b.Reference) == "" && !b.Late {
			out.OnlyBook, out.BookSum = append(out.OnlyBook, b), out.BookSum+b.Amount
		}
	}
	return out
}

// knownReference is the reference by which we know a line: its own, or else a word of its text that we do.
func knownReference(l StatementLine, books map[string]*group[Booking]) string {
	if books[foldReference(l.Reference)] != nil {
		return l.Reference
	}
	for _, word := range strings.FieldsFunc(l.Reference+" "+l.Said, func(r rune) bool { return strings.ContainsRune(" /,;:", r) }) {
		if g := books[foldReference(word)]; g != nil && g.sum == l.Amount {
			return word
		}
	}
	return l.Reference
}
