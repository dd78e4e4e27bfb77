package vault

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
)

// deviceSignature is r and s of P-256, 32 bytes each (IEEE P1363), as WebCrypto gives them.
const deviceSignature = 64

// SignedByDevice reports whether the device with that public key (SPKI, P-256) signed a text; signature is
// base64 of r and s over its SHA-256.
func SignedByDevice(spki, text []byte, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	if err != nil || len(raw) != deviceSignature {
		return false
	}
	parsed, err := x509.ParsePKIXPublicKey(spki)
	key, ok := parsed.(*ecdsa.PublicKey)
	if err != nil || !ok || key.Curve != elliptic.P256() {
		return false
	}
	sum := sha256.Sum256(text)
	r, s := new(big.Int).SetBytes(raw[:deviceSignature/2]), new(big.Int).SetBytes(raw[deviceSignature/2:])
	return ecdsa.Verify(key, sum[:], r, s)
}
