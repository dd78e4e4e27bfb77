package app

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// WhatIf prices month m of everybody in the book by two versions of the rules and sums
// up by sector and by regency; "all" is everybody. Several readers share the people, each
// holds one person at a time; who registers meanwhile may be missing.
func WhatIf(ctx context.Context, db *store.DB, a, b *scheme.Book, m jaring.Month) ([]scheme.Effect, error) {
	var parts []store.Part
	if err := db.Read(ctx, func(tx *store.Tx) (err error) {
		parts, err = tx.Parts(runtime.GOMAXPROCS(0))
		return err
	}); err != nil {
		return nil, err
	}
	fine := make([][]scheme.Effect, len(parts))
	readers, ctx := errgroup.WithContext(ctx)
	for i, part := range parts {
		readers.Go(func() (err error) {
			fine[i], err = whatIf(ctx, db, scheme.NewComparison(a, b), part, m)
			return err
		})
	}
	err := readers.Wait()
	return margins(slices.Concat(fine...)), err
}

// whatIf is WhatIf of one part, by groups "sector|regency".
func whatIf(ctx context.Context, db *store.DB, c *scheme.Comparison, part store.Part, m jaring.Month) ([]scheme.Effect, error) {
	type place struct {
		sector  jaring.Sector
		regency string
	}
	names := map[place]string{}
	err := db.Snapshot(ctx, func(tx *store.Tx) error {
		return tx.EachPriced(part, func(p store.PricedPerson) bool {
			at := place{p.Sector, regencyOf(p.Area)}
			if names[at] == "" {
				names[at] = string(at.sector) + "|" + at.regency
			}
			c.Add(names[at], &scheme.Question{Segment: p.Segment, Programs: p.Programs, FirstMonth: m, Months: 1, Income: p.Income, LowestBand: p.LowestBand,
				Sector: p.Sector, Funding: p.Funding, Kind: p.Kind, Registered: p.FirstMonth})
			return ctx.Err() == nil
		})
	})
	return c.Effects(), errors.Join(err, ctx.Err())
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
