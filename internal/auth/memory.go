package auth

import (
	"sync"
	"time"
)

// Who stands behind a token or a device is remembered this long, for this many.
const (
	rememberFor = 30 * time.Second
	rememberMax = 10000
	evictAtOnce = 8
)

// memory remembers what was read from the store, for a short while and for a bounded
// number of keys. What is in it is shared: nobody may change it.
type memory[K comparable, V any] struct {
	mu         sync.RWMutex
	generation uint64
	max        int
	kept       map[K]kept[V]
}

type kept[V any] struct {
	value V
	until time.Time
}

func newMemory[K comparable, V any](most int) *memory[K, V] {
	return &memory[K, V]{max: most, kept: map[K]kept[V]{}}
}

func (m *memory[K, V]) get(key K, now time.Time) (value V, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	k, ok := m.kept[key]
	if !ok || !now.Before(k.until) {
		return value, false
	}
	return k.value, true
}

// begin is called before the store is read for put: what was read before something
// was forgotten must not be remembered after.
func (m *memory[K, V]) begin() (generation uint64) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.generation
}

func (m *memory[K, V]) put(generation uint64, key K, value V, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if generation != m.generation {
		return
	}
	if len(m.kept) >= m.max {
		m.evict()
	}
	m.kept[key] = kept[V]{value, now.Add(rememberFor)}
}

// evict drops some keys, whichever a map gives first. A key that is in use comes back
// with one read.
func (m *memory[K, V]) evict() {
	n := 0
	for key := range m.kept {
		delete(m.kept, key)
		if n++; n == evictAtOnce {
			return
		}
	}
}

// forget drops one key, at once.
func (m *memory[K, V]) forget(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	delete(m.kept, key)
}

// forgetIf drops all keys whose value matches, at once.
func (m *memory[K, V]) forgetIf(matches func(V) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	for key, k := range m.kept {
		if matches(k.value) {
			delete(m.kept, key)
		}
	}
}
