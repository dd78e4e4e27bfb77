package jaring

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// CampaignForm is a campaign as somebody plans it.
type CampaignForm struct {
	Kind      CampaignKind
	Name      string
	Office    OfficeID
	Place     PlaceID
	Parent    CampaignID
	OpensAt   time.Time
	ClosesAt  time.Time
	SealHours int
	Rewards   int
	Partner   PartnerID // who organises it; empty when the office does
	Budget    Rupiah
	Plan      CampaignPlan
}

// NewCampaign judges a plan, all at once, and makes the campaign of it. What office, place and
// parent it names is the caller's to look up. Errors: campaign.kind_unknown, field.required,
// field.too_long, field.too_many, field.unreadable, field.range, campaign.window, campaign.too_long,
// campaign.past, program.unknown, agenda.time.
func NewCampaign(f CampaignForm, now time.Time) (Campaign, error) {
	c := Campaign{Kind: f.Kind, Office: f.Office, Place: f.Place, Parent: f.Parent, State: CampaignIsPlanned, Version: 1, AddedAt: now}
	var es Errors
	if !slices.Contains(CampaignKinds, f.Kind) {
		es = append(es, NewError(Invalid, "campaign.kind_unknown").At("kind"))
	}
	if f.OpensAt.IsZero() {
		es = append(es, NewError(Invalid, "field.required").At("opens_at"))
	}
	es = append(es, c.take(f, now)...)
	return c, es.OrNil()
}

// Change judges another plan for a campaign that is there, all at once. What has begun keeps its
// beginning. Errors: campaign.is_closed, campaign.is_sealed, campaign.is_cancelled,
// campaign.began and those of NewCampaign.
func (c *Campaign) Change(f CampaignForm, now time.Time) error {
	if c.State.Over() || c.State == CampaignIsClosed {
		return NewError(Conflict, "campaign.is_"+string(c.State))
	}
	var es Errors
	if f.OpensAt.IsZero() {
		f.OpensAt = c.OpensAt
	}
	if c.State != CampaignIsPlanned && !f.OpensAt.Equal(c.OpensAt) {
		es = append(es, NewError(Invalid, "campaign.began").At("opens_at"))
	}
	return append(es, c.take(f, now)...).OrNil()
}

// take judges what a plan says and takes it over.
func (c *Campaign) take(f CampaignForm, now time.Time) (es Errors) {
	c.Name = strings.Join(strings.Fields(f.Name), " ")
	es = append(es, lengthOf("name", c.Name, 1, MaxCampaignName)...)
	c.OpensAt, c.ClosesAt = f.OpensAt, f.ClosesAt
	c.SealsAt = f.ClosesAt.Add(time.Duration(f.SealHours) * time.Hour)
	es = append(es, windowOf(f, now)...)
	es = append(es, rangeOf("seal_hours", f.SealHours, 1, MaxSealHours)...)
	es = append(es, rangeOf("rewards", f.Rewards, 0, MaxRewards)...)
	es = append(es, rangeOf("plan/goal", f.Plan.Goal, 0, MaxGoal)...)
	es = append(es, lengthOf("plan/note", f.Plan.Note, 0, MaxCampaignNote)...)
	if f.Budget < 0 || f.Budget > MaxBudget {
		es = append(es, NewError(Invalid, "field.range", "min", 0, "max", int64(MaxBudget)).At("budget"))
	}
	f.Plan.Agenda = slices.Clone(f.Plan.Agenda)
	es = append(es, agendaErrors(f.Plan.Agenda)...)
	c.Rewards, c.Plan, c.Partner, c.Budget = f.Rewards, f.Plan, f.Partner, f.Budget
	if len(f.Plan.Programs) > 0 {
		programs, err := ParsePrograms(strings.Join(f.Plan.Programs, "+"))
		if err != nil {
			es = append(es, NewError(Invalid, KeyOf(err), "program", strings.Join(f.Plan.Programs, "+")).At("plan/programs"))
		} else {
			c.Plan.Programs = strings.Split(programs.String(), "+")
		}
	}
	return es
}

func windowOf(f CampaignForm, now time.Time) Errors {
	key := ""
	var args []any
	switch {
	case f.ClosesAt.IsZero():
		key = "field.required"
	case !f.ClosesAt.After(f.OpensAt):
		key = "campaign.window"
	case !f.OpensAt.IsZero() && f.ClosesAt.Sub(f.OpensAt) > MaxCampaignSpan:
		key, args = "campaign.too_long", []any{"max", int(MaxCampaignSpan / (24 * time.Hour))}
	case !f.ClosesAt.After(now):
		key = "campaign.past"
	default:
		return nil
	}
	return Errors{NewError(Invalid, key, args...).At("closes_at")}
}

func rangeOf(field string, n, from, to int) Errors {
	if n >= from && n <= to {
		return nil
	}
	return Errors{NewError(Invalid, "field.range", "min", from, "max", to).At(field)}
}

// lengthOf judges a text by its characters.
func lengthOf(field, text string, from, to int) Errors {
	switch n := utf8.RuneCountInString(text); {
	case n < from:
		return Errors{NewError(Invalid, "field.required").At(field)}
	case n > to:
		return Errors{NewError(Invalid, "field.too_long", "max", to).At(field)}
	}
	return nil
}

// TeamErrors judges teams, all at once. lanes and people are those that may stand in them.
// Errors: field.too_many, field.required, field.too_long, team.name_twice, team.lane_unknown,
// team.member_unknown, team.member_twice.
func TeamErrors(teams []Team, lanes map[LaneID]bool, people map[AccountID]bool) error {
	var es Errors
	if len(teams) > MaxTeams {
		return Errors{NewError(Invalid, "field.too_many", "max", MaxTeams).At("teams")}
	}
	names, seen := map[string]bool{}, map[AccountID]bool{}
	for i, t := range teams {
		at := "teams/" + strconv.Itoa(i)
		es = append(es, lengthOf(at+"/name", t.Name, 1, MaxCampaignName)...)
		if folded := strings.ToLower(t.Name); t.Name != "" && names[folded] {
			es = append(es, NewError(Invalid, "team.name_twice").At(at+"/name"))
		} else {
			names[folded] = true
		}
		for j, l := range t.Lanes {
			if !lanes[l] {
				es = append(es, NewError(Invalid, "team.lane_unknown").At(at+"/lanes/"+strconv.Itoa(j)))
			}
		}
		for j, m := range t.Members {
			where := at + "/members/" + strconv.Itoa(j)
			switch {
			case !people[m]:
				es = append(es, NewError(Invalid, "team.member_unknown").At(where))
			case seen[m]:
				es = append(es, NewError(Invalid, "team.member_twice").At(where))
			}
			seen[m] = true
		}
	}
	if len(seen) > MaxMembers {
		es = append(es, NewError(Invalid, "field.too_many", "max", MaxMembers).At("teams"))
	}
	return es.OrNil()
}

// Bounds of teams.
const (
	MaxTeams   = 50
	MaxMembers = 500
)
