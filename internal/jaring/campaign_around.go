package jaring

import (
	"slices"
	"strconv"
	"strings"
)

// Cost is a line of what a campaign costs.
type Cost struct {
	Campaign CampaignID
	ID       string
	What     string
	Planned  Rupiah
	Spent    Rupiah
}

// Question is something that was asked at a campaign, and what was answered.
type Question struct {
	Campaign CampaignID
	ID       string
	Kind     GuestKind // who asked
	Asked    string
	Answered string // empty while nobody did
}

// AgendaItem is a point of a campaign's agenda.
type AgendaItem struct {
	At   string `json:"at,omitempty"` // 09:30, in the time of the office; empty for what follows
	What string `json:"what"`
	Who  string `json:"who,omitempty"`
}

// Bounds of what surrounds a campaign.
const (
	MaxQuestion  = 500 // characters
	MaxAgenda    = 60  // points
	MaxCosts     = 100 // lines of a campaign
	MaxQuestions = 500 // of a campaign
)

// NewCost judges a line of cost. Errors: field.required, field.too_long, field.unreadable, field.range.
func NewCost(c Cost) (Cost, error) {
	j := judge{}
	c.What = j.text("what", c.What, maxName, true)
	j.amount("planned", c.Planned)
	j.amount("spent", c.Spent)
	return c, j.errs.OrNil()
}

// amount judges an amount of rupiah that may be nothing.
func (j *judge) amount(field string, n Rupiah) {
	if n < 0 || n > MaxBudget {
		j.reject(field, "field.range", "min", 0, "max", int64(MaxBudget))
	}
}

// MaxBudget bounds what a campaign may cost, in rupiah: a hundred billion.
const MaxBudget Rupiah = 100_000_000_000

// NewQuestion judges a question. Errors: field.required, field.too_long, field.unreadable, guest.kind_unknown.
func NewQuestion(q Question) (Question, error) {
	j := judge{}
	if !slices.Contains(GuestKinds, q.Kind) {
		j.reject("kind", "guest.kind_unknown")
	}
	q.Asked = j.text("asked", q.Asked, MaxQuestion, true)
	q.Answered = j.text("answered", q.Answered, MaxQuestion, false)
	return q, j.errs.OrNil()
}

// agendaErrors judges an agenda and trims it in place. Errors: field.too_many, field.required, field.too_long,
// field.unreadable, agenda.time.
func agendaErrors(items []AgendaItem) Errors {
	if len(items) > MaxAgenda {
		return Errors{NewError(Invalid, "field.too_many", "max", MaxAgenda).At("plan/agenda")}
	}
	j := judge{}
	for i := range items {
		it, at := &items[i], "plan/agenda/"+strconv.Itoa(i)+"/"
		it.What = j.text(at+"what", it.What, MaxCampaignName, true)
		it.Who = j.text(at+"who", it.Who, MaxCampaignName, false)
		if it.At = strings.Replace(strings.TrimSpace(it.At), ".", ":", 1); it.At != "" && !isClock(it.At) {
			j.reject(at+"at", "agenda.time")
		}
	}
	return j.errs
}

// isClock reports whether s is an hour and minutes: 09:30.
func isClock(s string) bool {
	hour, minute, ok := strings.Cut(s, ":")
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(minute)
	return ok && len(hour) == 2 && len(minute) == 2 && err1 == nil && err2 == nil && h >= 0 && h < 24 && m >= 0 && m < 60
}
