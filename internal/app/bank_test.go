package app_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// told books a notice once by its request id, as a protocol would.
func told(t *testing.T, town *jaringtest.Town, request string, n app.BankNotice) (booked bool, err error) {
	t.Helper()
	day := jaring.DayIn(town.Now(), app.Zone(""))
	if n.PaidAt.IsZero() {
		n.PaidAt = town.Now()
	}
	if n.Channel == "" {
		n.Channel = "bank"
	}
	var refused error
	err = town.App.BookNotice(t.Context(), n, func(book *app.BankBook) error {
		booked, refused = false, nil
		_, known, err := book.Find("BANK", day, request, request)
		if known != nil || err != nil {
			return err
		}
		done, err := book.Book()
		if err != nil && (errors.Is(err, store.ErrRestart) || jaring.CodeOf(err) == jaring.Internal) {
			return err
		}
		booked, refused = err == nil, err
		return book.Add(&app.BankEntry{Partner: "BANK", Day: day, ExternalID: request, RequestID: request, Digest: []byte(request), Code: n.Code, Amount: n.Amount,
			Refused: jaring.KeyOf(err), RefusedAs: jaring.CodeOf(err), Worker: done.Worker, Entry: done.Entry, At: done.At}, true)
	})
	if err == nil {
		err = refused
	}
	return booked, err
}

func codeOf(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) string {
	t.Helper()
	return view(t, town, id).Payment.Code
}

// A bank is told whom a code is for by the given name and an initial, and what is to be paid.
func TestBill(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := town.Register(town.Agent, 1)
		whole, code := view(t, town, id).Worker.Name, codeOf(t, town, id)
		b, err := town.App.GetBill(ctx, code)
		if err != nil || b.Amount != 45_600 || b.Months != 3 || b.Name != jaring.ShortName(whole) || b.Name == whole || !strings.HasPrefix(whole, strings.Fields(b.Name)[0]) {
			t.Errorf("%+v for %q, %v", b, whole, err)
		}
		for _, unknown := range []string{"", "82600000000000", strings.Repeat("9", 20)} {
			_, err := town.App.GetBill(ctx, unknown)
			wantKey(t, err, jaring.NotFound, "payment.code_unknown")
		}
		if err := pay(town, town.Officer, id); err != nil {
			t.Fatal(err)
		}
		_, err = town.App.GetBill(ctx, code)
		wantKey(t, err, jaring.Conflict, "payment.settled")
		gone := town.Register(town.Agent, 2)
		code = codeOf(t, town, gone)
		if err := withdraw(town, town.Officer, gone); err != nil {
			t.Fatal(err)
		}
		_, err = town.App.GetBill(ctx, code)
		wantKey(t, err, jaring.Conflict, "payment.code_expired")
	})
}

// One word of a bank settles one contribution, in one transaction with what was answered.
func TestBookNotice(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		n := app.BankNotice{Code: codeOf(t, town, id), Amount: 45_600, Bank: "Bank Uji", Reference: "REF-1", PaidAt: town.Now().Add(20 * time.Hour)} // a clock that is off
		wrong := n
		wrong.Amount--
		_, err := told(t, town, "R0", wrong)
		wantKey(t, err, jaring.Invalid, "payment.amount_differs")
		broken := errors.New("the rule fails")
		err = town.App.BookNotice(t.Context(), n, func(book *app.BankBook) error {
			if _, err := book.Book(); err != nil {
				return err
			}
			return broken
		})
		if jaring.CodeOf(err) != jaring.Internal || standing(t, town, id) != jaring.StandingWaiting {
			t.Errorf("%v; half of it stands", err)
		}
		for i := range 3 {
			if booked, err := told(t, town, "R1", n); err != nil || booked != (i == 0) {
				t.Errorf("%d: booked %v, %v", i, booked, err)
			}
		}
		_, err = told(t, town, "R2", n)
		wantKey(t, err, jaring.Conflict, "payment.settled")
		v := view(t, town, id)
		if v.Worker.Standing != jaring.StandingPaid || v.Payment.Channel != "bank" || v.Payment.Reference != "REF-1" || v.Payment.SettledOn.String() != "2026-11-21" {
			t.Errorf("%s %+v", v.Worker.Standing, v.Payment)
		}
		l := ledgerOf(t, town, id)
		if len(l.Entries) != 1 || l.Entries[0].On(ledger.Clearing("bank")) != 45_600 || l.Credit != 0 {
			t.Errorf("%+v", l)
		}
		wantSound(t, town)
	})
}

// Money that stays with us and pays nothing is in suspense, and the desk hears of it.
func TestSuspense(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		id := town.Register(town.Agent, 1)
		n := app.BankNotice{Code: codeOf(t, town, id), Amount: 45_600, Channel: "qris", Bank: "Bank Uji", Reference: "Q", Kept: true}
		more, lost := n, n
		more.Amount, lost.Code = 50_000, "tidak-ada"
		for i, c := range []app.BankNotice{more, n, n, lost} {
			if booked, err := told(t, town, string(rune('A'+i)), c); !booked || err != nil {
				t.Errorf("%d: %v %v", i, booked, err)
			}
		}
		if l := ledgerOf(t, town, id); len(l.Entries) != 1 || l.Paid != 45_600 || l.Credit != 0 {
			t.Errorf("%+v", l)
		}
		cases, err := town.App.FindSuspense(ctx, town.Officer, "")
		var why []string
		for _, c := range cases {
			why = append(why, c.Why)
		}
		if err != nil || !slices.Equal(why, []string{"payment.amount_differs", "payment.settled"}) || cases[0].Amount != 50_000 || cases[0].Office != town.Branch {
			t.Errorf("%v %v", why, err)
		}
		all, err := town.App.FindSuspense(ctx, town.Auditor, "")
		if err != nil || len(all) != 3 || all[2].Why != "payment.code_unknown" || all[2].Office != town.Fund {
			t.Errorf("%d cases, %v", len(all), err)
		}
		if after, err := town.App.FindSuspense(ctx, town.Auditor, all[1].ID); err != nil || len(after) != 1 {
			t.Errorf("%d behind, %v", len(after), err)
		}
		if far, err := town.App.FindSuspense(ctx, town.FarOfficer, ""); err != nil || len(far) != 0 {
			t.Errorf("%d elsewhere, %v", len(far), err)
		}
		_, err = town.App.FindSuspense(ctx, town.Agent, "")
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		_, err = town.App.FindSuspense(ctx, town.Officer, "x")
		wantKey(t, err, jaring.Invalid, "cursor.malformed")
		balances, err := town.App.FindBalances(ctx, town.Auditor)
		suspended := jaring.Rupiah(0)
		for _, b := range balances {
			if b.Account.Account() == ledger.Suspense("qris") {
				suspended -= b.Balance
			}
		}
		if err != nil || suspended != 50_000+2*45_600 {
			t.Errorf("%s in suspense, %v", suspended, err)
		}
		wantSound(t, town)
	})
}

// Many words of one payment at one moment, and two payments of one code: once each, and one settles.
func TestBookNoticeRace(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		n := app.BankNotice{Code: codeOf(t, town, id), Amount: 45_600, Bank: "Bank Uji", Reference: "REF"}
		var all sync.WaitGroup
		for i := range 16 {
			all.Go(func() {
				request := string(rune('A' + i%2))
				for { // a bank asks again until it is answered
					if _, err := told(t, town, request, n); jaring.CodeOf(err) != jaring.Unavailable {
						if err != nil && jaring.KeyOf(err) != "payment.settled" {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		all.Wait()
		if l := ledgerOf(t, town, id); len(l.Entries) != 1 || l.Paid != 45_600 || l.Credit != 0 {
			t.Errorf("%+v", l)
		}
		wantSound(t, town)
	})
}
