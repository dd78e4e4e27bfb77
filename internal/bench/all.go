package bench

import (
	"context"
	"errors"
	"slices"

	"jaring/internal/jaring"
)

// onBook are the benchmarks that run on a filled database, in the order of "all".
var onBook = []struct {
	name string
	run  func(context.Context, *book, Options) (Result, error)
}{{"register", register}, {"sync", sync100}, {"lookup", lookUp}, {"page", page}, {"home", home}, {"diff", diff}, {"board", board}, {"gate", gate}, {"settle", settle}, {"lapse", lapse}}

// pure are the benchmarks without a database.
var pure = map[string]func(Options, func(Result)) error{"match": alone(Match), "price": alone(Price), "roster": rosterWhole}

// alone is a benchmark of one result.
func alone(run func(Options) (Result, error)) func(Options, func(Result)) error {
	return func(o Options, tell func(Result)) error {
		r, err := run(o)
		if err == nil {
			tell(r)
		}
		return err
	}
}

// Names are what Measure knows.
func Names() []string {
	names := []string{"all"}
	for _, b := range onBook {
		names = append(names, b.name)
	}
	for name := range pure {
		names = append(names, name)
	}
	slices.Sort(names[1:])
	return names
}

// Measure runs the benchmark of that name and tells each result when it is there; "all" runs all those that need a
// book on copies of one. Error: bench.unknown, and those of the engine.
func Measure(ctx context.Context, name string, o Options, tell func(Result)) (err error) {
	if run := pure[name]; run != nil {
		return run(o, tell)
	}
	if !slices.Contains(Names(), name) {
		return jaring.NewError(jaring.Invalid, "bench.unknown", "name", name)
	}
	filled := o
	if name == "lapse" {
		filled.Book = min(o.Book, seedBook)
	}
	b, err := newBook(ctx, filled)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.remove(ctx)) }()
	for _, bench := range onBook {
		if name != "all" && name != bench.name {
			continue
		}
		r, err := bench.run(ctx, b, o)
		if err != nil {
			return err
		}
		tell(r)
	}
	return nil
}
