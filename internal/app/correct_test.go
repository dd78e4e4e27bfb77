package app_test

import (
	"slices"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func liteTown(t *testing.T) *jaringtest.Town { return jaringtest.NewTown(t, jaringtest.SQLite(t)) }

// view is a person as an officer of the branch sees him.
func view(t *testing.T, town *jaringtest.Town, id jaring.WorkerID) *app.WorkerView {
	t.Helper()
	v, err := town.App.GetWorker(t.Context(), town.Officer, id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wantKey(t *testing.T, err error, code jaring.Code, key string) {
	t.Helper()
	if jaring.CodeOf(err) != code || jaring.KeyOf(err) != key {
		t.Errorf("%v, want %s: %s", err, code, key)
	}
}

type fields = map[string]any

func correct(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, f fields) (jaring.Outcome, error) {
	return town.Do(actor, jaring.ActCorrectWorker, map[string]any{"worker_id": id, "fields": f, "reason": "dibandingkan dengan KTP"})
}

func TestCorrectEachField(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	nik := jaringtest.Person(700)["nik"].(string)
	for _, c := range []struct {
		field, value string
		got          func(*app.WorkerView) string
		want         string
	}{
		{"name", "  Mardi   Putra ", func(v *app.WorkerView) string { return v.Worker.Name }, "Mardi Putra"},
		{"birth_date", "1971-08-13", func(v *app.WorkerView) string { return v.Worker.BirthDate.String() }, "1971-08-13"},
		{"sex", "F", func(v *app.WorkerView) string { return string(v.Worker.Sex) }, "F"},
		{"birth_place", "Muara Bulian", func(v *app.WorkerView) string { return v.Worker.BirthPlace }, "Muara Bulian"},
		{"phone", "0812-3456-7890", func(v *app.WorkerView) string { return v.Worker.Phone }, "+6281234567890"},
		{"village", jaringtest.MuaraBulu, func(v *app.WorkerView) string { return v.Worker.Village }, jaringtest.MuaraBulu},
		{"address", "Jalan Raden Pamuk 4", func(v *app.WorkerView) string { return v.Worker.Address }, "Jalan Raden Pamuk 4"},
		{"occupation", "nelayan", func(v *app.WorkerView) string { return v.Worker.Occupation }, "nelayan"},
		{"mother_name", "Halimah", func(v *app.WorkerView) string { return map[bool]string{true: "known"}[v.Worker.MotherKnown] }, "known"},
		{"nik", nik, func(*app.WorkerView) string {
			digits, err := town.App.RevealNIK(t.Context(), town.Officer, id, "sesudah perbaikan")
			if err != nil {
				t.Error(err)
			}
			return digits
		}, nik},
	} {
		before := view(t, town, id).Worker.Version
		if _, err := correct(town, town.Agent, id, fields{c.field: c.value}); err != nil {
			t.Errorf("%s: %v", c.field, err)
			continue
		}
		v := view(t, town, id)
		if got := c.got(v); got != c.want || v.Worker.Version != before+1 {
			t.Errorf("%s: %q, want %q; version %d after %d", c.field, got, c.want, v.Worker.Version, before)
		}
		history, err := town.App.FindHistory(t.Context(), town.Officer, id)
		if err != nil || !slices.ContainsFunc(history, func(h app.HistoryItem) bool {
			return h.Kind == jaring.WorkerCorrected && slices.Equal(h.Facts.Fields, []string{c.field}) && h.Facts.Reason == "dibandingkan dengan KTP"
		}) {
			t.Errorf("%s: no trace of it in the history, %v", c.field, err)
		}
		if c.field != "mother_name" {
			_, err = correct(town, town.Agent, id, fields{c.field: c.want})
			wantKey(t, err, jaring.Invalid, "correction.empty")
		}
	}
	wantSound(t, town)
}

func TestCorrectionsAreJudgedWhole(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	_, err := town.Do(town.Agent, jaring.ActCorrectWorker, map[string]any{"worker_id": id, "reason": "x",
		"fields": fields{"name": "", "birth_date": "1985-02-31", "sex": "X", "phone": "12", "village": "1", "nik": "7", "hobby": "mancing", "address": 5}})
	many, _ := err.(jaring.Errors)
	got := map[string]string{}
	for _, e := range many {
		got[e.Field] = e.Key
	}
	for field, key := range map[string]string{"fields/name": "field.required", "fields/birth_date": "date.impossible", "fields/sex": "sex.unknown", "fields/phone": "phone.malformed",
		"fields/village": "village.unknown", "fields/nik": "nik.length", "fields/hobby": "field.unknown", "fields/address": "field.type", "reason": "reason.too_short"} {
		if got[field] != key {
			t.Errorf("%s: %q, want %s", field, got[field], key)
		}
	}
	_, err = correct(town, town.Agent, id, fields{})
	wantKey(t, err, jaring.Invalid, "correction.empty")
	_, err = correct(town, town.Agent, jaring.WorkerID(jaringtest.NewID()), fields{"name": "Siti"})
	wantKey(t, err, jaring.NotFound, "worker.not_found")
	if view(t, town, id).Worker.Version != 1 {
		t.Error("a refused correction changed the record")
	}
}

func lookUp(t *testing.T, town *jaringtest.Town, nik any) jaring.WorkerID {
	t.Helper()
	w, err := town.App.LookUpWorker(t.Context(), town.Auditor, nik.(string))
	if err != nil {
		t.Fatal(err)
	}
	if w == nil {
		return ""
	}
	return w.ID
}

func TestCorrectedNIKMoves(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		one, two := town.Register(town.Agent, 1), town.Register(town.Agent, 2)
		old, taken, fresh := jaringtest.Person(1)["nik"], jaringtest.Person(2)["nik"], jaringtest.Person(3)["nik"]
		_, err := correct(town, town.Agent, one, fields{"nik": taken})
		wantKey(t, err, jaring.Conflict, "worker.already_registered")
		if lookUp(t, town, old) != one || lookUp(t, town, taken) != two {
			t.Error("a refused correction moved a NIK")
		}
		if _, err := correct(town, town.Agent, one, fields{"nik": fresh}); err != nil {
			t.Fatal(err)
		}
		if lookUp(t, town, fresh) != one || lookUp(t, town, old) != "" {
			t.Error("the NIK did not move")
		}
		body := jaringtest.Person(4)
		body["nik"] = old
		if o, err := town.Do(town.Agent, jaring.ActRegisterWorker, body); err != nil || o.Worker == "" {
			t.Errorf("the old NIK is not free: %+v %v", o, err)
		}
	})
}

// The NIK of a merged record still leads to the surviving one when that one's own is corrected.
func TestCorrectedNIKLeavesMergedOnes(t *testing.T) {
	town := liteTown(t)
	one, two := town.Register(town.Agent, 1), town.Register(town.Agent, 2)
	if _, err := merge(town, town.Officer, one, two); err != nil {
		t.Fatal(err)
	}
	if _, err := correct(town, town.Agent, two, fields{"nik": jaringtest.Person(3)["nik"]}); err != nil {
		t.Fatal(err)
	}
	if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != two {
		t.Errorf("the merged NIK leads to %q, want %s", got, two)
	}
	if _, err := correct(town, town.Agent, two, fields{"nik": jaringtest.Person(1)["nik"]}); err != nil {
		t.Errorf("one's own other NIK: %v", err)
	}
	if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != two {
		t.Errorf("leads to %q", got)
	}
}

func TestParallelEdits(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		edit := func(occupation string, device jaring.DeviceID) (jaring.Outcome, error) {
			op := town.Operation(jaring.ActCorrectWorker, map[string]any{"worker_id": id, "fields": fields{"occupation": occupation}, "reason": "salah dengar"})
			op.BaseVersion, op.Device = 1, device
			done, err := town.App.Apply(t.Context(), town.Agent, []jaring.Operation{op})
			if err != nil {
				return jaring.Outcome{}, err
			}
			return done[0], nil
		}
		if _, err := edit("nelayan", ""); err != nil {
			t.Fatal(err)
		}
		_, err := edit("petani", "")
		wantKey(t, err, jaring.Conflict, "worker.changed_meanwhile")
		o, err := edit("petani", jaring.DeviceID(jaringtest.NewID()))
		if err != nil || o.Kind != jaring.Accepted || !slices.Contains(keys(o.Findings), "worker.changed_meanwhile") {
			t.Errorf("from a phone: %+v %v", o, err)
		}
		if got := view(t, town, id).Worker.Occupation; got != "petani" {
			t.Errorf("occupation %s", got)
		}
	})
}

// Counters follow a person who turns out to be of another sex or age.
func TestCountersFollowCorrections(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1) // M, born 1971
	if _, err := correct(town, town.Agent, id, fields{"sex": "F", "birth_date": "1995-08-12"}); err != nil {
		t.Fatal(err)
	}
	if err := pay(town, town.Officer, id); err != nil {
		t.Fatal(err)
	}
	if _, err := town.App.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]int64{"M": 0, "F": 1} {
		if got := gauge(t, town, jaring.BySex, value, jaring.StandingPaid) + gauge(t, town, jaring.BySex, value, jaring.StandingWaiting); got != want {
			t.Errorf("%s: %d, want %d", value, got, want)
		}
	}
	for value, want := range map[string]int64{"55-64": 0, "45-54": 0, "25-34": 1} {
		if got := gauge(t, town, jaring.ByAge, value, jaring.StandingPaid) + gauge(t, town, jaring.ByAge, value, jaring.StandingWaiting); got != want {
			t.Errorf("age %s: %d, want %d", value, got, want)
		}
	}
	if got := gauge(t, town, jaring.ByAll, "", jaring.StandingPaid); got != 1 {
		t.Errorf("%d paid in all", got)
	}
	wantSound(t, town)
}

func gauge(t *testing.T, town *jaringtest.Town, d jaring.Dimension, value string, s jaring.Standing) int64 {
	t.Helper()
	n, err := town.App.Counted(t.Context(), jaring.Counter{Dimension: d, Value: value, Measure: jaring.Gauge(s)})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
