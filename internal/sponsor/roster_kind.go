package sponsor

import (
	"cmp"
	"maps"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
)

// kindKey is what findings of one kind have in common.
type kindKey struct {
	code, field string
	verdict     jaring.Verdict
	mendable    bool
}

// keep adds what is said of a row to what is kept, and counts it by kind. What somebody would confirm at a stall waits
// here for a second look. row are the cells that were judged; nil for findings that are no row's.
func (j *judging) keep(out []store.RosterFinding, said []roster.Finding, row *roster.Row) []store.RosterFinding {
	for _, f := range said {
		n := 0
		if last := len(out) - 1; last >= 0 && out[last].Row == f.Row {
			n = out[last].Place + 1
		}
		if f.Confirm {
			f.Verdict = max(f.Verdict, jaring.Hold)
		}
		if row == nil && f.Verdict == jaring.Reject {
			j.roster.Sums.Stops = append(j.roster.Sums.Stops, f.Key)
		}
		k := j.kind(&f)
		k.Count++
		if row != nil {
			if _, _, ok := roster.Offer(row, f); ok {
				k.Takes++
			}
		}
		out = append(out, store.RosterFinding{Row: f.Row, Place: n, Mendable: f.Mendable, Finding: f.Finding,
			Suggested: store.Suggested{Value: f.Suggestion.Value, Key: f.Suggestion.Key, Args: f.Suggestion.Args}})
	}
	return out
}

func (j *judging) kind(f *roster.Finding) *store.FoundKind {
	key := kindKey{f.Key, f.Field, f.Verdict, f.Mendable}
	k := j.kinds[key]
	if k == nil {
		k = &store.FoundKind{Code: f.Key, Field: f.Field, Verdict: f.Verdict.String(), Mendable: f.Mendable}
		j.kinds[key] = k
	}
	return k
}

// cells seals the cells of a row of which there is something to say, so that it can be shown and mended.
func (j *judging) cells(e *roster.Entry, said []roster.Finding) ([]byte, error) {
	if len(said) == 0 {
		return nil, nil
	}
	text, err := e.Source.Keep()
	if err != nil {
		return nil, err
	}
	return j.key.Seal(text, cellsPurpose(j.roster.ID, e.Row))
}

func cellsPurpose(id string, row int) string { return "cells of " + rowPurpose(id, row) }

// summed adds what is counted over all rows: kinds of findings, the most frequent first, and who pays already.
func (j *judging) summed(sums *store.RosterSums) {
	for _, k := range j.kinds {
		sums.Kinds = append(sums.Kinds, *k)
	}
	slices.SortFunc(sums.Kinds, func(a, b store.FoundKind) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Verdict, b.Verdict))
	})
	spans := slices.SortedFunc(maps.Keys(j.collisions), func(a, b span) int {
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	for _, at := range spans {
		sums.Collisions = append(sums.Collisions, *j.collisions[at])
	}
}
