package store_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// now is the moment of all samples.
var now = time.Date(2026, time.November, 21, 2, 30, 0, 0, time.UTC)

func newID[T ~string]() T { return T(uuid.Must(uuid.NewV7()).String()) }

// sampleNIK is the n-th of many NIK that nobody has.
func sampleNIK(n int) string {
	return jaringtest.SyntheticNIK("157102", jaring.NewDay(1960, 1, 1).Add(n/999), jaring.Female, 9001+n%999)
}

// digestKey stands for the secret of an index key.
var digestKey = []byte("an index key")

// nikHash is the keyed hash of a synthetic NIK.
func nikHash(nik string) []byte {
	h := hmac.New(sha256.New, digestKey)
	h.Write([]byte(nik))
	return h.Sum(nil)
}

var serial atomic.Int64

// sampleWorker is a whole person, different each time.
func sampleWorker() *store.WorkerRecord {
	n := serial.Add(1)
	return &store.WorkerRecord{
		Worker: jaring.Worker{
			ID: newID[jaring.WorkerID](), RegistrationNo: jaring.RegistrationNo(fmt.Sprintf("R26-%08d", n)), State: jaring.WorkerActive, Version: 1,
			Name: "Siti Ramlah", BirthDate: jaring.NewDay(1984, 2, 29), Sex: jaring.Female, Province: "15", CheckLetters: "KT",
			BirthPlace: "Jambi", Phone: "+62811740001", Village: "15.71.02.1002", Address: "Los 14", Occupation: "pedagang sayur",
			Sector: jaring.SectorOther, Kind: jaring.SelfEmployed, Workplace: newID[jaring.PlaceID](), Area: "15.71.02.1002",
			Office: newID[jaring.OfficeID](), Agent: newID[jaring.AccountID](),
			Consent:     jaring.Consent{NoticeVersion: "2026-1", Channel: "tap", At: now},
			Heirs:       []jaring.Heir{{Name: "Ahmad", Relation: "child", BirthDate: jaring.NewDay(2010, 5, 6)}, {Name: "Budi", Relation: "spouse"}},
			MotherKnown: true, RegisteredAt: now, TakenAt: now.Add(-time.Hour),
			Findings: []jaring.Finding{{Verdict: jaring.Warn, Key: "nik.area", Field: "nik", Args: jaring.Args{"area": "15.71"}, Confirm: true}},
		},
		NameFold: "siti ramlah", PersonKey: []byte{1, 2, 3}, PersonKeyID: "data-1",
		NIKSealed: []byte("sealed nik"), MotherSealed: []byte("sealed mother"), MotherKey: []byte{7},
	}
}

// sampleOperation is an accepted registration of w.
func sampleOperation(w *store.WorkerRecord) *store.OperationRecord {
	id := newID[jaring.OperationID]()
	return &store.OperationRecord{
		ID: id, Kind: jaring.ActRegisterWorker, Digest: nikHash(string(id)), Account: w.Agent, Device: newID[jaring.DeviceID](), Seq: 7,
		TakenAt: w.TakenAt, ReceivedAt: now,
		Outcome: jaring.Outcome{Operation: id, Kind: jaring.Accepted, Worker: w.ID, Membership: newID[jaring.MembershipID](), Findings: w.Findings},
	}
}

func sampleClaim(w *store.WorkerRecord, nik string) store.NIKClaim {
	return store.NIKClaim{Hashes: [][]byte{nikHash(nik)}, KeyID: "index-1", Worker: w.ID}
}

func sampleMembership(w *store.WorkerRecord) *store.MembershipRecord {
	return &store.MembershipRecord{
		Membership: jaring.Membership{
			ID: newID[jaring.MembershipID](), Worker: w.ID, Segment: jaring.BPU, Programs: jaring.Programs{jaring.JKK, jaring.JKM}, Income: 1_000_000,
			LowestBand: true, Sector: jaring.SectorOther, Funding: jaring.FundingSelf, State: jaring.StateRegistered,
			FirstMonth: jaring.NewMonth(2026, 12), Months: 3, RegisteredAt: now, CoreState: jaring.CoreNone,
		},
		Quote: store.QuoteRecord{ID: newID[jaring.QuoteID](), Total: 50_400, Version: "2026-01", Lines: `[]`, Due: jaring.NewDay(2026, 12, 31)},
	}
}

func sampleEvent(subject string, kind jaring.EventKind) *jaring.Event {
	return &jaring.Event{ID: newID[jaring.EventID](), Subject: subject, Kind: kind, At: now, Actor: newID[jaring.AccountID](),
		Office: newID[jaring.OfficeID](), Facts: store.FactsText(jaring.Facts{Month: jaring.NewMonth(2026, 11), Area: "15.71"})}
}

// write and read fail the test when the database does.
func write(t testing.TB, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, db *store.DB, f func(*store.Tx) error) {
	t.Helper()
	if err := db.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// count is the number of rows of a table that a condition holds for.
func count(t testing.TB, db *store.DB, from string, args ...any) (n int64) {
	t.Helper()
	read(t, db, func(tx *store.Tx) error {
		_, err := tx.One(`SELECT count(*) FROM `+from, args, &n)
		return err
	})
	return n
}

// addWorker stores a person alone.
func addWorker(t testing.TB, db *store.DB) *store.WorkerRecord {
	t.Helper()
	w := sampleWorker()
	write(t, db, func(tx *store.Tx) error { return tx.AddWorker(w) })
	return w
}

// wantKey checks the code and key of an error.
func wantKey(t testing.TB, err error, code jaring.Code, key string) {
	t.Helper()
	if jaring.CodeOf(err) != code || jaring.KeyOf(err) != key {
		t.Errorf("got %v, want %s %s", err, code, key)
	}
}

func wantNoFile(t testing.TB, path string) {
	t.Helper()
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", filepath.Base(path), err)
	}
}
