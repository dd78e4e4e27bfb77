package auth

import (
	"runtime"
	"time"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Options change what a Service does; the zero value is what a server wants.
type Options struct {
	Now      func() time.Time // default time.Now
	Hash     Parameters       // of new password hashes; default DefaultParameters
	Hashings int              // how many run at once; default the number of processors, at least 2
}

// Service answers who is calling. It is safe for use by many at once.
type Service struct {
	db        *store.DB
	now       func() time.Time
	hasher    *hasher
	logins    *limiter
	addresses *limiter
	publics   map[Public]*limiter
	codes     *limiter
	sessions  *memory[tokenHash, caller]
	devices   *memory[jaring.DeviceID, signer]
}

// New makes a Service on an open database.
func New(db *store.DB, o Options) *Service {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Hash == (Parameters{}) {
		o.Hash = DefaultParameters
	}
	if o.Hashings < 1 {
		o.Hashings = max(2, runtime.NumCPU())
	}
	return &Service{
		db: db, now: o.Now, hasher: newHasher(o.Hash, o.Hashings),
		logins:    newLimiter(loginEvery, loginBurst, maxLimits),
		addresses: newLimiter(addressEvery, addressBurst, maxLimits),
		publics:   newPublics(),
		codes:     newLimiter(codeEvery, codeBurst, maxLimits),
		sessions:  newMemory[tokenHash, caller](rememberMax),
		devices:   newMemory[jaring.DeviceID, signer](rememberMax),
	}
}

// instant is the present in whole milliseconds, as the store keeps it.
func (s *Service) instant() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// newID is a UUIDv7 in text. It fails only where crypto/rand does, which ends the
// program.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// event makes an event about an account or an office. Like all ids, its own is made
// before the write, which may run several times.
func (s *Service) event(kind jaring.EventKind, subject string, by jaring.Actor, facts jaring.Facts) *jaring.Event {
	return &jaring.Event{ID: jaring.EventID(newID()), Subject: subject, Kind: kind, At: s.instant(),
		Actor: by.Account, Office: by.Office, Facts: store.FactsText(facts)}
}
