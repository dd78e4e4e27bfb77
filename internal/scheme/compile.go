package scheme

import (
	"sort"

	"jaring/internal/jaring"
)

// The programmes of a BPU have slots in the tables that the book compiles, so
// that pricing a month is one binary search and a few look-ups.
const (
	slotJKK = iota
	slotJKM
	slotJHT
	slots
)

// slot is the place of p in the tables of BPU, -1 for a programme they cannot have.
func slot(p jaring.Program) int {
	switch p {
	case jaring.JKK:
		return slotJKK
	case jaring.JKM:
		return slotJKM
	case jaring.JHT:
		return slotJHT
	}
	return -1
}

var slotNames = [slots]string{"jkk", "jkm", "jht"}

// bpuMonth is everything that prices a BPU in one month.
type bpuMonth struct {
	bands   *Rule
	edges   []jaring.Rupiah        // lower edge of each row
	amounts [][slots]jaring.Rupiah // due per row and programme, before relief
	rates   [slots]*Rule
	floors  [slots]*Rule
	reliefs []*Rule
}

// compile makes the month tables and the calendar; it runs on a checked book.
func (b *Book) compile() {
	b.every, b.single = map[int]bool{}, map[jaring.Day]bool{}
	for _, r := range b.byKey[keyHoliday] {
		b.addHolidays(r)
	}
	start, end := b.span()
	b.first = start
	for m := start; m <= end; m++ {
		now := b.monthTable(m)
		if n := len(b.bpu); n > 0 && b.bpu[n-1].same(now) {
			now = b.bpu[n-1]
		}
		b.bpu = append(b.bpu, now)
	}
}

// span is the first month in which every BPU table holds, and the last month in
// which anything changes.
func (b *Book) span() (start, end jaring.Month) {
	for _, key := range append(bpuKeys(), keyRelief) {
		for _, r := range b.byKey[key] {
			if key != keyRelief && r == b.byKey[key][0] {
				start = max(start, monthFrom(r.From))
			}
			end = max(end, monthFrom(r.From), r.To.Month()+1)
		}
	}
	return start, max(start, end)
}

func bpuKeys() []string {
	keys := []string{"bpu.bands"}
	for _, name := range slotNames {
		keys = append(keys, "bpu."+name, "bpu.floor."+name)
	}
	return keys
}

// monthFrom is the first contribution month that begins on or after day d.
func monthFrom(d jaring.Day) jaring.Month {
	if d.DayNumber() > 1 {
		return d.Month() + 1
	}
	return d.Month()
}

func (b *Book) monthTable(m jaring.Month) *bpuMonth {
	now := m.First()
	at := func(key string) *Rule {
		r, _ := b.on(key, now) // span begins where all keys hold
		return r
	}
	t := &bpuMonth{bands: at("bpu.bands"), reliefs: b.reliefsOn(now, jaring.BPU)}
	for i, name := range slotNames {
		t.rates[i], t.floors[i] = at("bpu."+name), at("bpu.floor."+name)
	}
	for _, row := range t.bands.Bands {
		t.edges = append(t.edges, row.From)
		var due [slots]jaring.Rupiah
		for i, r := range t.rates {
			due[i] = max(r.share(row.Base), *t.floors[i].Amount)
		}
		t.amounts = append(t.amounts, due)
	}
	return t
}

// share is what the rule takes of base: a ratio of it, or a flat amount.
func (r *Rule) share(base jaring.Rupiah) jaring.Rupiah {
	if r.Amount != nil {
		return *r.Amount
	}
	return r.Ratio.of(base, HalfUp)
}

func (t *bpuMonth) same(o *bpuMonth) bool {
	if t.bands != o.bands || t.rates != o.rates || t.floors != o.floors || len(t.reliefs) != len(o.reliefs) {
		return false
	}
	for i := range t.reliefs {
		if t.reliefs[i] != o.reliefs[i] {
			return false
		}
	}
	return true
}

// row is the row of income: the last whose lower edge does not lie above it.
func (t *bpuMonth) row(income jaring.Rupiah) int {
	low, high := 0, len(t.edges)
	for high-low > 1 {
		if mid := (low + high) / 2; t.edges[mid] <= income {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// table gives the month's table. Error: scheme.no_rule before the first.
func (b *Book) table(m jaring.Month) (*bpuMonth, error) {
	i := int(m - b.first)
	if i < 0 {
		return nil, jaring.NewError(jaring.Invalid, "scheme.no_rule", "rule", "bpu.bands", "day", m.First())
	}
	return b.bpu[min(i, len(b.bpu)-1)], nil
}

// reliefsOn are the reliefs of segment that hold on day, by id.
func (b *Book) reliefsOn(day jaring.Day, segment jaring.Segment) []*Rule {
	var found []*Rule
	for _, r := range b.byKey[keyRelief] {
		if r.inForce(day) && overlap(r.Relief.Segments, []jaring.Segment{segment}) {
			found = append(found, r)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].ID < found[j].ID })
	return found
}
