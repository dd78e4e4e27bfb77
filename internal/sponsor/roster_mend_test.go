package sponsor_test

import (
	"slices"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/roster"
	"jaring/internal/sponsor"
)

// saidOf are the findings of a list as "row code", those of a verdict alone.
func saidOf(t *testing.T, town *jaringtest.Town, id, verdict string) (out []string) {
	t.Helper()
	found, _, err := town.App.FindRosterFindings(t.Context(), town.Officer, id, sponsor.FindingsAsked{Verdict: verdict})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		out = append(out, strings.TrimLeft(string(rune('0'+f.Row/10)), "0")+string(rune('0'+f.Row%10))+" "+f.Key)
	}
	return out
}

// A list is mended beside its file: by the right value, by what is offered, by leaving somebody out and by a second look;
// what is undone is as before, and whoever mends does not approve.
func TestAListIsMendedBesideItsFile(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		form := pact(town, jaring.SponsorCSR, 2)
		form.Terms.Area = "15.71"
		giver, agreement := sponsored(t, town, "PT Contoh", form)
		line := func(n int, nik, birth, village string) string {
			p := jaringtest.Person(n)
			return strings.Join([]string{nik, p["name"].(string), birth, map[string]string{"M": "L", "F": "P"}[p["sex"].(string)], village, "petani", "1000000", ""}, ";")
		}
		birth := func(n int) string { return jaringtest.Person(n)["birth_date"].(string) }
		v := sent(t, town, giver, agreement, listOf(1, 3,
			line(4, "1,57E+15", birth(4), jaringtest.Legok), // row 5: type the NIK
			line(5, nikOf(5), birth(5), "Lengok"),           // row 6: take the village
			line(6, nikOf(1), birth(6), jaringtest.Legok),   // row 7: twice, as row 2
			line(2, nikOf(7), birth(2), jaringtest.Legok)))  // row 8: like row 3
		mend := func(row int, m sponsor.RosterMending, want string) {
			t.Helper()
			if err := town.App.MendRoster(ctx, town.Officer, op(), v.ID, row, m); jaring.KeyOf(err) != want {
				t.Fatalf("row %d: %v, want %q", row, err, want)
			}
			v = turned(t, town, v.ID)
		}
		people := func(n, held int) {
			t.Helper()
			if v.State != jaring.RosterReady || v.People != n || v.Sums.Held != held {
				t.Fatalf("%+v\n%v", v.RosterRecord, saidOf(t, town, v.ID, ""))
			}
		}
		people(3, 1)
		if got := saidOf(t, town, v.ID, "reject"); !slices.Equal(got, []string{"5 nik.damaged", "6 area.not_found", "7 roster.duplicate"}) {
			t.Fatal(got)
		}
		before := saidOf(t, town, v.ID, "")
		mend(5, sponsor.RosterMending{Cells: map[string]string{"nik": nikOf(4)}}, "")
		people(4, 1)
		mend(6, sponsor.RosterMending{Take: "area.not_found"}, "")
		people(5, 1)
		mend(2, sponsor.RosterMending{LeaveOut: true}, "roster.row_unknown") // nothing is said of it
		mend(7, sponsor.RosterMending{LeaveOut: true}, "")
		if v.Sums.LeftOut != 1 || v.Turn != 3 {
			t.Errorf("%+v", v.RosterRecord)
		}
		mend(5, sponsor.RosterMending{Cells: map[string]string{"hobby": "x"}}, "field.unknown")
		mend(5, sponsor.RosterMending{Accept: true, Reason: "sudah dilihat"}, "roster.nothing_held")
		mend(5, sponsor.RosterMending{}, "roster.mend.one")
		found, _, err := town.App.FindRosterFindings(ctx, town.Officer, v.ID, sponsor.FindingsAsked{Code: "roster.mended"})
		if err != nil || len(found) != 2 || !found[0].Mended || found[0].NIK != jaring.MaskNIK(nikOf(4)[:2]) || found[0].Name == "" {
			t.Errorf("%+v %v", found, err)
		}
		source, err := town.App.GetRosterSource(ctx, town.Officer, v.ID)
		if err != nil || source.Mends[5].Cells[roster.NIK] != nikOf(4) || !source.Mends[7].LeftOut {
			t.Errorf("%+v %v", source, err)
		}
		for _, row := range []int{5, 6, 7} {
			mend(row, sponsor.RosterMending{Undo: true}, "")
		}
		if got := saidOf(t, town, v.ID, ""); !slices.Equal(got, before) {
			t.Errorf("%v, was %v", got, before)
		}
		again := town.Hire("kepala9", "Joko Susilo", jaring.RoleBranchHead, town.Branch)
		if err := town.App.TakeSuggestions(ctx, again, op(), v.ID, "area.not_found", "village", "", 2); jaring.KeyOf(err) != "roster.changed_meanwhile" {
			t.Errorf("another number than was seen: %v", err)
		}
		if err := town.App.TakeSuggestions(ctx, again, op(), v.ID, "area.not_found", "village", "", 1); err != nil {
			t.Fatal(err)
		}
		v = turned(t, town, v.ID)
		people(4, 1)
		seen := sponsor.Approval{Version: v.Seen(), People: v.People, Amount: v.Amount}
		if err := town.App.ApproveRoster(ctx, again, op(), v.ID, seen); jaring.KeyOf(err) != "approval.same_account" {
			t.Errorf("whoever mends approves: %v", err)
		}
		seen.Version--
		if err := town.App.ApproveRoster(ctx, town.Head, op(), v.ID, seen); jaring.KeyOf(err) != "roster.changed_meanwhile" {
			t.Errorf("what was not seen is approved: %v", err)
		}
		if seen.Version++; town.App.ApproveRoster(ctx, town.Head, op(), v.ID, seen) != nil {
			t.Fatal("not approved")
		}
		mend(5, sponsor.RosterMending{LeaveOut: true}, "roster.closed")
		if v.State != jaring.RosterToPay || v.People != 4 {
			t.Errorf("%+v", v.RosterRecord)
		}
		sound(t, town)
	})
}

// Who is alike under another NIK waits for a second look; who has had it comes along. A file whose NIK all lost their
// last digit stops until somebody accepts it.
func TestWhatWaitsIsAccepted(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	giver, agreement := sponsored(t, town, "PT Contoh", pact(town, jaring.SponsorCSR, 1))
	town.Register(town.Agent, 9)
	p := jaringtest.Person(9)
	twin := nikOf(9)[:15] + string('0'+('9'-nikOf(9)[15]))
	v := sent(t, town, giver, agreement, listOf(1, 2, strings.Join([]string{twin, p["name"].(string), p["birth_date"].(string), map[string]string{"M": "L", "F": "P"}[p["sex"].(string)],
		p["village"].(string), "petani", "1000000", ""}, ";")))
	if got := saidOf(t, town, v.ID, "hold"); !slices.Equal(got, []string{"4 roster.book.similar"}) || v.People != 2 || v.Sums.Held != 1 {
		t.Fatalf("%v %+v", got, v.RosterRecord)
	}
	err := town.App.MendRoster(t.Context(), town.Officer, op(), v.ID, 4, sponsor.RosterMending{Accept: true, Reason: "dua orang, KTP dilihat"})
	if v = turned(t, town, v.ID); err != nil || v.People != 3 || v.Sums.Held != 0 || len(v.Hands) != 1 {
		t.Fatalf("%v %+v %v", err, v.RosterRecord, saidOf(t, town, v.ID, ""))
	}
	tails := listOf(100, 0)
	for n := range 25 {
		p := jaringtest.Person(200 + n)
		tails = append(tails, strings.Join([]string{nikOf(200 + n)[:15] + "0", p["name"].(string), p["birth_date"].(string), map[string]string{"M": "L", "F": "P"}[p["sex"].(string)], p["village"].(string), "petani", "1000000", ""}, ";")+"\n"...)
	}
	v = sent(t, town, giver, agreement, tails)
	seen := sponsor.Approval{Version: v.Seen(), People: v.People, Amount: v.Amount}
	if err := town.App.ApproveRoster(t.Context(), town.Head, op(), v.ID, seen); jaring.KeyOf(err) != "roster.stopped" {
		t.Fatalf("%v %+v %v", err, v.Sums, saidOf(t, town, v.ID, ""))
	}
	if err := town.App.MendRoster(t.Context(), town.Officer, op(), v.ID, 1, sponsor.RosterMending{Accept: true, Reason: "dicocokkan dengan KTP"}); err != nil {
		t.Fatal(err)
	}
	v = turned(t, town, v.ID)
	if err := town.App.ApproveRoster(t.Context(), town.Head, op(), v.ID, sponsor.Approval{Version: v.Seen(), People: v.People, Amount: v.Amount}); v.People > 0 && err != nil {
		t.Fatal(err)
	}
}
