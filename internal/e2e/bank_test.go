package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	trade "jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/payment"
)

// bankDay is how much a bank tells of, and how often nobody hears it.
type bankDay struct {
	payers int // at once, each one code after the other
	codes  int
	kills  int
}

// mischiefs are what the bank does wrong, payment by payment.
var mischiefs = []payment.Mischief{{}, {Double: true}, {Reorder: true}, {Advise: true}, {Wrong: 500}, {Again: true}, {Double: true, Reorder: true, Advise: true},
	{Wrong: -500, Double: true}, {Again: true, Advise: true, Reorder: true}, {Late: 300 * time.Millisecond, Double: true}}

// debt is what somebody pays, and how.
type debt struct {
	code     string
	amount   trade.Rupiah
	qr       bool // by a QRIS code: the money is ours before we hear of it
	stray    bool // under a code that nobody has
	mischief payment.Mischief
}

// TestBankUnderKills lets a bank that misbehaves tell of payments while the server is killed: every rupiah
// that the bank keeps is in the book, once – for months, or aside when nobody can be found for it.
func TestBankUnderKills(t *testing.T) {
	jaringtest.URLs(t, func(t *testing.T, url string) { killUnderBank(t, url, bankDay{payers: 8, codes: 48, kills: 3}) })
}

func killUnderBank(t *testing.T, url string, day bankDay) {
	bank, err := payment.NewSimulator(payment.SimulatorOptions{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "banks.json")
	if err := bank.WriteBank(file); err != nil {
		t.Fatal(err)
	}
	t.Setenv("JARING_BANKS", file)
	h := newHouse(t, url)
	h.start()
	bank.Notify(h.snap())
	debts := h.debts(bank, day.codes)
	ctx, cancel := context.WithCancel(t.Context())
	var line sync.WaitGroup
	line.Go(func() { bank.Run(ctx) })
	defer line.Wait()
	defer cancel()
	var paid atomic.Int64
	var all sync.WaitGroup
	for i := range day.payers {
		all.Go(func() {
			for n := i; n < len(debts); n += day.payers {
				payDebt(t, bank, debts[n])
				paid.Add(1)
			}
		})
	}
	for kill := range day.kills {
		bank.Misbehave(payment.Mischief{Deaf: 3})
		awaitThat(t, "payments go on", func() bool { return int(paid.Load()) >= kill*len(debts)/(day.kills+1) })
		h.server.kill()
		h.start()
		bank.Notify(h.snap())
	}
	all.Wait()
	awaitThat(t, "the bank has all answers", func() bool {
		for _, taking := range bank.Statement(0) {
			if taking.State == payment.TakingWaits {
				return false
			}
		}
		return true
	})
	cancel()
	line.Wait()
	h.server.end(t)
	h.server = nil
	h.audit()
	h.countMoney(bank.Statement(0), debts)
	h.accountFor(bank.Statement(0))
}

// snap is where the present server is for banks.
func (h *house) snap() string { return "http://" + h.addr.Load().(string) + "/snap" }

// debts registers people who pay n codes, each fourth by QRIS; some more pay by QRIS under codes that nobody has.
func (h *house) debts(bank *payment.Simulator, n int) (debts []debt) {
	h.t.Helper()
	c := h.caller(h.mustLogIn(h.t, agent))
	defer c.close()
	for person := 0; len(debts) < n; person++ {
		r, err := c.do(http.MethodPost, "/workers", newKey(), registration(person))
		var made struct {
			Payment struct {
				Code   string       `json:"code"`
				Amount trade.Rupiah `json:"amount"`
			} `json:"payment"`
		}
		if err != nil || r.status >= 300 || json.Unmarshal(r.body, &made) != nil {
			h.t.Fatal(r, err)
		}
		if made.Payment.Code != "" { // a second look comes first
			debts = append(debts, debt{code: made.Payment.Code, amount: made.Payment.Amount, qr: len(debts)%4 == 3, mischief: mischiefs[len(debts)%len(mischiefs)]})
		}
	}
	for k := range n / 12 {
		debts = append(debts, debt{code: fmt.Sprintf("99%012d", k), amount: trade.Rupiah(10_000 + k), qr: true, stray: true, mischief: mischiefs[k%4]})
	}
	h.showQR(bank, debts)
	return debts
}

// showQR has the bank make the QRIS codes.
func (h *house) showQR(bank *payment.Simulator, debts []debt) {
	h.t.Helper()
	door := httptest.NewServer(bank.Handler())
	defer door.Close()
	known := bank.Bank()
	known.Base = door.URL
	client, err := payment.NewClient(known, payment.ClientOptions{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, d := range debts {
		if !d.qr {
			continue
		}
		if _, err := client.MakeQR(h.t.Context(), payment.QROrder{ID: d.code, Amount: d.amount, Expires: time.Now().Add(24 * time.Hour)}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// payDebt pays once the bank is told what for; while nobody answers it takes no money.
func payDebt(t *testing.T, bank *payment.Simulator, d debt) {
	code := d.code
	if !d.qr {
		code = bank.Bank().Profile.ServiceID + code
	}
	for end := time.Now().Add(startWithin); ; time.Sleep(5 * time.Millisecond) {
		_, err := bank.Pay(t.Context(), payment.Payer{Code: code, Mischief: &d.mischief})
		if err == nil {
			return
		}
		if trade.CodeOf(err) != trade.Unavailable || time.Now().After(end) {
			t.Error(err)
			return
		}
	}
}

func awaitThat(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * startWithin); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not yet", what)
		}
	}
}

// became is what the payments of debts came to, as it has to be.
type became struct {
	settled, aside int // payments
	paid, laid     trade.Rupiah
	codes          []string // that people have
	takings, kept  int
}

// judge says what the bank's payments have to be in the book, and finds those that it keeps though it should not.
func (h *house) judge(takings []payment.Taking, debts []debt) (b became) {
	h.t.Helper()
	kept := map[string][]payment.Taking{}
	for _, taking := range takings {
		if taking.State == payment.TakingBooked {
			kept[taking.Code] = append(kept[taking.Code], taking)
			b.kept++
		}
	}
	b.takings = len(takings)
	for n, d := range debts {
		code, want := d.code, 1
		switch {
		case !d.qr:
			code = "88899" + code
			if d.mischief.Wrong != 0 {
				want = 0
			}
		case d.mischief.Again:
			want = 2
		}
		if !d.stray {
			b.codes = append(b.codes, d.code)
		}
		got := kept[code]
		if len(got) != want {
			h.t.Errorf("code %d, QRIS %t, with %+v: kept %d times, want %d", n, d.qr, d.mischief, len(got), want)
		}
		for i, taking := range got {
			if i == 0 && !d.stray && d.mischief.Wrong == 0 {
				b.settled, b.paid = b.settled+1, b.paid+taking.Amount
			} else {
				b.aside, b.laid = b.aside+1, b.laid+taking.Amount
			}
		}
	}
	return b
}

// countMoney compares what the bank keeps with the rows, rupiah by rupiah.
func (h *house) countMoney(takings []payment.Taking, debts []debt) {
	h.t.Helper()
	b := h.judge(takings, debts)
	h.t.Logf("%d payments kept: %d for months, %d aside", b.kept, b.settled, b.aside)
	db := h.open()
	defer db.Close()
	for query, want := range map[string]int{
		`SELECT COALESCE(sum(amount), 0) FROM payment WHERE state = 'settled'`:                                    int(b.paid),
		`SELECT COALESCE(sum(amount), 0) FROM suspense WHERE state = 'open'`:                                      int(b.laid),
		`SELECT COALESCE(sum(amount), 0) FROM bank_payment WHERE refused = ''`:                                    int(b.paid + b.laid),
		`SELECT count(*) FROM payment WHERE state = 'settled'`:                                                    b.settled,
		`SELECT count(*) FROM suspense`:                                                                           b.aside,
		`SELECT count(*) FROM ledger_entry`:                                                                       b.kept,
		`SELECT count(*) FROM bank_payment WHERE refused = ''`:                                                    b.kept,
		`SELECT count(*) FROM bank_payment`:                                                                       b.takings,
		`SELECT count(*) FROM bank_payment b JOIN ledger_entry e ON b.entry_id = CAST(e.entry_id AS text)`:        b.kept,
		`SELECT count(*) FROM event WHERE kind = 'contribution.settled'`:                                          b.settled,
		`SELECT count(*) FROM event WHERE kind = 'money.suspended'`:                                               b.aside,
		`SELECT count(*) FROM core_message`:                                                                       b.settled,
		fmt.Sprintf(`SELECT count(*) FROM payment WHERE state = 'waiting' AND code IN (%s)`, quotedList(b.codes)): len(b.codes) - b.settled,
	} {
		if got := number(h.t, db, query); got != want {
			h.t.Errorf("%.90s: %d, want %d", query, got, want)
		}
	}
}

func quotedList(words []string) (out string) {
	for i, w := range words {
		if i > 0 {
			out += ","
		}
		out += "'" + w + "'"
	}
	return out
}
