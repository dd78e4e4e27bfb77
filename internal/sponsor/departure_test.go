package sponsor_test

import (
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/sponsor"
)

// confirmAll lets the core confirm all people of a list.
func confirmAll(t *testing.T, town *jaringtest.Town, roster string, from, to jaring.Month) []sponsor.RosterPerson {
	t.Helper()
	people, _, err := town.App.FindRosterPeople(t.Context(), town.Officer, roster, "")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range people {
		id := jaring.MembershipID(p.Contribution)
		answer := app.Confirmation{Worker: p.Worker.ID, Membership: id, Accepted: true, KPJ: "A000000000" + string(rune('0'+i)), From: from, To: to}
		if err := town.App.Confirm(t.Context(), answer); err != nil {
			t.Fatal(err)
		}
	}
	return people
}

// Somebody dies, somebody else takes the place for the months that are left, and no rupiah is anywhere else.
func TestAPlaceIsTakenBySomebodyElse(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 12))
		v := payRoster(t, town, approve(t, town, sent(t, town, giver, agreement, listOf(1, 3))))
		town.Pass(20 * 24 * time.Hour) // into December
		first, last := jaring.NewMonth(2026, 12), jaring.NewMonth(2027, 11)
		people := confirmAll(t, town, v.ID, first, last)
		gone := people[0].Sponsorship.Worker
		leave := jaring.Leave{Worker: gone, Why: jaring.LeftDied, From: first}
		if _, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, leave); jaring.KeyOf(err) != "departure.month" {
			t.Errorf("two people in one month: %v", err)
		}
		leave.From = first + 2
		id, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, leave)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, leave); jaring.KeyOf(err) != "departure.known" {
			t.Errorf("leaves twice: %v", err)
		}
		// A row that is already paid for gets no place, a sound one does.
		rows, err := town.App.ProposeHeirs(ctx, town.Officer, op(), giver, agreement, []byte(string(listOf(2, 1))+tail(listOf(9, 2))))
		if err != nil || len(rows) != 3 || rows[0].Departure != "" || rows[1].Departure != id || rows[2].Departure != "" {
			t.Fatalf("%+v %v", rows, err)
		}
		if err := town.App.ApproveLeave(ctx, town.Officer, op(), giver, agreement, id); jaring.KeyOf(err) != "error.forbidden" {
			t.Errorf("who proposed approves: %v", err)
		}
		if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); err != nil {
			t.Fatal(err)
		}
		list, err := town.App.FindDepartures(ctx, town.Head, giver, agreement)
		if err != nil || len(list.Items) != 1 {
			t.Fatal(list, err)
		}
		d := list.Items[0]
		if d.State != "left" || d.Months != 10 || d.Freed != 10*22_800 || d.Heir.State != "filled" || d.Heir.Months != 10 || d.Difference() != 0 || list.Credit != 0 || d.HeirName == "" {
			t.Errorf("%+v %+v credit %v", d.DepartureRecord, d.Heir, list.Credit)
		}
		w, heir := view(t, town, gone), view(t, town, d.Heir.Worker)
		if w.Worker.PaidTo != first+1 || heir.Worker.PaidTo != last || heir.Membership.FirstMonth != first+2 || heir.Worker.Standing != jaring.StandingPaid {
			t.Errorf("%v %v %v", w.Worker.PaidTo, heir.Worker.PaidTo, heir.Worker.Standing)
		}
		g, err := town.App.GetAgreement(ctx, town.Head, giver, agreement)
		if err != nil || g.UsedPeople != 3 || g.UsedAmount != 3*12*22_800 {
			t.Errorf("%v %v %v", g.UsedPeople, g.UsedAmount, err)
		}
		sound(t, town)
	})
}

// tail is a list without its heading.
func tail(file []byte) string {
	_, rows, _ := strings.Cut(string(file), "\n")
	return rows
}

// A place may stay free, and be taken later by a single form; what is dearer than the credit waits for money.
func TestAPlaceStaysFreeUntilSomebodyComes(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.Open(t, jaringtest.SQLiteURL(t)))
	ctx := t.Context()
	giver, agreement := sponsored(t, town, "PT Contoh", pact(town, jaring.SponsorCSR, 6))
	v := payRoster(t, town, approve(t, town, sent(t, town, giver, agreement, listOf(1, 2))))
	town.Pass(20 * 24 * time.Hour)
	first := jaring.NewMonth(2026, 12)
	leave := jaring.Leave{Why: jaring.LeftOther, From: first + 1}
	people, _, err := town.App.FindRosterPeople(ctx, town.Officer, v.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	leave.Worker = people[1].Sponsorship.Worker
	if _, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, leave); jaring.KeyOf(err) != "departure.note_missing" {
		t.Errorf("%v", err)
	}
	leave.Note = "tidak mau lagi"
	id, err := town.App.ProposeLeave(ctx, town.Officer, op(), giver, agreement, leave)
	if err != nil {
		t.Fatal(err)
	}
	if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); jaring.KeyOf(err) != "departure.not_confirmed" {
		t.Errorf("the core was not heard: %v", err)
	}
	confirmAll(t, town, v.ID, first, first+5)
	if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); err != nil {
		t.Fatal(err)
	}
	list, err := town.App.FindDepartures(ctx, town.Head, giver, agreement)
	if err != nil || list.Credit != list.Items[0].Freed || list.Credit == 0 || jaring.KeyOf(list.Items[0].MayApprove) != "departure.nothing" {
		t.Fatalf("%+v %v", list, err)
	}
	p := jaringtest.Person(30)
	form := sponsor.HeirForm{NIK: p["nik"].(string), Name: p["name"].(string), BirthDate: p["birth_date"].(string), Sex: "P", Village: p["village"].(string), Occupation: "Pedagang", Income: "9000000"}
	if p["sex"] == "M" {
		form.Sex = "L"
	}
	rows, err := town.App.ProposeHeir(ctx, town.Officer, op(), giver, agreement, id, form)
	if err != nil || len(rows) != 1 || rows[0].Departure != id {
		t.Fatalf("%+v %v", rows, err)
	}
	if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); jaring.KeyOf(err) != "departure.credit_short" {
		t.Errorf("dearer than what was freed: %v", err)
	}
	form.Income = "1500000"
	if rows, err = town.App.ProposeHeir(ctx, town.Officer, op(), giver, agreement, id, form); err != nil || rows[0].Departure != id {
		t.Fatalf("%+v %v", rows, err)
	}
	if err := town.App.ApproveLeave(ctx, town.Head, op(), giver, agreement, id); err != nil {
		t.Fatal(err)
	}
	if list, err = town.App.FindDepartures(ctx, town.Head, giver, agreement); err != nil || list.Credit != 0 || list.Items[0].Heir.State != "filled" {
		t.Errorf("%+v %v", list.Items[0].Heir, err)
	}
	sound(t, town)
}
