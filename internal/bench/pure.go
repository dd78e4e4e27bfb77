package bench

import (
	"fmt"
	"runtime"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/match/matchtest"
	"jaring/internal/scheme"
)

// Match measures how well and how fast the same person is found among labelled pairs.
func Match(o Options) (Result, error) {
	r := matchtest.Run(1, o.Rows, time.Now)
	return Result{Bench: "match", Engine: "none", Rows: o.Rows, Unit: "comparisons/s", Figure: r.ComparisonsPerSecond,
		Note: fmt.Sprintf("precision %.4f recall %.4f blocking recall %.4f", r.Precision, r.Recall, r.BlockingRecall)}, nil
}

// pricesPerRow makes the run of a price long enough to measure: one takes a tenth of a microsecond.
const pricesPerRow = 50

// Price measures BPU month-prices on one core, without and with their explanation.
func Price(o Options) (Result, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if _, err := pricesPerSecond(o.Rows, true); err != nil { // warms up
		return Result{}, err
	}
	plain, err := pricesPerSecond(o.Rows*pricesPerRow, false)
	if err != nil {
		return Result{}, err
	}
	explained, err := pricesPerSecond(o.Rows*pricesPerRow, true)
	return Result{Bench: "price", Engine: "none", Rows: o.Rows * pricesPerRow, Unit: "month-prices/s", Figure: plain,
		Note: fmt.Sprintf("with their explanation %.0f", explained)}, err
}

func pricesPerSecond(n int, explain bool) (float64, error) {
	book, quote := scheme.Load(), scheme.Quote{}
	q := scheme.Question{Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM}, FirstMonth: jaring.NewMonth(2026, 3), Months: 12, Explain: explain}
	months := 0
	start := time.Now()
	for i := range max(n, 1) {
		q.Income = jaring.Rupiah(1_000_000 + i%200*100_000)
		if err := book.PriceInto(&quote, q); err != nil {
			return 0, err
		}
		months += q.Months
	}
	return float64(months) / time.Since(start).Seconds(), nil
}
