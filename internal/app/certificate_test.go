package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestCertificateReachesTheAgent(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		agent := town.Hire("baru", "Siti Rohana", jaring.RoleAgent, town.Branch)
		token, _, err := town.Auth.LogIn(t.Context(), town.Logins[agent.Account], town.Passwords[agent.Account], "127.0.0.1:1")
		if err != nil {
			t.Fatal(err)
		}
		licence := func() jaring.Licence {
			actor, _, err := town.Auth.Actor(t.Context(), token)
			if err != nil {
				t.Fatal(err)
			}
			return actor.Licence
		}
		if l := licence(); l.Number != "" {
			t.Errorf("a certificate that nobody issued: %+v", l)
		}
		today := jaring.NewDay(2026, 11, 21)
		number, err := town.App.Certify(t.Context(), town.Head, agent.Account, today, today.Add(364), jaring.Powers)
		if err != nil {
			t.Fatal(err)
		}
		l := licence() // at once, though the session was remembered
		if l.Number != number || l.Allows(jaring.PowerCash, town.Now(), today) != nil {
			t.Errorf("%+v, want %s", l, number)
		}
	})
}
