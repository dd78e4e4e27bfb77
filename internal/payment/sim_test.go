package payment

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// Whatever the bank does wrong, our book holds each payment once and the bank's statement
// says the same.
func TestEveryMischiefEndsBalanced(t *testing.T) {
	for _, profile := range Profiles {
		for name, m := range map[string]Mischief{
			"none": {}, "late": {Late: time.Hour}, "double": {Double: true}, "reorder": {Reorder: true}, "advise": {Advise: true},
			"deaf": {Deaf: 3}, "again": {Again: true}, "all at once": {Late: time.Minute, Double: true, Reorder: true, Advise: true, Deaf: 5, Again: true},
		} {
			w := newTown(t, profile)
			var orders []Order
			for n := range 4 {
				orders = append(orders, w.issue(t, n+1))
			}
			w.sim.Misbehave(m)
			for _, o := range orders {
				if _, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String()}); err != nil {
					t.Fatal(profile, name, err)
				}
			}
			balanced(t, w, profile+" "+name, 4*16_800)
		}
	}
}

// balanced fails unless the bank keeps what our book holds, and want.
func balanced(t testing.TB, w *town, rule string, want jaring.Rupiah) {
	t.Helper()
	kept := map[string]Taking{}
	total := jaring.Rupiah(0)
	for _, taking := range w.settle(t) {
		if taking.State == TakingWaits {
			t.Errorf("%s: waits for ever: %+v", rule, taking)
		}
		if taking.State == TakingBooked {
			kept[taking.RequestID] = taking
			total += taking.Amount
		}
	}
	for _, n := range w.shop.booked {
		if kept[n.RequestID].Amount != n.Amount {
			t.Errorf("%s: the book has %s of %s, the bank %+v", rule, n.Amount, n.RequestID, kept[n.RequestID])
		}
	}
	if total != want || w.shop.sum() != want || len(kept) != w.shop.settled() {
		t.Errorf("%s: the bank keeps %s, the book %s, want %s", rule, total, w.shop.sum(), want)
	}
}

func TestWrongAmountIsReturned(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	made, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String(), Mischief: &Mischief{Wrong: -800}})
	if err != nil || made[0].State != TakingReturned || made[0].Answers[0] != "4042513" || made[0].Amount != 16_000 {
		t.Error(made, err)
	}
	_, err = w.sim.Pay(t.Context(), Payer{Code: o.VA.String(), Mischief: &Mischief{Wrong: -16_800}})
	wantKey(t, err, jaring.Invalid, "payment.amount_malformed")
	if made, err = w.sim.Pay(t.Context(), Payer{Code: o.VA.String()}); err != nil || made[0].State != TakingBooked {
		t.Error("a refused payment spoils the next:", made, err)
	}
}

func TestExpiredIsReturned(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	w.Wind(25 * time.Hour)
	made, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String(), Mischief: &Mischief{Expired: true}})
	if err != nil || made[0].State != TakingReturned || made[0].Answers[0] != "4042519" {
		t.Error(made, err)
	}
}

// A bank whose clock is wrong is not let in, and asks again until it is right.
func TestSkewedClock(t *testing.T) {
	for _, skew := range []time.Duration{time.Hour, -time.Hour} {
		w := newTown(t, "token")
		o := w.issue(t, 1)
		w.sim.Misbehave(Mischief{Skew: skew})
		made, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String()})
		if err != nil || made[0].State != TakingWaits || w.shop.settled() != 0 {
			t.Fatal(made, err)
		}
		w.sim.Misbehave(Mischief{})
		balanced(t, w, skew.String(), 16_800)
		if day := w.shop.booked[0].Day; day != 20261121 {
			t.Error(day)
		}
	}
}

// Our server is down for a while: nothing is lost and nothing comes twice.
func TestServerDownForAWhile(t *testing.T) {
	w := newTown(t, "strict")
	o := w.issue(t, 1)
	w.shop.worry(jaring.NewError(jaring.Unavailable, "error.unavailable"))
	if _, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String()}); err != nil {
		t.Fatal(err)
	}
	w.sim.Notify("http://127.0.0.1:1/nobody")
	w.Wind(time.Minute)
	w.sim.Deliver(t.Context())
	w.sim.Notify(w.ours)
	w.shop.worry(nil)
	balanced(t, w, "down", 16_800)
}

func TestMischiefInAnyMixture(t *testing.T) {
	w := newTown(t, "token")
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		o := w.order(t, n)
		w.shop.owe(o.VA.String(), o.Amount)
		before := w.shop.sum()
		m := Mischief{Double: rapid.Bool().Draw(rt, "double"), Reorder: rapid.Bool().Draw(rt, "reorder"), Advise: rapid.Bool().Draw(rt, "advise"),
			Again: rapid.Bool().Draw(rt, "again"), Late: time.Duration(rapid.IntRange(0, 3).Draw(rt, "late")) * time.Second}
		if rapid.Bool().Draw(rt, "made at the bank") {
			if err := w.client.CreateVA(t.Context(), o); err != nil {
				rt.Fatal(err)
			}
		}
		w.sim.Misbehave(Mischief{Deaf: rapid.IntRange(0, 2).Draw(rt, "deaf")})
		if _, err := w.sim.Pay(t.Context(), Payer{Code: o.VA.String(), Mischief: &m}); err != nil {
			rt.Fatal(err)
		}
		w.settle(t)
		if got := w.shop.sum() - before; got != o.Amount {
			rt.Fatalf("%+v: booked %s", m, got)
		}
	})
	balanced(t, w, "all", jaring.Rupiah(n)*16_800)
}

// A code that the bank did not make but that begins with its number is Jaring's: the bank
// asks first.
func TestBankInquires(t *testing.T) {
	w := newTown(t, "token")
	w.shop.owe("8889900000000042", 50_400)
	made, err := w.sim.Pay(t.Context(), Payer{Code: "8889900000000042"})
	if err != nil || made[0].Amount != 50_400 || made[0].State != TakingBooked || w.shop.asked != 1 {
		t.Fatal(made, err)
	}
	for code, key := range map[string]string{"8889900000000042": "payment.settled", "8889900000000043": "payment.code_unknown", "77799000": "payment.code_unknown", "88899": "payment.code_unknown", "": "payment.code_unknown"} {
		if _, err := w.sim.Pay(t.Context(), Payer{Code: code}); jaring.KeyOf(err) != key {
			t.Errorf("%q: %v", code, err)
		}
	}
}

func TestSimulatorRemembers(t *testing.T) {
	w := newTown(t, "token")
	paid, open, waits := w.issue(t, 1), w.issue(t, 2), w.issue(t, 3)
	w.shop.owe("QR-1", 16_800)
	qr, err := w.client.MakeQR(t.Context(), QROrder{"QR-1", 16_800, start.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.sim.Pay(t.Context(), Payer{Code: paid.VA.String()}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.sim.Pay(t.Context(), Payer{Code: waits.VA.String(), Mischief: &Mischief{Late: time.Hour}}); err != nil {
		t.Fatal(err)
	}
	if err := w.sim.Close(); err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(w.state)
	if err := os.WriteFile(w.state, append(raw, `{"taking":{"payment_req`...), 0o600); err != nil { // killed while writing
		t.Fatal(err)
	}
	reborn, err := NewSimulator(SimulatorOptions{State: w.state, Now: w.Now, Notify: w.ours})
	if err != nil {
		t.Fatal(err)
	}
	defer reborn.Close()
	if !reborn.Bank().Ours.Private.Equal(w.sim.Bank().Ours.Private) || reborn.Bank().Theirs.ClientSecret != w.sim.Bank().Theirs.ClientSecret {
		t.Error("other keys")
	}
	reborn.Deliver(t.Context())
	if w.shop.settled() != 2 {
		t.Error("what waited was not told again:", w.shop.settled())
	}
	states := map[string]State{paid.VA.String(): StatePaid, open.VA.String(): StateIssued, waits.VA.String(): StatePaid}
	for code, want := range states {
		if reborn.accounts[code].State != want {
			t.Errorf("%s is %s", code, reborn.accounts[code].State)
		}
	}
	if reborn.codes["QR-1"].Content != qr.Content || len(reborn.Statement(20261121)) != 2 || len(reborn.Statement(20261120)) != 0 {
		t.Error(reborn.codes, reborn.takings)
	}
}

func TestSimulatorRefusesForeignState(t *testing.T) {
	for _, text := range []string{"{}\n", "nonsense\n", `{"self":{},"ours":{}}` + "\n", string(keysOf()) + "nonsense\n"} {
		path := filepath.Join(t.TempDir(), "state")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := NewSimulator(SimulatorOptions{State: path}); err == nil {
			t.Errorf("took %q", text[:min(len(text), 30)])
		}
	}
	_, err := NewSimulator(SimulatorOptions{Profile: "unheard of"})
	wantKey(t, err, jaring.Invalid, "payment.profile_unknown")
	_, err = NewSimulator(SimulatorOptions{ServiceID: "123456789"})
	wantKey(t, err, jaring.Invalid, "payment.code_malformed")
}

func TestSimulatorControl(t *testing.T) {
	w := newTown(t, "token")
	o := w.issue(t, 1)
	server := httptest.NewServer(w.sim.Handler())
	defer server.Close()
	for _, c := range []struct {
		rule, method, path, body string
		status                   int
		says                     string
	}{
		{"pay", "POST", "/sim/pay", `{"code":"` + o.VA.String() + `","mischief":{"double":true}}`, 200, `"state":"booked"`},
		{"pay a paid code", "POST", "/sim/pay", `{"code":"` + o.VA.String() + `"}`, 409, "payment.settled"},
		{"pay nobody", "POST", "/sim/pay", `{"code":"1"}`, 404, "payment.code_unknown"},
		{"unreadable", "POST", "/sim/pay", `{"code":1}`, 400, "json.malformed"},
		{"an unknown name", "POST", "/sim/pay", `{"kode":"1"}`, 400, "json.malformed"},
		{"twice", "POST", "/sim/pay", `{}{}`, 400, "json.malformed"},
		{"no duration", "POST", "/sim/pay", `{"code":"1","mischief":{"late":"soon"}}`, 400, "json.malformed"},
		{"statement", "GET", "/sim/statement?day=2026-11-21", ``, 200, `"kept":16800`},
		{"another day", "GET", "/sim/statement?day=2026-11-20", ``, 200, `"kept":0`},
		{"no day", "GET", "/sim/statement?day=today", ``, 400, "date.malformed"},
		{"misbehave", "POST", "/sim/misbehave", `{"late":"3s","skew":"-1h","deaf":2,"wrong_amount":-100}`, 200, `"late":"3s"`},
		{"no mischief", "POST", "/sim/misbehave", `{"late":"soon"}`, 400, "json.malformed"},
		{"page", "GET", "/", ``, 200, "Bank tiruan"},
		{"nowhere", "GET", "/elsewhere", ``, 404, ""},
	} {
		req, _ := http.NewRequestWithContext(t.Context(), c.method, server.URL+c.path, strings.NewReader(c.body))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != c.status || !strings.Contains(string(raw), c.says) {
			t.Errorf("%s: %d %s", c.rule, res.StatusCode, raw)
		}
	}
	if want := (Mischief{Late: 3 * time.Second, Skew: -time.Hour, Deaf: 2, Wrong: -100}); w.sim.mischief != want {
		t.Errorf("%+v", w.sim.mischief)
	}
}

func TestSimulatorPage(t *testing.T) {
	w := newTown(t, "token")
	o, bad := w.issue(t, 1), w.order(t, 2)
	bad.Name = "<script>alert(1)</script>"
	if err := w.client.CreateVA(t.Context(), bad); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.sim.Handler())
	defer server.Close()
	press := func(form url.Values, origin string) (int, string) {
		req, _ := http.NewRequestWithContext(t.Context(), "POST", server.URL+"/", strings.NewReader(form.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", origin)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		raw, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(raw)
	}
	if status, _ := press(url.Values{"code": {o.VA.String()}}, "http://evil.example"); status != 403 || w.shop.settled() != 0 {
		t.Error("another page pays:", status)
	}
	status, text := press(url.Values{"code": {" " + o.VA.String()}, "mischief": {"advise"}}, server.URL)
	if status != 200 || w.shop.settled() != 1 || !strings.Contains(text, "2002500 2002500") || strings.Contains(text, "<script") {
		t.Error(status, text)
	}
	for _, form := range []url.Values{{"code": {o.VA.String()}}, {"code": {bad.VA.String()}, "amount": {"banyak"}}} {
		if _, text := press(form, server.URL); !strings.Contains(text, "payment.") {
			t.Error("says nothing of its trouble:", text)
		}
	}
}

func TestSimulatorListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.2:0", "bank.example:80", "127.0.0.1"} {
		_, err := Listen(address)
		wantKey(t, err, jaring.Invalid, "payment.sim_listen")
	}
}

func TestSimulatorServes(t *testing.T) {
	dir := t.TempDir()
	files := Files{Port: filepath.Join(dir, "port"), Banks: filepath.Join(dir, "banks.json")}
	shop := newShop(jaringtest.NewClock(time.Now()))
	shop.owe("8889900000000000001", 16_800)
	sim, err := NewSimulator(SimulatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- sim.Serve(ctx, l, files) }()
	res, err := http.Get("http://" + l.Addr().String() + "/") // calls are taken: the files are there
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	port, err := os.ReadFile(files.Port)
	if err != nil || "127.0.0.1:"+strings.TrimSpace(string(port)) != l.Addr().String() {
		t.Errorf("%q %v", port, err)
	}
	f, err := os.Open(files.Banks)
	if err != nil {
		t.Fatal(err)
	}
	banks, err := ReadBanks(f)
	_ = f.Close()
	if info, _ := os.Stat(files.Banks); err != nil || len(banks) != 1 || info.Mode().Perm() != 0o600 {
		t.Fatal(banks, err)
	}
	server, err := NewServer(banks, shop, ServerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	mine := httptest.NewServer(server)
	defer mine.Close()
	sim.Notify(mine.URL)
	late := Mischief{Late: time.Millisecond}
	if _, err := sim.Pay(ctx, Payer{Code: "8889900000000000001", Mischief: &late}); err != nil {
		t.Fatal(err)
	}
	<-shop.news // the running bank sends it by itself
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSimulatorServeFailsWithItsFiles(t *testing.T) {
	sim, err := NewSimulator(SimulatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, files := range []Files{{Port: "/nowhere/at/all"}, {Banks: "/nowhere/at/all"}} {
		l, err := Listen("127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := sim.Serve(t.Context(), l, files); err == nil {
			t.Errorf("%+v: no error", files)
		}
	}
}

func TestTakingsAreStableJSON(t *testing.T) {
	raw, err := json.Marshal(Taking{RequestID: "SIM1", Reference: "2", Code: "888991", Amount: 16_800, At: start, State: TakingBooked, Answers: []string{"2002500"}})
	want := `{"payment_request_id":"SIM1","reference":"2","code":"888991","qr":false,"amount":16800,"at":"2026-11-21T03:30:00Z","state":"booked","answers":["2002500"]}`
	if err != nil || string(raw) != want {
		t.Errorf("%v %s", err, raw)
	}
}
