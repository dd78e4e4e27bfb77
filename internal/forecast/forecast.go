package forecast

import (
	"slices"

	"jaring/internal/jaring"
)

// Point is a number at the end of a month.
type Point struct {
	Month jaring.Month
	N     int64
}

// Range is an expectation with what it may turn out to be instead.
type Range struct{ Low, Mid, High int64 }

// Pace is the change in a month, in thousandths: Mid is the middle one of the changes seen.
type Pace struct {
	Range
	Changes int // that were seen
}

// Bounds of a forecast.
const (
	MinChanges = 3  // fewer say nothing
	MaxChanges = 12 // older ones speak of another time
	Horizon    = 24 // months; what lies farther is not in sight
	unit       = 1000
)

// PaceOf is the pace of points, which are sorted by month, each month once. Over a gap the change is shared by its
// months. ok is false when too few changes were seen.
func PaceOf(points []Point) (p Pace, ok bool) {
	var changes []int64
	for i := 1; i < len(points); i++ {
		months := int64(points[i].Month - points[i-1].Month)
		if months <= 0 {
			return Pace{}, false
		}
		changes = append(changes, floorDiv((points[i].N-points[i-1].N)*unit, months))
	}
	changes = changes[max(0, len(changes)-MaxChanges):]
	if len(changes) < MinChanges {
		return Pace{}, false
	}
	slices.Sort(changes)
	return Pace{Range{quarter(changes, 1), quarter(changes, 2), quarter(changes, 3)}, len(changes)}, true
}

// quarter is the value below which so many quarters of sorted values lie, between two of them their share.
func quarter(sorted []int64, quarters int) int64 {
	at := (len(sorted) - 1) * quarters
	low, rest := sorted[at/4], int64(at%4)
	if rest == 0 {
		return low
	}
	return low + floorDiv((sorted[at/4+1]-low)*rest, 4)
}

// floorDiv divides towards less, so that steps up and down are rounded alike.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// At is what is expected in a month at this pace, never below zero.
func (p Pace) At(last Point, m jaring.Month) Range {
	months := int64(m - last.Month)
	at := func(change int64) int64 { return max(0, last.N+floorDiv(change*months, unit)) }
	return Range{at(p.Low), at(p.Mid), at(p.High)}
}

// Loss is when a number is expected to fall below a floor. A zero month is not in sight.
type Loss struct{ Earliest, Expected, Latest jaring.Month }

// Below tells in which month a number that stands at its floor or above it falls below. Who is below already
// has lost in the last month.
func (p Pace) Below(last Point, floor int64) Loss {
	below := func(change int64) jaring.Month {
		for m := range jaring.Month(Horizon + 1) {
			if last.N+floorDiv(change*int64(m), unit) < floor {
				return last.Month + m
			}
		}
		return 0
	}
	return Loss{below(p.Low), below(p.Mid), below(p.High)}
}

// Course is where the amounts of some months are going.
type Course struct {
	Reached  int64 // since the first month that counts
	Expected Range // by the end of the last one
	Whole    int   // months that were seen from end to end
}

// Sum is what monthly amounts come to from one month to the end of another: what was reached since from, and for each
// month to come an amount as seen before, from too or earlier. ok is false when fewer than MinChanges whole months
// were seen; then nothing is expected beyond what is reached. The last month of flows is not over; it counts with
// what it has, and is not taken for a whole one. Months before the first amount say nothing: nobody was at work.
func Sum(flows []Point, from, until jaring.Month) (c Course, ok bool) {
	for len(flows) > 1 && flows[0].N == 0 {
		flows = flows[1:]
	}
	var whole []int64
	for i, f := range flows {
		if f.Month >= from {
			c.Reached += f.N
		}
		if i+1 < len(flows) {
			whole = append(whole, f.N*unit)
		}
	}
	whole = whole[max(0, len(whole)-MaxChanges):]
	c.Expected, c.Whole = Range{c.Reached, c.Reached, c.Reached}, len(whole)
	if len(whole) < MinChanges {
		return c, false
	}
	slices.Sort(whole)
	last := flows[len(flows)-1]
	left := max(0, int64(until-last.Month))
	at := func(amount int64) int64 { return c.Reached + max(0, amount-last.N*unit)/unit + amount*left/unit }
	c.Expected = Range{at(quarter(whole, 1)), at(quarter(whole, 2)), at(quarter(whole, 3))}
	return c, true
}
