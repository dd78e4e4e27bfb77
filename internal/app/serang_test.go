package app_test

import (
	"fmt"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Serang, 2024: three months were missed, then a payment was taken that counted as a new registration, and the
// claim was refused. Nobody had been warned. Here the worker is warned in time and by the calendar, agent and
// branch see her on the first day, and what a payment on a day will do is said before it and then is so.
func TestSerang_WarnedInTimeAndNoSurprise(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		m := &mail{t: t, town: town}
		rohmah := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
		protect(t, town, rohmah, "10000000001") // November to January
		warned := map[string]string{}
		for _, date := range []string{"2027-01-01", "2027-01-24", "2027-01-30", "2027-02-01", "2027-03-03", "2027-04-16"} {
			for _, l := range m.morning(date) {
				warned[date] = l.Template
			}
			said(t, town, rohmah)
			if date == "2027-02-01" {
				seenOnDayOne(t, town, rohmah)
			}
		}
		want := map[string]string{"2027-01-01": "lapse_soon", "2027-01-24": "lapse_soon", "2027-01-30": "lapse_soon", "2027-02-01": "lapsed", "2027-03-03": "lapsed", "2027-04-16": "lapse_final"}
		if fmt.Sprint(warned) != fmt.Sprint(want) {
			t.Errorf("warned %v, want %v", warned, want)
		}
		// She pays on the last day: nothing starts again.
		arrive(t, town, "2027-04-30")
		o := said(t, town, rohmah)
		if o.NewRegistration || o.WaitRestarts || o.CoveredFrom.String() != "2027-04-30" || o.GapFrom.String() != "2027-02-01" || o.GapUntil.String() != "2027-04-29" {
			t.Errorf("said before the last day: %+v", o)
		}
		settleNext(t, town, rohmah, 3)
		so(t, town, rohmah, o)
		wantSound(t, town)
	})
}

// Who pays a day later is told first that it is a new registration, and no money is taken for anything else.
func TestSerang_ADayLaterIsSaidToBeANewRegistration(t *testing.T) {
	town := liteTown(t)
	id := registerAs(t, town, town.Agent, 1, fields{"phone": phoneOf(1)})
	protect(t, town, id, "10000000001")
	arrive(t, town, "2027-04-30")
	v := view(t, town, id)
	tomorrow := jaring.CoverIfPaid(v.History, v.Today.Add(1), 0, 3, town.App.Cover)
	if !tomorrow.NewRegistration || !tomorrow.WaitRestarts || !tomorrow.YearsRestart || tomorrow.FullMonths != 0 {
		t.Fatalf("said the day before: %+v", tomorrow)
	}
	arrive(t, town, "2027-05-01")
	_, err := town.Do(town.Officer, jaring.ActContribute, fields{"worker_id": id, "months": 3})
	wantKey(t, err, jaring.Conflict, "contribution.ended")
	_, err = town.Do(town.Agent, jaring.ActRescue, fields{"worker_id": id, "months": 3, "payer": fields{"kind": "relative", "name": "Anak"}})
	wantKey(t, err, jaring.Conflict, "contribution.ended")
	if again := registerAs(t, town, town.Agent, 1, nil); again != id {
		t.Fatal("another person")
	}
	if err := came(town, id, view(t, town, id).Payment.Amount, "S1"); err != nil {
		t.Fatal(err)
	}
	acknowledge(t, town)
	so(t, town, id, tomorrow)
	if cover := view(t, town, id).Cover; cover.FullMonths != 0 || cover.Since.String() != "2027-05-01" {
		t.Errorf("the waiting did not start again: %+v", cover)
	}
	wantSound(t, town)
}

// On whichever day somebody pays, what was said that morning is what comes of it.
func TestSerang_WhatIsSaidBeforeIsSo(t *testing.T) {
	town := liteTown(t)
	days := []string{"2027-01-05", "2027-01-31", "2027-02-01", "2027-02-20", "2027-03-15", "2027-04-29"}
	ids := make([]jaring.WorkerID, len(days))
	for i := range days {
		ids[i] = registerAs(t, town, town.Agent, i, nil)
		cover(t, town, ids[i], i)
	}
	for i, date := range days {
		arrive(t, town, date)
		o := said(t, town, ids[i])
		settleNext(t, town, ids[i], 3)
		so(t, town, ids[i], o)
	}
	wantSound(t, town)
}

// said is what the person's page says of a payment for three months today.
func said(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) jaring.Outlook {
	t.Helper()
	v := view(t, town, id)
	return jaring.CoverIfPaid(v.History, v.Today, 0, 3, town.App.Cover)
}

// so holds what was said against the cover that a payment made.
func so(t *testing.T, town *jaringtest.Town, id jaring.WorkerID, o jaring.Outlook) {
	t.Helper()
	v := view(t, town, id)
	is := v.Cover
	if o.CoveredFrom > v.Today {
		is = jaring.CoverOn(v.History, o.CoveredFrom, town.App.Cover)
	}
	if is.Until != o.CoveredUntil || is.Standing != jaring.StandingProtected {
		t.Errorf("%s: said until %s, is %s until %s", v.Today, o.CoveredUntil, is.Standing, is.Until)
	}
	if o.GapFrom != 0 && is.Start != o.CoveredFrom || o.GapFrom == 0 && is.Start > o.CoveredFrom {
		t.Errorf("%s: said from %s, is from %s", v.Today, o.CoveredFrom, is.Start)
	}
	if is.FullMonths != o.FullMonths && o.CoveredFrom <= v.Today {
		t.Errorf("%s: said %d full months, is %d", v.Today, o.FullMonths, is.FullMonths)
	}
}

// seenOnDayOne: agent and branch have her on their lists on the day after the end, with the last day to make it up.
func seenOnDayOne(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) {
	t.Helper()
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, actor := range map[string]jaring.Actor{"agent": town.Agent, "officer": town.Officer, "head": town.Head} {
		list, err := town.App.FindLapses(t.Context(), actor, app.LapseQuery{Grace: true})
		if err != nil || list.Grace != 1 || len(list.Items) != 1 || list.Items[0].Worker.ID != id || list.Items[0].Days != -1 || list.Items[0].GraceUntil.String() != "2027-04-30" ||
			list.Items[0].Reminder == nil {
			t.Errorf("%s sees %+v %v", name, list, err)
		}
	}
}
