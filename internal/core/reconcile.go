package core

import (
	"fmt"
	"iter"
	"strings"

	"jaring/internal/jaring"
)

// Held is what Jaring believes that the core holds of one message that was sent.
type Held struct {
	MessageID    MessageID
	Acknowledged jaring.Day // the core's day of acknowledgement; 0 while none has come
	KPJ          string
	Programs     jaring.Programs
	From, To     jaring.Month
}

// DifferenceKind says in what a view and a statement differ.
type DifferenceKind string

// The kinds of differences. Each has a sentence for people under Key.
const (
	MissingAtCore  DifferenceKind = "missing_at_core" // acknowledged by the statement's day, and not in it
	UnknownHere    DifferenceKind = "unknown_here"    // in the statement, never sent or stated twice
	KPJDiffers     DifferenceKind = "kpj_differs"     // also when the core holds what we know no acknowledgement of
	ProgramsDiffer DifferenceKind = "programmes_differ"
	MonthsDiffer   DifferenceKind = "months_differ"
)

// DifferenceKinds are all kinds.
var DifferenceKinds = []DifferenceKind{MissingAtCore, UnknownHere, KPJDiffers, ProgramsDiffer, MonthsDiffer}

// Key is the name of the kind's sentence.
func (k DifferenceKind) Key() string { return "core.difference." + string(k) }

// Difference is one thing that somebody has to look at.
type Difference struct {
	Kind         DifferenceKind
	MessageID    MessageID
	WorkerID     jaring.WorkerID
	MembershipID jaring.MembershipID
	Ours, Theirs string // KPJ, JKK+JKM, 2026-10…2026-12; empty where one side has nothing
}

// Report counts a reconciliation.
type Report struct {
	Ours, Theirs int // rows compared
	Count        map[DifferenceKind]int
}

// Differences is the number of all differences.
func (r Report) Differences() int {
	n := 0
	for _, count := range r.Count {
		n += count
	}
	return n
}

// Reconcile compares what Jaring believes with the core's statement of day and tells
// each difference, in the order of message ids. Both sides come in that order and are
// walked once, so memory does not grow with them. An error of a side, or of found,
// ends it; so does a side that is out of order.
func Reconcile(day jaring.Day, ours iter.Seq2[Held, error], theirs iter.Seq2[StatementRow, error], found func(Difference) error) (Report, error) {
	r := reconciliation{day: day, found: found, report: Report{Count: map[DifferenceKind]int{}}}
	nextOurs, stopOurs := iter.Pull2(ours)
	defer stopOurs()
	nextTheirs, stopTheirs := iter.Pull2(theirs)
	defer stopTheirs()
	left := side[Held]{next: nextOurs, id: func(h Held) MessageID { return h.MessageID }}
	right := side[StatementRow]{next: nextTheirs, id: func(s StatementRow) MessageID { return s.MessageID }, repeats: true}
	err := r.walk(&left, &right)
	r.report.Ours, r.report.Theirs = left.read, right.read
	return r.report, err
}

// side is one of two ordered lists with its next row in hand.
type side[T any] struct {
	next    func() (T, error, bool)
	id      func(T) MessageID
	repeats bool // an id may come twice
	row     T
	at      MessageID
	open    bool
	read    int
}

func (s *side[T]) advance() error {
	row, err, ok := s.next()
	if s.open = ok; err != nil || !ok {
		return err
	}
	id := s.id(row)
	if order := strings.Compare(string(id), string(s.at)); s.read > 0 && (order < 0 || order == 0 && !s.repeats) {
		return jaring.InternalError(fmt.Errorf("reconcile: %s after %s", id, s.at))
	}
	s.row, s.at = row, id
	s.read++
	return nil
}

type reconciliation struct {
	day    jaring.Day
	found  func(Difference) error
	report Report
}

func (r *reconciliation) walk(ours *side[Held], theirs *side[StatementRow]) error {
	if err := ours.advance(); err != nil {
		return err
	}
	if err := theirs.advance(); err != nil {
		return err
	}
	for ours.open || theirs.open {
		var err error
		switch {
		case !theirs.open || ours.open && ours.at < theirs.at:
			if err = r.missing(ours.row); err == nil {
				err = ours.advance()
			}
		case !ours.open || theirs.at < ours.at:
			if err = r.tell(UnknownHere, theirs.at, "", theirs.row.KPJ); err == nil {
				err = theirs.advance()
			}
		default:
			if err = r.compare(ours.row, theirs.row); err == nil {
				err = ours.advance()
			}
			if err == nil {
				err = theirs.advance()
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// missing judges a row that the statement lacks: what waits for its answer, or was
// acknowledged after the day, is rightly not there.
func (r *reconciliation) missing(h Held) error {
	if h.Acknowledged == 0 || h.Acknowledged > r.day {
		return nil
	}
	return r.tell(MissingAtCore, h.MessageID, h.KPJ, "")
}

func (r *reconciliation) compare(h Held, s StatementRow) error {
	if h.KPJ != s.KPJ {
		if err := r.tell(KPJDiffers, h.MessageID, h.KPJ, s.KPJ); err != nil {
			return err
		}
	}
	if a, b := h.Programs.String(), s.Programs.String(); a != b {
		if err := r.tell(ProgramsDiffer, h.MessageID, a, b); err != nil {
			return err
		}
	}
	if h.From != s.From || h.To != s.To {
		return r.tell(MonthsDiffer, h.MessageID, span(h.From, h.To), span(s.From, s.To))
	}
	return nil
}

func span(from, to jaring.Month) string { return from.String() + "…" + to.String() }

func (r *reconciliation) tell(kind DifferenceKind, id MessageID, ours, theirs string) error {
	worker, membership, _ := id.Parts()
	r.report.Count[kind]++
	return r.found(Difference{kind, id, worker, membership, ours, theirs})
}

// Rows walks a slice as a side of Reconcile.
func Rows[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}
