package app_test

import (
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// shop is the body of an employer that an agent enters on a phone.
func shop(name, nib string) map[string]any {
	return map[string]any{"kind": "business", "name": name, "nib": nib, "area": jaringtest.Legok, "sector": "trade", "risk_class": 1, "size_class": "micro", "contact_name": "Bu Tini"}
}

// sends is what a phone is told of operations that it took, each waiting for the one before.
func sends(t *testing.T, town *jaringtest.Town, agent jaring.Actor, phone jaringtest.Phone, ops ...jaring.Operation) []jaring.Outcome {
	t.Helper()
	out, err := town.App.Sync(t.Context(), agent, app.SyncBatch{Device: phone.ID, ClockNow: town.Now(), Operation: ops})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// hiredAt is the operation by which a phone adds the n-th person of the town to an employer that it registered.
func hiredAt(town *jaringtest.Town, employer jaring.Operation, n int) jaring.Operation {
	o := town.Operation(jaring.ActAddEmployee, map[string]any{"employer_id": employer.ID, "person": jaringtest.Person(n), "wage": 2_000_000, "position": "penjual"})
	o.After = []jaring.OperationID{employer.ID}
	return o
}

// An agent registers a shop and who works there, without signal and in any order of arrival; another agent neither
// sees it nor adds to it, and who registers it again is told.
func TestAgentRegistersAnEmployerOnAPhone(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx := t.Context()
		mine, other := town.Enrol(town.Agent), town.Enrol(town.Second)
		first := town.Operation(jaring.ActRegisterEmployer, shop("Toko Makmur", "9120001234567"))
		one, two := hiredAt(town, first, 1), hiredAt(town, first, 2)
		if out := sends(t, town, town.Agent, mine, one); out[0].Kind != jaring.HeldEarlier {
			t.Fatalf("before its employer: %+v", out[0])
		}
		out := sends(t, town, town.Agent, mine, first, two, first)
		if out[0].Kind != jaring.Accepted || out[1].Kind != jaring.Accepted || out[1].Worker == "" || out[2].Kind != jaring.Same {
			t.Fatalf("%+v", out)
		}
		if out = sends(t, town, town.Agent, mine, one); out[0].Kind != jaring.Same || out[0].First != jaring.Accepted {
			t.Errorf("what waited was done: %+v", out[0])
		}
		again := town.Operation(jaring.ActRegisterEmployer, shop("Toko Makmur", "9120001234567"))
		out = sends(t, town, town.Second, other, again, hiredAt(town, again, 3), hiredAt(town, first, 3))
		for i, want := range []string{"employer.nib_taken", "employer.unknown", "employer.unknown"} {
			if out[i].Kind != jaring.Refused || out[i].Findings[0].Key != want {
				t.Errorf("%d: %+v, want %s", i, out[i], want)
			}
		}
		wrong := town.Operation(jaring.ActRegisterEmployer, map[string]any{"kind": "firma", "size_class": "micro", "risk_class": 9})
		if out = sends(t, town, town.Agent, mine, wrong); out[0].Kind != jaring.Refused || len(out[0].Findings) < 4 {
			t.Errorf("all at once: %+v", out[0])
		}
		own, _, err := town.App.FindEmployers(ctx, town.Agent, app.EmployerQuery{})
		if err != nil || len(own) != 1 || own[0].Working != 2 || own[0].MadeBy != town.Agent.Account {
			t.Fatalf("%+v %v", own, err)
		}
		if rows, _, err := town.App.FindEmployers(ctx, town.Second, app.EmployerQuery{}); err != nil || len(rows) != 0 {
			t.Errorf("%+v %v", rows, err)
		}
		_, err = town.App.GetEmployer(ctx, town.Second, string(first.ID))
		wantKey(t, err, jaring.NotFound, "employer.unknown")
		if v, err := town.App.GetEmployer(ctx, town.Agent, string(first.ID)); err != nil || v.MayChange || len(v.People) != 2 {
			t.Errorf("%+v %v", v, err)
		}
		_, err = town.App.BillEmployer(ctx, town.Agent, op(), string(first.ID), jaring.DayIn(town.Now(), app.Zone("")).Month())
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		if v, err := town.App.GetEmployer(ctx, town.Officer, string(first.ID)); err != nil || !v.MayChange {
			t.Errorf("the office has it: %+v %v", v, err)
		}
		wantSound(t, town)
	})
}

// Without a certificate a screen turns the agent back; what a phone has taken is kept, and a person looks at it.
func TestUnlicensedAgentAndEmployers(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	agent := town.Hire("baru", "Agen Baru", jaring.RoleAgent, town.Branch)
	phone := town.Enrol(agent)
	if _, err := town.Do(agent, jaring.ActRegisterEmployer, shop("Toko Baru", "")); jaring.CodeOf(err) != jaring.Forbidden {
		t.Error(err)
	}
	first := town.Operation(jaring.ActRegisterEmployer, shop("Toko Baru", ""))
	known := town.Register(town.Agent, 2)
	out := sends(t, town, agent, phone, first, hiredAt(town, first, 1), hiredAt(town, first, 2))
	if out[0].Kind != jaring.Accepted || len(out[0].Findings) != 1 || out[1].Kind != jaring.Review || out[2].Kind != jaring.Refused || out[2].Findings[0].Key != out[0].Findings[0].Key {
		t.Errorf("%+v", out)
	}
	if v, err := town.App.GetWorker(t.Context(), town.Officer, known); err != nil || len(v.All) != 1 {
		t.Errorf("%+v %v", v, err)
	}
}
