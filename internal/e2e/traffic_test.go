//go:build soak

package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// traffic is what a branch does all day, in one breath: registering, syncing, settling,
// correcting, deciding, revealing, looking, logging in. Whoever gets no last word asks
// again with the same key.
type traffic struct {
	house   *house
	book    *notebook
	cookies map[string]string
	stopped atomic.Bool
	group   sync.WaitGroup

	mu      sync.Mutex
	done    map[string]int      // acts with their last word, by name and answer
	faults  []string            // answers that should not be
	people  []*member           // accepted and not yet taken by somebody below
	settled []*member           // whose contribution is acknowledged
	altered []*member           // whose new phone is acknowledged
	gone    []string            // cookies of sessions that were ended
	decided map[string]struct{} // reviews
}

// member is a registered person in the hands of one client at a time.
type member struct {
	id     string
	amount int64
	phone  string // the last one that was acknowledged
}

func newTraffic(t *testing.T, h *house) *traffic {
	tr := &traffic{house: h, book: newNotebook(), cookies: map[string]string{}, done: map[string]int{}, decided: map[string]struct{}{}}
	tr.book.changing = true
	for _, login := range []string{agent, officer} {
		tr.cookies[login] = h.mustLogIn(t, login)
	}
	return tr
}

// run lets everybody work.
func (tr *traffic) run(t *testing.T) {
	c := tr.house.caller(tr.cookies[agent])
	defer c.close()
	for range 6 {
		p := c.enrol(t)
		tr.go1(agent, 0, func(c *caller) { tr.sync(c, p) })
	}
	for range 14 {
		tr.go1(agent, 0, tr.register)
	}
	for range 4 {
		tr.go1(officer, 5*time.Millisecond, tr.settle)
	}
	for range 3 {
		tr.go1(officer, 5*time.Millisecond, tr.correct)
		tr.go1(officer, 20*time.Millisecond, tr.look)
	}
	tr.go1(officer, 100*time.Millisecond, tr.decide)
	tr.go1(officer, 50*time.Millisecond, tr.reveal)
	tr.go1(officer, 2*time.Second, tr.logInAndOut)
}

// go1 lets one client do the same again and again, with a rest between.
func (tr *traffic) go1(login string, rest time.Duration, work func(*caller)) {
	tr.group.Go(func() {
		c := tr.house.caller(tr.cookies[login])
		defer c.close()
		for !tr.stopped.Load() {
			work(c)
			time.Sleep(rest)
		}
	})
}

func (tr *traffic) stop() {
	tr.stopped.Store(true)
	tr.group.Wait()
}

func (tr *traffic) note(act string, answer any) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.done[fmt.Sprintf("%s %v", act, answer)]++
}

func (tr *traffic) fault(text string, args ...any) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if len(tr.faults) < mostFaults {
		tr.faults = append(tr.faults, fmt.Sprintf(text, args...))
	}
}

// act sends one act until it has its last word; want is what that must be.
func (tr *traffic) act(c *caller, name, path string, body any, want int, headers ...string) (reply, bool) {
	text, _ := json.Marshal(body)
	key, tries := newKey(), 0
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		tries++
		r, err := c.do(http.MethodPost, path, key, text, headers...)
		if err != nil || !r.final() {
			if err == nil {
				tr.book.putOff(r)
			}
			continue
		}
		tr.note(name, r.status)
		if r.status != want && (tries > 1 || r.status != http.StatusPreconditionFailed) {
			tr.fault("%s, try %d: %v", name, tries, r)
		}
		return r, r.status == want
	}
	tr.fault("%s: no last word after %d tries", name, tries)
	return reply{}, false
}

func (tr *traffic) register(c *caller) {
	e := tr.book.begin(nil)
	tr.book.insist(c, []*entry{e})
	tr.take(c, e)
}

// take puts the person of an entry among those that something can be done to.
func (tr *traffic) take(c *caller, e *entry) {
	tr.note("register", e.told.outcome)
	if e.told.outcome != accepted || rand.N(3) > 0 {
		return
	}
	var page struct {
		Payment struct{ Amount int64 } `json:"payment"`
	}
	if r, err := c.read("/workers/"+e.told.worker, &page); err != nil || r.status != http.StatusOK {
		return // the server is down, and the person is left in peace
	}
	tr.mu.Lock()
	defer tr.mu.Unlock()
	tr.people = append(tr.people, &member{id: e.told.worker, amount: page.Payment.Amount})
}

// next takes a person out of the hands of all others.
func (tr *traffic) next() *member {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if len(tr.people) == 0 {
		return nil
	}
	i := rand.N(len(tr.people))
	m := tr.people[i]
	tr.people[i] = tr.people[len(tr.people)-1]
	tr.people = tr.people[:len(tr.people)-1]
	return m
}

// sync sends a batch of registrations, and corrects one of them by the next.
func (tr *traffic) sync(c *caller, p *phone) {
	some := make([]*entry, 1+rand.N(batchAtMost))
	for i := range some {
		some[i] = tr.book.begin(p)
	}
	tr.book.insist(c, some)
	for _, e := range some {
		tr.note("sync", e.told.outcome)
	}
	first := some[0]
	if first.told.outcome != accepted {
		return
	}
	m := &member{id: first.told.worker, phone: newPhone()}
	body, _ := json.Marshal(map[string]any{"registered_by": first.key, "fields": map[string]string{"phone": m.phone}, "reason": "nomor baru"})
	tr.correctBySync(c, p, operation(newKey(), "worker.correct", 2, time.Now(), body), m)
}

func (tr *traffic) correctBySync(c *caller, p *phone, op []byte, m *member) {
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		outcomes, _, err := c.sync(p, [][]byte{op})
		if err != nil || len(outcomes) != 1 || outcomes[0].Outcome == "held" {
			continue
		}
		if o := outcomes[0]; o.Outcome != accepted && o.First != accepted {
			tr.fault("correction by sync: %+v", o)
			return
		}
		tr.note("correct by sync", accepted)
		tr.mu.Lock()
		tr.altered = append(tr.altered, m)
		tr.mu.Unlock()
		return
	}
	tr.fault("correction by sync: no last word")
}

func newPhone() string { return fmt.Sprintf("+62813%08d", rand.N(100_000_000)) }

func (tr *traffic) settle(c *caller) {
	m := tr.next()
	if m == nil {
		return
	}
	if _, ok := tr.act(c, "settle", "/workers/"+m.id+"/payments", map[string]any{"amount": m.amount, "channel": "bank", "reference": "TRX " + m.id[:8],
		"paid_on": today()}, http.StatusOK); ok {
		tr.mu.Lock()
		tr.settled = append(tr.settled, m)
		tr.mu.Unlock()
	}
}

// today is the day in the office.
func today() string { return time.Now().In(time.FixedZone("WIB", 7*3600)).Format(time.DateOnly) }

// correct changes a person twice, so that the second change stands on the first.
func (tr *traffic) correct(c *caller) {
	m := tr.next()
	if m == nil {
		return
	}
	for range 2 {
		var page struct{}
		r, err := c.read("/workers/"+m.id, &page)
		if err != nil || r.status != http.StatusOK {
			break
		}
		phone := newPhone()
		body := map[string]any{"fields": map[string]string{"phone": phone}, "reason": "nomor baru"}
		if _, ok := tr.act(c, "correct", "/workers/"+m.id+"/corrections", body, http.StatusOK, "If-Match", r.etag); ok {
			m.phone = phone
		}
	}
	if m.phone != "" {
		tr.mu.Lock()
		tr.altered = append(tr.altered, m)
		tr.mu.Unlock()
	}
}
