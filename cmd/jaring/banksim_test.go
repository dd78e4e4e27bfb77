package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/payment"
)

// oneBill is a biller that owes one bill of Rp16.800.
type oneBill struct {
	journal *payment.Memory
	mu      sync.Mutex
	booked  []payment.Notice
}

func (b *oneBill) Inquire(context.Context, payment.VA) (payment.Bill, error) {
	return payment.Bill{Name: "S", Amount: 16_800}, nil
}

func (b *oneBill) Pay(ctx context.Context, n payment.Notice) (payment.Receipt, error) {
	return b.journal.Once(ctx, n, func(context.Context) (payment.Receipt, error) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.booked) > 0 {
			return payment.Receipt{}, jaring.NewError(jaring.Conflict, "payment.settled")
		}
		b.booked = append(b.booked, n)
		return payment.Receipt{Bill: payment.Bill{Name: "S", Amount: n.Amount}}, nil
	})
}

// simulated runs a simulator's command until the test ends, and gives the address that it
// wrote into its port file and what ends it.
func simulated(t *testing.T, args ...string) (address string, end func() (code int, talk string)) {
	t.Helper()
	port := filepath.Join(t.TempDir(), "port")
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	var talk bytes.Buffer
	ended := make(chan int, 1)
	go func() { ended <- Run(ctx, append(args, "--port-file", port), io.Discard, &talk) }()
	raw := waitFile(t, port, ended)
	return "http://127.0.0.1:" + strings.TrimSpace(raw), func() (int, string) {
		cancel()
		return <-ended, talk.String()
	}
}

// waitFile gives the content of path once there is one.
func waitFile(t *testing.T, path string, ended <-chan int) string {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if raw, err := os.ReadFile(path); err == nil && len(raw) > 0 {
			return string(raw)
		}
		select {
		case code := <-ended:
			t.Fatalf("ended with %d before it answered", code)
		case <-tick.C:
		}
	}
}

func post(t *testing.T, url, body string) (int, string) {
	t.Helper()
	res, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(raw)
}

// The whole road over loopback: keys by file, a code by SNAP, a payment, its notice doubled
// and its answers lost, one settlement.
func TestBankSimRuns(t *testing.T) {
	bankFile := filepath.Join(t.TempDir(), "bank.json")
	var handler http.Handler
	ours := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	defer ours.Close()
	address, end := simulated(t, "bank-sim", "--bank-file", bankFile, "--notify", ours.URL, "--profile", "strict", "--double")
	f, err := os.Open(bankFile)
	if err != nil {
		t.Fatal(err)
	}
	banks, err := payment.ReadBanks(f)
	if err := f.Close(); err != nil || len(banks) != 1 || banks[0].Base != address {
		t.Fatal(banks, err)
	}
	bill := &oneBill{journal: payment.NewMemory()}
	if handler, err = payment.NewServer(banks, bill, payment.ServerOptions{}); err != nil {
		t.Fatal(err)
	}
	client, err := payment.NewClient(banks[0], payment.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	va, err := banks[0].Profile.NewVA("00000000000001")
	if err != nil {
		t.Fatal(err)
	}
	if err := client.CreateVA(t.Context(), payment.Order{ID: "O1", VA: va, Name: "S", Amount: 16_800, Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	status, said := post(t, address+"/sim/pay", `{"code":"`+va.String()+`","mischief":{"advise":true}}`)
	if status != 200 || !strings.Contains(said, `"state":"booked"`) || len(bill.booked) != 1 {
		t.Error(status, said, bill.booked)
	}
	if status, said = post(t, address+"/sim/pay", `{"code":"`+va.String()+`"}`); status != 409 {
		t.Error(status, said)
	}
	if code, talk := end(); code != 0 || !strings.Contains(talk, "not real") {
		t.Error(code, talk)
	}
}

func TestBankSimRefuses(t *testing.T) {
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--profile", "unheard"}, {"--service-id", "bank"}} {
		code, out, talk := command(t, append([]string{"bank-sim"}, args...)...)
		if code != 2 || out != "" || strings.Count(talk, "\n") != 1 {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, talk)
		}
	}
	code, out, _ := command(t, "bank-sim", "--help")
	if code != 0 || !strings.Contains(out, "Example") {
		t.Error(code, out)
	}
}
