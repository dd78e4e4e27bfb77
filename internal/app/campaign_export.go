package app

import (
	"context"

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
	var last jaring.CampaignID
	return pages(ctx, a, func(tx *store.Tx) ([]CampaignRow, error) {
		found, err := tx.CampaignsAfter(last, exportPage)
		if err != nil {
			return nil, err
		}
		return rowsOf(tx, found)
	}, func(r CampaignRow) error {
		last = r.ID
		total, err := a.totalOf(ctx, &r)
		if err != nil {
			return err
		}
		return f(total)
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
