package jaring

import "slices"

// Verdict is what a finding asks for. Verdicts are ordered: of several findings
// the worst decides, and a larger Verdict is the worse one.
type Verdict uint8

// The verdicts, mildest first.
const (
	Pass   Verdict = iota // nothing to say
	Warn                  // accepted; the person at the stall is told
	Hold                  // kept, and a second person looks before it counts
	Reject                // refused; the sender must mend it
)

// String is the verdict as the API writes it: pass, warn, hold, reject.
func (v Verdict) String() string {
	switch v {
	case Warn:
		return "warn"
	case Hold:
		return "hold"
	case Reject:
		return "reject"
	}
	return "pass"
}

// MarshalText writes the API's word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Finding is one thing that a rule has to say about an input: milder than an
// Error, because the input may still be kept.
type Finding struct {
	Verdict Verdict
	Key     string // the rule, as in Error
	Field   string // as in Error
	Args    Args   // as in Error: never a whole NIK or a mother's name
	Confirm bool   // the person at the stall must confirm it against the KTP; else it goes to a second look
}

// Err is f as an Error of code Invalid, for doors that list both alike.
func (f Finding) Err() *Error {
	return &Error{Code: Invalid, Key: f.Key, Field: f.Field, Args: f.Args}
}

// Worst is the worst verdict of findings; Pass when there are none.
func Worst(findings []Finding) Verdict {
	worst := Pass
	for _, f := range findings {
		worst = max(worst, f.Verdict)
	}
	return worst
}

// Judge is Worst after the stall has spoken: a finding that must be confirmed
// and is not among the confirmed keys counts as Hold at least. A confirmation
// never softens a Hold or a Reject.
func Judge(findings []Finding, confirmed []string) Verdict {
	worst := Worst(findings)
	for _, f := range findings {
		if f.Confirm && !slices.Contains(confirmed, f.Key) {
			worst = max(worst, Hold)
		}
	}
	return worst
}
