package auth

import (
	"context"

	"jaring/internal/jaring"
)

// hasher hashes passwords, a few at once. Its memory is bounded: at most slots hashes
// run, at most slots × waitersPerSlot requests wait for one.
type hasher struct {
	parameters Parameters
	slots      chan struct{} // holds a token for each hash that runs
	queue      chan struct{} // holds a token for each request that runs or waits
}

// waitersPerSlot bounds the wait to a few seconds: a hash takes some 30 ms.
const waitersPerSlot = 64

func newHasher(p Parameters, slots int) *hasher {
	return &hasher{parameters: p, slots: make(chan struct{}, slots), queue: make(chan struct{}, slots*waitersPerSlot)}
}

// enter waits for a slot. Error: error.unavailable when too many wait already, or
// when the caller goes away.
func (h *hasher) enter(ctx context.Context) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return jaring.NewError(jaring.Unavailable, "error.unavailable")
	}
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-h.queue
		return &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: ctx.Err()}
	}
}

func (h *hasher) leave() {
	<-h.slots
	<-h.queue
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return newHash(h.parameters, password), nil
}

// verify tells whether password is the one of a stored hash. An empty hash is that of
// nobody: it costs the same and is never matched. fresh is a new hash when the stored
// one was made with other parameters, else empty.
func (h *hasher) verify(ctx context.Context, stored, password string) (ok bool, fresh string, err error) {
	known := noHash(h.parameters)
	if stored != "" {
		if known, err = parseHash(stored); err != nil {
			return false, "", jaring.InternalError(err)
		}
	}
	if err := h.enter(ctx); err != nil {
		return false, "", err
	}
	defer h.leave()
	// Nobody has a longer password; a part of it costs what a whole one does.
	if !known.matches(password[:min(len(password), maxPassword)]) || len(password) > maxPassword {
		return false, "", nil
	}
	if known.Parameters != h.parameters {
		fresh = newHash(h.parameters, password)
	}
	return true, fresh, nil
}
