package auth_test

import (
	"fmt"
	"sync"
	"testing"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// Log-ins of one account share its chain of events, and those that nobody has share
// one chain for all: at once they must all be written, none lost, none refused.
func TestManyLogInsAtOnce(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		s := auth.New(db, auth.Options{Now: w.clock.Now, Hash: cheap, Hashings: 32})
		const right, unknown = 10, 200 // as many as may try one log-in without waiting, and some more
		var all sync.WaitGroup
		for i := range right {
			all.Go(func() {
				if _, _, err := s.LogIn(t.Context(), "siti", w.password["siti"], fmt.Sprintf("192.0.2.%d", i)); err != nil {
					t.Errorf("right: %v", err)
				}
			})
		}
		for i := range unknown {
			all.Go(func() {
				_, _, err := s.LogIn(t.Context(), fmt.Sprintf("nobody%d", i), "not the password", fmt.Sprintf("198.51.100.%d", i))
				w.want(err, "account.log_in_refused")
			})
		}
		all.Wait()
		if n := len(w.events(string(w.account["siti"]))); n != right+1 {
			t.Errorf("%d events of siti, want %d", n, right+1)
		}
		if n := len(w.events(auth.UnknownAccount)); n != unknown {
			t.Errorf("%d events of nobody, want %d", n, unknown)
		}
	})
}

// A password may change, or an account be shut, between the check of the password and
// the start of the session. No session of the old password may outlive that.
func TestNoSessionOfAnOldPassword(t *testing.T) {
	w := sqliteTown(t)
	ctx := t.Context()
	var old *store.AccountRecord
	w.must(w.db.Read(ctx, func(tx *store.Tx) (err error) {
		old, err = tx.GetAccount(w.account["siti"])
		return err
	}))
	_, err := w.ResetPassword(ctx, jaring.System, old.ID)
	w.must(err)
	_, err = w.OpenAs(ctx, old)
	w.want(err, "account.log_in_refused")
	w.must(w.db.Read(ctx, func(tx *store.Tx) (err error) {
		old, err = tx.GetAccount(w.account["budi"])
		return err
	}))
	w.must(w.DisableAccount(ctx, jaring.System, old.ID))
	_, err = w.OpenAs(ctx, old)
	w.want(err, "account.log_in_refused")
}
