package auth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// cheap keeps the tests fast; what is tested does not depend on the cost.
var cheap = auth.Parameters{Memory: 64, Time: 1, Threads: 1}

// town is a fund with two branches, one of them with a sub-branch, and people in it.
type town struct {
	*auth.Service
	t                            *testing.T
	db                           *store.DB
	clock                        *jaringtest.Clock
	fund, jambi, tebo, palembang jaring.OfficeID
	password                     map[string]string // by log-in
	account                      map[string]jaring.AccountID
}

func newTown(t *testing.T, db *store.DB) *town {
	t.Helper()
	c := jaringtest.NewClock(time.Date(2026, 11, 21, 2, 41, 0, 0, time.UTC))
	w := &town{t: t, db: db, clock: c, password: map[string]string{}, account: map[string]jaring.AccountID{}}
	w.Service = w.another()
	w.fund = w.office("", "fund", "Dana", "")
	w.jambi = w.office(w.fund, "branch", "Jambi", "15.71", "15.04")
	w.tebo = w.office(w.jambi, "sub_branch", "Tebo", "15.09")
	w.palembang = w.office(w.fund, "branch", "Palembang", "16.71")
	w.person("root", jaring.RoleAdmin, w.fund)
	w.person("kepala", jaring.RoleBranchHead, w.jambi)
	w.person("siti", jaring.RoleOfficer, w.jambi)
	w.person("budi", jaring.RoleAgent, w.tebo)
	w.person("joko", jaring.RoleAdmin, w.palembang)
	return w
}

// sqliteTown is for what does not depend on the engine.
func sqliteTown(t *testing.T) *town { return newTown(t, jaringtest.SQLite(t)) }

// another is the service of a second process on the same database.
func (w *town) another() *auth.Service {
	return auth.New(w.db, auth.Options{Now: w.clock.Now, Hash: cheap})
}

func (w *town) office(parent jaring.OfficeID, kind, name string, areas ...string) jaring.OfficeID {
	w.t.Helper()
	id, err := w.AddOffice(w.t.Context(), jaring.System, auth.NewOffice{Parent: parent, Kind: kind, Name: name, Zone: "Asia/Jakarta", Areas: areas})
	w.must(err)
	return id
}

func (w *town) person(login string, role jaring.Role, office jaring.OfficeID) {
	w.t.Helper()
	id, password, err := w.AddAccount(w.t.Context(), jaring.System, auth.NewAccount{Login: login, Name: login, Role: role, Office: office})
	w.must(err)
	w.account[login], w.password[login] = id, password
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) want(err error, key string) {
	w.t.Helper()
	if got := jaring.KeyOf(err); got != key || (err == nil) != (key == "") {
		w.t.Errorf("got %v, want %q", err, key)
	}
}

func (w *town) logIn(login string) string {
	w.t.Helper()
	token, _, err := w.LogIn(w.t.Context(), login, w.password[login], "127.0.0.1:4000")
	w.must(err)
	return token
}

func (w *town) actor(login string) jaring.Actor {
	w.t.Helper()
	a, _, err := w.Actor(w.t.Context(), w.logIn(login))
	w.must(err)
	return a
}

// events gives the kinds in the chain of a subject and checks its hashes.
func (w *town) events(subject string) (kinds []jaring.EventKind) {
	w.t.Helper()
	var prev []byte
	w.must(w.db.Read(context.Background(), func(tx *store.Tx) error {
		kinds, prev = nil, nil
		es, err := tx.FindEvents(subject)
		for i, e := range es {
			if e.Seq != int64(i+1) || string(e.PrevHash) != string(prev) || string(e.Digest()) != string(e.Hash) {
				w.t.Errorf("event %d of %s does not fit its chain", e.Seq, subject)
			}
			prev = e.Hash
			kinds = append(kinds, e.Kind)
		}
		return err
	}))
	return kinds
}

// phone is a device with its key.
type phone struct {
	key  *ecdsa.PrivateKey
	spki []byte
}

func newPhone(t testing.TB) *phone {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return &phone{key, spki}
}

// sign signs a batch as a browser's WebCrypto does.
func (p *phone) sign(t testing.TB, b auth.Batch) string {
	t.Helper()
	sum := sha256.Sum256(auth.SignedText(b))
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	return base64.StdEncoding.EncodeToString(raw)
}
