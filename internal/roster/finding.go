package roster

import (
	"jaring/internal/jaring"
	"time"
)

// Finding is one thing to say about a row, or with the heading's row about the whole file.
type Finding struct {
	Row int
	jaring.Finding
	Suggestion Suggestion
	Mendable   bool // the person can come along once this is corrected
}

// Suggestion is what may stand there instead. It is offered, never taken. Either Value is what
// to write into the cell, or Key and Args name a sentence, where the cell is a NIK.
type Suggestion struct {
	Value string
	Key   string
	Args  jaring.Args
}

// Sum counts rows by their worst finding. Rows = OK + Warned + Rejected.
type Sum struct {
	Rows     int
	OK       int // nothing to say
	Warned   int // may come along; something is odd
	Held     int // of the warned: a second person looks first
	Rejected int
	Mendable int // of the rejected: may come along once corrected
	LeftOut  int // of the rejected: by whoever mends the list
	Findings int
}

func (s *Sum) add(e *Entry) {
	s.Rows++
	s.Findings += len(e.Findings)
	switch {
	case e.Verdict == jaring.Reject:
		s.Rejected++
		if e.LeftOut {
			s.LeftOut++
		}
		if e.Mendable() {
			s.Mendable++
		}
	case e.Verdict == jaring.Pass:
		s.OK++
	default:
		s.Warned++
		if e.Verdict == jaring.Hold {
			s.Held++
		}
	}
}

// Entry is a judged row.
type Entry struct {
	Row      int
	Verdict  jaring.Verdict
	Findings []Finding

	NIK          jaring.NIK          // zero where it could not be read
	Registration jaring.Registration // what was read; without consent, which the sponsor brings
	Source       *Row                // the cells that were judged, as they were mended
	LeftOut      bool                // by whoever mends the list
}

// Hear adds what somebody else has to say of the row: the book.
func (e *Entry) Hear(findings ...Finding) {
	e.Findings = append(e.Findings, findings...)
	e.Verdict = worst(e.Findings)
}

// Complete is the row as a registration of a moment: with the sex that the NIK tells where the list left it out, and
// the consent that whoever sends the list brings.
func (e *Entry) Complete(at time.Time) jaring.Registration {
	r := e.Registration
	if r.Sex == "" {
		_, _, _, told := e.NIK.Birth()
		r.Sex = string(told)
	}
	if r.MonthlyIncome == nil {
		r.LowestBand = true
	}
	r.Consent = jaring.Consent{NoticeVersion: "sponsor", Channel: "signature", At: at}
	return r
}

// Mendable reports whether all that rejects the row can be corrected.
func (e *Entry) Mendable() bool {
	for _, f := range e.Findings {
		if f.Verdict == jaring.Reject && !f.Mendable {
			return false
		}
	}
	return true
}

func (e *Entry) find(v jaring.Verdict, field Field, key string, pairs ...any) *Finding {
	return e.add(v, jaring.NewError(jaring.Invalid, key, pairs...).At(field.String()))
}

func (e *Entry) add(v jaring.Verdict, err *jaring.Error) *Finding {
	e.Findings = append(e.Findings, Finding{Row: e.Row, Mendable: true,
		Finding: jaring.Finding{Verdict: v, Key: err.Key, Field: err.Field, Args: err.Args}})
	return &e.Findings[len(e.Findings)-1]
}

// suggest sets what to write into the cell.
func (f *Finding) suggest(value string) { f.Suggestion.Value = value }

// final says that no correction helps: somebody else may take the place.
func (f *Finding) final() { f.Mendable = false }
