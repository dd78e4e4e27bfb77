package app_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The fund gives one person one number for life: who withdraws and comes back is confirmed under it again.
func TestTheNumberComesAlongWithWhoComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const kpj = "S2600000007"
		paid := func() jaring.WorkerID {
			id := town.Register(town.Agent, 1)
			v, err := town.App.GetWorker(t.Context(), town.Officer, id)
			if err != nil {
				t.Fatal(err)
			}
			body := map[string]any{"worker_id": id, "amount": v.Payment.Amount, "channel": "bank", "reference": "T1", "paid_on": v.Today}
			if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil {
				t.Fatal(err)
			}
			return id
		}
		confirm := func(id jaring.WorkerID) error {
			v, err := town.App.GetWorker(t.Context(), town.Officer, id)
			if err != nil {
				return err
			}
			m := v.Membership
			return town.App.Confirm(t.Context(), app.Confirmation{Worker: id, Membership: m.ID, Accepted: true, KPJ: kpj, From: m.FirstMonth, To: m.LastMonth()})
		}
		first := paid()
		if err := confirm(first); err != nil {
			t.Fatal(err)
		}
		if _, err := town.Do(town.Officer, jaring.ActWithdrawConsent, map[string]any{"worker_id": first}); err != nil {
			t.Fatal(err)
		}
		second := paid()
		if err := confirm(second); err != nil {
			t.Fatalf("the same person, the same number: %v", err)
		}
		list, err := town.App.FindWorkers(t.Context(), town.Officer, app.ListQuery{Text: kpj})
		if err != nil || len(list.Workers) != 1 || list.Workers[0].ID != second {
			t.Errorf("the number leads to %+v, %v", list, err)
		}
	})
}

// payDue pays what is asked for now.
func payDue(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) {
	t.Helper()
	body := settlement(town, id)
	body["amount"] = view(t, town, id).Payment.Amount
	if _, err := town.Do(town.Officer, jaring.ActSettle, body); err != nil {
		t.Fatal(err)
	}
}

// lapsed registers and protects the n-th person, and lets so many days go by.
func lapsed(t *testing.T, town *jaringtest.Town, n, days int) jaring.WorkerID {
	t.Helper()
	id := town.Register(town.Agent, n)
	protect(t, town, id, "1000000000"+string(rune('0'+n)))
	wait(t, town, days)
	return id
}

// wait lets days go by and the calendar turn.
func wait(t *testing.T, town *jaringtest.Town, days int) {
	t.Helper()
	town.Pass(time.Duration(days) * day)
	if _, err := town.App.Age(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Covered to 31 January 2027, arrears to 30 April, over from 1 May: 161 days after 21 November.
const untilOver = 161

func TestWhoseCoverHasEndedIsRegisteredAgainInTheSameRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := lapsed(t, town, 1, untilOver)
		first := view(t, town, id)
		if first.Worker.Standing != jaring.StandingEnded {
			t.Fatalf("stands %s", first.Worker.Standing)
		}
		body := jaringtest.Person(1)
		body["programs"], body["occupation"], body["phone"], body["village"] = []string{"JKK", "JKM", "JHT"}, "penjahit", "081234567890", jaringtest.MuaraBulu
		op := town.Operation(jaring.ActRegisterWorker, body)
		o := apply(t, town, town.SubAgent, op)
		if o.Kind != jaring.Accepted || o.Worker != id || !slices.Equal(keys(o.Findings), []string{"worker.rejoined"}) {
			t.Fatalf("%+v", o)
		}
		v := view(t, town, id)
		w := v.Worker
		if w.Standing != jaring.StandingWaiting || w.Agent != town.SubAgent.Account || w.Office != town.Batanghari || w.RegistrationNo != first.Worker.RegistrationNo ||
			w.KPJ != first.Worker.KPJ || w.Occupation != "penjahit" || w.Name != first.Worker.Name || w.RegisteredAt != first.Worker.RegisteredAt {
			t.Errorf("%+v", w.Worker)
		}
		if len(v.All) != 2 || v.All[0].ID != first.Membership.ID || v.All[0].State != jaring.StateConfirmed || v.Membership.ID != o.Membership ||
			v.Membership.FirstMonth != jaring.NewMonth(2027, 5) || v.Payment.Code == first.Payment.Code || v.Payment.State != "waiting" {
			t.Errorf("%+v", v.Membership)
		}
		wantSame(t, town, town.SubAgent, op, o)
		wantBack(t, town, id)
		payDue(t, town, id)
		if err := town.App.Confirm(t.Context(), confirmation(t, town, id, first.Worker.KPJ)); err != nil {
			t.Fatal(err)
		}
		if standing(t, town, id) != jaring.StandingProtected {
			t.Error("not protected again")
		}
		wantSame(t, town, town.SubAgent, op, o)
		wantBack(t, town, id)
	})
}

func apply(t *testing.T, town *jaringtest.Town, actor jaring.Actor, op jaring.Operation) jaring.Outcome {
	t.Helper()
	out, err := town.App.Apply(t.Context(), actor, []jaring.Operation{op})
	if err != nil {
		t.Fatal(err)
	}
	return out[0]
}

// wantSame tells an operation once more and wants the first answer.
func wantSame(t *testing.T, town *jaringtest.Town, actor jaring.Actor, op jaring.Operation, first jaring.Outcome) {
	t.Helper()
	again := apply(t, town, actor, op)
	made, err := town.App.RegisteredBy(t.Context(), again)
	if again.Kind != jaring.Same || again.First != first.Kind || again.Worker != first.Worker || !slices.Equal(keys(again.Findings), keys(first.Findings)) ||
		err != nil || made.Membership.ID != first.Membership {
		t.Errorf("told again: %+v, %v", again, err)
	}
}

// wantBack holds the book of one person who came back once.
func wantBack(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) {
	t.Helper()
	if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != id {
		t.Errorf("the NIK leads to %s", got)
	}
	history, err := town.App.FindHistory(t.Context(), town.Officer, id)
	kinds := map[jaring.EventKind]int{}
	for _, item := range history {
		kinds[item.Kind]++
	}
	if err != nil || kinds[jaring.WorkerRejoined] != 1 || kinds[jaring.WorkerRegistered] != 1 {
		t.Errorf("history %v, %v", kinds, err)
	}
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	for measure, margins := range map[jaring.Measure]map[string]jaring.Dimension{
		jaring.FlowRejoined:   {"": jaring.ByAll, string(town.SubAgent.Account): jaring.ByAgent, "JHT": jaring.ByProgram},
		jaring.FlowRegistered: {"": jaring.ByAll, string(town.Agent.Account): jaring.ByAgent, "JKK": jaring.ByProgram},
	} {
		for value, d := range margins {
			if n, err := town.App.Counted(t.Context(), jaring.Counter{Dimension: d, Value: value, Measure: measure}); n != 1 || err != nil {
				t.Errorf("%s by %s %s: %d, %v", measure, d, value, n, err)
			}
		}
	}
	wantMargins(t, town)
	wantSound(t, town)
}

// In the months in which arrears can still be paid nobody is registered again, and the agent is told until when.
func TestNobodyIsRegisteredAgainBeforeTheEnd(t *testing.T) {
	town := liteTown(t)
	id := lapsed(t, town, 1, untilOver-1)
	o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1)))
	if o.Kind != jaring.Refused || o.Candidate != id || !slices.Equal(keys(o.Findings), []string{"worker.already_registered", "worker.arrears_until"}) ||
		o.Findings[1].Args["until"] != jaring.NewDay(2027, 4, 30) {
		t.Fatalf("in the arrears months: %+v", o)
	}
	town.Pass(day) // it is over, and the calendar has not turned yet
	late := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))
	late.TakenAt = jaringtest.Noon.Add(30 * day) // while the person was covered
	if o := apply(t, town, town.Second, late); o.Kind != jaring.Refused || !slices.Equal(keys(o.Findings), []string{"worker.already_registered"}) {
		t.Errorf("taken during the cover: %+v", o)
	}
	if o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))); o.Kind != jaring.Accepted || o.Worker != id {
		t.Errorf("after the end: %+v", o)
	}
	if moved, err := town.App.Age(t.Context()); moved != 0 || err != nil {
		t.Errorf("the calendar moved %d who have come back, %v", moved, err)
	}
	wantMarginsFolded(t, town)
}

// A wrong digit in a NIK gives nobody's membership to somebody else.
func TestSomebodyElseUnderTheNumberIsNotRegisteredAgain(t *testing.T) {
	town := liteTown(t)
	id := lapsed(t, town, 1, untilOver)
	for field, value := range map[string]string{"birth_date": "1971-08-13", "sex": "F", "name": "Zulkifli Hasibuan"} {
		body := jaringtest.Person(1)
		body[field], body["confirmed"] = value, []string{"nik.birth_differs", "nik.sex_differs"}
		o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, body))
		if o.Kind != jaring.Refused || !slices.Equal(keys(o.Findings), []string{"worker.rejoin_differs"}) || o.Findings[0].Field != field {
			t.Errorf("%s: %+v", field, o)
		}
	}
	if v := view(t, town, id); len(v.All) != 1 || v.Worker.Standing != jaring.StandingEnded {
		t.Errorf("%d memberships", len(v.All))
	}
	body := jaringtest.Person(1)
	body["name"] = body["name"].(string) + "e" // heard a little differently
	if o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, body)); o.Kind != jaring.Accepted || o.Worker != id {
		t.Errorf("%+v", o)
	}
}

// Two agents meet the same person after the end: one new membership, the other agent is told.
func TestTwoAgentsAndOneWhoComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		const persons = 8
		var ids [persons]jaring.WorkerID
		for n := range ids {
			ids[n] = town.Register(town.Agent, n)
			protect(t, town, ids[n], "1000000000"+string(rune('0'+n)))
		}
		wait(t, town, untilOver)
		agents := []jaring.Actor{town.Agent, town.Second, town.SubAgent}
		outcomes := make([][]jaring.Outcome, len(agents))
		start := make(chan struct{})
		var all sync.WaitGroup
		for a, agent := range agents {
			ops := make([]jaring.Operation, persons)
			for n := range ops {
				ops[n] = town.Operation(jaring.ActRegisterWorker, jaringtest.Person((n+3*a)%persons))
			}
			all.Go(func() {
				<-start
				var err error
				if outcomes[a], err = town.App.Apply(t.Context(), agent, ops); err != nil {
					t.Error(err)
				}
			})
		}
		close(start)
		all.Wait()
		if t.Failed() {
			return
		}
		accepted := map[jaring.WorkerID]int{}
		for _, done := range outcomes {
			for _, o := range done {
				if o.Kind == jaring.Accepted {
					accepted[o.Worker]++
				} else if o.Kind != jaring.Refused || keys(o.Findings)[0] != "worker.already_registered" {
					t.Errorf("%+v", o)
				}
			}
		}
		for _, id := range ids {
			if v := view(t, town, id); accepted[id] != 1 || len(v.All) != 2 || v.Worker.Standing != jaring.StandingWaiting {
				t.Errorf("accepted %d times, %d memberships, %s", accepted[id], len(v.All), v.Worker.Standing)
			}
		}
		wantMarginsFolded(t, town)
	})
}

// An answer of the core that comes after the end is about what has ended.
func TestALateAnswerConfirmsTheMembershipThatItIsAbout(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	if err := pay(town, town.Officer, id); err != nil {
		t.Fatal(err)
	}
	late := confirmation(t, town, id, "10000000001")
	wait(t, town, untilOver)
	if o := apply(t, town, town.Second, town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))); o.Kind != jaring.Accepted {
		t.Fatalf("%+v", o)
	}
	if err := town.App.Confirm(t.Context(), late); err != nil {
		t.Fatal(err)
	}
	v := view(t, town, id)
	if v.Worker.Standing != jaring.StandingWaiting || v.Membership.State != jaring.StateRegistered || v.All[0].State != jaring.StateConfirmed || v.Worker.KPJ != "10000000001" {
		t.Errorf("%s %s %s", v.Worker.Standing, v.Membership.State, v.All[0].State)
	}
	payDue(t, town, id)
	if err := town.App.Confirm(t.Context(), confirmation(t, town, id, "10000000001")); err != nil || standing(t, town, id) != jaring.StandingProtected {
		t.Errorf("%s, %v", standing(t, town, id), err)
	}
	_, err := merge(town, town.Officer, id, town.Register(town.Agent, 2))
	wantKey(t, err, jaring.Conflict, "merge.paid")
	wantMarginsFolded(t, town)
}

func wantMarginsFolded(t *testing.T, town *jaringtest.Town) {
	t.Helper()
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantMargins(t, town)
	wantSound(t, town)
}
