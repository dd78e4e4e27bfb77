package jaring

import "slices"

// SponsorKind is out of whose pocket a sponsor pays.
type SponsorKind string

// Kinds of sponsoring.
const (
	SponsorAPBD        SponsorKind = "apbd"         // the budget of a regency or city
	SponsorProvince    SponsorKind = "province"     // the budget of a province
	SponsorAPBDes      SponsorKind = "apbdes"       // the budget of a village
	SponsorCSR         SponsorKind = "csr"          // a company's social duty
	SponsorGNLingkaran SponsorKind = "gn_lingkaran" // the national movement for the vulnerable
	SponsorSertakan    SponsorKind = "sertakan"     // somebody protects who works around him
	SponsorPrivate     SponsorKind = "private"
	SponsorUnion       SponsorKind = "union"
	SponsorAssociation SponsorKind = "association"
)

// SponsorKinds lists every kind.
var SponsorKinds = []SponsorKind{SponsorAPBD, SponsorProvince, SponsorAPBDes, SponsorCSR, SponsorGNLingkaran, SponsorSertakan, SponsorPrivate, SponsorUnion, SponsorAssociation}

// Funding is what the price asks of a kind. PP 50/2025 art 3 leaves out what APBN and APBD pay; CSR,
// GN Lingkaran and SERTAKAN are not named there (docs/rules: mark M), and the others are no public budget.
func (k SponsorKind) Funding() Funding {
	switch k {
	case SponsorAPBD, SponsorProvince:
		return FundingAPBD
	case SponsorAPBDes:
		return FundingAPBDes
	}
	return FundingCSR
}

// Public reports whether a public budget pays, for which a decree must name the people.
func (k SponsorKind) Public() bool { return k.Funding() != FundingCSR }

// Sponsor is who pays for people that are not its own, as somebody enters it.
type Sponsor struct {
	Office       OfficeID
	Name         string
	ContactName  string
	ContactPhone string // normalised; empty for none
}

// NewSponsor judges a sponsor whole and gives it as it is kept. Errors: field.required, field.too_long,
// field.unreadable, office.not_found and those of ParsePhone.
func NewSponsor(s Sponsor) (Sponsor, error) {
	j := judge{}
	s.Name = j.text("name", s.Name, maxName, true)
	s.ContactName = j.text("contact_name", s.ContactName, maxName, true)
	if !IsUUID(string(s.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if s.ContactPhone != "" {
		phone, err := ParsePhone(s.ContactPhone)
		j.blame("contact_phone", err)
		s.ContactPhone = phone
	}
	return s, j.errs.OrNil()
}

// Signatory is somebody who made or approves something: an account, and what tells that two accounts are
// one person's.
type Signatory struct {
	Account  AccountID
	NameFold string   // as the room match folds it
	Phones   []string // keys of enrolled phones
}

// SecondPerson asks whether checker may approve what makers made: nobody approves his own work, not under
// a second log-in either, as far as the house can tell – the same name, or the same phone.
// Errors: approval.same_account, approval.same_person.
func SecondPerson(checker Signatory, makers []Signatory) error {
	for _, m := range makers {
		switch {
		case m.Account == checker.Account:
			return NewError(Forbidden, "approval.same_account")
		case m.NameFold != "" && m.NameFold == checker.NameFold, slices.ContainsFunc(m.Phones, func(p string) bool { return slices.Contains(checker.Phones, p) }):
			return NewError(Forbidden, "approval.same_person")
		}
	}
	return nil
}

// Kinds of events about sponsors, their agreements and their lists. Other is the agreement, or the list.
const (
	SponsorAdded      EventKind = "sponsor.added"
	AgreementAdded    EventKind = "agreement.added"
	AgreementChanged  EventKind = "agreement.changed"
	AgreementApproved EventKind = "agreement.approved"
	RosterSent        EventKind = "roster.sent"
	RosterJudged      EventKind = "roster.judged"
	RosterMended      EventKind = "roster.mended" // beside the file
	RosterOpened      EventKind = "roster.opened" // somebody took the file with its findings
	RosterCancelled   EventKind = "roster.cancelled"
	RosterApproved    EventKind = "roster.approved"
	RosterReturned    EventKind = "roster.returned" // the book moved on: it is judged anew and needs another approval
	RosterEnrolled    EventKind = "roster.enrolled"
	RosterWithdrawn   EventKind = "roster.withdrawn" // its bill was called off
	RosterPaid        EventKind = "roster.paid"
	RosterStarted     EventKind = "roster.started"
	WorkerSponsored   EventKind = "worker.sponsored" // somebody in the book is on a sponsor's list
)
