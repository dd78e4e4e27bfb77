package auth

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"strings"

	"jaring/internal/jaring"
)

// Batch is what a phone signs: the head of its message as sent, and each operation as
// the exact bytes of its JSON.
type Batch struct {
	Device      jaring.DeviceID
	AppVersion  string
	PackVersion string
	Now         string // clock.now as sent
	LastSync    string // clock.last_sync as sent; empty when it was not
	Operations  [][]byte
}

const signedHead = "jaring-sync-1"

func (b *Batch) head() []string {
	return []string{string(b.Device), b.AppVersion, b.PackVersion, b.Now, b.LastSync}
}

// SignedText is the text that a device signs: the name of this form, the five fields
// of the head and the SHA-256 of each operation in order, a line each. Two batches
// share a text only when they are equal, as long as no field of the head holds a line
// break; VerifyBatch takes none that does.
func SignedText(b Batch) []byte {
	var t strings.Builder
	t.WriteString(signedHead + "\n")
	for _, field := range b.head() {
		t.WriteString(field + "\n")
	}
	for _, op := range b.Operations {
		sum := sha256.Sum256(op)
		t.WriteString(hex.EncodeToString(sum[:]) + "\n")
	}
	return []byte(t.String())
}

// signatureSize is r and s of P-256, 32 bytes each (IEEE P1363), as WebCrypto gives them.
const signatureSize = 64

var signature64 = base64.StdEncoding.Strict()

// VerifyBatch tells whether key signed the batch. signature is base64 of r‖s over the
// SHA-256 of SignedText. Errors: sync.signature_missing, sync.signature_wrong.
func VerifyBatch(key *ecdsa.PublicKey, b Batch, signature string) error {
	if signature == "" {
		return jaring.NewError(jaring.Unauthenticated, "sync.signature_missing").At("signature")
	}
	wrong := jaring.NewError(jaring.Unauthenticated, "sync.signature_wrong").At("signature")
	if len(signature) != signature64.EncodedLen(signatureSize) { // the decoder skips line breaks
		return wrong
	}
	raw, err := signature64.DecodeString(signature)
	if err != nil || len(raw) != signatureSize {
		return wrong
	}
	for _, field := range b.head() {
		if strings.Contains(field, "\n") {
			return wrong
		}
	}
	r, t := new(big.Int).SetBytes(raw[:signatureSize/2]), new(big.Int).SetBytes(raw[signatureSize/2:])
	sum := sha256.Sum256(SignedText(b))
	if !ecdsa.Verify(key, sum[:], r, t) {
		return wrong
	}
	return nil
}
