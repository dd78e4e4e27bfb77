package outreach

import (
	"context"

	"jaring/internal/app"
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

// ChildFunnel is what came of a child of a campaign, with its own children.
type ChildFunnel struct {
	*app.Campaign
	jaring.Funnel
}

// funnelBook counts funnels of campaigns that overlap, and looks each campaign up once.
type funnelBook struct {
	*Outreach
	actor jaring.Actor
	lots  map[jaring.CampaignID]jaring.LotCount
	kept  map[jaring.CampaignID][]jaring.KeptStep
}

// putFunnels counts the funnel of a campaign with its children and theirs, and that of each child, as far as the
// actor may know of them.
func (o *Outreach) putFunnels(ctx context.Context, actor jaring.Actor, a *Around) (err error) {
	b := &funnelBook{o, actor, map[jaring.CampaignID]jaring.LotCount{}, map[jaring.CampaignID][]jaring.KeptStep{}}
	whole := []*app.Campaign{a.Campaign.Campaign}
	for i := range a.Children {
		family := []*app.Campaign{a.Children[i].Campaign}
		below, err := o.FindCampaigns(ctx, actor, app.CampaignFilter{Parent: a.Children[i].ID})
		if err != nil {
			return err
		}
		for j := range below {
			family = append(family, below[j].Campaign)
		}
		child := ChildFunnel{Campaign: family[0]}
		if child.Funnel, err = b.count(ctx, family); err != nil {
			return err
		}
		a.ByChild, whole = append(a.ByChild, child), append(whole, family...)
	}
	a.Funnel, err = b.count(ctx, whole)
	return err
}

// count counts the funnel of campaigns together.
func (b *funnelBook) count(ctx context.Context, family []*app.Campaign) (f jaring.Funnel, err error) {
	var s jaring.FunnelSource
	ids := make([]jaring.CampaignID, len(family))
	for i, c := range family {
		ids[i] = c.ID
	}
	if err := b.DB.Read(ctx, func(tx *store.Tx) error { return readFunnel(tx, ids, &s) }); err != nil {
		return f, err
	}
	for _, c := range family {
		lots, err := b.lotsOf(ctx, c)
		if err != nil {
			return f, err
		}
		s.Lots.Back += lots.Back
		s.Lots.Refused += lots.Refused
		s.Lots.Visited += lots.Visited
	}
	f = jaring.NewFunnel(s)
	f.Kept, err = b.keptOf(ctx, ids)
	return f, err
}

// lotsOf gives the stalls of a sweep; another campaign has none.
func (b *funnelBook) lotsOf(ctx context.Context, c *app.Campaign) (jaring.LotCount, error) {
	known, there := b.lots[c.ID]
	if there || c.Kind != jaring.KindSweep {
		return known, nil
	}
	board, err := b.Board(ctx, b.actor, c.ID)
	if err == nil {
		b.lots[c.ID] = board.Lots
	}
	return b.lots[c.ID], err
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
func (b *funnelBook) keptOf(ctx context.Context, family []jaring.CampaignID) ([]jaring.KeptStep, error) {
	all := noneKept()
	for _, id := range family {
		steps, err := b.keptBy(ctx, id)
		if err != nil {
			return nil, err
		}
		for i := range all {
			all[i].Of += steps[i].Of
			all[i].Kept += steps[i].Kept
		}
	}
	return all, nil
}

// keptBy adds up the cohorts of one campaign.
func (b *funnelBook) keptBy(ctx context.Context, id jaring.CampaignID) ([]jaring.KeptStep, error) {
	if known := b.kept[id]; known != nil {
		return known, nil
	}
	cohorts, err := b.FindCohorts(ctx, b.actor, "", id)
	if err != nil {
		return nil, err
	}
	steps := noneKept()
	for _, c := range cohorts {
		for i := range steps {
			if kept, come := c.Kept[steps[i].Months]; come {
				steps[i].Of += c.Joined
				steps[i].Kept += kept
			}
		}
	}
	b.kept[id] = steps
	return steps, nil
}

func noneKept() []jaring.KeptStep {
	steps := make([]jaring.KeptStep, len(jaring.FunnelMonths))
	for i, months := range jaring.FunnelMonths {
		steps[i].Months = months
	}
	return steps
}
