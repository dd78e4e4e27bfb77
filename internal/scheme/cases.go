package scheme

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"jaring/internal/jaring"
)

// Report is the outcome of a file of worked cases.
type Report struct {
	Cases    int
	Findings []CaseFinding // the cases that differ, in the order of the file
}

// Differ is how many cases differ, those that could not be worked included.
func (r Report) Differ() int { return len(r.Findings) }

// CaseFinding is one case that did not come out as its file says. Err tells why
// it could not be worked: an unknown kind, key, value or output is a difference,
// never a pass.
type CaseFinding struct {
	Line     int // in the file, 1-based
	ID       string
	Got      string
	Expected string
	Err      error
}

// RunCases works the cases of a CSV file with the columns id, kind, inputs and
// expected (others are left alone) by the shipped rules. docs/rules/cases.md is
// their language. Errors: cases.malformed, cases.column (a column is missing).
func RunCases(file io.Reader) (Report, error) { return Load().RunCases(file, nil) }

// RunCases is RunCases by the rules of b. areaKnown tells whether the area code
// of a NIK exists; nil takes every code for known.
func (b *Book) RunCases(file io.Reader, areaKnown func(issuance string) bool) (Report, error) {
	rows := csv.NewReader(file)
	rows.FieldsPerRecord = -1
	header, err := rows.Read()
	if err != nil {
		return Report{}, unreadable(err)
	}
	columns, err := caseColumns(header)
	if err != nil {
		return Report{}, err
	}
	var report Report
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return report, nil
		}
		if err != nil {
			return report, unreadable(err)
		}
		line, _ := rows.FieldPos(0)
		report.Cases++
		if f := b.runCase(columns, row, areaKnown); f != nil {
			f.Line = line
			report.Findings = append(report.Findings, *f)
		}
	}
}

func unreadable(err error) error {
	e := jaring.NewError(jaring.Invalid, "cases.malformed", "text", err.Error())
	e.Err = err
	return e
}

// caseColumns finds the four columns by their names.
func caseColumns(header []string) (columns [4]int, err error) {
	if len(header) > 0 {
		header[0] = strings.TrimPrefix(header[0], "\ufeff")
	}
	for i, name := range []string{"id", "kind", "inputs", "expected"} {
		if columns[i] = slices.Index(header, name); columns[i] < 0 {
			return columns, jaring.NewError(jaring.Invalid, "cases.column", "name", name)
		}
	}
	return columns, nil
}

// runCase works one row; nil when it comes out as expected.
func (b *Book) runCase(columns [4]int, row []string, areaKnown func(string) bool) *CaseFinding {
	var cell [4]string
	for i, at := range columns {
		if at >= len(row) {
			return &CaseFinding{ID: row[0], Err: caseError("case.short")}
		}
		cell[i] = row[at]
	}
	f := &CaseFinding{ID: cell[0], Expected: cell[3]}
	in, err := parseInputs(cell[1], cell[2])
	if err != nil {
		f.Err = err
		return f
	}
	in.areaKnown = areaKnown
	f.Got, f.Err = b.work(in)
	if f.Err == nil {
		var same bool
		if same, f.Err = sameAnswer(f.Got, f.Expected); same && f.Err == nil {
			return nil
		}
	}
	return f
}

// work answers one case.
func (b *Book) work(in *inputs) (string, error) {
	switch in.kind {
	case "contribution", "adjustment":
		return b.workContribution(in)
	case "benefit":
		return b.workBenefit(in)
	}
	return b.workEligibility(in)
}

var verdictWords = []string{
	"ELIGIBLE", "NOT_ELIGIBLE", "VALID", "INVALID", "ALLOWED", "NOT_ALLOWED", "IN_TIME", "EXPIRED", "OK", "WARN", "REJECT",
	"ACTIVE", "ARREARS", "ENDED_OR_INACTIVE",
}

// sameAnswer compares what came out with what the file expects, which must itself
// be a whole number of rupiah, a date, a list of programmes or a verdict. Error:
// case.expected.
func sameAnswer(got, expected string) (bool, error) {
	if slices.Contains(verdictWords, expected) || isWholeNumber(expected) {
		return got == expected, nil
	}
	if _, err := jaring.ParseDay(expected); err == nil {
		return got == expected, nil
	}
	if ps, err := jaring.ParsePrograms(expected); err == nil && len(ps) > 0 {
		return got == ps.String(), nil
	}
	return false, caseError("case.expected", "text", expected)
}

func isWholeNumber(s string) bool {
	return s != "" && len(s) <= 18 && strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0')
}

func caseError(key string, pairs ...any) *jaring.Error {
	return jaring.NewError(jaring.Invalid, key, pairs...)
}
