package jobs

import (
	"context"
	"log/slog"
)

// turnCampaigns ends campaigns whose time is over and freezes results when their seal is.
func (r *Runner) turnCampaigns(ctx context.Context) error {
	n, err := r.App.TurnCampaigns(ctx)
	if n > 0 {
		r.Log.Info("the calendar moved campaigns", slog.Int("n", n))
	}
	return err
}
