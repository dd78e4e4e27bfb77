package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// firstPayment is the first contribution of m as it is read again.
func firstPayment(m *store.MembershipRecord, code string) jaring.Payment {
	return jaring.Payment{ID: jaring.ContributionID(m.ID), Code: code, Worker: m.Worker, Membership: m.ID, Programs: m.Programs, FirstMonth: m.FirstMonth,
		Months: m.Months, Total: m.Quote.Total, Amount: m.Quote.Total, State: "waiting"}
}

// nextPayment is a contribution of two months after p.
func nextPayment(p jaring.Payment, code string) *store.PaymentRecord {
	next := &store.PaymentRecord{Payment: p, Quote: store.QuoteRecord{ID: newID[jaring.QuoteID](), Total: 33_600, Version: "2026-01", Lines: `[]`, Due: jaring.NewDay(2027, 3, 15)}}
	next.ID, next.Code, next.FirstMonth, next.Months = newID[jaring.ContributionID](), code, p.LastMonth().Add(1), 2
	next.Total, next.Credit, next.Amount, next.Due = 33_600, 600, 33_000, next.Quote.Due
	return next
}

func TestPayments(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		m := sampleMembership(w)
		first := firstPayment(m, "8808000000000001")
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddMembership(m), tx.AddPayment(jaring.Payment{Code: first.Code, Worker: w.ID, Membership: m.ID, Amount: first.Amount, State: "waiting"}))
		})
		settled := first
		settled.State, settled.Channel, settled.Reference, settled.SettledOn, settled.SettledAt, settled.Entry = "settled", "va", "ref-1", jaring.NewDay(2026, 11, 22), now, 1
		write(t, db, func(tx *store.Tx) error { return tx.UpdatePayment(settled) })
		write(t, db, func(tx *store.Tx) error { return tx.CancelPayment(w.ID) }) // too late: money is money
		read(t, db, func(tx *store.Tx) error {
			got, found, err := tx.GetPayment(w.ID, m.ID)
			if d := cmp.Diff(settled, got); !found || d != "" {
				t.Errorf("payment, found %v (-written +read):\n%s", found, d)
			}
			_, found, err2 := tx.GetPayment(w.ID, newID[jaring.MembershipID]())
			if found {
				t.Error("found a payment for another membership")
			}
			return errors.Join(err, err2)
		})
	})
}

// A membership has one contribution after the other, each with its own months.
func TestFurtherContributions(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := addWorker(t, db)
		m := sampleMembership(w)
		first := firstPayment(m, "8808000000000011")
		next := nextPayment(first, "8808000000000022")
		rest := nextPayment(next.Payment, next.Code)
		write(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AddMembership(m), tx.AddPayment(first), tx.AddContribution(next, true), tx.AddContribution(rest, false))
		})
		want := []*store.PaymentRecord{{Payment: first, Quote: store.QuoteRecord{Total: first.Total}}, next, rest}
		wantAll := func() {
			t.Helper()
			read(t, db, func(tx *store.Tx) error {
				got, err := tx.FindPayments(w.ID)
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("contributions (-written +read):\n%s", d)
				}
				return err
			})
		}
		wantAll()
		next.State, next.Months, next.Total, next.Credit, next.Amount = "settled", 1, 16_800, 0, 16_800
		next.Channel, next.Reference, next.SettledOn, next.SettledAt, next.ConfirmedAt, next.Entry = "bank", "TRX 2", jaring.NewDay(2026, 12, 1), now, now.Add(time.Hour), 2
		next.Quote.Total = next.Total
		write(t, db, func(tx *store.Tx) error { return tx.UpdatePayment(next.Payment) })
		wantAll()
		write(t, db, func(tx *store.Tx) error { return tx.CancelPayment(w.ID) })
		want[0].State, rest.State = "cancelled", "cancelled"
		wantAll()
		read(t, db, func(tx *store.Tx) error {
			whose, err := tx.PaymentOfCode(next.Code)
			nobody, err2 := tx.PaymentOfCode("8808000000000033")
			if whose != w.ID || nobody != "" {
				t.Errorf("the codes are of %q and %q", whose, nobody)
			}
			page, err3 := tx.PaymentsAfter("", "", 2)
			rest, err4 := tx.PaymentsAfter(page[1].Worker, page[1].ID, 2)
			if len(page) != 2 || len(rest) != 1 {
				t.Errorf("pages of %d and %d", len(page), len(rest))
			}
			return errors.Join(err, err2, err3, err4)
		})
		other := nextPayment(rest.Payment, next.Code)
		wantKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddContribution(other, true) }), jaring.Conflict, "payment.code_taken")
	})
}

// A book of the time before contributions keeps what was paid.
func TestPaymentsOfAnOlderSchema(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) {
		old, err := store.OpenBefore(t.Context(), url, "00020")
		if err != nil {
			t.Fatal(err)
		}
		w := sampleWorker()
		m := sampleMembership(w)
		write(t, old, func(tx *store.Tx) error {
			if err := errors.Join(tx.AddWorker(w), tx.AddMembership(m)); err != nil {
				return err
			}
			return tx.Queue(`INSERT INTO payment (worker_id, membership_id, code, amount, state, channel, reference, settled_on, settled_at)
				VALUES ($1, $2, '8808000000000044', 50400, 'settled', 'bank', 'TRX', '2026-11-22', 5)`, string(w.ID), string(m.ID))
		})
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		want := firstPayment(m, "8808000000000044")
		want.State, want.Channel, want.Reference, want.SettledOn, want.SettledAt = "settled", "bank", "TRX", jaring.NewDay(2026, 11, 22), time.UnixMilli(5).UTC()
		read(t, jaringtest.Open(t, url), func(tx *store.Tx) error {
			got, found, err := tx.GetPayment(w.ID, m.ID)
			if d := cmp.Diff(want, got); !found || d != "" {
				t.Errorf("found %v (-want +got):\n%s", found, d)
			}
			return err
		})
	})
}
