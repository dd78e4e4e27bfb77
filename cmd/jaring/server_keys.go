package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// keeper keeps the present house: it runs the jobs, says that the server lives, and
// builds another house when the keys change. While it is stopped nobody writes: the gate
// is shut and no job runs. It begins stopped and joins the other servers first.
type keeper struct {
	*server
	file    *vault.Ring // as the key file has it
	stamp   string      // of the key file
	name    string      // the lease that we go by; empty for none
	beatAt  time.Time   // when it was last asked for
	stopped bool
	end     func() // ends the jobs and waits for them
}

// How often the keeper looks at the key file and the agreement: more often while nobody
// may write.
const (
	lookEvery    = time.Second
	lookStopped  = 150 * time.Millisecond
	stopPatience = 8 * time.Second
)

func newKeeper(srv *server) *keeper {
	srv.gate.shutNow()
	return &keeper{server: srv, file: srv.house.Load().ring, stamp: stamp(srv.keyFile), stopped: true, end: func() {}}
}

// run keeps the house until ctx ends.
func (k *keeper) run(ctx context.Context) {
	for ctx.Err() == nil {
		k.look(ctx)
		pause := lookEvery
		if k.stopped {
			pause = lookStopped
		}
		_ = pauseFor(ctx, pause)
	}
	k.end()
	k.farewell()
}

// look follows the key file and the agreement.
func (k *keeper) look(ctx context.Context) {
	k.readFile()
	if !k.stopped && time.Since(k.beatAt) > serverDeaf {
		k.log.Error("nobody could be told that this server lives; it writes nothing until it has told")
		k.stop(ctx)
	}
	a, err := readAgreement(ctx, k.db)
	if err != nil {
		return
	}
	ring, err := arrange(k.file, a.inUse)
	switch {
	case a.pause != "":
		k.pause(ctx, a)
	case err != nil:
		k.log.Error("the key file lacks the keys in use; nothing is written until it has them", slog.String("error", err.Error()))
		k.stop(ctx)
	case k.house.Load().differs(ring):
		if k.stop(ctx) {
			k.house.Swap(k.newHouse(ring)).leave()
			k.log.Info("keys changed", slog.String("index", ring.Index[0].ID), slog.Int("known", len(ring.Index)))
			k.join(ctx)
		}
	case k.stopped:
		k.join(ctx)
	default:
		k.beat(ctx, stateOpen)
	}
}

// differs tells whether other keys are known or in use than in this house.
func (h *house) differs(ring *vault.Ring) bool {
	return known(h.ring) != known(ring) || inUse(h.ring) != inUse(ring)
}

// readFile reads the key file when it has changed. One that is broken, or another
// database's, is told to the log and not used.
func (k *keeper) readFile() {
	now := stamp(k.keyFile)
	if now == k.stamp || now == "" {
		return
	}
	k.stamp = now
	ring, err := vault.Load(k.keyFile)
	switch {
	case err != nil:
		k.log.Error("the key file cannot be read", slog.String("error", err.Error()))
	case ring.Digest.ID != k.file.Digest.ID || ring.Demo != k.file.Demo:
		k.log.Error("the key file is another database's", slog.String("digest", ring.Digest.ID))
	default:
		k.file = ring
	}
}

// stop lets those under way finish and nobody else begin; false when that took too long,
// and then nothing has changed.
func (k *keeper) stop(ctx context.Context) bool {
	if k.stopped {
		return true
	}
	patience, cancel := context.WithTimeout(ctx, stopPatience)
	defer cancel()
	if !k.gate.close(patience) {
		k.log.Warn("requests under way did not end in time")
		return false
	}
	k.end()
	k.stopped = true
	return true
}

// pause stops writing because somebody changes the keys, and says so. One that has
// lasted for too long is ended: by the same conditional write as by whoever asked for
// it, so that both agree on who was first.
func (k *keeper) pause(ctx context.Context, a agreement) {
	if a.over(time.Now()) {
		k.tell(k.db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.SwapSetting(app.SettingPause, a.pause, "")
			return err
		}))
		return
	}
	if k.stop(ctx) {
		k.beat(ctx, stateShut)
	}
}

// join says that we live and opens the gate, if what we took for agreed is still so. The
// row of what is agreed is written in the same transaction, so whoever changes it comes
// before, and is noticed, or after, and notices us.
func (k *keeper) join(ctx context.Context) {
	asked, h := time.Now(), k.house.Load()
	name, agreed := serverName(k.id, h.ring, stateOpen), inUse(h.ring)
	err := k.db.Write(ctx, func(tx *store.Tx) error {
		ours, err := tx.SwapSetting(app.SettingInUse, agreed, agreed)
		if err == nil && !ours {
			ours, err = tx.SwapSetting(app.SettingInUse, "", agreed)
		}
		if err != nil || !ours {
			return errors.Join(err, errNotAgreed)
		}
		if pause, err := tx.Setting(app.SettingPause); err != nil || pause != "" {
			return errors.Join(err, errNotAgreed)
		}
		return k.goBy(tx, name)
	})
	if err != nil {
		if !errors.Is(err, errNotAgreed) {
			k.tell(err)
		}
		return
	}
	k.name, k.beatAt, k.stopped = name, asked, false
	k.startJobs(ctx)
	k.gate.open()
}

// errNotAgreed says that the keys in use have changed since they were read: look again.
var errNotAgreed = jaring.NewError(jaring.Conflict, "keys.outdated", "id", "")

// goBy takes the lease of a name and gives the one before back.
func (k *keeper) goBy(tx *store.Tx, name string) error {
	now := time.Now()
	if _, err := tx.TakeLease(name, k.id, now, now.Add(serverSpan)); err != nil || k.name == "" || k.name == name {
		return err
	}
	_, err := tx.TakeLease(k.name, k.id, now, now)
	return err
}

// beat says how we are, once in a while or when it has changed.
func (k *keeper) beat(ctx context.Context, state string) {
	name, asked := serverName(k.id, k.house.Load().ring, state), time.Now()
	if name == k.name && asked.Sub(k.beatAt) < serverBeat {
		return
	}
	if err := k.db.Write(ctx, func(tx *store.Tx) error { return k.goBy(tx, name) }); err != nil {
		k.tell(err)
		return
	}
	k.name, k.beatAt = name, asked
}

func (k *keeper) tell(err error) {
	if err != nil {
		k.log.Error("keeping the keys", slog.String("error", err.Error()))
	}
}

func (k *keeper) startJobs(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	runner := k.house.Load().runner
	go func() {
		defer close(ended)
		runner.Run(ctx)
	}()
	k.end = func() { cancel(); <-ended }
}

// farewell gives the lease back, with those of servers that ended without.
func (k *keeper) farewell() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	k.tell(k.db.Write(ctx, func(tx *store.Tx) error {
		if k.name != "" {
			now := time.Now()
			if _, err := tx.TakeLease(k.name, k.id, now, now); err != nil {
				return err
			}
		}
		return tx.DropLeases(serverPrefix, time.Now().Add(-time.Hour))
	}))
}
