package app_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func (m *market) result(actor jaring.Actor) *app.Result {
	m.t.Helper()
	r, err := m.App.Result(m.t.Context(), actor, m.id)
	m.must(err)
	return r
}

func (m *market) turn() {
	m.t.Helper()
	for due := true; due; {
		var err error
		due, err = m.App.CampaignsDue(m.t.Context())
		m.must(err)
		_, err = m.App.TurnCampaigns(m.t.Context())
		m.must(err)
	}
}

func TestEvaluation_DecidesUntilTheSeal(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		one, two := town.Register(town.Agent, 1), town.Register(town.Second, 2)
		good := m.capture(town.Agent, one, nil)
		bad := m.capture(town.Second, two, func(c *jaring.SweepCapture) { c.Trusted = false })
		decideOn := func(actor jaring.Actor, op jaring.OperationID, d jaring.CaptureDecision, reason string) error {
			return town.App.DecideCapture(t.Context(), actor, newOp(), m.id, op, d, reason)
		}
		keyIs(t, "an officer", decideOn(town.Officer, bad, jaring.CaptureCounted, "jam sudah dicocokkan"), "error.forbidden")
		keyIs(t, "no reason", decideOn(town.Head, bad, jaring.CaptureCounted, "ya"), "reason.too_short")
		keyIs(t, "no decision", decideOn(town.Head, bad, "maybe", "jam sudah dicocokkan"), "decision.unknown")
		keyIs(t, "one that counts", decideOn(town.Head, good, jaring.CaptureSetAside, "tidak perlu dihitung"), "capture.needs_none")
		keyIs(t, "none", decideOn(town.Head, newOp(), jaring.CaptureCounted, "jam sudah dicocokkan"), "capture.not_found")
		keyIs(t, "no id", decideOn(town.Head, "x", jaring.CaptureCounted, "jam sudah dicocokkan"), "capture.not_found")
		r := m.result(town.Head)
		if r.Board.Registered != 1 || len(r.Evaluation) != 1 || !r.Evaluation[0].Waits || r.Evaluation[0].Why != jaring.WhyClock || r.Evaluation[0].AgentName != "Yusuf K." || len(r.Winners) != 1 || !r.Balance.OK {
			t.Errorf("%+v", r)
		}
		op := newOp()
		for range 2 {
			m.must(town.App.DecideCapture(t.Context(), town.Head, op, m.id, bad, jaring.CaptureCounted, "jam sudah dicocokkan"))
		}
		if r := m.result(town.Auditor); r.Board.Registered != 2 || r.Evaluation[0].Waits || r.Evaluation[0].Decided != jaring.CaptureCounted || r.Evaluation[0].Reason != "jam sudah dicocokkan" || len(r.Winners) != 2 {
			t.Errorf("%+v", r)
		}
		m.must(decideOn(town.Head, bad, jaring.CaptureSetAside, "ternyata sehari sebelumnya"))
		if r := m.result(town.Head); r.Board.Registered != 1 {
			t.Errorf("%+v", r)
		}
		if mine, others := m.result(town.Second), m.result(town.Agent); len(mine.Evaluation) != 1 || len(others.Evaluation) != 0 {
			t.Errorf("%+v %+v", mine.Evaluation, others.Evaluation)
		}
		m.must(m.move(jaring.CampaignIsClosed))
		town.Pass(27 * time.Hour)
		m.turn()
		keyIs(t, "after the seal", decideOn(town.Head, bad, jaring.CaptureCounted, "jam sudah dicocokkan"), "campaign.is_sealed")
	})
}

func TestSeal_FreezesTheResult(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		one, two := town.Register(town.Agent, 1), town.Register(town.Second, 2)
		m.capture(town.Agent, one, nil)
		town.Pass(time.Minute)
		m.capture(town.Second, two, nil)
		closes := m.state().ClosesAt
		if due, err := town.App.CampaignsDue(t.Context()); due || err != nil {
			t.Errorf("%t %v", due, err)
		}
		town.Pass(3 * time.Hour) // nobody ended it
		m.turn()
		if v := m.state(); v.State != jaring.CampaignIsClosed || !v.EndedAt.Equal(closes) {
			t.Errorf("%+v", v.CampaignRow)
		}
		onTime := town.Register(town.Second, 3)
		m.capture(town.Second, onTime, func(c *jaring.SweepCapture) { c.TakenAt = closes.Add(-time.Minute) })
		town.Pass(m.state().SealsAt.Sub(town.Now()) + time.Second)
		late := m.capture(town.Agent, town.Register(town.Agent, 4), func(c *jaring.SweepCapture) { c.TakenAt = closes.Add(-time.Minute) })
		m.turn()
		if v := m.state(); v.State != jaring.CampaignIsClosed {
			t.Errorf("%s within the rest", v.State)
		}
		town.Pass(2 * time.Minute)
		m.turn()
		m.turn()
		sealed := m.result(town.Head)
		if v := m.state(); v.State != jaring.CampaignIsSealed || sealed.Board.Registered != 3 || sealed.Board.Campaign.State != jaring.CampaignIsSealed || v.Registered != 3 || v.Protected != 0 {
			t.Errorf("%+v", sealed.Board)
		}
		if n := len(sealed.Evaluation); n != 1 || sealed.Evaluation[0].Why != jaring.WhyLate || sealed.Evaluation[0].Operation != late || sealed.Evaluation[0].Waits {
			t.Errorf("%+v", sealed.Evaluation)
		}
		protect(t, town, one, "10000000001")
		if _, err := merge(town, town.Officer, onTime, two); err != nil {
			t.Fatal(err)
		}
		m.capture(town.Agent, town.Register(town.Agent, 5), func(c *jaring.SweepCapture) { c.TakenAt = closes.Add(-time.Minute) })
		after := m.result(town.Head)
		if d := cmp.Diff(sealed.Board, after.Board); d != "" || len(after.Winners) != 2 {
			t.Error(d)
		}
		if len(after.Evaluation) != 2 {
			t.Errorf("%+v", after.Evaluation)
		}
		if b := m.board(); b.Registered != 3 {
			t.Errorf("%d on the board", b.Registered)
		}
		other := newMarketCampaign(t, town)
		totals := map[jaring.CampaignID]*app.CampaignTotal{}
		m.must(town.App.EachCampaign(t.Context(), func(c *app.CampaignTotal) error { totals[c.ID] = c; return nil }))
		if c := totals[m.id]; len(totals) != 2 || c.Registered != 3 || c.New != 3 || c.Protected != 0 || c.Members != 3 || c.Lots != 5 || totals[other].State != jaring.CampaignIsPlanned {
			t.Errorf("%+v", totals)
		}
		diffs, _, _, err := town.App.Recount(t.Context())
		if err != nil || len(diffs) > 0 {
			t.Errorf("%v %v", diffs, err)
		}
		damages, _, _, err := town.App.Verify(t.Context())
		if err != nil || len(damages) > 0 {
			t.Errorf("%v %v", damages, err)
		}
	})
}

func TestKiosk_ShowsOneBoardUntilItIsClosedOrOver(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		op := newOp()
		k, token, err := town.App.OpenKiosk(t.Context(), town.Officer, op, m.id, " Proyektor  aula ", time.Time{})
		_, again, err2 := town.App.OpenKiosk(t.Context(), town.Officer, op, m.id, " Proyektor  aula ", time.Time{})
		if err != nil || err2 != nil || token != again || len(token) < 20 || k.Name != "Proyektor aula" {
			t.Fatalf("%v %v %q %q", err, err2, token, again)
		}
		_, other, err := town.App.OpenKiosk(t.Context(), town.Officer, newOp(), m.id, "Lobi", town.Now().Add(time.Hour))
		if err != nil || other == token {
			t.Fatalf("%v", err)
		}
		shows := func(token, key string) {
			t.Helper()
			feed, err := town.App.WatchKiosk(t.Context(), token)
			keyIs(t, "kiosk", err, key)
			if key != "" {
				return
			}
			if b, err := feed(t.Context(), 0); err != nil || b.Campaign.ID != m.id {
				t.Errorf("%+v %v", b, err)
			}
		}
		shows(token, "")
		shows(other, "")
		shows("", "kiosk.unknown")
		shows(token+"x", "kiosk.unknown")
		if v := m.state(); len(v.Kiosks) != 2 {
			t.Errorf("%d kiosks", len(v.Kiosks))
		}
		agent, err := town.App.GetCampaign(t.Context(), town.Agent, m.id)
		if err != nil || len(agent.Kiosks) != 0 || agent.MayManage {
			t.Errorf("%+v %v", agent, err)
		}
		town.Pass(time.Hour)
		shows(other, "kiosk.over")
		keyIs(t, "by an agent", town.App.CloseKiosk(t.Context(), town.Agent, m.id, app.KioskID(k)), "error.forbidden")
		keyIs(t, "none", town.App.CloseKiosk(t.Context(), town.Head, m.id, jaringtest.NewID()), "kiosk.not_found")
		m.must(town.App.CloseKiosk(t.Context(), town.Head, m.id, app.KioskID(k)))
		shows(token, "kiosk.unknown")
		keyIs(t, "twice", town.App.CloseKiosk(t.Context(), town.Head, m.id, app.KioskID(k)), "kiosk.not_found")
		_, _, err = town.App.OpenKiosk(t.Context(), town.Officer, newOp(), m.id, "", town.Now())
		if es, ok := err.(jaring.Errors); !ok || len(es) != 2 {
			t.Errorf("%v", err)
		}
		for range 19 {
			_, _, err = town.App.OpenKiosk(t.Context(), town.Officer, newOp(), m.id, "x", time.Time{})
			m.must(err)
		}
		_, _, err = town.App.OpenKiosk(t.Context(), town.Officer, newOp(), m.id, "x", time.Time{})
		keyIs(t, "too many", err, "kiosk.too_many")
	})
}
