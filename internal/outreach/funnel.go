package outreach

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Funnel gives what came of a campaign, with its children. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) Funnel(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*jaring.Funnel, error) {
	a, err := o.GetAround(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return &a.Funnel, nil
}

// funnelOf counts the funnel of a campaign and of those of its children that the actor may know of.
func (o *Outreach) funnelOf(ctx context.Context, actor jaring.Actor, a *Around) (jaring.Funnel, error) {
	var s jaring.FunnelSource
	family := []jaring.CampaignID{a.Campaign.ID}
	sweeps := []jaring.CampaignID{}
	if a.Campaign.Kind == jaring.KindSweep {
		sweeps = append(sweeps, a.Campaign.ID)
	}
	for i := range a.Children {
		family = append(family, a.Children[i].ID)
		if a.Children[i].Kind == jaring.KindSweep {
			sweeps = append(sweeps, a.Children[i].ID)
		}
	}
	if err := o.DB.Read(ctx, func(tx *store.Tx) error { return readFunnel(tx, family, &s) }); err != nil {
		return jaring.Funnel{}, err
	}
	for _, id := range sweeps {
		board, err := o.Board(ctx, actor, id)
		if err != nil {
			return jaring.Funnel{}, err
		}
		s.Lots.Back += board.Lots.Back
		s.Lots.Refused += board.Lots.Refused
		s.Lots.Visited += board.Lots.Visited
	}
	f := jaring.NewFunnel(s)
	var err error
	f.Kept, err = o.keptOf(ctx, actor, family)
	return f, err
}

// readFunnel reads the standings of those whom campaigns brought, by their counters, and their leads. A lead
// who was registered outside of the campaigns counts by the own standing.
func readFunnel(tx *store.Tx, family []jaring.CampaignID, s *jaring.FunnelSource) (err error) {
	if s.Standings, err = tx.FindCampaignStandings(family); err != nil {
		return err
	}
	var became []jaring.WorkerID
	if s.Leads, became, err = tx.FindLeadsOf(family); err != nil || len(became) == 0 {
		return err
	}
	of := map[jaring.CampaignID]bool{}
	for _, id := range family {
		of[id] = true
	}
	for len(became) > 0 {
		some := became[:min(len(became), 200)]
		became = became[len(some):]
		workers, err := tx.GetWorkers(some)
		if err != nil {
			return err
		}
		for _, w := range workers {
			if !of[w.Campaign] {
				s.Standings[w.Standing]++
			}
		}
	}
	return nil
}

// keptOf adds up the cohorts of campaigns.
func (o *Outreach) keptOf(ctx context.Context, actor jaring.Actor, family []jaring.CampaignID) ([]jaring.KeptStep, error) {
	steps := make([]jaring.KeptStep, len(jaring.FunnelMonths))
	for i, months := range jaring.FunnelMonths {
		steps[i].Months = months
	}
	for _, id := range family {
		cohorts, err := o.FindCohorts(ctx, actor, "", id)
		if err != nil {
			return nil, err
		}
		for _, c := range cohorts {
			for i := range steps {
				if kept, come := c.Kept[steps[i].Months]; come {
					steps[i].Of += c.Joined
					steps[i].Kept += kept
				}
			}
		}
	}
	return steps, nil
}
