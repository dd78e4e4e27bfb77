package jaring

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Registration is what is asked at the stall, as it was typed; NewWorker judges it.
type Registration struct {
	NIK           string
	Name          string
	BirthDate     string
	Sex           string
	Occupation    string
	MonthlyIncome *Rupiah // nil when LowestBand
	LowestBand    bool
	Programs      []string
	Months        int
	Consent       Consent

	MotherName string
	BirthPlace string
	Phone      string
	Village    string
	Address    string
	Sector     string
	Kind       string
	Workplace  PlaceID
	Campaign   CampaignID
	Heirs      []Heir
	Payer      string
	Confirmed  []string // keys of findings that the person at the stall compared with the KTP
}

// Consent is the proof that the person agreed (UU 27/2022 arts 20–24).
type Consent struct {
	NoticeVersion string
	Channel       string // signature, voice, tap, whatsapp
	At            time.Time
}

// Heir is somebody the worker names; who really inherits is the law's to say.
type Heir struct {
	Name      string
	Relation  string // spouse, child, parent, sibling, other
	BirthDate Day
}

// WorkerKind tells a lone worker from one who employs others: programmes differ
// (Permenaker 5/2021 arts 31–32).
type WorkerKind string

// Kinds of own-account workers.
const (
	SelfEmployed  WorkerKind = "self_employed"
	EmployerOwner WorkerKind = "employer_owner"
)

// WorkerState is the state of the record of a person, not of the cover.
type WorkerState string

// States of a person's record.
const (
	WorkerActive    WorkerState = "active"
	WorkerReview    WorkerState = "review"    // stored, a second look is due
	WorkerRejected  WorkerState = "rejected"  // the second look said no
	WorkerWithdrawn WorkerState = "withdrawn" // consent withdrawn
	WorkerMerged    WorkerState = "merged"    // lives on in another record
)

// Worker is a person who works, as Jaring knows him or her. NIK and the mother's
// name are not here: they are sealed, and opened one by one by acts that leave a trace.
type Worker struct {
	ID             WorkerID
	RegistrationNo RegistrationNo
	State          WorkerState
	Version        int64
	Name           string
	BirthDate      Day
	Sex            Sex
	Province       string // the first two digits of the NIK, all that lists may show
	CheckLetters   string // two letters derived from the NIK, for talking at a counter
	BirthPlace     string
	Phone          string // +62…
	Village        string // dotted code of the home village
	Address        string
	Occupation     string
	Sector         Sector
	Kind           WorkerKind
	Workplace      PlaceID
	Area           string // dotted code of where the registration was taken
	Campaign       CampaignID
	Office         OfficeID
	Agent          AccountID
	Consent        Consent
	Heirs          []Heir
	MotherKnown    bool
	RegisteredAt   time.Time
	TakenAt        time.Time
	MergedInto     WorkerID
	KPJ            string
	Findings       []Finding // what was odd and accepted
}

// Person is a judged registration: what NewWorker makes of it.
type Person struct {
	NIK        NIK
	MotherName string
	Worker     Worker
	Income     Rupiah // 0 with LowestBand
	LowestBand bool
	Programs   Programs
	Months     int
	Findings   []Finding // hold and warn; rejections come as Errors instead
}

// Lengths in characters; longer texts are typing errors or attacks.
const (
	maxName    = 120
	maxText    = 250
	maxHeirs   = 10
	minConsent = 2
)

// NewWorker judges a registration whole: all rejections at once as Errors, or the
// person with what is odd about the record (Findings). today is the day in the
// office's zone; areaKnown says whether the NIK's first six digits are a current or
// past area, villageKnown whether a village code exists.
func NewWorker(r Registration, today Day, areaKnown func(issuance string) bool, villageKnown func(code string) bool) (Person, error) {
	j := judge{reg: r, today: today}
	j.identity(areaKnown)
	j.work()
	j.contact(villageKnown)
	j.consent()
	if len(j.errs) > 0 {
		return Person{}, j.errs
	}
	return j.person, nil
}

// NewEmployee judges a wage worker like NewWorker, but for what is the employer's: the entry age of BPU is no rule of PU
// (a person under the minimum still waits for a second look), and the programmes come from the employer.
func NewEmployee(r Registration, today Day, areaKnown func(issuance string) bool, villageKnown func(code string) bool) (Person, error) {
	j := judge{reg: r, today: today, employed: true}
	j.identity(areaKnown)
	j.work()
	j.contact(villageKnown)
	j.consent()
	if len(j.errs) > 0 {
		return Person{}, j.errs
	}
	return j.person, nil
}

type judge struct {
	reg      Registration
	today    Day
	employed bool // a wage worker: no entry age of BPU
	person   Person
	errs     Errors
}

func (j *judge) reject(field, key string, pairs ...any) {
	j.errs = append(j.errs, NewError(Invalid, key, pairs...).At(field))
}

func (j *judge) blame(field string, err error) {
	if e, ok := err.(*Error); ok && e != nil {
		j.errs = append(j.errs, e.At(field))
	}
}

// text trims s and judges its length; required texts may not be empty.
func (j *judge) text(field, s string, max int, required bool) string {
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case s == "" && required:
		j.reject(field, "field.required")
	case utf8.RuneCountInString(s) > max:
		j.reject(field, "field.too_long", "max", max)
	case strings.ContainsFunc(s, isControl) || !utf8.ValidString(s):
		j.reject(field, "field.unreadable")
	}
	return s
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }

func (j *judge) identity(areaKnown func(string) bool) {
	r, w := j.reg, &j.person.Worker
	w.Name = j.text("name", r.Name, maxName, true)
	if w.Name != "" && !strings.ContainsFunc(w.Name, unicode.IsLetter) {
		j.reject("name", "name.no_letters")
	}
	j.birth()
	switch Sex(strings.ToUpper(strings.TrimSpace(r.Sex))) {
	case Male:
		w.Sex = Male
	case Female:
		w.Sex = Female
	case "":
		j.reject("sex", "field.required")
	default:
		j.reject("sex", "sex.unknown")
	}
	if r.NIK == "" {
		j.reject("nik", "field.required")
		return
	}
	nik, err := ParseNIK(r.NIK)
	if err != nil {
		j.blame("nik", err)
		return
	}
	j.person.NIK = nik
	w.Province = nik.Issuance()[:2]
	if w.BirthDate != 0 && w.Sex != "" {
		j.person.Findings = append(j.person.Findings, nik.Check(w.BirthDate, w.Sex, areaKnown(nik.Issuance()), j.today)...)
	}
}

func (j *judge) birth() {
	if strings.TrimSpace(j.reg.BirthDate) == "" {
		j.reject("birth_date", "field.required")
		return
	}
	day, err := ParseDay(strings.TrimSpace(j.reg.BirthDate))
	if err != nil {
		j.blame("birth_date", err)
		return
	}
	if day > j.today {
		j.reject("birth_date", "date.future")
		return
	}
	j.person.Worker.BirthDate = day
	for _, f := range EntryAge(day, j.today) {
		if f.Verdict == Reject {
			if !j.employed {
				j.errs = append(j.errs, f.Err())
			}
		} else {
			j.person.Findings = append(j.person.Findings, f)
		}
	}
}

func (j *judge) work() {
	r, p := j.reg, &j.person
	p.Worker.Occupation = j.text("occupation", r.Occupation, maxName, true)
	switch {
	case r.LowestBand:
		p.LowestBand = true
	case r.MonthlyIncome == nil:
		j.reject("monthly_income", "income.required")
	case *r.MonthlyIncome <= 0 || *r.MonthlyIncome > maxRupiah:
		j.reject("monthly_income", "income.out_of_range")
	default:
		p.Income = *r.MonthlyIncome
	}
	ps, err := NewPrograms(r.Programs...)
	j.blame("programs", err)
	p.Programs, p.Months = ps, r.Months
	p.Worker.Sector = oneOf(j, "sector", r.Sector, "sector.unknown", SectorOther, SectorTransport)
	p.Worker.Kind = oneOf(j, "kind", r.Kind, "kind.unknown", SelfEmployed, EmployerOwner)
	p.Worker.Workplace, p.Worker.Campaign = r.Workplace, r.Campaign
	if r.Workplace != "" && !IsUUID(string(r.Workplace)) {
		j.reject("workplace_id", "id.malformed")
	}
	if r.Campaign != "" && !IsUUID(string(r.Campaign)) {
		j.reject("campaign_id", "id.malformed")
	}
}

// oneOf takes the first choice for empty text and rejects what is not a choice.
func oneOf[T ~string](j *judge, field, text, key string, choices ...T) T {
	if text == "" {
		return choices[0]
	}
	for _, c := range choices {
		if string(c) == text {
			return c
		}
	}
	j.reject(field, key, "text", text)
	return ""
}

func (j *judge) contact(villageKnown func(string) bool) {
	r, p := j.reg, &j.person
	p.MotherName = j.text("mother_name", r.MotherName, maxName, false)
	p.Worker.MotherKnown = p.MotherName != ""
	p.Worker.BirthPlace = j.text("birth_place", r.BirthPlace, maxName, false)
	p.Worker.Address = j.text("address", r.Address, maxText, false)
	if r.Phone != "" {
		phone, err := ParsePhone(r.Phone)
		j.blame("phone", err)
		p.Worker.Phone = phone
	}
	if p.Worker.Village = strings.TrimSpace(r.Village); p.Worker.Village != "" && !villageKnown(p.Worker.Village) {
		j.reject("village", "village.unknown")
	}
	if len(r.Heirs) > maxHeirs {
		j.reject("heirs", "heirs.too_many", "max", maxHeirs)
		return
	}
	for _, h := range r.Heirs {
		h.Name = j.text("heirs", h.Name, maxName, true)
		h.Relation = oneOf(j, "heirs", h.Relation, "heir.relation_unknown", "other", "spouse", "child", "parent", "sibling")
		p.Worker.Heirs = append(p.Worker.Heirs, h)
	}
}

func (j *judge) consent() {
	c := j.reg.Consent
	switch {
	case c == (Consent{}):
		j.reject("consent", "consent.required")
		return
	case len(c.NoticeVersion) < minConsent || len(c.NoticeVersion) > maxName:
		j.reject("consent/notice_version", "field.required")
	case c.At.IsZero():
		j.reject("consent/at", "field.required")
	}
	j.reg.Consent.Channel = oneOf(j, "consent/channel", c.Channel, "consent.channel_unknown", "tap", "signature", "voice", "whatsapp")
	j.person.Worker.Consent = j.reg.Consent
}
