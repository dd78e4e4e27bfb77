package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// arrange puts the keys in front under which everybody writes now; inUse is
// app.SettingInUse. Error: keys.outdated when the key set does not hold them.
func arrange(ring *vault.Ring, inUse string) (*vault.Ring, error) {
	if inUse == "" {
		return ring, nil
	}
	index, data, _ := strings.Cut(inUse, " ")
	arranged := *ring
	var okIndex, okData bool
	arranged.Index, okIndex = inFront(ring.Index, index)
	arranged.Data, okData = inFront(ring.Data, data)
	if !okIndex || !okData {
		return nil, jaring.NewError(jaring.Forbidden, "keys.outdated", "id", index)
	}
	if arranged.Data[0].ID != ring.Data[0].ID { // some server may not have the new keys yet
		arranged.UseOlderSealing()
	}
	return &arranged, nil
}

func inFront(keys []vault.Key, id string) ([]vault.Key, bool) {
	at := slices.IndexFunc(keys, func(k vault.Key) bool { return k.ID == id })
	if at < 0 {
		return nil, false
	}
	out := []vault.Key{keys[at]}
	return append(append(out, keys[:at]...), keys[at+1:]...), true
}

// known names the index and data keys of a set whatever their order, short enough for
// the name of a lease.
func known(ring *vault.Ring) string {
	var ids []string
	for _, k := range append(slices.Clone(ring.Index), ring.Data...) {
		ids = append(ids, k.ID)
	}
	slices.Sort(ids)
	sum := sha256.Sum256([]byte(strings.Join(ids, " ")))
	return hex.EncodeToString(sum[:6])
}

// inUse is what app.SettingInUse says of a set whose first keys are in use.
func inUse(ring *vault.Ring) string { return ring.Index[0].ID + " " + ring.Data[0].ID }

// agreement is what all servers of a database agree on about keys.
type agreement struct {
	digest string // id of the key that never changes; empty for a fresh database
	inUse  string
	pause  string // until when writing is to stop, as it stands there; empty for not
}

func readAgreement(ctx context.Context, db *store.DB) (a agreement, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		if a.digest, err = tx.Setting(app.SettingDigest); err != nil {
			return err
		}
		if a.inUse, err = tx.Setting(app.SettingInUse); err != nil {
			return err
		}
		a.pause, err = tx.Setting(app.SettingPause)
		return err
	})
	return a, err
}

// over tells that a pause has lasted for too long.
func (a agreement) over(now time.Time) bool {
	until, err := strconv.ParseInt(a.pause, 10, 64)
	return err != nil || now.UnixMilli() > until
}

// A server says by a lease that it lives, which keys it knows, under which it writes and
// whether it has stopped writing:
//
//	server/ID/KNOWN/INDEX/open|shut
const (
	serverPrefix = "server/"
	serverSpan   = 15 * time.Second // after which a server that is silent counts as dead
	serverBeat   = 5 * time.Second
	serverDeaf   = 10 * time.Second // after which a server that could not say so stops writing
	stateOpen    = "open"
	stateShut    = "shut"
)

func serverName(id string, ring *vault.Ring, state string) string {
	return serverPrefix + id + "/" + known(ring) + "/" + ring.Index[0].ID + "/" + state
}

// liveServers gives the names that servers go by now.
func liveServers(ctx context.Context, db *store.DB) (names []string, err error) {
	err = db.Read(ctx, func(tx *store.Tx) (err error) {
		names, err = tx.FindLeases(serverPrefix, time.Now())
		return err
	})
	return names, err
}

// stamp tells whether a file is another one than before.
func stamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return info.ModTime().String() + strconv.FormatInt(info.Size(), 10)
}
