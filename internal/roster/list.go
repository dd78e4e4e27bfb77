package roster

import (
	"hash/fnv"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/match"
)

// list is what is remembered of the rows before, in a few bytes each.
type list struct {
	niks       map[jaring.NIK]int32
	people     map[uint64]int32
	valid      int // NIK of sixteen digits
	zeroTails  int // of these, with 0 at the end
	monthFirst int // dates that only make sense with the month first
}

func newList() list {
	return list{niks: map[jaring.NIK]int32{}, people: map[uint64]int32{}}
}

// inList finds rows before with the same NIK, or with the same name and birth date. Findings:
// roster.duplicate (reject), roster.maybe_same (warn, to be confirmed), both args row.
func (j *Judge) inList(e *Entry, p *Prepared) {
	l := &j.list
	if p.monthFirst {
		l.monthFirst++
	}
	if !e.NIK.IsZero() {
		l.valid++
		if e.NIK.EndsInZero() {
			l.zeroTails++
		}
		if first, seen := l.niks[e.NIK]; seen {
			e.find(jaring.Reject, NIK, "roster.duplicate", "row", int(first)).final()
			return
		}
		l.niks[e.NIK] = int32(e.Row)
	}
	if p.who == 0 {
		return
	}
	if first, seen := l.people[p.who]; seen {
		e.find(jaring.Warn, Name, "roster.maybe_same", "row", int(first)).Confirm = true
		return
	}
	l.people[p.who] = int32(e.Row)
}

// personKey is a hash of name and birth date as they sound.
func personKey(name, birth string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(match.FoldName(name)))
	_, _ = h.Write([]byte(birth))
	return h.Sum64()
}

const (
	leastTails = 20 // so many NIK before their last digits say anything
	tailShare  = 90 // of a hundred
)

// End is what the rows say together, about the whole file. row is that of the heading. Findings:
// roster.nik_tails (reject, or warn once somebody has accepted it; args n, all), roster.month_first (warn; args n).
func (j *Judge) End(row int) []Finding {
	e, l := Entry{Row: row}, &j.list
	if l.valid >= leastTails && l.zeroTails*100 >= l.valid*tailShare {
		f := e.find(jaring.Reject, NIK, "roster.nik_tails", "n", l.zeroTails, "all", l.valid)
		if m := j.mends[row]; slices.Contains(m.Accepted, f.Key) {
			f.Verdict = jaring.Warn
			j.tell(&e, m)
		}
	}
	if l.monthFirst > 0 {
		e.find(jaring.Warn, BirthDate, "roster.month_first", "n", l.monthFirst)
	}
	j.sum.Findings += len(e.Findings)
	return e.Findings
}
