package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// field is a phone of the agent at a door.
type field struct {
	*door
	phone jaringtest.Phone
}

func newField(t *testing.T, db *store.DB) *field {
	d := newDoor(t, db)
	return &field{d, d.Enrol(d.Agent)}
}

func liteField(t *testing.T) *field { return newField(t, jaringtest.SQLite(t)) }

func (f *field) batch() *batch { return newBatch(f.door, f.phone) }

func (f *field) wantDid(outcomes []outcome, want ...string) {
	f.t.Helper()
	if got := did(outcomes); !slices.Equal(got, want) {
		f.t.Errorf("%v, want %v", got, want)
	}
}

func TestSyncBatchesThatAreRefusedWhole(t *testing.T) {
	f := liteField(t)
	other := f.Enrol(f.Second)
	full := func(n int) *batch {
		b := f.batch()
		for i := range n {
			b.add(jaring.ActRegisterWorker, jaringtest.Person(i))
		}
		return b
	}
	b := full(1)
	signed := b.signed(f.phone)
	signature := signed[strings.Index(signed, `"signature":"`)+len(`"signature":"`):][:88]
	send := func(text string) reply { return f.send(ask{method: "POST", path: "/sync", body: text}) }
	send("").want(t, 400, "json.empty")
	send("{}").want(t, 401, "device.unknown")
	send(b.text("")).want(t, 401, "sync.signature_missing")
	send(b.text("AAAA")).want(t, 401, "sync.signature_wrong")
	send(b.text(base64.StdEncoding.EncodeToString(make([]byte, 64)))).want(t, 401, "sync.signature_wrong")
	send(b.signed(other)).want(t, 401, "sync.signature_wrong")
	send(strings.Replace(signed, string(f.phone.ID), string(other.ID), 1)).want(t, 401, "sync.signature_wrong")
	send(strings.Replace(signed, string(f.phone.ID), jaringtest.NewID(), 1)).want(t, 401, "device.unknown")
	send(strings.Replace(signed, `"months":3`, `"months":4`, 1)).want(t, 401, "sync.signature_wrong")
	send(strings.Replace(signed, `"app_version":"1.0.0"`, `"app_version":"1.0.1"`, 1)).want(t, 401, "sync.signature_wrong")
	send(strings.Replace(signed, `"operations":[`, `"operations":[`+b.operations[0]+",", 1)).want(t, 401, "sync.signature_wrong")
	send(strings.Replace(signed, "}", `,"mood":"good"}`, 1)).want(t, 422, "field.unknown")
	send(`{"operations":5}`).want(t, 422, "field.type")
	send(`{"operations":{}}`).want(t, 422, "field.type")
	send(full(101).signed(f.phone)).want(t, 422, "sync.too_many")
	send(`{"operations":[`+strings.Repeat("0,", 1<<20)+`0]}`).want(t, 422, "sync.too_many")
	full(100).text(signature)
	var list struct{ Items []any }
	f.get(f.Officer, "/workers").into(t, &list)
	if len(list.Items) != 0 {
		t.Errorf("%d persons from refused batches", len(list.Items))
	}
	f.wantDid(f.batch().send(f.phone)) // empty, and signed
	f.wantDid(b.send(f.phone), "accepted")
}

func TestSyncHalfOfItGarbage(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	b.operations = append(b.operations, `1`, `null`, `"x"`, `[]`, `{}`, `{"id":"x","kind":"worker.register"}`)
	first := b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	b.operations = append(b.operations, `{"id":"`+jaringtest.NewID()+`","id":"`+jaringtest.NewID()+`"}`, `{"ID":"`+jaringtest.NewID()+`"}`)
	b.add("worker.dance", jaringtest.Person(2))
	b.add(jaring.ActRegisterWorker, map[string]any{"nik": "15710", "months": "x"})
	b.add(jaring.ActRegisterWorker, []int{1})
	b.add(jaring.ActRegisterWorker, nil)
	b.add(jaring.ActCorrectWorker, map[string]any{"worker_id": jaringtest.NewID(), "fields": map[string]any{"name": "Siti"}, "reason": "salah tulis"})
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3), func(o *operation) { o.TakenAt = "kemarin" })
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3), func(o *operation) { o.After = slices.Repeat([]string{jaringtest.NewID()}, 5000) })
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3), func(o *operation) { o.After = []string{"x"} })
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3), func(o *operation) { o.AgentID = string(f.Second.Account) })
	last := b.add(jaring.ActRegisterWorker, jaringtest.Person(3))
	got := b.send(f.phone)
	f.wantDid(got, "refused:field.type", "refused:field.type", "refused:field.type", "refused:field.type", "refused:id.malformed", "refused:id.malformed",
		"accepted", "refused:json.duplicate", "refused:field.unknown", "refused:operation.kind_unknown", "refused:field.type", "refused:field.type", "refused:field.type",
		"refused:worker.not_found", "refused:field.type", "refused:field.too_many", "refused:id.malformed", "refused:sync.other_agent", "accepted")
	if got[6].ID != first || got[len(got)-1].ID != last {
		t.Errorf("order: %v", did(got))
	}
	if n := len(got[10].Findings); n < 8 {
		t.Errorf("%d findings of a bad form, want all: %s", n, got[10].raw)
	}
}

func TestSyncReordered(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		f := newField(t, db)
		a := f.batch()
		first := a.add(jaring.ActRegisterWorker, jaringtest.Person(1))
		second := a.add(jaring.ActRegisterWorker, jaringtest.Person(2))
		late := f.batch()
		fix := late.add(jaring.ActCorrectWorker, map[string]any{"registered_by": first, "fields": map[string]any{"occupation": "nelayan"}, "reason": "salah dengar"},
			func(o *operation) { o.After = []string{first, second} })
		f.wantDid(late.send(f.phone), "held:operation.waits")
		f.wantDid(late.send(f.phone), "held:operation.waits") // told again it is still held
		other := f.batch()
		other.add(jaring.ActCorrectWorker, map[string]any{"registered_by": first, "fields": map[string]any{"occupation": "petani"}, "reason": "salah dengar"},
			func(o *operation) { o.ID, o.After = fix, []string{first} })
		f.wantDid(other.send(f.phone), "conflict:operation.conflict")
		one := f.batch()
		one.operations = a.operations[:1]
		did := one.send(f.phone)
		f.wantDid(did, "accepted")
		f.wantOccupation(did[0].WorkerID, "pedagang sayur") // waits for the other one still
		one.operations = a.operations[1:]
		f.wantDid(one.send(f.phone), "accepted")
		f.wantOccupation(did[0].WorkerID, "nelayan")
		f.wantDid(late.send(f.phone), "same")
	})
}

func (f *field) wantOccupation(id, want string) {
	f.t.Helper()
	var w struct{ Occupation string }
	f.get(f.Officer, "/workers/"+id).want(f.t, 200, "").into(f.t, &w)
	if w.Occupation != want {
		f.t.Errorf("occupation %s, want %s", w.Occupation, want)
	}
}

func TestSyncLaterFirstInOneBatch(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	register := jaringtest.NewID()
	b.add(jaring.ActCorrectWorker, map[string]any{"registered_by": register, "fields": map[string]any{"occupation": "nelayan"}, "reason": "salah dengar"},
		func(o *operation) { o.After = []string{register} })
	b.add(jaring.ActRegisterWorker, jaringtest.Person(1), func(o *operation) { o.ID = register })
	got := b.send(f.phone)
	f.wantDid(got, "held:operation.waits", "accepted")
	f.wantOccupation(got[1].WorkerID, "nelayan") // done as soon as the other one was there
	f.wantDid(b.send(f.phone), "same", "same")
}

func TestSyncGivesUpAfterFiveDays(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	b.add(jaring.ActWithdrawConsent, map[string]any{"registered_by": jaringtest.NewID()}, func(o *operation) { o.After = []string{jaringtest.NewID()} })
	lone := f.batch()
	lone.add(jaring.ActRegisterWorker, jaringtest.Person(1), func(o *operation) { o.After = []string{jaringtest.NewID()} })
	f.wantDid(b.send(f.phone), "held:operation.waits")
	f.wantDid(lone.send(f.phone), "held:operation.waits")
	f.Pass(4 * 24 * time.Hour)
	f.wantDid(b.send(f.phone), "held:operation.waits") // which does not start the days anew
	if n, err := f.App.GiveUpHeld(t.Context()); n != 0 || err != nil {
		t.Errorf("%d given up on the fourth day, %v", n, err)
	}
	lone.operations[0] = strings.Replace(lone.operations[0], `"after":[`, `"before":[`, 1)
	unbound := f.batch()
	unbound.add(jaring.ActRegisterWorker, jaringtest.Person(1), func(o *operation) { o.ID = lone.id(0) })
	f.wantDid(unbound.send(f.phone), "accepted") // its sender no longer waits
	f.Pass(24*time.Hour + time.Minute)
	if _, err := f.App.GiveUpHeld(t.Context()); err != nil {
		t.Error(err)
	}
	got := b.send(f.phone)
	f.wantDid(got, "same:operation.earlier_missing")
	if got[0].First != "refused" {
		t.Errorf("first %s", got[0].First)
	}
	f.wantDid(unbound.send(f.phone), "same")
}

// id is the id of the i-th operation.
func (b *batch) id(i int) string {
	_, rest, _ := strings.Cut(b.operations[i], `"id":"`)
	return rest[:36]
}

func TestSyncClockADayWrong(t *testing.T) {
	f := liteField(t)
	for i, wrong := range []time.Duration{-24 * time.Hour, 24 * time.Hour, 10 * time.Minute, 200 * 365 * 24 * time.Hour} {
		b := f.batch()
		b.now = f.Now().Add(wrong).Format(time.RFC3339)
		taken := f.Now().Add(wrong - time.Hour)
		b.add(jaring.ActRegisterWorker, jaringtest.Person(i), func(o *operation) { o.TakenAt = taken.Format(time.RFC3339) })
		got := b.send(f.phone)
		f.wantDid(got, "accepted:clock.untrusted")
		v, err := f.App.GetWorker(t.Context(), f.Officer, jaring.WorkerID(got[0].WorkerID))
		if err != nil || v.Worker.TakenAt.Sub(f.Now().Add(-time.Hour)).Abs() > time.Second && wrong < 1000*time.Hour {
			t.Errorf("%v: taken at %v, now %v, %v", wrong, v.Worker.TakenAt, f.Now(), err)
		}
	}
	b := f.batch()
	b.now = "pukul sembilan"
	b.add(jaring.ActRegisterWorker, jaringtest.Person(7), func(o *operation) { o.TakenAt = "2020-01-01T00:00:00Z" })
	f.wantDid(b.send(f.phone), "accepted:clock.untrusted")
	b = f.batch()
	b.add(jaring.ActRegisterWorker, jaringtest.Person(8), func(o *operation) { o.TakenAt = f.Now().Add(time.Hour).Format(time.RFC3339) })
	f.wantDid(b.send(f.phone), "accepted") // nothing was taken in the future
}

func TestSyncTheSameFiveTimes(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	id := b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	for range 4 {
		b.operations = append(b.operations, b.operations[0])
	}
	refused := b.add(jaring.ActRegisterWorker, map[string]any{"nik": "1", "birth_date": "1985-02-31"})
	b.operations = append(b.operations, b.operations[5])
	b.add(jaring.ActRegisterWorker, jaringtest.Person(2), func(o *operation) { o.ID = id })
	first := b.send(f.phone)
	f.wantDid(first, "accepted", "same", "same", "same", "same", "refused:field.required", "same:field.required", "conflict:operation.conflict")
	for i := range 4 {
		again := b.send(f.phone)
		f.wantDid(again, "same", "same", "same", "same", "same", "same:field.required", "same:field.required", "conflict:operation.conflict")
		if again[0].First != "accepted" || again[4].First != "accepted" || again[5].First != "refused" || again[6].First != "refused" {
			t.Errorf("time %d: first %v", i, again)
		}
		if again[0].WorkerID != first[0].WorkerID || again[0].RegistrationNo != first[0].RegistrationNo || again[0].RegistrationNo == "" {
			t.Errorf("time %d: %s, first %s", i, again[0].raw, first[0].raw)
		}
		if got, want := fmt.Sprint(again[5].Findings), fmt.Sprint(first[5].Findings); again[5].ID != refused || got != want {
			t.Errorf("time %d: %s, first %s", i, got, want)
		}
	}
}
