package jobs

import (
	"context"
	"log/slog"
	"time"

	"jaring/internal/app"
	"jaring/internal/backup"
	"jaring/internal/jaring"
)

// When the backup of the night may begin, by the clock of western Indonesia, and how long is waited after one failed.
const (
	backupHour  = 1
	backupAgain = time.Hour
)

// backupTask is the backup of the night, made and tested.
func (r *Runner) backupTask() *task {
	return &task{name: "backup", every: 10 * time.Minute, due: r.backupDue, run: r.backUp}
}

// backupDue is true once a day, and sooner where none was tested since yesterday.
func (r *Runner) backupDue(ctx context.Context) (bool, error) {
	now := r.App.Now()
	last, err := backup.LastTested(ctx, r.App.App)
	if err != nil || now.Before(r.backupNotBefore) || now.In(app.Zone("")).Hour() < backupHour {
		return false, err
	}
	return jaring.DayIn(last, app.Zone("")) < r.today(), nil
}

// backUp does it. A failure is told and tried again after a while: each try reads everything.
func (r *Runner) backUp(ctx context.Context) error {
	err := r.Backup(ctx)
	if err == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	r.backupNotBefore = r.App.Now().Add(backupAgain)
	r.Metrics.failures.WithLabelValues("backup").Inc()
	r.Log.Error("the backup of the night failed", slog.String("error", err.Error()), slog.Duration("again_in", backupAgain))
	return nil
}
