package jobs_test

import (
	"context"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/payment"
	"jaring/internal/store"
)

// Codes at a bank that are paid otherwise, called off or over are taken back there, whatever the bank says at first;
// one that waits stays.
func TestCodesAreTakenBackAtTheBank(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		b := newBranch(t, db, "token")
		counters, err := jobs.NewCounters([]payment.Bank{b.client.Bank()}, payment.ClientOptions{Now: b.Now})
		b.must(err)
		b.App.Banks = counters
		bank := b.client.Bank().Name
		made := func(n int) (jaring.WorkerID, *app.BankCode) {
			id, code, _ := b.owes(n)
			va, err := b.App.MakeVA(t.Context(), code, bank)
			b.must(err)
			return id, va
		}
		take := func(want int) {
			t.Helper()
			if n, err := b.App.TakeBackCodes(t.Context()); n != want || err != nil {
				t.Errorf("%d taken back, want %d: %v", n, want, err)
			}
		}
		atBank := func(va *app.BankCode, want string) {
			t.Helper()
			if _, err := b.bank.Pay(t.Context(), payment.Payer{Code: va.Content}); jaring.KeyOf(err) != want {
				t.Errorf("the bank says %v, want %q", err, want)
			}
		}
		counter, paid := made(1)
		other, left := made(2)
		_, waits := made(3)
		_, there := made(4)
		take(0) // all wait
		_, err = b.Do(b.Officer, jaring.ActSettle, map[string]any{"worker_id": counter, "amount": paid.Amount, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21"})
		b.must(err)
		_, err = b.Do(b.Agent, jaring.ActContribute, map[string]any{"worker_id": other, "months": 2})
		b.must(err)
		b.pay(payment.Payer{Code: there.Content})
		b.windDown()
		b.Pass(6 * time.Minute)
		b.App.Banks = deafBank{counters}
		take(0) // the bank does not answer
		b.App.Banks = counters
		take(0) // and is left alone for a while
		b.Pass(2 * time.Minute)
		take(2)
		atBank(paid, "payment.code_unknown")
		atBank(left, "payment.code_unknown")
		b.pay(payment.Payer{Code: waits.Content})
		b.windDown()
		_, over := made(5)
		b.Pass(73 * time.Hour)
		take(1)
		atBank(over, "payment.code_unknown")
		b.Pass(24 * time.Hour)
		take(0)
		damages, _, _, err := b.App.Verify(t.Context())
		if err != nil || len(damages) > 0 {
			t.Error(damages, err)
		}
	})
}

// deafBank is a bank that does not answer.
type deafBank struct{ app.Banker }

func (deafBank) TakeBackVA(context.Context, string, app.BankOrder) error {
	return jaring.NewError(jaring.Unavailable, "payment.unavailable")
}
