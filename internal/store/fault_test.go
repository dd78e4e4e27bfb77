package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// proxied is a database behind a proxy that cuts connections.
func proxied(t *testing.T) (*store.DB, *jaringtest.Proxy) {
	t.Helper()
	proxy := jaringtest.NewProxy(t, jaringtest.PostgresURL(t))
	db := jaringtest.Open(t, proxy.URL)
	write(t, db, set("warm")) // the connection knows its statements by now
	return db, proxy
}

// once runs f at the first commit alone.
func once(db *store.DB, f func()) {
	var done atomic.Bool
	db.SetFault(func(stage string) error {
		if stage == "commit" && done.CompareAndSwap(false, true) {
			f()
		}
		return nil
	})
}

func TestConnectionCutBeforeCommit(t *testing.T) {
	db, proxy := proxied(t)
	once(db, func() { proxy.Cut(jaringtest.CutRequest) })
	w, tries := sampleWorker(), 0
	op := sampleOperation(w)
	write(t, db, func(tx *store.Tx) error {
		tries++
		return register(tx, w, op, "1571025502849001")
	})
	if tries != 2 || proxy.Cuts() != 1 {
		t.Errorf("%d tries and %d cuts, want 2 and 1", tries, proxy.Cuts())
	}
	wantRegistered(t, db, 1)
}

// The commit happened and nobody was told: the second try finds its operation known.
func TestConnectionCutAfterCommit(t *testing.T) {
	db, proxy := proxied(t)
	once(db, func() { proxy.Cut(jaringtest.CutCommitted) })
	w, tries := sampleWorker(), 0
	op := sampleOperation(w)
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		tries++
		return register(tx, w, op, "1571025502849001")
	})
	if !errors.Is(err, store.ErrRestart) || tries != 2 || proxy.Cuts() != 1 {
		t.Errorf("%v after %d tries and %d cuts, want ErrRestart after 2 and 1", err, tries, proxy.Cuts())
	}
	read(t, db, func(tx *store.Tx) error {
		found, err := tx.FindOperations([]jaring.OperationID{op.ID})
		if found[op.ID] == nil || found[op.ID].Outcome.Worker != w.ID {
			t.Error("the outcome of the commit is not to be found")
		}
		return err
	})
	wantRegistered(t, db, 1)
}

func TestConnectionCutWhileReading(t *testing.T) {
	db, proxy := proxied(t)
	proxy.Cut(jaringtest.CutRequest)
	if n := count(t, db, "setting"); n != 1 || proxy.Cuts() != 1 {
		t.Errorf("read %d after %d cuts, want 1 after 1", n, proxy.Cuts())
	}
	proxy.CutAll()
	if n := count(t, db, "setting"); n != 1 {
		t.Errorf("read %d after all connections were cut, want 1", n)
	}
}

// wantRegistered checks that n registrations are there, whole and once.
func wantRegistered(t *testing.T, db *store.DB, n int64) {
	t.Helper()
	for _, from := range []string{"worker", "registration_index", "nik_index", "operation", "event", "event_pending"} {
		if got := count(t, db, from); got != n {
			t.Errorf("%d rows in %s, want %d", got, from, n)
		}
	}
}

// insist registers as a phone does: again and again until it is told an outcome.
func insist(t *testing.T, db *store.DB, w *store.WorkerRecord, op *store.OperationRecord, nik string) {
	for range 200 {
		err := db.Write(t.Context(), func(tx *store.Tx) error { return register(tx, w, op, nik) })
		if err == nil || errors.Is(err, store.ErrRestart) {
			return
		}
		if jaring.CodeOf(err) != jaring.Unavailable {
			t.Errorf("registration: %v", err)
			return
		}
	}
	t.Error("a registration never got through")
}

// hammer registers from many sides until it is told to stop, and says how many got through.
func hammer(t *testing.T, db *store.DB, stop <-chan struct{}) int64 {
	var done atomic.Int64
	var wg sync.WaitGroup
	for lane := range 12 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				w := sampleWorker()
				insist(t, db, w, sampleOperation(w), sampleNIK(i*12+lane))
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return done.Load()
}

func TestConnectionsCutByChance(t *testing.T) {
	db, proxy := proxied(t)
	proxy.CutOneIn(60)
	stop := make(chan struct{})
	time.AfterFunc(3*time.Second, func() { close(stop) })
	n := hammer(t, db, stop)
	proxy.CutOneIn(0)
	if proxy.Cuts() == 0 || n == 0 {
		t.Fatalf("%d registrations under %d cuts prove nothing", n, proxy.Cuts())
	}
	t.Logf("%d registrations under %d cuts", n, proxy.Cuts())
	wantRegistered(t, db, n)
}

// 57P01: the server ends sessions under load, as in a restart or a failover.
func TestSessionsTerminated(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	name := newID[string]()
	db := jaringtest.Open(t, jaringtest.With(t, url, "application_name", name))
	stop := make(chan struct{})
	go func() {
		defer close(stop)
		for range 15 {
			time.Sleep(120 * time.Millisecond)
			terminate(t, url, name)
		}
	}()
	n := hammer(t, db, stop)
	t.Logf("%d registrations under 15 terminations", n)
	wantRegistered(t, db, n)
}

func terminate(t *testing.T, url, application string) {
	jaringtest.PostgresExec(t, url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"+application+"'")
}

// A pool full of sessions that all ended at once does not use up a writer's tries.
func TestWholePoolTerminated(t *testing.T) {
	url := jaringtest.PostgresURL(t)
	name := newID[string]()
	db := jaringtest.Open(t, jaringtest.With(t, url, "application_name", name))
	for round := range 3 {
		var all, wg sync.WaitGroup
		all.Add(30)
		for range 30 {
			wg.Go(func() {
				read(t, db, func(tx *store.Tx) error {
					_, err := tx.Setting("x")
					all.Done()
					all.Wait() // so that thirty connections are open at once
					return err
				})
			})
		}
		wg.Wait()
		terminate(t, url, name)
		write(t, db, set(fmt.Sprint("round-", round)))
	}
}

// 40P01: two transactions that take the same rows in opposite order.
func TestDeadlock(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(tx *store.Tx) error { return errors.Join(tx.SetSetting("a", ""), tx.SetSetting("b", "")) })
		var tries atomic.Int64
		var both, wg sync.WaitGroup
		both.Add(2)
		met := make(chan struct{})
		go func() { both.Wait(); close(met) }()
		for _, order := range [][2]string{{"a", "b"}, {"b", "a"}} {
			var first sync.Once
			wg.Go(func() {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					tries.Add(1)
					if err := grow(tx, order[0]); err != nil {
						return err
					}
					if db.Dialect() != store.SQLite { // where one writes, two cannot meet
						first.Do(both.Done)
						<-met
					}
					return grow(tx, order[1])
				})
				if err != nil {
					t.Errorf("deadlock: %v", err)
				}
			})
		}
		wg.Wait()
		if db.Dialect() != store.SQLite && tries.Load() != 3 {
			t.Errorf("%d tries, want 3: one of the two is shot once", tries.Load())
		}
		if n := count(t, db, "setting WHERE value = 'xx'"); n != 2 {
			t.Errorf("%d rows grew twice, want both", n)
		}
	})
}

func grow(tx *store.Tx, name string) error {
	_, err := tx.Exec(`UPDATE setting SET value = value || 'x' WHERE name = $1`, name)
	return err
}

// A server that vanishes without a word: a write gives up, and the next one finds the
// server when it is back.
func TestServerVanishes(t *testing.T) {
	db, proxy := proxied(t)
	db.SetPatience(300 * time.Millisecond)
	proxy.Cut(jaringtest.CutStall)
	wantKey(t, db.Write(t.Context(), set("lost")), jaring.Unavailable, "error.unavailable")
	proxy.Cut(jaringtest.NoCut)
	proxy.CutAll()
	write(t, db, set("back"))
	if n := count(t, db, "setting WHERE name = 'back'"); n != 1 {
		t.Error("the write after the silence is not there")
	}
}

// The hooks around a write: what fails before the commit leaves nothing, what fails
// behind it has happened.
func TestFaultStages(t *testing.T) {
	broken := errors.New("broken")
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for stage, want := range map[string]int64{"begin": 0, "commit": 0} {
			db.SetFault(func(s string) error {
				if s == stage {
					return broken
				}
				return nil
			})
			for kind, run := range map[string]func(context.Context, func(*store.Tx) error) error{"write": db.Write, "bulk": db.Bulk} {
				if err := run(t.Context(), set(stage+kind)); !errors.Is(err, broken) {
					t.Errorf("%s at %s: %v", kind, stage, err)
				}
				if n := count(t, db, "setting WHERE name = $1", stage+kind); n != want {
					t.Errorf("%s at %s left %d rows, want %d", kind, stage, n, want)
				}
			}
		}
		db.SetFault(nil)
		write(t, db, set("whole"))
	})
}
