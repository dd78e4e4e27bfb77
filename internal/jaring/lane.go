package jaring

import (
	"strconv"
	"strings"
	"time"
)

// LaneForm is a lane as somebody draws it.
type LaneForm struct {
	ID         LaneID // empty for a new one
	Name       string
	Trade      string
	X, Y, W, H int      // no width: the plan is laid out by itself
	Numbers    []string // of its lots
}

// maxLaneText is how long the name or trade of a lane may be, in characters.
const maxLaneText = 60

// NewLanes judges the plan of a market, all at once, and makes its lanes and lots.
// Errors: field.too_many, field.required, field.too_long, field.range, lane.name_twice,
// lot.number, lot.twice.
func NewLanes(place PlaceID, forms []LaneForm, at time.Time) (lanes []Lane, lots []Lot, err error) {
	if len(forms) > MaxLanes {
		return nil, nil, Errors{NewError(Invalid, "field.too_many", "max", MaxLanes).At("lanes")}
	}
	var es Errors
	names := map[string]bool{}
	for i, f := range layOut(forms) {
		at0 := "lanes/" + strconv.Itoa(i)
		l := Lane{ID: f.ID, Place: place, Name: strings.Join(strings.Fields(f.Name), " "), Trade: strings.Join(strings.Fields(f.Trade), " "), Ord: i, X: f.X, Y: f.Y, W: f.W, H: f.H}
		es = append(es, lengthOf(at0+"/name", l.Name, 1, maxLaneText)...)
		es = append(es, lengthOf(at0+"/trade", l.Trade, 0, maxLaneText)...)
		if name := FoldLane(l.Name); name != "" && names[name] {
			es = append(es, NewError(Invalid, "lane.name_twice", "name", l.Name).At(at0+"/name"))
		} else {
			names[name] = true
		}
		es = append(es, rangeOf(at0+"/x", l.X, 0, MaxTiles)...)
		es = append(es, rangeOf(at0+"/y", l.Y, 0, MaxTiles)...)
		es = append(es, rangeOf(at0+"/w", l.W, 1, MaxTiles)...)
		es = append(es, rangeOf(at0+"/h", l.H, 1, MaxTiles)...)
		own, faults := lotsOf(l.ID, f.Numbers, at0+"/lots", at)
		lanes, lots, es = append(lanes, l), append(lots, own...), append(es, faults...)
	}
	if len(lots) > MaxLots {
		es = append(es, NewError(Invalid, "field.too_many", "max", MaxLots).At("lanes"))
	}
	return lanes, lots, es.OrNil()
}

// FoldLane is a lane's name as it is compared: of one market no two are alike.
func FoldLane(name string) string { return strings.ToUpper(strings.Join(strings.Fields(name), " ")) }

func lotsOf(lane LaneID, numbers []string, field string, at time.Time) (lots []Lot, es Errors) {
	if len(numbers) > MaxLots {
		return nil, Errors{NewError(Invalid, "field.too_many", "max", MaxLots).At(field)}
	}
	seen := map[string]bool{}
	for i, number := range numbers {
		lot, err := NewLot(lane, number, LotPlanned, at)
		folded := FoldLotNumber(number)
		switch {
		case err != nil:
			es = append(es, NewError(Invalid, "lot.number", "max", MaxLotNumber).At(field+"/"+strconv.Itoa(i)))
		case seen[folded]:
			es = append(es, NewError(Invalid, "lot.twice", "number", lot.Number).At(field+"/"+strconv.Itoa(i)))
		default:
			seen[folded] = true
			lots = append(lots, lot)
		}
	}
	return lots, es
}

// Of a plan that is laid out by itself: every lane is a row as long as it has lots.
const (
	rowDistance = 2
	rowLeast    = 4
	rowMost     = 60
)

// layOut gives lanes without a width a place: one row below the other.
func layOut(forms []LaneForm) []LaneForm {
	out := append([]LaneForm(nil), forms...)
	below := 0
	for _, f := range forms {
		if f.W != 0 {
			below = max(below, f.Y+f.H+1)
		}
	}
	for i := range out {
		if f := &out[i]; f.W == 0 && f.H == 0 && f.X == 0 && f.Y == 0 {
			f.Y, f.W, f.H = below, min(max(len(f.Numbers), rowLeast), rowMost), 1
			below += rowDistance
		}
	}
	return out
}

// LotRange writes the numbers from first to last. Error: lot.range.
func LotRange(first, last int) ([]string, error) {
	if first < 1 || last < first || last-first >= MaxLots {
		return nil, NewError(Invalid, "lot.range", "max", MaxLots)
	}
	numbers := make([]string, 0, last-first+1)
	for n := first; n <= last; n++ {
		numbers = append(numbers, strconv.Itoa(n))
	}
	return numbers, nil
}

// ParseLanes reads a plan written as lines – the lane, what is sold there, and its lots:
// "C; sayur; 1-40, 42, 44A" – with semicolons or, as copied from a spreadsheet, tabs. All faults are
// found at once; n is the line. Errors: lane.line, lane.range, field.too_many.
func ParseLanes(text string) (forms []LaneForm, err error) {
	var es Errors
	for i, line := range strings.Split(text, "\n") {
		line = strings.Trim(line, " \r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(line, ";")
		if len(parts) == 1 {
			parts = strings.Split(line, "\t")
		}
		if len(parts) != 3 || strings.TrimSpace(parts[0]) == "" {
			es = append(es, NewError(Invalid, "lane.line", "n", i+1).At("lines"))
			continue
		}
		numbers, err := parseNumbers(parts[2])
		if err != nil {
			es = append(es, NewError(Invalid, "lane.range", "n", i+1, "max", MaxLots).At("lines"))
			continue
		}
		if forms = append(forms, LaneForm{Name: parts[0], Trade: parts[1], Numbers: numbers}); len(forms) > MaxLanes {
			es = append(es, NewError(Invalid, "field.too_many", "max", MaxLanes).At("lines"))
			break
		}
	}
	return forms, es.OrNil()
}

// parseNumbers reads "1-40, 42, 44A": a hyphen between two whole numbers makes all between them.
func parseNumbers(text string) (numbers []string, err error) {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		from, to, ranged := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		first, err1 := strconv.Atoi(strings.TrimSpace(from))
		last, err2 := strconv.Atoi(strings.TrimSpace(to))
		if !ranged || err1 != nil || err2 != nil {
			numbers = append(numbers, part)
			continue
		}
		more, err := LotRange(first, last)
		if err != nil {
			return nil, err
		}
		if numbers = append(numbers, more...); len(numbers) > MaxLots {
			return nil, NewError(Invalid, "lot.range", "max", MaxLots)
		}
	}
	return numbers, nil
}
