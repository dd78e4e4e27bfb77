package auth_test

import (
	"fmt"
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// issue puts a certificate into the book, as the acts of agents do.
func (w *town) issue(login, number string, from, until jaring.Day, state jaring.CertificateState) {
	w.t.Helper()
	at := w.clock.Now().Truncate(time.Millisecond)
	c := &store.CertificateRecord{ID: jaring.CertificateID(jaringtest.NewID()), Number: number, Account: w.account[login], Office: w.tebo, Powers: jaring.Powers,
		From: from, Until: until, State: state, StateAt: at, IssuedAt: at, CodeSecret: []byte("x"), CodeKeyID: "k"}
	w.must(w.db.Write(w.t.Context(), func(tx *store.Tx) error { return tx.AddCertificate(c) }))
}

func TestAgentsBringTheirCertificates(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		day := jaring.NewDay(2026, 11, 21)
		phone := newPhone(t)
		device, err := w.Enrol(t.Context(), w.actor("budi"), "HP", phone.spki)
		w.must(err)
		token := w.logIn("budi")
		licence := func() jaring.Licence {
			t.Helper()
			bySession, _, err := w.Actor(t.Context(), token)
			w.must(err)
			byDevice, _, err := w.ActorOfDevice(t.Context(), device)
			w.must(err)
			byName, err := w.ActorOfAccount(t.Context(), w.account["budi"])
			w.must(err)
			for _, a := range []jaring.Actor{byDevice, byName} {
				if a.Licence.Number != bySession.Licence.Number || len(a.Licence.Others) != len(bySession.Licence.Others) {
					t.Errorf("%+v and %+v", a.Licence, bySession.Licence)
				}
			}
			return bySession.Licence
		}
		if l := licence(); l.Number != "" || jaring.KeyOf(l.Allows(jaring.PowerRegister, w.clock.Now(), day)) != "certificate.none" {
			t.Errorf("%+v", l)
		}
		w.issue("budi", "SK-1", day.Add(-100), day.Add(-1), jaring.CertificateValid)
		w.clock.Wind(time.Second)
		w.issue("budi", "SK-2", day, day.Add(30), jaring.CertificateIsStopped)
		w.ForgetAccount(w.account["budi"])
		l := licence()
		if l.Number != "SK-2" || l.Stopped.IsZero() || len(l.Others) != 1 || l.Others[0].Number != "SK-1" || !l.Others[0].Stopped.IsZero() {
			t.Errorf("%+v", l)
		}
		if key := jaring.KeyOf(l.Allows(jaring.PowerRegister, w.clock.Now(), day)); key != "certificate.stopped" {
			t.Error(key)
		}
		if err := l.Allows(jaring.PowerRegister, w.clock.Now().Add(-48*time.Hour), day.Add(-2)); err != nil {
			t.Errorf("work of a day of the one before: %v", err)
		}
		if a := w.actor("siti"); a.Licence.Number != "" {
			t.Errorf("a desk holds %+v", a.Licence)
		}
	})
}

func TestWhatAnybodyMayDoIsCounted(t *testing.T) {
	w := sqliteTown(t)
	for i := range 100 {
		w.want(w.AllowPublic(auth.PublicApply, fmt.Sprintf("192.0.2.7:%d", i)), "")
	}
	err := w.AllowPublic(auth.PublicApply, "192.0.2.7:1")
	if w.want(err, "error.rate_limited"); seconds(err) != 2 {
		t.Errorf("wait %d s", seconds(err))
	}
	w.want(w.AllowPublic(auth.PublicLook, "192.0.2.7:1"), "")
	w.want(w.AllowPublic(auth.PublicApply, "192.0.2.8:1"), "")
	for range 10 {
		w.want(w.AllowCode("SK-1", "192.0.2.7:1"), "")
	}
	w.want(w.AllowCode("SK-1", "192.0.2.7:1"), "error.rate_limited")
	w.want(w.AllowCode("SK-2", "192.0.2.7:1"), "")
	for i := range 50 { // many addresses on one certificate
		w.want(w.AllowCode("SK-1", fmt.Sprintf("198.51.100.%d:1", i)), "")
	}
	w.want(w.AllowCode("SK-1", "198.51.100.99:1"), "error.rate_limited")
	w.clock.Wind(2 * time.Second)
	w.want(w.AllowCode("SK-1", "198.51.100.100:1"), "")
}
