package demo

import (
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// 1,100 in four kinds; two phones without a network meet, and nobody counts twice.
func TestStoryC_TheJamboree(t *testing.T) {
	now := time.Date(2026, time.November, 21, 2, 30, 0, 0, time.UTC)
	d, err := Build(t.Context(), Config{Open: house(t, jaringtest.SQLiteURL(t)), Now: now, Seed: 3, Size: 0, Stories: []string{"c"}, Notice: "uji"})
	if err != nil {
		t.Fatal(err)
	}
	s := d.Stories["c"].(*StoryC)
	if s.Participants != 1_100 || len(s.Kinds) != 4 || s.Kinds[jaring.ComesAsUMKM] != 200 || s.Officials != 5 || s.Stands != 60 || s.Pupils != 9 || s.Twice != hallTwice {
		t.Errorf("%+v", s)
	}
	in := 0
	for _, n := range s.Gates {
		in += n
	}
	if in != s.Inside || s.Inside < 1_000 || s.Inside >= 1_100 || len(s.Gates) != 2 {
		t.Errorf("inside %d, by gates %v", s.Inside, s.Gates)
	}
	if s.Queue[jaring.QueueDone]+s.Queue[jaring.QueueNoShow] != hallAsks || s.Queue[jaring.QueueNoShow] != 4 || s.Matches == 0 || s.Contacts == 0 || s.Contacts >= s.Matches || s.Prizes == 0 {
		t.Errorf("%+v", s)
	}
	if len(s.Children) != 2 || s.Employers != hallOwners || s.Registered < 65 || s.Registered > hallMet+hallSwept || s.Protected == 0 || s.Protected > s.Registered {
		t.Errorf("%+v", s)
	}
}
