package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

const day = 24 * time.Hour

// settlement is the whole contribution of a person of the town, paid on the town's day.
func settlement(town *jaringtest.Town, id jaring.WorkerID) fields {
	return fields{"worker_id": id, "amount": 45_600, "channel": "counter", "reference": "K-7", "paid_on": town.Now().Add(7 * time.Hour).Format(time.DateOnly)}
}

func pay(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID) error {
	_, err := town.Do(actor, jaring.ActSettle, settlement(town, id))
	return err
}

// protect pays for a person and lets the core acknowledge it.
func protect(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, kpj string) {
	t.Helper()
	if err := pay(town, town.Officer, id); err != nil {
		t.Fatal(err)
	}
	if err := town.App.Confirm(t.Context(), confirmation(t, town, id, kpj)); err != nil {
		t.Fatal(err)
	}
}

func confirmation(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, kpj string) app.Confirmation {
	t.Helper()
	m := view(t, town, id).Membership
	return app.Confirmation{Worker: id, Membership: m.ID, Accepted: true, KPJ: kpj, From: m.FirstMonth, To: m.LastMonth()}
}

func standing(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) jaring.Standing {
	t.Helper()
	return view(t, town, id).Worker.Standing
}

func TestSettle(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		for field, c := range map[string]struct {
			value any
			key   string
		}{
			"amount": {45_599, "payment.amount_differs"}, "channel": {"daun", "payment.channel_unknown"}, "reference": {" ", "field.required"},
			"paid_on": {"2026-11-22", "date.future"},
		} {
			body := settlement(town, id)
			body[field] = c.value
			_, err := town.Do(town.Officer, jaring.ActSettle, body)
			wantKey(t, err, jaring.Invalid, c.key)
		}
		body := settlement(town, id)
		body["paid_on"] = "2026-11-20"
		_, err := town.Do(town.Officer, jaring.ActSettle, body)
		wantKey(t, err, jaring.Invalid, "payment.before_registration")
		delete(body, "paid_on")
		_, err = town.Do(town.Officer, jaring.ActSettle, body)
		wantKey(t, err, jaring.Invalid, "field.required")
		if standing(t, town, id) != jaring.StandingWaiting {
			t.Error("a refused payment moved the person")
		}
		if err := pay(town, town.Officer, id); err != nil {
			t.Fatal(err)
		}
		v := view(t, town, id)
		if v.Worker.Standing != jaring.StandingPaid || v.Payment.State != "settled" || v.Membership.CoreState != jaring.CoreQueued || v.Membership.PaidOn.String() != "2026-11-21" {
			t.Errorf("%s %+v %+v", v.Worker.Standing, v.Payment, v.Membership.Membership)
		}
		wantKey(t, pay(town, town.Officer, id), jaring.Conflict, "payment.settled")
		wantKey(t, pay(town, town.Agent, id), jaring.Forbidden, "error.forbidden")
		wantSound(t, town)
	})
}

func TestConfirm(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		ctx := t.Context()
		wantKey(t, town.App.Confirm(ctx, confirmation(t, town, id, "1")), jaring.NotFound, "core.unknown_message")
		if err := pay(town, town.Officer, id); err != nil {
			t.Fatal(err)
		}
		no := confirmation(t, town, id, "")
		no.Accepted, no.Reason = false, "core.rejected.name"
		for range 2 { // the second one changes nothing
			if err := town.App.Confirm(ctx, no); err != nil {
				t.Fatal(err)
			}
		}
		if v := view(t, town, id); v.Worker.Standing != jaring.StandingPaid || v.Membership.CoreState != jaring.CoreRejected || v.Membership.CoreReason != "core.rejected.name" {
			t.Errorf("rejected: %s %+v", v.Worker.Standing, v.Membership.Membership)
		}
		home, err := town.App.Home(ctx, town.Officer)
		if err != nil || home.Rejected != 1 {
			t.Errorf("%d rejected at home, %v", home.Rejected, err)
		}
		yes := confirmation(t, town, id, "10000000001")
		for range 3 {
			if err := town.App.Confirm(ctx, yes); err != nil {
				t.Fatal(err)
			}
		}
		v := view(t, town, id)
		if v.Worker.Standing != jaring.StandingProtected || v.Worker.KPJ != "10000000001" || v.Worker.CoveredUntil.String() != "2027-01-31" || v.Membership.State != jaring.StateConfirmed {
			t.Errorf("acknowledged: %+v", v.Worker)
		}
		if err := town.App.Confirm(ctx, no); err != nil || standing(t, town, id) != jaring.StandingProtected {
			t.Errorf("a late no after the yes: %v", err)
		}
		history, err := town.App.FindHistory(ctx, town.Officer, id)
		if err != nil || len(history) != 4 {
			t.Errorf("%d events, %v", len(history), err)
		}
		other := town.Register(town.Agent, 2)
		if err := pay(town, town.Officer, other); err != nil {
			t.Fatal(err)
		}
		wantKey(t, town.App.Confirm(ctx, confirmation(t, town, other, "10000000001")), jaring.Conflict, "core.kpj_taken")
		if standing(t, town, other) != jaring.StandingPaid {
			t.Error("somebody else's number protects")
		}
		wantSound(t, town)
	})
}

// Age moves a person by the calendar alone: protected, menyusul, ended; each move once.
func TestAge(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		protect(t, town, id, "10000000001")
		at := func(date string, want jaring.Standing, wantMoved int) {
			t.Helper()
			morning, _ := time.Parse(time.DateOnly, date)
			town.Pass(morning.Add(2 * time.Hour).Sub(town.Now()))
			moved, err := town.App.Age(t.Context())
			if err != nil || moved != wantMoved || standing(t, town, id) != want {
				t.Errorf("%s: %s, want %s; %d moved, want %d, %v", date, standing(t, town, id), want, moved, wantMoved, err)
			}
			if moved, err := town.App.Age(t.Context()); moved != 0 || err != nil {
				t.Errorf("%s told again: %d moved, %v", date, moved, err)
			}
		}
		at("2026-11-30", jaring.StandingProtected, 0)
		at("2027-01-31", jaring.StandingProtected, 0)
		at("2027-02-01", jaring.StandingGrace, 1)
		at("2027-04-30", jaring.StandingGrace, 0)
		at("2027-05-01", jaring.StandingEnded, 1)
		at("2028-05-01", jaring.StandingEnded, 0)
		wantSound(t, town)
		if _, err := town.App.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := gauge(t, town, jaring.ByAll, "", jaring.StandingEnded); got != 1 {
			t.Errorf("%d ended", got)
		}
		// Who comes back is the same person, with a new membership. A new record needs the
		// old one closed.
		o, err := town.Do(town.Second, jaring.ActRegisterWorker, jaringtest.Person(1))
		if err != nil || o.Kind != jaring.Accepted || o.Worker != id {
			t.Errorf("registered again: %+v %v", o, err)
		}
		if err := withdraw(town, town.Second, id); err != nil {
			t.Fatal(err)
		}
		if again := town.Register(town.Second, 1); again == id || standing(t, town, again) != jaring.StandingWaiting {
			t.Errorf("back as %s", standing(t, town, again))
		}
		wantSound(t, town)
	})
}

// A machine that was off for long catches up in one step.
func TestAgeAfterALongSleep(t *testing.T) {
	town := liteTown(t)
	for n := range 230 { // more than a batch
		protect(t, town, town.Register(town.Agent, n), "100000"+time.Unix(int64(n), 0).UTC().Format("05")+time.Unix(int64(n), 0).UTC().Format("04")+"0")
	}
	town.Pass(400 * day)
	if moved, err := town.App.Age(t.Context()); moved != 230 || err != nil {
		t.Errorf("%d moved, %v", moved, err)
	}
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := gauge(t, town, jaring.ByAll, "", jaring.StandingEnded); got != 230 {
		t.Errorf("%d ended", got)
	}
	wantSound(t, town)
}
