package core

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

// TestRESTRoundTrip sends 1,201 people in three batches and hears of all of them.
func TestRESTRoundTrip(t *testing.T) {
	sim, now := newSimulator(t, SimulatorOptions{Seed: 1, Delay: 2 * time.Second, RejectRate: 0.05, Token: "secret"})
	client, _ := newClient(t, sim, RESTOptions{Token: "secret"})
	es := enrolments(1201)
	if err := client.Send(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	early, cursor := all(t, client, "")
	if len(early) != 0 {
		t.Fatalf("%d answers before the delay", len(early))
	}
	now.Wind(2 * time.Second)
	answers, cursor := all(t, client, cursor)
	by := verdicts(t, answers)
	rejected := 0
	for _, a := range by {
		if a.Verdict == Rejected {
			rejected++
		} else if a.KPJ[0] != 'S' || len(a.KPJ) != kpjLength || a.From != es[0].FirstMonth || a.To != es[0].LastMonth || a.On != 20261005 {
			t.Fatalf("%+v", a)
		}
	}
	if len(answers) != 1201 || len(by) != 1201 || rejected < 30 || rejected > 90 {
		t.Errorf("%d answers to %d messages, %d rejected", len(answers), len(by), rejected)
	}
	if again, next := all(t, client, cursor); len(again) != 0 || next != cursor {
		t.Error("the cursor does not stand still")
	}
	rows, err := client.Statement(t.Context(), 20261005)
	if err != nil || len(rows) != 1201-rejected {
		t.Fatal(len(rows), err)
	}
	if got := differences(t, 20261005, heldOf(es, by), rows); len(got) != 0 {
		t.Errorf("differences: %v", got)
	}
}

func TestRESTSendTwiceIsOnce(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	client, _ := newClient(t, sim, RESTOptions{})
	for range 3 {
		if err := client.Send(t.Context(), enrolments(5)); err != nil {
			t.Fatal(err)
		}
	}
	if answers, _ := all(t, client, ""); len(answers) != 5 {
		t.Errorf("%d answers to 5 messages", len(answers))
	}
}

func TestRESTRetries(t *testing.T) {
	for _, c := range []struct {
		rule  string
		m     Mischief
		waits int
		key   string
	}{
		{"busy for a while", Mischief{Unavailable: 3}, 3, ""},
		{"connections cut after the work", Mischief{Cut: 3}, 3, ""},
		{"busy, then cut", Mischief{Unavailable: 2, Cut: 2}, 4, ""},
		{"busy for too long", Mischief{Unavailable: 9}, 4, "core.unavailable"},
		{"cut for too long", Mischief{Cut: 9}, 4, "core.unavailable"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			sim, _ := newSimulator(t, SimulatorOptions{})
			client, w := newClient(t, sim, RESTOptions{})
			sim.Misbehave(c.m)
			err := client.Send(t.Context(), enrolments(3))
			if jaring.KeyOf(err) != c.key || len(w.asked) != c.waits {
				t.Fatalf("%v after %d waits", err, len(w.asked))
			}
			for _, d := range w.asked {
				if d < patience.First/2 || d > maxAsked {
					t.Errorf("waits %s", d)
				}
			}
			if c.m.Unavailable > 0 && w.asked[0] < time.Second {
				t.Error("does not wait as long as it is asked to")
			}
			sim.Misbehave(c.m)
			if _, _, err := client.Answers(t.Context(), ""); jaring.KeyOf(err) != c.key {
				t.Error(err)
			}
			sim.Misbehave(Mischief{})
			if err := client.Send(t.Context(), enrolments(3)); err != nil {
				t.Fatal(err)
			}
			if answers, _ := all(t, client, ""); len(answers) != 3 {
				t.Errorf("%d answers to 3 messages", len(answers))
			}
		})
	}
}

func TestRESTBadAnswerOrder(t *testing.T) {
	sim, now := newSimulator(t, SimulatorOptions{Seed: 3, RejectRate: 0.1})
	client, _ := newClient(t, sim, RESTOptions{})
	sim.Misbehave(Mischief{Late: time.Minute, Double: true, Reorder: true})
	if err := client.Send(t.Context(), enrolments(800)); err != nil {
		t.Fatal(err)
	}
	first, cursor := all(t, client, "")
	now.Wind(time.Minute)
	late, _ := all(t, client, cursor)
	by := verdicts(t, append(first, late...))
	if len(by) != 800 || len(first)+len(late) != 1600 || len(late) < 400 {
		t.Errorf("%d messages; %d answers, then %d", len(by), len(first), len(late))
	}
}

func TestRESTStopsWithItsContext(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	client, _ := newClient(t, sim, RESTOptions{})
	sim.Misbehave(Mischief{Unavailable: 99})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := client.Send(ctx, enrolments(1))
	wantKey(t, err, jaring.Unavailable, "core.unavailable")
	if !errors.Is(err, context.Canceled) {
		t.Error("the cause is lost:", err)
	}
}

func TestRESTAccess(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{Token: "right"})
	client, w := newClient(t, sim, RESTOptions{Token: "wrong"})
	err := client.Send(t.Context(), enrolments(1))
	wantKey(t, err, jaring.Internal, "core.access")
	if len(w.asked) != 0 || strings.Contains(err.Error(), "wrong ") {
		t.Error("tried again, or told the token:", err)
	}
}

// odd serves one answer to everything.
func odd(t *testing.T, status int, kind, body string) (*REST, *waits, *int) {
	t.Helper()
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls++
		if strings.Contains(r.URL.String(), enrolment(1).NIK.Reveal()) {
			t.Error("a NIK in an address")
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	w := &waits{}
	c, err := NewREST(server.URL, RESTOptions{Wait: w.wait, MaxAnswer: 4096})
	if err != nil {
		t.Fatal(err)
	}
	return c, w, &calls
}

func TestRESTRefusals(t *testing.T) {
	nik := enrolment(1).NIK.Reveal()
	for status, key := range map[int]string{400: "core.refused", 404: "core.refused", 409: "core.refused", 422: "core.refused", 307: "core.refused",
		401: "core.access", 403: "core.access", 408: "core.unavailable", 429: "core.unavailable"} {
		c, w, calls := odd(t, status, "application/json", `{"code":"nik.`+nik+`","detail":"`+nik+` Ibu Rahasia"}`)
		err := c.Send(t.Context(), enrolments(1))
		if jaring.KeyOf(err) != key || *calls != 1 || len(w.asked) != 0 {
			t.Errorf("%d: %v after %d calls", status, err, *calls)
		}
		if strings.Contains(err.Error(), nik) || strings.Contains(err.Error(), "Rahasia") {
			t.Error("the error tells a NIK:", err)
		}
	}
	c, _, _ := odd(t, 422, "application/json", `{"code":"enrolment.village"}`)
	if err := c.Send(t.Context(), enrolments(1)); !strings.Contains(err.Error(), "enrolment.village") {
		t.Error("the core's own code is lost:", err)
	}
}

func TestRESTMalformedAnswers(t *testing.T) {
	nik := enrolment(1).NIK.Reveal()
	good := `{"message_id":"` + goodID + `","verdict":"rejected","on":"2026-10-06","reason":{"code":"age"}}`
	for _, c := range []struct {
		rule, kind, body, key, field string
		n                            int
	}{
		{"no JSON", "application/json", `<html>` + nik, "core.answer_malformed", "json", 0},
		{"another kind", "text/html", `{"answers":[]}`, "core.answer_malformed", "content_type", 0},
		{"nothing", "application/json", ``, "core.answer_malformed", "json", 0},
		{"no list", "application/json", `{"next":"1"}`, "core.answer_malformed", "answers", 0},
		{"null list", "application/json", `{"answers":null}`, "core.answer_malformed", "answers", 0},
		{"next is no text", "application/json", `{"answers":[],"next":` + nik + `}`, "core.answer_malformed", "next", 0},
		{"an endless cursor", "application/json", `{"answers":[],"next":"` + strings.Repeat("n", 600) + `"}`, "core.answer_malformed", "next", 0},
		{"the second entry", "application/json", `{"answers":[` + good + `,{"message_id":` + nik + `}]}`, "core.answer_malformed", "json", 2},
		{"a NIK as verdict", "application/json", `{"answers":[` + strings.Replace(good, "rejected", nik, 1) + `]}`, "core.answer_malformed", "verdict", 1},
		{"too large", "application/json", `{"answers":[` + strings.Repeat(" ", 5000) + `]}`, "core.answer_too_large", "", 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			client, w, calls := odd(t, 200, c.kind, c.body)
			answers, next, err := client.Answers(t.Context(), "before")
			wantKey(t, err, jaring.Internal, c.key)
			if len(answers) != 0 || next != "before" || *calls != 1 || len(w.asked) != 0 {
				t.Errorf("%d answers, cursor %q, %d calls", len(answers), next, *calls)
			}
			var e *jaring.Error
			if errors.As(err, &e); c.field != "" && (e.Args["field"] != c.field || e.Args["n"] != c.n) {
				t.Errorf("got %v", e.Args)
			}
			if strings.Contains(fmt.Sprint(err, e.Args), nik) {
				t.Error("the error tells a NIK")
			}
		})
	}
}

func TestRESTStatement(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	client, _ := newClient(t, sim, RESTOptions{})
	_, err := client.Statement(t.Context(), 20261006)
	wantKey(t, err, jaring.NotFound, "core.statement_missing")
	if rows, err := client.Statement(t.Context(), 20261005); err != nil || len(rows) != 0 {
		t.Error("an empty day is a statement too:", rows, err)
	}
	endless, _, calls := odd(t, 200, "application/json", `{"rows":[],"next":"more"}`)
	_, err = endless.Statement(t.Context(), 20261005)
	wantKey(t, err, jaring.Internal, "core.answer_malformed")
	if *calls != 1 {
		t.Error("went round", *calls, "times")
	}
}

func TestRESTIncompleteIsNotSent(t *testing.T) {
	client, _, calls := odd(t, 202, "application/json", `{}`)
	es := enrolments(600)
	es[599].Name = ""
	wantKey(t, client.Send(t.Context(), es), jaring.Invalid, "core.enrolment_incomplete")
	if *calls != 0 {
		t.Error("a part was sent")
	}
}

func TestRESTCursorOfAnotherLife(t *testing.T) {
	sim, _ := newSimulator(t, SimulatorOptions{})
	client, _ := newClient(t, sim, RESTOptions{})
	if err := client.Send(t.Context(), enrolments(2)); err != nil {
		t.Fatal(err)
	}
	before, cursor := all(t, client, "")
	reborn, now := newSimulator(t, SimulatorOptions{})
	now.Wind(time.Hour)
	reborn.epoch = "other"
	client, _ = newClient(t, reborn, RESTOptions{})
	if err := client.Send(t.Context(), enrolments(3)); err != nil {
		t.Fatal(err)
	}
	after, _ := all(t, client, cursor)
	if len(after) != 3 || !reflect.DeepEqual(after[:2], before) {
		t.Errorf("a core that lost its memory gives the same persons other numbers: %v, then %v", before, after)
	}
}
