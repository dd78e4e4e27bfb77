package app_test

import (
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// settleNext asks for months and pays them at once; the core says yes.
func settleNext(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, months int) {
	t.Helper()
	p := ask(t, town, town.Officer, id, months).Payment
	if err := came(town, id, p.Amount, p.Code); err != nil {
		t.Fatal(err)
	}
	acknowledge(t, town)
}

// Three join in November: one pays on, one comes back late, one is lost.
func TestCohorts(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		var ids []jaring.WorkerID
		for i, agent := range []jaring.Actor{town.Agent, town.Agent, town.Second} {
			id := registerAs(t, town, agent, i, fields{"months": 1})
			cover(t, town, id, i)
			ids = append(ids, id)
		}
		cohorts := func(actor jaring.Actor, office jaring.OfficeID) []app.Cohort {
			t.Helper()
			if _, err := town.App.Fold(t.Context()); err != nil {
				t.Fatal(err)
			}
			list, err := town.App.FindCohorts(t.Context(), actor, office, "")
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		if list := cohorts(town.Officer, ""); len(list) != 1 || list[0].Joined != 3 || len(list[0].Kept) != 0 {
			t.Fatalf("in the first month: %+v", list)
		}
		settleNext(t, town, ids[0], 12) // ahead, until November 2027
		arrive(t, town, "2026-12-05")
		if list := cohorts(town.Officer, ""); list[0].Kept[1] != 1 || len(list[0].Kept) != 1 {
			t.Errorf("after a month: %+v", list)
		}
		arrive(t, town, "2027-02-10")
		settleNext(t, town, ids[1], 1) // February alone
		list := cohorts(town.Officer, town.Branch)
		if list[0].Kept[1] != 1 || list[0].Kept[3] != 2 || len(list[0].Kept) != 2 {
			t.Errorf("after three months: %+v", list)
		}
		if own := cohorts(town.Second, ""); len(own) != 1 || own[0].Joined != 1 || own[0].Kept[3] != 0 {
			t.Errorf("of the second agent: %+v", own)
		}
		rank, err := town.App.FindRanking(t.Context(), town.Agent, true, 0)
		if err != nil || rank.Agents[0].Account != town.Agent.Account || rank.Agents[0].Kept != 2 || rank.Agents[0].Registered != 2 || !rank.Agents[0].Own || rank.Agents[0].Name != "Rahma D." {
			t.Fatalf("%+v %v", rank, err)
		}
		if second := rank.Agents[1]; second.Account != town.Second.Account && second.Registered != 0 {
			t.Errorf("%+v", rank.Agents)
		}
		arrive(t, town, "2027-11-20")
		if list := cohorts(town.Officer, ""); list[0].Kept[6] != 1 || list[0].Kept[12] != 1 {
			t.Errorf("after a year: %+v", list)
		}
		wantSound(t, town) // and the counters are what the events say
		if diffs, _, _, err := town.App.Recount(t.Context()); err != nil || len(diffs) > 0 {
			t.Errorf("%+v %v", diffs, err)
		}
	})
}

func TestCohorts_Reach(t *testing.T) {
	town := liteTown(t)
	_, err := town.App.FindCohorts(t.Context(), town.FarOfficer, town.Branch, "")
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	_, err = town.App.FindCohorts(t.Context(), town.Agent, town.Branch, "")
	wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	_, err = town.App.FindCohorts(t.Context(), town.Officer, "", jaring.CampaignID(jaringtest.NewID()))
	wantKey(t, err, jaring.NotFound, "campaign.not_found")
	_, err = town.App.FindRanking(t.Context(), town.Officer, true, 13)
	wantKey(t, err, jaring.Invalid, "ranking.months")
}

// Who comes back after the end belongs to the cohort of the day of coming back.
func TestCohorts_WhoComesBack(t *testing.T) {
	town := liteTown(t)
	id := registerAs(t, town, town.Agent, 1, fields{"months": 1})
	cover(t, town, id, 1)
	arrive(t, town, "2027-04-01")
	again := registerAs(t, town, town.Second, 1, fields{"months": 2})
	if again != id {
		t.Fatal("another person")
	}
	if err := came(town, id, view(t, town, id).Payment.Amount, "P2"); err != nil {
		t.Fatal(err)
	}
	acknowledge(t, town)
	arrive(t, town, "2027-05-01")
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := town.App.FindCohorts(t.Context(), town.Second, "", "")
	if err != nil || len(list) != 1 || list[0].Month.String() != "2027-04" || list[0].Joined != 1 || list[0].Kept[1] != 1 {
		t.Errorf("%+v %v", list, err)
	}
	lapses, err := town.App.FindLapses(t.Context(), town.Second, app.LapseQuery{})
	if err != nil || lapses.Soon != 1 || lapses.EndsOn.String() != "2027-05-31" {
		t.Errorf("%+v %v", lapses, err)
	}
	wantSound(t, town)
}
