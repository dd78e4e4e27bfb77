package jobs_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/ledger"
	"jaring/internal/payment"
	"jaring/internal/store"
)

// branch is a town with a simulated bank that calls it over the loopback.
type branch struct {
	*jaringtest.Town
	t      *testing.T
	bank   *payment.Simulator
	client *payment.Client
}

// bankKeys are the first line of a bank's state, made once: keys take long to make.
var bankKeys = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "bank")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "state")
	sim, err := payment.NewSimulator(payment.SimulatorOptions{State: path})
	if err != nil {
		return nil, err
	}
	if err := sim.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func newBranch(t *testing.T, db *store.DB, profile string) *branch {
	t.Helper()
	b := &branch{Town: jaringtest.NewTown(t, db), t: t}
	keys, err := bankKeys()
	b.must(err)
	state := filepath.Join(t.TempDir(), "state")
	b.must(os.WriteFile(state, keys, 0o600))
	b.bank, err = payment.NewSimulator(payment.SimulatorOptions{Profile: profile, State: state, Now: b.Now, Seed: 1})
	b.must(err)
	t.Cleanup(func() { _ = b.bank.Close() })
	atBank := httptest.NewServer(b.bank.Handler())
	t.Cleanup(atBank.Close)
	known := b.bank.Bank()
	known.Base = atBank.URL
	server, err := payment.NewServer([]payment.Bank{known}, jobs.NewTill(b.App), payment.ServerOptions{Now: b.Now})
	b.must(err)
	ours := httptest.NewServer(http.StripPrefix("/snap", server))
	t.Cleanup(ours.Close)
	b.bank.Notify(ours.URL + "/snap")
	b.client, err = payment.NewClient(known, payment.ClientOptions{Now: b.Now})
	b.must(err)
	return b
}

func (b *branch) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// owes registers the n-th person and gives the code to pay by.
func (b *branch) owes(n int) (id jaring.WorkerID, code string, amount jaring.Rupiah) {
	b.t.Helper()
	id = b.Register(b.Agent, n)
	v, err := b.App.GetWorker(b.t.Context(), b.Officer, id)
	b.must(err)
	return id, v.Payment.Code, v.Payment.Amount
}

// pay lets somebody pay a code and winds the clock until the bank waits for nothing.
func (b *branch) pay(p payment.Payer) {
	b.t.Helper()
	if _, err := b.bank.Pay(b.t.Context(), p); err != nil {
		b.t.Fatal(err)
	}
}

func (b *branch) windDown() {
	b.t.Helper()
	for range 1000 {
		next := b.bank.Deliver(b.t.Context())
		if next.IsZero() {
			return
		}
		b.Pass(max(0, next.Sub(b.Now())) + time.Millisecond) // its clock has whole ones
	}
	b.t.Fatal("notices without end")
}

// sound compares the bank's statement with our clearing accounts, and walks the book.
func (b *branch) sound() {
	b.t.Helper()
	kept := jaring.Rupiah(0)
	for _, taking := range b.bank.Statement(0) {
		if taking.State == payment.TakingBooked {
			kept += taking.Amount
		} else if taking.State == payment.TakingWaits {
			b.t.Errorf("the bank waits: %+v", taking)
		}
	}
	balances, err := b.App.FindBalances(b.t.Context(), b.Auditor)
	b.must(err)
	cleared := jaring.Rupiah(0)
	for _, account := range balances {
		if account.Account.Account().Book() == ledger.BookClearing {
			cleared += account.Balance
		}
	}
	if cleared != kept {
		b.t.Errorf("the bank keeps %s, our book says %s", kept, cleared)
	}
	damages, _, _, err := b.App.Verify(b.t.Context())
	b.must(err)
	if len(damages) > 0 {
		b.t.Errorf("%+v", damages)
	}
}

func TestTill_EveryRupiahOnceWhateverTheBankDoes(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for _, profile := range payment.Profiles {
			t.Run(profile, func(t *testing.T) {
				if profile != payment.Profiles[0] {
					db = jaringtest.SQLite(t)
				}
				b := newBranch(t, db, profile)
				paid := map[jaring.WorkerID]jaring.Rupiah{}
				for n, m := range []payment.Mischief{{}, {Double: true}, {Reorder: true}, {Advise: true}, {Deaf: 2}, {Again: true}, {Wrong: 1_000}, {Wrong: -1_000},
					{Double: true, Reorder: true, Advise: true, Late: time.Second}, {Double: true, Again: true, Advise: true}} {
					id, code, amount := b.owes(n)
					if m.Wrong == 0 {
						paid[id] = amount
					}
					b.bank.Misbehave(m) // its Deaf counts there
					b.pay(payment.Payer{Code: "88899" + code})
					b.windDown()
				}
				for id, want := range paid {
					l, err := b.App.GetWorkerLedger(t.Context(), b.Officer, id)
					b.must(err)
					if len(l.Entries) != 1 || l.Paid != want || l.Credit != 0 {
						t.Errorf("%d entries, %s paid, want %s", len(l.Entries), l.Paid, want)
					}
				}
				b.sound()
			})
		}
	})
}

func TestTill_RefusesInTheWordsOfTheBank(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		b := newBranch(t, db, "token")
		_, code, amount := b.owes(1)
		_, other, _ := b.owes(2)
		wantKey := func(err error, key string) {
			t.Helper()
			if jaring.KeyOf(err) != key {
				t.Errorf("%v, want %s", err, key)
			}
		}
		_, err := b.bank.Pay(t.Context(), payment.Payer{Code: "8889982600000000000"})
		wantKey(err, "payment.code_unknown")
		made, err := b.bank.Pay(t.Context(), payment.Payer{Code: "88899" + code, Amount: amount + 1})
		if err != nil || !slices.Equal(made[0].Answers, []string{payment.InvalidAmount.Code(payment.ServicePayment)}) || made[0].State != payment.TakingReturned {
			t.Errorf("%+v %v", made, err)
		}
		made, err = b.bank.Pay(t.Context(), payment.Payer{Code: "88899" + code, Mischief: &payment.Mischief{Again: true}})
		if err != nil || made[0].State != payment.TakingBooked || !slices.Equal(made[1].Answers, []string{payment.PaidBill.Code(payment.ServicePayment)}) {
			t.Errorf("%+v %v", made, err)
		}
		_, err = b.bank.Pay(t.Context(), payment.Payer{Code: "88899" + code})
		wantKey(err, "payment.settled")
		id, err := b.App.GetBill(t.Context(), other)
		if err != nil || id.Amount == 0 {
			t.Fatal(id, err)
		}
		b.sound()
	})
}

// The money of a QR payment is with us: what pays nothing is in suspense, not refused.
func TestTill_KeepsTheMoneyOfAQRCode(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		b := newBranch(t, db, "token")
		for n, m := range []payment.Mischief{{}, {Again: true, Double: true}, {Wrong: 500}} {
			_, code, amount := b.owes(n)
			if _, err := b.client.MakeQR(t.Context(), payment.QROrder{ID: code, Amount: amount, Expires: b.Now().Add(time.Hour)}); err != nil {
				t.Fatal(err)
			}
			b.pay(payment.Payer{Code: code, Mischief: &m})
			b.windDown()
		}
		cases, err := b.App.FindSuspense(t.Context(), b.Officer, "")
		why := ""
		for _, c := range cases {
			why += fmt.Sprintln(c.Why, c.Channel)
		}
		if err != nil || why != "payment.settled qris\npayment.amount_differs qris\n" {
			t.Errorf("%q %v", why, err)
		}
		b.sound()
	})
}
