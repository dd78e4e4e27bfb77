package jobs

import (
	"context"
	"log/slog"
)

// settingCashTold holds the last day on which overdue cash was told of.
const settingCashTold = "cash.told"

// cashDue is true once a day, after midnight in western Indonesia.
func (r *Runner) cashDue(ctx context.Context) (bool, error) {
	last, err := r.App.Setting(ctx, settingCashTold)
	return last < r.today().String(), err
}

// tellCash tells of cash that is too long in agents' hands. Each agent is told of once a day, whatever
// happens between the agents and the mark of the day.
func (r *Runner) tellCash(ctx context.Context) error {
	day := r.today().String()
	n, err := r.App.TellOverdue(ctx)
	if n > 0 {
		r.Log.Info("cash is too long in agents' hands", slog.Int("agents", n))
	}
	if err != nil {
		return err
	}
	return r.App.SetSetting(ctx, settingCashTold, day)
}
