package jaring

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ServiceTopic is what somebody comes to a service desk about.
type ServiceTopic string

// Topics of a service desk of a labour office.
const (
	TopicNotRegistered ServiceTopic = "not_registered" // the employer did not register somebody
	TopicWages         ServiceTopic = "wages"
	TopicAccident      ServiceTopic = "work_accident"
	TopicDeath         ServiceTopic = "death"
	TopicLayoff        ServiceTopic = "layoff"
	TopicClaim         ServiceTopic = "claim_help"
	TopicInformation   ServiceTopic = "information"
	TopicOther         ServiceTopic = "other"
)

// ServiceTopics lists every topic, in the order of their letters.
var ServiceTopics = []ServiceTopic{TopicNotRegistered, TopicWages, TopicAccident, TopicDeath, TopicLayoff, TopicClaim, TopicInformation, TopicOther}

// Letter stands before the numbers of a topic: A, B, C …
func (t ServiceTopic) Letter() string { return string(rune('A' + slices.Index(ServiceTopics, t))) }

// ServiceLabel is how a number of a day is written and called: B-007.
func ServiceLabel(t Turn) string {
	number := strconv.Itoa(t.Number)
	return ServiceTopic(t.Topic).Letter() + "-" + strings.Repeat("0", max(0, 3-len(number))) + number
}

// ServiceHours are the hours of a desk on one day of the week, in the time of its office.
type ServiceHours struct {
	Day   int    `json:"day"`  // 1 Monday … 7 Sunday
	From  string `json:"from"` // 08:00
	Until string `json:"until"`
}

// ServiceDesk is a desk that an office, or a partner of it, keeps for people on days of the week.
type ServiceDesk struct {
	Office  OfficeID
	Partner PartnerID // who keeps it; empty when the office does
	Name    string
	Place   string // where it stands, as people say it
	Area    string // dotted code
	Opens   []ServiceHours
	Topics  []ServiceTopic
	ByPhone bool // people take a number on their own phones, by the desk's code
	Closed  bool // for good
}

// Bounds of a service desk.
const (
	maxServicePlace = 120 // characters
	MaxTurns        = 999 // numbers of a topic on one day
	// ServiceMonths is how long name, phone and words of a case are kept, in months after it was closed. Own rule, by
	// the aim of the case: UU 27/2022 art 16(2)(g) lets data go that no aim needs; no law names the span, an
	// operator may set another.
	ServiceMonths = 24
)

// NewServiceDesk judges a desk whole and gives it as it is kept: topics and days in their order. Errors:
// field.required, field.too_long, field.unreadable, service.topic_unknown, service.hours, service.day_twice,
// service.area_unknown, office.not_found, partner.unknown.
func NewServiceDesk(d ServiceDesk, areaKnown func(string) bool) (ServiceDesk, error) {
	j := judge{}
	d.Name = j.text("name", d.Name, maxName, true)
	d.Place = j.text("place", d.Place, maxServicePlace, true)
	if !areaKnown(d.Area) {
		j.reject("area", "service.area_unknown")
	}
	if !IsUUID(string(d.Office)) {
		j.reject("office_id", "office.not_found")
	}
	if d.Partner != "" && !IsUUID(string(d.Partner)) {
		j.reject("partner_id", "partner.unknown")
	}
	d.Topics = j.topics(d.Topics)
	d.Opens = j.hours(d.Opens)
	return d, j.errs.OrNil()
}

// topics judges which topics a desk takes.
func (j *judge) topics(asked []ServiceTopic) (kept []ServiceTopic) {
	if len(asked) == 0 {
		j.reject("topics", "field.required")
	}
	for i, t := range asked {
		if !slices.Contains(ServiceTopics, t) {
			j.reject("topics/"+strconv.Itoa(i), "service.topic_unknown")
		}
	}
	for _, t := range ServiceTopics {
		if slices.Contains(asked, t) {
			kept = append(kept, t)
		}
	}
	return kept
}

// hours judges when a desk is open.
func (j *judge) hours(asked []ServiceHours) []ServiceHours {
	if len(asked) == 0 {
		j.reject("opens", "field.required")
	}
	kept := slices.Clone(asked)
	for i := range kept {
		h, at := &kept[i], "opens/"+strconv.Itoa(i)
		h.From, h.Until = clockText(h.From), clockText(h.Until)
		switch {
		case h.Day < 1 || h.Day > 7 || !isClock(h.From) || !isClock(h.Until) || h.Until <= h.From:
			j.reject(at, "service.hours")
		case slices.ContainsFunc(kept[:i], func(o ServiceHours) bool { return o.Day == h.Day }):
			j.reject(at, "service.day_twice")
		}
	}
	slices.SortStableFunc(kept, func(a, b ServiceHours) int { return a.Day - b.Day })
	return kept
}

func clockText(s string) string { return strings.Replace(strings.TrimSpace(s), ".", ":", 1) }

// OpenAt reports whether the desk is open at a moment, told in the time of its office.
func (d *ServiceDesk) OpenAt(local time.Time) bool {
	day, clock := int(local.Weekday()), local.Format("15:04")
	if day == 0 {
		day = 7
	}
	return !d.Closed && slices.ContainsFunc(d.Opens, func(h ServiceHours) bool { return h.Day == day && h.From <= clock && clock < h.Until })
}

// Takes reports whether the desk takes a topic.
func (d *ServiceDesk) Takes(t ServiceTopic) bool { return slices.Contains(d.Topics, t) }

// Acts at service desks.
const (
	ActManageService Act = "service.manage" // the desk itself and its codes
	ActServe         Act = "service.serve"  // its queue and its cases
	ActFindService   Act = "service.find"
)

// Kinds of events about service desks; of cases the subject is the case, Other its desk.
const (
	ServiceOpened       EventKind = "service.opened"
	ServiceChanged      EventKind = "service.changed"
	ServiceCodesRenewed EventKind = "service.codes_renewed"
	ServiceCaseOpened   EventKind = "service.case_opened"
	ServiceCaseMoved    EventKind = "service.case_moved"
	ServiceCaseNoted    EventKind = "service.case_noted"
	ServiceCaseTaken    EventKind = "service.case_taken"
	ServiceCaseLinked   EventKind = "service.case_linked"
	ServiceCaseReferred EventKind = "service.case_referred"
)
