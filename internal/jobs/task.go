package jobs

import (
	"context"
	"jaring/internal/acts"
	"log/slog"
	"math/rand/v2"
	"time"
)

// task is one job.
type task struct {
	name  string
	every time.Duration // its turn comes so often
	rest  time.Duration // and at most so often when the bell rings
	bell  bool
	alone bool // every process does it for itself: no lease
	due   func(context.Context) (bool, error)
	run   func(context.Context) error
	lease *lease
}

// once does the job if it is due and, when leased, nobody else does it.
func (t *task) once(ctx context.Context, leased bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if t.due != nil {
		if due, err := t.due(ctx); err != nil || !due {
			return err
		}
	}
	if leased && !t.alone {
		if mine, err := t.lease.hold(ctx); err != nil || !mine {
			return err
		}
	}
	return t.run(ctx)
}

// Waiting after an error: doubled each time.
const (
	firstWait = time.Second
	maxWait   = time.Minute
)

func (r *Runner) loop(ctx context.Context, t *task) {
	var bell <-chan struct{}
	if t.bell {
		var end func()
		bell, end = r.Bell.listen()
		defer end()
	}
	wait := firstWait
	for {
		err := t.once(ctx, true)
		if ctx.Err() != nil {
			return
		}
		pause, ring := t.every, bell
		if err != nil {
			r.Metrics.failures.WithLabelValues(t.name).Inc()
			r.Log.Error("job failed", slog.String("job", t.name), slog.String("error", err.Error()), slog.Duration("again_in", wait))
			pause, ring = wait/2+rand.N(wait/2), nil // the bell does not hurry what is broken
			wait = min(2*wait, maxWait)
		} else {
			wait = firstWait
		}
		if !sleep(ctx, t.rest) {
			return
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-ring:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// lease lets one of several processes do a job. It is asked for anew when half of it
// has passed, so that a job that comes often does not write each time.
type lease struct {
	app   *acts.Acts
	name  string
	owner string
	span  time.Duration
	until time.Time // held until then; zero when not held
}

func (l *lease) hold(ctx context.Context) (bool, error) {
	asked := time.Now()
	if asked.Before(l.until.Add(-l.span / 2)) {
		return true, nil
	}
	mine, err := l.app.TakeLease(ctx, l.name, l.owner, l.span)
	if err != nil || !mine {
		l.until = time.Time{}
		return false, err
	}
	l.until = asked.Add(l.span)
	return true, nil
}

// release lets somebody else have it at once. A failure costs them the rest of the span.
func (l *lease) release(ctx context.Context) {
	if !l.until.IsZero() {
		_, _ = l.app.TakeLease(ctx, l.name, l.owner, 0)
		l.until = time.Time{}
	}
}
