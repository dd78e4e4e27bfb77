package app

import (
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Field is what an agent's phone carries for the day.
type Field struct {
	Campaigns []FieldCampaign
	Own       OwnWork
	Territory []Territory
}

// FieldCampaign is a campaign in which the agent takes part.
type FieldCampaign struct {
	*Campaign
	PlaceName string
	Team      string
	Lanes     []FieldLane
}

// FieldLane is a lane with what is known of its lots.
type FieldLane struct {
	jaring.Lane
	Mine bool // the agent's team walks it
	Lots []FieldLot
}

// FieldLot is a lot and the last word on it.
type FieldLot struct {
	Number  string
	Outcome jaring.LotOutcome
	BackAt  string
}

// OwnWork is what the agent has come to.
type OwnWork struct {
	Registered int64 // in the book
	Protected  int64
	Today      int64 // registered since midnight
	Rank       *OwnRank
}

// OwnRank is the agent's place in a sweep.
type OwnRank struct {
	Campaign jaring.CampaignID
	Rank, Of int
	ToNext   int // how many more make one place better; 0 for the first
}

// Of campaigns that are planned, phones carry those that open within fieldAhead.
const fieldAhead = 48 * time.Hour

// Field gives what the actor's phone carries. Error: error.forbidden.
func (a *App) Field(ctx context.Context, actor jaring.Actor) (*Field, error) {
	if err := actor.May(jaring.ActRecordLot, jaring.Scope{}); err != nil {
		return nil, err
	}
	out := &Field{}
	now := a.Now()
	day := jaring.DayIn(now, Zone(actor.Zone))
	y, m, d := now.In(Zone(actor.Zone)).Date()
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindCampaigns(store.CampaignQuery{Member: actor.Account, Kind: jaring.KindSweep})
		if err != nil {
			return err
		}
		out.Campaigns = nil
		for _, c := range found {
			if !carries(c, now) {
				continue
			}
			f, err := fieldCampaign(tx, actor, c)
			if err != nil {
				return err
			}
			out.Campaigns = append(out.Campaigns, *f)
		}
		if out.Own, err = ownWork(tx, actor, time.Date(y, m, d, 0, 0, 0, 0, Zone(actor.Zone))); err != nil {
			return err
		}
		mine, err := a.territories(tx, []jaring.AccountID{actor.Account}, day)
		out.Territory = mine[actor.Account]
		return err
	})
	if err != nil {
		return nil, err
	}
	out.Own.Rank, err = a.ownRank(ctx, actor, out.Campaigns)
	return out, err
}

// carries tells whether a phone needs a campaign today.
func carries(c *Campaign, now time.Time) bool {
	switch c.State {
	case jaring.CampaignIsOpen, jaring.CampaignIsPaused, jaring.CampaignIsClosed:
		return true
	case jaring.CampaignIsPlanned:
		return c.OpensAt.Before(now.Add(fieldAhead)) && now.Before(c.ClosesAt)
	}
	return false
}

func fieldCampaign(tx *store.Tx, actor jaring.Actor, c *Campaign) (*FieldCampaign, error) {
	r, f := &sweepRows{campaign: c}, &FieldCampaign{Campaign: c}
	place, err := tx.GetPlace(c.Place)
	if err != nil {
		return nil, err
	}
	f.PlaceName = place.Name
	if r.teams, err = tx.FindTeams(c.ID); err != nil {
		return nil, err
	}
	if r.lanes, err = tx.FindLanes(c.Place); err != nil {
		return nil, err
	}
	if r.lots, err = tx.FindLots(c.Place); err != nil {
		return nil, err
	}
	if r.visits, err = tx.FindLotWords(c.ID); err != nil {
		return nil, err
	}
	var walks []jaring.LaneID
	for _, t := range r.teams {
		if slices.Contains(t.Members, actor.Account) {
			f.Team, walks = t.Name, t.Lanes
		}
	}
	words, at := r.outcomes(), map[jaring.LaneID]int{}
	for i, l := range r.lanes {
		f.Lanes = append(f.Lanes, FieldLane{Lane: l, Mine: slices.Contains(walks, l.ID)})
		at[l.ID] = i
	}
	for _, lot := range r.lots {
		lane, word := &f.Lanes[at[lot.Lane]], words[lot.ID]
		lane.Lots = append(lane.Lots, FieldLot{lot.Number, word.Outcome, word.BackAt})
	}
	return f, nil
}

func ownWork(tx *store.Tx, actor jaring.Actor, midnight time.Time) (own OwnWork, err error) {
	counts, err := tx.FindCounts(jaring.ByAgent, string(actor.Account), jaring.DayIn(midnight, time.UTC).Month())
	if err != nil {
		return own, err
	}
	for _, s := range jaring.Standings {
		n := counts[jaring.Counter{Dimension: jaring.ByAgent, Value: string(actor.Account), Measure: jaring.Gauge(s)}]
		if s.Counts() {
			own.Registered += n
		}
		if s == jaring.StandingProtected {
			own.Protected = n
		}
	}
	own.Today, err = tx.CountRegisteredSince(actor.Account, midnight)
	return own, err
}

// ownRank finds the agent on the board of the sweep that runs, or ran last.
func (a *App) ownRank(ctx context.Context, actor jaring.Actor, campaigns []FieldCampaign) (*OwnRank, error) {
	at := slices.IndexFunc(campaigns, func(c FieldCampaign) bool { return !c.BeganAt.IsZero() })
	if at < 0 {
		return nil, nil
	}
	feed, err := a.feedOf(campaigns[at].Campaign)
	if err != nil {
		return nil, err
	}
	b, err := feed(ctx, boardFresh)
	if err != nil {
		return nil, err
	}
	for i, row := range b.Agents {
		if row.Account != actor.Account {
			continue
		}
		r := &OwnRank{Campaign: b.Campaign.ID, Rank: row.Rank, Of: len(b.Agents)}
		if i > 0 {
			r.ToNext = b.Agents[i-1].Registered - row.Registered + 1
		}
		return r, nil
	}
	return nil, nil
}
