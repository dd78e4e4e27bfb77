package sponsor_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/sponsor"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// pact is an agreement that is written, for the months from December 2026 on.
func pact(town *jaringtest.Town, kind jaring.SponsorKind, months int) jaring.Agreement {
	return jaring.Agreement{Kind: kind, Number: "PKS 12/2026", Decree: "SK 7/2026", FirstMonth: jaring.NewMonth(2026, 12), Months: months,
		Programs: jaring.Programs{jaring.JKK, jaring.JKM}, CeilingAmount: 100_000_000, CeilingPeople: 500}
}

// sponsored is a sponsor with an approved agreement.
func sponsored(t *testing.T, town *jaringtest.Town, name string, form jaring.Agreement) (giver, agreement string) {
	t.Helper()
	ctx := t.Context()
	giver, err := town.App.AddSponsor(ctx, town.Officer, op(), jaring.Sponsor{Name: name, ContactName: "Bu Ani"})
	if err != nil {
		t.Fatal(err)
	}
	if agreement, err = town.App.AddAgreement(ctx, town.Officer, op(), giver, form); err != nil {
		t.Fatal(err)
	}
	if err := town.App.ApproveAgreement(ctx, town.Head, op(), giver, agreement, 1); err != nil {
		t.Fatal(err)
	}
	return giver, agreement
}

// listOf is a list of the n-th persons of the town from first on, with more lines behind.
func listOf(first, n int, more ...string) []byte {
	var b bytes.Buffer
	b.WriteString("NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan;Nama Ibu\n")
	for i := first; i < first+n; i++ {
		p := jaringtest.Person(i)
		fmt.Fprintf(&b, "%s;%s;%s;%s;%s;%s;%d;Siti\n", p["nik"], p["name"], p["birth_date"], map[string]string{"M": "L", "F": "P"}[p["sex"].(string)], p["village"], p["occupation"], p["monthly_income"])
	}
	for _, line := range more {
		b.WriteString(line + "\n")
	}
	return b.Bytes()
}

// sent sends a list and has it judged.
func sent(t *testing.T, town *jaringtest.Town, giver, agreement string, file []byte) *sponsor.RosterView {
	t.Helper()
	id, err := town.App.SendRoster(t.Context(), town.Officer, op(), giver, agreement, "daftar.csv", file)
	if err != nil {
		t.Fatal(err)
	}
	return turned(t, town, id)
}

// turned is a list after all that waits was done.
func turned(t *testing.T, town *jaringtest.Town, id string) *sponsor.RosterView {
	t.Helper()
	if err := town.App.TurnRosters(t.Context()); err != nil {
		t.Fatal(err)
	}
	v, err := town.App.GetRoster(t.Context(), town.Officer, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func approve(t *testing.T, town *jaringtest.Town, v *sponsor.RosterView) *sponsor.RosterView {
	t.Helper()
	if err := town.App.ApproveRoster(t.Context(), town.Head, op(), v.ID, sponsor.Approval{Version: v.Version, People: v.People, Amount: v.Amount}); err != nil {
		t.Fatal(err)
	}
	return turned(t, town, v.ID)
}

// moneyFor is the money of a list's bill, today.
func moneyFor(town *jaringtest.Town, v *sponsor.RosterView) wire.Settlement {
	return wire.Settlement{Amount: v.Amount, Channel: "bank", Reference: "SP2D-1", PaidOn: jaring.DayIn(town.Now(), app.Zone(""))}
}

func payRoster(t *testing.T, town *jaringtest.Town, v *sponsor.RosterView) *sponsor.RosterView {
	t.Helper()
	if err := town.App.SettleRoster(t.Context(), town.Officer, op(), v.ID, moneyFor(town, v)); err != nil {
		t.Fatal(err)
	}
	return turned(t, town, v.ID)
}

// sound asks whether counters, chains and ledger agree with each other.
func sound(t *testing.T, town *jaringtest.Town) {
	t.Helper()
	for {
		n, err := town.App.Fold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	diffs, _, _, err := town.App.Recount(t.Context())
	if err != nil || len(diffs) > 0 {
		t.Errorf("recount: %v %v", diffs, err)
	}
	damages, _, _, err := town.App.Verify(t.Context())
	if err != nil || len(damages) > 0 {
		t.Errorf("verify: %v %v", damages, err)
	}
}

// A list comes in dirty, is mended, approved by a second person, paid by one code, and all start together.
func TestSponsoredListFromFileToCover(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 12))
		v := sent(t, town, giver, agreement, listOf(1, 20, "1,57E+15;Damaged;1980-01-01;L;"+jaringtest.Legok+";petani;1000000;"))
		if v.State != jaring.RosterReady || v.People != 20 || v.Fresh != 20 || v.Sums.Rejected != 1 || v.Amount != 20*12*22_800 {
			t.Fatalf("%+v", v.RosterRecord)
		}
		findings, _, err := town.App.FindRosterFindings(ctx, town.Officer, v.ID, sponsor.FindingsAsked{Verdict: "reject"})
		if err != nil || len(findings) != 1 || findings[0].Key != "nik.damaged" || findings[0].Row != 22 {
			t.Errorf("%+v %v", findings, err)
		}
		if err := town.App.ReplaceRoster(ctx, town.Officer, op(), v.ID, "daftar-2.csv", listOf(1, 21)); err != nil {
			t.Fatal(err)
		}
		if v = turned(t, town, v.ID); v.People != 21 || v.Sums.Rejected != 0 || v.Version != 2 {
			t.Fatalf("%+v", v.RosterRecord)
		}
		if err := town.App.ApproveRoster(ctx, town.Head, op(), v.ID, sponsor.Approval{Version: 1, People: 20, Amount: v.Amount}); jaring.KeyOf(err) != "roster.changed_meanwhile" {
			t.Errorf("what was not seen is approved: %v", err)
		}
		if v = approve(t, town, v); v.State != jaring.RosterToPay || len(v.Code) != 14 {
			t.Fatalf("%+v", v.RosterRecord)
		}
		shown, err := town.App.GetBill(ctx, v.Code)
		if err != nil || shown.Amount != v.Amount || shown.Name != "Kabupaten Contoh" {
			t.Errorf("%+v %v", shown, err)
		}
		if v = payRoster(t, town, v); v.State != jaring.RosterRunning || v.Covered != 21 || v.Returned != 0 {
			t.Fatalf("%+v", v.RosterRecord)
		}
		people, _, err := town.App.FindRosterPeople(ctx, town.Officer, v.ID, "")
		if err != nil || len(people) != 21 {
			t.Fatal(len(people), err)
		}
		w := view(t, town, people[0].Sponsorship.Worker)
		if w.Worker.Standing != jaring.StandingPaid || w.Membership.Funding != jaring.FundingAPBD || w.Membership.CoreState != jaring.CoreQueued || w.Worker.PaidTo != jaring.NewMonth(2027, 11) {
			t.Errorf("%+v %+v", w.Worker.Standing, w.Membership.Membership)
		}
		answer := app.Confirmation{Worker: w.Worker.ID, Membership: w.Membership.ID, Accepted: true, KPJ: "12345678901", From: jaring.NewMonth(2026, 12), To: jaring.NewMonth(2027, 11)}
		if err := town.App.Confirm(ctx, answer); err != nil {
			t.Fatal(err)
		}
		town.Pass(15 * 24 * time.Hour)
		if w = view(t, town, w.Worker.ID); w.Cover.Standing != jaring.StandingProtected || w.Cover.Since != jaring.NewDay(2026, 12, 1) {
			t.Errorf("%+v", w.Cover)
		}
		o, err := town.Do(town.Officer, jaring.ActContribute, fields{"worker_id": w.Worker.ID, "months": 1}) // goes on alone
		asked, _ := o.Made.(*app.Asked)
		if err != nil || asked == nil || asked.Quote.Question.Funding != jaring.FundingSelf || asked.Payment.FirstMonth != jaring.NewMonth(2027, 12) {
			t.Errorf("%+v %v", asked, err)
		}
		sound(t, town)
	})
}

// Maker and checker are two people, however often one of them logs in, and whatever is changed in between.
func TestASecondPersonApproves(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		form := pact(town, jaring.SponsorCSR, 3)
		giver, err := town.App.AddSponsor(ctx, town.Head, op(), jaring.Sponsor{Name: "PT Contoh", ContactName: "Pak Budi"})
		if err != nil {
			t.Fatal(err)
		}
		agreement, err := town.App.AddAgreement(ctx, town.Head, op(), giver, form)
		if err != nil {
			t.Fatal(err)
		}
		try := func(who jaring.Actor, version int64, want string) {
			t.Helper()
			if err := town.App.ApproveAgreement(ctx, who, op(), giver, agreement, version); jaring.KeyOf(err) != want {
				t.Errorf("%s approves version %d: %v, want %q", who.Name, version, err, want)
			}
		}
		again := town.Hire("kepala2", "darwis  HANAFI", jaring.RoleBranchHead, town.Branch)
		other := town.Hire("kepala3", "Nurul Aini", jaring.RoleBranchHead, town.Branch)
		try(town.Head, 1, "approval.same_account")
		try(again, 1, "approval.same_person")
		try(town.Officer, 1, "error.forbidden")
		form.Months = 4
		if err := town.App.ChangeAgreement(ctx, other, op(), giver, agreement, 1, form); err != nil { // a hand of the second one as well
			t.Fatal(err)
		}
		try(other, 1, "agreement.changed_meanwhile")
		try(other, 2, "approval.same_account")
		try(town.Head, 2, "approval.same_account")
		third := town.Hire("kepala4", "Joko Susilo", jaring.RoleBranchHead, town.Branch)
		try(third, 2, "")
		form.CeilingPeople = 400_000 // after the approval
		if err := town.App.ChangeAgreement(ctx, town.Head, op(), giver, agreement, 3, form); err != nil {
			t.Fatal(err)
		}
		if _, err := town.App.SendRoster(ctx, town.Officer, op(), giver, agreement, "x.csv", listOf(1, 2)); jaring.KeyOf(err) != "agreement.not_approved" {
			t.Errorf("a changed agreement pays: %v", err)
		}
		try(town.Head, 4, "approval.same_account")
		try(third, 4, "")
		v := sent(t, town, giver, agreement, listOf(1, 2))
		if err := town.App.ReplaceRoster(ctx, third, op(), v.ID, "x.csv", listOf(1, 3)); err != nil {
			t.Fatal(err)
		}
		v = turned(t, town, v.ID)
		for _, who := range []jaring.Actor{third, town.Officer} {
			if err := town.App.ApproveRoster(ctx, who, op(), v.ID, sponsor.Approval{Version: v.Version, People: v.People, Amount: v.Amount}); jaring.CodeOf(err) != jaring.Forbidden {
				t.Errorf("%s approves his own list: %v", who.Name, err)
			}
		}
	})
}

// Two sponsors and people who pay themselves: nobody is paid for twice, and it is seen before money moves.
func TestSponsorsDoNotPayTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		regency, first := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 3))
		village, second := sponsored(t, town, "Desa Contoh", pact(town, jaring.SponsorAPBDes, 6))
		self := town.Register(town.Agent, 40) // 2026-11 to 2027-01
		if _, err := town.Do(town.Officer, jaring.ActSettle, settlement(town, self)); err != nil {
			t.Fatal(err)
		}
		town.Register(town.Agent, 41) // and never pays
		a := sent(t, town, regency, first, listOf(1, 5))
		b := sent(t, town, village, second, append(listOf(4, 4), listOf(40, 2)[len("NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan;Nama Ibu\n"):]...))
		if b.People != 6 || b.Fresh != 4 || len(b.Sums.Collisions) != 1 || b.Sums.Collisions[0].By != "" || b.Sums.Collisions[0].Months != 2 {
			t.Fatalf("%+v", b.RosterRecord)
		}
		if a = approve(t, town, a); a.State != jaring.RosterToPay {
			t.Fatal(a.State)
		}
		b = approve(t, town, b) // two of them are the regency's by now
		if b.State != jaring.RosterReceived || !slices.Contains(keys(b.Fault), "roster.book_moved") || b.ApprovedBy != "" {
			t.Fatalf("%s %v", b.State, b.Fault)
		}
		b = turned(t, town, b.ID)
		if len(b.Sums.Collisions) != 2 || b.Sums.Collisions[1].Name != "Kabupaten Contoh" || b.Sums.Collisions[1].People != 2 || b.Sums.Collisions[1].Months != 6 || b.Fresh != 2 {
			t.Fatalf("%+v", b.RosterRecord)
		}
		if b = approve(t, town, b); b.State != jaring.RosterToPay {
			t.Fatal(b.State, b.Fault)
		}
		if b = payRoster(t, town, b); b.Covered != 6 {
			t.Fatalf("%+v", b.RosterRecord)
		}
		n := app.BankNotice{Code: a.Code, Amount: a.Amount, Channel: "bank", Bank: "Bank Uji", Reference: "SP2D-2", PaidAt: town.Now()}
		if err := town.App.BookNotice(t.Context(), n, func(b *app.BankBook) error { _, err := b.Book(); return err }); err != nil {
			t.Fatal(err)
		}
		if a = turned(t, town, a.ID); a.Covered != 5 {
			t.Fatalf("%+v", a.RosterRecord)
		}
		w := view(t, town, self)
		if n := len(w.Membership.Payments); n != 2 || w.Membership.Payments[1].FirstMonth != jaring.NewMonth(2027, 2) || w.Worker.PaidTo != jaring.NewMonth(2027, 5) {
			t.Errorf("%d contributions, paid to %v", n, w.Worker.PaidTo)
		}
		sound(t, town)
	})
}

// Who is gone when the money comes does not start; that money is the giver's.
func TestMoneyForWhoIsGoneComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		giver, agreement := sponsored(t, town, "PT Contoh", pact(town, jaring.SponsorPrivate, 2))
		v := approve(t, town, sent(t, town, giver, agreement, listOf(1, 3)))
		people, _, err := town.App.FindRosterPeople(t.Context(), town.Officer, v.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := withdraw(town, town.Officer, people[1].Sponsorship.Worker); err != nil {
			t.Fatal(err)
		}
		v = payRoster(t, town, v)
		g, err := town.App.GetAgreement(t.Context(), town.Officer, giver, agreement)
		if err != nil || v.Covered != 2 || v.Returned != v.Amount/3 || g.UsedPeople != 2 || g.UsedAmount != v.Amount-v.Returned {
			t.Errorf("%+v, used %d and %d, %v", v.RosterRecord, g.UsedPeople, g.UsedAmount, err)
		}
		err = town.DB.Read(t.Context(), func(tx *store.Tx) error {
			head, err := tx.LedgerHead(giver)
			if err == nil && head.Credit != v.Returned {
				t.Errorf("the sponsor has %d", head.Credit)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sound(t, town)
	})
}

// More than the agreement's ceilings does not come in.
func TestCeilings(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	form := pact(town, jaring.SponsorUnion, 1)
	form.CeilingPeople = 4
	giver, agreement := sponsored(t, town, "Serikat Contoh", form)
	approve(t, town, sent(t, town, giver, agreement, listOf(1, 3)))
	v := sent(t, town, giver, agreement, listOf(10, 2))
	err := town.App.ApproveRoster(t.Context(), town.Head, op(), v.ID, sponsor.Approval{Version: v.Version, People: v.People, Amount: v.Amount})
	if jaring.KeyOf(err) != "roster.budget" {
		t.Errorf("%v", err)
	}
	if err := town.App.CancelRoster(t.Context(), town.Officer, op(), v.ID); err != nil {
		t.Fatal(err)
	}
	if v = turned(t, town, v.ID); v.State != jaring.RosterStopped {
		t.Error(v.State)
	}
}

// A list outlives the keys under which it came in.
func TestAListIsReadAfterRekeying(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	giver, agreement := sponsored(t, town, "PT Contoh", pact(town, jaring.SponsorCSR, 1))
	v := sent(t, town, giver, agreement, listOf(1, 3))
	if err := town.Ring.Rotate("later"); err != nil {
		t.Fatal(err)
	}
	if done, err := town.App.Rekey(t.Context(), nil); err != nil || done.Left != 0 {
		t.Fatal(done, err)
	}
	town.Ring.Retire()
	if v = approve(t, town, v); v.State != jaring.RosterToPay || v.People != 3 {
		t.Error(v.State, v.Fault)
	}
	sound(t, town)
}

// The places of a village are those of the agreement: a second list finds what the first has left of them.
func TestVillagePlacesAreOfAllLists(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		form := pact(town, jaring.SponsorAPBD, 2)
		form.Terms.QuotaEach = 3
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", form)
		first := sent(t, town, giver, agreement, listOf(1, 3))
		if first.People != 3 {
			t.Fatalf("%+v", first.RosterRecord)
		}
		approve(t, town, first)
		if second := sent(t, town, giver, agreement, listOf(4, 2)); second.People != 0 {
			t.Errorf("%d more, and the village has three places", second.People)
		}
	})
}
