package bench

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func TestEachBenchRunsOnBothEngines(t *testing.T) {
	for name, url := range map[string]string{"sqlite": "", "postgres": jaringtest.PostgresServer(t)} {
		t.Run(name, func(t *testing.T) {
			n := 0
			err := Measure(t.Context(), "all", Options{URL: url, Rows: 200, Book: 100, Phones: 20}, func(r Result) {
				if r.Figure <= 0 || r.Engine != name {
					t.Errorf("%+v", r)
				}
				r.Print(t.Output())
				n++
			})
			if err != nil || n != len(onBook) {
				t.Errorf("%d results, %v", n, err)
			}
		})
	}
}

func TestALargeBookIsGrownFromASmallOne(t *testing.T) {
	for name, url := range map[string]string{"sqlite": "", "postgres": jaringtest.PostgresServer(t)} {
		t.Run(name, func(t *testing.T) {
			b, err := newBook(t.Context(), Options{URL: url, Book: 100})
			if err != nil {
				t.Fatal(err)
			}
			r, err := lapse(t.Context(), b, Options{URL: url, Book: 350})
			if err != nil || r.Rows < 150 { // more than the seed has
				t.Errorf("%+v %v", r, err)
			}
			if err := b.remove(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestBenchesWithoutABook(t *testing.T) {
	for name := range pure {
		err := Measure(t.Context(), name, Options{Rows: 200}, func(r Result) {
			if r.Figure <= 0 {
				t.Errorf("%+v", r)
			}
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Measure(t.Context(), "nothing", Options{}, nil); jaring.KeyOf(err) != "bench.unknown" {
		t.Errorf("%v", err)
	}
}
