package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/sheet"
)

// RosterCmd is about the lists that sponsors send.
type RosterCmd struct {
	Check    RosterCheckCmd    `cmd:"" help:"Judge each row of a list."`
	Findings RosterFindingsCmd `cmd:"" help:"Write the list with its findings, to be corrected and sent again."`
	Template RosterTemplateCmd `cmd:"" help:"Write an empty list with its headings and choices."`
}

// listFile is the list and how it is judged.
type listFile struct {
	File  string `arg:"" help:"XLSX or CSV."`
	Area  string `placeholder:"CODE" help:"Where villages are looked for and people must live, as 15.06."`
	Terms string `placeholder:"FILE" help:"What the agreement asks for, as JSON: income_ceiling, occupations, domicile, max_decile, quota, start …"`
	Sheet string `placeholder:"NAME" help:"The sheet, where several hold a list."`
	DB    string `name:"db" placeholder:"URL" help:"Look too who is registered already, and which months are paid, in this database."`
	Month string `placeholder:"MONTH" help:"With --db: the first month that the sponsor pays, as 2027-01. This month without it."`
	Pays  int    `name:"months" default:"12" placeholder:"N" help:"With --db: how many months."`
	Keys  string `env:"JARING_KEY_FILE" placeholder:"FILE" help:"Key set of the database. A demo on SQLite has its own beside it."`
}

// termsFile is what a file of terms may say.
type termsFile struct {
	Area          area.Code         `json:"area"`
	Start         jaring.Day        `json:"start"`
	Programs      []string          `json:"programs"`
	IncomeCeiling jaring.Rupiah     `json:"income_ceiling"`
	Occupations   []string          `json:"occupations"`
	Domicile      []area.Code       `json:"domicile"`
	MaxDecile     int               `json:"max_decile"`
	Quota         map[area.Code]int `json:"quota"`
	QuotaEach     int               `json:"quota_each"`
}

// agreement reads what the flags say. Errors: roster.criteria_file (args path), those of
// roster.Agreement.Check and jaring.NewPrograms.
func (l *listFile) agreement(areas *area.Tree) (roster.Agreement, error) {
	var said termsFile
	if l.Terms != "" {
		file, err := os.Open(l.Terms)
		if err != nil {
			return roster.Agreement{}, jaring.NewError(jaring.Invalid, "roster.criteria_file", "path", l.Terms)
		}
		defer file.Close()
		in := json.NewDecoder(file)
		in.DisallowUnknownFields()
		if err := in.Decode(&said); err != nil {
			return roster.Agreement{}, jaring.NewError(jaring.Invalid, "roster.criteria_file", "path", l.Terms)
		}
	}
	programs, err := jaring.NewPrograms(said.Programs...)
	if err != nil {
		return roster.Agreement{}, err
	}
	a := roster.Agreement{Area: said.Area, Start: said.Start, Programs: programs, IncomeCeiling: said.IncomeCeiling, Occupations: said.Occupations,
		Domicile: said.Domicile, MaxDecile: said.MaxDecile, Quota: said.Quota, QuotaEach: said.QuotaEach}
	if l.Area != "" {
		a.Area = area.Code(l.Area)
		if code, ok := area.ParseCode(l.Area); ok {
			a.Area = code
		}
	}
	return a, a.Check(areas)
}

// open opens the list and prepares its judge. Whoever opens closes.
func (l *listFile) open(lang i18n.Lang) (*sheet.File, *roster.Judge, error) {
	areas := area.Load()
	a, err := l.agreement(areas)
	if err != nil {
		return nil, nil, err
	}
	file, err := sheet.OpenFile(l.File, lang, sheet.Options{Sheet: l.Sheet})
	if err != nil {
		return nil, nil, err
	}
	return file, roster.NewJudge(a, areas, jaring.DayIn(time.Now(), app.Zone(""))), nil
}

// inBook opens the database that --db names and holds rows against it as a list that is sent; nil without --db. Errors:
// those of openHouse and of the month.
func (l *listFile) inBook(ctx context.Context) (sheet.Book, func() error, error) {
	if l.DB == "" {
		return nil, func() error { return nil }, nil
	}
	acts, _, done, err := openHouse(ctx, withKeys{onDatabase: onDatabase{DB: l.DB}, Keys: l.Keys})
	if err != nil {
		return nil, nil, err
	}
	form := jaring.Agreement{FirstMonth: jaring.DayIn(time.Now(), app.Zone("")).Month(), Months: l.Pays}
	if l.Month != "" {
		if form.FirstMonth, err = jaring.ParseMonth(l.Month); err != nil {
			return nil, nil, errors.Join(err, done())
		}
	}
	return func(entries []*roster.Entry) error { return acts.HoldListed(ctx, entries, form) }, done, nil
}

// RosterCheckCmd judges a list.
type RosterCheckCmd struct {
	listFile
	JSON bool `name:"json" help:"One JSON object on stdout."`
}

// Help is shown below the flags.
func (c *RosterCheckCmd) Help() string {
	return `Example: jaring roster check pekerja-rentan-2027.xlsx --area 15.06
Prints what there is to say of each row, as the spreadsheet numbers it. Exit 0: nothing is rejected; 1: something is;
2: the file cannot be read. Nothing is stored and no NIK is printed.`
}

// Run prints on stdout. Errors: those of opening and reading, exit code 2.
func (c *RosterCheckCmd) Run(s *session) error {
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
	out := bufio.NewWriter(s.out)
	var report reporter = &textReport{out: out, lang: s.lang}
	if c.JSON {
		report = &jsonReport{out: out}
	}
	rejects := false
	err = file.Listen(judge, sheet.Listening{Tell: func(f roster.Finding) error {
		rejects = rejects || f.Verdict == jaring.Reject
		return report.add(sheet.Say(s.lang, f))
	}, Entry: func(*roster.Entry) error { return s.ctx.Err() }, Book: book})
	if err != nil {
		return errors.Join(err, report.drop())
	}
	if err := errors.Join(report.end(judge.Sum()), out.Flush()); err != nil {
		return err
	}
	if rejects {
		return errAnswerNo
	}
	return nil
}

// reporter writes findings as they come and their sum at the end.
type reporter interface {
	add(sheet.Finding) error
	end(roster.Sum) error
	drop() error // what was gathered, when the file turns out unreadable
}

type textReport struct {
	out  io.Writer
	lang i18n.Lang
}

func (r *textReport) add(f sheet.Finding) error {
	field := i18n.Text(r.lang, "roster.field."+f.Field, nil)
	if f.Field == "" {
		field = "–"
	}
	hint := ""
	if f.Suggestion != "" {
		hint = " → " + f.Suggestion
	}
	_, err := fmt.Fprintf(r.out, "%6d  %-18s  %-14s  %s%s\n", f.Row, f.Word(r.lang), field, f.Message, hint)
	return err
}

func (r *textReport) end(sum roster.Sum) error {
	_, err := fmt.Fprintln(r.out, i18n.Text(r.lang, "roster.check.done", jaring.Args{"rows": sum.Rows, "ok": sum.OK, "warned": sum.Warned,
		"rejected": sum.Rejected, "mendable": sum.Mendable}))
	return err
}

func (r *textReport) drop() error { return nil }

// jsonReport is one object with the sum first. Findings wait for it in memory and, when
// they are many, in a file that nobody else can open.
type jsonReport struct {
	out   *bufio.Writer
	kept  []byte
	spill *os.File
	n     int
}

// keptFindings is how many bytes of findings wait in memory.
const keptFindings = 4 << 20

func (r *jsonReport) add(f sheet.Finding) error {
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if r.n++; r.n > 1 {
		r.kept = append(r.kept, ',')
	}
	r.kept = append(r.kept, line...)
	if len(r.kept) < keptFindings {
		return nil
	}
	return r.spillOver()
}

func (r *jsonReport) spillOver() (err error) {
	if r.spill == nil {
		if r.spill, err = os.CreateTemp("", "jaring-findings-*"); err != nil {
			return err
		}
	}
	_, err = r.spill.Write(r.kept)
	r.kept = r.kept[:0]
	return err
}

func (r *jsonReport) end(sum roster.Sum) error {
	fmt.Fprintf(r.out, `{"rows":%d,"ok":%d,"warned":%d,"rejected":%d,"held":%d,"mendable":%d,"findings":[`,
		sum.Rows, sum.OK, sum.Warned, sum.Rejected, sum.Held, sum.Mendable)
	if r.spill != nil {
		if _, err := r.spill.Seek(0, io.SeekStart); err != nil {
			return errors.Join(err, r.drop())
		}
		if _, err := io.Copy(r.out, r.spill); err != nil {
			return errors.Join(err, r.drop())
		}
	}
	_, err := r.out.Write(append(r.kept, "]}\n"...))
	return errors.Join(err, r.drop())
}

func (r *jsonReport) drop() error {
	if r.spill == nil {
		return nil
	}
	return errors.Join(r.spill.Close(), os.Remove(r.spill.Name()))
}
