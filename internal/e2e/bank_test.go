package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
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

// TestBankUnderKills lets a bank that misbehaves tell of payments while the server is killed: every rupiah
// that the bank keeps is in the book, once.
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
	ctx, cancel := context.WithCancel(t.Context())
	var line sync.WaitGroup
	line.Go(func() { bank.Run(ctx) })
	defer line.Wait()
	defer cancel()
	codes := h.codes(day.codes)
	var paid atomic.Int64
	var all sync.WaitGroup
	for i := range day.payers {
		all.Go(func() {
			for n := i; n < len(codes); n += day.payers {
				payCode(t, bank, codes[n], mischiefs[n%len(mischiefs)])
				paid.Add(1)
			}
		})
	}
	for kill := range day.kills {
		bank.Misbehave(payment.Mischief{Deaf: 3})
		awaitThat(t, "payments go on", func() bool { return int(paid.Load()) >= kill*len(codes)/(day.kills+1) })
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
	h.countMoney(bank.Statement(0), codes)
	h.accountFor(bank.Statement(0))
}

// snap is where the present server is for banks.
func (h *house) snap() string { return "http://" + h.addr.Load().(string) + "/snap" }

// codes registers people and gives the codes by which n of them pay.
func (h *house) codes(n int) (codes []string) {
	h.t.Helper()
	c := h.caller(h.mustLogIn(h.t, agent))
	defer c.close()
	for person := 0; len(codes) < n; person++ {
		r, err := c.do(http.MethodPost, "/workers", newKey(), registration(person))
		var made struct {
			Payment struct {
				Code string `json:"code"`
			} `json:"payment"`
		}
		if err != nil || r.status >= 300 || json.Unmarshal(r.body, &made) != nil {
			h.t.Fatal(r, err)
		}
		if made.Payment.Code != "" { // a second look comes first
			codes = append(codes, made.Payment.Code)
		}
	}
	return codes
}

// payCode pays once the bank is told what for; while nobody answers it takes no money.
func payCode(t *testing.T, bank *payment.Simulator, code string, m payment.Mischief) {
	for end := time.Now().Add(startWithin); ; time.Sleep(5 * time.Millisecond) {
		_, err := bank.Pay(t.Context(), payment.Payer{Code: bank.Bank().Profile.ServiceID + code, Mischief: &m})
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

// countMoney compares what the bank keeps with the rows, rupiah by rupiah.
func (h *house) countMoney(takings []payment.Taking, codes []string) {
	h.t.Helper()
	kept, booked := 0, map[string]int{}
	for _, taking := range takings {
		if taking.State == payment.TakingBooked {
			kept += int(taking.Amount)
			booked[taking.Code]++
		}
	}
	for n, code := range codes {
		want := 1
		if mischiefs[n%len(mischiefs)].Wrong != 0 {
			want = 0
		}
		if got := booked["88899"+code]; got != want {
			h.t.Errorf("code %d with %+v: booked %d times, want %d", n, mischiefs[n%len(mischiefs)], got, want)
		}
	}
	db := h.open()
	defer db.Close()
	for query, want := range map[string]int{
		`SELECT COALESCE(sum(amount), 0) FROM payment WHERE state = 'settled'`:                                  kept,
		`SELECT COALESCE(sum(amount), 0) FROM bank_payment WHERE refused = ''`:                                  kept,
		`SELECT count(*) FROM payment WHERE state = 'settled'`:                                                  len(booked),
		`SELECT count(*) FROM ledger_entry`:                                                                     len(booked),
		`SELECT count(*) FROM bank_payment WHERE refused = ''`:                                                  len(booked),
		`SELECT count(*) FROM bank_payment`:                                                                     len(takings),
		`SELECT count(*) FROM suspense`:                                                                         0,
		`SELECT count(*) FROM bank_payment b JOIN ledger_entry e ON b.entry_id = CAST(e.entry_id AS text)`:      len(booked),
		`SELECT count(*) FROM event WHERE kind = 'contribution.settled'`:                                        len(booked),
		`SELECT count(*) FROM core_message`:                                                                     len(booked),
		fmt.Sprintf(`SELECT count(*) FROM payment WHERE state = 'waiting' AND code IN (%s)`, quotedList(codes)): len(codes) - len(booked),
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
