package core

import (
	"context"
	"fmt"
	"net/http/httptest"
	"reflect"
	"slices"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// An invented market town: person i, always the same.

var start = time.Date(2026, 10, 5, 3, 0, 0, 0, time.UTC) // 10:00 WIB

func enrolment(i int) Enrolment {
	worker := jaring.WorkerID(fmt.Sprintf("0199b000-0000-7000-8000-%012x", i))
	membership := jaring.MembershipID(fmt.Sprintf("0199b000-0000-7000-9000-%012x", i))
	birth := jaring.NewDay(1970, 1, 1).Add(i / 999 % 9000)
	nik, err := jaring.ParseNIK(fmt.Sprintf("150403%02d%02d%02d%04d", birth.DayNumber(), birth.MonthNumber(), birth.Year()%100, 9001+i%999))
	if err != nil {
		panic(err)
	}
	return Enrolment{
		MessageID: NewMessageID(worker, membership), WorkerID: worker, MembershipID: membership,
		RegistrationNo: jaring.NewRegistrationNo(2026, int64(i)), NIK: nik, Name: fmt.Sprintf("Pedagang %d", i),
		BirthDate: birth, Sex: jaring.Male, MotherName: "Ibu Rahasia", Phone: "+628110000001", Village: "15.04.03.2015",
		Programs: jaring.Programs{jaring.JKK, jaring.JKM}, Income: 1_000_000, Funding: jaring.FundingSelf,
		FirstMonth: jaring.NewMonth(2026, 10), LastMonth: jaring.NewMonth(2026, 12), PaidOn: jaring.NewDay(2026, 10, 5), Amount: 50_400,
	}
}

func enrolments(n int) []Enrolment {
	es := make([]Enrolment, n)
	for i := range es {
		es[i] = enrolment(i + 1)
	}
	return es
}

func newSimulator(t testing.TB, o SimulatorOptions) (*Simulator, *jaringtest.Clock) {
	t.Helper()
	c := jaringtest.NewClock(start)
	o.Now = c.Now
	s, err := NewSimulator(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, c
}

// waits counts the waiting between tries without waiting.
type waits struct{ asked []time.Duration }

func (w *waits) wait(ctx context.Context, d time.Duration) error {
	w.asked = append(w.asked, d)
	return ctx.Err()
}

// newClient calls s over a real connection.
func newClient(t testing.TB, s *Simulator, o RESTOptions) (*REST, *waits) {
	t.Helper()
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	w := &waits{}
	o.Wait = w.wait
	c, err := NewREST(server.URL, o)
	if err != nil {
		t.Fatal(err)
	}
	return c, w
}

// all asks p until nothing new comes.
func all(t testing.TB, p Port, cursor string) (answers []Answer, next string) {
	t.Helper()
	for {
		some, next, err := p.Answers(t.Context(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			return answers, next
		}
		answers, cursor = append(answers, some...), next
	}
}

// verdicts are the answers by message, doubles folded. Two answers that differ fail.
func verdicts(t testing.TB, answers []Answer) map[MessageID]Answer {
	t.Helper()
	m := map[MessageID]Answer{}
	for _, a := range answers {
		if before, ok := m[a.MessageID]; ok && !reflect.DeepEqual(before, a) {
			t.Fatalf("two answers to %s: %+v and %+v", a.MessageID, before, a)
		}
		m[a.MessageID] = a
	}
	return m
}

func wantKey(t testing.TB, err error, code jaring.Code, key string) {
	t.Helper()
	if jaring.CodeOf(err) != code || jaring.KeyOf(err) != key {
		t.Fatalf("got %v, want %s %s", err, code, key)
	}
}

// heldOf is the view of somebody who believed the answers.
func heldOf(es []Enrolment, by map[MessageID]Answer) (view []Held) {
	for _, e := range es {
		h := Held{MessageID: e.MessageID, Programs: e.Programs, From: e.FirstMonth, To: e.LastMonth}
		switch a, ok := by[e.MessageID]; {
		case ok && a.Verdict == Rejected:
			continue
		case ok:
			h.Acknowledged, h.KPJ = a.On, a.KPJ
		}
		view = append(view, h)
	}
	slices.SortFunc(view, func(a, b Held) int { return compareIDs(a.MessageID, b.MessageID) })
	return view
}

func compareIDs(a, b MessageID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
