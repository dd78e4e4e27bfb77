package ledger_test

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// money draws a sum as people pay it: often what is asked, else anything.
func money(r *rapid.T, asked jaring.Rupiah) jaring.Rupiah {
	if rapid.Bool().Draw(r, "exact") && asked > 0 {
		return asked
	}
	return jaring.Rupiah(rapid.Int64Range(1, 300_000).Draw(r, "sum"))
}

func charges(r *rapid.T, first jaring.Month) []ledger.Charge {
	out := make([]ledger.Charge, rapid.IntRange(1, 12).Draw(r, "months"))
	for i := range out {
		out[i] = ledger.Charge{Month: first.Add(i), Amount: jaring.Rupiah(rapid.Int64Range(0, 30_000).Draw(r, "price"))}
	}
	return out
}

// Money is neither made nor lost by dividing it: paid and left are what came, paid and open
// are what was asked, and no later month is paid while an earlier one is not.
func TestAllocationLosesNoRupiah(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		asked := charges(r, november)
		shuffled := rapid.Permutation(asked).Draw(r, "order")
		came := money(r, ledger.Total(asked))
		whole, debt := ledger.AllocateWhole(came, shuffled), ledger.AllocateDebt(came, shuffled)
		for name, a := range map[string]ledger.Allocation{"whole": whole, "debt": debt} {
			if ledger.Total(a.Paid)+a.Left != came || ledger.Total(a.Paid)+ledger.Total(a.Open) != ledger.Total(asked) || a.Left < 0 {
				r.Errorf("%s: %s of %s: %+v", name, came, ledger.Total(asked), a)
			}
			for _, p := range a.Paid {
				for _, o := range a.Open {
					if o.Month < p.Month {
						r.Errorf("%s: %s is paid before %s", name, p.Month, o.Month)
					}
				}
			}
		}
		if len(whole.Paid)+len(whole.Open) != len(asked) || len(whole.Open) > 0 && whole.Left >= whole.Open[0].Amount {
			r.Errorf("whole months: %+v", whole)
		}
		if debt.Left > 0 && len(debt.Open) > 0 {
			r.Errorf("money is left and debt too: %+v", debt)
		}
	})
}

// book does acts in any order and keeps what they made.
type book struct {
	state   ledger.State
	credit  map[string]jaring.Rupiah
	owed    []ledger.Charge
	next    jaring.Month // of siti
	held    []jaring.Rupiah
	entries []ledger.Entry
}

func (b *book) act(r *rapid.T) ledger.Entry {
	bank := ledger.Clearing(rapid.SampledFrom([]string{"bank", "qris", "counter"}).Draw(r, "channel"))
	switch rapid.IntRange(0, 8).Draw(r, "act") {
	case 0, 1:
		asked := charges(r, b.next)
		kind, ps, a := ledger.Settle(ledger.Money{Owner: siti, Into: bank, Amount: money(r, ledger.Total(asked)), Credit: b.credit[siti], Charges: asked})
		b.next, b.credit[siti] = b.next.Add(len(a.Paid)), a.Left
		return entry(siti, kind, ps)
	case 2:
		sum := money(r, 45_600)
		b.held = append(b.held, sum)
		kind, ps := ledger.TakeCash(siti, rahma, sum)
		return entry(siti, kind, ps)
	case 3:
		if len(b.held) == 0 {
			break
		}
		asked := charges(r, b.next)
		kind, ps := ledger.Deposit(ledger.Money{Owner: siti, Into: bank, Amount: b.held[0], Charges: asked}, rahma)
		b.held, b.next = b.held[1:], b.next.Add(len(asked))
		return entry(siti, kind, ps)
	case 4:
		asked := charges(r, november)
		asked[0].Penalty, asked[0].Amount = true, asked[0].Amount+1
		b.owed = append(b.owed, asked...)
		kind, ps := ledger.Bill(pemda, asked)
		return entry(pemda, kind, ps)
	case 5:
		kind, ps, a := ledger.PayBill(ledger.Money{Owner: pemda, Into: bank, Amount: money(r, ledger.Total(b.owed)), Credit: b.credit[pemda], Charges: b.owed})
		b.owed, b.credit[pemda] = a.Open, a.Left
		return entry(pemda, kind, ps)
	case 6:
		asked := charges(r, b.next)
		kind, ps := ledger.Honour(ledger.Money{Owner: siti, Into: ledger.Float(rahma), Amount: money(r, ledger.Total(asked)), Charges: asked})
		b.next = b.next.Add(len(asked))
		return entry(siti, kind, ps)
	case 7:
		if b.credit[siti] > 0 {
			kind, ps := ledger.Refund(siti, bank.Name(), b.credit[siti])
			b.credit[siti] = 0
			return entry(siti, kind, ps)
		}
	}
	kind, ps := ledger.TopUp(rahma, bank, money(r, 100_000))
	return entry(rahma, kind, ps)
}

func (b *book) sum() (sum jaring.Rupiah) {
	for _, n := range b.state.Balances() {
		sum += n
	}
	return sum
}

// Whatever is done, each entry and the whole book sum to zero, the credit is what the acts
// said, an entry told again is done once, a month is paid once, and a reversal brings
// every balance back.
func TestAnyBookBalances(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := &book{credit: map[string]jaring.Rupiah{}, next: november}
		for range rapid.IntRange(1, 30).Draw(r, "entries") {
			before := b.state.Balances()
			e := b.act(r)
			if e.Sum() != 0 {
				r.Fatalf("%s sums to %s: %v", e.Kind, e.Sum(), e.Postings)
			}
			if added, err := b.state.Add(e); !added || err != nil {
				r.Fatalf("%s: %v %v", e.Kind, e.Postings, err)
			}
			after := b.state.Balances()
			if added, err := b.state.Add(e); added || err != nil || !maps.Equal(after, b.state.Balances()) {
				r.Fatalf("%s told again: %v %v", e.Kind, added, err)
			}
			b.reverses(r, e, before, after)
			if b.sum() != 0 {
				r.Fatalf("the book sums to %s", b.sum())
			}
		}
		for owner, want := range b.credit {
			if got := -b.state.Balance(ledger.Key(ledger.Credit(owner))); got != want {
				r.Errorf("credit %s, the acts say %s", got, want)
			}
		}
		if got := -b.state.Balance(ledger.Key(ledger.Worker(siti))); got != ledger.Total(hold(b.held)) || got != b.state.Balance(ledger.Key(ledger.Custody(rahma))) {
			r.Errorf("%s of siti is in a hand", got)
		}
		if got := b.state.Balance(ledger.Key(ledger.Payer(pemda))); got != ledger.Total(b.owed) {
			r.Errorf("%s is owed, the acts say %s", got, ledger.Total(b.owed))
		}
		wantUnbroken(r, b.state.PaidMonths(siti), b.next)
	})
}

func hold(sums []jaring.Rupiah) (out []ledger.Charge) {
	for _, n := range sums {
		out = append(out, ledger.Charge{Amount: n})
	}
	return out
}

// wantUnbroken: months follow each other, none twice, up to the one before next.
func wantUnbroken(r *rapid.T, paid []jaring.Month, next jaring.Month) {
	if len(paid) != int(next-november) {
		r.Errorf("%d months are paid, the acts say %d", len(paid), next-november)
	}
	for i, m := range paid {
		if m != november.Add(i) {
			r.Errorf("month %d is %s", i, m)
		}
	}
}

// reverses undoes e, looks, and undoes nothing further: the reversal is done on a State of its own.
func (b *book) reverses(r *rapid.T, e ledger.Entry, before, after map[ledger.Key]jaring.Rupiah) {
	var alone ledger.State
	b.entries = append(b.entries, e)
	for _, old := range b.entries {
		if _, err := alone.Add(old); err != nil {
			r.Fatal(err)
		}
	}
	if !maps.Equal(alone.Balances(), after) {
		r.Fatal("the same entries make another book")
	}
	paid := alone.PaidMonths(e.Owner)
	undo := ledger.Reverse(&e)
	undo.ID, undo.Day, undo.At = e.ID+"-undo", e.Day, e.At
	if added, err := alone.Add(undo); !added || err != nil {
		r.Fatalf("undo %s: %v", e.Kind, err)
	}
	if !maps.Equal(alone.Balances(), before) {
		r.Fatalf("undone %s: %v, before %v", e.Kind, alone.Balances(), before)
	}
	again := e
	again.ID += "-again"
	if _, err := alone.Add(again); err != nil {
		r.Fatalf("%s done again after it was undone: %v", e.Kind, err)
	}
	if got := alone.PaidMonths(e.Owner); len(got) != len(paid) {
		r.Fatalf("months %v, before %v", got, paid)
	}
}
