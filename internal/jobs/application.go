package jobs

import (
	"context"
	"log/slog"
)

// settingEmptied holds the last day on which applications were emptied.
const settingEmptied = "jobs.applications"

// emptyDue is true once a day, after midnight in western Indonesia.
func (r *Runner) emptyDue(ctx context.Context) (bool, error) {
	last, err := r.App.Setting(ctx, settingEmptied)
	return last < r.today().String(), err
}

// empty takes the personal data out of applications that were turned down long ago, and out of notes about
// people who never registered, and out of the lists of events, and out of cases of service desks that were closed long ago.
func (r *Runner) empty(ctx context.Context) error {
	day := r.today().String()
	n, err := r.App.EmptyApplications(ctx)
	if n > 0 {
		r.Log.Info("applications were emptied", slog.Int("n", n), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	acts := r.App
	erased, err := acts.EraseLeads(ctx)
	if erased > 0 {
		r.Log.Info("leads were erased", slog.Int("n", erased), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	emptied, err := acts.EmptyHalls(ctx)
	if emptied > 0 {
		r.Log.Info("lists of events were emptied", slog.Int64("n", emptied), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	cases, err := acts.EraseServices(ctx)
	if cases > 0 {
		r.Log.Info("cases of service desks were erased", slog.Int("n", cases), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	return r.App.SetSetting(ctx, settingEmptied, day)
}
