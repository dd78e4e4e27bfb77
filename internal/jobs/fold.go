package jobs

import (
	"context"
	"log/slog"
	"time"
)

// Folding: at once when something was committed here, and so often for what other
// processes committed. Together they keep counters less than a second behind; resting
// between two turns lets many events travel together.
const (
	foldEvery = 500 * time.Millisecond
	foldRest  = 50 * time.Millisecond
)

func (r *Runner) foldDue(ctx context.Context) (bool, error) { return r.App.HasPending(ctx) }

// fold brings events into the counters and tells the live pages.
func (r *Runner) fold(ctx context.Context) error {
	n, err := r.App.Fold(ctx)
	if n > 0 {
		r.Metrics.folded.Add(float64(n))
		r.Folded()
	}
	return err
}

// postLines writes the ledger's lines in the accounts that everybody shares.
func (r *Runner) postLines(ctx context.Context) error {
	_, err := r.App.PostLines(ctx)
	return err
}

// held does operations whose predecessor has come, and gives up those that have waited
// for too long.
func (r *Runner) held(ctx context.Context) error {
	if _, err := r.App.ReleaseHeld(ctx); err != nil {
		return err
	}
	n, err := r.App.GiveUpHeld(ctx)
	if n > 0 {
		r.Log.Warn("operations waited in vain", slog.Int("n", n))
	}
	return err
}
