package jaring

import "slices"

// GroupKind is what sort of group pays for its members.
type GroupKind string

// Kinds of groups.
const (
	GroupAssociation GroupKind = "association" // of a market, of traders
	GroupOjek        GroupKind = "ojek"        // a base of motorcycle taxis
	GroupOther       GroupKind = "other"
)

// GroupKinds lists every kind.
var GroupKinds = []GroupKind{GroupAssociation, GroupOjek, GroupOther}

// MaxGroupLines is how many members one bill of a group may pay for: all of them are paid in one transaction.
const MaxGroupLines = 500

// Group is a group that pays for its members, as somebody enters it.
type Group struct {
	Office       OfficeID
	Name         string
	Kind         GroupKind
	ContactName  string
	ContactPhone string // normalised; empty for none
}

// NewGroup judges a group whole and gives it as it is kept. Errors: field.required, field.too_long,
// field.unreadable, group.kind_unknown, office.not_found and those of ParsePhone.
func NewGroup(g Group) (Group, error) {
	j := judge{}
	g.Name = j.text("name", g.Name, maxName, true)
	g.ContactName = j.text("contact_name", g.ContactName, maxName, true)
	if !slices.Contains(GroupKinds, g.Kind) {
		j.reject("kind", "group.kind_unknown")
	}
	if !IsUUID(string(g.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if g.ContactPhone != "" {
		phone, err := ParsePhone(g.ContactPhone)
		j.blame("contact_phone", err)
		g.ContactPhone = phone
	}
	return g, j.errs.OrNil()
}

// Kinds of events about groups that pay for their members. Other is the worker, or the bill.
const (
	GroupAdded         EventKind = "group.added"
	GroupJoined        EventKind = "group.joined"
	GroupLeft          EventKind = "group.left"
	GroupBilled        EventKind = "group.billed"
	GroupBillPaid      EventKind = "group.settled"
	GroupBillCancelled EventKind = "group.bill_cancelled"
)
