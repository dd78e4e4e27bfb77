package jaring_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

var eight = time.Date(2026, time.November, 12, 1, 0, 0, 0, time.UTC) // 08.00 WIB

// at is so many minutes after eight.
func at(minutes int) time.Time { return eight.Add(time.Duration(minutes) * time.Minute) }

// morning is a sweep of two hours with a pause from the 60th to the 70th minute.
var morning = jaring.SweepWindow{Ran: jaring.Span{From: at(0), To: at(120)}, Pauses: []jaring.Span{{From: at(60), To: at(70)}}, Seals: at(120 + 24*60)}

// capture is one of person w by agent a, taken at a minute.
func capture(op int, w, a string, kind jaring.CaptureKind, minute int, trusted bool) jaring.SweepCapture {
	return jaring.SweepCapture{Campaign: "c", Worker: jaring.WorkerID(w), Operation: jaring.OperationID(fmt.Sprintf("%04d", op)), Agent: jaring.AccountID(a), Kind: kind,
		TakenAt: at(minute), ReceivedAt: at(max(minute, 0) + 1), Trusted: trusted}
}

// alone are persons that were never merged, all registered at the time of the sweep.
func alone(standing jaring.Standing, ids ...string) map[jaring.WorkerID]jaring.SweepPerson {
	out := map[jaring.WorkerID]jaring.SweepPerson{}
	for _, id := range ids {
		out[jaring.WorkerID(id)] = jaring.SweepPerson{Survivor: jaring.WorkerID(id), Standing: standing, RegisteredAt: at(1)}
	}
	return out
}

func TestCountSweep_WhoCountsAndForWhom(t *testing.T) {
	const yes, no = true, false
	n, r, m := jaring.CaptureNew, jaring.CaptureRejoined, jaring.CaptureRepeated
	late := capture(1, "w", "a", n, 10, yes)
	late.ReceivedAt = morning.Seals.Add(time.Millisecond)
	onTime := capture(1, "w", "a", n, 10, yes)
	onTime.ReceivedAt = morning.Seals
	decided := func(c jaring.SweepCapture, d jaring.CaptureDecision) jaring.SweepCapture {
		c.Decided = d
		return c
	}
	one := alone(jaring.StandingWaiting, "w")
	merged := map[jaring.WorkerID]jaring.SweepPerson{
		"w": {Survivor: "w", Standing: jaring.StandingPaid, RegisteredAt: at(5)}, "x": {Survivor: "w", Standing: jaring.StandingPaid, RegisteredAt: at(5)}}
	older := map[jaring.WorkerID]jaring.SweepPerson{"x": {Survivor: "w", Standing: jaring.StandingProtected, RegisteredAt: at(-10_000)}}
	later := map[jaring.WorkerID]jaring.SweepPerson{"x": {Survivor: "w", Standing: jaring.StandingProtected, RegisteredAt: at(10_000)}}
	for name, c := range map[string]struct {
		captures []jaring.SweepCapture
		persons  map[jaring.WorkerID]jaring.SweepPerson
		agent    string // who is credited; empty for nobody
		waiting  int
		doubts   int
	}{
		"a new person": {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, one, "a", 0, 0},
		"the first to take, not the first to arrive": {[]jaring.SweepCapture{capture(1, "w", "a", n, 30, yes), capture(2, "w", "b", m, 20, yes)}, one, "b", 0, 0},
		"at the same moment the smaller operation":   {[]jaring.SweepCapture{capture(2, "w", "a", n, 20, yes), capture(1, "w", "b", m, 20, yes)}, one, "b", 0, 0},
		"a member before":                              {[]jaring.SweepCapture{capture(1, "w", "a", m, 10, yes)}, one, "", 0, 0},
		"a member before, by a bad clock":              {[]jaring.SweepCapture{capture(1, "w", "a", m, 10, no)}, one, "", 0, 0},
		"somebody who came back":                       {[]jaring.SweepCapture{capture(1, "w", "a", r, 10, yes)}, one, "a", 0, 0},
		"the first moment":                             {[]jaring.SweepCapture{capture(1, "w", "a", n, 0, yes)}, one, "a", 0, 0},
		"the last moment is outside":                   {[]jaring.SweepCapture{capture(1, "w", "a", n, 120, yes)}, one, "", 0, 0},
		"before the start":                             {[]jaring.SweepCapture{capture(1, "w", "a", n, -1, yes)}, one, "", 0, 0},
		"in the pause":                                 {[]jaring.SweepCapture{capture(1, "w", "a", n, 65, yes)}, one, "", 0, 0},
		"at the end of the pause":                      {[]jaring.SweepCapture{capture(1, "w", "a", n, 70, yes)}, one, "a", 0, 0},
		"outside, and inside by another":               {[]jaring.SweepCapture{capture(1, "w", "a", n, 65, yes), capture(2, "w", "b", m, 75, yes)}, one, "b", 0, 0},
		"a bad clock":                                  {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, no)}, one, "", 1, 1},
		"a bad clock, and a good one later":            {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, no), capture(2, "w", "b", m, 50, yes)}, one, "b", 0, 0},
		"a bad clock, and a good one outside":          {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, no), capture(2, "w", "b", m, 130, yes)}, one, "", 1, 2},
		"a bad clock, counted":                         {[]jaring.SweepCapture{decided(capture(1, "w", "a", n, 10, no), jaring.CaptureCounted)}, one, "a", 0, 1},
		"a bad clock, set aside":                       {[]jaring.SweepCapture{decided(capture(1, "w", "a", n, 10, no), jaring.CaptureSetAside)}, one, "", 0, 1},
		"two bad clocks, one set aside":                {[]jaring.SweepCapture{decided(capture(1, "w", "a", n, 10, no), jaring.CaptureSetAside), capture(2, "w", "b", m, 20, no)}, one, "", 1, 2},
		"two bad clocks, one counted":                  {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, no), decided(capture(2, "w", "b", m, 20, no), jaring.CaptureCounted)}, one, "b", 0, 2},
		"a decision does not stand above a good clock": {[]jaring.SweepCapture{decided(capture(1, "w", "a", n, 10, no), jaring.CaptureCounted), capture(2, "w", "b", m, 20, yes)}, one, "b", 0, 0},
		"received after the seal":                      {[]jaring.SweepCapture{late}, one, "", 0, 1},
		"received at the seal":                         {[]jaring.SweepCapture{onTime}, one, "a", 0, 0},
		"two records of one person":                    {[]jaring.SweepCapture{capture(1, "w", "a", n, 30, yes), capture(2, "x", "b", n, 20, yes)}, merged, "b", 0, 0},
		"a new record of somebody who was here before": {[]jaring.SweepCapture{capture(1, "x", "a", n, 10, yes)}, older, "", 0, 0},
		"a new record that went into one made later":   {[]jaring.SweepCapture{capture(1, "x", "a", n, 10, yes)}, later, "a", 0, 0},
		"waits for a second look":                      {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, alone(jaring.StandingReview, "w"), "", 0, 0},
		"turned down":                                  {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, alone(jaring.StandingRejected, "w"), "", 0, 0},
		"withdrawn":                                    {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, alone(jaring.StandingWithdrawn, "w"), "", 0, 0},
		"has paid":                                     {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, alone(jaring.StandingPaid, "w"), "a", 0, 0},
		"a record that is not there":                   {[]jaring.SweepCapture{capture(1, "w", "a", n, 10, yes)}, nil, "", 0, 0},
	} {
		got := jaring.CountSweep(c.captures, c.persons, morning)
		agent := ""
		if len(got.Credits) == 1 {
			agent = string(got.Credits[0].Agent)
		}
		if len(got.Credits) > 1 || agent != c.agent || got.Waiting != c.waiting || len(got.Doubts) != c.doubts {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestCountSweep_RejoinedAndRepeatedAreToldApart(t *testing.T) {
	n, r, m := jaring.CaptureNew, jaring.CaptureRejoined, jaring.CaptureRepeated
	got := jaring.CountSweep([]jaring.SweepCapture{
		capture(1, "w", "a", n, 1, true), capture(2, "x", "a", r, 2, true), capture(3, "x", "b", m, 3, true), capture(4, "y", "b", m, 4, true),
	}, alone(jaring.StandingWaiting, "w", "x", "y"), morning)
	if len(got.Credits) != 2 || got.Credits[0].Rejoined || !got.Credits[1].Rejoined || got.Repeated != 2 {
		t.Errorf("%+v", got)
	}
}

func TestCountSweep_OfOneThatHasNotBegun(t *testing.T) {
	got := jaring.CountSweep([]jaring.SweepCapture{capture(1, "w", "a", jaring.CaptureNew, 10, true)}, alone(jaring.StandingWaiting, "w"), jaring.SweepWindow{Seals: at(2000)})
	if len(got.Credits) != 0 {
		t.Errorf("%+v", got)
	}
	runs := jaring.SweepWindow{Ran: jaring.Span{From: at(0)}, Seals: at(2000)}
	if got := jaring.CountSweep([]jaring.SweepCapture{capture(1, "w", "a", jaring.CaptureNew, 10, true)}, alone(jaring.StandingWaiting, "w"), runs); len(got.Credits) != 1 {
		t.Errorf("%+v", got)
	}
}

// taken is somebody at a stall, before any phone has sent it.
type taken struct {
	person, agent, minute int
	trusted, away         bool
}

// arrive lets phones send in some order: who comes first with a person makes the record, the
// others meet it.
func arrive(ts []taken, order []int) []jaring.SweepCapture {
	known := map[int]bool{}
	var out []jaring.SweepCapture
	for place, i := range order {
		kind := jaring.CaptureNew
		if known[ts[i].person] {
			kind = jaring.CaptureRepeated
		}
		known[ts[i].person] = true
		c := capture(i, fmt.Sprint("w", ts[i].person), fmt.Sprint("a", ts[i].agent), kind, ts[i].minute, ts[i].trusted)
		c.ReceivedAt = at(200 + place)
		out = append(out, c)
	}
	return out
}

func TestCountSweep_AnyOrderOfArrivalGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) taken {
			return taken{rapid.IntRange(0, 6).Draw(t, "person"), rapid.IntRange(0, 3).Draw(t, "agent"), rapid.IntRange(-20, 140).Draw(t, "minute"), rapid.Bool().Draw(t, "trusted"), false}
		}), 0, 30).Draw(t, "taken")
		persons := map[jaring.WorkerID]jaring.SweepPerson{}
		for p := range 7 {
			id := jaring.WorkerID(fmt.Sprint("w", p))
			standing := rapid.SampledFrom(jaring.Standings).Draw(t, "standing")
			persons[id] = jaring.SweepPerson{Survivor: id, Standing: standing, RegisteredAt: at(200)}
		}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		first, second := random.Perm(len(ts)), random.Perm(len(ts))
		one, two := jaring.CountSweep(arrive(ts, first), persons, morning), jaring.CountSweep(arrive(ts, second), persons, morning)
		told := func(c jaring.SweepCount) (out []string) {
			for _, x := range c.Credits {
				out = append(out, fmt.Sprint(x.Survivor, x.Agent, x.Operation))
			}
			for _, x := range c.Doubts {
				out = append(out, fmt.Sprint(x.Worker, x.Operation, x.Why, x.Waits))
			}
			return append(out, fmt.Sprint(c.Waiting, c.Repeated, c.Late))
		}
		if d := cmp.Diff(told(one), told(two)); d != "" {
			t.Fatal(d)
		}
		seen := map[jaring.WorkerID]bool{}
		for _, c := range one.Credits {
			if seen[c.Survivor] {
				t.Fatalf("%s counts twice", c.Survivor)
			}
			seen[c.Survivor] = true
		}
		names := map[jaring.AccountID]string{"a0": "Rahma", "a1": "Yusuf", "a9": "Lina"}
		sum, paid, protected := 0, 0, 0
		rows := jaring.RankAgents(one.Credits, names)
		for i, row := range rows {
			sum, paid, protected = sum+row.Registered, paid+row.Paid, protected+row.Protected
			if row.Rank != i+1 || row.Protected > row.Paid || row.Paid > row.Registered {
				t.Fatalf("%+v", row)
			}
			if i > 0 && rows[i-1].Registered < row.Registered {
				t.Fatalf("%+v before %+v", rows[i-1], row)
			}
			delete(names, row.Agent)
		}
		if sum != len(one.Credits) || len(names) > 0 {
			t.Fatalf("agents have %d together, the sweep %d; %v lack a row", sum, len(one.Credits), names)
		}
		curve := jaring.Curve(one.Credits, at(0), at(121))
		if curve[0].N != 0 || curve[len(curve)-1].N != len(one.Credits) || !slices.IsSortedFunc(curve, func(a, b jaring.CurvePoint) int { return a.N - b.N }) {
			t.Fatalf("%v", curve)
		}
	})
}

func TestRankAgents_EqualsByWhoReachedTheNumberFirstThenByName(t *testing.T) {
	credit := func(op int, agent string, minute int) jaring.Credit {
		return jaring.Credit{SweepCapture: capture(op, "w", agent, jaring.CaptureNew, minute, true), Standing: jaring.StandingProtected}
	}
	rows := jaring.RankAgents([]jaring.Credit{credit(1, "late", 1), credit(2, "early", 2), credit(3, "early", 20), credit(4, "late", 30), credit(5, "more", 40), credit(6, "more", 41), credit(7, "more", 90), credit(8, "guest", 5)},
		map[jaring.AccountID]string{"late": "Ani", "early": "Zul", "more": "Mira", "none b": "Budi", "none a": "Asni"})
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Rank, " ", r.Agent, " ", r.Registered))
	}
	want := []string{"1 more 3", "2 early 2", "3 late 2", "4 guest 1", "5 none a 0", "6 none b 0"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !rows[1].ReachedAt.Equal(at(20)) || !rows[5].ReachedAt.IsZero() {
		t.Errorf("%+v", rows)
	}
}

func TestCurve_PointsOfFiveMinutesAndNeverTooMany(t *testing.T) {
	var credits []jaring.Credit
	for i := range 12 {
		credits = append(credits, jaring.Credit{SweepCapture: capture(i, "w", "a", jaring.CaptureNew, i, true)})
	}
	want := []jaring.CurvePoint{{at(0), 0}, {at(5), 5}, {at(10), 10}, {at(12), 12}}
	if d := cmp.Diff(want, jaring.Curve(credits, at(0), at(12))); d != "" {
		t.Error(d)
	}
	if got := jaring.Curve(nil, time.Time{}, at(0)); got != nil {
		t.Errorf("%v", got)
	}
	if got := jaring.Curve(credits, at(0), at(0)); len(got) != 1 {
		t.Errorf("%v", got)
	}
	if n := len(jaring.Curve(credits, at(0), at(60*24*31))); n > 302 {
		t.Errorf("%d points", n)
	}
}
