package jobs_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/payment"
	"jaring/internal/store"
)

// A group's bill is paid by the true protocol, by a virtual account that was made on demand, whatever the bank
// does then; and a QR code that is made anew when the first has run out.
func TestTill_PaysABillOfAGroup(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		ctx := t.Context()
		b := newBranch(t, db, "token")
		known := b.client.Bank()
		counters, err := jobs.NewCounters([]payment.Bank{known}, payment.ClientOptions{Now: b.Now})
		b.must(err)
		b.App.Banks = counters
		bill := func(first int) *app.GroupBill {
			group, err := b.App.AddGroup(ctx, b.Officer, jaring.OperationID(app.NewID()), jaring.Group{Name: "Pangkalan Ojek Legok", Kind: jaring.GroupOjek, ContactName: "Pak Amir"})
			b.must(err)
			var ids []jaring.WorkerID
			for i := range 3 {
				ids = append(ids, b.Register(b.Agent, first+i))
			}
			_, _, err = b.App.JoinGroup(ctx, b.Officer, jaring.OperationID(app.NewID()), group, ids)
			b.must(err)
			made, err := b.App.BillGroup(ctx, b.Officer, jaring.OperationID(app.NewID()), group, 1, nil)
			b.must(err)
			return made
		}
		settled := func(made *app.GroupBill, channel string) {
			t.Helper()
			now, err := b.App.GetGroupBill(ctx, b.Officer, made.Group, made.ID)
			if err != nil || now.State != "settled" || now.Channel != channel || now.Reference == "" {
				t.Errorf("%+v %v", now, err)
			}
		}
		one := bill(1)
		va, err := b.App.MakeVA(ctx, one.Code, known.Name)
		if err != nil || va.Content != "88899"+one.Code || va.Amount != one.Amount {
			t.Fatalf("%+v %v", va, err)
		}
		if again, err := b.App.MakeVA(ctx, one.Code, known.Name); err != nil || *again != *va {
			t.Errorf("%+v %v", again, err)
		}
		b.bank.Misbehave(payment.Mischief{Double: true, Advise: true, Deaf: 1})
		b.pay(payment.Payer{Code: va.Content})
		b.windDown()
		settled(one, "bank")
		if _, err := b.App.MakeVA(ctx, one.Code, known.Name); jaring.KeyOf(err) != "payment.settled" {
			t.Error(err)
		}
		b.bank.Misbehave(payment.Mischief{Double: true})
		two := bill(11)
		qr, err := b.App.MakeQR(ctx, two.Code, known.Name)
		b.must(err)
		b.Pass(time.Hour)
		next, err := b.App.MakeQR(ctx, two.Code, known.Name)
		if err != nil || next.Content == qr.Content || next.Tries != 2 {
			t.Fatalf("%+v %v", next, err)
		}
		b.pay(payment.Payer{Code: two.Code + "-2"})
		b.windDown()
		settled(two, "qris")
		_, err = b.App.MakeQR(ctx, two.Code, "bank lain")
		if jaring.KeyOf(err) != "payment.settled" {
			t.Error(err)
		}
		b.sound()
	})
}

// A virtual account that waits with another amount is taken back before the new one is made.
func TestCounters_TakeBackWhatAsksForAnotherAmount(t *testing.T) {
	b := newBranch(t, jaringtest.SQLite(t), "strict")
	counters, err := jobs.NewCounters([]payment.Bank{b.client.Bank()}, payment.ClientOptions{Now: b.Now})
	b.must(err)
	b.App.Banks = counters
	id, code, amount := b.owes(1)
	bank := b.client.Bank().Name
	if _, err := b.App.MakeVA(t.Context(), code, "bank lain"); jaring.KeyOf(err) != "payment.bank_unknown" {
		t.Error(err)
	}
	first, err := b.App.MakeVA(t.Context(), code, bank)
	b.must(err)
	part := map[string]any{"worker_id": id, "amount": 20_000, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21", "as_received": true}
	_, err = b.Do(b.Officer, jaring.ActSettle, part)
	b.must(err)
	second, err := b.App.MakeVA(t.Context(), code, bank)
	if err != nil || first.Amount != amount || second.Amount != amount-20_000 || second.Tries != 2 || second.Content != first.Content {
		t.Fatalf("%+v %+v %v", first, second, err)
	}
	b.pay(payment.Payer{Code: second.Content})
	b.windDown()
	l, err := b.App.GetWorkerLedger(t.Context(), b.Officer, id)
	if err != nil || l.Paid != amount || l.Credit != 0 {
		t.Errorf("%+v %v", l, err)
	}
}
