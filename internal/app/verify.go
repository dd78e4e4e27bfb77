package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

func key(subject string, seq int64) string { return subject + "#" + strconv.FormatInt(seq, 10) }

// Damage is a place where the written history is not what it was.
type Damage struct {
	Subject string // of the chain: a subject of events, an owner or an account of the ledger; empty for a Merkle root
	Seq     int64
	What    string // chain.gap, chain.hash, chain.link, root.hash, root.signature, and those of the ledger (see audit)
	Hour    time.Time
}

// Verify walks every hash chain, every signed Merkle root and the ledger. It gives the damages
// and how many events and roots were walked.
func (a *App) Verify(ctx context.Context) (damages []Damage, events, roots int, err error) {
	hours, book := map[int64]*merkle{}, newAudit(func(d Damage) { damages = append(damages, d) })
	err = a.DB.Snapshot(ctx, func(tx *store.Tx) error {
		var last jaring.Event
		if err := tx.EachEvent(func(e *jaring.Event) error {
			events++
			if what := broken(&last, e); what != "" {
				damages = append(damages, Damage{Subject: e.Subject, Seq: e.Seq, What: what})
			}
			hour := hourOf(e.ID)
			if hours[hour] == nil {
				hours[hour] = &merkle{}
			}
			hours[hour].add(e)
			last = *e
			return book.told(e)
		}); err != nil {
			return err
		}
		if err := book.walk(tx); err != nil {
			return err
		}
		if err := a.auditCloses(tx, book.report); err != nil {
			return err
		}
		return tx.EachRoot(func(r store.MerkleRoot) error {
			roots++
			if what := a.brokenRoot(r, hours[r.Hour]); what != "" {
				damages = append(damages, Damage{What: what, Hour: time.UnixMilli(r.Hour).UTC()})
			}
			return nil
		})
	})
	return damages, events, roots, err
}

func broken(last, e *jaring.Event) string {
	same := last.Subject == e.Subject
	switch {
	case same && e.Seq != last.Seq+1, !same && e.Seq != 1:
		return "chain.gap"
	case same && !bytes.Equal(e.PrevHash, last.Hash), !same && len(e.PrevHash) != 0:
		return "chain.link"
	case !bytes.Equal(e.Hash, e.Digest()):
		return "chain.hash"
	}
	return ""
}

// hourOf is the hour in which an event's id was made, in milliseconds UTC: ids are UUIDv7.
func hourOf(id jaring.EventID) int64 {
	ms, err := strconv.ParseInt(strings.Replace(string(id), "-", "", 1)[:12], 16, 64)
	if err != nil {
		return 0
	}
	return ms - ms%time.Hour.Milliseconds()
}

// merkle is a Merkle tree over the events of an hour in the order of subjects and their
// chains, built as they come: only one node of each height is kept.
type merkle struct {
	nodes []node
	n     int64
}

type node struct {
	height int
	hash   [sha256.Size]byte
}

func (m *merkle) add(e *jaring.Event) {
	m.n++
	m.nodes = append(m.nodes, node{0, sha256.Sum256(append([]byte{0}, e.Hash...))})
	for len(m.nodes) > 1 && m.nodes[len(m.nodes)-1].height == m.nodes[len(m.nodes)-2].height {
		m.join()
	}
}

// join makes one node of the last two.
func (m *merkle) join() {
	k := len(m.nodes) - 2
	left, right := m.nodes[k], m.nodes[k+1]
	both := append(append([]byte{1}, left.hash[:]...), right.hash[:]...)
	m.nodes = append(m.nodes[:k], node{max(left.height, right.height) + 1, sha256.Sum256(both)})
}

func (m *merkle) root() []byte {
	if m.n == 0 {
		return nil
	}
	for len(m.nodes) > 1 {
		m.join()
	}
	return m.nodes[0].hash[:]
}

func rootText(hour, n int64, root []byte) []byte {
	b := binary.BigEndian.AppendUint64([]byte("jaring-root-1"), uint64(hour))
	return append(binary.BigEndian.AppendUint64(b, uint64(n)), root...)
}

func (a *App) brokenRoot(r store.MerkleRoot, m *merkle) string {
	if m == nil {
		m = &merkle{}
	}
	switch {
	case r.Events != m.n || !bytes.Equal(r.Root, m.root()):
		return "root.hash"
	case r.KeyID == a.Vault.Signing.ID && !a.Vault.Verify(rootText(r.Hour, r.Events, r.Root), r.Signature):
		return "root.signature"
	}
	return ""
}

// rootDelay is how long after the end of an hour its root is made: a write that was
// being retried has ended by then.
const rootDelay = 10 * time.Minute

// SealHours makes the signed Merkle roots of hours that are over and have none yet, and
// gives them to publish, which sends them off this machine.
func (a *App) SealHours(ctx context.Context, publish func(store.MerkleRoot) error) (n int, err error) {
	var from jaring.EventID
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		from, err = tx.FirstUnsealed(time.Hour)
		return err
	})
	for err == nil && from != "" {
		hour := hourOf(from)
		end := time.UnixMilli(hour).Add(time.Hour)
		if a.Now().Before(end.Add(rootDelay)) {
			return n, nil
		}
		if err = a.sealHour(ctx, hour, publish); err != nil {
			return n, err
		}
		n++
		err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			from, err = tx.FirstUnsealed(time.Hour)
			return err
		})
	}
	return n, err
}

func (a *App) sealHour(ctx context.Context, hour int64, publish func(store.MerkleRoot) error) error {
	r := store.MerkleRoot{Hour: hour}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		events, err := tx.EventsOfHour(hour, time.Hour)
		m := &merkle{}
		for _, e := range events {
			m.add(e)
		}
		r.Events, r.Root = m.n, m.root()
		return err
	})
	if err != nil {
		return err
	}
	r.Signature, r.KeyID = a.Vault.Sign(rootText(r.Hour, r.Events, r.Root))
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return tx.AddRoot(r) }); err != nil {
		return err
	}
	return publish(r)
}
