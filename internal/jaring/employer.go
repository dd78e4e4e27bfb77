package jaring

import (
	"slices"
	"strings"
	"time"
)

// ActRegisterEmployer enters an employer. What is done with one that is there is ActManageEmployer: an agent, who may
// register, does not bill.
const ActRegisterEmployer Act = "employer.register"

// EmployerID names an employer of wage workers (PU).
type EmployerID string

// EmployerKind is what sort of employer pays wages.
type EmployerKind string

// Kinds of employers.
const (
	EmployerBusiness   EmployerKind = "business"
	EmployerVillage    EmployerKind = "village_government" // its officials are wage workers
	EmployerIndividual EmployerKind = "individual"         // somebody who employs others, without a firm
)

// EmployerKinds lists every kind.
var EmployerKinds = []EmployerKind{EmployerBusiness, EmployerVillage, EmployerIndividual}

// SizeClass is the size of an employer by capital and sales (PP 7/2021, through one reading. Mark M): it decides
// which programmes are obligatory (Perpres 109/2013 Pasal 6(3)).
type SizeClass string

// Size classes, the smallest first.
const (
	SizeMicro  SizeClass = "micro"
	SizeSmall  SizeClass = "small"
	SizeMedium SizeClass = "medium"
	SizeLarge  SizeClass = "large"
)

// SizeClasses lists every class.
var SizeClasses = []SizeClass{SizeMicro, SizeSmall, SizeMedium, SizeLarge}

// RiskClasses is how many classes of risk the JKK rate knows, 1 very low to 5 very high (PP 44/2015).
const RiskClasses = 5

// Sectors of employers. The first six are the industries that PP 7/2025 relieves; the rest group by trade.
var EmployerSectors = []string{"food", "textile", "leather", "footwear", "toys", "furniture",
	"agriculture", "construction", "trade", "transport", "hospitality", "services", "government", "other"}

// MaxEmployees is how many lines one bill of an employer may have: all of them are paid in one transaction.
const MaxEmployees = 2000

// EmployerSource tells by what an employer was found.
type EmployerSource struct {
	Campaign CampaignID
	Stand    string
	Partner  PartnerID
}

// EmployerForm is an employer as somebody enters it.
type EmployerForm struct {
	Office       OfficeID // empty names the actor's own
	Kind         EmployerKind
	Name         string
	NIB          string // business number, 13 digits; empty for none yet
	Area         string // dotted code of the village, or a part above it
	Address      string
	Sector       string
	RiskClass    int
	SizeClass    SizeClass
	Extra        []string // programmes taken freely beyond the obligatory ones
	ContactName  string
	ContactPhone string
	Source       EmployerSource
}

// Employer is one that is registered.
type Employer struct {
	ID           EmployerID
	Office       OfficeID
	Kind         EmployerKind
	Name         string
	NIB          string
	Area         string
	Address      string
	Sector       string
	RiskClass    int
	SizeClass    SizeClass
	Extra        Programs // beyond the obligatory ones
	ContactName  string
	ContactPhone string // normalised
	Source       EmployerSource
	MadeBy       AccountID
	RegisteredAt time.Time
}

// nibDigits is how long a business number (NIB) is.
const nibDigits = 13

// NewEmployer judges an employer whole and gives it as it is kept. areaKnown says whether a dotted code exists.
// Errors: field.required, field.too_long, field.unreadable, employer.kind_unknown, employer.nib, employer.sector_unknown,
// risk_class.range, employer_size.unknown, program.unknown, employer.extra_program, area.unknown, id.malformed,
// office.not_found and those of ParsePhone.
func NewEmployer(f EmployerForm, areaKnown func(string) bool) (Employer, error) {
	j := judge{}
	e := Employer{Office: f.Office, Kind: f.Kind, RiskClass: f.RiskClass, SizeClass: f.SizeClass, Source: f.Source}
	e.Name = j.text("name", f.Name, maxName, true)
	e.Address = j.text("address", f.Address, maxText, false)
	e.ContactName = j.text("contact_name", f.ContactName, maxName, true)
	e.Source.Stand = j.text("source/stand", f.Source.Stand, maxName, false)
	e.Sector = oneOf(&j, "sector", f.Sector, "employer.sector_unknown", slices.Concat([]string{"other"}, EmployerSectors)...)
	if !slices.Contains(EmployerKinds, f.Kind) {
		j.reject("kind", "employer.kind_unknown")
	}
	if !slices.Contains(SizeClasses, f.SizeClass) {
		j.reject("size_class", "employer_size.unknown", "text", string(f.SizeClass))
	}
	if f.RiskClass < 1 || f.RiskClass > RiskClasses {
		j.reject("risk_class", "risk_class.range", "max", RiskClasses)
	}
	if e.Area = strings.TrimSpace(f.Area); e.Area == "" {
		j.reject("area", "field.required")
	} else if !areaKnown(e.Area) {
		j.reject("area", "area.unknown", "code", e.Area)
	}
	e.numbers(&j, f)
	return e, j.errs.OrNil()
}

// numbers judges what is a number, a programme or an id.
func (e *Employer) numbers(j *judge, f EmployerForm) {
	e.NIB = strings.NewReplacer(" ", "", ".", "", "-", "").Replace(f.NIB)
	if e.NIB != "" && (len(e.NIB) != nibDigits || strings.ContainsFunc(e.NIB, func(r rune) bool { return r < '0' || r > '9' })) {
		j.reject("nib", "employer.nib", "n", nibDigits)
	}
	if f.ContactPhone != "" {
		phone, err := ParsePhone(f.ContactPhone)
		j.blame("contact_phone", err)
		e.ContactPhone = phone
	}
	extra, err := NewPrograms(f.Extra...)
	j.blame("extra", err)
	if e.Extra = extra; extra.Has(JKP) {
		j.reject("extra", "employer.extra_program", "program", string(JKP))
	}
	if !IsUUID(string(f.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if f.Source.Campaign != "" && !IsUUID(string(f.Source.Campaign)) {
		j.reject("source/campaign_id", "id.malformed")
	}
	if f.Source.Partner != "" && !IsUUID(string(f.Source.Partner)) {
		j.reject("source/partner_id", "id.malformed")
	}
}

// Employment is one stay of a person with an employer. Its membership is of segment PU.
type Employment struct {
	Employer   EmployerID
	Membership MembershipID
	Worker     WorkerID
	Wage       Rupiah // a month, as it was told at the beginning
	Position   string
	From       Day
	To         Day    // last day of work; 0 while it lasts
	Why        string // of the end
}

// EmployerSettings are the points about employers that the sources leave open.
type EmployerSettings struct {
	// VillagePrograms are obligatory for village officials: no source tells them by size. Default JKK+JKM, the least
	// that every employer takes.
	VillagePrograms Programs
	// LateMonth: which months count as late. "begun": each that has begun after the due day; "full": each that is over.
	LateMonth string
	// BillDay is the day of a month on which the month before is billed. Own rule; default 1.
	BillDay int
	// What somebody who registers the own business on a phone is entered with until the office has looked: the
	// smallest size, the lowest risk and no trade, so that nothing is asked for which nobody knows to be due. Own rule.
	SelfSize   SizeClass
	SelfRisk   int // 1 to 5
	SelfSector string
}

// DefaultEmployerSettings are the stated defaults.
func DefaultEmployerSettings() EmployerSettings {
	return EmployerSettings{VillagePrograms: Programs{JKK, JKM}, LateMonth: "begun", BillDay: 1, SelfSize: SizeMicro, SelfRisk: 1, SelfSector: "other"}
}

// MonthsLate counts the months by which somebody who pays on day is later than due.
func (s EmployerSettings) MonthsLate(due, day Day) int {
	n := 0
	for FullMonthsOn(due, n+1) <= day {
		n++
	}
	if s.LateMonth == "begun" && day > FullMonthsOn(due, n) {
		n++
	}
	return n
}

// Kinds of events about employers. Other is the worker, the bill or the month.
const (
	EmployerRegistered EventKind = "employer.registered"
	EmployerChanged    EventKind = "employer.changed"
	EmployeeAdded      EventKind = "employer.employee_added"
	EmployeeLeft       EventKind = "employer.employee_left"
	WagesReported      EventKind = "employer.wages_reported"
	EmployerBilled     EventKind = "employer.billed"
	EmployerPenalised  EventKind = "employer.penalised"
	EmployerBillPaid   EventKind = "employer.settled"
	EmployerCredited   EventKind = "employer.credited"
	EmployerBillGone   EventKind = "employer.bill_cancelled"
	EmployerReversed   EventKind = "employer.reversed" // a payment was undone
	// Kinds about the person.
	WorkerEmployed EventKind = "worker.employed" // who was known becomes a wage worker too
	WorkerLeft     EventKind = "worker.left"     // an employment ended
)
