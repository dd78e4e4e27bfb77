package message

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Template is a kind of message: the values that it needs, in the order in which WhatsApp
// numbers them. Its texts are message.text.NAME.chat, .sms and .subject.
type Template struct {
	Name   string   `json:"name"`
	Params []string `json:"params"`
	Answer bool     `json:"answer"` // to what the person wrote just now: at any hour, and after a stop
}

//go:embed templates.json
var templateData []byte

var templates = mustRead(templateData)

func mustRead(data []byte) map[string]Template {
	var list []Template
	if err := json.Unmarshal(data, &list); err != nil {
		panic(err) // the tests of this package read it first
	}
	all := map[string]Template{}
	for _, t := range list {
		all[t.Name] = t
	}
	return all
}

// Templates are all templates, by name.
func Templates() []Template {
	list := make([]Template, 0, len(templates))
	for _, t := range templates {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b Template) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// GetTemplate finds a template. Error: message.template_unknown (args name).
func GetTemplate(name string) (Template, error) {
	if t, ok := templates[name]; ok {
		return t, nil
	}
	return Template{}, jaring.NewError(jaring.Invalid, "message.template_unknown", "name", name)
}

// Values fill a template; those that it does not name are left out.
type Values struct {
	Name   string // of a person, to somebody who knows them; never beside Amount
	Amount jaring.Rupiah
	Day    jaring.Day
	Until  jaring.Day
	Days   int
	Months int
	Code   string // what to pay: digits as at the bank
	Link   string // https
}

// most characters of a value.
const (
	maxName = 40
	maxCode = 28
	maxLink = 60
)

var (
	longNumber = regexp.MustCompile(`[0-9](?:[ .-]?[0-9]){11}`)
	codeForm   = regexp.MustCompile(`^[A-Z0-9 -]+$`)
)

// args are the values that t needs. Errors: message.value_missing (args name),
// message.private for a value that would tell too much.
func (t Template) args(v Values) (jaring.Args, error) {
	if slices.Contains(t.Params, "name") && slices.Contains(t.Params, "amount") {
		return nil, jaring.NewError(jaring.Forbidden, "message.private", "name", "name")
	}
	given := jaring.Args{"name": v.Name, "amount": v.Amount, "day": v.Day, "until": v.Until, "days": v.Days, "months": v.Months, "code": v.Code, "link": v.Link}
	missing := map[string]bool{"name": v.Name == "", "amount": v.Amount <= 0, "day": v.Day == 0, "until": v.Until == 0, "days": v.Days <= 0, "months": v.Months <= 0, "code": v.Code == "", "link": v.Link == ""}
	args := jaring.Args{}
	for _, name := range t.Params {
		if missing[name] {
			return nil, jaring.NewError(jaring.Invalid, "message.value_missing", "name", name)
		}
		if tellsTooMuch(name, v) {
			return nil, jaring.NewError(jaring.Forbidden, "message.private", "name", name)
		}
		args[name] = given[name]
	}
	return args, nil
}

// tellsTooMuch reports whether a free value is not what it should be: a number in a name, a
// NIK in an address.
func tellsTooMuch(name string, v Values) bool {
	switch name {
	case "name":
		return len(v.Name) > maxName || strings.ContainsFunc(v.Name, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsControl(r) })
	case "code":
		return len(v.Code) > maxCode || !codeForm.MatchString(v.Code)
	case "link":
		u, err := url.Parse(v.Link)
		return err != nil || u.Scheme != "https" && !outside.IsHere(u.Hostname()) || u.Host == "" || len(v.Link) > maxLink || longNumber.MatchString(v.Link)
	}
	return false
}

// Form is one of the ways in which a template is written.
type Form string

// The forms.
const (
	FormChat    Form = "chat" // for WhatsApp and the body of an e-mail
	FormSMS     Form = "sms"
	FormSubject Form = "subject"
)

func (t Template) key(f Form) string { return "message.text." + t.Name + "." + string(f) }

// Text is t with its values, in the form that a channel needs. Errors: message.value_missing,
// message.private.
func (t Template) Text(lang i18n.Lang, f Form, v Values) (string, error) {
	args, err := t.args(v)
	if err != nil {
		return "", err
	}
	return i18n.Text(lang, t.key(f), args), nil
}

// CloudText is the text that is handed to Meta for approval, with {{1}} for the first value.
func (t Template) CloudText(lang i18n.Lang) string {
	args := jaring.Args{}
	for i, name := range t.Params {
		args[name] = fmt.Sprintf("{{%d}}", i+1)
	}
	return i18n.Text(lang, t.key(FormChat), args)
}

// cloudParams are the values of t as WhatsApp puts them into the approved text.
func (t Template) cloudParams(lang i18n.Lang, v Values) ([]string, error) {
	args, err := t.args(v)
	if err != nil {
		return nil, err
	}
	params := make([]string, len(t.Params))
	for i, name := range t.Params {
		params[i] = oneLine(written(lang, args[name]))
	}
	return params, nil
}

func written(lang i18n.Lang, value any) string {
	switch v := value.(type) {
	case jaring.Rupiah:
		return i18n.Rupiah(lang, v)
	case jaring.Day:
		return i18n.Day(lang, v)
	case int:
		return i18n.Number(lang, int64(v))
	}
	return fmt.Sprint(value)
}

// oneLine is what Meta takes for a value: no line ends, no run of spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
