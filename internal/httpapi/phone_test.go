package httpapi_test

import (
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func correction(by, worker string, field string, value any) map[string]any {
	body := map[string]any{"fields": map[string]any{field: value}, "reason": "salah dengar di pasar"}
	if by != "" {
		body["registered_by"] = by
	} else {
		body["worker_id"] = worker
	}
	return body
}

func TestSyncCorrectsWhomItRegisters(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		f := newField(t, db)
		b := f.batch()
		id := b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
		b.add(jaring.ActRegisterWorker, jaringtest.Person(2))
		b.add(jaring.ActCorrectWorker, correction(id, "", "occupation", "nelayan"), func(o *operation) { o.After = []string{id} })
		b.add(jaring.ActCorrectWorker, correction(id, "", "phone", "0812-3456-7890"))
		b.add(jaring.ActWithdrawConsent, map[string]any{"registered_by": b.id(1), "reason": "berubah pikiran"})
		b.add(jaring.ActCorrectWorker, correction(b.id(1), "", "occupation", "nelayan"))
		b.add(jaring.ActRegisterWorker, jaringtest.Person(2))
		got := b.send(f.phone)
		f.wantDid(got, "accepted", "accepted", "accepted", "accepted", "accepted", "refused:worker.closed", "accepted")
		f.wantOccupation(got[0].WorkerID, "nelayan")
		if got[6].WorkerID == got[1].WorkerID {
			t.Error("who withdrew is not a new record")
		}
		f.wantDid(b.send(f.phone), "same", "same", "same", "same", "same", "same:worker.closed", "same")
	})
}

// Several corrections of one person in one batch are done in their order, and one that
// was made on an older version is marked, not refused.
func TestSyncParallelCorrections(t *testing.T) {
	f := liteField(t)
	id := string(f.Register(f.Agent, 1))
	b := f.batch()
	version := func(o *operation) { o.BaseVersion = 1 }
	for _, occupation := range []string{"nelayan", "petani", "penjahit"} {
		b.add(jaring.ActCorrectWorker, correction("", id, "occupation", occupation), version)
	}
	f.wantDid(b.send(f.phone), "accepted", "accepted:worker.changed_meanwhile", "accepted:worker.changed_meanwhile")
	f.wantOccupation(id, "penjahit")
}

// A rule that only the writer can find refuses one operation, alone or among others.
func TestSyncNIKOfSomebodyElse(t *testing.T) {
	f := liteField(t)
	one, two := string(f.Register(f.Agent, 1)), jaringtest.Person(2)["nik"]
	f.Register(f.Agent, 2)
	alone := f.batch()
	alone.add(jaring.ActCorrectWorker, correction("", one, "nik", two))
	f.wantDid(alone.send(f.phone), "refused:worker.already_registered")
	f.wantDid(alone.send(f.phone), "same:worker.already_registered")
	b := f.batch()
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3))
	b.add(jaring.ActCorrectWorker, correction("", one, "nik", two))
	b.add(jaring.ActRegisterWorker, jaringtest.Person(4))
	f.wantDid(b.send(f.phone), "accepted", "refused:worker.already_registered", "accepted")
	f.wantDid(b.send(f.phone), "same", "same:worker.already_registered", "same")
}

func TestSyncOfWhomWeNoLongerTrust(t *testing.T) {
	f := liteField(t)
	f.Pass(30 * 24 * time.Hour) // the session is long over, the phone's key is not
	b := f.batch()
	b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	f.wantDid(b.send(f.phone), "accepted")
	refused := func(phone jaringtest.Phone, key string) {
		t.Helper()
		b := newBatch(f.door, phone)
		b.add(jaring.ActRegisterWorker, jaringtest.Person(2))
		f.send(ask{method: "POST", path: "/sync", body: b.signed(phone)}).want(t, 401, key)
	}
	lost := f.Enrol(f.Agent)
	if err := f.Auth.Revoke(t.Context(), f.Agent, lost.ID); err != nil {
		t.Fatal(err)
	}
	refused(lost, "device.revoked")
	second := f.Enrol(f.Second)
	if err := f.Auth.DisableAccount(t.Context(), f.Admin, f.Second.Account); err != nil {
		t.Fatal(err)
	}
	refused(second, "account.disabled")
	f.wantDid(b.send(f.phone), "same")
}

// What another agent left waiting, and can no longer send, is no matter of this batch.
func TestSyncReleasesForOthers(t *testing.T) {
	f := liteField(t)
	other := f.Enrol(f.Second)
	mine, theirs := f.batch(), newBatch(f.door, other)
	id := mine.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	theirs.add(jaring.ActRegisterWorker, jaringtest.Person(2), func(o *operation) { o.After = []string{id} })
	f.wantDid(theirs.send(other), "held:operation.waits")
	if err := f.Auth.DisableAccount(t.Context(), f.Admin, f.Second.Account); err != nil {
		t.Fatal(err)
	}
	f.wantDid(mine.send(f.phone), "accepted")
	f.wantDid(mine.send(f.phone), "same")
}

// An operation that breaks on our side is kept and tried again; the others go on.
func TestSyncWhatBreaksIsKept(t *testing.T) {
	url := jaringtest.SQLiteURL(t)
	f := newField(t, jaringtest.Open(t, url))
	id := string(f.Register(f.Agent, 1))
	// Sealed text of another column does not open as this one; swapping twice mends it.
	swap := func() {
		rawSQL(t, url, "UPDATE worker SET nik_sealed = mother_sealed, mother_sealed = nik_sealed WHERE worker_id = ?", id)
	}
	swap()
	b := f.batch()
	b.add(jaring.ActRegisterWorker, jaringtest.Person(2))
	b.add(jaring.ActCorrectWorker, correction("", id, "occupation", "nelayan"))
	b.add(jaring.ActRegisterWorker, jaringtest.Person(3))
	f.wantDid(b.send(f.phone), "accepted", "held:operation.kept", "accepted")
	f.wantDid(b.send(f.phone), "same", "held:operation.kept", "same")
	if _, err := f.App.ReleaseHeld(t.Context()); err == nil {
		t.Error("the damage mended itself")
	}
	swap()
	if _, err := f.App.ReleaseHeld(t.Context()); err != nil {
		t.Error(err)
	}
	f.wantOccupation(id, "nelayan")
	f.wantDid(b.send(f.phone), "same", "same", "same")
}

func TestSyncAnswersInTheLanguageAsked(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	b.add(jaring.ActRegisterWorker, map[string]any{"nik": "1571"})
	for lang, want := range map[string]string{"en": "This needs to be filled in.", "id": "Ini perlu diisi."} {
		a := f.send(ask{method: "POST", path: "/sync", body: b.signed(f.phone), lang: lang}).want(t, 200, "")
		if !strings.Contains(string(a.text), want) {
			t.Errorf("%s: %s", lang, a.text)
		}
	}
}

// Who is registered already is told to whom it concerns, and to nobody else.
func TestSyncTellsNoStrangersName(t *testing.T) {
	f := liteField(t)
	f.Register(f.SubAgent, 1)
	b := f.batch()
	b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	got := b.send(f.phone)
	f.wantDid(got, "refused:worker.already_registered")
	if name := jaringtest.Person(1)["name"].(string); strings.Contains(string(got[0].raw), name) || got[0].WorkerID != "" {
		t.Errorf("%s", got[0].raw)
	}
}

// Who comes back after the end is answered like somebody new, and the page shows both stays.
func TestWhoComesBackOverHTTP(t *testing.T) {
	f := liteField(t)
	id := string(f.Register(f.Second, 1))
	f.post(f.Officer, "/workers/"+id+"/payments", map[string]any{"amount": 45_600, "channel": "counter", "reference": "K-1", "paid_on": "2026-11-21"}).want(t, 200, "")
	f.Pass(162 * 24 * time.Hour)
	f.cookies = map[jaring.AccountID]string{} // sessions are over
	if _, err := f.App.Age(t.Context()); err != nil {
		t.Fatal(err)
	}
	var made struct {
		WorkerID   string `json:"worker_id"`
		Outcome    string
		Membership struct{ State string }
		Payment    struct{ State string }
		Warnings   []struct{ Code, Verdict string }
	}
	f.post(f.Agent, "/workers", jaringtest.Person(1)).want(t, 201, "").into(t, &made)
	if made.WorkerID != id || made.Outcome != "accepted" || made.Membership.State != "registered" || made.Payment.State != "waiting" || len(made.Warnings) != 1 || made.Warnings[0].Code != "worker.rejoined" {
		t.Errorf("%+v", made)
	}
	var page struct {
		Status  string
		Earlier []struct {
			State      string
			FirstMonth string `json:"first_month"`
		} `json:"earlier_memberships"`
		Months []struct{ Month, State string }
	}
	f.get(f.Agent, "/workers/"+id).want(t, 200, "").into(t, &page)
	months := map[string]string{}
	for _, m := range page.Months {
		months[m.Month] = m.State
	}
	if page.Status != "waiting" || len(page.Earlier) != 1 || page.Earlier[0].State != "ended" || months["2026-12"] != "paid" || months["2027-03"] != "none" || months["2027-05"] != "waiting" {
		t.Errorf("%+v", page)
	}
	f.get(f.Second, "/workers/"+id).want(t, 404, "worker.not_found") // the person is another agent's now
	b := f.batch()
	b.now = f.Now().Format(time.RFC3339)
	b.add(jaring.ActRegisterWorker, jaringtest.Person(1))
	f.wantDid(b.send(f.phone), "refused:worker.already_registered")
}
