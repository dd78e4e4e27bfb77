package app_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// market is a town whose branch sweeps its market: three agents in two teams, two lanes.
type market struct {
	*jaringtest.Town
	t        *testing.T
	id       jaring.CampaignID
	c, d     jaring.Lane // lanes
	teams    []jaring.Team
	captures int
}

// sweepForm is a sweep of two hours that begins now.
func sweepForm(town *jaringtest.Town) jaring.CampaignForm {
	now := town.Now()
	return jaring.CampaignForm{Kind: jaring.KindSweep, Name: "Grebek Pasar Angso Duo", Office: town.Branch, Place: town.Market, OpensAt: now, ClosesAt: now.Add(2 * time.Hour),
		SealHours: 24, Rewards: 3, Plan: jaring.CampaignPlan{Programs: []string{"jkm", "JKK"}, Goal: 200, Note: "Kumpul di gerbang utara"}}
}

func newMarket(t *testing.T, town *jaringtest.Town) *market {
	t.Helper()
	m := &market{Town: town, t: t}
	m.must(town.App.DrawLanes(t.Context(), town.Officer, town.Market, []jaring.LaneForm{{Name: "C", Trade: "sayur", Numbers: []string{"1", "2", "3"}}, {Name: "D", Trade: "ikan", Numbers: []string{"1", "2"}}}))
	plan, err := town.App.Market(t.Context(), town.Market)
	m.must(err)
	m.c, m.d = plan.Lanes[0], plan.Lanes[1]
	m.id, err = town.App.PlanCampaign(t.Context(), town.Officer, newOp(), sweepForm(town))
	m.must(err)
	m.teams = []jaring.Team{{Name: "Utara", Lanes: []jaring.LaneID{m.c.ID}, Members: []jaring.AccountID{town.Agent.Account, town.SubAgent.Account}},
		{Name: "Selatan", Lanes: []jaring.LaneID{m.d.ID}, Members: []jaring.AccountID{town.Second.Account}}}
	m.must(town.App.SetTeams(t.Context(), town.Officer, newOp(), m.id, 1, m.teams))
	return m
}

func (m *market) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *market) move(to jaring.CampaignState) error {
	return m.App.MoveCampaign(m.t.Context(), m.Officer, newOp(), m.id, to, "")
}

// state is the campaign as the head sees it.
func (m *market) state() *app.CampaignView {
	m.t.Helper()
	v, err := m.App.GetCampaign(m.t.Context(), m.Head, m.id)
	m.must(err)
	return v
}

func keyIs(t *testing.T, what string, err error, key string) {
	t.Helper()
	if jaring.KeyOf(err) != key || key == "" && err != nil {
		t.Errorf("%s: %v, want %q", what, err, key)
	}
}

func TestPlanCampaign_OnceAndWithAllFindings(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		op, form := newOp(), sweepForm(town)
		id, err := town.App.PlanCampaign(t.Context(), town.Officer, op, form)
		again, err2 := town.App.PlanCampaign(t.Context(), town.Officer, op, form)
		if err != nil || err2 != nil || id != again {
			t.Fatalf("%v %v %s %s", err, err2, id, again)
		}
		other := form
		other.Name = "Grebek lain"
		_, err = town.App.PlanCampaign(t.Context(), town.Officer, op, other)
		keyIs(t, "another under the same id", err, "operation.conflict")
		v, err := town.App.GetCampaign(t.Context(), town.Head, id)
		if err != nil || v.PlaceName != "Pasar Angso Duo" || v.OfficeName != "Cabang Jambi" || v.Area != jaringtest.Legok || !v.SealsAt.Equal(form.ClosesAt.Add(24*time.Hour)) ||
			v.Plan.Programs[0] != "JKK" || v.State != jaring.CampaignIsPlanned || !v.MayManage || !v.MayJudge || v.Members != 0 {
			t.Errorf("%+v %v", v, err)
		}
		bad := jaring.CampaignForm{Kind: "fest", Office: "x", Place: jaring.PlaceID(jaringtest.NewID()), Parent: jaring.CampaignID(jaringtest.NewID()), OpensAt: town.Now(), ClosesAt: town.Now(),
			SealHours: 0, Rewards: 99, Plan: jaring.CampaignPlan{Programs: []string{"JKX"}, Goal: -1}}
		_, err = town.App.PlanCampaign(t.Context(), town.Officer, newOp(), bad)
		got := map[string]string{}
		for _, e := range err.(jaring.Errors) {
			got[e.Field] = e.Key
		}
		for field, key := range map[string]string{"kind": "campaign.kind_unknown", "name": "field.required", "office_id": "office.not_found", "place_id": "place.not_found", "parent_id": "campaign.parent_unknown",
			"closes_at": "campaign.window", "seal_hours": "field.range", "rewards": "field.range", "plan/programs": "program.unknown", "plan/goal": "field.range"} {
			if got[field] != key {
				t.Errorf("%s: %q, want %q", field, got[field], key)
			}
		}
		form.Parent = id
		child, err := town.App.PlanCampaign(t.Context(), town.Officer, newOp(), form)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := town.App.FindCampaigns(t.Context(), town.Officer, app.CampaignFilter{Parent: id})
		if err != nil || len(rows) != 1 || rows[0].ID != child {
			t.Errorf("%+v %v", rows, err)
		}
	})
}

func TestCampaigns_WhoSeesAndWhoPlans(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		form := sweepForm(town)
		for _, c := range []struct {
			actor jaring.Actor
			sees  bool
			move  string
		}{
			{town.Head, true, "campaign.is_planned"}, {town.Officer, true, "campaign.is_planned"}, {town.Auditor, true, "error.forbidden"}, {town.Admin, true, "error.forbidden"},
			{town.Agent, true, "error.forbidden"}, {town.SubAgent, true, "error.forbidden"}, {town.FarOfficer, false, "campaign.not_found"},
		} {
			_, err := town.App.GetCampaign(t.Context(), c.actor, m.id)
			_, boardErr := town.App.Board(t.Context(), c.actor, m.id)
			rows, listErr := town.App.FindCampaigns(t.Context(), c.actor, app.CampaignFilter{})
			want := "campaign.not_found"
			if c.sees {
				want = ""
			}
			keyIs(t, c.actor.Name+" reads", err, want)
			keyIs(t, c.actor.Name+" watches", boardErr, want)
			if listErr != nil || c.sees != (len(rows) == 1) {
				t.Errorf("%s lists %d, %v", c.actor.Name, len(rows), listErr)
			}
			keyIs(t, c.actor.Name+" moves", town.App.MoveCampaign(t.Context(), c.actor, newOp(), m.id, jaring.CampaignIsPaused, ""), c.move)
		}
		for name, c := range map[string]struct {
			actor jaring.Actor
			key   string
		}{"head": {town.Head, ""}, "officer": {town.Officer, ""}, "auditor": {town.Auditor, "error.forbidden"}, "admin": {town.Admin, "error.forbidden"}, "agent": {town.Agent, "error.forbidden"},
			"officer far": {town.FarOfficer, "error.out_of_area"}} {
			_, err := town.App.PlanCampaign(t.Context(), c.actor, newOp(), form)
			keyIs(t, name+" plans", err, c.key)
		}
		outside, err := town.App.FindCampaigns(t.Context(), jaring.Actor{Account: town.Second.Account, Role: jaring.RoleAgent}, app.CampaignFilter{State: jaring.CampaignIsOpen})
		if err != nil || len(outside) != 0 {
			t.Errorf("%v %v", outside, err)
		}
	})
}

func TestMoveCampaign_StepsPausesAndTheEndOfThePlan(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		keyIs(t, "pause before", m.move(jaring.CampaignIsPaused), "campaign.is_planned")
		keyIs(t, "cancel without a reason", m.move(jaring.CampaignIsCancelled), "reason.too_short")
		began := town.Now()
		op := newOp()
		for range 2 {
			m.must(town.App.MoveCampaign(t.Context(), town.Officer, op, m.id, jaring.CampaignIsOpen, ""))
		}
		keyIs(t, "open again", m.move(jaring.CampaignIsOpen), "campaign.is_open")
		town.Pass(30 * time.Minute)
		m.must(m.move(jaring.CampaignIsPaused))
		town.Pass(10 * time.Minute)
		m.must(m.move(jaring.CampaignIsOpen))
		town.Pass(10 * time.Minute)
		m.must(m.move(jaring.CampaignIsPaused))
		town.Pass(5 * time.Minute)
		keyIs(t, "sealed by hand", m.move(jaring.CampaignIsSealed), "campaign.is_paused")
		m.must(m.move(jaring.CampaignIsClosed))
		keyIs(t, "sealed by hand", m.move(jaring.CampaignIsSealed), "campaign.is_closed")
		keyIs(t, "opened again", m.move(jaring.CampaignIsOpen), "campaign.is_closed")
		v := m.state()
		pauses := []jaring.Span{{From: began.Add(30 * time.Minute), To: began.Add(40 * time.Minute)}, {From: began.Add(50 * time.Minute), To: began.Add(55 * time.Minute)}}
		if !v.BeganAt.Equal(began) || !v.EndedAt.Equal(began.Add(55*time.Minute)) || len(v.Pauses) != 2 || v.Pauses[0] != pauses[0] || v.Pauses[1] != pauses[1] {
			t.Errorf("%+v", v)
		}

		late := newMarketCampaign(t, town)
		town.Pass(3 * time.Hour)
		keyIs(t, "opened when the plan is over", town.App.MoveCampaign(t.Context(), town.Head, newOp(), late, jaring.CampaignIsOpen, ""), "campaign.past")
		m.must(town.App.MoveCampaign(t.Context(), town.Head, newOp(), late, jaring.CampaignIsCancelled, "hujan deras"))
		keyIs(t, "opened when cancelled", town.App.MoveCampaign(t.Context(), town.Head, newOp(), late, jaring.CampaignIsOpen, ""), "campaign.is_cancelled")
	})
}

func newMarketCampaign(t *testing.T, town *jaringtest.Town) jaring.CampaignID {
	t.Helper()
	id, err := town.App.PlanCampaign(t.Context(), town.Officer, newOp(), sweepForm(town))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestChangeCampaign_ByVersionAndByState(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		form := sweepForm(town)
		form.Name, form.Rewards = "Grebek kedua", 5
		change := func(version int64, f jaring.CampaignForm) error {
			return town.App.ChangeCampaign(t.Context(), town.Officer, newOp(), m.id, version, f)
		}
		keyIs(t, "an old version", change(1, form), "campaign.changed_meanwhile")
		op := newOp()
		for range 2 {
			m.must(town.App.ChangeCampaign(t.Context(), town.Officer, op, m.id, 2, form))
		}
		if v := m.state(); v.Name != "Grebek kedua" || v.Rewards != 5 || v.Version != 3 || v.Kind != jaring.KindSweep {
			t.Errorf("%+v", v.CampaignRow)
		}
		m.must(m.move(jaring.CampaignIsOpen))
		earlier := form
		earlier.OpensAt = form.OpensAt.Add(-time.Hour)
		keyIs(t, "another beginning", change(4, earlier), "campaign.began")
		form.ClosesAt = form.ClosesAt.Add(30 * time.Minute)
		m.must(change(4, form))
		m.must(m.move(jaring.CampaignIsClosed))
		keyIs(t, "when it is over", change(6, form), "campaign.is_closed")
		_, _, err := town.App.OpenKiosk(t.Context(), town.FarOfficer, newOp(), m.id, "Aula", time.Time{})
		keyIs(t, "from afar", err, "campaign.not_found")
	})
}

func TestSetTeams_AllFindingsAndNobodyFromAfar(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := newMarket(t, town)
		set := func(version int64, teams []jaring.Team) error {
			return town.App.SetTeams(t.Context(), town.Head, newOp(), m.id, version, teams)
		}
		err := set(2, []jaring.Team{{Name: "Utara", Lanes: []jaring.LaneID{"x"}, Members: []jaring.AccountID{town.Agent.Account, town.FarOfficer.Account, "x"}},
			{Name: " utara ", Members: []jaring.AccountID{town.Agent.Account, town.Head.Account}}, {}})
		got := map[string]string{}
		for _, e := range err.(jaring.Errors) {
			got[e.Field] = e.Key
		}
		want := map[string]string{"teams/0/lanes/0": "team.lane_unknown", "teams/0/members/1": "team.member_unknown", "teams/0/members/2": "team.member_unknown", "teams/1/name": "team.name_twice",
			"teams/1/members/0": "team.member_twice", "teams/1/members/1": "team.member_unknown", "teams/2/name": "field.required"}
		if len(got) != len(want) {
			t.Errorf("%v", got)
		}
		for field, key := range want {
			if got[field] != key {
				t.Errorf("%s: %q, want %q", field, got[field], key)
			}
		}
		keyIs(t, "an old version", set(1, m.teams), "campaign.changed_meanwhile")
		m.must(set(2, m.teams[:1]))
		v := m.state()
		if v.Members != 2 || len(v.Teams) != 1 || len(v.Teams[0].People) != 2 || v.Teams[0].People[0].OfficeName != "KCP Batang Hari" {
			t.Errorf("%+v", v)
		}
		m.must(m.move(jaring.CampaignIsOpen))
		m.must(m.move(jaring.CampaignIsClosed))
		keyIs(t, "when it is over", set(v.Version+2, m.teams), "campaign.is_closed")
	})
}
