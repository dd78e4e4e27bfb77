package bench

import (
	"testing"

	"jaring/internal/jaringtest"
)

func TestEachBenchRunsOnBothEngines(t *testing.T) {
	for name, url := range map[string]string{"sqlite": "", "postgres": jaringtest.PostgresServer(t)} {
		t.Run(name, func(t *testing.T) {
			for _, run := range All {
				r, err := run.Run(t.Context(), Options{URL: url, Rows: 200, Book: 100})
				if err != nil {
					t.Fatalf("%s: %v", run.Name, err)
				}
				if r.Figure <= 0 {
					t.Errorf("%s: %+v", run.Name, r)
				}
				r.Print(t.Output())
			}
		})
	}
}
