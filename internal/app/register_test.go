package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// onBoth runs f in a fresh town on each engine.
func onBoth(t *testing.T, f func(t *testing.T, town *jaringtest.Town)) {
	t.Helper()
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) { f(t, jaringtest.NewTown(t, db)) })
}

func keys(fs []jaring.Finding) (out []string) {
	for _, f := range fs {
		out = append(out, f.Key)
	}
	return out
}

func TestRegisterGivesAPriceACodeAndAHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		v, err := town.App.GetWorker(t.Context(), town.Agent, id)
		if err != nil {
			t.Fatal(err)
		}
		// PP 44/2015 Lampiran II: Rp1.500.000 is in the row with base Rp1.600.000; JKK 1 % + JKM 6.800,
		// halved by PP 50/2025 in November and December 2026, full in January 2027.
		if v.Membership.Quote.Total != 45_600 || v.Payment == nil || v.Payment.Amount != 45_600 {
			t.Errorf("price: %v, payment %+v", v.Membership.Quote.Total, v.Payment)
		}
		if v.Worker.Standing != jaring.StandingWaiting || v.Worker.Area != jaringtest.Legok {
			t.Errorf("standing %s, area %s", v.Worker.Standing, v.Worker.Area)
		}
		history, err := town.App.FindHistory(t.Context(), town.Agent, id)
		if err != nil || len(history) != 1 || history[0].Kind != jaring.WorkerRegistered {
			t.Errorf("history: %v %v", history, err)
		}
	})
}

func TestTheSameOperationFiveTimesIsOnePerson(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		op := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))
		first := jaring.Outcome{}
		for i := range 5 {
			out, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{op})
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				first = out[0]
				continue
			}
			if out[0].Kind != jaring.Same || out[0].First != jaring.Accepted || out[0].Worker != first.Worker {
				t.Errorf("time %d: %+v", i+1, out[0])
			}
		}
		op.Body = jaringtest.JSON(jaringtest.Person(2))
		out, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{op})
		if err != nil || out[0].Kind != jaring.ConflictOutcome {
			t.Errorf("other content under the same id: %+v %v", out, err)
		}
	})
}

func TestTheSecondAgentIsToldAndThePersonsHistoryKeepsIt(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		o, err := town.Do(town.Second, jaring.ActRegisterWorker, jaringtest.Person(1))
		if err != nil || o.Kind != jaring.Refused || o.Candidate != id || keys(o.Findings)[0] != "worker.already_registered" {
			t.Fatalf("%+v %v", o, err)
		}
		history, err := town.App.FindHistory(t.Context(), town.Officer, id)
		if err != nil || len(history) != 2 || history[0].Kind != jaring.WorkerRepeated {
			t.Errorf("history: %v %v", history, err)
		}
	})
}

func TestAllFieldFindingsComeAtOnce(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	body := jaringtest.Person(1)
	body["nik"], body["birth_date"], body["sex"], body["months"], body["village"] = "157102", "1985-02-31", "X", 0, "99.99.99.9999"
	_, err := town.Do(town.Agent, jaring.ActRegisterWorker, body)
	many, ok := err.(jaring.Errors)
	if !ok {
		t.Fatalf("%v", err)
	}
	want := map[string]string{"nik": "nik.length", "birth_date": "date.impossible", "sex": "sex.unknown", "months": "months.range", "village": "village.unknown"}
	for _, e := range many {
		if want[e.Field] == e.Key {
			delete(want, e.Field)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing %v in %v", want, many)
	}
}
