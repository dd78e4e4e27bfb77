package jobs_test

import (
	"context"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
)

func TestCampaigns_EndAndSealByTheCalendarWhoeverIsStopped(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		w := newTown(t, jaringtest.Open(t, url))
		other := w.elsewhere(jaringtest.Open(t, url))
		market, err := w.AddPlace(t.Context(), w.officer, "market", "Pasar Angso Duo", "15.71.04.1002")
		w.must(err)
		start := w.clock.now()
		id, err := w.PlanCampaign(t.Context(), w.officer, jaring.OperationID(app.NewID()), jaring.CampaignForm{Kind: jaring.KindSweep, Name: "Grebek", Office: w.officer.Office, Place: market,
			OpensAt: start, ClosesAt: start.Add(2 * time.Hour), SealHours: 24, Rewards: 3})
		w.must(err)
		w.must(w.MoveCampaign(t.Context(), w.officer, jaring.OperationID(app.NewID()), id, jaring.CampaignIsOpen, ""))
		for _, step := range []struct {
			after time.Duration
			want  jaring.CampaignState
		}{{time.Hour, jaring.CampaignIsOpen}, {2 * time.Hour, jaring.CampaignIsClosed}, {26 * time.Hour, jaring.CampaignIsClosed}, {26*time.Hour + 2*time.Minute, jaring.CampaignIsSealed}} {
			w.clock.set(start.Add(step.after))
			ctx, cancel := context.WithCancel(t.Context())
			cancel() // killed at once; nothing is lost
			_ = jobs.New(jobs.Config{App: w.Acts}).Once(ctx)
			ends := []func(){run(jobs.New(jobs.Config{App: w.Acts, Bell: w.bell})), run(jobs.New(jobs.Config{App: other.Acts, Bell: other.bell}))}
			eventually(t, string(step.want), func() bool {
				due, err := w.CampaignsDue(t.Context())
				w.must(err)
				v, err := w.GetCampaign(t.Context(), w.officer, id)
				w.must(err)
				return !due && v.State == step.want
			})
			for _, end := range ends {
				end()
			}
		}
		result, err := w.Result(t.Context(), w.officer, id)
		if err != nil || result.Board.Campaign.State != jaring.CampaignIsSealed || !result.Board.Campaign.EndedAt.Equal(start.Add(2*time.Hour)) {
			t.Errorf("%+v %v", result, err)
		}
	})
}
