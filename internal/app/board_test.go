package app_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// openMarket is a market whose sweep runs.
func openMarket(t *testing.T, town *jaringtest.Town) *market {
	t.Helper()
	m := newMarket(t, town)
	m.must(m.move(jaring.CampaignIsOpen))
	return m
}

// capture notes a capture of a person now, as the writing of a registration does.
func (m *market) capture(actor jaring.Actor, worker jaring.WorkerID, change func(*jaring.SweepCapture)) jaring.OperationID {
	m.t.Helper()
	c := jaring.SweepCapture{Campaign: m.id, Worker: worker, Operation: newOp(), Agent: actor.Account, Kind: jaring.CaptureNew, Occupation: "pedagang sayur",
		TakenAt: m.Now(), ReceivedAt: m.Now(), Trusted: true}
	if change != nil {
		change(&c)
	}
	m.must(m.DB.Write(m.t.Context(), func(tx *store.Tx) error {
		if c.Lot != "" {
			if err := tx.AddLotVisit(store.LotVisit{Campaign: c.Campaign, Lot: c.Lot, Operation: c.Operation, Outcome: jaring.LotRegistered, Worker: worker, Agent: c.Agent,
				TakenAt: c.TakenAt, ReceivedAt: c.ReceivedAt, Trusted: c.Trusted}); err != nil {
				return err
			}
		}
		return tx.AddSweepCapture(c)
	}))
	m.App.Changed()
	return c.Operation
}

func (m *market) board() *app.Board {
	m.t.Helper()
	b, err := m.App.Board(m.t.Context(), m.Head, m.id)
	m.must(err)
	return b
}

func TestBoard_IsWhatTheRowsSay(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		lot := jaring.LotIDOf(m.c.ID, "2")
		town.Pass(7 * time.Minute)
		one := town.Register(town.Agent, 1)
		m.capture(town.Agent, one, func(c *jaring.SweepCapture) { c.Lot = lot })
		town.Pass(time.Minute)
		two, three, four := town.Register(town.SubAgent, 2), town.Register(town.Second, 3), town.Register(town.Second, 4)
		m.capture(town.SubAgent, two, nil)
		m.capture(town.Agent, two, func(c *jaring.SweepCapture) {
			c.Kind = jaring.CaptureRepeated
			c.TakenAt = c.TakenAt.Add(-2 * time.Minute)
		})
		m.capture(town.Second, three, func(c *jaring.SweepCapture) { c.Kind = jaring.CaptureRejoined })
		m.capture(town.Officer, four, nil)
		five := town.Register(town.Second, 5)
		m.capture(town.Second, five, func(c *jaring.SweepCapture) { c.Trusted = false })
		protect(t, town, one, "10000000001")
		m.must(pay(town, town.Officer, three))
		b := m.board()
		if b.Registered != 4 || b.New != 3 || b.Rejoined != 1 || b.Paid != 2 || b.Protected != 1 || b.Evaluation != 1 || b.Repeated != 1 || b.Campaign.Agents != 3 || b.Campaign.PlaceName != "Pasar Angso Duo" {
			t.Errorf("%+v", b)
		}
		var rows []string
		sum := 0
		for _, a := range b.Agents {
			rows = append(rows, strings.Join([]string{a.Name, a.Office, a.Team}, "|"))
			sum += a.Registered
		}
		// the officer, who belongs to no team, is credited and has a row
		if d := cmp.Diff([]string{"Rahma D.|Jambi|Utara", "Sari P.|Jambi|", "Yusuf K.|Jambi|Selatan", "Lina M.|Batang Hari|Utara"}, rows); d != "" || sum != b.Registered || b.Agents[0].Registered != 2 {
			t.Errorf("%s %+v", d, b.Agents)
		}
		if d := cmp.Diff([]app.BoardTeam{{Name: "Utara", Registered: 2, Paid: 1, Protected: 1}, {Name: "Selatan", Registered: 1, Paid: 1}}, b.Teams); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]app.BoardOffice{{Name: "Jambi", Registered: 4, Paid: 2, Protected: 1}, {Name: "Batang Hari"}}, b.Offices); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(jaring.LotCount{Total: 5, Registered: 1, Unvisited: 4}, b.Lots); d != "" {
			t.Error(d)
		}
		if b.Lanes[0].Total != 3 || b.Lanes[0].Done != 1 || b.Lanes[0].Registered != 1 || b.Lanes[1].Done != 0 || b.Lanes[0].Lane.Name != "C" {
			t.Errorf("%+v", b.Lanes)
		}
		if last := b.Last[len(b.Last)-1]; len(b.Last) != 4 || last.Occupation != "pedagang sayur" && last.Agent != "Rahma D." {
			t.Errorf("%+v", b.Last)
		}
		found := false
		for _, l := range b.Last {
			found = found || l.Lot == "C-2" && l.Lane == "C"
		}
		if !found || b.Curve[0].N != 0 || b.Curve[len(b.Curve)-1].N != 4 || !b.Curve[len(b.Curve)-1].At.Equal(town.Now()) {
			t.Errorf("%+v %+v", b.Last, b.Curve)
		}
	})
}

func TestBoard_AMergeCountsOnceAndReviewNotYet(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		one, two := town.Register(town.Agent, 1), town.Register(town.Second, 2)
		m.capture(town.Agent, one, nil)
		town.Pass(time.Second)
		m.capture(town.Second, two, nil)
		odd := doubtful(t, town, town.Second, 2)
		m.capture(town.Second, odd, nil)
		if b := m.board(); b.Registered != 2 {
			t.Errorf("%d before", b.Registered)
		}
		if _, err := merge(town, town.Officer, one, two); err != nil {
			t.Fatal(err)
		}
		b := m.board()
		if b.Registered != 1 || b.Agents[0].Account != town.Agent.Account { // the first to take it
			t.Errorf("%+v", b.Agents)
		}
		m.must(decide(t, town, town.Officer, odd, "accept"))
		if b := m.board(); b.Registered != 2 {
			t.Errorf("%d when accepted", b.Registered)
		}
	})
}

func TestBoard_OneComputesForAll(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	m := openMarket(t, town)
	first := m.board()
	if again := m.board(); again != first {
		t.Error("nothing has changed, and yet it was computed anew")
	}
	m.capture(town.Agent, town.Register(town.Agent, 1), nil)
	second := m.board()
	if second == first || second.Registered != 1 {
		t.Error("what was committed is not there")
	}
	town.App.Changed()
	feed, err := town.App.WatchBoard(t.Context(), town.Head, m.id)
	m.must(err)
	if b, err := feed(t.Context(), time.Hour); err != nil || b != second {
		t.Errorf("one that may be old is computed anew: %v", err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	seen := map[*app.Board]bool{}
	for range 50 {
		all.Go(func() {
			b, err := town.App.Board(context.Background(), town.Head, m.id)
			mu.Lock()
			defer mu.Unlock()
			if err != nil || b.Registered != 1 {
				t.Errorf("%v", err)
			}
			seen[b] = true
		})
	}
	all.Wait()
	if len(seen) > 25 { // two or three, unless the machine is very slow
		t.Errorf("%d computations for 50", len(seen))
	}
}

func TestDrawLanes_WhatWasVisitedStays(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		lot := jaring.LotIDOf(m.c.ID, "2")
		m.capture(town.Agent, town.Register(town.Agent, 1), func(c *jaring.SweepCapture) { c.Lot = lot })
		draw := func(actor jaring.Actor, forms ...jaring.LaneForm) error {
			return town.App.DrawLanes(t.Context(), actor, town.Market, forms)
		}
		keyIs(t, "a visited lane goes", draw(town.Officer, jaring.LaneForm{Name: "D"}), "lane.visited")
		keyIs(t, "a lane of nowhere", draw(town.Officer, jaring.LaneForm{ID: jaring.LaneID(jaringtest.NewID()), Name: "D"}), "lane.not_found")
		keyIs(t, "from afar", draw(town.FarOfficer, jaring.LaneForm{Name: "D"}), "error.out_of_area")
		keyIs(t, "by an agent", draw(town.Agent, jaring.LaneForm{Name: "D"}), "error.forbidden")
		_, err := town.App.Market(t.Context(), "x")
		keyIs(t, "nowhere", err, "place.not_found")
		for range 2 {
			m.must(draw(town.Officer, jaring.LaneForm{Name: " c ", Trade: "bumbu", Numbers: []string{"1", "10"}}, jaring.LaneForm{Name: "E", Numbers: []string{"1"}}))
		}
		plan, err := town.App.Market(t.Context(), town.Market)
		m.must(err)
		var numbers []string
		for _, l := range plan.Lots[m.c.ID] {
			numbers = append(numbers, l.Number)
		}
		if d := cmp.Diff([]string{"1", "2", "10"}, numbers); d != "" || len(plan.Lanes) != 2 || plan.Lanes[0].ID != m.c.ID || plan.Lanes[0].Trade != "bumbu" || plan.Lanes[0].Name != "c" {
			t.Errorf("%s %+v", d, plan)
		}
		if b := m.board(); b.Lots.Total != 4 || b.Lots.Registered != 1 {
			t.Errorf("%+v", b.Lots)
		}
	})
}
