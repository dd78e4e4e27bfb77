package auth_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func spkiOf(t *testing.T, public any) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestEnrolTakesP256Alone(t *testing.T) {
	w := sqliteTown(t)
	budi := w.actor("budi")
	p384, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	small, _ := rsa.GenerateKey(rand.Reader, 1024)
	ed, _, _ := ed25519.GenerateKey(rand.Reader)
	good := newPhone(t).spki
	offCurve := append([]byte(nil), good...)
	offCurve[len(offCurve)-1] ^= 1
	for name, spki := range map[string][]byte{
		"nothing": nil, "P-384": spkiOf(t, &p384.PublicKey), "RSA": spkiOf(t, &small.PublicKey), "Ed25519": spkiOf(t, ed),
		"cut off": good[:90], "something behind": append(append([]byte(nil), good...), 0), "not on the curve": offCurve, "huge": make([]byte, 1<<20),
		"a private key": mustDER(t),
	} {
		_, err := w.Enrol(t.Context(), budi, "HP", spki)
		if jaring.KeyOf(err) != "device.key_malformed" || jaring.CodeOf(err) != jaring.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := w.Enrol(t.Context(), budi, strings.Repeat("é", 80), good)
	w.want(err, "")
}

func mustDER(t *testing.T) []byte {
	t.Helper()
	der, err := x509.MarshalECPrivateKey(newPhone(t).key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestEnrolTellsAllThatIsWrong(t *testing.T) {
	w := sqliteTown(t)
	for name, want := range map[string]string{"  ": "field.required", strings.Repeat("x", 81): "field.too_long"} {
		_, err := w.Enrol(t.Context(), w.actor("budi"), name, nil)
		var es jaring.Errors
		if !errors.As(err, &es) || len(es) != 2 || es[0].Key != want || es[0].Field != "name" || es[1].Key != "device.key_malformed" || es[1].Field != "public_key" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestWhoMayEnrolAndRevoke(t *testing.T) {
	w := sqliteTown(t)
	ctx := t.Context()
	_, err := w.Enrol(ctx, w.actor("root"), "HP", newPhone(t).spki)
	w.want(err, "error.forbidden")
	_, err = w.Enrol(ctx, jaring.Actor{}, "HP", newPhone(t).spki)
	w.want(err, "error.unauthenticated")
	id, err := w.Enrol(ctx, w.actor("budi"), "HP", newPhone(t).spki)
	w.must(err)
	w.want(w.Revoke(ctx, w.actor("siti"), id), "error.forbidden")
	w.want(w.Revoke(ctx, w.actor("joko"), id), "error.out_of_area") // admin of another branch
	w.want(w.Revoke(ctx, jaring.Actor{}, id), "error.unauthenticated")
	for _, unknown := range []jaring.DeviceID{"x", "00000000-0000-7000-8000-000000000000"} {
		if err := w.Revoke(ctx, w.actor("root"), unknown); jaring.KeyOf(err) != "device.unknown" || jaring.CodeOf(err) != jaring.NotFound {
			t.Errorf("revoke %s: %v", unknown, err)
		}
	}
	if _, _, err := w.ActorOfDevice(ctx, id); err != nil {
		t.Errorf("revoked by somebody who may not: %v", err)
	}
	w.must(w.Revoke(ctx, w.actor("root"), id))
	_, _, err = w.ActorOfDevice(ctx, id)
	w.want(err, "device.revoked")
}

func TestEnrolAgainIsTheSameDevice(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx := t.Context()
		budi, p := w.actor("budi"), newPhone(t)
		first, err := w.Enrol(ctx, budi, "HP", p.spki)
		w.must(err)
		again, err := w.Enrol(ctx, budi, "HP", p.spki)
		if w.must(err); again != first {
			t.Errorf("the same key became two devices: %s, %s", first, again)
		}
		others, err := w.Enrol(ctx, w.actor("siti"), "HP", p.spki)
		if w.must(err); others == first {
			t.Error("two accounts share a device")
		}
		w.must(w.Revoke(ctx, budi, first))
		anew, err := w.Enrol(ctx, budi, "HP baru", p.spki)
		if w.must(err); anew == first {
			t.Error("a revoked device came back to life")
		}
		all, err := w.FindDevices(ctx, budi)
		if w.must(err); len(all) != 2 || all[0].ID != anew || all[0].Name != "HP baru" || !all[0].RevokedAt.IsZero() || all[1].RevokedAt.IsZero() {
			t.Errorf("devices %+v", all)
		}
	})
}
