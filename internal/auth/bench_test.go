package auth_test

import (
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func BenchmarkActor(b *testing.B) {
	db := jaringtest.SQLite(b)
	s := auth.New(db, auth.Options{Hash: cheap})
	office, err := s.AddOffice(b.Context(), jaring.System, auth.NewOffice{Kind: "branch", Name: "Jambi", Zone: "Asia/Jakarta", Areas: []string{"15"}})
	if err != nil {
		b.Fatal(err)
	}
	id, password, err := s.AddAccount(b.Context(), jaring.System, auth.NewAccount{Login: "siti", Name: "Siti", Role: jaring.RoleOfficer, Office: office})
	if err != nil {
		b.Fatal(err)
	}
	token, _, err := s.LogIn(b.Context(), "siti", password, "127.0.0.1")
	if err != nil {
		b.Fatal(err)
	}
	ask := func(b *testing.B) {
		if a, _, err := s.Actor(b.Context(), token); err != nil || a.Account != id {
			b.Fatal(a, err)
		}
	}
	b.Run("remembered", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				ask(b)
			}
		})
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			s.Forget()
			ask(b)
		}
	})
}

// The two must cost the same, or the clock tells who has an account.
func BenchmarkLogInRefused(b *testing.B) {
	c := jaringtest.NewClock(time.Date(2026, 11, 21, 2, 41, 0, 0, time.UTC))
	s := auth.New(jaringtest.SQLite(b), auth.Options{Now: c.Now})
	office, err := s.AddOffice(b.Context(), jaring.System, auth.NewOffice{Kind: "branch", Name: "Jambi", Zone: "Asia/Jakarta"})
	if err != nil {
		b.Fatal(err)
	}
	if _, _, err := s.AddAccount(b.Context(), jaring.System, auth.NewAccount{Login: "siti", Name: "Siti", Role: jaring.RoleOfficer, Office: office}); err != nil {
		b.Fatal(err)
	}
	for _, login := range []string{"siti", "nobody"} {
		b.Run(login, func(b *testing.B) {
			for b.Loop() {
				c.Wind(time.Hour) // so that no limit is met
				if _, _, err := s.LogIn(b.Context(), login, "not the password", "192.0.2.1"); jaring.KeyOf(err) != "account.log_in_refused" {
					b.Fatal(err)
				}
			}
		})
	}
}
