package main

import (
	"encoding/json"
	"os"
	"runtime/pprof"

	"jaring/internal/bench"
	"jaring/internal/jaring"
)

// BenchCmd measures, beside the raw engine on the same rows in the same run.
type BenchCmd struct {
	What    string `arg:"" help:"What to measure: register, sync, lookup, page, home, diff, board, gate, settle, lapse, roster, match, price; all runs the first ten on one book."`
	DB      string `name:"db" placeholder:"URL" help:"A PostgreSQL database to measure in schemas of its own; SQLite in a temporary folder when left out."`
	Rows    int    `default:"20000" help:"Operations that are measured."`
	Book    int    `default:"10000" help:"Workers in the book before."`
	Phones  int    `default:"1000" help:"Phones that send at once in sync, 20 registrations each."`
	JSON    bool   `name:"json" help:"One JSON object on stdout."`
	Profile string `placeholder:"FILE" help:"Write a CPU profile."`
}

// Help is shown by --help.
func (BenchCmd) Help() string {
	return "Example: jaring bench register --book 1000000 --rows 20000"
}

// Run measures and prints. Errors: bench.rows, and those of the engine.
func (c *BenchCmd) Run(s *session) error {
	if c.Profile != "" {
		f, err := os.Create(c.Profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if c.Rows < 1 || c.Book < 0 || c.Phones < 0 {
		return jaring.NewError(jaring.Invalid, "bench.rows")
	}
	options := bench.Options{URL: c.DB, Rows: c.Rows, Book: c.Book, Phones: c.Phones, Log: s.talk}
	return bench.Measure(s.ctx, c.What, options, func(r bench.Result) {
		if c.JSON {
			_ = json.NewEncoder(s.out).Encode(r)
			return
		}
		r.Print(s.out)
	})
}
