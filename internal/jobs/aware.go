package jobs

import (
	"context"
	"log/slog"
	"time"
)

// awareTask looks at every village and market once a day, after those whose cover has ended are known.
func (r *Runner) awareTask() *task {
	acts := r.App
	return &task{name: "villages", every: time.Minute, due: acts.AwareDue, run: func(ctx context.Context) error {
		if _, err := r.App.Age(ctx); err != nil {
			return err
		}
		if _, err := r.App.Fold(ctx); err != nil {
			return err
		}
		n, err := acts.TurnAware(ctx)
		if n > 0 {
			r.Log.Info("looked at villages and markets", slog.Int("n", n))
		}
		return err
	}}
}
