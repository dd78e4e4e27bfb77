package e2e

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// entry is one registration as it was sent, and what its sender was told.
type entry struct {
	key       string
	person    int
	phone     *phone // nil when it came from a screen
	operation []byte // as the phone keeps it
	told      told   // zero while nobody has acknowledged it
	text      uint64 // hash of the answer that a screen got; zero while it got none
}

// told is the part of an answer that must be the same each time.
type told struct{ outcome, worker, number string }

const (
	accepted = "accepted"
	review   = "review"
	refused  = "refused"
)

// notebook remembers what was sent and what was answered, outside of the process that
// is killed.
type notebook struct {
	mu      sync.Mutex
	entries []*entry
	people  int
	owner   map[int]string // key of the registration that made a person
	faults  []string
	late    map[int]int // answers by status that were not the last word

	changing bool // people are corrected and settled meanwhile: an answer may show that
	broken   bool // something inside is broken on purpose
}

func newNotebook() *notebook { return &notebook{owner: map[int]string{}, late: map[int]int{}} }

// Now and then somebody registers a person whom another has only just sent.
const (
	againOneIn  = 10
	againAmong  = 64
	mostFaults  = 20
	batchAtMost = 20
)

// begin writes down a registration that is about to be sent.
func (b *notebook) begin(p *phone) *entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := &entry{key: newKey(), person: b.people, phone: p}
	if n := min(b.people, againAmong); n > 0 && rand.N(againOneIn) == 0 {
		e.person = b.people - 1 - rand.N(n)
	} else {
		b.people++
	}
	if p != nil {
		e.operation = operation(e.key, "worker.register", 1, time.Now(), registration(e.person))
	}
	b.entries = append(b.entries, e)
	return e
}

// tell writes an answer down and compares it with the one before.
func (b *notebook) tell(e *entry, now told) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case e.told != (told{}) && e.told != now:
		b.fault("person %d, key %s: told %v, then %v", e.person, e.key, e.told, now)
	case e.told == (told{}) && now.outcome != refused && b.owner[e.person] != "" && b.owner[e.person] != e.key:
		b.fault("person %d is there twice: by %s and by %s", e.person, b.owner[e.person], e.key)
	}
	e.told = now
	if now.outcome != refused {
		b.owner[e.person] = e.key
	}
}

// tellScreen compares all that a screen is told, which is more.
func (b *notebook) tellScreen(e *entry, now told, body []byte) {
	b.tell(e, now)
	h := fnv.New64a()
	_, _ = h.Write(body)
	b.mu.Lock()
	defer b.mu.Unlock()
	if e.text != 0 && e.text != h.Sum64() && !b.changing {
		b.fault("person %d, key %s: told in other words: %s", e.person, e.key, body)
	}
	e.text = h.Sum64()
}

// fault needs the lock.
func (b *notebook) fault(text string, args ...any) {
	if len(b.faults) < mostFaults {
		b.faults = append(b.faults, fmt.Sprintf(text, args...))
	}
}

// odd writes an answer down that is neither right nor to be asked again.
func (b *notebook) odd(e *entry, what any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault("person %d, key %s: answered %v", e.person, e.key, what)
}

// putOff counts an answer that is no last word. A fault inside is one, but should not be.
func (b *notebook) putOff(r reply) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.late[r.status]++
	if r.status == http.StatusInternalServerError && !b.broken {
		b.fault("answered %v", r)
	}
}

func (b *notebook) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.entries)
}

// acknowledged counts the entries behind from that have been answered.
func (b *notebook) acknowledged(from int) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.entries[from:] {
		if e.told != (told{}) {
			n++
		}
	}
	return n
}

// send posts an entry as a screen does. False when nobody answered.
func (b *notebook) send(c *caller, e *entry) bool {
	r, err := c.do(http.MethodPost, "/workers", e.key, registration(e.person))
	switch {
	case err != nil:
		return false
	case !r.final():
		b.putOff(r)
		return true
	}
	var made struct {
		Worker string `json:"worker_id"`
		Number string `json:"registration_no"`
		Key    string `json:"key"`
	}
	_ = json.Unmarshal(r.body, &made)
	switch {
	case r.status == http.StatusCreated:
		b.tellScreen(e, told{accepted, made.Worker, made.Number}, r.body)
	case r.status == http.StatusAccepted:
		b.tellScreen(e, told{review, made.Worker, made.Number}, r.body)
	case r.status == http.StatusConflict && made.Key == "worker.already_registered":
		b.tell(e, told{outcome: refused})
	default:
		b.odd(e, r)
	}
	return true
}

// sendBatch sends entries of one phone. False when nobody answered.
func (b *notebook) sendBatch(c *caller, entries []*entry) bool {
	operations := make([][]byte, len(entries))
	for i, e := range entries {
		operations[i] = e.operation
	}
	outcomes, r, err := c.sync(entries[0].phone, operations)
	switch {
	case err != nil:
		return false
	case !r.final():
		b.putOff(r)
		return true
	case outcomes == nil:
		b.odd(entries[0], r)
		return true
	}
	for i, o := range outcomes {
		kind := o.Outcome
		if kind == "same" {
			kind = o.First
		}
		switch {
		case o.ID != entries[i].key:
			b.odd(entries[i], "an outcome of another operation")
		case kind == accepted, kind == review:
			b.tell(entries[i], told{kind, o.Worker, o.Number})
		case kind == refused:
			b.tell(entries[i], told{outcome: refused})
		case kind != "held": // set aside by a fault inside; sent again
			b.odd(entries[i], o)
		}
	}
	return true
}

// repeat sends entries again, by the door that they came through or by the other one,
// until each has its answer.
func (b *notebook) repeat(t testing.TB, h *house, cookie string, entries []*entry) {
	t.Helper()
	work := make(chan []*entry)
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			c := h.caller(cookie)
			defer c.close()
			for some := range work {
				b.insist(c, some)
			}
		})
	}
	for _, some := range together(entries) {
		work <- some
	}
	close(work)
	group.Wait()
	for _, e := range entries {
		if e.told == (told{}) {
			t.Fatalf("person %d is not answered: %v", e.person, b.late)
		}
	}
}

// together are the entries in the parcels that they are sent again in: what a phone has,
// by batches; one in four of its entries, and all else, alone.
func together(entries []*entry) (parcels [][]*entry) {
	byPhone := map[*phone][]*entry{}
	for _, e := range entries {
		if e.phone == nil || rand.N(4) == 0 {
			parcels = append(parcels, []*entry{e})
		}
		if e.phone != nil {
			byPhone[e.phone] = append(byPhone[e.phone], e)
		}
	}
	for _, own := range byPhone {
		for some := range slices.Chunk(own, batchAtMost) {
			parcels = append(parcels, some)
		}
	}
	return parcels
}

const (
	insistFor   = 20 * time.Second
	insistEvery = 50 * time.Millisecond
)

// insist sends a parcel until the server has taken it.
func (b *notebook) insist(c *caller, some []*entry) {
	for end := time.Now().Add(insistFor); time.Now().Before(end); time.Sleep(insistEvery) {
		if len(some) > 1 {
			b.sendBatch(c, some)
		} else {
			b.send(c, some[0])
		}
		if !slices.ContainsFunc(some, func(e *entry) bool { return e.told == (told{}) }) {
			return
		}
	}
}

// close compares the book with itself: every person sent is there by exactly one key.
func (b *notebook) close(t testing.TB) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := range b.people {
		if b.owner[n] == "" {
			b.fault("person %d was sent and is not there", n)
		}
	}
	for _, f := range b.faults {
		t.Error(f)
	}
}
