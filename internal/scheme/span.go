package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// Span is a step with the months in which it holds; none for a step that concerns no month.
type Span struct {
	Step
	Months []jaring.Month
}

// Spans are steps of which each is told once: what is the same in several months, but for the
// month, becomes one with these months. The order is that in which they come first.
func Spans(steps []Step) []Span {
	var spans []Span
	at := map[Step]int{}
	for _, s := range steps {
		same := s
		same.Month = 0
		n, known := at[same]
		if !known {
			n, at[same] = len(spans), len(spans)
			spans = append(spans, Span{Step: s})
		}
		if s.Month != 0 && !slices.Contains(spans[n].Months, s.Month) {
			spans[n].Months = append(spans[n].Months, s.Month)
		}
	}
	return spans
}
