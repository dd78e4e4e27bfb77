package jaring

import "slices"

// PartnerKind is what sort of body a partner is.
type PartnerKind string

// Kinds of partners.
const (
	PartnerAssociation  PartnerKind = "association" // of employers, of traders
	PartnerUnion        PartnerKind = "union"
	PartnerTripartite   PartnerKind = "tripartite"    // government, employers and unions together
	PartnerLabourOffice PartnerKind = "labour_office" // of a regency or province
	PartnerBank         PartnerKind = "bank"
	PartnerSchool       PartnerKind = "school"
	PartnerCompany      PartnerKind = "company"
	PartnerCommunity    PartnerKind = "community"
	PartnerGovernment   PartnerKind = "government"
)

// PartnerKinds lists every kind, as forms offer them.
var PartnerKinds = []PartnerKind{PartnerAssociation, PartnerUnion, PartnerTripartite, PartnerLabourOffice, PartnerBank, PartnerSchool, PartnerCompany, PartnerCommunity, PartnerGovernment}

// Partner is a body with which an office works: it organises, sends people, or pays.
type Partner struct {
	Office       OfficeID
	Kind         PartnerKind
	Name         string
	ContactName  string
	ContactPhone string // normalised; empty for none
	Agreement    string // number of what was agreed; empty for none
	From, Until  Day    // of the agreement; 0 when open
	Note         string
}

// NewPartner judges a partner whole and gives it as it is kept. Errors: field.required, field.too_long,
// field.unreadable, partner.kind_unknown, partner.until_before, office.not_found and those of ParsePhone.
func NewPartner(p Partner) (Partner, error) {
	j := judge{}
	p.Name = j.text("name", p.Name, maxName, true)
	p.ContactName = j.text("contact_name", p.ContactName, maxName, true)
	p.Agreement = j.text("agreement", p.Agreement, maxName, false)
	p.Note = j.text("note", p.Note, maxText, false)
	if !slices.Contains(PartnerKinds, p.Kind) {
		j.reject("kind", "partner.kind_unknown")
	}
	if !IsUUID(string(p.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if p.ContactPhone != "" {
		phone, err := ParsePhone(p.ContactPhone)
		j.blame("contact_phone", err)
		p.ContactPhone = phone
	}
	if p.From != 0 && p.Until != 0 && p.Until < p.From {
		j.reject("until", "partner.until_before", "from", p.From)
	}
	return p, j.errs.OrNil()
}

// AgreedOn reports whether an agreement holds on a day. Without a number there is none.
func (p Partner) AgreedOn(day Day) bool {
	return p.Agreement != "" && (p.From == 0 || p.From <= day) && (p.Until == 0 || day <= p.Until)
}

// Kinds of events about partners. Other is the sponsor that a partner is.
const (
	PartnerAdded   EventKind = "partner.added"
	PartnerChanged EventKind = "partner.changed"
	PartnerPays    EventKind = "partner.pays"
)
