package auth

import (
	"context"
	"crypto/ecdsa"
	"time"

	"jaring/internal/store"
)

// What the tests of this room look at from outside.

func ParseKey(spki []byte) (*ecdsa.PublicKey, error) { return parseKey(spki) }

func NewHash(p Parameters, password string) string { return newHash(p, password) }

func HashMatches(stored, password string) (bool, error) {
	h, err := parseHash(stored)
	return err == nil && h.matches(password), err
}

func HashText(stored string) (string, error) {
	h, err := parseHash(stored)
	return h.String(), err
}

func OneTimePassword() string { return oneTimePassword() }

func AddressKey(remote string) string { return addressKey(remote) }

func UsualPasswords() map[string]bool { return usual }

// Hasher is a hasher with slots.
type Hasher struct{ h *hasher }

func NewHasher(p Parameters, slots int) Hasher { return Hasher{newHasher(p, slots)} }

func (h Hasher) Enter(ctx context.Context) error { return h.h.enter(ctx) }

func (h Hasher) Leave() { h.h.leave() }

func (h Hasher) Verify(ctx context.Context, stored, password string) (bool, string, error) {
	return h.h.verify(ctx, stored, password)
}

// WaitersPerSlot bounds the queue.
const WaitersPerSlot = waitersPerSlot

// Limiter is a limiter of tries.
type Limiter struct{ l *limiter }

func NewLimiter(every time.Duration, burst, most int) Limiter {
	return Limiter{newLimiter(every, burst, most)}
}

func (l Limiter) Take(key string, now time.Time) error { return l.l.take(key, now) }

func (l Limiter) Len() int { return max(l.l.order.Len(), len(l.l.byKey)) }

// Memory is a memory of texts.
type Memory struct{ m *memory[string, string] }

func NewMemory(most int) Memory { return Memory{newMemory[string, string](most)} }

func (m Memory) Get(key string, now time.Time) (string, bool) { return m.m.get(key, now) }

func (m Memory) Begin() uint64 { return m.m.begin() }

func (m Memory) Put(g uint64, key, value string, now time.Time) { m.m.put(g, key, value, now) }

func (m Memory) Forget(key string) { m.m.forget(key) }

func (m Memory) ForgetIf(f func(string) bool) { m.m.forgetIf(f) }

func (m Memory) Len() int { return len(m.m.kept) }

// Forget drops all that is remembered.
func (s *Service) Forget() { s.forgetAll() }

// OpenAs starts a session for an account as it was when its password was found right.
func (s *Service) OpenAs(ctx context.Context, account *store.AccountRecord) (token string, err error) {
	token, _, err = s.open(ctx, account, "", "192.0.2.1")
	return token, err
}
