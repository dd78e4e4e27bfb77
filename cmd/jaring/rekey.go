package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// RekeyCmd moves everything to new keys.
type RekeyCmd struct {
	withKeys
	Wait time.Duration `default:"10m" help:"How long to wait for servers that do not know the new keys yet."`
}

// Help is shown below the flags.
func (c *RekeyCmd) Help() string {
	return `Example: jaring rekey --db sqlite:data/office.db --keys jaring.keys

Works while servers run: they read the key file again by themselves and stop writing for about two seconds, once. On
several machines copy the key file to each when this command asks for it. Broken off, it goes on where it was. The old
keys stay in FILE.KEYID: keep them as long as you keep backups from before.`
}

// rekeying is one run of the command.
type rekeying struct {
	*session
	db   *store.DB
	path string
	ring *vault.Ring // as the file has it: the keys to move to are in front
	wait time.Duration
}

// Run makes new keys, unless a run before was broken off, and moves everything to them.
// Exit 1 when something is left under the old keys. Errors: those of loadRing,
// rekey.server_waits, rekey.not_paused.
func (c *RekeyCmd) Run(s *session) (err error) {
	db, err := openExisting(s.ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	demo, err := isDemo(s.ctx, db)
	if err != nil {
		return err
	}
	ring, path, err := loadRing(c.Keys, c.DB, demo)
	if err != nil {
		return err
	}
	acts, _ := stand{db: db, ring: ring}.build()
	if err := acts.Found(s.ctx, demo); err != nil {
		return err
	}
	r := &rekeying{session: s, db: db, path: path, ring: ring, wait: c.Wait}
	for _, step := range []func() error{r.makeKeys, r.awaitKnown, r.change, r.move} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// makeKeys puts new keys into the file, and says first that the old ones stay in use.
func (r *rekeying) makeKeys() error {
	if len(r.ring.Index) > 1 || len(r.ring.Data) > 1 {
		r.say("rekey.goes_on", nil)
		return nil
	}
	before := inUse(r.ring)
	if err := r.db.Write(r.ctx, func(tx *store.Tx) error { return tx.SetSetting(app.SettingInUse, before) }); err != nil {
		return err
	}
	old := r.path + "." + r.ring.Index[0].ID
	if err := r.ring.Save(old); err != nil {
		return err
	}
	if err := r.ring.Rotate(time.Now().UTC().Format("20060102")); err != nil {
		return err
	}
	r.say("rekey.made", jaring.Args{"path": r.path, "old": old})
	return r.ring.Save(r.path)
}

// awaitKnown waits until every live server knows the new keys.
func (r *rekeying) awaitKnown() error {
	want := known(r.ring)
	return r.await(r.wait, "rekey.server_waits", func(part []string) bool { return part[1] == want })
}

// await waits until every live server is as ready tells; part is a server's name in its
// parts: id, known, index, state.
func (r *rekeying) await(patience time.Duration, key string, ready func(part []string) bool) error {
	asked, end := false, time.Now().Add(patience)
	for {
		names, err := liveServers(r.ctx, r.db)
		if err != nil {
			return err
		}
		late := slices.DeleteFunc(names, func(name string) bool {
			part := strings.Split(strings.TrimPrefix(name, serverPrefix), "/")
			return len(part) == 4 && ready(part)
		})
		if len(late) == 0 {
			return nil
		}
		if time.Now().After(end) {
			return jaring.NewError(jaring.Unavailable, key, "n", len(late), "path", r.path)
		}
		if !asked && time.Until(end) < patience-5*time.Second {
			r.say(key, jaring.Args{"n": len(late), "path": r.path})
			asked = true
		}
		if err := pauseFor(r.ctx, lookEvery/4); err != nil {
			return err
		}
	}
}

func pauseFor(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// How long servers are asked to stop writing, and how long is waited for them to.
const (
	pauseLasts = 20 * time.Second
	pauseWaits = 12 * time.Second
)

// change lets every server write under the new keys from one moment on.
func (r *rekeying) change() error {
	a, err := readAgreement(r.ctx, r.db)
	if err != nil || a.inUse == inUse(r.ring) {
		return err
	}
	pause := strconv.FormatInt(time.Now().Add(pauseLasts).UnixMilli(), 10)
	if err := r.swap(app.SettingPause, a.pause, pause); err != nil {
		return err
	}
	if err := r.await(pauseWaits, "rekey.not_paused", func(part []string) bool { return part[3] == stateShut }); err != nil {
		return errors.Join(err, r.swap(app.SettingPause, pause, ""))
	}
	return r.db.Write(r.ctx, func(tx *store.Tx) error { return r.commit(tx, a.inUse, pause) })
}

// commit is the moment from which all write under the new keys. Whoever joins writes the
// row of what is in use too, so the servers that are found behind that are all there are.
func (r *rekeying) commit(tx *store.Tx, before, pause string) error {
	moved, err := tx.SwapSetting(app.SettingInUse, before, inUse(r.ring))
	if err != nil {
		return err
	}
	ended, err := tx.SwapSetting(app.SettingPause, pause, "")
	if err != nil {
		return err
	}
	names, err := tx.FindLeases(serverPrefix, time.Now())
	if err != nil {
		return err
	}
	writing := slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, stateShut) })
	if !moved || !ended || len(writing) > 0 {
		return jaring.NewError(jaring.Unavailable, "rekey.not_paused", "n", max(1, len(writing)))
	}
	return nil
}

func (r *rekeying) swap(name, old, value string) error {
	return r.db.Write(r.ctx, func(tx *store.Tx) error {
		ours, err := tx.SwapSetting(name, old, value)
		if err == nil && !ours {
			err = jaring.NewError(jaring.Unavailable, "rekey.not_paused", "n", 1)
		}
		return err
	})
}

// move moves everything, and drops the old keys when nothing is left under them.
func (r *rekeying) move() error {
	acts, _ := stand{db: r.db, ring: r.ring}.build()
	done, err := acts.Rekey(r.ctx, func(n int) { r.say("rekey.persons", jaring.Args{"n": n}) })
	if err != nil {
		return err
	}
	for _, id := range done.Doubles {
		fmt.Fprintf(r.out, "%s\n", id)
	}
	if _, err := fmt.Fprintf(r.out, "%d persons, %d numbers, %d keys, %d held, %d left\n", done.Persons, done.Rehashed, done.Rewrapped, done.Resealed, done.Left); err != nil {
		return err
	}
	if done.Left > 0 || len(done.Doubles) > 0 {
		r.say("rekey.left", jaring.Args{"n": done.Left})
		return errAnswerNo
	}
	r.ring.Retire()
	return r.ring.Save(r.path)
}
