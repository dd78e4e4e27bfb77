package jobs

import (
	"context"
	"jaring/internal/sponsor"
	"log/slog"
)

// sayRosters says which lists of sponsors were cut off when the server ended last. Each of their steps is one
// transaction: of a list that is approved nobody is in yet, of one that is paid nobody has started; both are done now.
func (r *Runner) sayRosters(ctx context.Context) {
	err := r.App.EachRosterUnderWay(ctx, func(l *sponsor.RosterRow) {
		r.Log.Info("a list was under way; what was begun left nothing and is done again", slog.String("roster", l.ID), slog.String("state", string(l.State)), slog.Int("people", l.People))
	})
	if err != nil {
		r.Log.Error("lists under way", slog.String("error", err.Error()))
	}
}
