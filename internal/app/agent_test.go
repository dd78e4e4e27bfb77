package app_test

import (
	"fmt"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func newOp() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }

func applicant(town *jaringtest.Town, office jaring.OfficeID, n int) jaring.Application {
	return jaring.Application{Office: office, Name: fmt.Sprintf("Calon %c%c", 'A'+n/26, 'a'+n%26), Phone: fmt.Sprintf("0812345%05d", n), Village: jaringtest.Legok,
		Background: "rt_rw", Prospects: n % 3, ProspectsWhere: "pasar", Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: town.Now()}}
}

// accepted is an applicant who came to the office and was accepted.
func accepted(t *testing.T, town *jaringtest.Town, office jaring.OfficeID, n int) jaring.ApplicationID {
	t.Helper()
	id := newOp()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := town.App.AddApplication(t.Context(), id, applicant(town, office, n))
	must(err)
	must(town.App.PresentApplicant(t.Context(), town.Officer, newOp(), jaring.ApplicationID(id)))
	must(town.App.DecideApplication(t.Context(), town.Officer, newOp(), jaring.ApplicationID(id), jaring.ApplicationIsAccepted, ""))
	return jaring.ApplicationID(id)
}

func wantError(t *testing.T, err error, key string) {
	t.Helper()
	if got := jaring.KeyOf(err); got != key || err == nil != (key == "") {
		t.Errorf("got %v, want %q", err, key)
	}
}

func TestClassFromApplicationToCertificate(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a := t.Context(), town.App
		day := jaring.NewDay(2026, 11, 21)
		class, err := a.AddClass(ctx, town.Officer, newOp(), jaring.Class{Name: "Kelas kader", Office: town.Branch, From: day, To: day.Add(1), Place: town.Market,
			PassMark: 70, Quotas: []jaring.Quota{{Office: town.Branch, Seats: 2}, {Office: town.Batanghari, Seats: 1}}})
		wantError(t, err, "")
		one, two, sub := accepted(t, town, town.Branch, 1), accepted(t, town, town.Branch, 2), accepted(t, town, town.Batanghari, 3)
		for _, id := range []jaring.ApplicationID{one, two, sub} {
			wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, id, ""), "")
		}
		v, err := a.GetClass(ctx, town.Officer, class)
		wantError(t, err, "")
		if v.Seats != 3 || v.Taken != 3 || len(v.SeatList) != 3 || v.State != jaring.ClassIsRunning {
			t.Fatalf("%+v", v.ClassRecord)
		}
		for i := range 2 {
			if i == 1 {
				town.Pass(24 * time.Hour)
			}
			for _, s := range v.SeatList {
				at, err := a.Attend(ctx, town.Officer, newOp(), class, s.Badge)
				if wantError(t, err, ""); at.Again || at.Name != s.Name || at.Day != day.Add(i) {
					t.Errorf("%+v", at)
				}
			}
		}
		wantError(t, a.JudgeClass(ctx, town.Officer, newOp(), class, []jaring.Judged{{Application: one, TestScore: 80, Practice: jaring.PracticeDone},
			{Application: two, TestScore: 69, Practice: jaring.PracticeDone}, {Application: sub, TestScore: 70, Practice: jaring.PracticeDone}}), "")
		id := newOp()
		people, err := a.CertifyClass(ctx, town.Head, id, class, day.Add(365), []jaring.Power{jaring.PowerRegister})
		wantError(t, err, "")
		if len(people) != 2 || people[0].Password == "" || people[0].Login != "calon.ab" {
			t.Fatalf("%+v", people)
		}
		again, err := a.CertifyClass(ctx, town.Head, id, class, day.Add(365), []jaring.Power{jaring.PowerRegister})
		if wantError(t, err, ""); len(again) != 2 || again[0].Number != people[0].Number || again[0].Password != "" {
			t.Errorf("told again: %+v", again)
		}
		agent, err := town.Auth.ActorOfAccount(ctx, people[0].Account)
		wantError(t, err, "")
		wantError(t, agent.Licensed(jaring.PowerRegister, town.Now(), day.Add(1)), "")
		wantError(t, agent.Licensed(jaring.PowerCash, town.Now(), day.Add(1)), "certificate.power_missing")
		if _, _, err := town.Auth.LogIn(ctx, people[0].Login, people[0].Password, "127.0.0.1:1"); err != nil {
			t.Error(err)
		}
		rows, _, err := a.FindAgents(ctx, town.Head, "", "calon", "")
		if wantError(t, err, ""); len(rows) != 2 || rows[0].Certificate == nil || rows[0].StateToday != jaring.CertificateValid {
			t.Errorf("%+v", rows)
		}
		if diffs, _, _, err := a.Recount(ctx); err != nil || len(diffs) > 0 {
			t.Errorf("%v %v", diffs, err)
		}
	})
}
