package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"jaring/internal/acts"
	"jaring/internal/core"
	"jaring/internal/message"
)

// Config is what the jobs stand on.
type Config struct {
	App         *acts.Acts
	Bell        *Bell                                // rung by App.Changed; nil: the jobs wait for their turn
	Core        core.Port                            // nil: nothing is sent, nobody is confirmed
	Folded      func()                               // called when counters have changed; must not block
	DropExpired func(context.Context) (int64, error) // removes sessions that are over
	Roots       string                               // file to which signed roots are appended; empty: the table alone
	Metrics     *Metrics                             // nil: counted for nobody
	Gateway     *message.Gateway                     // nil: no letter is sent; reminders stay in the lists
	Log         *slog.Logger
	Backup      func(context.Context) error // makes and tests one, and remembers when; nil: none is made here
}

// Runner does the jobs.
type Runner struct {
	Config
	owner string // of the leases
	tasks []*task

	backupNotBefore time.Time // the last one failed
}

// New makes a Runner.
func New(c Config) *Runner {
	if c.Bell == nil {
		c.Bell = &Bell{}
	}
	if c.Folded == nil {
		c.Folded = func() {}
	}
	if c.Metrics == nil {
		c.Metrics = NewMetrics(prometheus.NewRegistry())
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	r := &Runner{Config: c, owner: uuid.NewString()}
	r.tasks = r.plan()
	return r
}

// plan lists the jobs.
func (r *Runner) plan() []*task {
	tasks := []*task{
		{name: "fold", every: foldEvery, rest: foldRest, bell: true, due: r.foldDue, run: r.fold},
		{name: "ledger", every: foldEvery, rest: foldRest, bell: true, due: r.App.HasPendingEntries, run: r.postLines},
		{name: "held", every: 10 * time.Second, run: r.held},
		{name: "age", every: time.Minute, due: r.ageDue, run: r.age},
		{name: "applications", every: 10 * time.Minute, due: r.emptyDue, run: r.empty},
		{name: "seal", every: 5 * time.Minute, run: r.seal},
		{name: "campaigns", every: 5 * time.Second, due: r.App.CampaignsDue, run: r.turnCampaigns},
		{name: "measure", every: 5 * time.Second, alone: true, run: r.measure},
	}
	tasks = append(tasks, &task{name: "rosters", every: 5 * time.Second, bell: true, due: r.App.RostersDue, run: r.App.TurnRosters})
	tasks = append(tasks, r.reminderTasks()...)
	tasks = append(tasks, r.awareTask(), r.employerTask())
	tasks = append(tasks, &task{name: "cash", every: time.Minute, due: r.cashDue, run: r.tellCash})
	tasks = append(tasks, &task{name: "bank.codes", every: 30 * time.Second, run: r.takeBackCodes})
	if r.Roots != "" {
		tasks = append(tasks, &task{name: "publish", every: time.Minute, alone: true, run: r.publish})
	}
	if r.Backup != nil {
		tasks = append(tasks, r.backupTask())
	}
	if r.DropExpired != nil {
		tasks = append(tasks, &task{name: "sessions", every: time.Hour, run: r.dropExpired})
	}
	if r.Core != nil {
		tasks = append(tasks, &task{name: "core.send", every: 10 * time.Second, rest: time.Second, bell: true, due: r.sendDue, run: r.send},
			&task{name: "core.answers", every: 5 * time.Second, run: r.answers},
			&task{name: "core.reconcile", every: 10 * time.Minute, due: r.reconcileDue, run: r.reconcile})
	}
	for _, t := range tasks {
		t.lease = &lease{app: r.App, name: "job." + t.name, owner: r.owner, span: max(leaseSpan, 3*t.every)}
	}
	return tasks
}

// leaseSpan is how long at least a job stays with the process that does it: after that
// process was killed, nobody does the job for so long.
const leaseSpan = 10 * time.Second

// Run does the jobs until ctx ends, and returns when each has stopped between two steps.
func (r *Runner) Run(ctx context.Context) {
	r.sayRosters(ctx)
	var group sync.WaitGroup
	for _, t := range r.tasks {
		group.Go(func() { r.loop(ctx, t) })
	}
	group.Wait()
	rest, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	for _, t := range r.tasks {
		t.lease.release(rest)
	}
}

// Once does every job that is due one time, in order, whoever else may be doing it, and
// gives the first error.
func (r *Runner) Once(ctx context.Context) error {
	for _, t := range r.tasks {
		if err := t.once(ctx, false); err != nil {
			return err
		}
	}
	return nil
}

// Bell wakes the jobs that wait for something to happen. Its zero value is ready; Ring
// never blocks and may be called by many.
type Bell struct {
	mu      sync.Mutex
	waiters []chan struct{}
}

// Ring wakes whoever waits.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range b.waiters {
		select {
		case w <- struct{}{}:
		default: // is awake already
		}
	}
}

// listen gives a channel that Ring fills, and what ends it.
func (b *Bell) listen() (<-chan struct{}, func()) {
	w := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiters = append(b.waiters, w)
	return w, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for i := range b.waiters {
			if b.waiters[i] == w {
				b.waiters = append(b.waiters[:i:i], b.waiters[i+1:]...)
				return
			}
		}
	}
}
