package httpapi

import (
	"bytes"
	"strconv"
	"strings"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/sheet"
	"jaring/internal/sponsor"
)

// foundKind counts findings of one kind.
type foundKind struct {
	Code     string `json:"code"`
	Field    string `json:"field,omitempty"`
	Verdict  string `json:"verdict" enum:"pass,warn,hold,reject"`
	Mendable bool   `json:"mendable"`
	Label    string `json:"label" doc:"in words, in a line"`
	Count    int    `json:"count"`
	Takes    int    `json:"takes" doc:"whose suggestion can be taken as it stands"`
}

func wireKinds(lang i18n.Lang, kinds []sponsor.FoundKind) []foundKind {
	out := []foundKind{}
	for _, k := range kinds {
		label := i18n.Text(lang, "roster.kind.other", jaring.Args{"field": i18n.Text(lang, "roster.field."+k.Field, nil)})
		if key := "roster.kind." + k.Code; i18n.Known(key) {
			label = i18n.Text(lang, key, nil)
		}
		if k.Code == "field.required" || k.Code == "field.too_long" || k.Code == "cell.fault" {
			label += ": " + i18n.Text(lang, "roster.field."+k.Field, nil)
		}
		out = append(out, foundKind{k.Code, k.Field, k.Verdict, k.Mendable, label, k.Count, k.Takes})
	}
	return out
}

type rosterFindingsIn struct {
	ByID
	Verdict string `query:"verdict" enum:"reject,hold,warn" doc:"those alone"`
	Code    string `query:"code" maxLength:"60" doc:"with field, those of one kind alone"`
	Field   string `query:"field" maxLength:"40"`
	Cursor  string `query:"cursor" maxLength:"400"`
}

type rosterFindingsOut struct {
	Body struct {
		Items      []rosterFinding `json:"items" doc:"100 a page, row by row"`
		NextCursor string          `json:"next_cursor,omitempty"`
	}
}

// rosterFinding is what there is to say of a row, as `jaring roster check` says it, with whose row it is.
type rosterFinding struct {
	Row        int      `json:"row" doc:"as the spreadsheet numbers it"`
	Field      string   `json:"field,omitempty"`
	Verdict    string   `json:"verdict" enum:"pass,warn,hold,reject"`
	Code       string   `json:"code"`
	Message    string   `json:"message"`
	Suggestion string   `json:"suggestion,omitempty" doc:"what may stand there instead"`
	Mendable   bool     `json:"mendable" doc:"the person can come along once this is corrected"`
	Name       string   `json:"name,omitempty" doc:"as the list writes it"`
	NIK        string   `json:"nik,omitempty" doc:"masked"`
	Take       string   `json:"take,omitempty" doc:"what the suggestion comes to, if it can be taken as it stands; a NIK is masked"`
	Choices    []string `json:"choices,omitempty" doc:"values of which one is right"`
	Accept     bool     `json:"accept" doc:"waits for a second look, or stops the whole file, and may be accepted with a reason"`
	Mended     bool     `json:"mended" doc:"something stands beside the row, which can be undone"`
}

func (s *server) findRosterFindings(c *call, in *rosterFindingsIn) (*rosterFindingsOut, error) {
	list, next, err := s.App.FindRosterFindings(c, c.actor, in.ID, sponsor.FindingsAsked{Verdict: in.Verdict, Code: in.Code, Field: in.Field, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &rosterFindingsOut{}
	out.Body.Items, out.Body.NextCursor = []rosterFinding{}, next
	for _, f := range list {
		said := sheet.Say(c.lang, typedFinding(sponsor.Said(f.RosterFinding)))
		out.Body.Items = append(out.Body.Items, rosterFinding{said.Row, said.Field, said.Verdict.String(), said.Code, said.Message, said.Suggestion, said.Mendable,
			f.Name, f.NIK, f.Take, f.Choices, f.Accept, f.Mended})
	}
	return out, nil
}

// typedFinding is a kept finding as it was when it was made.
func typedFinding(f sponsor.RowFinding) sponsor.RowFinding {
	f.Args, f.Suggestion.Args = typed(f.Key, f.Args), typed(f.Key, f.Suggestion.Args)
	return f
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// rosterSheet is the list as it was sent and mended, with all that was said of it: of the file and of the book.
func (s *server) rosterSheet(c *call, in *ByID) (*documentOut, error) {
	source, err := s.App.GetRosterSource(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	list, err := sheet.OpenRoster(source.File, source.File.Size(), c.lang, sheet.Options{})
	if err != nil {
		return nil, err
	}
	kept := sheet.Kept{Mends: source.Mends, Each: func(tell func(sponsor.RowFinding) error) error {
		return source.Each(func(f sponsor.RowFinding) error { return tell(typedFinding(f)) })
	}}
	var out bytes.Buffer
	if err := sheet.WriteKept(&out, list, kept, c.lang); err != nil {
		return nil, err
	}
	return &documentOut{xlsxType, `attachment; filename="` + sheetNames[c.lang] + `.xlsx"`, out.Bytes()}, nil
}

// sheetNames are what a kept list with its findings is called.
var sheetNames = map[i18n.Lang]string{i18n.ID: "daftar-temuan", i18n.EN: "list-findings"}

// rosterTemplate is an empty list for an agreement, with its villages and occupations to choose from.
func (s *server) rosterTemplate(c *call, in *AgreementOf) (*documentOut, error) {
	choices, err := s.App.RosterChoices(c, c.actor, in.ID, strings.ToLower(in.Agreement))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := sheet.WriteTemplate(&out, c.lang, choices); err != nil {
		return nil, err
	}
	return &documentOut{xlsxType, `attachment; filename="` + templateNames[c.lang] + `.xlsx"`, out.Bytes()}, nil
}

// templateNames are what an empty list is called.
var templateNames = map[i18n.Lang]string{i18n.ID: "daftar-kosong", i18n.EN: "empty-list"}

// mendBody is one thing that is done to a row beside the file: cells, or one of the others.
type mendBody struct {
	NIK        *string `json:"nik,omitempty"`
	Name       *string `json:"name,omitempty"`
	BirthDate  *string `json:"birth_date,omitempty" doc:"as a list may write it"`
	Sex        *string `json:"sex,omitempty"`
	Village    *string `json:"village,omitempty" doc:"name with its district, or code"`
	Address    *string `json:"address,omitempty"`
	Occupation *string `json:"occupation,omitempty"`
	Income     *string `json:"monthly_income,omitempty"`
	Phone      *string `json:"phone,omitempty"`
	MotherName *string `json:"mother_name,omitempty"`
	BirthPlace *string `json:"birth_place,omitempty"`
	Decile     *string `json:"decile,omitempty"`
	Take       string  `json:"take,omitempty" doc:"code of a finding whose suggestion is right"`
	Accept     bool    `json:"accept,omitempty" doc:"what waits for a second look has had it"`
	Reason     string  `json:"reason,omitempty" doc:"of the acceptance"`
	LeaveOut   bool    `json:"leave_out,omitempty" doc:"the person does not come along"`
	Undo       bool    `json:"undo,omitempty" doc:"the row is as in the file again"`
}

func (b *mendBody) mending() sponsor.RosterMending {
	m := sponsor.RosterMending{Take: b.Take, Accept: b.Accept, Reason: b.Reason, LeaveOut: b.LeaveOut, Undo: b.Undo, Cells: map[string]string{}}
	for name, text := range map[string]*string{"nik": b.NIK, "name": b.Name, "birth_date": b.BirthDate, "sex": b.Sex, "village": b.Village, "address": b.Address,
		"occupation": b.Occupation, "monthly_income": b.Income, "phone": b.Phone, "mother_name": b.MotherName, "birth_place": b.BirthPlace, "decile": b.Decile} {
		if text != nil {
			m.Cells[name] = *text
		}
	}
	return m
}

type mendRowIn struct {
	ByID
	Row string `path:"row" doc:"as the spreadsheet numbers it; that of the heading for the whole file"`
	Acting
}

func (s *server) mendRosterRow(c *call, in *mendRowIn) (*rosterOut, error) {
	var body mendBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	row, err := strconv.Atoi(in.Row)
	if err != nil || row < 1 {
		return nil, jaring.NewError(jaring.NotFound, "roster.row_unknown")
	}
	if err := s.App.MendRoster(c, c.actor, key, in.ID, row, body.mending()); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

type takeBody struct {
	Code  string `json:"code" doc:"kind of findings"`
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty" doc:"for those alone to which it is offered"`
	Rows  int    `json:"rows" doc:"how many were seen; another number now is refused"`
}

func (s *server) takeRosterSuggestions(c *call, in *actOnOne) (*rosterOut, error) {
	var body takeBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.TakeSuggestions(c, c.actor, key, in.ID, body.Code, body.Field, body.Value, body.Rows); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}
