package jobs

import (
	"context"
	"log/slog"
	"time"
)

// settingEmployers holds the last day on which employers were billed and late ones fined.
const settingEmployers = "jobs.employers"

// employerTask bills the month that is over and lets penalties grow, once a day.
func (r *Runner) employerTask() *task {
	return &task{name: "employers", every: time.Minute, due: r.employersDue, run: r.employers}
}

func (r *Runner) employersDue(ctx context.Context) (bool, error) {
	last, err := r.App.Setting(ctx, settingEmployers)
	return last < r.today().String(), err
}

func (r *Runner) employers(ctx context.Context) error {
	day := r.today().String()
	made, err := r.App.BillEmployers(ctx)
	if err != nil {
		return err
	}
	fined, err := r.App.Penalise(ctx)
	if made+fined > 0 {
		r.Log.Info("employers were billed", slog.Int("bills", made), slog.Int("penalties", fined), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	return r.App.SetSetting(ctx, settingEmployers, day)
}
