package sheet

import (
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"jaring/internal/i18n"
	"jaring/internal/roster"
)

func itoa(n int) string { return strconv.Itoa(n) }

// templateRows is how far down the choices of the template reach.
const templateRows = 20_000

// Hidden sheets that hold choices.
const (
	placesSheet      = "Wilayah"
	occupationsSheet = "Pekerjaan"
)

// WriteTemplate writes an empty list: headings in lang with a note each, cells kept as text so that no
// NIK becomes a number, choices of sex and, where there are any, of villages and occupations.
func WriteTemplate(w io.Writer, lang i18n.Lang, choices roster.Choices) error {
	t := template{file: excelize.NewFile(), lang: lang, sheet: "Daftar", wages: choices.Wages, fields: choices.Fields()}
	defer t.file.Close()
	for _, step := range []func() error{t.headings, t.lengths, t.sexes,
		func() error { return t.offer(roster.Village, placesSheet, choices.Places) },
		func() error { return t.offer(roster.Occupation, occupationsSheet, choices.Occupations) }} {
		if err := step(); err != nil {
			return err
		}
	}
	return t.file.Write(w)
}

type template struct {
	file   *excelize.File
	lang   i18n.Lang
	sheet  string
	wages  bool // an employer's
	fields []roster.Field
}

// column is the letter of a field's column.
func (t *template) column(f roster.Field) string {
	for i, g := range t.fields {
		if f == g {
			return roster.ColumnName(i + 1)
		}
	}
	return ""
}

// below is all of a field's column below the heading.
func (t *template) below(f roster.Field) string {
	return t.column(f) + "2:" + t.column(f) + itoa(templateRows)
}

func (t *template) headings() error {
	if err := t.file.SetSheetName("Sheet1", t.sheet); err != nil {
		return err
	}
	text, err := t.file.NewStyle(&excelize.Style{NumFmt: asText})
	if err != nil {
		return err
	}
	head, err := t.file.NewStyle(&excelize.Style{NumFmt: asText, Font: &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0A5364"}}})
	if err != nil {
		return err
	}
	const width = 22
	last := roster.ColumnName(len(t.fields))
	if err := t.file.SetColStyle(t.sheet, "A:"+last, text); err != nil {
		return err
	}
	if err := t.file.SetColWidth(t.sheet, "A", last, width); err != nil {
		return err
	}
	for _, f := range t.fields {
		cell, name, title := t.column(f)+"1", f.String(), Title(t.lang, f)
		if t.wages && f == roster.Income {
			name, title = "wage", i18n.Text(t.lang, "roster.field.wage", nil)
		}
		if err := t.file.SetCellStr(t.sheet, cell, title); err != nil {
			return err
		}
		note := excelize.Comment{Author: "Jaring", Cell: cell, Text: i18n.Text(t.lang, "roster.template."+name, nil), Width: 280, Height: 80}
		if err := t.file.AddComment(t.sheet, note); err != nil {
			return err
		}
	}
	if err := t.file.SetCellStyle(t.sheet, "A1", last+"1", head); err != nil {
		return err
	}
	return t.file.SetPanes(t.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// lengths lets nothing but sixteen characters into the column of NIK.
func (t *template) lengths() error {
	const digits = 16
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(t.below(roster.NIK))
	if err := rule.SetRange(digits, digits, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorEqual); err != nil {
		return err
	}
	rule.SetError(excelize.DataValidationErrorStyleStop, "NIK", i18n.Text(t.lang, "roster.template.nik", nil))
	return t.file.AddDataValidation(t.sheet, rule)
}

func (t *template) sexes() error {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(t.below(roster.Sex))
	if err := rule.SetDropList([]string{i18n.Text(t.lang, "sex.m", nil), i18n.Text(t.lang, "sex.f", nil)}); err != nil {
		return err
	}
	return t.file.AddDataValidation(t.sheet, rule)
}

// offer puts choices on a hidden sheet and offers them in a field's column; another one may be written by hand.
func (t *template) offer(f roster.Field, sheet string, choices []string) error {
	if len(choices) == 0 {
		return nil
	}
	if _, err := t.file.NewSheet(sheet); err != nil {
		return err
	}
	for i, c := range choices {
		if err := t.file.SetCellStr(sheet, "A"+itoa(i+1), c); err != nil {
			return err
		}
	}
	if err := t.file.SetSheetVisible(sheet, false); err != nil {
		return err
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(t.below(f))
	rule.SetSqrefDropList(sheet + "!$A$1:$A$" + itoa(len(choices)))
	rule.ShowErrorMessage = false
	return t.file.AddDataValidation(t.sheet, rule)
}
