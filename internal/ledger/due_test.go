package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// A bill that waits in an account is owed by month, fined, paid in parts and undone; its fold says how it stands.
func TestHowABillStands(t *testing.T) {
	const bill = jaring.ContributionID("0190b000-0000-7000-8000-000000000001")
	var chain []*ledger.Entry
	add := func(kind ledger.Kind, ps []ledger.Posting) {
		e := entry(siti, kind, ps)
		e.Contribution = bill
		if e.Sum() != 0 {
			t.Fatalf("%s does not sum to zero: %v", kind, ps)
		}
		chain = append(chain, &e)
	}
	asked := []ledger.Charge{{Month: november, Amount: 600}, {Month: november.Add(1), Amount: 400}}
	add(ledger.Await(siti, ledger.Clearing("sponsor"), asked))
	add(ledger.Bill(siti, []ledger.Charge{{Month: november, Amount: 12, Penalty: true}}))
	kind, ps, _ := ledger.PayBill(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 606, Charges: ledger.DueOf(siti, bill, chain).Open})
	add(kind, ps)
	want := ledger.Due{Billed: 1000, Penalty: 12, Paid: 606, Fined: []ledger.Charge{{Month: november, Amount: 12, Penalty: true}},
		Open: []ledger.Charge{{Month: november, Amount: 6, Penalty: true}, {Month: november.Add(1), Amount: 400}}}
	if d := cmp.Diff(want, ledger.DueOf(siti, bill, chain)); d != "" {
		t.Error(d)
	}
	if d := ledger.DueOf(siti, "0190b000-0000-7000-8000-000000000002", chain); d.Billed != 0 || len(d.Open) != 0 {
		t.Errorf("another bill: %+v", d)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		e := ledger.Reverse(chain[i])
		chain = append(chain, &e)
	}
	if d := ledger.DueOf(siti, "", chain); d.Billed != 0 || d.Penalty != 0 || d.Paid != 0 || len(d.Open) != 0 {
		t.Errorf("undone: %+v", d)
	}
}

// However a bill is paid, what is paid and what is open are what was billed, and the balance says the same.
func TestABillLosesNoRupiah(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var chain []*ledger.Entry
		var balance, credit jaring.Rupiah
		add := func(kind ledger.Kind, ps []ledger.Posting) {
			e := entry(siti, kind, ps)
			balance, credit = balance+e.On(ledger.Payer(siti)), credit-e.On(ledger.Credit(siti))
			chain = append(chain, &e)
		}
		through := rapid.SampledFrom([]ledger.Account{ledger.Clearing("sponsor"), ledger.Fund}).Draw(r, "through")
		add(ledger.Await(siti, through, charges(r, november)))
		for range rapid.IntRange(0, 5).Draw(r, "payments") {
			if rapid.Bool().Draw(r, "late") {
				add(ledger.Bill(siti, []ledger.Charge{{Month: november, Amount: money(r, 200), Penalty: true}}))
			}
			kind, ps, _ := ledger.PayBill(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: money(r, 9_000), Charges: ledger.DueOf(siti, "", chain).Open})
			add(kind, ps)
		}
		d := ledger.DueOf(siti, "", chain)
		if d.Billed+d.Penalty-d.Paid != balance || ledger.Total(d.Open) != balance || balance < 0 || credit < 0 {
			r.Errorf("%+v, balance %s, credit %s", d, balance, credit)
		}
	})
}
