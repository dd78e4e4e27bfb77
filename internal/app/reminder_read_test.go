package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// A reminder that has not gone when its end is paid past says so when it is read, and stays so when it is chosen to go.
func TestReminderForAnEndThatIsPaid(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := &mail{t: t, town: town}
		sent := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
		byHand := registerAs(t, town, town.Agent, 2, fields{"phone": ""})
		for i, id := range []jaring.WorkerID{sent, byHand} {
			protect(t, town, id, []string{"10000000001", "10000000002"}[i]) // to January
		}
		arrive(t, town, "2027-01-01")
		if _, err := town.App.SelectReminders(t.Context(), awake); err != nil {
			t.Fatal(err)
		}
		say := func(id jaring.WorkerID, state jaring.ReminderState, why string) {
			t.Helper()
			rs, err := town.App.FindReminders(t.Context(), town.Agent, id)
			if err != nil || len(rs) != 1 || rs[0].State != state || rs[0].Why != why {
				t.Errorf("%+v %v", rs, err)
			}
		}
		say(sent, jaring.ReminderWaits, "")
		say(byHand, jaring.ReminderByHand, "message.no_channel")
		settleNext(t, town, sent, 1)
		settleNext(t, town, byHand, 1)
		for range 2 {
			say(sent, jaring.ReminderCalledOff, "reminder.paid")
			say(byHand, jaring.ReminderCalledOff, "reminder.paid")
			if letters := m.post(); len(letters) != 0 {
				t.Errorf("sent all the same: %+v", letters)
			}
		}
	})
}
