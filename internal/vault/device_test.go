package vault_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"testing"

	"jaring/internal/vault"
)

func TestSignedByDevice(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("receipt"))
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	good := base64.StdEncoding.EncodeToString(raw)
	if !vault.SignedByDevice(spki, []byte("receipt"), good) {
		t.Error("the signature is right")
	}
	for name, bad := range map[string]bool{"another text": vault.SignedByDevice(spki, []byte("receipt!"), good), "no key": vault.SignedByDevice([]byte("?"), []byte("receipt"), good),
		"no base64": vault.SignedByDevice(spki, []byte("receipt"), "?"), "too short": vault.SignedByDevice(spki, []byte("receipt"), good[:40])} {
		if bad {
			t.Errorf("%s: taken", name)
		}
	}
}
