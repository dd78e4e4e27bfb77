package auth_test

import (
	"slices"
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestForgettingTakesEffectAtOnceHereAndSoonElsewhere(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(w *town, token string) error
	}{
		{"log-out", func(w *town, token string) error { return w.LogOut(w.t.Context(), token) }},
		{"log-out everywhere", func(w *town, _ string) error { return w.LogOutEverywhere(w.t.Context(), w.account["siti"]) }},
		{"disabled", func(w *town, _ string) error {
			return w.DisableAccount(w.t.Context(), w.actor("root"), w.account["siti"])
		}},
		{"password reset", func(w *town, _ string) error {
			_, err := w.ResetPassword(w.t.Context(), w.actor("root"), w.account["siti"])
			return err
		}},
		{"password changed", func(w *town, _ string) error {
			return w.ChangePassword(w.t.Context(), w.actor("siti"), w.password["siti"], "ikan lele goreng")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sqliteTown(t)
			ctx, elsewhere := t.Context(), w.another()
			token := w.logIn("siti")
			for _, s := range []*auth.Service{w.Service, elsewhere} {
				_, _, err := s.Actor(ctx, token)
				w.must(err)
			}
			w.must(c.end(w, token))
			_, _, err := w.Actor(ctx, token)
			w.want(err, "error.unauthenticated")
			w.clock.Wind(30 * time.Second)
			_, _, err = elsewhere.Actor(ctx, token)
			w.want(err, "error.unauthenticated")
		})
	}
}

func TestOthersStayLoggedIn(t *testing.T) {
	w := sqliteTown(t)
	token := w.logIn("kepala")
	w.must(w.LogOutEverywhere(t.Context(), w.account["siti"]))
	w.must(w.DisableAccount(t.Context(), jaring.System, w.account["budi"]))
	_, _, err := w.Actor(t.Context(), token)
	w.want(err, "")
}

func TestMemorySavesReads(t *testing.T) {
	w := sqliteTown(t)
	token := w.logIn("siti")
	if _, _, err := w.Actor(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	w.must(w.db.Write(t.Context(), func(tx *store.Tx) error { return tx.DropSessionsOf(w.account["siti"]) })) // behind the service's back
	_, _, err := w.Actor(t.Context(), token)
	w.want(err, "")
	w.clock.Wind(30 * time.Second)
	_, _, err = w.Actor(t.Context(), token)
	w.want(err, "error.unauthenticated")
}

func TestActorServesTheAreasOfToday(t *testing.T) {
	w := sqliteTown(t)
	// 21 November 2026, 09:41 in Jambi; the new area begins on the 22nd by the office's clock.
	w.must(w.db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddOfficeArea(store.OfficeArea{Office: w.tebo, Area: "15.08", From: jaring.NewDay(2026, 11, 22)})
	}))
	if a := w.actor("siti"); a.Serves("15.08.01") || !a.Serves("15.09.02.2001") {
		t.Errorf("areas of today: %v", a.Areas)
	}
	w.clock.Wind(14*time.Hour + 18*time.Minute) // 23:59
	if a := w.actor("siti"); a.Serves("15.08.01") {
		t.Errorf("areas a minute before midnight: %v", a.Areas)
	}
	w.clock.Wind(time.Minute)
	if a := w.actor("siti"); !a.Serves("15.08.01") {
		t.Errorf("areas from midnight on: %v", a.Areas)
	}
}

func TestNewOfficeBelowIsReachedAtOnce(t *testing.T) {
	w := sqliteTown(t)
	token := w.logIn("root")
	root, _, err := w.Actor(t.Context(), token)
	w.must(err)
	id, err := w.AddOffice(t.Context(), root, auth.NewOffice{Parent: w.tebo, Kind: "sub_branch", Name: "Rimbo Bujang", Zone: "Asia/Jakarta"})
	w.must(err)
	root, _, err = w.Actor(t.Context(), token)
	if w.must(err); !slices.Contains(root.Offices, id) {
		t.Errorf("the office is not reached: %v", root.Offices)
	}
}

func TestActorOfDevice(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx, elsewhere := t.Context(), w.another()
		p := newPhone(t)
		token := w.logIn("budi")
		budi, _, err := w.Actor(ctx, token)
		w.must(err)
		id, err := w.Enrol(ctx, budi, " HP lapangan ", p.spki)
		w.must(err)
		w.clock.Wind(30 * 24 * time.Hour) // the session is long over
		_, _, err = w.Actor(ctx, token)
		w.want(err, "error.unauthenticated")
		b := auth.Batch{Device: id, AppVersion: "1.0", PackVersion: "2026-11", Now: "2026-12-21T02:41:00Z", Operations: [][]byte{[]byte(`{"id":1}`)}}
		actor, err := w.ActorOfBatch(ctx, b, p.sign(t, b))
		w.must(err)
		if actor.Device != id || actor.Account != budi.Account || actor.Office != w.tebo || !slices.Equal(actor.Areas, []string{"15.09"}) {
			t.Errorf("actor %+v", actor)
		}
		_, err = elsewhere.ActorOfBatch(ctx, b, p.sign(t, b))
		w.must(err)
		_, err = w.ActorOfBatch(ctx, b, newPhone(t).sign(t, b))
		w.want(err, "sync.signature_wrong")
		for _, unknown := range []jaring.DeviceID{"", "x", auth.UnknownAccount} {
			_, _, err = w.ActorOfDevice(ctx, unknown)
			w.want(err, "device.unknown")
		}
		w.must(w.Revoke(ctx, budi, id))
		_, err = w.ActorOfBatch(ctx, b, p.sign(t, b))
		w.want(err, "device.revoked")
		w.clock.Wind(30 * time.Second)
		_, err = elsewhere.ActorOfBatch(ctx, b, p.sign(t, b))
		w.want(err, "device.revoked")
		w.must(w.Revoke(ctx, budi, id))
		want := []jaring.EventKind{jaring.AccountAdded, jaring.LoggedIn, jaring.DeviceEnrolled, jaring.DeviceRevoked}
		if got := w.events(string(budi.Account)); !slices.Equal(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
	})
}

func TestDisabledAccountsPhoneMayNotSign(t *testing.T) {
	w := sqliteTown(t)
	p := newPhone(t)
	id, err := w.Enrol(t.Context(), w.actor("budi"), "HP", p.spki)
	w.must(err)
	_, _, err = w.ActorOfDevice(t.Context(), id)
	w.must(err)
	w.must(w.DisableAccount(t.Context(), jaring.System, w.account["budi"]))
	_, _, err = w.ActorOfDevice(t.Context(), id)
	w.want(err, "account.disabled")
}
