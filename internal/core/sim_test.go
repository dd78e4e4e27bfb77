package core

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// ask sends es to a new simulator and gives what it says.
func ask(t *testing.T, o SimulatorOptions, es ...Enrolment) map[MessageID]Answer {
	t.Helper()
	sim, _ := newSimulator(t, o)
	if err := sim.receive(es); err != nil {
		t.Fatal(err)
	}
	return verdicts(t, sim.answers)
}

func TestSimulatorDecidesByContent(t *testing.T) {
	for _, c := range []struct {
		rule  string
		spoil func(*Enrolment)
		want  Reason
	}{
		{"all in order", func(*Enrolment) {}, ""},
		{"TOLAK", func(e *Enrolment) { e.Name = "Budi Tolak" }, ReasonNIKNotFound},
		{"BEDA NAMA", func(e *Enrolment) { e.Name = "Beda Nama" }, ReasonNameDiffers},
		{"ALMARHUM", func(e *Enrolment) { e.Name = "Almarhum Budi" }, ReasonDeceased},
		{"too old to join", func(e *Enrolment) { e.BirthDate = jaring.NewDay(1950, 1, 1) }, ReasonAge},
		{"a child", func(e *Enrolment) { e.BirthDate = jaring.NewDay(2015, 1, 1) }, ReasonAge},
		{"JKK alone", func(e *Enrolment) { e.Programs = jaring.Programs{jaring.JKK} }, ReasonProgramme},
		{"a programme of wage workers", func(e *Enrolment) { e.Programs = append(e.Programs, jaring.JP) }, ReasonProgramme},
		{"not paid", func(e *Enrolment) { e.Amount = 0 }, ReasonPaymentMissing},
		{"no day of payment", func(e *Enrolment) { e.PaidOn = 0 }, ReasonPaymentMissing},
		{"paid tomorrow", func(e *Enrolment) { e.PaidOn = 20261006 }, ReasonPaymentMissing},
		{"months turned round", func(e *Enrolment) { e.LastMonth = e.FirstMonth - 1 }, ReasonOther},
	} {
		e := enrolment(1)
		c.spoil(&e)
		if got := ask(t, SimulatorOptions{}, e)[e.MessageID]; got.Reason != c.want || (c.want == "") != (got.Verdict == Acknowledged) {
			t.Errorf("%s: %+v", c.rule, got)
		}
	}
}

func TestSimulatorKnowsPersons(t *testing.T) {
	first, second, again := enrolment(1), enrolment(2), enrolment(1)
	second.NIK = first.NIK
	again.MembershipID = second.MembershipID
	again.MessageID = NewMessageID(again.WorkerID, again.MembershipID)
	by := ask(t, SimulatorOptions{}, first, second, again)
	if by[second.MessageID].Reason != ReasonAlreadyMember {
		t.Error("one NIK, two workers:", by[second.MessageID])
	}
	if kpj := by[first.MessageID].KPJ; kpj == "" || by[again.MessageID].KPJ != kpj {
		t.Error("a person has one KPJ:", by)
	}
}

func TestSimulatorKPJIsNobodysNumber(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range ask(t, SimulatorOptions{}, enrolments(3000)...) {
		if !regexp.MustCompile(`^S26[0-9]{8}$`).MatchString(a.KPJ) || seen[a.KPJ] {
			t.Fatal(a.KPJ)
		}
		seen[a.KPJ] = true
	}
}

func TestSimulatorSeed(t *testing.T) {
	es := enrolments(400)
	one, same, other := ask(t, SimulatorOptions{Seed: 1, RejectRate: 0.3}, es...), ask(t, SimulatorOptions{Seed: 1, RejectRate: 0.3}, es...), ask(t, SimulatorOptions{Seed: 2, RejectRate: 0.3}, es...)
	if !reflect.DeepEqual(one, same) {
		t.Error("the same seed says something else")
	}
	rejected, differ, reasons := 0, 0, map[Reason]int{}
	for id, a := range one {
		if a.Verdict == Rejected {
			rejected++
			reasons[a.Reason]++
		}
		if other[id].Verdict != a.Verdict {
			differ++
		}
	}
	if rejected < 80 || rejected > 160 || differ < 100 || len(reasons) != len(byChance) {
		t.Errorf("%d rejected, %d differ by seed, reasons %v", rejected, differ, reasons)
	}
}

func TestSimulatorJudgesMendedMessagesAnew(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	bad, good := enrolment(1), enrolment(1)
	bad.Name = "Tolak"
	changed := good
	changed.Amount++
	for i, e := range []Enrolment{bad, bad, good, changed, bad} {
		if err := sim.receive([]Enrolment{e}); err != nil {
			t.Fatal(err)
		}
		if want := []int{1, 1, 2, 2, 2}[i]; len(sim.answers) != want {
			t.Fatalf("after message %d: %d answers", i, len(sim.answers))
		}
	}
	if sim.answers[0].Verdict != Rejected || sim.answers[1].Verdict != Acknowledged {
		t.Error(sim.answers)
	}
}

func TestSimulatorRemembers(t *testing.T) {
	state := filepath.Join(t.TempDir(), "core.state")
	o := SimulatorOptions{Seed: 5, Delay: time.Minute, RejectRate: 0.1, State: state}
	sim, now := newSimulator(t, o)
	sim.Misbehave(Mischief{Late: time.Hour, Double: true})
	for i := range 5 {
		if err := sim.receive(enrolments(20 * (i + 1))); err != nil {
			t.Fatal(err)
		}
		now.Wind(40 * time.Second)
	}
	client, _ := newClient(t, sim, RESTOptions{})
	before, cursor := all(t, client, "")
	if err := sim.Close(); err != nil || len(before) == 0 {
		t.Fatal(err, len(before))
	}
	raw, _ := os.ReadFile(state)
	for _, secret := range []string{enrolment(1).NIK.Reveal(), "Ibu Rahasia", "Pedagang"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the state tells %q", secret)
		}
	}
	if err := os.WriteFile(state, append(raw, `{"answer":{"mess`...), 0o600); err != nil { // killed while writing
		t.Fatal(err)
	}
	reborn, later := newSimulator(t, o)
	later.Wind(2 * time.Hour)
	client, _ = newClient(t, reborn, RESTOptions{})
	after, _ := all(t, client, cursor)
	now.Wind(2 * time.Hour)
	sim.publish()
	if want := sim.answers[len(before):]; !reflect.DeepEqual(after, want) || len(after) == 0 {
		t.Errorf("%d answers after the restart, want %d", len(after), len(want))
	}
	if err := reborn.receive(enrolments(101)); err != nil || len(reborn.messages) != 101 {
		t.Error("does not go on:", err)
	}
	if _, err := NewSimulator(SimulatorOptions{Seed: 6, State: state}); err == nil {
		t.Error("took the state of another seed")
	}
}

func TestSimulatorHTTP(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	server := httptest.NewServer(sim.Handler())
	defer server.Close()
	many := `{"enrolments":[` + strings.TrimSuffix(strings.Repeat("{},", perRequest+1), ",") + `]}`
	for _, c := range []struct {
		rule, method, path, body string
		status                   int
	}{
		{"an empty batch", "POST", "/v1/enrolments", `{"enrolments":[]}`, 202},
		{"no batch", "POST", "/v1/enrolments", `{}`, 400},
		{"no JSON", "POST", "/v1/enrolments", `nik`, 400},
		{"too many", "POST", "/v1/enrolments", many, 413},
		{"too large", "POST", "/v1/enrolments", `{"enrolments":["` + strings.Repeat("x", maxRequest) + `"]}`, 413},
		{"incomplete", "POST", "/v1/enrolments", `{"enrolments":[{}]}`, 422},
		{"wrong method", "GET", "/v1/enrolments", ``, 405},
		{"bad cursor", "GET", "/v1/answers?after=" + sim.epoch + ".x", ``, 400},
		{"negative cursor", "GET", "/v1/answers?after=" + sim.epoch + ".-1", ``, 400},
		{"a cursor from beyond", "GET", "/v1/answers?after=" + sim.epoch + ".99", ``, 200},
		{"no day", "GET", "/v1/statements/today", ``, 400},
		{"tomorrow", "GET", "/v1/statements/2026-10-06", ``, 404},
		{"mischief", "POST", "/sim/misbehave", `{"late":"3s","double":true,"unavailable":0}`, 200},
		{"unreadable mischief", "POST", "/sim/misbehave", `{"late":"soon"}`, 400},
	} {
		req, _ := http.NewRequestWithContext(t.Context(), c.method, server.URL+c.path, strings.NewReader(c.body))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.rule, res.StatusCode, c.status)
		}
	}
	if want := (Mischief{Late: 3 * time.Second, Double: true}); sim.mischief != want {
		t.Errorf("%+v", sim.mischief)
	}
}

func TestSimulatorListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.2:0", "core.example:80", "127.0.0.1"} {
		_, err := Listen(address)
		wantKey(t, err, jaring.Invalid, "core.sim_listen")
	}
}

func TestSimulatorServe(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{Token: "t"})
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	portFile := filepath.Join(t.TempDir(), "port")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- sim.Serve(ctx, l, portFile) }()
	client, err := NewREST("http://"+l.Addr().String(), RESTOptions{Token: "t"})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Send(t.Context(), enrolments(1)); err != nil {
		t.Fatal(err)
	}
	port, err := os.ReadFile(portFile)
	if err != nil || "127.0.0.1:"+strings.TrimSpace(string(port)) != l.Addr().String() {
		t.Errorf("%q %v", port, err)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSimulatorCollectsWholeFilesOnly(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	folder := t.TempDir()
	if err := sim.Exchange(folder); err != nil {
		t.Fatal(err)
	}
	raw, _ := encodeEnrolment(enrolment(1))
	out := filepath.Join(folder, outDir)
	put(t, out, "ENR-1.jsonl", string(raw)+"\n", false)
	put(t, out, "ENR-2.jsonl", "{}\n", true)
	if err := sim.Exchange(folder); err != nil || len(sim.messages) != 0 {
		t.Fatal(err, sim.messages)
	}
	if got := fmt.Sprint(list(t, out), list(t, out, damagedDir)); got != "[ENR-1.jsonl] [ENR-2.jsonl ENR-2.jsonl.sha256]" {
		t.Error(got)
	}
}

// What the simulator sends is what the wire shapes say, in the words of the protocol.
func TestSimulatorWireForm(t *testing.T) {
	e, bad := enrolment(1), enrolment(2)
	bad.Name = "Tolak"
	by := ask(t, SimulatorOptions{}, e, bad)
	for id, want := range map[MessageID]string{
		e.MessageID: `{"message_id":"` + string(e.MessageID) + `","verdict":"acknowledged","kpj":"` + by[e.MessageID].KPJ +
			`","programs":["JKK","JKM"],"from":"2026-10","to":"2026-12","on":"2026-10-05"}`,
		bad.MessageID: `{"message_id":"` + string(bad.MessageID) + `","verdict":"rejected","on":"2026-10-05","reason":{"code":"nik_not_found","text":"Simulasi: nik_not_found"}}`,
	} {
		if got, _ := json.Marshal(by[id].wire()); string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestSimulatorRunsAnExchange(t *testing.T) {
	sim, err := NewSimulator(SimulatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	x, folder := newFiles(t, time.Now)
	es := enrolments(2)
	if err := x.Send(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		sim.RunExchange(ctx, folder, time.Millisecond, slog.New(slog.DiscardHandler))
		close(done)
	}()
	var answers []Answer
	for cursor := ""; len(answers) < 2 && t.Context().Err() == nil; {
		var some []Answer
		some, cursor = all(t, x, cursor)
		answers = append(answers, some...)
	}
	cancel()
	<-done
	if len(verdicts(t, answers)) != 2 {
		t.Error(answers)
	}
}

func TestEveryReasonAndDifferenceHasASentence(t *testing.T) {
	var keys []string
	for _, r := range Reasons {
		keys = append(keys, r.Key())
	}
	for _, k := range DifferenceKinds {
		keys = append(keys, k.Key())
	}
	for _, lang := range i18n.Langs {
		for _, key := range keys {
			if text := i18n.Text(lang, key, nil); text == "" || text == key {
				t.Errorf("%s has no text in %s", key, lang)
			}
		}
	}
}
