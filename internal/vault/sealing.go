package vault

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"math/big"

	"jaring/internal/jaring"
)

// What a phone keeps until there is signal is sealed to the office's public key, so that
// the phone itself cannot open it: ECDH on P-256 (older phones have no X25519), HKDF-SHA256,
// AES-256-GCM. Each text has a key pair of its own, thrown away at once, and is bound to the
// id of its operation.

// SealingKey opens what phones have sealed.
type SealingKey struct {
	ID      string
	private *ecdh.PrivateKey
}

// Public is the raw point that phones seal to: 65 bytes, uncompressed.
func (k *SealingKey) Public() []byte { return k.private.PublicKey().Bytes() }

// Sealed is a text on its way from a phone.
type Sealed struct {
	KeyID string
	Point []byte // of the key pair that was thrown away: 65 bytes, uncompressed
	IV    []byte // 12 bytes
	Text  []byte // with the tag of 16 bytes behind it
}

const (
	sealingInfo = "jaring-sealing-1" // makes the first sealing key of the signing key
	sealInfo    = "jaring-seal-1|"   // before the operation's id
	ivSize      = 12
)

// UseOlderSealing lets phones be told the sealing key before the first, while some server
// may not have the first one yet.
func (r *Ring) UseOlderSealing() { r.olderSealing = true }

// SealingKey is the one that phones are told now.
func (r *Ring) SealingKey() (*SealingKey, error) {
	switch {
	case len(r.Sealing) == 0 || len(r.Sealing) == 1 && r.olderSealing:
		return r.firstSealing()
	case r.olderSealing:
		return sealingOf(r.Sealing[1])
	}
	return sealingOf(r.Sealing[0])
}

// firstSealing is made of the signing key, which never rotates: every key file has one.
func (r *Ring) firstSealing() (*SealingKey, error) {
	private, err := pointKey(r.Signing.Secret, sealingInfo)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(private.PublicKey().Bytes())
	return &SealingKey{"sealing-" + hex.EncodeToString(sum[:6]), private}, nil
}

func sealingOf(k Key) (*SealingKey, error) {
	private, err := pointKey(k.Secret, sealingInfo)
	return &SealingKey{k.ID, private}, err
}

// pointKey makes a private key of P-256 from a secret. 16 bytes more than the order of the
// curve has make the bias of the remainder nil.
func pointKey(secret []byte, info string) (*ecdh.PrivateKey, error) {
	wide, err := hkdf.Key(sha256.New, secret, nil, info, keySize+16)
	if err != nil {
		return nil, err
	}
	d := new(big.Int).SetBytes(wide)
	d.Mod(d, orderLessOne).Add(d, big.NewInt(1))
	return ecdh.P256().NewPrivateKey(d.FillBytes(make([]byte, keySize)))
}

// orderLessOne is the order of P-256 less one (FIPS 186-5, SP 800-186).
var orderLessOne, _ = new(big.Int).SetString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", 16)

// OpenSealed opens what a phone sealed for an operation.
// Errors: seal.key_unknown, seal.damaged.
func (r *Ring) OpenSealed(s Sealed, operation jaring.OperationID) ([]byte, error) {
	key, err := r.sealingKey(s.KeyID)
	if err != nil {
		return nil, err
	}
	damaged := jaring.NewError(jaring.Invalid, "seal.damaged")
	point, err := ecdh.P256().NewPublicKey(s.Point)
	if err != nil || len(s.IV) != ivSize {
		return nil, damaged
	}
	shared, err := key.private.ECDH(point)
	if err != nil {
		return nil, damaged
	}
	text, err := withShared(shared, operation, func(a cipher.AEAD) ([]byte, error) { return a.Open(nil, s.IV, s.Text, []byte(operation)) })
	if err != nil {
		return nil, damaged
	}
	return text, nil
}

func (r *Ring) sealingKey(id string) (*SealingKey, error) {
	for _, k := range r.Sealing {
		if k.ID == id {
			return sealingOf(k)
		}
	}
	first, err := r.firstSealing()
	if err != nil {
		return nil, err
	}
	if first.ID != id {
		return nil, jaring.NewError(jaring.Invalid, "seal.key_unknown")
	}
	return first, nil
}

// SealFor seals a text for an operation as a phone does: to the public point of a sealing key.
func SealFor(public []byte, keyID string, operation jaring.OperationID, text []byte) (Sealed, error) {
	own, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return Sealed{}, err
	}
	iv := make([]byte, ivSize)
	if _, err := rand.Read(iv); err != nil {
		return Sealed{}, err
	}
	return sealWith(own, iv, public, keyID, operation, text)
}

func sealWith(own *ecdh.PrivateKey, iv, public []byte, keyID string, operation jaring.OperationID, text []byte) (Sealed, error) {
	s := Sealed{KeyID: keyID, Point: own.PublicKey().Bytes(), IV: iv}
	point, err := ecdh.P256().NewPublicKey(public)
	if err != nil {
		return s, err
	}
	shared, err := own.ECDH(point)
	if err != nil {
		return s, err
	}
	s.Text, err = withShared(shared, operation, func(a cipher.AEAD) ([]byte, error) { return a.Seal(nil, iv, text, []byte(operation)), nil })
	return s, err
}

// withShared does f with the key that both sides make of their shared secret.
func withShared(shared []byte, operation jaring.OperationID, f func(cipher.AEAD) ([]byte, error)) ([]byte, error) {
	secret, err := hkdf.Key(sha256.New, shared, nil, sealInfo+string(operation), keySize)
	if err != nil {
		return nil, err
	}
	a, err := aead(secret)
	if err != nil {
		return nil, err
	}
	return f(a)
}
