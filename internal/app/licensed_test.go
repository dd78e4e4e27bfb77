package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Who registers without a valid certificate is told so at a screen; what a phone has taken is
// kept for a second look.
func TestAgentsRegisterByTheirCertificate(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		today := jaring.NewDay(2026, 11, 21)
		hire := func(login string, from, until jaring.Day, powers ...jaring.Power) jaring.Actor {
			agent := town.Hire(login, "Kader "+login, jaring.RoleAgent, town.Branch)
			if from != 0 {
				if _, err := town.App.Certify(t.Context(), jaring.System, agent.Account, from, until, powers); err != nil {
					t.Fatal(err)
				}
			}
			return again(t, town, agent)
		}
		none := hire("tanpa", 0, 0)
		over := hire("habis", today.Add(-30), today, jaring.PowerRegister)
		coming := hire("besok", today.Add(3), today.Add(300), jaring.PowerRegister)
		cash := hire("tunai", today.Add(-30), today.Add(300), jaring.PowerCash)
		stopped := hire("henti", today.Add(-30), today.Add(300), jaring.PowerRegister)
		town.Pass(24 * time.Hour) // over is over
		if err := town.App.StopCertificate(t.Context(), town.Head, newOp(), stopped.Licence.Number, jaring.CertificateIsStopped, "diperiksa cabang"); err != nil {
			t.Fatal(err)
		}
		stopped = again(t, town, stopped)
		wasRight := town.Now().Add(-2 * time.Hour)
		town.Pass(time.Hour)
		for n, c := range []struct {
			agent jaring.Actor
			key   string
			early bool // taken two hours before the stop
			skew  time.Duration
		}{
			{agent: none, key: "certificate.none"}, {agent: over, key: "certificate.ended"}, {agent: coming, key: "certificate.not_begun"}, {agent: cash, key: "certificate.power_missing"},
			{agent: stopped, key: "certificate.stopped"}, {agent: stopped, early: true}, {agent: stopped, key: "certificate.stopped", early: true, skew: time.Hour},
			{agent: town.Agent}, {agent: town.Agent, skew: 30 * time.Hour},
		} {
			if c.key != "" && !c.early {
				_, err := town.Do(c.agent, jaring.ActRegisterWorker, jaringtest.Person(n))
				wantKey(t, err, jaring.Forbidden, c.key)
			}
			op := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(n))
			if c.early {
				op.TakenAt = wasRight
			}
			phone := town.Enrol(c.agent)
			op.TakenAt = op.TakenAt.Add(c.skew)
			out, err := town.App.Sync(t.Context(), c.agent, app.SyncBatch{Device: phone.ID, ClockNow: town.Now().Add(c.skew), Operation: []jaring.Operation{op}})
			if err != nil {
				t.Fatal(err)
			}
			if want := map[bool]jaring.OutcomeKind{true: jaring.Accepted, false: jaring.Review}[c.key == ""]; out[0].Kind != want || c.key != "" && keys(out[0].Findings)[0] != c.key {
				t.Errorf("%d: %+v, want %s %s", n, out[0], want, c.key)
			}
		}
		if _, err := town.Do(town.Officer, jaring.ActRegisterWorker, jaringtest.Person(20)); err != nil {
			t.Errorf("a desk needs none: %v", err)
		}
		wantMarginsFolded(t, town)
	})
}

// again is an actor as he is now.
func again(t *testing.T, town *jaringtest.Town, actor jaring.Actor) jaring.Actor {
	t.Helper()
	a, err := town.Auth.ActorOfAccount(t.Context(), actor.Account)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Who comes back by an agent without a certificate waits for a second look, which accepts the new
// membership or takes it back.
func TestWhoComesBackWithoutACertificateWaits(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		agent := town.Hire("tanpa", "Tanpa Surat", jaring.RoleAgent, town.Branch)
		var ids [2]jaring.WorkerID
		for n := range ids {
			ids[n] = town.Register(town.Agent, n)
			protect(t, town, ids[n], "1000000000"+string(rune('0'+n)))
		}
		wait(t, town, untilOver)
		phone := town.Enrol(agent)
		for n, id := range ids {
			body := jaringtest.Person(n)
			body["programs"], body["phone"] = []string{"JKK", "JKM", "JHT"}, "081234567890"
			out, err := town.App.Sync(t.Context(), agent, app.SyncBatch{Device: phone.ID, ClockNow: town.Now(), Operation: []jaring.Operation{town.Operation(jaring.ActRegisterWorker, body)}})
			if err != nil || out[0].Kind != jaring.Review || out[0].Worker != id {
				t.Fatalf("%+v %v", out, err)
			}
			if v := view(t, town, id); v.Worker.Standing != jaring.StandingReview || v.Payment != nil || v.Review == nil || v.Worker.Agent != town.Agent.Account {
				t.Errorf("%+v", v.Worker.Worker)
			}
		}
		wantMarginsFolded(t, town)
		for n, decision := range []string{"accept", "reject"} {
			if err := decide(t, town, town.Officer, ids[n], decision); err != nil {
				t.Fatal(err)
			}
		}
		if v := view(t, town, ids[0]); v.Worker.Standing != jaring.StandingWaiting || v.Payment == nil || len(v.All) != 2 || v.Worker.Agent != agent.Account || v.Worker.Phone == "" {
			t.Errorf("accepted: %+v", v.Worker.Worker)
		}
		v := view(t, town, ids[1])
		if v.Worker.State != jaring.WorkerActive || v.Worker.Standing != jaring.StandingEnded || v.Worker.Agent != town.Agent.Account || v.Worker.Phone != "" || v.Membership.ID != v.All[0].ID || v.All[1].State != jaring.StateWithdrawn {
			t.Errorf("taken back: %+v", v.Worker.Worker)
		}
		if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != ids[1] {
			t.Errorf("the NIK leads to %q", got)
		}
		payDue(t, town, ids[0])
		if _, err := town.App.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := town.App.Counted(t.Context(), jaring.Counter{Dimension: jaring.ByAll, Measure: jaring.FlowRejoined}); n != 1 || err != nil {
			t.Errorf("%d came back, %v", n, err)
		}
		if o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))); o.Kind != jaring.Accepted || o.Worker != ids[1] {
			t.Errorf("again, by an agent who may: %+v", o)
		}
		wantMarginsFolded(t, town)
	})
}
