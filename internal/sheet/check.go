package sheet

import (
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// Check judges every row of a list. tell gets what there is to say: row by row, and of the
// whole file at the end; entry gets each judged row (either may be nil). Errors: those of Each, of
// tell and entry.
func (l *Roster) Check(j *roster.Judge, tell func(roster.Finding) error, entry func(*roster.Entry) error) error {
	say := func(findings []roster.Finding) error {
		for i := 0; tell != nil && i < len(findings); i++ {
			if err := tell(findings[i]); err != nil {
				return err
			}
		}
		return nil
	}
	err := l.Each(func(row roster.Row) error {
		e := j.Judge(row)
		if entry != nil {
			if err := entry(&e); err != nil {
				return err
			}
		}
		return say(e.Findings)
	}, func(line roster.Line) error { return say([]roster.Finding{j.Aside(line)}) })
	if err != nil {
		return err
	}
	return say(j.End(l.Heading.Last))
}

// Finding is a finding as people and programs read it; its JSON is stable.
type Finding struct {
	Row        int            `json:"row"`
	Field      string         `json:"field"`
	Verdict    jaring.Verdict `json:"verdict"`
	Code       string         `json:"code"`
	Message    string         `json:"message"`
	Suggestion string         `json:"suggestion"`
	Mendable   bool           `json:"mendable"` // the person can come along once this is corrected
}

// Say puts a finding into words.
func Say(lang i18n.Lang, f roster.Finding) Finding {
	return Finding{Row: f.Row, Field: f.Field, Verdict: f.Verdict, Code: f.Key, Message: i18n.Error(lang, f.Err()),
		Suggestion: suggestion(lang, f.Suggestion), Mendable: f.Mendable}
}

func suggestion(lang i18n.Lang, s roster.Suggestion) string {
	if s.Key != "" {
		return i18n.Text(lang, s.Key, s.Args)
	}
	return s.Value
}

// Word is the short word for what a finding asks: correct, not included, second look, note.
func (f Finding) Word(lang i18n.Lang) string {
	verdict := f.Verdict.String()
	if f.Verdict == jaring.Reject && f.Mendable {
		verdict = "mend"
	}
	return i18n.Text(lang, "roster.verdict."+verdict, nil)
}
