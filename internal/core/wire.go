package core

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"jaring/internal/jaring"
)

// The shapes that travel, the same in a REST body and on a line of a file.

// enrolmentWire is the only form of an enrolment that holds the NIK's digits.
type enrolmentWire struct {
	MessageID      MessageID             `json:"message_id"`
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	MembershipID   jaring.MembershipID   `json:"membership_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	NIK            string                `json:"nik"`
	Name           string                `json:"name"`
	BirthDate      string                `json:"birth_date"`
	Sex            jaring.Sex            `json:"sex"`
	MotherName     string                `json:"mother_name,omitempty"`
	Phone          string                `json:"phone,omitempty"`
	Village        string                `json:"village,omitempty"`
	Segment        jaring.Segment        `json:"segment,omitempty"` // PU; nothing for BPU
	Programs       []string              `json:"programs"`
	Income         jaring.Rupiah         `json:"income"`
	Funding        jaring.Funding        `json:"funding"`
	FirstMonth     string                `json:"first_month"`
	LastMonth      string                `json:"last_month"`
	PaidOn         string                `json:"paid_on"`
	Amount         jaring.Rupiah         `json:"amount"`
}

type endingWire struct {
	MessageID    MessageID           `json:"message_id"`
	WorkerID     jaring.WorkerID     `json:"worker_id"`
	MembershipID jaring.MembershipID `json:"membership_id"`
	LastMonth    string              `json:"last_month"`
	Why          jaring.LeaveWhy     `json:"why"`
}

type answerWire struct {
	MessageID MessageID   `json:"message_id"`
	Verdict   Verdict     `json:"verdict"`
	KPJ       string      `json:"kpj,omitempty"`
	Programs  []string    `json:"programs,omitempty"`
	From      string      `json:"from,omitempty"`
	To        string      `json:"to,omitempty"`
	On        string      `json:"on"`
	Reason    *reasonWire `json:"reason,omitempty"`
}

type reasonWire struct {
	Code string `json:"code"`
	Text string `json:"text,omitempty"`
}

type statementWire struct {
	MessageID MessageID `json:"message_id"`
	KPJ       string    `json:"kpj"`
	Programs  []string  `json:"programs"`
	From      string    `json:"from"`
	To        string    `json:"to"`
}

func encodeEnrolment(e Enrolment) ([]byte, error) {
	return json.Marshal(enrolmentWire{
		MessageID: e.MessageID, WorkerID: e.WorkerID, MembershipID: e.MembershipID, RegistrationNo: e.RegistrationNo,
		NIK:  e.NIK.Reveal(), // the core needs the digits: it is the one who knows whose they are
		Name: e.Name, BirthDate: e.BirthDate.String(), Sex: e.Sex, MotherName: e.MotherName, Phone: e.Phone, Village: e.Village,
		Programs: names(e.Programs), Income: e.Income, Funding: e.Funding, Segment: e.Segment,
		FirstMonth: e.FirstMonth.String(), LastMonth: e.LastMonth.String(), PaidOn: e.PaidOn.String(), Amount: e.Amount,
	})
}

// decoder reads a value and names the field at fault. It never tells the value: that
// may be a NIK.
type decoder[T any] func(raw []byte) (value T, fault string)

const notJSON = "json"

func decodeEnrolment(raw []byte) (e Enrolment, fault string) {
	var w enrolmentWire
	if json.Unmarshal(raw, &w) != nil {
		return e, notJSON
	}
	f := fields{}
	e = Enrolment{
		MessageID: w.MessageID, RegistrationNo: w.RegistrationNo, Name: w.Name, Sex: w.Sex, MotherName: w.MotherName,
		Phone: w.Phone, Village: w.Village, Income: w.Income, Funding: w.Funding, Segment: w.Segment, Amount: w.Amount,
	}
	e.WorkerID, e.MembershipID = f.message(w.MessageID)
	f.want("worker_id", w.WorkerID == e.WorkerID)
	f.want("membership_id", w.MembershipID == e.MembershipID)
	nik, err := jaring.ParseNIK(w.NIK)
	f.want("nik", err == nil)
	e.NIK = nik
	e.BirthDate, e.PaidOn = f.day("birth_date", w.BirthDate), f.day("paid_on", w.PaidOn)
	e.FirstMonth, e.LastMonth = f.month("first_month", w.FirstMonth), f.month("last_month", w.LastMonth)
	e.Programs = f.programs(w.Programs)
	return e, f.fault
}

func (a Answer) wire() answerWire {
	if a.Verdict == Ended {
		return answerWire{MessageID: a.MessageID, Verdict: a.Verdict, To: a.To.String(), On: a.On.String()}
	}
	w := answerWire{MessageID: a.MessageID, Verdict: a.Verdict, KPJ: a.KPJ, Programs: names(a.Programs),
		From: a.From.String(), To: a.To.String(), On: a.On.String()}
	if a.Reason != "" {
		w.Reason = &reasonWire{Code: string(a.Reason), Text: a.Text}
	}
	return w
}

func decodeAnswer(raw []byte) (a Answer, fault string) {
	var w answerWire
	if json.Unmarshal(raw, &w) != nil {
		return a, notJSON
	}
	return w.answer()
}

func (w answerWire) answer() (a Answer, fault string) {
	f := fields{}
	a = Answer{MessageID: w.MessageID, Verdict: w.Verdict}
	a.WorkerID, a.MembershipID = f.message(w.MessageID)
	a.On = f.day("on", w.On)
	f.want("on", a.On != 0)
	switch w.Verdict {
	case Acknowledged:
		a.KPJ = f.kpj(w.KPJ)
		a.Programs = f.programs(w.Programs)
		a.From, a.To = f.span(w.From, w.To)
	case Rejected:
		f.want("reason", w.Reason != nil && w.Reason.Code != "")
		if w.Reason != nil {
			a.Reason, a.Text = newReason(w.Reason.Code), clean(w.Reason.Text)
		}
	case Ended:
		a.To = f.month("to", w.To)
		f.want("to", a.To != 0)
	default:
		f.want("verdict", false)
	}
	return a, f.fault
}

func (r StatementRow) wire() statementWire {
	return statementWire{MessageID: r.MessageID, KPJ: r.KPJ, Programs: names(r.Programs), From: r.From.String(), To: r.To.String()}
}

func decodeStatementRow(raw []byte) (r StatementRow, fault string) {
	var w statementWire
	if json.Unmarshal(raw, &w) != nil {
		return r, notJSON
	}
	f := fields{}
	f.message(w.MessageID)
	r = StatementRow{MessageID: w.MessageID, KPJ: f.kpj(w.KPJ), Programs: f.programs(w.Programs)}
	r.From, r.To = f.span(w.From, w.To)
	return r, f.fault
}

// fields reads texts into values and remembers the first field at fault.
type fields struct{ fault string }

func (f *fields) want(field string, ok bool) {
	if !ok && f.fault == "" {
		f.fault = field
	}
}

func (f *fields) message(id MessageID) (jaring.WorkerID, jaring.MembershipID) {
	w, m, ok := id.Parts()
	f.want("message_id", ok)
	return w, m
}

func (f *fields) day(field, text string) (d jaring.Day) {
	f.want(field, d.UnmarshalText([]byte(text)) == nil)
	return d
}

func (f *fields) month(field, text string) (m jaring.Month) {
	f.want(field, m.UnmarshalText([]byte(text)) == nil)
	return m
}

func (f *fields) span(from, to string) (a, b jaring.Month) {
	a, b = f.month("from", from), f.month("to", to)
	f.want("from", a != 0)
	f.want("to", b >= a)
	return a, b
}

// known are the sets that nearly all rows have: sharing them makes a statement of a
// million rows a third smaller.
var known = func() map[string]jaring.Programs {
	sets := map[string]jaring.Programs{}
	for _, text := range []string{"JKK+JKM", "JKK+JKM+JHT"} {
		ps, _ := jaring.ParsePrograms(text)
		sets[text] = ps
	}
	return sets
}()

func (f *fields) programs(list []string) jaring.Programs {
	if ps, ok := known[strings.Join(list, "+")]; ok {
		return ps
	}
	ps, err := jaring.NewPrograms(list...)
	f.want("programs", err == nil && len(ps) > 0)
	return ps
}

// kpjLength is how many characters a KPJ has: 11 digits, or a letter and ten digits
// from a simulator.
const kpjLength = 11

func (f *fields) kpj(text string) string {
	ok := len(text) == kpjLength && strings.Trim(text[1:], "0123456789") == "" &&
		(text[0] >= '0' && text[0] <= '9' || text[0] >= 'A' && text[0] <= 'Z')
	f.want("kpj", ok)
	return text
}

func names(ps jaring.Programs) []string {
	list := make([]string, len(ps))
	for i, p := range ps {
		list[i] = string(p)
	}
	return list
}

const (
	maxText   = 250 // characters of the core's own words
	nikDigits = 16
)

// clean makes the core's own words fit to be stored and shown: one line, not endless,
// and any number as long as a NIK hidden, also when it is written in groups.
func clean(text string) string {
	var out []rune
	run := []rune{} // a number in progress with what stands between its groups
	digits := 0
	flush := func() {
		if digits >= nikDigits {
			last := len(run)
			for !unicode.IsDigit(run[last-1]) {
				last--
			}
			run = append([]rune("••••"), run[last:]...)
		}
		out, run, digits = append(out, run...), run[:0], 0
	}
	for _, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case r == utf8.RuneError || unicode.IsControl(r):
		case unicode.IsDigit(r):
			run, digits = append(run, r), digits+1
		case digits > 0 && strings.ContainsRune(" .,:/_-", r):
			run = append(run, r)
		default:
			flush()
			out = append(out, r)
		}
	}
	flush()
	return string(out[:min(len(out), maxText)])
}
