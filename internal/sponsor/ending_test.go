package sponsor_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Who died, and who has left a giver's list, is reminded of nothing: not by the calendar, not by hand, and stands on
// no list of those who lapse next. Whoever stays is.
func TestNobodyIsRemindedOfTheEndByWhichTheyLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 6))
		v := payRoster(t, town, approve(t, town, sent(t, town, giver, agreement, listOf(1, 3))))
		town.Pass(20 * 24 * time.Hour) // into December
		first := jaring.NewMonth(2026, 12)
		people := confirmAll(t, town, v.ID, first, first+5)
		for i, why := range []jaring.LeaveWhy{jaring.LeftDied, jaring.LeftMoved} {
			id, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, jaring.Leave{Worker: people[i].Sponsorship.Worker, Why: why, From: first + 2})
			if err != nil {
				t.Fatal(err)
			}
			if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); err != nil {
				t.Fatal(err)
			}
		}
		for i, want := range []string{"reminder.died", "reminder.left", ""} {
			_, err := town.App.RemindWorker(ctx, town.Officer, people[i].Sponsorship.Worker)
			if jaring.KeyOf(err) != want {
				t.Errorf("person %d: %v", i, err)
			}
		}
		list, err := town.App.FindLapses(ctx, town.Officer, app.LapseQuery{Within: 366})
		if err != nil || len(list.Items) != 1 || list.Items[0].Worker.ID != people[2].Sponsorship.Worker {
			t.Errorf("%d of the list, %v", len(list.Items), err)
		}
		town.Pass(50 * 24 * time.Hour) // to the last days of January
		if _, err := town.App.SelectReminders(ctx, awake); err != nil {
			t.Fatal(err)
		}
		for _, p := range people[:2] {
			if made, err := town.App.FindReminders(ctx, town.Officer, p.Sponsorship.Worker); err != nil || len(made) != 0 {
				t.Errorf("%+v %v", made, err)
			}
		}
	})
}
