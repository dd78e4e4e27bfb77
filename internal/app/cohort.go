package app

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Cohort is who joined in a month, and how many of them were covered, confirmed, some months later.
type Cohort struct {
	Month  jaring.Month
	Joined int64
	Kept   map[int]int64 // by months after joining; a month that has not come is left out
}

// cohortMonths is how far back cohorts are shown: the oldest has a year behind it.
const cohortMonths = 18

// FindCohorts gives the cohorts of an office, or of a campaign, the newest first; empty names the actor's
// own office, and an agent sees those of his own people. Errors: error.forbidden, error.out_of_area,
// campaign.not_found.
func (a *App) FindCohorts(ctx context.Context, actor jaring.Actor, office jaring.OfficeID, campaign jaring.CampaignID) ([]Cohort, error) {
	d, value, err := a.cohortMargin(ctx, actor, office, campaign)
	if err != nil {
		return nil, err
	}
	now := Today(actor, a.Now()).Month()
	var counts map[jaring.Counter]int64
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		counts, err = tx.FindCounts(d, value, now.Add(-cohortMonths))
		return err
	})
	if err != nil {
		return nil, err
	}
	return cohortsOf(counts, d, value, now), nil
}

// cohortMargin is the marginal that cohorts are read from, if the actor may.
func (a *App) cohortMargin(ctx context.Context, actor jaring.Actor, office jaring.OfficeID, campaign jaring.CampaignID) (jaring.Dimension, string, error) {
	if err := actor.May(jaring.ActReadHome, jaring.Scope{}); err != nil {
		return "", "", err
	}
	switch {
	case campaign != "":
		_, err := a.CampaignFor(ctx, actor, jaring.ActReadCampaign, campaign)
		return jaring.ByCampaign, string(campaign), err
	case office != "":
		if actor.Role == jaring.RoleAgent || !slices.Contains(actor.Offices, office) {
			return "", "", jaring.NewError(jaring.Forbidden, "error.out_of_area")
		}
		return jaring.ByOffice, string(office), nil
	}
	d, value := marginOf(actor)
	return d, value, nil
}

func cohortsOf(counts map[jaring.Counter]int64, d jaring.Dimension, value string, now jaring.Month) (out []Cohort) {
	n := func(m jaring.Measure, month jaring.Month) int64 {
		return counts[jaring.Counter{Dimension: d, Value: value, Measure: m, Month: month}]
	}
	for month := now; month >= now.Add(-cohortMonths); month-- {
		c := Cohort{Month: month, Joined: n(jaring.JoinedIn, month), Kept: map[int]int64{}}
		if c.Joined == 0 {
			continue
		}
		for _, after := range jaring.KeptAfter {
			if month.Add(after) <= now {
				c.Kept[after] = n(jaring.Kept(after), month)
			}
		}
		out = append(out, c)
	}
	return out
}

// RankedAgent is an agent's place.
type RankedAgent struct {
	Place      int // the same for equals
	Account    jaring.AccountID
	Name       string
	Registered int64 // who joined in the months looked at
	Kept       int64 // of these, covered at the last look at their cohort
	Protected  int64 // today, of all whom the agent keeps
	Own        bool
}

// Ranking is the agents of an office by what they kept, or registered.
type Ranking struct {
	From, To jaring.Month // of joining
	Agents   []RankedAgent
}

// Months of joining that a ranking looks at.
const (
	defaultRankMonths = 6
	maxRankMonths     = 12
)

// FindRanking ranks the agents of the actor's office and the ones below; an agent sees the office's.
// The present month is left out: nobody can be kept in it. Equal ones share a place; an agent who
// keeps the larger part of those who joined stands before. Errors: ranking.by, ranking.months,
// error.forbidden.
func (a *App) FindRanking(ctx context.Context, actor jaring.Actor, byKept bool, months int) (*Ranking, error) {
	if err := actor.May(jaring.ActReadHome, jaring.Scope{}); err != nil {
		return nil, err
	}
	if months == 0 {
		months = defaultRankMonths
	}
	if months < 1 || months > maxRankMonths {
		return nil, jaring.NewError(jaring.Invalid, "ranking.months", "max", maxRankMonths).At("months")
	}
	now := Today(actor, a.Now()).Month()
	r := &Ranking{From: now.Add(-months), To: now.Add(-1)}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		agents, err := tx.FindAgentNames(actor.Offices)
		if err != nil {
			return err
		}
		counts, err := tx.FindCohortCounts(agents, r.From)
		if err != nil {
			return err
		}
		r.Agents = r.Agents[:0]
		for _, g := range agents {
			r.Agents = append(r.Agents, ranked(g.ID, jaring.ShortName(g.Name), counts[g.ID], r.From, now))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.order(byKept)
	for i := range r.Agents {
		r.Agents[i].Own = r.Agents[i].Account == actor.Account
	}
	return r, nil
}

// ranked is what the counters say of an agent.
func ranked(id jaring.AccountID, name string, counts map[jaring.Counter]int64, from, now jaring.Month) RankedAgent {
	g := RankedAgent{Account: id, Name: name, Protected: counts[jaring.Counter{Dimension: jaring.ByAgent, Value: string(id), Measure: jaring.Gauge(jaring.StandingProtected)}]}
	for _, c := range cohortsOf(counts, jaring.ByAgent, string(id), now) {
		if c.Month < from || c.Month >= now {
			continue
		}
		g.Registered += c.Joined
		for i := len(jaring.KeptAfter) - 1; i >= 0; i-- {
			if n, come := c.Kept[jaring.KeptAfter[i]]; come {
				g.Kept += n
				break
			}
		}
	}
	return g
}

func (r *Ranking) order(byKept bool) {
	first := func(g RankedAgent) int64 {
		if byKept {
			return g.Kept
		}
		return g.Registered
	}
	slices.SortStableFunc(r.Agents, func(x, y RankedAgent) int {
		return cmp.Or(cmp.Compare(first(y), first(x)), cmp.Compare(y.Kept*x.Registered, x.Kept*y.Registered), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Account, y.Account))
	})
	for i := range r.Agents {
		r.Agents[i].Place = i + 1
		if i > 0 && first(r.Agents[i]) == first(r.Agents[i-1]) && r.Agents[i].Kept*r.Agents[i-1].Registered == r.Agents[i-1].Kept*r.Agents[i].Registered {
			r.Agents[i].Place = r.Agents[i-1].Place
		}
	}
}
