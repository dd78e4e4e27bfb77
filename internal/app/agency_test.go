package app_test

import (
	"slices"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func TestApplicationsThatComeToNothing(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a := t.Context(), town.App
	_, err := a.AddApplication(ctx, newOp(), applicant(town, town.Fund, 1))
	if got := rule(err, "office_id"); got != "office.not_found" {
		t.Errorf("the fund takes applications: %v", err)
	}
	id := newOp()
	_, err = a.AddApplication(ctx, id, applicant(town, town.Batanghari, 1))
	wantError(t, err, "")
	one := jaring.ApplicationID(id)
	wantError(t, a.PresentApplicant(ctx, town.FarOfficer, newOp(), one), "error.out_of_area")
	wantError(t, a.PresentApplicant(ctx, town.Agent, newOp(), one), "error.forbidden")
	wantError(t, a.PresentApplicant(ctx, town.Officer, newOp(), jaring.ApplicationID(jaringtest.NewID())), "application.not_found")
	decide := func(to jaring.ApplicationState, why string) error {
		return a.DecideApplication(ctx, town.Officer, newOp(), one, to, why)
	}
	wantError(t, decide(jaring.ApplicationIsAccepted, ""), "application.not_presented")
	wantError(t, a.PresentApplicant(ctx, town.Officer, newOp(), one), "")
	wantError(t, a.PresentApplicant(ctx, town.Officer, newOp(), one), "application.presented")
	wantError(t, decide("senang", ""), "decision.unknown")
	wantError(t, decide(jaring.ApplicationIsRejected, ""), "reason.too_short")
	wantError(t, decide(jaring.ApplicationIsWaiting, ""), "")
	wantError(t, decide(jaring.ApplicationIsAccepted, ""), "")
	day := jaring.NewDay(2026, 11, 21)
	class, err := a.AddClass(ctx, town.Officer, newOp(), jaring.Class{Name: "Kelas", Office: town.Branch, From: day, To: day, Quotas: []jaring.Quota{{Office: town.Batanghari, Seats: 1}}})
	wantError(t, err, "")
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, one, ""), "")
	wantError(t, decide(jaring.ApplicationIsRejected, "tidak datang lagi"), "application.seated")
	wantError(t, a.LeaveSeat(ctx, town.Officer, class, one), "")
	wantError(t, a.LeaveSeat(ctx, town.Officer, class, one), "")
	wantError(t, decide(jaring.ApplicationIsRejected, "tidak datang lagi"), "")
	wantError(t, decide(jaring.ApplicationIsAccepted, ""), "application.decided")
	list, err := a.FindApplications(ctx, town.Officer, jaring.ApplicationIsRejected, town.Batanghari, "")
	if wantError(t, err, ""); len(list.Items) != 1 || list.Items[0].Reason != "tidak datang lagi" || list.Counts[jaring.ApplicationIsRejected] != 1 {
		t.Errorf("%+v", list)
	}
	for _, cursor := range []string{"x", "e30", "bnVsbA"} {
		_, err = a.FindApplications(ctx, town.Officer, "", "", cursor)
		wantError(t, err, "cursor.malformed")
	}
}

func TestWhatAClassRefuses(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
	plan := jaring.Class{Name: "Kelas", Office: town.Branch, From: day, To: day, Quotas: []jaring.Quota{{Office: town.Branch, Seats: 2}}}
	far := plan
	far.Quotas = append(slices.Clone(plan.Quotas), jaring.Quota{Office: town.Palembang, Seats: 1})
	_, err := a.AddClass(ctx, town.Officer, newOp(), far)
	if got := rule(err, "quotas/1/office_id"); got != "error.out_of_area" {
		t.Errorf("%v", err)
	}
	nowhere := plan
	nowhere.Place = jaring.PlaceID(jaringtest.NewID())
	_, err = a.AddClass(ctx, town.Officer, newOp(), nowhere)
	if got := rule(err, "place_id"); got != "place.not_found" {
		t.Errorf("%v", err)
	}
	class, err := a.AddClass(ctx, town.Officer, newOp(), plan)
	wantError(t, err, "")
	one, two := accepted(t, town, town.Officer, town.Branch, 1), accepted(t, town, town.Officer, town.Batanghari, 2)
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, two, ""), "class.no_quota")
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, two, town.Branch), "") // a seat of the branch, lent
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, one, ""), "")
	wantError(t, a.TakeSeat(ctx, town.FarOfficer, newOp(), class, one, ""), "error.out_of_area")
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), jaring.ClassID(jaringtest.NewID()), one, ""), "class.not_found")
	v, err := a.GetClass(ctx, town.Officer, class)
	wantError(t, err, "")
	badge := v.SeatList[0].Badge
	_, err = a.Attend(ctx, town.Officer, newOp(), class, "x")
	wantError(t, err, "class.badge_unknown")
	_, err = a.CertifyClass(ctx, town.Head, newOp(), class, day.Add(9), jaring.Powers)
	wantError(t, err, "class.nobody_passed")
	_, err = a.CertifyClass(ctx, town.Officer, newOp(), class, day.Add(9), jaring.Powers)
	wantError(t, err, "error.forbidden")
	err = a.JudgeClass(ctx, town.Officer, newOp(), class, []jaring.Judged{{Application: jaring.ApplicationID(jaringtest.NewID()), Practice: jaring.PracticeDone}})
	if got := rule(err, "items/0/application_id"); got != "class.not_seated" {
		t.Errorf("%v", err)
	}
	seen, err := a.Attend(ctx, town.Officer, newOp(), class, badge)
	wantError(t, err, "")
	town.Pass(time.Hour)
	again, err := a.Attend(ctx, town.Officer, newOp(), class, badge)
	if wantError(t, err, ""); !again.Again || !again.At.Equal(seen.At) {
		t.Errorf("%+v, first %+v", again, seen)
	}
	wantError(t, a.LeaveSeat(ctx, town.Officer, class, v.SeatList[0].Application), "class.attended")
	other, err := a.AddClass(ctx, town.Officer, newOp(), plan)
	wantError(t, err, "")
	_, err = a.Attend(ctx, town.Officer, newOp(), other, badge)
	wantError(t, err, "class.badge_elsewhere")
	town.Pass(24 * time.Hour)
	_, err = a.Attend(ctx, town.Officer, newOp(), class, badge)
	wantError(t, err, "class.no_lesson")
	wantError(t, a.CloseClass(ctx, town.Officer, newOp(), class), "")
	wantError(t, a.CloseClass(ctx, town.Officer, newOp(), class), "class.closed")
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, one, ""), "class.closed")
	later := plan
	later.From, later.To = day.Add(30), day.Add(30)
	planned, err := a.AddClass(ctx, town.Officer, newOp(), later)
	wantError(t, err, "")
	wantError(t, a.CloseClass(ctx, town.Officer, newOp(), planned), "class.not_begun")
	wantError(t, a.JudgeClass(ctx, town.Officer, newOp(), planned, []jaring.Judged{{Application: one, Practice: jaring.PracticeDone}}), "class.not_begun")
}

// A sub-branch sees the class in which it has seats, and of them its own.
func TestASubBranchInTheClassOfItsBranch(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
	sub := town.Hire("kcp", "Safrudin Idris", jaring.RoleOfficer, town.Batanghari)
	class, err := a.AddClass(ctx, town.Officer, newOp(), jaring.Class{Name: "Kelas", Office: town.Branch, From: day, To: day,
		Quotas: []jaring.Quota{{Office: town.Branch, Seats: 2}, {Office: town.Batanghari, Seats: 2}}})
	wantError(t, err, "")
	mine, other := accepted(t, town, sub, town.Batanghari, 1), accepted(t, town, town.Officer, town.Branch, 2)
	wantError(t, a.TakeSeat(ctx, sub, newOp(), class, mine, town.Branch), "error.out_of_area")
	wantError(t, a.TakeSeat(ctx, sub, newOp(), class, mine, ""), "")
	wantError(t, a.TakeSeat(ctx, town.Officer, newOp(), class, other, ""), "")
	v, err := a.GetClass(ctx, sub, class)
	if wantError(t, err, ""); len(v.SeatList) != 1 || v.SeatList[0].Application != mine || v.TakenOf[town.Branch] != 1 {
		t.Errorf("%+v", v)
	}
	list, _, err := a.FindClasses(ctx, sub, "")
	if wantError(t, err, ""); len(list) != 1 {
		t.Errorf("%d classes", len(list))
	}
	all, err := a.GetClass(ctx, town.Officer, class)
	wantError(t, err, "")
	for _, s := range all.SeatList {
		want := ""
		if s.Application == other {
			want = "error.out_of_area"
		}
		_, err = a.Attend(ctx, sub, newOp(), class, s.Badge)
		wantError(t, err, want)
	}
	wantError(t, a.CloseClass(ctx, sub, newOp(), class), "error.out_of_area")
	wantError(t, a.LeaveSeat(ctx, sub, class, other), "error.out_of_area")
	err = a.JudgeClass(ctx, sub, newOp(), class, []jaring.Judged{{Application: other, Practice: jaring.PracticeDone}, {Application: mine, Practice: jaring.PracticeDone}})
	if got := rule(err, "items/0/application_id"); got != "error.out_of_area" {
		t.Errorf("%v", err)
	}
}

func TestKitComesAndGoes(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a := t.Context(), town.App
		wantError(t, a.AddKit(ctx, town.Officer, newOp(), jaring.Jacket, []string{"J-1", "J-2"}, town.Branch), "")
		err := a.AddKit(ctx, town.Officer, newOp(), jaring.Jacket, []string{"J-0", "J-2", "J-1"}, town.Batanghari)
		if rule(err, "serials/1") != "kit.serial_taken" || rule(err, "serials/2") != "kit.serial_taken" || rule(err, "serials/0") != "" {
			t.Errorf("%v", err)
		}
		wantError(t, a.AddKit(ctx, town.Officer, newOp(), jaring.Backpack, []string{"J-1"}, town.Branch), "")
		wantError(t, a.AddKit(ctx, town.Officer, newOp(), jaring.Jacket, []string{"J-9"}, town.Palembang), "error.out_of_area")
		items, _, err := a.FindKit(ctx, town.Officer, jaring.KitInStore, town.Branch, "")
		if wantError(t, err, ""); len(items) != 3 || items[0].Kind != jaring.Backpack {
			t.Fatalf("%+v", items)
		}
		id := items[1].ID
		got, refused := race(4, func(i int) error {
			return a.HandOutKit(ctx, town.Officer, newOp(), id, []jaring.AccountID{town.Agent.Account, town.Second.Account}[i%2])
		}, "kit.not_in_store")
		if got != 1 || refused != 3 {
			t.Errorf("handed out %d times, refused %d times", got, refused)
		}
		wantError(t, a.HandOutKit(ctx, town.Officer, newOp(), items[2].ID, town.Officer.Account), "agent.not_agent")
		wantError(t, a.HandOutKit(ctx, town.FarOfficer, newOp(), items[2].ID, town.Agent.Account), "error.out_of_area")
		wantError(t, a.ReturnKit(ctx, town.Officer, newOp(), items[2].ID, jaring.KitInStore, ""), "kit.not_handed_out")
		wantError(t, a.ReturnKit(ctx, town.Officer, newOp(), id, "hilang", ""), "kit.state_unknown")
		wantError(t, a.ReturnKit(ctx, town.Officer, newOp(), id, jaring.KitIsLost, "tertinggal di angkot"), "")
		k, err := a.GetKit(ctx, town.Officer, id)
		if wantError(t, err, ""); k.State != jaring.KitIsLost || k.AgentName == "" { // who lost it stays known
			t.Errorf("%+v", k)
		}
		wantError(t, a.ReturnKit(ctx, town.Officer, newOp(), id, jaring.KitInStore, "ketemu"), "")
		if k, err = a.GetKit(ctx, town.Officer, id); err != nil || k.Account != "" {
			t.Errorf("%+v %v", k, err)
		}
	})
}

func TestTerritoryOfAnAgent(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a, id := t.Context(), town.App, town.Agent.Account
		labels := func() (out []string) {
			t.Helper()
			page, err := a.GetAgent(ctx, town.Officer, id)
			wantError(t, err, "")
			for _, p := range page.Territory {
				out = append(out, p.Label)
			}
			return out
		}
		assign := func(villages []string, places ...jaring.PlaceID) error {
			return a.AssignTerritory(ctx, town.Officer, id, villages, places)
		}
		wantError(t, assign([]string{jaringtest.Legok}, town.Market), "")
		if got := labels(); !slices.Equal(got, []string{"Orang Kayo Hitam, Pasar Jambi", "Pasar Angso Duo"}) {
			t.Errorf("%q", got)
		}
		town.Pass(24 * time.Hour)
		wantError(t, assign([]string{jaringtest.MuaraBulu}, town.Market), "")
		wantError(t, assign([]string{jaringtest.MuaraBulu}, town.Market), "")
		if got := labels(); len(got) != 2 || slices.Contains(got, "Orang Kayo Hitam, Pasar Jambi") {
			t.Errorf("%q", got)
		}
		wantError(t, assign(nil), "")
		wantError(t, assign([]string{jaringtest.MuaraBulu}), "")
		if got := labels(); len(got) != 1 {
			t.Errorf("%q", got)
		}
		err := assign([]string{jaringtest.Legok}, jaring.PlaceID(jaringtest.NewID()))
		if rule(err, "places/0") != "place.unknown" {
			t.Errorf("%v", err)
		}
		wantError(t, a.AssignTerritory(ctx, town.FarOfficer, id, nil, nil), "error.out_of_area")
		wantError(t, a.AssignTerritory(ctx, town.Officer, town.Officer.Account, nil, nil), "agent.not_agent")
	})
}

// Both numbers of an agent come from the counters.
func TestAgentsInNumbers(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	ctx, a := t.Context(), town.App
	for n := range 3 {
		town.Register(town.Agent, n)
	}
	town.Register(town.Second, 9)
	if _, err := a.Fold(ctx); err != nil {
		t.Fatal(err)
	}
	rows, next, err := a.FindAgents(ctx, town.Officer, "", "rahma", "")
	if wantError(t, err, ""); len(rows) != 1 || next != "" || rows[0].Registered != 3 || rows[0].Protected != 0 {
		t.Errorf("%+v", rows)
	}
	all, _, err := a.FindAgents(ctx, town.Officer, town.Batanghari, "", "")
	if wantError(t, err, ""); len(all) != 1 || all[0].Account.ID != town.SubAgent.Account {
		t.Errorf("%+v", all)
	}
	_, _, err = a.FindAgents(ctx, town.Officer, town.Palembang, "", "")
	wantError(t, err, "error.out_of_area")
	_, _, err = a.FindAgents(ctx, town.Officer, "", "", "x")
	wantError(t, err, "cursor.malformed")
	_, err = a.GetAgent(ctx, town.FarOfficer, town.Agent.Account)
	wantError(t, err, "account.not_found")
	_, err = a.GetAgent(ctx, town.Officer, town.Head.Account)
	wantError(t, err, "account.not_found")
	_, err = a.GetAgent(ctx, town.Agent, town.Agent.Account)
	wantError(t, err, "error.forbidden")
}
