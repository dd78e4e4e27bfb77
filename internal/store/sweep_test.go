package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// sweep is a market with a campaign in it.
type sweep struct {
	*jaringtest.Town
	campaign *store.CampaignRecord
	lane     jaring.Lane
}

func newSweep(t *testing.T, db *store.DB) *sweep {
	t.Helper()
	s := &sweep{Town: jaringtest.NewTown(t, db)}
	now := s.Now()
	s.campaign = &store.CampaignRecord{Campaign: jaring.Campaign{ID: jaring.CampaignID(jaringtest.NewID()), Kind: jaring.KindSweep, Name: "Grebek Pasar Angso Duo",
		Office: s.Branch, Place: s.Market, Area: jaringtest.Legok, OpensAt: now, ClosesAt: now.Add(2 * time.Hour), SealsAt: now.Add(26 * time.Hour), State: jaring.CampaignIsPlanned,
		Rewards: 3, Plan: jaring.CampaignPlan{Programs: []string{"JKK", "JKM"}, Goal: 200, Note: "Kumpul di gerbang utara"}, Version: 1, AddedAt: now}}
	s.lane = jaring.Lane{ID: jaring.LaneID(jaringtest.NewID()), Place: s.Market, Name: "C", Trade: "sayur", Ord: 1, X: 2, Y: 3, W: 20, H: 2}
	s.write(t, func(tx *store.Tx) error {
		if err := tx.AddCampaign(s.campaign); err != nil {
			return err
		}
		return tx.PutLane(s.lane)
	})
	return s
}

func (s *sweep) write(t *testing.T, f func(*store.Tx) error) {
	t.Helper()
	if err := s.DB.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func (s *sweep) read(t *testing.T, f func(*store.Tx) error) {
	t.Helper()
	if err := s.DB.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func (s *sweep) lot(t *testing.T, number string) jaring.Lot {
	t.Helper()
	l, err := jaring.NewLot(s.lane.ID, number, jaring.LotPlanned, s.Now())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestSweepRowsAreKeptOnceAndComeBack(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		lot := s.lot(t, "C-14")
		capture := store.SweepCapture{Campaign: s.campaign.ID, Worker: jaring.WorkerID(jaringtest.NewID()), Operation: jaring.OperationID(jaringtest.NewID()), Agent: s.Agent.Account,
			Kind: jaring.CaptureNew, Lot: lot.ID, Occupation: "pedagang sayur", TakenAt: s.Now(), ReceivedAt: s.Now().Add(time.Second), Trusted: true}
		visit := store.LotVisit{Campaign: s.campaign.ID, Lot: lot.ID, Operation: capture.Operation, Outcome: jaring.LotBack, Reason: "", BackAt: "04:00",
			Agent: s.Agent.Account, TakenAt: s.Now(), ReceivedAt: s.Now().Add(time.Second), Trusted: false}
		other := lot
		other.Number, other.Origin = "c 14", jaring.LotCounted
		for range 2 {
			s.write(t, func(tx *store.Tx) error {
				for _, err := range []error{tx.AddLot(lot), tx.AddLot(other), tx.AddSweepCapture(capture), tx.AddLotVisit(visit)} {
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		decided := capture
		decided.Decided, decided.DecidedBy, decided.DecidedAt, decided.Reason = jaring.CaptureCounted, s.Head.Account, s.Now(), "jam HP dicocokkan"
		s.write(t, func(tx *store.Tx) error { return tx.DecideSweepCapture(decided) })
		s.read(t, func(tx *store.Tx) error {
			captures, err := tx.FindSweepCaptures(s.campaign.ID)
			if d := cmp.Diff([]store.SweepCapture{decided}, captures); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			visits, err := tx.FindLotVisits(s.campaign.ID)
			if d := cmp.Diff([]store.LotVisit{visit}, visits); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			words, err := tx.FindLotWords(s.campaign.ID)
			bare := store.LotVisit{Campaign: visit.Campaign, Lot: visit.Lot, Operation: visit.Operation, Outcome: visit.Outcome, BackAt: visit.BackAt, TakenAt: visit.TakenAt, ReceivedAt: visit.ReceivedAt}
			if d := cmp.Diff([]store.LotVisit{bare}, words); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			lots, err := tx.FindLots(s.Market)
			if d := cmp.Diff([]jaring.Lot{lot}, lots); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			lanes, err := tx.FindLanes(s.Market)
			if d := cmp.Diff([]jaring.Lane{s.lane}, lanes); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			_, err = tx.GetSweepCapture(s.campaign.ID, jaring.OperationID(jaringtest.NewID()))
			if jaring.KeyOf(err) != "capture.not_found" {
				t.Errorf("%v", err)
			}
			_, err = tx.GetLane(jaring.LaneID(jaringtest.NewID()))
			if jaring.KeyOf(err) != "lane.not_found" {
				t.Errorf("%v", err)
			}
			return nil
		})
		s.read(t, func(tx *store.Tx) error {
			visited, err := tx.FindVisitedLots(s.Market)
			if !visited[lot.ID] || len(visited) != 1 || err != nil {
				t.Errorf("%v %v", visited, err)
			}
			return nil
		})
		s.write(t, func(tx *store.Tx) error { return tx.DropLot(lot.ID) })
	})
}

func TestPersonsNow_AnyNumber(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		id := s.Register(s.Agent, 1)
		for _, n := range []int{0, 1, 16, 17, 600} {
			ids := make([]jaring.WorkerID, n)
			for i := range ids {
				ids[i] = jaring.WorkerID(jaringtest.NewID())
			}
			if n > 0 {
				ids[n-1] = id
			}
			s.read(t, func(tx *store.Tx) error {
				got, err := tx.FindPersonsNow(ids)
				if err != nil || len(got) != min(n, 1) || n > 0 && (got[id].Standing != jaring.StandingWaiting || !got[id].RegisteredAt.Equal(s.Now())) {
					t.Errorf("%d: %+v %v", n, got, err)
				}
				return nil
			})
		}
	})
}

func TestCampaignsAreChangedByOneAfterTheOther(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		c := *s.campaign
		c.Version, c.State, c.BeganAt = 2, jaring.CampaignIsOpen, s.Now()
		s.write(t, func(tx *store.Tx) error { return tx.UpdateCampaign(&c) })
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.UpdateCampaign(&c) })
		if jaring.KeyOf(err) != "campaign.changed_meanwhile" {
			t.Errorf("%v", err)
		}
		s.read(t, func(tx *store.Tx) error {
			got, err := tx.GetCampaign(c.ID)
			if d := cmp.Diff(&c, got); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			_, err = tx.GetCampaign(jaring.CampaignID(jaringtest.NewID()))
			if jaring.KeyOf(err) != "campaign.not_found" {
				t.Errorf("%v", err)
			}
			return nil
		})
	})
}

func TestTeamsAndMembers(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		teams := []jaring.Team{{ID: jaring.TeamID(jaringtest.NewID()), Name: "Utara", Lanes: []jaring.LaneID{s.lane.ID}, Members: []jaring.AccountID{s.Agent.Account, s.Second.Account}},
			{ID: jaring.TeamID(jaringtest.NewID()), Name: "Selatan", Members: []jaring.AccountID{s.SubAgent.Account}}}
		for range 2 {
			s.write(t, func(tx *store.Tx) error { return tx.SetTeams(s.campaign.ID, teams) })
		}
		s.read(t, func(tx *store.Tx) error {
			got, err := tx.FindTeams(s.campaign.ID)
			slices.Sort(teams[0].Members)
			if d := cmp.Diff(teams, got); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			in, err := tx.IsMember(s.campaign.ID, s.Agent.Account)
			out, err2 := tx.IsMember(s.campaign.ID, s.Officer.Account)
			if !in || out || err != nil || err2 != nil {
				t.Errorf("%t %t %v %v", in, out, err, err2)
			}
			members, err := tx.FindMembers(s.campaign.ID)
			if len(members) != 3 || err != nil || members[0].Name != "Lina Marlina" || members[0].Office != s.Batanghari || members[0].Team != teams[1].ID {
				t.Errorf("%+v %v", members, err)
			}
			return nil
		})
	})
}

func TestFindCampaigns_ByOfficeMemberStateAndParent(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		child := *s.campaign
		child.ID, child.Parent, child.Kind, child.State = jaring.CampaignID(jaringtest.NewID()), s.campaign.ID, jaring.KindDialogue, jaring.CampaignIsOpen
		child.Office, child.OpensAt = s.Batanghari, child.OpensAt.Add(time.Hour)
		s.write(t, func(tx *store.Tx) error {
			if err := tx.AddCampaign(&child); err != nil {
				return err
			}
			return tx.SetTeams(child.ID, []jaring.Team{{ID: jaring.TeamID(jaringtest.NewID()), Members: []jaring.AccountID{s.Agent.Account}}})
		})
		both := []jaring.CampaignID{child.ID, s.campaign.ID}
		for name, c := range map[string]struct {
			q    store.CampaignQuery
			want []jaring.CampaignID
		}{
			"all":             {store.CampaignQuery{}, both},
			"of the branch":   {store.CampaignQuery{Offices: []jaring.OfficeID{s.Branch, s.Batanghari}}, both},
			"of one office":   {store.CampaignQuery{Offices: []jaring.OfficeID{s.Batanghari}}, both[:1]},
			"with its people": {store.CampaignQuery{Offices: []jaring.OfficeID{s.Branch}}, both},
			"of a day":        {store.CampaignQuery{Day: s.Now().Add(-time.Hour)}, both},
			"of another day":  {store.CampaignQuery{Day: s.Now().Add(-48 * time.Hour)}, nil},
			"of an agent":     {store.CampaignQuery{Member: s.Agent.Account}, both[:1]},
			"of nobody":       {store.CampaignQuery{Member: s.Second.Account}, nil},
			"open ones":       {store.CampaignQuery{State: jaring.CampaignIsOpen}, both[:1]},
			"sweeps":          {store.CampaignQuery{Kind: jaring.KindSweep}, both[1:]},
			"children":        {store.CampaignQuery{Parent: s.campaign.ID}, both[:1]},
			"all together":    {store.CampaignQuery{Offices: []jaring.OfficeID{s.Batanghari}, Member: s.Agent.Account, State: jaring.CampaignIsOpen, Kind: jaring.KindDialogue, Parent: s.campaign.ID}, both[:1]},
			"of another one":  {store.CampaignQuery{Offices: []jaring.OfficeID{s.Palembang}}, nil},
		} {
			s.read(t, func(tx *store.Tx) error {
				found, err := tx.FindCampaigns(c.q)
				var got []jaring.CampaignID
				for _, f := range found {
					got = append(got, f.ID)
				}
				if !slices.Equal(got, c.want) || err != nil {
					t.Errorf("%s: %v %v", name, got, err)
				}
				return nil
			})
		}
	})
}

func TestCampaignsDueAndPauses(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		s := newSweep(t, db)
		c := *s.campaign
		due := func(now time.Time) (n int) {
			s.read(t, func(tx *store.Tx) error {
				found, err := tx.FindCampaignsDue(now, now)
				n = len(found)
				return err
			})
			return n
		}
		for _, step := range []struct {
			state  jaring.CampaignState
			closes int
			seals  int
		}{{jaring.CampaignIsPlanned, 0, 0}, {jaring.CampaignIsOpen, 1, 1}, {jaring.CampaignIsPaused, 1, 1}, {jaring.CampaignIsClosed, 0, 1}, {jaring.CampaignIsSealed, 0, 0}} {
			if step.state != jaring.CampaignIsPlanned {
				c.Version, c.State = c.Version+1, step.state
				s.write(t, func(tx *store.Tx) error { return tx.UpdateCampaign(&c) })
			}
			if before, at, sealed := due(c.ClosesAt.Add(-time.Millisecond)), due(c.ClosesAt), due(c.SealsAt); before != 0 || at != step.closes || sealed != step.seals {
				t.Errorf("%s: %d %d %d", step.state, before, at, sealed)
			}
		}
		first := jaring.Span{From: s.Now(), To: s.Now().Add(time.Minute)}
		second := jaring.Span{From: s.Now().Add(time.Hour)}
		s.write(t, func(tx *store.Tx) error {
			for _, err := range []error{tx.AddPause(c.ID, first.From), tx.EndPause(c.ID, first.To), tx.AddPause(c.ID, second.From)} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		s.read(t, func(tx *store.Tx) error {
			got, err := tx.FindPauses(c.ID)
			if d := cmp.Diff([]jaring.Span{first, second}, got); d != "" || err != nil {
				t.Errorf("%v %s", err, d)
			}
			return nil
		})
	})
}
