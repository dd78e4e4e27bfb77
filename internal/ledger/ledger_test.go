package ledger_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

const (
	siti   = "01900000-0000-7000-8000-000000000001"
	rahma  = "01900000-0000-7000-8000-0000000000a1" // an agent
	pemda  = "01900000-0000-7000-8000-0000000000b1" // a sponsor
	branch = "01900000-0000-7000-8000-0000000000c1"
)

var (
	november = jaring.NewMonth(2026, 11)
	noon     = time.Date(2026, time.November, 21, 2, 30, 0, 0, time.UTC)
)

// months are n months from first at a price each.
func months(first jaring.Month, n int, price jaring.Rupiah) []ledger.Charge {
	out := make([]ledger.Charge, n)
	for i := range out {
		out[i] = ledger.Charge{Month: first.Add(i), Amount: price}
	}
	return out
}

var made int

// entry is a whole entry around what an act posts.
func entry(owner string, kind ledger.Kind, ps []ledger.Posting) ledger.Entry {
	made++
	return ledger.Entry{ID: ledger.EntryID(fmt.Sprintf("01900000-0000-7000-9000-%012x", made)), Owner: owner, Kind: kind, Day: jaring.DayIn(noon, time.UTC), At: noon,
		Actor: rahma, Office: branch, Contribution: siti, Reference: "TRX1", Postings: ps}
}

func settle(m ledger.Money) ledger.Entry {
	kind, ps, _ := ledger.Settle(m)
	return entry(m.Owner, kind, ps)
}

func add(t *testing.T, s *ledger.State, e ledger.Entry) {
	t.Helper()
	if added, err := s.Add(e); !added || err != nil {
		t.Fatalf("%s: added %v, %v", e.Kind, added, err)
	}
}

func wantBalances(t *testing.T, s *ledger.State, want map[ledger.Key]jaring.Rupiah) {
	t.Helper()
	if d := cmp.Diff(want, s.Balances()); d != "" {
		t.Errorf("balances (-want +got):\n%s", d)
	}
}

func at(a ledger.Account) ledger.Key { return ledger.KeyOf(a, branch) }

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if jaring.KeyOf(err) != key {
		t.Errorf("%v, want %s", err, key)
	}
}

// BPU: quote, payment, revenue; no debt (rules of cover: "BPU and debt").
func TestSettleBPU(t *testing.T) {
	three := months(november, 3, 15_200)
	for name, c := range map[string]struct {
		amount, credit jaring.Rupiah
		kind           ledger.Kind
		paid           int
		left           jaring.Rupiah
	}{
		"exact":                          {45_600, 0, ledger.KindSettle, 3, 0},
		"too much":                       {50_000, 0, ledger.KindSettle, 3, 4_400},
		"two months and a part":          {44_000, 0, ledger.KindSettle, 2, 13_600},
		"less than a month":              {15_199, 0, ledger.KindCredit, 0, 15_199},
		"the rest, with what was there":  {32_000, 13_600, ledger.KindSettle, 3, 0},
		"credit grows and covers nobody": {100, 100, ledger.KindCredit, 0, 200},
		"credit alone":                   {0, 45_600, ledger.KindSettle, 3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var s ledger.State
			if c.credit > 0 {
				add(t, &s, settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: c.credit}))
			}
			kind, ps, a := ledger.Settle(ledger.Money{Owner: siti, Into: ledger.Clearing("qris"), Amount: c.amount, Credit: c.credit, Charges: three})
			if kind != c.kind || len(a.Paid) != c.paid || a.Left != c.left {
				t.Errorf("%s, %d months paid, %s left", kind, len(a.Paid), a.Left)
			}
			e := entry(siti, kind, ps)
			add(t, &s, e)
			if got := len(s.PaidMonths(siti)); got != c.paid {
				t.Errorf("%d months paid", got)
			}
			if got := -s.Balance(at(ledger.Credit(siti))); got != c.left {
				t.Errorf("credit %s, want %s", got, c.left)
			}
			if got := -s.Balance(at(ledger.Fund)); got != jaring.Rupiah(c.paid)*15_200 {
				t.Errorf("the fund has %s", got)
			}
		})
	}
}

// Lebak: cash in an agent's hands is not with the fund; the deposit moves it.
func TestCashAndItsDeposit(t *testing.T) {
	var s ledger.State
	kind, ps := ledger.TakeCash(siti, rahma, 45_600)
	add(t, &s, entry(siti, kind, ps))
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Custody(rahma)): 45_600, at(ledger.Worker(siti)): -45_600})
	if len(s.PaidMonths(siti)) != 0 {
		t.Error("cash in a hand pays a month")
	}
	kind, ps = ledger.Deposit(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 45_600, Charges: months(november, 3, 15_200)}, rahma)
	add(t, &s, entry(siti, kind, ps))
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Clearing("bank")): 45_600, at(ledger.Fund): -45_600})
	if len(s.PaidMonths(siti)) != 3 {
		t.Errorf("paid %v", s.PaidMonths(siti))
	}
}

// A signed receipt stands: the worker is never asked again, nor paid back by accident.
func TestReceiptAtAnotherPrice(t *testing.T) {
	for price, difference := range map[jaring.Rupiah]jaring.Rupiah{16_800: 4_800, 15_200: 0, 8_400: -20_400} {
		var s ledger.State
		kind, ps := ledger.TakeCash(siti, rahma, 45_600)
		add(t, &s, entry(siti, kind, ps))
		kind, ps = ledger.Deposit(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 45_600, Charges: months(november, 3, price)}, rahma)
		add(t, &s, entry(siti, kind, ps))
		if got := s.Balance(at(ledger.Adjustment)); got != difference || len(s.PaidMonths(siti)) != 3 || s.Balance(at(ledger.Worker(siti))) != 0 {
			t.Errorf("at %s: %s put aside, %d months", price, got, len(s.PaidMonths(siti)))
		}
	}
}

// The normal way of Perisai: the agent's deposit pays at once.
func TestFloatPaysAtOnce(t *testing.T) {
	var s ledger.State
	kind, ps := ledger.TopUp(rahma, ledger.Clearing("bank"), 100_000)
	add(t, &s, entry(rahma, kind, ps))
	add(t, &s, settle(ledger.Money{Owner: siti, Into: ledger.Float(rahma), Amount: 45_600, Charges: months(november, 3, 15_200)}))
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Clearing("bank")): 100_000, at(ledger.Float(rahma)): -54_400, at(ledger.Fund): -45_600})
}

// PP 50/2025: months paid at full price before the relief; the excess counts for the months that follow.
func TestCarryOver(t *testing.T) {
	var s ledger.State
	full, half := months(jaring.NewMonth(2026, 4), 3, 16_800), months(jaring.NewMonth(2026, 4), 3, 8_400)
	add(t, &s, settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 50_400, Charges: full}))
	kind, ps := ledger.CarryOver(siti, full, half)
	add(t, &s, entry(siti, kind, ps))
	next := months(jaring.NewMonth(2026, 7), 3, 8_400)
	e := settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 0, Credit: 25_200, Charges: next})
	add(t, &s, e)
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Clearing("bank")): 50_400, at(ledger.Fund): -50_400})
	if got := s.PaidMonths(siti); len(got) != 6 {
		t.Errorf("paid %v", got)
	}
	if _, ps := ledger.CarryOver(siti, half, full); len(ps) != 0 {
		t.Errorf("dearer months are asked for again: %v", ps)
	}
	if kind, ps := ledger.Adjust(full, half); kind != ledger.KindAdjust || ps[len(ps)-1].Account != ledger.Adjustment || ps[len(ps)-1].Amount != -25_200 {
		t.Errorf("%s %v", kind, ps)
	}
}

// Employers and sponsors owe: contributions, and 2 % a month when late (here a given sum).
func TestBillAndPenalty(t *testing.T) {
	var s ledger.State
	owed := append(months(november, 2, 1_000_000), ledger.Charge{Month: november, Amount: 20_000, Penalty: true})
	kind, ps := ledger.Bill(pemda, owed[:2])
	add(t, &s, entry(pemda, kind, ps))
	kind, ps = ledger.Bill(pemda, owed[2:])
	if add(t, &s, entry(pemda, kind, ps)); kind != ledger.KindPenalty {
		t.Errorf("a penalty is a %s", kind)
	}
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Payer(pemda)): 2_020_000, at(ledger.Fund): -2_000_000, at(ledger.Penalty): -20_000})
	kind, ps, a := ledger.PayBill(ledger.Money{Owner: pemda, Into: ledger.Clearing("bank"), Amount: 1_010_000, Charges: owed})
	add(t, &s, entry(pemda, kind, ps))
	want := ledger.Allocation{
		Paid: []ledger.Charge{{Month: november, Amount: 1_000_000}, {Month: november, Amount: 10_000, Penalty: true}},
		Open: []ledger.Charge{{Month: november, Amount: 10_000, Penalty: true}, {Month: november + 1, Amount: 1_000_000}},
	}
	if d := cmp.Diff(want, a); d != "" {
		t.Errorf("allocation (-want +got):\n%s", d)
	}
	kind, ps, a = ledger.PayBill(ledger.Money{Owner: pemda, Into: ledger.Clearing("bank"), Amount: 1_500_000, Charges: a.Open})
	add(t, &s, entry(pemda, kind, ps))
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Credit(pemda)): -490_000, at(ledger.Clearing("bank")): 2_510_000, at(ledger.Fund): -2_000_000, at(ledger.Penalty): -20_000})
	if kind, _, _ := ledger.PayBill(ledger.Money{Owner: pemda, Into: ledger.Clearing("bank"), Amount: 1}); kind != ledger.KindCredit {
		t.Errorf("paid before there is a bill: %s", kind)
	}
	kind, ps = ledger.Refund(pemda, "bank", 490_000)
	add(t, &s, entry(pemda, kind, ps))
	if s.Balance(at(ledger.Credit(pemda))) != 0 {
		t.Error("the refund left credit")
	}
}

// Money that nobody could be found for waits, and pays when somebody is.
func TestSuspense(t *testing.T) {
	var s ledger.State
	kind, ps := ledger.Suspend("bank", 15_200)
	add(t, &s, entry(branch, kind, ps))
	add(t, &s, settle(ledger.Money{Owner: siti, Into: ledger.Suspense("bank"), Amount: 15_200, Charges: months(november, 1, 15_200)}))
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{at(ledger.Clearing("bank")): 15_200, at(ledger.Fund): -15_200})
}

func TestWhatIsRefused(t *testing.T) {
	var s ledger.State
	paid := settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 20_000, Charges: months(november, 1, 15_200)})
	add(t, &s, paid)
	before := s.Balances()
	refuse := func(e ledger.Entry, key string) {
		t.Helper()
		added, err := s.Add(e)
		if added {
			t.Errorf("%s was added", e.Kind)
		}
		wantKey(t, err, key)
		wantBalances(t, &s, before)
	}
	if added, err := s.Add(paid); added || err != nil {
		t.Errorf("told again: %v %v", added, err)
	}
	other := paid
	other.Day++
	refuse(other, "ledger.entry_known")
	refuse(settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 15_200, Charges: months(november, 1, 15_200)}), "ledger.month_paid")
	kind, ps := ledger.Refund(siti, "bank", 4_801)
	refuse(entry(siti, kind, ps), "ledger.credit_used")
	undo := ledger.Reverse(&paid)
	undo.ID, undo.Day, undo.At = "01900000-0000-7000-9000-ffffffffffff", paid.Day, paid.At
	undo.Reverses = "01900000-0000-7000-9000-fffffffffffe"
	refuse(undo, "ledger.not_reversible")
	undo.Reverses = paid.ID
	less := undo
	less.Postings = []ledger.Posting{{Account: ledger.Fund, Amount: 1}, {Account: ledger.Clearing("bank"), Amount: -1}}
	refuse(less, "ledger.not_reversible")
	add(t, &s, undo)
	wantBalances(t, &s, map[ledger.Key]jaring.Rupiah{})
	before = s.Balances()
	twice := undo
	twice.ID = "01900000-0000-7000-9000-fffffffffffd"
	refuse(twice, "ledger.not_reversible")
	if !s.Reversed(paid.ID) || s.PaidBy(siti, november) != "" {
		t.Error("the month is still paid")
	}
}

func TestMalformedEntries(t *testing.T) {
	good := settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 15_200, Charges: months(november, 1, 15_200)})
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for what, damage := range map[string]func(*ledger.Entry){
		"kind":     func(e *ledger.Entry) { e.Kind = "gift" },
		"postings": func(e *ledger.Entry) { e.Postings = nil },
		"id":       func(e *ledger.Entry) { e.ID = "" },
		"owner":    func(e *ledger.Entry) { e.Owner, e.Postings[0].Account = branch, ledger.Credit(siti) },
		"day":      func(e *ledger.Entry) { e.Day = 0 },
		"reverses": func(e *ledger.Entry) { e.Reverses = e.ID },
		"account":  func(e *ledger.Entry) { e.Postings[0].Account = "purse" },
		"office":   func(e *ledger.Entry) { e.Office = "" },
	} {
		e := good
		e.Postings = append([]ledger.Posting(nil), good.Postings...)
		damage(&e)
		err := e.Check()
		wantKey(t, err, "ledger.malformed")
		if got, ok := err.(*jaring.Error); !ok || got.Args["what"] != what {
			t.Errorf("%s: %v", what, err)
		}
	}
	e := good
	e.Postings = e.Postings[:1]
	wantKey(t, e.Check(), "ledger.unbalanced")
}

func TestAccounts(t *testing.T) {
	for _, a := range []ledger.Account{ledger.Worker(siti), ledger.Payer(pemda), ledger.Credit(siti), ledger.Custody(rahma), ledger.Float(rahma),
		ledger.Clearing("qris"), ledger.Suspense("bank"), ledger.Fund, ledger.Adjustment, ledger.Penalty} {
		key := ledger.KeyOf(a, branch)
		if !a.Known() || !key.Known() || key.Account() != a || a.Personal() && a.Shared() {
			t.Errorf("%s %s", a, key)
		}
		if got := key.Office() != ""; got != a.Shared() {
			t.Errorf("%s is kept by %q", key, key.Office())
		}
	}
	for _, a := range []ledger.Account{"", "purse", "fund/x", "worker/", "worker/siti", "clearing/", "clearing/a b", "fund@x", "credit", ledger.Account("custody/" + siti + "\n")} {
		if a.Known() {
			t.Errorf("%q is known", a)
		}
	}
	for _, k := range []ledger.Key{"fund", "fund@", "fund@x", ledger.Key("credit/" + siti + "@" + branch), "purse@" + branch, "fund@" + branch + "@" + branch} {
		if k.Known() {
			t.Errorf("%q is known", k)
		}
	}
}

func TestPostingsText(t *testing.T) {
	_, ps := ledger.Honour(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 45_600, Charges: months(november, 2, 16_800)})
	text := ledger.PostingsText(ps)
	want := "clearing/bank 45600\nfund -16800 2026-11\nfund -16800 2026-12\nadjustment -12000"
	got, err := ledger.ParsePostings(text)
	if text != want || err != nil || !cmp.Equal(ps, got) {
		t.Errorf("%q, %v", text, err)
	}
	for _, bad := range []string{"", "fund", "fund x", "fund 1 2026-13", "fund 1 ", "fund  1", "fund 01", "fund +1", "purse 1", "fund 1\n", "fund 1 2026-11 x"} {
		if ps, err := ledger.ParsePostings(bad); err == nil {
			t.Errorf("%q is read as %v", bad, ps)
		}
	}
}

// Chains: what is changed, left out or put in another order is found.
func TestChains(t *testing.T) {
	var head ledger.Head
	var lines ledger.LineHead
	for i := range 3 {
		e := settle(ledger.Money{Owner: siti, Into: ledger.Clearing("bank"), Amount: 20_000, Credit: head.Credit, Charges: months(november.Add(i), 1, 15_200)})
		e.Seal(head)
		if what := e.Broken(head); what != "" || e.Credit != jaring.Rupiah(i+1)*4_800 {
			t.Fatalf("%s, credit %s", what, e.Credit)
		}
		for name, c := range map[string]struct {
			damage func(*ledger.Entry)
			want   string
		}{
			"place":     {func(e *ledger.Entry) { e.Seq++ }, ledger.Gap},
			"link":      {func(e *ledger.Entry) { e.PrevHash = []byte{1} }, ledger.Link},
			"reference": {func(e *ledger.Entry) { e.Reference = "TRX2" }, ledger.Changed},
			"sums":      {func(e *ledger.Entry) { e.Postings = e.Postings[:1]; e.Hash = e.Digest() }, ledger.Sums},
			"balance":   {func(e *ledger.Entry) { e.Credit++; e.Hash = e.Digest() }, ledger.Balance},
		} {
			bad := e
			if c.damage(&bad); bad.Broken(head) != c.want {
				t.Errorf("%s: %q", name, bad.Broken(head))
			}
		}
		head = e.Head()
		ls := e.Lines()
		if len(ls) != 2 || ls[0].Account != at(ledger.Clearing("bank")) || ls[1].Amount != -15_200 || !e.Later() {
			t.Fatalf("%+v", ls)
		}
		l := ls[0]
		l.Seal(lines)
		for name, c := range map[string]struct {
			damage func(*ledger.Line)
			want   string
		}{
			"right":   {func(*ledger.Line) {}, ""},
			"place":   {func(l *ledger.Line) { l.Seq-- }, ledger.Gap},
			"link":    {func(l *ledger.Line) { l.PrevHash = []byte{1} }, ledger.Link},
			"amount":  {func(l *ledger.Line) { l.Amount++ }, ledger.Changed},
			"balance": {func(l *ledger.Line) { l.Balance++; l.Hash = l.Digest() }, ledger.Balance},
		} {
			bad := l
			if c.damage(&bad); bad.Broken(lines) != c.want {
				t.Errorf("line, %s: %q", name, bad.Broken(lines))
			}
		}
		if lines = l.Head(); lines.Balance != jaring.Rupiah(i+1)*20_000 || !bytes.Equal(l.Entry, e.Hash) {
			t.Errorf("%+v", l)
		}
	}
	kind, ps := ledger.TakeCash(siti, rahma, 1)
	if e := entry(siti, kind, ps); e.Later() || len(e.Lines()) != 1 {
		t.Error("cash in a hand waits for a line")
	}
}
