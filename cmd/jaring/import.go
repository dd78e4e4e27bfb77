package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

// ImportCmd brings in what others have counted.
type ImportCmd struct {
	Targets    ImportTargetsCmd    `cmd:"" help:"Targets of a year."`
	Potentials ImportPotentialsCmd `cmd:"" help:"Potentials and gaps."`
}

// figureFile is a file of figures and how it is brought in.
type figureFile struct {
	withKeys
	CSV    string `name:"csv" required:"" placeholder:"FILE" help:"Columns: office, year, unit, part, value, source, as_of; area and kind may be there too. Indonesian headings do as well."`
	Reason string `placeholder:"TEXT" help:"Change figures that are there with another value, for this reason."`
	DryRun bool   `help:"Judge the file and write nothing."`
	JSON   bool   `name:"json" help:"One JSON object on stdout."`
}

const importHelp = `
A line is one figure: office (its name), year (2026), unit (person, employer), part (all, BPU, PU, micro_small, micro,
small, medium, large), value, source and as_of (the source's date). A file enters whole or not at all. Exit 0: done;
1: there are findings; 2: the file cannot be read.`

// ImportTargetsCmd brings in targets.
type ImportTargetsCmd struct{ figureFile }

// Help is shown below the flags.
func (c *ImportTargetsCmd) Help() string {
	return "Example: jaring import targets --csv sasaran-2026.csv --db sqlite:data/jaring.db\n" + importHelp
}

// Run prints what the file came to. Errors: those of reading and of outreach.ImportFigures.
func (c *ImportTargetsCmd) Run(s *session) error { return c.bring(s, jaring.FigureTarget) }

// ImportPotentialsCmd brings in potentials and gaps.
type ImportPotentialsCmd struct{ figureFile }

// Help is shown below the flags.
func (c *ImportPotentialsCmd) Help() string {
	return "Example: jaring import potentials --csv potensi.csv --db sqlite:data/jaring.db\n" + importHelp +
		"\nThe column kind says potential (without it too) or gap: who was not a member yet on the day. A gap is no potential."
}

// Run prints what the file came to. Errors: those of reading and of outreach.ImportFigures.
func (c *ImportPotentialsCmd) Run(s *session) error {
	return c.bring(s, jaring.FigurePotential, jaring.FigureGap)
}

func (c *figureFile) bring(s *session, kinds ...jaring.FigureKind) error {
	lines, err := readCSV(c.CSV)
	if err != nil {
		return err
	}
	acts, _, done, err := openHouse(s.ctx, c.withKeys)
	if err != nil {
		return err
	}
	sum, err := acts.ImportFigures(s.ctx, jaring.System, outreach.FigureTable{Lines: lines, Kinds: kinds, Reason: c.Reason, DryRun: c.DryRun})
	if err := errors.Join(err, done()); err != nil {
		return err
	}
	return c.print(s, sum)
}

// importFinding is a finding as --json prints it.
type importFinding struct {
	Line    int    `json:"line"`
	Field   string `json:"field,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (c *figureFile) print(s *session, sum *outreach.FigureImport) error {
	findings := []importFinding{}
	for _, f := range sum.Findings {
		findings = append(findings, importFinding{f.Line, f.Err.Field, f.Err.Key, i18n.Error(s.lang, f.Err)})
	}
	if c.JSON {
		err := json.NewEncoder(s.out).Encode(map[string]any{"lines": sum.Lines, "added": sum.Added, "changed": sum.Changed, "same": sum.Same, "written": !c.DryRun && len(findings) == 0, "findings": findings})
		if err != nil {
			return err
		}
	} else {
		out := bufio.NewWriter(s.out)
		for _, f := range findings {
			_, _ = out.WriteString(i18n.Text(s.lang, "import.line", jaring.Args{"line": f.Line, "text": f.Message}) + "\n")
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	if len(findings) > 0 {
		s.say("import.refused", jaring.Args{"n": len(findings), "lines": sum.Lines})
		return errAnswerNo
	}
	s.say("import.done", jaring.Args{"lines": sum.Lines, "added": sum.Added, "changed": sum.Changed, "same": sum.Same})
	if c.DryRun {
		s.say("import.dry", nil)
	}
	return nil
}

// readCSV reads a small table in UTF-8 or Windows-1252, whose cells are parted by comma, semicolon or tab. Lines keep
// their places: one that is empty is one without cells. Errors: import.no_file, sheet.not_a_table.
func readCSV(path string) (lines [][]string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "import.no_file", "path", path)
	}
	if text = bytes.TrimPrefix(text, []byte("\ufeff")); !utf8.Valid(text) {
		if text, err = charmap.Windows1252.NewDecoder().Bytes(text); err != nil {
			return nil, jaring.NewError(jaring.Invalid, "sheet.not_a_table")
		}
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord, in.LazyQuotes, in.TrimLeadingSpace = -1, true, false
	head, _, _ := bytes.Cut(text, []byte("\n"))
	for _, mark := range []rune{',', ';', '\t'} {
		if bytes.Count(head, []byte(string(mark))) > bytes.Count(head, []byte(string(in.Comma))) {
			in.Comma = mark
		}
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, jaring.NewError(jaring.Invalid, "sheet.not_a_table")
		}
		line, _ := in.FieldPos(0)
		for len(lines) < line-1 {
			lines = append(lines, nil)
		}
		lines = append(lines, cells)
	}
}
