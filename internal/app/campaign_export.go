package app

import (
	"context"
	"maps"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CampaignTotal is a campaign with what it came to: of a sealed sweep as it was sealed, of another
// one as it stands; of other kinds those in the book whom it brought.
type CampaignTotal struct {
	*Campaign
	Members           int
	Registered        int64
	New, Rejoined     int
	Paid              int
	Protected         int64
	Waiting           int // for the evaluation
	Lots, LotsVisited int
}

// EachCampaign walks all campaigns in the order of their ids.
func (a *App) EachCampaign(ctx context.Context, f func(*CampaignTotal) error) error {
	return a.eachCampaignRow(ctx, func(r *CampaignRow) error {
		total, err := a.totalOf(ctx, r)
		if err != nil {
			return err
		}
		return f(total)
	})
}

func (a *App) eachCampaignRow(ctx context.Context, f func(*CampaignRow) error) error {
	var last jaring.CampaignID
	return pages(ctx, a, func(tx *store.Tx) ([]CampaignRow, error) {
		found, err := tx.CampaignsAfter(last, exportPage)
		if err != nil {
			return nil, err
		}
		return rowsOf(tx, found)
	}, func(r CampaignRow) error {
		last = r.ID
		return f(&r)
	})
}

func (a *App) totalOf(ctx context.Context, r *CampaignRow) (*CampaignTotal, error) {
	t := &CampaignTotal{Campaign: r.Campaign, Members: r.Members, Registered: r.Registered, Protected: r.Protected}
	if r.Kind != jaring.KindSweep {
		return t, nil
	}
	b, err := a.computeBoard(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	t.Registered, t.New, t.Rejoined, t.Paid, t.Protected = int64(b.Registered), b.New, b.Rejoined, b.Paid, int64(b.Protected)
	t.Waiting, t.Lots, t.LotsVisited = b.Evaluation, b.Lots.Total, b.Lots.Done()
	return t, nil
}

// CampaignPart tells what of the book belongs to a campaign; nil: all of it.
type CampaignPart struct{ subjects map[string]bool }

// Worker reports whether a campaign recorded a person.
func (p *CampaignPart) Worker(id jaring.WorkerID) bool { return p.Subject(string(id)) }

// Subject reports whether id is one of the campaigns, a class, or a person whom they recorded.
func (p *CampaignPart) Subject(id string) bool { return p == nil || p.subjects[id] }

// CampaignPart gives what belongs to a campaign, with the campaigns below it, or to a class; all of the
// book when id is empty. Error: campaign.not_found.
func (a *App) CampaignPart(ctx context.Context, id string) (*CampaignPart, error) {
	if id == "" {
		return nil, nil
	}
	unknown := jaring.NewError(jaring.NotFound, "campaign.not_found").At("campaign")
	if !jaring.IsUUID(id) {
		return nil, unknown
	}
	parent := map[string]string{}
	err := a.eachCampaignRow(ctx, func(r *CampaignRow) error {
		parent[string(r.ID)] = string(r.Parent)
		return nil
	})
	if _, known := parent[id]; err == nil && !known {
		return a.classPart(ctx, jaring.ClassID(id), unknown)
	}
	p := &CampaignPart{map[string]bool{}}
	for of := range parent {
		for up, steps := of, 0; up != "" && steps < len(parent); up, steps = parent[up], steps+1 {
			p.subjects[of] = p.subjects[of] || up == id
		}
	}
	maps.DeleteFunc(p.subjects, func(_ string, below bool) bool { return !below })
	for of := range maps.Clone(p.subjects) {
		if err == nil {
			err = a.DB.Read(ctx, func(tx *store.Tx) error {
				return tx.WorkersOfCampaign(jaring.CampaignID(of), func(w jaring.WorkerID) { p.subjects[string(w)] = true })
			})
		}
	}
	return p, err
}

// classPart is a class alone. Error: unknown.
func (a *App) classPart(ctx context.Context, id jaring.ClassID, unknown error) (*CampaignPart, error) {
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		_, err := tx.GetClass(id)
		return err
	})
	if jaring.CodeOf(err) == jaring.NotFound {
		err = unknown
	}
	return &CampaignPart{map[string]bool{string(id): true}}, err
}
