package main

import (
	"errors"
	"io"
	"os"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/sheet"
)

// RosterFindingsCmd writes the findings into the list.
type RosterFindingsCmd struct {
	listFile
	Out string `arg:"" placeholder:"OUT.xlsx" help:"Where the list with its findings goes."`
}

// Help is shown below the flags.
func (c *RosterFindingsCmd) Help() string {
	return `Example: jaring roster findings pekerja-rentan-2027.xlsx temuan.xlsx --area 15.06
The same rows and columns, with a column of findings, colours and notes. Exit 0: nothing is rejected; 1: something is.
The file holds whole NIK, as the one that came in: keep it as carefully.`
}

// Run writes the file; nobody but its owner can open it. Errors: those of opening, reading and writing.
func (c *RosterFindingsCmd) Run(s *session) error {
	file, judge, err := c.open(s.lang)
	if err != nil {
		return err
	}
	defer file.Close()
	book, done, err := c.inBook(s.ctx)
	if err != nil {
		return err
	}
	defer done()
	var sum roster.Sum
	err = writeFile(c.Out, func(w io.Writer) (err error) {
		sum, err = sheet.WriteFindings(w, file.Roster, judge, book, s.lang)
		return err
	})
	if err != nil {
		return err
	}
	s.say("roster.findings.written", jaring.Args{"path": c.Out})
	report := textReport{out: s.talk, lang: s.lang}
	if err := report.end(sum); err != nil {
		return err
	}
	if sum.Rejected > 0 {
		return errAnswerNo
	}
	return nil
}

// writeFile writes a file whole or not at all. Error: cli.unwritable (args path).
func writeFile(path string, write func(io.Writer) error) error {
	temp := path + ".part"
	file, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return jaring.NewError(jaring.Invalid, "cli.unwritable", "path", path)
	}
	err = errors.Join(write(file), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return os.Rename(temp, path)
}

// RosterTemplateCmd writes an empty list.
type RosterTemplateCmd struct {
	Out  string `arg:"" placeholder:"FILE.xlsx" help:"Where the empty list goes."`
	Area string `placeholder:"CODE" help:"Offer the villages of this area, as 15.06."`
	Lang string `enum:"id,en," default:"" help:"Language of the headings: id or en."`
}

// Help is shown below the flags.
func (c *RosterTemplateCmd) Help() string {
	return "Example: jaring roster template daftar.xlsx --area 15.06"
}

// Run writes the file. Errors: roster.area_unknown (args code), cli.unwritable (args path).
func (c *RosterTemplateCmd) Run(s *session) error {
	lang := s.lang
	if c.Lang != "" {
		lang = i18n.Lang(c.Lang)
	}
	var choices roster.Choices
	if c.Area != "" {
		code, _ := area.ParseCode(c.Area)
		if _, ok := area.Load().Get(code); !ok {
			return jaring.NewError(jaring.Invalid, "roster.area_unknown", "code", c.Area)
		}
		agreed := roster.Agreement{Area: code}
		choices = agreed.Choices(area.Load())
	}
	if err := writeFile(c.Out, func(w io.Writer) error { return sheet.WriteTemplate(w, lang, choices) }); err != nil {
		return err
	}
	s.say("roster.template.written", jaring.Args{"path": c.Out})
	return nil
}
