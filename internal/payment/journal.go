package payment

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"

	"jaring/internal/jaring"
)

// Entry is what was answered to a notice, kept for ever in the transaction that booked it.
type Entry struct {
	Partner    string
	Day        jaring.Day
	ExternalID string // with Partner and Day unique
	RequestID  string // with Partner: entries share it that speak of one payment
	Digest     [sha256.Size]byte
	Code       string // what was paid
	Amount     jaring.Rupiah
	Refused    string      // key of the refusal; empty when it was booked
	RefusedAs  jaring.Code // its code
	Receipt    Receipt     // of what was booked
}

// Result is the entry's answer: a receipt, or the refusal.
func (e Entry) Result() (Receipt, error) {
	if e.Refused != "" {
		return Receipt{}, &jaring.Error{Code: e.RefusedAs, Key: e.Refused}
	}
	return e.Receipt, nil
}

// Journal keeps entries inside one transaction. Two real things stand behind it: the
// book's own transaction, and Memory.
type Journal interface {
	// Find gives the entry of partner, day and external id, and the first one of
	// partner and request id; nil where there is none.
	Find(ctx context.Context, n Notice) (byExternal, byRequest *Entry, err error)
	// Add keeps e. When another transaction was first with its external id or (First) its request
	// id it fails, and so does the transaction, which is then done again from Find.
	Add(ctx context.Context, e Entry, first bool) error
}

// Settle is the rule of once, to be called inside a transaction of the book with its
// journal; act books the notice in the same transaction. Commit when the error is nil, and
// tell Entry.Result; else roll back and tell the error.
//
//   - The same external id of a partner and day, or the same request id, with the same
//     content gets the first answer; act is not called.
//   - With other content it is a conflict (payment.notice_conflict).
//   - A bank that never got our answer asks again with flagAdvise, most often under a new
//     external id: it gets the first answer, or, if nothing had come, this is the first notice.
//   - A refusal by rule is an answer and is kept; a fault of ours (codes Unavailable and
//     Internal) is none, and the bank will ask again.
func Settle(ctx context.Context, j Journal, n Notice, act func(context.Context) (Receipt, error)) (Entry, error) {
	byExternal, byRequest, err := j.Find(ctx, n)
	if err != nil {
		return Entry{}, err
	}
	if conflicts(n, byExternal, byRequest) {
		return Entry{}, jaring.NewError(jaring.Conflict, "payment.notice_conflict", "id", n.ExternalID)
	}
	e := Entry{Partner: n.Partner, Day: n.Day, ExternalID: n.ExternalID, RequestID: n.RequestID, Digest: n.Digest, Code: n.Code(), Amount: n.Amount}
	switch {
	case byExternal != nil:
		return *byExternal, nil
	case byRequest != nil:
		e.Refused, e.RefusedAs, e.Receipt = byRequest.Refused, byRequest.RefusedAs, byRequest.Receipt
		return e, j.Add(ctx, e, false)
	}
	e.Receipt, err = act(ctx)
	if refused := refusalOf(err); refused != nil {
		e.Refused, e.RefusedAs = refused.Key, refused.Code
	} else if err != nil {
		return Entry{}, err
	}
	return e, j.Add(ctx, e, true)
}

func conflicts(n Notice, byExternal, byRequest *Entry) bool {
	if byRequest != nil && !byRequest.same(n) {
		return true
	}
	switch {
	case byExternal == nil:
		return false
	case n.Advise:
		return byExternal.RequestID != n.RequestID
	}
	return n.Strict || byExternal.Digest != n.Digest
}

// same reports whether n tells of the payment that e does.
func (e *Entry) same(n Notice) bool { return e.Code == n.Code() && e.Amount == n.Amount }

// refusalOf is err when a rule refused, nil when something is broken.
func refusalOf(err error) *jaring.Error {
	var e *jaring.Error
	if !errors.As(err, &e) || e.Code == jaring.Unavailable || e.Code == jaring.Internal {
		return nil
	}
	return e
}

// Memory is a journal that forgets when the program ends, for demos and tests.
type Memory struct {
	mu         sync.Mutex
	byExternal map[externalKey]Entry
	byRequest  map[requestKey]Entry
}

type externalKey struct {
	partner  string
	day      jaring.Day
	external string
}

type requestKey struct{ partner, request string }

// NewMemory makes an empty journal.
func NewMemory() *Memory {
	return &Memory{byExternal: map[externalKey]Entry{}, byRequest: map[requestKey]Entry{}}
}

// Once settles n with nobody else beside: one transaction.
func (m *Memory) Once(ctx context.Context, n Notice, act func(context.Context) (Receipt, error)) (Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, err := Settle(ctx, (*memoryTx)(m), n, act)
	if err != nil {
		return Receipt{}, err
	}
	return e.Result()
}

// memoryTx is a Memory that is locked.
type memoryTx Memory

func (m *memoryTx) Find(_ context.Context, n Notice) (byExternal, byRequest *Entry, err error) {
	if e, ok := m.byExternal[externalKey{n.Partner, n.Day, n.ExternalID}]; ok {
		byExternal = &e
	}
	if e, ok := m.byRequest[requestKey{n.Partner, n.RequestID}]; ok {
		byRequest = &e
	}
	return byExternal, byRequest, nil
}

func (m *memoryTx) Add(_ context.Context, e Entry, first bool) error {
	m.byExternal[externalKey{e.Partner, e.Day, e.ExternalID}] = e
	if first {
		m.byRequest[requestKey{e.Partner, e.RequestID}] = e
	}
	return nil
}

// seen remembers the external ids of reads, for a day and up to a number: a read changes
// nothing, so this need not last.
type seen struct {
	mu   sync.Mutex
	day  jaring.Day
	most int
	ids  map[externalKey][sha256.Size]byte
}

// conflicts reports whether partner sent the id before on that day with another body.
func (s *seen) conflicts(partner string, day jaring.Day, external string, digest [sha256.Size]byte, strict bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if day > s.day || len(s.ids) >= s.most {
		s.day, s.ids = day, map[externalKey][sha256.Size]byte{}
	}
	key := externalKey{partner, day, external}
	before, ok := s.ids[key]
	if !ok {
		s.ids[key] = digest
	}
	return ok && (strict || before != digest)
}
