package app_test

import (
	"slices"
	"strings"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// smallBook registers eight persons at three offices and moves some of them on.
func smallBook(t *testing.T, town *jaringtest.Town) (ids []jaring.WorkerID) {
	t.Helper()
	for n := range 5 {
		ids = append(ids, town.Register(town.Agent, n))
	}
	ids = append(ids, town.Register(town.Second, 5), town.Register(town.SubAgent, 6), town.Register(town.FarOfficer, 7))
	protect(t, town, ids[0], "10000000001")
	if err := pay(town, town.Officer, ids[1]); err != nil {
		t.Fatal(err)
	}
	if err := withdraw(town, town.Agent, ids[2]); err != nil {
		t.Fatal(err)
	}
	doubtful(t, town, town.Agent, 3)
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestHomeIsTheBook(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		smallBook(t, town)
		for _, c := range []struct {
			actor                                  jaring.Actor
			registered, protected, paid, review, n int64 // n: new in the month
		}{
			{town.Auditor, 7, 1, 1, 1, 8},
			{town.Head, 6, 1, 1, 1, 7},
			{town.Officer, 6, 1, 1, 1, 7},
			{town.Agent, 4, 1, 1, 1, 5},
			{town.Second, 1, 0, 0, 0, 1},
			{town.SubAgent, 1, 0, 0, 0, 1},
			{town.FarOfficer, 1, 0, 0, 0, 1},
		} {
			h, err := town.App.Home(t.Context(), c.actor)
			if err != nil {
				t.Fatal(err)
			}
			last := h.Months[len(h.Months)-1]
			if h.Registered != c.registered || h.Now[jaring.StandingProtected] != c.protected || h.Now[jaring.StandingPaid] != c.paid || h.Now[jaring.StandingReview] != c.review ||
				last.New != c.n || last.Registered != c.registered || last.Protected != c.protected || last.Month.String() != "2026-11" || len(h.Months) != 12 {
				t.Errorf("%s: %d registered, %v, last month %+v", c.actor.Name, h.Registered, h.Now, last)
			}
			list, err := town.App.FindWorkers(t.Context(), c.actor, app.ListQuery{Limit: 200})
			if err != nil || int64(len(list.Workers)) != list.Total {
				t.Errorf("%s: %d in the list, %d by the counters, %v", c.actor.Name, len(list.Workers), list.Total, err)
			}
			for _, s := range jaring.Standings {
				some, err := town.App.FindWorkers(t.Context(), c.actor, app.ListQuery{Standing: s, Limit: 200})
				if err != nil || int64(len(some.Workers)) != some.Total || some.Total != list.Counts[s] {
					t.Errorf("%s, %s: %d in the list, %d and %d by the counters, %v", c.actor.Name, s, len(some.Workers), some.Total, list.Counts[s], err)
				}
			}
		}
	})
}

func TestFindByNameAndNumber(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ids := smallBook(t, town)
		v := view(t, town, ids[0])
		w, code := v.Worker, v.Payment.Code
		number := string(w.RegistrationNo)
		for _, text := range []string{w.Name, strings.ToUpper(w.Name), strings.Fields(w.Name)[0], strings.Fields(w.Name)[1], number, strings.ToLower(number),
			strings.ReplaceAll(number, " ", ""), strings.TrimPrefix(number, "REG "), w.KPJ, " " + w.KPJ + " ", code, code[:4] + " " + code[4:]} {
			list, err := town.App.FindWorkers(t.Context(), town.Officer, app.ListQuery{Text: text})
			if err != nil || !slices.ContainsFunc(list.Workers, func(f *app.Worker) bool { return f.ID == w.ID }) {
				t.Errorf("%q does not find %s: %d found, %v", text, w.Name, len(list.Workers), err)
			}
			if far, err := town.App.FindWorkers(t.Context(), town.FarOfficer, app.ListQuery{Text: text}); err != nil || slices.ContainsFunc(far.Workers, func(f *app.Worker) bool { return f.ID == w.ID }) {
				t.Errorf("%q finds %s from far, %v", text, w.Name, err)
			}
		}
		for _, text := range []string{"Zzyzx", "REG 26-9999-99Z", "99999999999", "%", "_", "!"} {
			if list, err := town.App.FindWorkers(t.Context(), town.Officer, app.ListQuery{Text: text}); err != nil || len(list.Workers) > 0 {
				t.Errorf("%q finds %d, %v", text, len(list.Workers), err)
			}
		}
		_, err := town.App.FindWorkers(t.Context(), town.Officer, app.ListQuery{Standing: "senang"})
		wantKey(t, err, jaring.Invalid, "standing.unknown")
		_, err = town.App.FindWorkers(t.Context(), town.Admin, app.ListQuery{})
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
	})
}

func TestHistoryAndAudit(t *testing.T) {
	town := liteTown(t)
	ids := smallBook(t, town)
	if _, err := town.App.RevealNIK(t.Context(), town.Officer, ids[0], "dibandingkan dengan KTP"); err != nil {
		t.Fatal(err)
	}
	history, err := town.App.FindHistory(t.Context(), town.Agent, ids[0])
	if err != nil {
		t.Fatal(err)
	}
	var kinds []jaring.EventKind
	for _, h := range history {
		kinds = append(kinds, h.Kind)
		if h.ActorName == "" {
			t.Errorf("%s by nobody", h.Kind)
		}
	}
	if want := []jaring.EventKind{jaring.NIKRevealed, jaring.CoreConfirmed, jaring.ContributionSettled, jaring.WorkerRegistered}; !slices.Equal(kinds, want) {
		t.Errorf("%v, want %v", kinds, want)
	}
	_, err = town.App.FindHistory(t.Context(), town.Second, ids[0])
	wantKey(t, err, jaring.NotFound, "worker.not_found")
	seen := map[jaring.EventID]bool{}
	reveals := 0
	for cursor := jaring.EventID(""); ; {
		items, next, err := town.App.FindAudit(t.Context(), town.Head, cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range items {
			if seen[it.ID] || !slices.Contains(town.Head.Offices, it.Office) {
				t.Errorf("%s of %s", it.Kind, it.OfficeName)
			}
			seen[it.ID] = true
			if it.Kind == jaring.NIKRevealed && it.Actor == town.Officer.Account && it.Facts.Reason == "dibandingkan dengan KTP" {
				reveals++
			}
		}
		if cursor = next; next == "" {
			break
		}
	}
	if reveals != 1 {
		t.Errorf("%d reveals in the audit", reveals)
	}
	_, _, err = town.App.FindAudit(t.Context(), town.Officer, "")
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
}
