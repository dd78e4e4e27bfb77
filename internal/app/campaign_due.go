package app

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// sealRest is how long after the seal the result is frozen: by then all that was received
// before the seal is kept.
const sealRest = time.Minute

// CampaignsDue tells whether the calendar has to end or seal a campaign.
func (a *App) CampaignsDue(ctx context.Context) (bool, error) {
	due, err := a.campaignsDue(ctx)
	return len(due) > 0, err
}

func (a *App) campaignsDue(ctx context.Context) (due []*Campaign, err error) {
	now := a.Now()
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		due, err = tx.FindCampaignsDue(now, now.Add(-sealRest))
		return err
	})
	return due, err
}

// TurnCampaigns ends campaigns whose planned end is over and freezes the result of those whose seal
// is. Each is a transaction of its own: stopped between two, the next call goes on; called
// twice at once, one of them finds nothing left. It gives how many steps were taken.
func (a *App) TurnCampaigns(ctx context.Context) (n int, err error) {
	for ctx.Err() == nil {
		due, err := a.campaignsDue(ctx)
		if err != nil || len(due) == 0 {
			return n, err
		}
		for _, c := range due {
			if err := a.turnCampaign(ctx, c); err != nil {
				return n, err
			}
			n++
		}
	}
	return n, ctx.Err()
}

// turnCampaign takes the step that is due. Somebody who was first has done it.
func (a *App) turnCampaign(ctx context.Context, c *Campaign) error {
	offices, err := a.offices.all(ctx, c.Office, a.Now())
	if err != nil {
		return err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.GetCampaign(c.ID)
		if err != nil {
			return err
		}
		switch {
		case now.Version != c.Version:
			return nil
		case now.State == jaring.CampaignIsClosed:
			return a.sealCampaign(tx, now, offices)
		}
		if err := a.step(tx, now, jaring.CampaignIsClosed); err != nil {
			return err
		}
		return a.writeCampaign(tx, jaring.System, now, jaring.CampaignClosed, jaring.Facts{})
	})
	if jaring.KeyOf(err) == "campaign.changed_meanwhile" {
		return nil
	}
	if err == nil {
		a.Changed()
	}
	return err
}

// sealCampaign freezes the result. The event comes first, so that a decision of the evaluation on the
// same campaign comes before or finds it sealed.
func (a *App) sealCampaign(tx *store.Tx, c *Campaign, offices map[jaring.OfficeID]*store.OfficeRecord) error {
	if err := a.tellCampaign(tx, jaring.System, &c.Campaign, jaring.CampaignSealed, jaring.Facts{}); err != nil {
		return err
	}
	r, err := readSweep(tx, c.ID)
	if err != nil {
		return err
	}
	r.offices = offices
	r.campaign.State = jaring.CampaignIsSealed
	if c.Kind == jaring.KindSweep {
		result := resultOf(r, a.Now())
		result.Evaluation = only(result.Evaluation, func(e Evaluated) bool { return e.Why != jaring.WhyLate }) // told as they come
		text, err := json.Marshal(result)
		if err != nil {
			return jaring.InternalError(err)
		}
		r.campaign.Result = string(text)
	}
	r.campaign.Version++
	return tx.UpdateCampaign(r.campaign)
}
