package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/message"
	"jaring/internal/store"
)

// post is a simulated gateway over the loopback whose reports are heard.
type post struct {
	sim      *message.Simulator
	settings message.Settings
	gateway  *message.Gateway
}

func newPost(t *testing.T, w *town) *post {
	t.Helper()
	p := &post{}
	hook := httptest.NewUnstartedServer(nil)
	p.sim = message.NewSimulator(message.SimulatorOptions{Now: w.clock.now, Hook: "http://" + hook.Listener.Addr().String()})
	server := httptest.NewServer(p.sim.Handler())
	p.settings = p.sim.Settings(server.URL, "127.0.0.1:25")
	p.settings.Order = []message.Channel{message.WhatsApp, message.SMS}
	hearing, err := message.NewHook(*p.settings.WhatsApp, jobs.Hearing{App: w.Acts}, nil)
	w.must(err)
	hook.Config.Handler = hearing
	hook.Start()
	p.gateway = w.gateway(p.settings)
	t.Cleanup(func() { server.Close(); hook.Close() })
	return p
}

// gateway sends by a gateway's settings, and never waits.
func (w *town) gateway(s message.Settings) *message.Gateway {
	w.t.Helper()
	senders, err := s.Senders(nil, w.clock.now)
	w.must(err)
	return message.NewGateway(senders, message.Options{Now: w.clock.now, Wait: func(context.Context, time.Duration) error { return nil }})
}

// report lets the gateway tell what it has to tell.
func (p *post) report(t *testing.T, w *town) {
	w.clock.set(w.clock.now().Add(time.Minute))
	p.sim.Deliver(t.Context())
}

// texts are what arrived at a number.
func (p *post) texts(phone string) (out []string) {
	for _, r := range p.sim.Inbox() {
		if r.To == phone {
			out = append(out, r.Text)
		}
	}
	return out
}

// members are people with phones who have paid for October to December.
func members(t *testing.T, w *town, n int) (ids []jaring.WorkerID, phones []string) {
	t.Helper()
	for i := range n {
		op := w.registration()
		phone := fmt.Sprintf("0812000%05d", i)
		op.Body = []byte(strings.Replace(string(op.Body), `"occupation"`, `"phone":"`+phone+`","occupation"`, 1))
		outcomes, err := w.Apply(t.Context(), w.agent, []jaring.Operation{op})
		w.must(err)
		ids, phones = append(ids, outcomes[0].Worker), append(phones, "+62"+phone[1:])
	}
	w.settle(t.Context(), ids)
	return ids, phones
}

func (w *town) at(text string) {
	at, err := time.Parse(time.RFC3339, text)
	w.must(err)
	w.clock.set(at)
}

func TestReminders_GoByTheGatewayInTheMorning(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		p := newPost(t, w)
		_, phones := members(t, w, 3)
		once := func() { w.must(jobs.New(jobs.Config{App: w.Acts, Gateway: p.gateway}).Once(t.Context())) }
		w.at("2026-11-30T17:05:00Z") // 00:05 on 1 December in Jambi: thirty days before the end
		once()
		if n := len(p.sim.Inbox()); n != 0 {
			t.Fatalf("%d were woken", n)
		}
		w.at("2026-12-01T01:30:00Z") // 08:30
		once()
		once()
		for _, phone := range phones {
			if got := p.texts(phone); len(got) != 1 || !strings.Contains(got[0], "habis 30 hari lagi") {
				t.Errorf("%s: %q", phone, got)
			}
		}
		p.sim.Reply(phones[0], "BERHENTI")
		p.report(t, w)
		w.at("2026-12-24T02:00:00Z")
		once()
		if got := p.texts(phones[0]); len(got) != 2 || !strings.Contains(got[1], "tidak akan dikirimi") {
			t.Errorf("who stopped: %q", got)
		}
		if got := p.texts(phones[1]); len(got) != 2 {
			t.Errorf("the others: %q", got)
		}
		w.countsRight()
	})
}

// Whatever is killed, and however the gateway misbehaves, nobody is written to twice about one thing, and who was
// not written to is known.
func TestReminders_KilledAnywhereByAGatewayThatMisbehaves(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	p := newPost(t, w)
	ids, phones := members(t, w, 25)
	w.at("2026-12-01T02:00:00Z")
	p.sim.Misbehave(message.Mischief{Busy: 5, Drop: 3, Double: true, Reorder: true})
	random := rand.New(rand.NewPCG(5, 5))
	for range 50 { // each time another process, killed somewhere
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(20_000))*time.Microsecond)
		_ = jobs.New(jobs.Config{App: w.Acts, Gateway: p.gateway}).Once(ctx)
		cancel()
	}
	w.clock.set(w.clock.now().Add(2 * time.Hour))
	r := jobs.New(jobs.Config{App: w.Acts, Gateway: p.gateway})
	for range 3 {
		w.must(r.Once(t.Context()))
		w.clock.set(w.clock.now().Add(20 * time.Minute))
		p.report(t, w)
	}
	for i, phone := range phones {
		told, err := w.FindReminders(t.Context(), w.officer, ids[i])
		w.must(err)
		arrived := len(p.texts(phone))
		if len(told) != 1 || arrived > 1 {
			t.Fatalf("%s got %d letters of %d reminders", phone, arrived, len(told))
		}
		if sent := told[0].State == jaring.ReminderSentState; sent && arrived == 0 || !sent && told[0].State != jaring.ReminderUnknown {
			t.Errorf("%s: %s, %d arrived", phone, told[0].State, arrived)
		}
	}
	w.countsRight()
}

func TestReminders_StayWithoutAGateway(t *testing.T) {
	w := newTown(t, jaringtest.SQLite(t))
	ids, _ := members(t, w, 1)
	w.at("2026-12-01T02:00:00Z")
	w.must(jobs.New(jobs.Config{App: w.Acts}).Once(t.Context()))
	told, err := w.FindReminders(t.Context(), w.agent, ids[0])
	if err != nil || len(told) != 1 || told[0].State != jaring.ReminderWaits {
		t.Errorf("%+v %v", told, err)
	}
}
