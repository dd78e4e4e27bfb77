package app_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// rows gives what the sweep was told, captures by operation.
func (m *market) rows() (captures map[jaring.OperationID]jaring.SweepCapture, visits map[jaring.OperationID]jaring.LotVisit, lots []jaring.Lot) {
	m.t.Helper()
	captures, visits = map[jaring.OperationID]jaring.SweepCapture{}, map[jaring.OperationID]jaring.LotVisit{}
	m.must(m.DB.Read(m.t.Context(), func(tx *store.Tx) error {
		cs, err := tx.FindSweepCaptures(m.id)
		for _, c := range cs {
			captures[c.Operation] = c
		}
		if err != nil {
			return err
		}
		vs, err := tx.FindLotVisits(m.id)
		for _, v := range vs {
			visits[v.Operation] = v
		}
		if err != nil {
			return err
		}
		lots, err = tx.FindLots(m.Market)
		return err
	}))
	return captures, visits, lots
}

// swept is the body of the n-th person's registration in the sweep.
func (m *market) swept(n int, number string) fields {
	body := fields(jaringtest.Person(n))
	if body["campaign_id"] = m.id; number != "" {
		body["lot"] = fields{"lane_id": m.c.ID, "number": number}
	}
	return body
}

// sync sends operations by an agent's phone.
func (m *market) sync(actor jaring.Actor, phone jaringtest.Phone, clock time.Time, ops ...jaring.Operation) []jaring.Outcome {
	m.t.Helper()
	actor.Device = phone.ID
	out, err := m.App.Sync(m.t.Context(), actor, app.SyncBatch{Device: phone.ID, ClockNow: clock, Operation: ops})
	m.must(err)
	return out
}

func TestARegistrationInASweepTellsTheSweep(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		old := lapsed(t, town, 5, untilOver)
		m := openMarket(t, town)
		town.Pass(time.Minute)
		fresh := town.Operation(jaring.ActRegisterWorker, m.swept(1, "2"))
		back := town.Operation(jaring.ActRegisterWorker, m.swept(5, "c-99"))
		plain := town.Operation(jaring.ActRegisterWorker, m.swept(2, ""))
		phone := town.Enrol(town.Agent)
		first := m.sync(town.Agent, phone, town.Now(), fresh, back, plain)
		again := town.Operation(jaring.ActRegisterWorker, m.swept(1, " 2 "))
		second := m.sync(town.Second, town.Enrol(town.Second), town.Now().Add(-time.Hour), again)
		m.sync(town.Agent, phone, town.Now(), fresh, back, plain) // told again it is one capture
		captures, visits, lots := m.rows()
		for _, c := range []struct {
			op      jaring.OperationID
			worker  jaring.WorkerID
			kind    jaring.CaptureKind
			agent   jaring.Actor
			outcome jaring.LotOutcome
			trusted bool
		}{
			{fresh.ID, first[0].Worker, jaring.CaptureNew, town.Agent, jaring.LotRegistered, true},
			{back.ID, old, jaring.CaptureRejoined, town.Agent, jaring.LotRegistered, true},
			{plain.ID, first[2].Worker, jaring.CaptureNew, town.Agent, "", true},
			{again.ID, first[0].Worker, jaring.CaptureRepeated, town.Second, jaring.LotMember, false},
		} {
			got, visit := captures[c.op], visits[c.op]
			if got.Worker != c.worker || got.Kind != c.kind || got.Agent != c.agent.Account || got.Trusted != c.trusted || got.Occupation != "pedagang sayur" || !got.ReceivedAt.Equal(town.Now()) {
				t.Errorf("%s: %+v", c.kind, got)
			}
			if visit.Outcome != c.outcome || c.outcome != "" && (visit.Worker != c.worker || visit.Trusted != c.trusted || visit.Lot != got.Lot) {
				t.Errorf("%s: %+v", c.kind, visit)
			}
		}
		if len(captures) != 4 || len(visits) != 3 || len(lots) != 6 || second[0].Kind != jaring.Refused {
			t.Errorf("%d captures, %d visits, %d lots, %s", len(captures), len(visits), len(lots), second[0].Kind)
		}
		if v := view(t, town, first[0].Worker); v.Worker.Campaign != m.id || v.Worker.Workplace != town.Market || len(v.Worker.Findings) != 0 {
			t.Errorf("%+v", v.Worker.Worker)
		}
		b := m.board()
		if b.Registered != 3 || b.New != 2 || b.Rejoined != 1 || b.Repeated != 1 {
			t.Errorf("the board: %+v", b)
		}
		wantMarginsFolded(t, town)
	})
}

// What a registration names besides and is not there loses no registration.
func TestARegistrationIsNeverLostForItsCampaign(t *testing.T) {
	town := liteTown(t)
	m := openMarket(t, town)
	elsewhere, err := town.App.AddPlace(t.Context(), town.Officer, "market", "Pasar Aurduri", "15.71.01.1010")
	m.must(err)
	m.must(town.App.DrawLanes(t.Context(), town.Officer, elsewhere, []jaring.LaneForm{{Name: "A", Trade: "kain", Numbers: []string{"1"}}}))
	other, err := town.App.Market(t.Context(), elsewhere)
	m.must(err)
	outsider := town.Certify(town.Hire("tamu", "Tamu Agung", jaring.RoleAgent, town.Branch))
	for n, c := range []struct {
		name   string
		actor  jaring.Actor
		change fields
		want   string
		stays  bool // in the campaign
	}{
		{"no such campaign", town.Agent, fields{"campaign_id": jaringtest.NewID()}, "campaign.unknown", false},
		{"not a member", outsider, fields{}, "campaign.not_member", false},
		{"a desk of another branch", town.FarOfficer, fields{"village": "16.71.01.1001"}, "campaign.not_member", false},
		{"another market's lane", town.Agent, fields{"lot": fields{"lane_id": other.Lanes[0].ID, "number": "1"}}, "lane.unknown", true},
		{"no such lane", town.Agent, fields{"lot": fields{"lane_id": jaringtest.NewID(), "number": "1"}}, "lane.unknown", true},
		{"no lane at all", town.Agent, fields{"lot": fields{"lane_id": "C", "number": "1"}}, "lane.unknown", true},
		{"no number", town.Agent, fields{"lot": fields{"lane_id": m.c.ID, "number": " – "}}, "lot.number", true},
		{"a stall without a sweep", town.Agent, fields{"campaign_id": "", "lot": fields{"lane_id": m.c.ID, "number": "1"}}, "lot.without_campaign", false},
		{"a desk of the branch", town.Officer, fields{}, "", true},
	} {
		body := m.swept(n, "")
		for name, value := range c.change {
			body[name] = value
		}
		o, err := town.Do(c.actor, jaring.ActRegisterWorker, body)
		if err != nil || o.Kind != jaring.Accepted || c.want != "" && !slices.Equal(keys(o.Findings), []string{c.want}) || c.want == "" && len(o.Findings) > 0 {
			t.Errorf("%s: %+v %v", c.name, o, err)
			continue
		}
		v, err := town.App.GetWorker(t.Context(), town.Auditor, o.Worker)
		if err != nil || (v.Worker.Campaign == m.id) != c.stays {
			t.Errorf("%s: in campaign %q, %v", c.name, v.Worker.Campaign, err)
		}
	}
	captures, visits, _ := m.rows()
	if len(captures) != 5 || len(visits) != 0 {
		t.Errorf("%d captures, %d visits", len(captures), len(visits))
	}
}

func (m *market) visit(number, outcome string) fields {
	return fields{"campaign_id": m.id, "lane_id": m.c.ID, "number": number, "outcome": outcome}
}

func TestLotsAreRecordedByPhonesAndDesks(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		refused := m.visit("1", "refused")
		refused["reason"] = "sudah  ikut asuransi lain"
		back := m.visit("2", "back")
		back["back_at"] = "04:00"
		phone := town.Enrol(town.Agent)
		ops := []jaring.Operation{town.Operation(jaring.ActRecordLot, refused), town.Operation(jaring.ActRecordLot, back), town.Operation(jaring.ActRecordLot, m.visit("014", "closed"))}
		for range 2 {
			out := m.sync(town.Agent, phone, town.Now(), ops...)
			if out[0].Kind != jaring.Accepted && out[0].First != jaring.Accepted || len(out[0].Findings) > 0 {
				t.Fatalf("%+v", out)
			}
		}
		m.sync(town.Second, town.Enrol(town.Second), town.Now(), town.Operation(jaring.ActRecordLot, m.visit("14", "visited")))
		if _, err := town.Do(town.Officer, jaring.ActRecordLot, m.visit("3", "member")); err != nil {
			t.Fatal(err)
		}
		_, visits, lots := m.rows()
		if len(visits) != 5 || len(lots) != 6 || visits[ops[0].ID].Reason != "sudah ikut asuransi lain" || visits[ops[1].ID].BackAt != "04:00" ||
			visits[ops[2].ID].Lot != jaring.LotIDOf(m.c.ID, "14") || !visits[ops[2].ID].Trusted {
			t.Errorf("%d visits, %d lots, %+v", len(visits), len(lots), visits)
		}
		if b := m.board(); b.Lots.Total != 6 || b.Lots.Refused != 1 || b.Lots.Back != 1 || b.Lots.Member != 1 || b.Lots.Unvisited != 2 {
			t.Errorf("%+v", b.Lots)
		}
	})
}

func TestLotsThatAreRefused(t *testing.T) {
	town := liteTown(t)
	m := openMarket(t, town)
	phone := town.Enrol(town.Agent)
	for want, change := range map[string]fields{
		"campaign.unknown": {"campaign_id": jaringtest.NewID()}, "id.malformed": {"campaign_id": "grebek"}, "lane.unknown": {"lane_id": "x"}, "lot.number": {"number": ""},
		"lot.outcome_unknown": {"outcome": "registered"}, "field.too_long": {"reason": fmt.Sprintf("%0201d", 0)}, "field.unknown": {"mood": "baik"},
	} {
		body := m.visit("1", "visited")
		for name, value := range change {
			body[name] = value
		}
		if out := m.sync(town.Agent, phone, town.Now(), town.Operation(jaring.ActRecordLot, body)); out[0].Kind != jaring.Refused || keys(out[0].Findings)[0] != want {
			t.Errorf("%s: %+v", want, out)
		}
	}
	_, err := town.Do(town.Hire("tamu", "Tamu Agung", jaring.RoleAgent, town.Branch), jaring.ActRecordLot, m.visit("1", "visited"))
	wantKey(t, err, jaring.Invalid, "campaign.not_member")
	_, err = town.Do(town.Auditor, jaring.ActRecordLot, m.visit("1", "visited"))
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
	if _, visits, lots := m.rows(); len(visits) != 0 || len(lots) != 5 {
		t.Errorf("%d visits, %d lots", len(visits), len(lots))
	}
}

// What waited for another operation keeps the time at which it came, and what was known of
// the clock.
func TestWhatWaitedIsNoMoreTrustedThanWhenItCame(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		phone := town.Enrol(town.Agent)
		first := town.Operation(jaring.ActRecordLot, m.visit("1", "visited"))
		late := town.Operation(jaring.ActRegisterWorker, m.swept(1, "1"))
		late.After = []jaring.OperationID{first.ID}
		came := town.Now()
		if out := m.sync(town.Agent, phone, came.Add(-time.Hour), late); out[0].Kind != jaring.HeldEarlier {
			t.Fatalf("%+v", out)
		}
		town.Pass(26 * time.Hour)
		m.sync(town.Agent, phone, town.Now(), first)
		captures, visits, _ := m.rows()
		c, v := captures[late.ID], visits[late.ID]
		if c.Trusted || v.Trusted || !c.ReceivedAt.Equal(came) || !v.ReceivedAt.Equal(came) || c.Worker == "" {
			t.Errorf("%+v %+v", c, v)
		}
	})
}

// Many phones at the same new stalls: each stall once, nothing lost.
func TestManyPhonesAtTheSameStalls(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := openMarket(t, town)
		agents := []jaring.Actor{town.Agent, town.Second, town.SubAgent}
		const stalls = 60
		var all sync.WaitGroup
		for a, agent := range agents {
			ops := make([]jaring.Operation, stalls)
			for i := range ops {
				ops[i] = town.Operation(jaring.ActRecordLot, m.visit(fmt.Sprint(100+(i*7+a*20)%stalls), "visited"))
			}
			all.Go(func() {
				if out, err := town.App.Apply(t.Context(), agent, ops); err != nil || slices.ContainsFunc(out, func(o jaring.Outcome) bool { return o.Kind != jaring.Accepted }) {
					t.Errorf("%+v %v", out, err)
				}
			})
		}
		all.Wait()
		if _, visits, lots := m.rows(); len(visits) != len(agents)*stalls || len(lots) != 5+stalls {
			t.Errorf("%d visits, %d lots", len(visits), len(lots))
		}
	})
}
