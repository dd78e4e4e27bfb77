package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func (m *market) field(actor jaring.Actor) *app.Field {
	m.t.Helper()
	f, err := m.App.Field(m.t.Context(), actor)
	m.must(err)
	return f
}

func TestField_WhatAPhoneCarries(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		if f := m.field(town.Agent); len(f.Campaigns) != 1 || f.Campaigns[0].State != jaring.CampaignIsPlanned || f.Own.Rank != nil {
			t.Errorf("before it: %+v", f)
		}
		m.must(m.move(jaring.CampaignIsOpen))
		lot := jaring.LotIDOf(m.c.ID, "2")
		m.capture(town.Agent, town.Register(town.Agent, 1), func(c *jaring.SweepCapture) { c.Lot = lot })
		town.Pass(time.Minute)
		m.capture(town.Second, town.Register(town.Second, 2), nil)
		doubtful(t, town, town.Agent, 1)
		m.must(town.DB.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddLotVisit(store.LotVisit{Campaign: m.id, Lot: jaring.LotIDOf(m.d.ID, "1"), Operation: newOp(), Outcome: jaring.LotBack, BackAt: "04:00", Agent: town.Second.Account,
				TakenAt: town.Now(), ReceivedAt: town.Now(), Trusted: true})
		}))
		town.App.Changed()
		if _, err := town.App.Fold(t.Context()); err != nil {
			t.Fatal(err)
		}
		f := m.field(town.Agent)
		c := f.Campaigns[0]
		var lanes [][]app.FieldLot
		for _, l := range c.Lanes {
			lanes = append(lanes, l.Lots)
		}
		want := [][]app.FieldLot{{{Number: "1"}, {Number: "2", Outcome: jaring.LotRegistered}, {Number: "3"}}, {{Number: "1", Outcome: jaring.LotBack, BackAt: "04:00"}, {Number: "2"}}}
		if d := cmp.Diff(want, lanes); d != "" || c.Team != "Utara" || !c.Lanes[0].Mine || c.Lanes[1].Mine || c.PlaceName != "Pasar Angso Duo" {
			t.Errorf("%s %+v", d, c)
		}
		if d := cmp.Diff(app.OwnWork{Registered: 1, Today: 1, Rank: &app.OwnRank{Campaign: m.id, Rank: 1, Of: 3}}, f.Own); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(&app.OwnRank{Campaign: m.id, Rank: 3, Of: 3, ToNext: 2}, m.field(town.SubAgent).Own.Rank); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(&app.OwnRank{Campaign: m.id, Rank: 2, Of: 3, ToNext: 1}, m.field(town.Second).Own.Rank); d != "" {
			t.Error(d)
		}
		if f := m.field(town.Officer); len(f.Campaigns) != 0 || f.Own.Rank != nil {
			t.Errorf("one who takes no part: %+v", f)
		}
		_, err := town.App.Field(t.Context(), town.Auditor)
		keyIs(t, "an auditor", err, "error.forbidden")
		town.Pass(24 * time.Hour)
		if f := m.field(town.Agent); f.Own.Today != 0 || f.Own.Registered != 1 {
			t.Errorf("the day after: %+v", f.Own)
		}
		town.Pass(3 * time.Hour)
		m.turn()
		if f := m.field(town.Agent); len(f.Campaigns) != 0 {
			t.Errorf("after the seal: %+v", f.Campaigns)
		}
	})
}

func TestSweepsToday(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		tomorrow := sweepForm(town)
		tomorrow.OpensAt, tomorrow.ClosesAt = tomorrow.OpensAt.Add(24*time.Hour), tomorrow.ClosesAt.Add(24*time.Hour)
		_, err := town.App.PlanCampaign(t.Context(), town.Officer, newOp(), tomorrow)
		m.must(err)
		for _, c := range []struct {
			actor jaring.Actor
			n     int
		}{{town.Head, 1}, {town.Officer, 1}, {town.Agent, 1}, {town.FarOfficer, 0}, {jaring.Actor{Account: town.Agent.Account}, 0}} {
			rows, err := town.App.SweepsToday(t.Context(), c.actor)
			if err != nil || len(rows) != c.n || c.n > 0 && rows[0].ID != m.id {
				t.Errorf("%s: %d %v", c.actor.Name, len(rows), err)
			}
		}
		m.must(town.App.MoveCampaign(t.Context(), town.Head, newOp(), m.id, jaring.CampaignIsCancelled, "hujan deras"))
		if rows, err := town.App.SweepsToday(t.Context(), town.Head); err != nil || len(rows) != 0 {
			t.Errorf("%d %v", len(rows), err)
		}
	})
}

// What another process commits shows too, within a second.
func TestBoard_OfAnotherProcess(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		town := jaringtest.NewTown(t, jaringtest.Open(t, url))
		m := openMarket(t, town)
		other := acts.New(app.Config{DB: jaringtest.Open(t, url), Vault: town.Ring, Book: town.App.Book, Areas: town.App.Areas, Now: town.Now, Cover: town.App.Cover, Actor: town.Auth.ActorOfAccount})
		read := func() int {
			b, err := other.Board(t.Context(), town.Head, m.id)
			m.must(err)
			return b.Registered
		}
		if read() != 0 {
			t.Fatal("somebody is there already")
		}
		m.capture(town.Agent, town.Register(town.Agent, 1), nil)
		for end := time.Now().Add(20 * time.Second); read() != 1; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("never seen")
			}
		}
	})
}
