package app

import (
	"context"
	"iter"
	"slices"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// WhatIf prices month m of everybody in the book by two versions of the rules and sums
// up by sector and by regency; "all" is everybody. It holds one person at a time.
func WhatIf(ctx context.Context, db *store.DB, a, b *scheme.Book, m jaring.Month) ([]scheme.Effect, error) {
	var failed error
	next, stop := iter.Pull(func(yield func(store.PricedPerson) bool) {
		failed = db.Snapshot(ctx, func(tx *store.Tx) error {
			return tx.EachPriced(func(p store.PricedPerson) bool { return yield(p) })
		})
	})
	defer stop()
	fine := scheme.Compare(a, b, func(q *scheme.Question) (string, bool) {
		p, more := next()
		if !more {
			return "", false
		}
		*q = scheme.Question{Segment: p.Segment, Programs: p.Programs, FirstMonth: m, Months: 1, Income: p.Income, LowestBand: p.LowestBand,
			Sector: p.Sector, Funding: p.Funding, Kind: p.Kind, Registered: p.FirstMonth}
		return string(p.Sector) + "|" + regencyOf(p.Area), true
	})
	return margins(fine), failed
}

// margins sums groups "sector|regency" by sector, by regency and over all.
func margins(fine []scheme.Effect) []scheme.Effect {
	sums := map[string]*scheme.Effect{}
	add := func(group string, e scheme.Effect) {
		if sums[group] == nil {
			sums[group] = &scheme.Effect{Group: group}
		}
		s := sums[group]
		s.People, s.More, s.Less, s.Unpriced = s.People+e.People, s.More+e.More, s.Less+e.Less, s.Unpriced+e.Unpriced
		s.Before, s.After = s.Before+e.Before, s.After+e.After
	}
	for _, e := range fine {
		sector, regency, _ := strings.Cut(e.Group, "|")
		add("all", e)
		add("sector "+sector, e)
		add("area "+regency, e)
	}
	out := make([]scheme.Effect, 0, len(sums))
	for _, e := range sums {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(x, y scheme.Effect) int { return strings.Compare(x.Group, y.Group) })
	return out
}
