package bench

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Result is one measurement; its JSON is stable.
type Result struct {
	Bench  string  `json:"bench"`
	Engine string  `json:"engine"`
	Rows   int     `json:"rows"`
	Book   int     `json:"book,omitempty"` // workers in the book before the run
	Unit   string  `json:"unit"`
	Figure float64 `json:"figure"`
	Raw    float64 `json:"raw,omitempty"`
	Ratio  float64 `json:"ratio,omitempty"`
	P50    float64 `json:"p50_ms"`
	P99    float64 `json:"p99_ms"`
	Note   string  `json:"note,omitempty"`
	*Crowd
}

// Print writes the result for people.
func (r Result) Print(w io.Writer) {
	fmt.Fprintf(w, "%-14s %-8s book %8d  %8d rows  %10.0f %s", r.Bench, r.Engine, r.Book, r.Rows, r.Figure, r.Unit)
	if r.Raw > 0 {
		fmt.Fprintf(w, "  raw %10.0f  ratio %.2f", r.Raw, r.Ratio)
	}
	if r.P99 > 0 { // of one caller's requests; a run over the whole book has none
		fmt.Fprintf(w, "  p50 %.2f ms  p99 %.2f ms", r.P50, r.P99)
	}
	if r.Note != "" {
		fmt.Fprintf(w, "  %s", r.Note)
	}
	if r.Crowd != nil {
		r.Crowd.print(w)
	}
	fmt.Fprintln(w)
}

// quantiles sorts times and gives the median and the 99th of a hundred in milliseconds.
func quantiles(times []time.Duration) (p50, p99 float64) {
	if len(times) == 0 {
		return 0, 0
	}
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return ms(times[len(times)/2]), ms(times[len(times)*99/100])
}
