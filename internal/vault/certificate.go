package vault

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"math/big"

	"jaring/internal/jaring"
)

// CertificateKey signs agents' certificates: ECDSA on P-256, because the browsers of older
// phones verify no Ed25519. It is made of the signing key, so every key file has one.
type CertificateKey struct {
	ID      string // first bytes of the public key's SHA-256
	SPKI    []byte // the public half
	private *ecdsa.PrivateKey
}

const certificateInfo = "jaring-certificate-1"

// CertificateKey gives the key by which certificates are signed.
func (r *Ring) CertificateKey() (*CertificateKey, error) {
	// 16 bytes more than the order of the curve has make the bias of the remainder nil.
	wide, err := hkdf.Key(sha256.New, r.Signing.Secret, nil, certificateInfo, keySize+16)
	if err != nil {
		return nil, err
	}
	curve := elliptic.P256()
	least := big.NewInt(1)
	d := new(big.Int).SetBytes(wide)
	d.Mod(d, new(big.Int).Sub(curve.Params().N, least)).Add(d, least)
	private, err := ecdsa.ParseRawPrivateKey(curve, d.FillBytes(make([]byte, keySize)))
	if err != nil {
		return nil, err
	}
	spki, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(spki)
	return &CertificateKey{"certificate-" + hex.EncodeToString(sum[:6]), spki, private}, nil
}

// Sign signs text: 64 bytes, r and s.
func (k *CertificateKey) Sign(text string) ([]byte, error) {
	sum := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, sum[:])
	if err != nil {
		return nil, err
	}
	out := make([]byte, 2*keySize)
	r.FillBytes(out[:keySize])
	s.FillBytes(out[keySize:])
	return out, nil
}

// Verify checks a signature of Sign.
func (k *CertificateKey) Verify(text string, signature []byte) bool {
	if len(signature) != 2*keySize {
		return false
	}
	sum := sha256.Sum256([]byte(text))
	r, s := new(big.Int).SetBytes(signature[:keySize]), new(big.Int).SetBytes(signature[keySize:])
	return ecdsa.Verify(&k.private.PublicKey, sum[:], r, s)
}

// SignCertificate gives the text of a token with this installation's key and signature.
func (r *Ring) SignCertificate(t jaring.CertificateToken) (string, error) {
	key, err := r.CertificateKey()
	if err != nil {
		return "", err
	}
	t.KeyID = key.ID
	signed := t.SignedText()
	signature, err := key.Sign(signed)
	return jaring.TokenText(signed, signature), err
}

// VerifyCertificate reads a token that this installation signed.
// Errors: certificate.token_malformed, certificate.token_forged.
func (r *Ring) VerifyCertificate(text string) (jaring.CertificateToken, error) {
	t, signed, signature, err := jaring.ParseCertificateToken(text)
	if err != nil {
		return t, err
	}
	key, err := r.CertificateKey()
	if err != nil {
		return t, err
	}
	if t.KeyID != key.ID || !key.Verify(signed, signature) {
		return jaring.CertificateToken{}, jaring.NewError(jaring.Invalid, "certificate.token_forged")
	}
	return t, nil
}
