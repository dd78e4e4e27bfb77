package sponsor_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/sponsor"
)

// standsAt asks how a sponsor stands, and what the office's passing account holds.
func standsAt(t *testing.T, town *jaringtest.Town, giver string, want sponsor.Money, waits jaring.Rupiah) {
	t.Helper()
	row, err := town.App.GetSponsor(t.Context(), town.Officer, giver)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, row.Money); d != "" {
		t.Errorf("the sponsor stands (-want +got):\n%s", d)
	}
	balances, err := town.App.FindBalances(t.Context(), town.Auditor)
	if err != nil {
		t.Fatal(err)
	}
	held := jaring.Rupiah(0)
	for _, b := range balances {
		if b.Account.Account() == ledger.Clearing("sponsor") {
			held -= b.Balance
		}
	}
	if held != waits {
		t.Errorf("%s waits for people's months, want %s", held, waits)
	}
}

// A sponsor owes from enrolment on, month by month; the payment settles the debt, and what nobody can start with comes back.
func TestASponsorOwesFromEnrolmentOn(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		today := jaring.DayIn(town.Now(), app.Zone(""))
		giver, agreement := sponsored(t, town, "PT Contoh", pact(town, jaring.SponsorPrivate, 2))
		v := approve(t, town, sent(t, town, giver, agreement, listOf(1, 3)))
		standsAt(t, town, giver, sponsor.Money{Owed: v.Amount}, v.Amount)
		turned(t, town, v.ID) // told again
		standsAt(t, town, giver, sponsor.Money{Owed: v.Amount}, v.Amount)
		day, err := town.App.GetDay(t.Context(), town.Head, town.Branch, today)
		if err != nil || day.Billed != v.Amount || day.Waits != v.Amount || day.Fund != 0 || len(day.Channels) != 3 {
			t.Errorf("%+v %v", day, err)
		}
		sound(t, town)

		people, _, err := town.App.FindRosterPeople(t.Context(), town.Officer, v.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := withdraw(town, town.Officer, people[0].Sponsorship.Worker); err != nil {
			t.Fatal(err)
		}
		body := moneyFor(town, v)
		if err := town.App.SettleRoster(t.Context(), town.Officer, op(), v.ID, body); err != nil {
			t.Fatal(err)
		}
		standsAt(t, town, giver, sponsor.Money{Paid: v.Amount}, v.Amount)
		sound(t, town)
		if err := town.App.SettleRoster(t.Context(), town.Officer, op(), v.ID, body); jaring.KeyOf(err) != "payment.settled" {
			t.Errorf("paid twice: %v", err)
		}
		v = turned(t, town, v.ID)
		standsAt(t, town, giver, sponsor.Money{Paid: v.Amount, Credit: v.Amount / 3}, 0)
		if day, err = town.App.GetDay(t.Context(), town.Head, town.Branch, today); err != nil || day.Waits != 0 || day.Fund != v.Amount-v.Returned || day.Channels[0].Amount != v.Amount || day.Channels[0].N != 1 {
			t.Errorf("%+v %v", day, err)
		}
		town.Pass(24 * time.Hour)
		if err := town.App.CloseDay(t.Context(), town.Head, op(), "", today); err != nil {
			t.Fatal(err)
		}
		sound(t, town)
	})
}

// A bill that is called off is owed no more; its people may pay themselves, by the rules of self-paid months, or another
// list pays for them.
func TestABillIsCalledOff(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		giver, agreement := sponsored(t, town, "Kabupaten Contoh", pact(town, jaring.SponsorAPBD, 2))
		v := approve(t, town, sent(t, town, giver, agreement, listOf(1, 3)))
		withdraw := func(who jaring.Actor, why, want string) {
			t.Helper()
			if err := town.App.WithdrawRoster(ctx, who, op(), v.ID, why); jaring.KeyOf(err) != want {
				t.Errorf("%v, want %q", err, want)
			}
		}
		withdraw(town.Officer, "anggaran batal", "error.forbidden")
		withdraw(town.Head, "x", "reason.too_short")
		withdraw(town.Head, "anggaran batal", "")
		withdraw(town.Head, "anggaran batal", "roster.not_enrolled")
		standsAt(t, town, giver, sponsor.Money{}, 0)
		g, err := town.App.GetAgreement(ctx, town.Officer, giver, agreement)
		if err != nil || g.UsedPeople != 0 || g.UsedAmount != 0 {
			t.Errorf("%+v %v", g, err)
		}
		if _, err := town.App.GetBill(ctx, v.Code); jaring.KeyOf(err) != "payment.code_expired" {
			t.Error(err)
		}
		day, err := town.App.GetDay(ctx, town.Head, town.Branch, jaring.DayIn(town.Now(), app.Zone("")))
		if err != nil || day.Billed != 0 || day.Waits != 0 {
			t.Errorf("%+v %v", day, err)
		}
		sound(t, town)
		people, _, err := town.App.FindRosterPeople(ctx, town.Officer, v.ID, "")
		if err != nil || people[0].State != "returned" {
			t.Fatal(people, err)
		}
		asked := ask(t, town, town.Officer, people[0].Sponsorship.Worker, 1)
		if asked.Quote.Question.Funding != jaring.FundingSelf {
			t.Errorf("%+v", asked.Quote.Question)
		}
		again := approve(t, town, sent(t, town, giver, agreement, listOf(1, 3)))
		if again = payRoster(t, town, again); again.Covered != 3 {
			t.Errorf("%+v", again.RosterRecord)
		}
		v = again
		withdraw(town.Head, "anggaran batal", "payment.settled")
		sound(t, town)
	})
}
