package roster

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jaring/internal/jaring"
)

// Mend is what somebody wrote beside a row instead of into the file: the row is judged with it, and the file stays
// as it was sent.
type Mend struct {
	Cells    map[Field]string // what stands there instead; empty for nothing
	LeftOut  bool             // the person does not come along
	Accepted []string         // keys of what waited for a second look, and has had it
	By       string           // the name of who did it
	Reason   string           // of what is accepted
}

// Mended lets rows be judged as they were mended, by their number; that of the heading stands for the whole file.
func (j *Judge) Mended(mends map[int]Mend) { j.mends = mends }

// Overlay puts what was mended into a row.
func (m Mend) Overlay(row *Row) {
	for f, text := range m.Cells {
		row.Cells[f] = Cell{Text: strings.TrimSpace(text)}
	}
}

// leave passes over somebody who is left out: the NIK and the place in the village are free for others. Finding:
// roster.left_out (reject; args name).
func (j *Judge) leave(e *Entry, m Mend) {
	e.Findings = nil
	e.find(jaring.Reject, NoField, "roster.left_out", "name", m.By).final()
	e.Verdict, e.LeftOut = jaring.Reject, true
	e.NIK, e.Registration = jaring.NIK{}, jaring.Registration{}
}

// tell says who mended a row. Findings: roster.mended (pass; args name), roster.accepted (pass; args name, reason).
func (j *Judge) tell(e *Entry, m Mend) {
	if len(m.Cells) > 0 {
		e.find(jaring.Pass, NoField, "roster.mended", "name", m.By)
	}
	if len(m.Accepted) > 0 {
		e.find(jaring.Pass, NoField, "roster.accepted", "name", m.By, "reason", m.Reason)
	}
}

// Settle softens what waited for a second look and has had it, in place.
func (m Mend) Settle(findings []Finding) {
	for i := range findings {
		if f := &findings[i]; (f.Verdict == jaring.Hold || f.Confirm) && slices.Contains(m.Accepted, f.Key) {
			f.Confirm, f.Verdict = false, min(f.Verdict, jaring.Warn)
		}
	}
}

// Offer is what a finding's suggestion comes to: which cell it would change, and to what. ok is false where it names
// no single value. row is the row that was judged.
func Offer(row *Row, f Finding) (field Field, text string, ok bool) {
	switch s := f.Suggestion; {
	case f.Key == "roster.village_ambiguous":
		return NoField, "", false
	case s.Value != "":
		field = fieldOf(f.Field)
		return field, s.Value, field != NoField
	case s.Key == "sex.m":
		return Sex, "L", true
	case s.Key == "sex.f":
		return Sex, "P", true
	case s.Key == "roster.suggest.no_gaps", s.Key == "roster.suggest.letters":
		text, _ = plainNIK(row.text(NIK))
		return NIK, text, text != ""
	case s.Key == "roster.suggest.swap":
		text, ok = swapped(row.text(NIK), s.Args["a"], s.Args["b"])
		return NIK, text, ok
	}
	return NoField, "", false
}

// Options are the values that a finding offers, where they are several.
func Options(f Finding) []string {
	if f.Key != "roster.village_ambiguous" || f.Suggestion.Value == "" {
		return nil
	}
	return strings.Split(f.Suggestion.Value, " / ")
}

// swapped changes the places of two digits, counted from 1.
func swapped(nik string, a, b any) (string, bool) {
	digits := []byte(nik)
	i, j := place(a), place(b)
	if _, err := jaring.ParseNIK(nik); err != nil || min(i, j) < 1 || max(i, j) > len(digits) {
		return "", false
	}
	digits[i-1], digits[j-1] = digits[j-1], digits[i-1]
	return string(digits), true
}

// place reads a number that may have been through JSON.
func place(n any) int {
	switch v := n.(type) {
	case int:
		return v
	case float64:
		return int(v)
	case string:
		i, _ := strconv.Atoi(v)
		return i
	}
	return 0
}

// NewMend judges what somebody types in the place of cells: names of fields as findings have them. A village that is
// mended stands alone: the district of before does not contradict it. Errors: field.unknown (args field),
// field.too_long (args max).
func NewMend(said map[string]string) (map[Field]string, error) {
	cells := map[Field]string{}
	var errs jaring.Errors
	for name, text := range said {
		f := fieldOf(name)
		switch {
		case f == NoField:
			errs = append(errs, jaring.NewError(jaring.Invalid, "field.unknown", "field", short(name)))
		case len([]rune(text)) > mostText:
			errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_long", "max", mostText).At(name))
		}
		cells[f] = text
	}
	if _, ok := cells[Village]; ok {
		for _, f := range []Field{District, Regency} {
			if _, said := cells[f]; !said {
				cells[f] = ""
			}
		}
	}
	return cells, errs.OrNil()
}

// Who is the name that stands in the row.
func (r *Row) Who() string { return short(r.text(Name)) }

// Masked is the NIK of the row, as far as it may be shown.
func (r *Row) Masked() string { return MaskNIK(r.text(NIK)) }

// MaskNIK hides all of a text that stands for a NIK but its first two digits; of what a spreadsheet made a number of,
// the exponent stays to be seen.
func MaskNIK(text string) string {
	if nik, err := jaring.ParseNIK(text); err == nil {
		return nik.String()
	}
	const most = 24 // of characters: what is no NIK may be anything
	exponent := ""
	if i := strings.LastIndexAny(text, "eE"); i > 0 && strings.ContainsAny(text[:i], "0123456789") {
		text, exponent = text[:i], short(text[i:])
	}
	if all := []rune(text); len(all) > most {
		text = string(all[:most]) + "…"
	}
	shown := 0
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.IsDigit(r):
			if shown++; shown > 2 {
				return '•'
			}
		}
		return r
	}, text) + exponent
}
