package auth

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Parameters say how costly an argon2id hash is.
type Parameters struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// DefaultParameters are 19 MiB, two passes, one thread: the least that OWASP's
// Password Storage Cheat Sheet names for argon2id.
var DefaultParameters = Parameters{Memory: 19 * 1024, Time: 2, Threads: 1}

// Bounds of parameters that a stored hash may ask for, so that a damaged row does
// not eat the machine.
const (
	maxMemory  = 1 << 20 // KiB
	maxTime    = 32
	maxThreads = 16
	saltSize   = 16
	keySize    = 32
	maxKeySize = 128
)

var errMalformedHash = errors.New("password hash is not argon2id in PHC text")

// passwordHash is a hash in PHC text, taken apart.
type passwordHash struct {
	Parameters
	salt, key []byte
}

var phc64 = base64.RawStdEncoding.Strict()

func (h passwordHash) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.Memory, h.Time, h.Threads,
		phc64.EncodeToString(h.salt), phc64.EncodeToString(h.key))
}

func parseHash(text string) (h passwordHash, err error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errMalformedHash
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.Memory, &h.Time, &h.Threads); err != nil {
		return h, errMalformedHash
	}
	if h.salt, err = phc64.DecodeString(parts[4]); err != nil {
		return h, errMalformedHash
	}
	if h.key, err = phc64.DecodeString(parts[5]); err != nil {
		return h, errMalformedHash
	}
	if h.String() != text || !h.sane() {
		return h, errMalformedHash
	}
	return h, nil
}

func (h passwordHash) sane() bool {
	return h.Memory >= 8*uint32(h.Threads) && h.Memory <= maxMemory && h.Time >= 1 && h.Time <= maxTime &&
		h.Threads >= 1 && h.Threads <= maxThreads && len(h.salt) >= 8 && len(h.salt) <= 64 && len(h.key) >= 16 && len(h.key) <= maxKeySize
}

// derive is the costly part. A password typed on a phone and on a desk may differ in
// how its letters are composed; NFKC makes them the same.
func (h passwordHash) derive(password string) []byte {
	return argon2.IDKey(norm.NFKC.Bytes([]byte(password)), h.salt, h.Time, h.Memory, h.Threads, uint32(len(h.key)))
}

func (h passwordHash) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
}

// newHash hashes a password under a fresh salt.
func newHash(p Parameters, password string) string {
	h := passwordHash{Parameters: p, salt: randomBytes(saltSize), key: make([]byte, keySize)}
	h.key = h.derive(password)
	return h.String()
}

// noHash costs what a real one costs and matches nothing: its key is random.
func noHash(p Parameters) passwordHash {
	return passwordHash{Parameters: p, salt: randomBytes(saltSize), key: randomBytes(keySize)}
}

// randomBytes never fails: crypto/rand ends the program when the system has no
// random bytes.
func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
