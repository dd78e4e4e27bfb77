package sheet

import (
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// Listening is who hears of a check; each may be nil.
type Listening struct {
	Tell  func(roster.Finding) error // what there is to say: row by row, and of the whole file at the end
	Entry func(*roster.Entry) error  // each judged row, before its findings
	Book  Book
}

// Book holds judged rows that may come along against a book, and lets each hear of it; see roster.Entry.Hear.
type Book func([]*roster.Entry) error

// Check judges every row of a list without asking a book; see Listening.
func (l *Roster) Check(j *roster.Judge, tell func(roster.Finding) error, entry func(*roster.Entry) error) error {
	return l.Listen(j, Listening{Tell: tell, Entry: entry})
}

// Listen judges every row of a list. Errors: those of Each and of who listens, error.internal.
func (l *Roster) Listen(j *roster.Judge, to Listening) error {
	c := check{judge: j, to: to}
	if err := c.through(l); err != nil {
		return err
	}
	return c.say(j.End(l.Heading.Last)...)
}

// check is a check under way.
type check struct {
	judge *roster.Judge
	to    Listening
}

func (c *check) say(findings ...roster.Finding) error {
	for i := 0; c.to.Tell != nil && i < len(findings); i++ {
		if err := c.to.Tell(findings[i]); err != nil {
			return err
		}
	}
	return nil
}

// finish judges the rows of a batch among the others and asks the book about them.
func (c *check) finish(b *batch) error {
	entries, asked := make([]roster.Entry, len(b.lines)), []*roster.Entry(nil)
	for i := range b.lines {
		if w := &b.lines[i]; w.aside == nil {
			entries[i] = c.judge.Finish(&w.ready)
			if c.to.Book != nil && entries[i].Verdict != jaring.Reject {
				asked = append(asked, &entries[i])
			}
		}
	}
	if len(asked) > 0 {
		if err := c.to.Book(asked); err != nil {
			return err
		}
	}
	for i := range b.lines {
		if w := &b.lines[i]; w.aside != nil {
			if err := c.say(c.judge.Aside(*w.aside)); err != nil {
				return err
			}
		} else if err := c.row(&entries[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *check) row(e *roster.Entry) error {
	c.judge.Count(e)
	if c.to.Entry != nil {
		if err := c.to.Entry(e); err != nil {
			return err
		}
	}
	return c.say(e.Findings...)
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
	Confirm    bool           `json:"confirm"`  // waits for a second look, unless somebody compares it with the KTP
}

// Say puts a finding into words.
func Say(lang i18n.Lang, f roster.Finding) Finding {
	return Finding{Row: f.Row, Field: f.Field, Verdict: f.Verdict, Code: f.Key, Message: message(lang, f),
		Suggestion: suggestion(lang, f.Suggestion), Mendable: f.Mendable, Confirm: f.Confirm}
}

// message is a finding's sentence; lists have their own where they can say what stands there, or on which day it is so.
func message(lang i18n.Lang, f roster.Finding) string {
	own := "roster.said." + f.Key
	if (f.Args["text"] != nil || f.Args["on"] != nil) && i18n.Known(own) {
		return i18n.Text(lang, own, f.Args)
	}
	return i18n.Error(lang, f.Err())
}

func suggestion(lang i18n.Lang, s roster.Suggestion) string {
	if s.Key != "" {
		return i18n.Text(lang, s.Key, s.Args)
	}
	return s.Value
}

// kind is how a finding is coloured and called: mend, reject, hold, confirm or warn.
func (f Finding) kind() string {
	switch {
	case f.Verdict == jaring.Reject && f.Mendable:
		return "mend"
	case f.Verdict == jaring.Warn && f.Confirm:
		return "confirm"
	}
	return f.Verdict.String()
}

// Word is the short word for what a finding asks: correct, not included, second look, compare, note.
func (f Finding) Word(lang i18n.Lang) string {
	return i18n.Text(lang, "roster.verdict."+f.kind(), nil)
}
