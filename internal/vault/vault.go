// Package vault keeps what may not be read by whoever holds the database alone:
// NIK, mother's names, and what the field sent. Keys live in a file beside the
// database, never in it and never in its backup.
//
// Each purpose has keys of its own with an id: index (look-up of a NIK by keyed
// hash), data (wraps the key of each person), digest (compares operations without
// keeping their text), signing (Merkle roots, certificates), sealing (what phones keep
// until there is signal) and filter (the offline duplicate filter of phones). Index, data
// and sealing keys rotate online: the first of a list is in use, the others can still be
// read. The digest key never rotates, or a repeated operation would look like another one.
//
// Every person has a key of their own, wrapped by a data key. Erasing the wrapped
// key erases NIK, mother's name and verbatim captures at once.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"jaring/internal/jaring"
)

const keySize = 32

// Key is one secret with its id. The id may be shown; the secret may not.
type Key struct {
	ID     string `json:"id"`
	Secret []byte `json:"secret"`
}

// Ring is the key set of one installation. The first key of a list is in use.
type Ring struct {
	Index   []Key `json:"index"`
	Data    []Key `json:"data"`
	Digest  Key   `json:"digest"`
	Signing Key   `json:"signing"` // Ed25519 seed
	Filter  Key   `json:"filter"`
	Sealing []Key `json:"sealing,omitempty"` // besides the one made of the signing key; see sealing.go
	Demo    bool  `json:"demo,omitempty"`    // only a demo database accepts it

	olderSealing bool // the sealing key before the first is in use
}

// NewRing makes fresh random keys. Their ids end in suffix, usually the day.
func NewRing(suffix string) (*Ring, error) {
	r := &Ring{}
	for _, part := range []struct {
		name string
		put  func(Key)
	}{
		{"index", func(k Key) { r.Index = []Key{k} }},
		{"data", func(k Key) { r.Data = []Key{k} }},
		{"digest", func(k Key) { r.Digest = k }},
		{"signing", func(k Key) { r.Signing = k }},
		{"filter", func(k Key) { r.Filter = k }},
	} {
		k, err := newKey(part.name, suffix)
		if err != nil {
			return nil, err
		}
		part.put(k)
	}
	return r, nil
}

func newKey(name, suffix string) (Key, error) {
	secret := make([]byte, keySize)
	if _, err := rand.Read(secret); err != nil {
		return Key{}, err
	}
	id := make([]byte, 3)
	if _, err := rand.Read(id); err != nil {
		return Key{}, err
	}
	return Key{ID: fmt.Sprintf("%s-%s-%x", name, suffix, id), Secret: secret}, nil
}

// Rotate puts new index, data and sealing keys in front; the old ones stay readable.
func (r *Ring) Rotate(suffix string) error {
	index, err := newKey("index", suffix)
	if err != nil {
		return err
	}
	data, err := newKey("data", suffix)
	if err != nil {
		return err
	}
	sealing, err := newKey("sealing", suffix)
	if err != nil {
		return err
	}
	r.Index = append([]Key{index}, r.Index...)
	r.Data = append([]Key{data}, r.Data...)
	r.Sealing = append([]Key{sealing}, r.Sealing...)
	return nil
}

// Retire drops every index and data key but those in use, once nothing is left under them.
// Sealing keys stay: a phone may have been without signal for as long as it likes.
func (r *Ring) Retire() { r.Index, r.Data = r.Index[:1], r.Data[:1] }

// Load reads a key file. Errors: keys.unreadable, keys.incomplete.
func Load(path string) (*Ring, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &jaring.Error{Code: jaring.Invalid, Key: "keys.unreadable", Args: jaring.Args{"path": path}, Err: err}
	}
	return Parse(text)
}

// Parse reads the text of a key file. Errors: keys.unreadable, keys.incomplete.
func Parse(text []byte) (*Ring, error) {
	var r Ring
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, jaring.NewError(jaring.Invalid, "keys.unreadable", "path", "")
	}
	all := append(append(append([]Key{r.Digest, r.Signing, r.Filter}, r.Index...), r.Data...), r.Sealing...)
	if len(r.Index) == 0 || len(r.Data) == 0 {
		return nil, jaring.NewError(jaring.Invalid, "keys.incomplete")
	}
	for _, k := range all {
		if k.ID == "" || len(k.Secret) != keySize {
			return nil, jaring.NewError(jaring.Invalid, "keys.incomplete")
		}
	}
	return &r, nil
}

// Write writes the key file's text.
func (r *Ring) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// Save writes the key file so that a crash leaves the old or the new one, and only
// its owner can read it.
func (r *Ring) Save(path string) error {
	temp, err := os.CreateTemp(dirOf(path), ".keys-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	if err := errors.Join(temp.Chmod(0o600), r.Write(temp), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(dirOf(path))
}

// syncFolder makes a rename durable: after a power cut the old keys must not come back
// while rows stand under the new ones.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func dirOf(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i+1]
		}
	}
	return "."
}

// IndexHash is the keyed hash under which a NIK is looked up, with the key's id.
func (r *Ring) IndexHash(nik jaring.NIK) (hash []byte, keyID string) {
	return mac(r.Index[0].Secret, "nik", []byte(nik.Reveal())), r.Index[0].ID
}

// IndexHashes are the hashes of a NIK under every index key that is still readable,
// the one in use first: while a rotation runs, a row is under one of them.
func (r *Ring) IndexHashes(nik jaring.NIK) [][]byte {
	out := make([][]byte, len(r.Index))
	for i, k := range r.Index {
		out[i] = mac(k.Secret, "nik", []byte(nik.Reveal()))
	}
	return out
}

// MotherHash is a keyed hash of a folded name, to compare without reading.
func (r *Ring) MotherHash(folded string) []byte {
	if folded == "" {
		return nil
	}
	return mac(r.Digest.Secret, "mother", []byte(folded))[:16]
}

// CheckLetters are two letters, derived from a NIK by key, for talking about a person
// at a counter.
func (r *Ring) CheckLetters(nik jaring.NIK) string { return nik.CheckLetters(r.Digest.Secret...) }

// Digest256 is a keyed hash of what a sender sent.
func (r *Ring) Digest256(kind string, body []byte) []byte {
	return mac(r.Digest.Secret, kind, body)
}

func mac(secret []byte, purpose string, body []byte) []byte {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte(purpose))
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum(nil)
}

// Sign signs with the installation's signing key (Ed25519).
func (r *Ring) Sign(message []byte) (signature []byte, keyID string) {
	return ed25519.Sign(ed25519.NewKeyFromSeed(r.Signing.Secret), message), r.Signing.ID
}

// Verify checks a signature of Sign.
func (r *Ring) Verify(message, signature []byte) bool {
	return ed25519.Verify(r.PublicKey(), message, signature)
}

// PublicKey is the public half of the signing key.
func (r *Ring) PublicKey() ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(r.Signing.Secret).Public().(ed25519.PublicKey)
}

// PersonKey opens and seals what belongs to one person.
type PersonKey struct{ aead cipher.AEAD }

// NewPerson makes a person's key. wrapped and keyID are what the store keeps.
func (r *Ring) NewPerson(id jaring.WorkerID) (key PersonKey, wrapped []byte, keyID string, err error) {
	secret := make([]byte, keySize)
	if _, err = rand.Read(secret); err != nil {
		return
	}
	if key.aead, err = aead(secret); err != nil {
		return
	}
	wrapped, keyID, err = r.Seal(secret, "person:"+string(id))
	return
}

// OpenPerson unwraps a person's key. Errors: keys.unknown, keys.damaged, worker.erased.
func (r *Ring) OpenPerson(id jaring.WorkerID, wrapped []byte, keyID string) (PersonKey, error) {
	if len(wrapped) == 0 {
		return PersonKey{}, jaring.NewError(jaring.NotFound, "worker.erased")
	}
	secret, err := r.Open(wrapped, keyID, "person:"+string(id))
	if err != nil {
		return PersonKey{}, err
	}
	a, err := aead(secret)
	return PersonKey{a}, err
}

// Rewrap puts a person's key under the data key in use.
func (r *Ring) Rewrap(id jaring.WorkerID, wrapped []byte, keyID string) ([]byte, string, error) {
	secret, err := r.Open(wrapped, keyID, "person:"+string(id))
	if err != nil {
		return nil, "", err
	}
	return r.Seal(secret, "person:"+string(id))
}

// Seal encrypts text for purpose; a ciphertext moved to another purpose does not open.
func (p PersonKey) Seal(text []byte, purpose string) ([]byte, error) {
	return seal(p.aead, text, purpose)
}

// Open decrypts what Seal made. Error: keys.damaged.
func (p PersonKey) Open(sealed []byte, purpose string) ([]byte, error) {
	return open(p.aead, sealed, purpose)
}

// Seal encrypts under the data key in use.
func (r *Ring) Seal(text []byte, purpose string) (sealed []byte, keyID string, err error) {
	a, err := dataAEAD(r.Data[0].Secret)
	if err != nil {
		return nil, "", err
	}
	sealed, err = seal(a, text, purpose)
	return sealed, r.Data[0].ID, err
}

// Open decrypts what Seal made under the data key keyID. Errors: keys.unknown, keys.damaged.
func (r *Ring) Open(sealed []byte, keyID, purpose string) ([]byte, error) {
	for _, k := range r.Data {
		if k.ID == keyID {
			a, err := dataAEAD(k.Secret)
			if err != nil {
				return nil, err
			}
			return open(a, sealed, purpose)
		}
	}
	return nil, jaring.NewError(jaring.Internal, "keys.unknown", "id", keyID)
}

// usedData is the cipher of the data key that was used last: a list of people is wrapped by one key, whose schedule
// need not be made again for each. A cipher keeps no state between two texts; each still has a nonce of its own.
var usedData atomic.Pointer[keyedAEAD]

type keyedAEAD struct {
	secret [keySize]byte
	cipher.AEAD
}

func dataAEAD(secret []byte) (cipher.AEAD, error) {
	if used := usedData.Load(); used != nil && subtle.ConstantTimeCompare(used.secret[:], secret) == 1 {
		return used.AEAD, nil
	}
	a, err := aead(secret)
	if err == nil && len(secret) == keySize {
		usedData.Store(&keyedAEAD{[keySize]byte(secret), a})
	}
	return a, err
}

func aead(secret []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func seal(a cipher.AEAD, text []byte, purpose string) ([]byte, error) {
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(text)+a.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return a.Seal(nonce, nonce, text, []byte(purpose)), nil
}

func open(a cipher.AEAD, sealed []byte, purpose string) ([]byte, error) {
	if len(sealed) < a.NonceSize() {
		return nil, jaring.NewError(jaring.Internal, "keys.damaged")
	}
	text, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, jaring.NewError(jaring.Internal, "keys.damaged")
	}
	return text, nil
}
