package auth_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestLogInAndOut(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx := t.Context()
		token, session, err := w.LogIn(ctx, "  SITI ", w.password["siti"], "[::1]:5000")
		w.must(err)
		want := auth.Session{Account: w.account["siti"], Login: "siti", Name: "siti", Role: jaring.RoleOfficer, Office: w.jambi, OfficeName: "Jambi",
			OfficeKind: "branch", Zone: "Asia/Jakarta", CreatedAt: w.clock.Now(), ExpiresAt: w.clock.Now().Add(12 * time.Hour)}
		if session != want {
			t.Errorf("session %+v, want %+v", session, want)
		}
		if len(token) != 43 {
			t.Errorf("token has %d characters, want 43 of 256 bits", len(token))
		}
		for range 2 { // from the store, then from memory
			actor, again, err := w.Actor(ctx, token)
			w.must(err)
			if again != want || actor.Account != want.Account || actor.Role != want.Role || actor.Office != w.jambi || actor.Device != "" ||
				!slices.Equal(actor.Offices, []jaring.OfficeID{w.jambi, w.tebo}) || !slices.Equal(actor.Areas, []string{"15.04", "15.09", "15.71"}) {
				t.Errorf("actor %+v, session %+v", actor, again)
			}
		}
		w.must(w.LogOut(ctx, token))
		_, _, err = w.Actor(ctx, token)
		w.want(err, "error.unauthenticated")
		w.must(w.LogOut(ctx, token))
		w.must(w.LogOut(ctx, "garbage"))
		if got, want := w.events(string(w.account["siti"])), []jaring.EventKind{jaring.AccountAdded, jaring.LoggedIn}; !slices.Equal(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
	})
}

func TestTokensAreNotStored(t *testing.T) {
	w := sqliteTown(t)
	token := w.logIn("siti")
	err := w.db.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.GetSession([]byte(token)); return err })
	w.want(err, "error.unauthenticated")
	for _, bad := range []string{"", "x", token[:42], token + "A", strings.Repeat("A", 43), strings.ToUpper(token), token[:42] + "=", token[:42] + "\n"} {
		if _, _, err := w.Actor(t.Context(), bad); bad != token {
			w.want(err, "error.unauthenticated")
		}
	}
}

func TestLogInRefused(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx := t.Context()
		w.must(w.DisableAccount(ctx, jaring.System, w.account["budi"]))
		for _, c := range []struct{ name, login, password, key string }{
			{"wrong password", "siti", "not the password", "account.log_in_refused"},
			{"empty password", "siti", "", "account.log_in_refused"},
			{"nobody's log-in", "nobody", w.password["siti"], "account.log_in_refused"},
			{"empty log-in", "", w.password["siti"], "account.log_in_refused"},
			{"a log-in that could be none", "sí\x00ti'; --", "x", "account.log_in_refused"},
			{"a password of a megabyte", "siti", strings.Repeat("x", 1<<20), "account.log_in_refused"},
			{"the password and more", "siti", w.password["siti"] + strings.Repeat("x", 300), "account.log_in_refused"},
			{"disabled, right password", "budi", w.password["budi"], "account.disabled"},
			{"disabled, wrong password", "budi", "not the password", "account.log_in_refused"},
		} {
			token, _, err := w.LogIn(ctx, c.login, c.password, "192.0.2.7")
			if w.want(err, c.key); jaring.CodeOf(err) != jaring.Unauthenticated || token != "" {
				t.Errorf("%s: %q, %v", c.name, token, err)
			}
		}
		refused := jaring.LogInRefused
		if got, want := w.events(string(w.account["siti"])), []jaring.EventKind{jaring.AccountAdded, refused, refused, refused, refused}; !slices.Equal(got, want) {
			t.Errorf("events of siti %v, want %v", got, want)
		}
		if got := w.events(auth.UnknownAccount); len(got) != 3 {
			t.Errorf("events of log-ins that nobody has: %v, want 3", got)
		}
	})
}

func TestWhatIsTypedIsNotKept(t *testing.T) {
	w := sqliteTown(t)
	const typed = "mypasswordintheloginfield"
	for _, login := range []string{typed, "siti"} {
		_, _, err := w.LogIn(t.Context(), login, typed, "192.0.2.7")
		w.want(err, "account.log_in_refused")
		if strings.Contains(err.Error(), typed) {
			t.Errorf("the error tells what was typed: %v", err)
		}
	}
	w.must(w.db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.EachEvent(func(e *jaring.Event) error {
			if strings.Contains(string(e.Facts), typed) {
				t.Errorf("event %s keeps what was typed: %s", e.Kind, e.Facts)
			}
			return nil
		})
	}))
}

// seconds that error.rate_limited asks to wait.
func seconds(err error) int {
	var e *jaring.Error
	if errors.As(err, &e) && e.Key == "error.rate_limited" {
		return e.Args["n"].(int)
	}
	return 0
}

func TestLogInIsRateLimitedByLogin(t *testing.T) {
	w := sqliteTown(t)
	try := func(login, password string, i int) error {
		_, _, err := w.LogIn(t.Context(), login, password, fmt.Sprintf("192.0.2.%d", i))
		return err
	}
	for i := range 10 {
		w.want(try("siti", "wrong wrong", i), "account.log_in_refused")
	}
	before := len(w.events(string(w.account["siti"])))
	err := try("SITI", w.password["siti"], 11)
	if w.want(err, "error.rate_limited"); jaring.CodeOf(err) != jaring.Unavailable || seconds(err) != 30 {
		t.Errorf("wait %d s, want 30: %v", seconds(err), err)
	}
	if after := len(w.events(string(w.account["siti"]))); after != before {
		t.Error("a try that was not looked at is written down: whoever tries fills the disk")
	}
	w.want(try("kepala", w.password["kepala"], 11), "")
	w.clock.Wind(29 * time.Second)
	if n := seconds(try("siti", w.password["siti"], 12)); n != 1 {
		t.Errorf("wait %d s, want 1", n)
	}
	w.clock.Wind(time.Second)
	w.want(try("siti", w.password["siti"], 12), "")
	for i := range 10 { // a right password forgives the tries before it
		w.want(try("siti", "wrong wrong", i), "account.log_in_refused")
	}
}

func TestLogInIsRateLimitedByAddress(t *testing.T) {
	w := sqliteTown(t)
	for i := range 60 {
		_, _, err := w.LogIn(t.Context(), fmt.Sprintf("nobody%d", i), "x", fmt.Sprintf("[2001:db8::%d]:%d", i+1, 1000+i))
		w.want(err, "account.log_in_refused")
	}
	_, _, err := w.LogIn(t.Context(), "siti", w.password["siti"], "2001:db8::ffff")
	if seconds(err) != 1 {
		t.Errorf("one /64 tried 60 log-ins, then: %v", err)
	}
	_, _, err = w.LogIn(t.Context(), "siti", w.password["siti"], "2001:db8:0:1::1")
	w.want(err, "")
}

func TestSessionSlidesAndEnds(t *testing.T) {
	w := sqliteTown(t)
	alive := func(token string) bool {
		_, _, err := w.Actor(t.Context(), token)
		return err == nil
	}
	idle := w.logIn("kepala")
	token := w.logIn("siti")
	w.clock.Wind(12*time.Hour - time.Millisecond)
	if !alive(token) {
		t.Fatal("over before 12 hours")
	}
	w.clock.Wind(time.Millisecond)
	if alive(idle) {
		t.Error("alive after 12 hours without use")
	}
	for hours := 12; hours < 7*24-1; hours++ {
		if !alive(token) {
			t.Fatalf("over after %d hours though in use", hours)
		}
		w.clock.Wind(time.Hour)
	}
	if !alive(token) {
		t.Error("over before 7 days")
	}
	w.clock.Wind(time.Hour)
	if alive(token) {
		t.Error("alive after 7 days")
	}
	n, err := w.DropExpired(t.Context())
	if w.must(err); n != 2 {
		t.Errorf("%d expired sessions dropped, want 2", n)
	}
}

func TestMemoryDoesNotOutliveTheSession(t *testing.T) {
	w := sqliteTown(t)
	token := w.logIn("siti")
	use := func() error {
		_, _, err := w.Actor(t.Context(), token)
		return err
	}
	for range 7*24 - 1 {
		w.clock.Wind(time.Hour)
		w.must(use())
	}
	w.clock.Wind(time.Hour - 10*time.Second)
	w.must(use()) // remembered for 30 seconds, but over in 10
	w.clock.Wind(10 * time.Second)
	w.want(use(), "error.unauthenticated")
}
