package app_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func fieldKeys(err error) (out []string) {
	var es jaring.Errors
	if errors.As(err, &es) {
		for _, e := range es {
			out = append(out, e.Field+" "+e.Key)
		}
	}
	return out
}

func bungo(town *jaringtest.Town, areas ...string) jaring.OfficeForm {
	return jaring.OfficeForm{Parent: town.Branch, Kind: "sub_branch", Name: "KCP Bungo", Zone: "Asia/Jakarta", Areas: areas}
}

func labels(areas []app.ServedArea) (out []string) {
	for _, a := range areas {
		out = append(out, a.Area+" "+a.From.String()+" "+a.To.String())
	}
	return out
}

// fresh is the admin as the next call finds him.
func fresh(t *testing.T, town *jaringtest.Town, actor jaring.Actor) jaring.Actor {
	t.Helper()
	now, err := town.Auth.ActorOfAccount(t.Context(), actor.Account)
	wantError(t, err, "")
	return now
}

func TestAnOfficeIsAddedOnceAndReachedAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a, op := t.Context(), town.App, newOp()
		token, _, err := town.Auth.LogIn(ctx, town.Logins[town.Head.Account], town.Passwords[town.Head.Account], "")
		wantError(t, err, "")
		before, _, err := town.Auth.Actor(ctx, token)
		wantError(t, err, "")
		id, err := a.AddOffice(ctx, town.Admin, op, bungo(town, "15.08", "15.71.04"))
		wantError(t, err, "")
		again, err := a.AddOffice(ctx, town.Admin, op, bungo(town, "15.08", "15.71.04"))
		if wantError(t, err, ""); again != id {
			t.Errorf("%s, then %s", id, again)
		}
		_, err = a.AddOffice(ctx, town.Admin, op, bungo(town))
		wantKey(t, err, jaring.Conflict, "operation.conflict")
		// Who was remembered reaches it with the very next call.
		after, _, err := town.Auth.Actor(ctx, token)
		if wantError(t, err, ""); before.Serves("15.08") || !after.Serves("15.08") || !slices.Contains(after.Offices, id) {
			t.Errorf("%v, then %v", before.Areas, after.Areas)
		}
		v, err := a.GetOffice(ctx, after, id)
		wantError(t, err, "")
		if want := []string{"15.08 2026-11-21 ", "15.71.04 2026-11-21 "}; !slices.Equal(labels(v.Areas), want) || len(v.History) != 1 || v.History[0].Kind != jaring.OfficeAdded {
			t.Errorf("%v %+v", labels(v.Areas), v.History)
		}
		if a.OfficeName(ctx, id) != "KCP Bungo" {
			t.Error("the name is not known")
		}
		wantSound(t, town)
	})
}

func TestAnOfficeIsJudgedWholeWithItsNeighbours(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a := t.Context(), town.App
		f := bungo(town, "16.71", "15.71", "99")
		f.Kind, f.Name = "branch", "kcp batang hari"
		_, err := a.AddOffice(ctx, town.Admin, newOp(), f)
		// 15.71 is the parent's: the lower of the two is the closest.
		want := []string{"areas/2 office.area_unknown", "kind office.kind_misfit", "name office.name_taken", "areas/0 office.area_taken"}
		if got := fieldKeys(err); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		var es jaring.Errors
		errors.As(err, &es)
		if last := es[len(es)-1].Args; last["office"] != "Cabang Palembang" || last["area"] != "Kota Palembang, Sumatera Selatan" {
			t.Errorf("%v", last)
		}
		f = bungo(town, "15.04") // of the sub-branch beside it
		_, err = a.AddOffice(ctx, town.Admin, newOp(), f)
		if got := fieldKeys(err); !slices.Equal(got, []string{"areas/0 office.area_taken"}) {
			t.Error(got)
		}
		_, err = a.AddOffice(ctx, town.Head, newOp(), bungo(town))
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		f = bungo(town)
		f.Parent = jaring.OfficeID(jaringtest.NewID())
		_, err = a.AddOffice(ctx, town.Admin, newOp(), f)
		wantKey(t, err, jaring.Forbidden, "error.out_of_area")
	})
}

func TestAreasOfAnOfficeFromADay(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a := t.Context(), town.App
		today := jaring.NewDay(2026, 11, 21)
		set := func(office jaring.OfficeID, from jaring.Day, areas ...string) error {
			return a.SetOfficeAreas(ctx, town.Admin, newOp(), office, areas, from)
		}
		dated := func(office jaring.OfficeID) []string {
			v, err := a.GetOffice(ctx, town.Admin, office)
			wantError(t, err, "")
			return labels(v.Dated)
		}
		town.Pass(10 * day)
		today = today.Add(10) // 1 December
		for _, c := range []struct {
			from jaring.Day
			area string
			want []string
		}{{0, "15.05", []string{"from field.required"}}, {today.Add(-1), "15.05", []string{"from office.areas_past"}}, {today.Add(3), "16.71", []string{"areas/0 office.area_taken"}}} {
			if got := fieldKeys(set(town.Branch, c.from, c.area)); !slices.Equal(got, c.want) {
				t.Errorf("%s from %s: %v", c.area, c.from, got)
			}
		}
		wantError(t, set(town.Branch, today.Add(9), "15.71", "15.08"), "")
		if want := []string{"15.05 2026-11-21 2026-12-09", "15.71 2026-11-21 ", "15.08 2026-12-10 "}; !slices.Equal(dated(town.Branch), want) {
			t.Errorf("%v", dated(town.Branch))
		}
		// What ends on the ninth is free from the tenth, not before.
		if got := fieldKeys(set(town.Palembang, today.Add(8), "16.71", "15.05")); !slices.Equal(got, []string{"areas/1 office.area_taken"}) {
			t.Error(got)
		}
		wantError(t, set(town.Palembang, today.Add(9), "16.71", "15.05"), "")
		if got := fieldKeys(set(town.Branch, today, "15.71", "15.05")); !slices.Equal(got, []string{"areas/1 office.area_taken"}) {
			t.Error("taken back on a day on which the other one serves it:", got)
		}
		wantError(t, set(town.Palembang, today, "16.71"), "") // the plan is given up
		wantError(t, set(town.Branch, today, "15.71", "15.05"), "")
		if want := []string{"15.05 2026-11-21 ", "15.71 2026-11-21 "}; !slices.Equal(dated(town.Branch), want) {
			t.Errorf("%v", dated(town.Branch))
		}
		v, err := a.GetOffice(ctx, town.Admin, town.Branch)
		if wantError(t, err, ""); len(v.History) != 3 || v.History[0].Facts.Other != "2026-12-01" {
			t.Errorf("%+v", v.History)
		}
		wantError(t, set(town.Branch, today, "15.71", "15.05"), "")
		if v, _ := a.GetOffice(ctx, town.Admin, town.Branch); len(v.History) != 3 {
			t.Error("nothing changed, and there is an event")
		}
		wantSound(t, town)
	})
}

// Two admins give the same area to two offices at once: one of them hears that it is taken.
func TestAnAreaIsGivenAwayOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		errs := make([]error, 4)
		offices := []jaring.OfficeID{town.Batanghari, town.Palembang, town.Batanghari, town.Palembang}
		keep := map[jaring.OfficeID]string{town.Batanghari: "15.04", town.Palembang: "16.71"}
		var group sync.WaitGroup
		for i, office := range offices {
			group.Go(func() {
				errs[i] = town.App.SetOfficeAreas(t.Context(), town.Admin, newOp(), office, []string{keep[office], "15.08"}, jaring.NewDay(2026, 11, 22))
			})
		}
		group.Wait()
		won := map[jaring.OfficeID]bool{}
		for i, err := range errs {
			if err == nil {
				won[offices[i]] = true
			} else if jaring.KeyOf(err) != "office.area_taken" {
				t.Error(err)
			}
		}
		if len(won) != 1 {
			t.Errorf("%v serve it", won)
		}
		wantSound(t, town)
	})
}

func TestAnOfficeIsRenamedAndClosed(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, a := t.Context(), town.App
		wantKey(t, a.RenameOffice(ctx, town.Admin, newOp(), town.Palembang, "cabang JAMBI"), jaring.Invalid, "office.name_taken")
		wantKey(t, a.RenameOffice(ctx, town.Admin, newOp(), town.Palembang, " "), jaring.Invalid, "field.required")
		wantError(t, a.RenameOffice(ctx, town.Admin, newOp(), town.Palembang, "Cabang Musi"), "")
		if a.OfficeName(ctx, town.Palembang) != "Cabang Musi" {
			t.Error("the old name is remembered")
		}
		if got := fieldKeys(a.CloseOffice(ctx, town.Admin, newOp(), town.Branch)); !slices.Equal(got, []string{" office.has_accounts", " office.has_offices"}) {
			t.Error(got)
		}
		wantError(t, town.Auth.DisableAccount(ctx, town.Admin, town.FarOfficer.Account), "")
		op := newOp()
		wantError(t, a.CloseOffice(ctx, town.Admin, op, town.Palembang), "")
		wantError(t, a.CloseOffice(ctx, town.Admin, op, town.Palembang), "") // told again
		wantKey(t, a.CloseOffice(ctx, town.Admin, newOp(), town.Palembang), jaring.Conflict, "office.is_closed")
		wantKey(t, a.RenameOffice(ctx, town.Admin, newOp(), town.Palembang, "Lain"), jaring.Conflict, "office.is_closed")
		_, _, err := town.Auth.AddAccount(ctx, town.Admin, newAccountAt(town.Palembang))
		wantKey(t, err, jaring.Conflict, "office.is_closed")
		f := bungo(town, "16.71") // is free again
		_, err = a.AddOffice(ctx, town.Admin, newOp(), f)
		wantError(t, err, "")
		f.Parent, f.Areas, f.Name = town.Palembang, nil, "KCP Lain"
		_, err = a.AddOffice(ctx, fresh(t, town, town.Admin), newOp(), f)
		if got := fieldKeys(err); !slices.Equal(got, []string{"parent_id office.is_closed"}) {
			t.Error(got)
		}
		open, err := a.FindOpenOffices(ctx)
		if wantError(t, err, ""); len(open) != 3 {
			t.Errorf("%d offices take applications", len(open))
		}
		rows, err := a.FindOffices(ctx, fresh(t, town, town.Admin))
		wantError(t, err, "")
		for _, r := range rows {
			if r.ID == town.Branch && (r.Accounts != 4 || r.Agents != 2) || r.ID == town.Palembang && (r.Closed == 0 || len(r.Areas) > 0 || r.Accounts != 0) {
				t.Errorf("%+v %+v", r.OfficeRecord, r)
			}
		}
		wantSound(t, town)
	})
}

func TestOfficesAreReadByWhomTheyConcern(t *testing.T) {
	town := liteTown(t)
	for _, c := range []struct {
		actor jaring.Actor
		n     int
	}{{town.Admin, 5}, {town.Auditor, 5}, {town.Head, 2}, {town.FarOfficer, 1}, {jaring.System, 5}} {
		rows, err := town.App.FindOffices(t.Context(), c.actor)
		if err != nil || len(rows) != c.n {
			t.Errorf("%s: %d offices, %v", c.actor.Name, len(rows), err)
		}
	}
	_, err := town.App.FindOffices(t.Context(), town.Agent)
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
	_, err = town.App.GetOffice(t.Context(), town.FarOfficer, town.Branch)
	wantKey(t, err, jaring.NotFound, "office.not_found")
	_, err = town.App.GetOffice(t.Context(), jaring.System, jaring.OfficeID(jaringtest.NewID()))
	wantKey(t, err, jaring.NotFound, "office.not_found")
}
