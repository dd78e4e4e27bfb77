package vault_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/vault"
)

func claims() jaring.CertificateToken {
	return jaring.CertificateToken{Number: "SK-26-K7F3-9M2XA", Name: "Rahma Dewi", Office: "Cabang Jambi", Powers: jaring.Powers,
		From: jaring.NewDay(2026, 11, 12), Until: jaring.NewDay(2027, 11, 11), AsOf: jaring.NewDay(2026, 11, 21)}
}

func TestCertificateVerifiesWithThePublicKeyAlone(t *testing.T) {
	r := newRing(t)
	text, err := r.SignCertificate(claims())
	if err != nil {
		t.Fatal(err)
	}
	key, err := r.CertificateKey()
	if err != nil {
		t.Fatal(err)
	}
	// As a browser does it: the text before the last dot, the signature as r and s.
	at := strings.LastIndexByte(text, '.')
	parsed, err := x509.ParsePKIXPublicKey(key.SPKI)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := base64.RawURLEncoding.DecodeString(text[at+1:])
	if err != nil || len(signature) != 64 {
		t.Fatalf("%d bytes %v", len(signature), err)
	}
	sum := sha256.Sum256([]byte(text[:at]))
	if !ecdsa.Verify(parsed.(*ecdsa.PublicKey), sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Error("the public key does not verify the token")
	}
	back, err := r.VerifyCertificate(text)
	if err != nil || back.Number != claims().Number || back.KeyID != key.ID {
		t.Errorf("%+v %v", back, err)
	}
}

func TestForgedCertificates(t *testing.T) {
	r, other := newRing(t), newRing(t)
	text, err := r.SignCertificate(claims())
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.VerifyCertificate(text)
	wantKey(t, err, "certificate.token_forged")
	more := claims()
	more.Until = more.Until.Add(365)
	key, err := r.CertificateKey()
	if err != nil {
		t.Fatal(err)
	}
	more.KeyID = key.ID
	_, err = r.VerifyCertificate(more.SignedText() + text[strings.LastIndexByte(text, '.'):])
	wantKey(t, err, "certificate.token_forged")
	_, err = r.VerifyCertificate("JRC1.x.y")
	wantKey(t, err, "certificate.token_malformed")
	if key.Verify("x", nil) || key.Verify("x", make([]byte, 64)) {
		t.Error("a signature that is none")
	}
}

// The key is made of the signing key: a key file of before has one, always the same.
func TestCertificateKeyOfAnOldKeyFile(t *testing.T) {
	r := newRing(t)
	again, err := vault.Parse([]byte(asJSON(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	one, err := r.CertificateKey()
	if err != nil {
		t.Fatal(err)
	}
	two, err := again.CertificateKey()
	if err != nil || one.ID != two.ID || !bytes.Equal(one.SPKI, two.SPKI) {
		t.Errorf("%s and %s: %v", one.ID, two.ID, err)
	}
	if err := r.Rotate("baru"); err != nil {
		t.Fatal(err)
	}
	if two, err = r.CertificateKey(); err != nil || one.ID != two.ID {
		t.Errorf("another key after a rotation: printed certificates would be forged (%v)", err)
	}
	fresh, err := newRing(t).CertificateKey()
	if err != nil || fresh.ID == one.ID {
		t.Errorf("two installations sign alike: %v", err)
	}
}
