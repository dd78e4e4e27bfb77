package httpapi

import (
	"bytes"
	"net/http"
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/sheet"
	"jaring/internal/wire"
)

// employeeListBody is a list of people whom an employer employs, in one of three ways.
type employeeListBody struct {
	File    []byte        `json:"file,omitempty" doc:"base64 of XLSX or CSV"`
	Text    string        `json:"text,omitempty" doc:"as it was pasted from a spreadsheet, the heading first"`
	Rows    []typedRow    `json:"rows,omitempty" maxItems:"2000" doc:"rows that were mended on the screen"`
	Consent *wire.Consent `json:"consent,omitempty" doc:"of all of them, as the employer holds it; not asked for with dry"`
	Dry     bool          `json:"dry,omitempty" doc:"a rehearsal: nobody is entered"`
}

type typedRow struct {
	Row       int               `json:"row" doc:"as the spreadsheet numbers it"`
	Cells     map[string]string `json:"cells" doc:"by the names of fields as findings have them"`
	Confirmed []string          `json:"confirmed,omitempty" doc:"codes of findings that were compared with the KTP"`
}

func (b *employeeListBody) list() app.EmployeeList {
	l := app.EmployeeList{File: b.File, Consent: b.Consent, Dry: b.Dry}
	if len(l.File) == 0 {
		l.File = []byte(b.Text)
	}
	for _, r := range b.Rows {
		l.Rows = append(l.Rows, app.TypedEmployee(r))
	}
	return l
}

type employeeListOut struct {
	Body struct {
		Rows    int               `json:"rows" doc:"people in the list"`
		Ready   int               `json:"ready" doc:"may be entered, in a rehearsal"`
		Entered int               `json:"entered" doc:"new in the book"`
		Known   int               `json:"known" doc:"were in the book before; their record stays one"`
		Review  int               `json:"review" doc:"entered, and wait for a second look"`
		Already int               `json:"already" doc:"work there already"`
		Left    []leftRow         `json:"left" doc:"who is not entered, and why"`
		Titles  map[string]string `json:"titles" doc:"names of fields in words"`
	}
}

type leftRow struct {
	Row      int               `json:"row"`
	Name     string            `json:"name"`
	Cells    map[string]string `json:"cells" doc:"as they were sent"`
	Findings []leftFinding     `json:"findings"`
}

type leftFinding struct {
	Field      string   `json:"field,omitempty"`
	Verdict    string   `json:"verdict" enum:"pass,warn,hold,reject"`
	Code       string   `json:"code"`
	Message    string   `json:"message"`
	Suggestion string   `json:"suggestion,omitempty" doc:"what may stand there instead, in words"`
	Take       string   `json:"take,omitempty" doc:"what the suggestion comes to, if it is one value"`
	Choices    []string `json:"choices,omitempty" doc:"values of which one is right"`
	Confirm    bool     `json:"confirm" doc:"may stand as it is, once it was compared with the KTP"`
}

func (s *server) addEmployees(c *call, in *actOnOne) (*employeeListOut, error) {
	var body employeeListBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	done, err := s.App.AddEmployees(c, c.actor, key, jaring.EmployerID(in.ID), body.list())
	if err != nil {
		return nil, err
	}
	return wireList(c, done), nil
}

func wireList(c *call, done *app.ListedEmployees) *employeeListOut {
	out := &employeeListOut{}
	b := &out.Body
	b.Rows, b.Ready, b.Entered, b.Known, b.Review, b.Already = done.Rows, done.Ready, done.Entered, done.Known, done.Review, done.Already
	b.Left, b.Titles = []leftRow{}, map[string]string{}
	for _, l := range done.Left {
		row := leftRow{l.Row, l.Name, l.Cells, []leftFinding{}}
		for _, f := range l.Findings {
			said := sheet.Say(c.lang, f.Finding)
			row.Findings = append(row.Findings, leftFinding{said.Field, said.Verdict.String(), said.Code, said.Message, said.Suggestion, f.Take, f.Choices, said.Confirm})
			if said.Field != "" {
				b.Titles[said.Field] = i18n.Text(c.lang, "roster.field."+said.Field, nil)
			}
		}
		b.Left = append(b.Left, row)
	}
	if _, asked := b.Titles["monthly_income"]; asked {
		b.Titles["monthly_income"] = i18n.Text(c.lang, "roster.field.wage", nil)
	}
	return out
}

// employeeTemplate is an empty list of an employer's people.
func (s *server) employeeTemplate(c *call, in *ByID) (*documentOut, error) {
	choices, err := s.App.EmployeeTemplate(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := sheet.WriteTemplate(&out, c.lang, choices); err != nil {
		return nil, err
	}
	return &documentOut{xlsxType, `attachment; filename="` + templateNames[c.lang] + `.xlsx"`, out.Bytes()}, nil
}

// listRoutes are those of an employer's people by list.
func (s *server) listRoutes() {
	add(s, route{method: "POST", path: "/employers/{id}/employees/list", act: jaring.ActAddEmployee, summary: "Add workers by list: who can be entered is, the others are told", status: http.StatusOK,
		body: employeeListBody{}, maxBody: 4 << 20, patience: time.Minute, answers: []int{404, 413}}, s.addEmployees)
	add(s, route{method: "GET", path: "/employers/{id}/employees/template.xlsx", act: jaring.ActAddEmployee, summary: "An empty list of workers, as XLSX", answers: []int{404}}, s.employeeTemplate)
}
