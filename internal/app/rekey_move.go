package app

import (
	"bytes"
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// settleFor is how long the mover waits between the copy of a row and the end of the old
// one: no single statement that began before the copy is still looking for its row then.
const settleFor = time.Second

// mover takes persons to the first keys of the vault.
type mover struct {
	app    *App
	done   *Rekeyed
	target string          // id of the index key
	last   jaring.WorkerID // the last person who was read
	told   func(persons int)
	copied []movedBatch // wait for the end of their old rows, oldest first
	// under are the old hashes of those batches: two records may have had one NIK, one
	// after the other, and only the first of them handles its row.
	under map[string]bool
}

// movedBatch is a batch whose rows stand under both hashes.
type movedBatch struct {
	moves []*keyMove
	last  jaring.WorkerID
	at    time.Time
}

// keyMove is what is to be done for one person; everything that needs keys is done.
type keyMove struct {
	worker  jaring.WorkerID
	old     [][]byte          // hashes under the keys that go
	owners  []jaring.WorkerID // of the old rows when they were copied; empty for none
	fresh   []byte
	oldID   string
	wrapped []byte // nil when the person's key needs nothing
}

// run copies batch after batch, and ends the old rows of each when it has settled.
func (m *mover) run(ctx context.Context) error {
	for more := true; more || len(m.copied) > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(m.copied) > 0 && (!more || time.Since(m.copied[0].at) >= settleFor) {
			if err := m.end(ctx); err != nil {
				return err
			}
			continue
		}
		var err error
		if more, err = m.copyNext(ctx); err != nil {
			return err
		}
	}
	return nil
}

// copyNext copies the rows of the next batch to their new hashes; false when there is none.
func (m *mover) copyNext(ctx context.Context) (bool, error) {
	var persons []store.WorkerKeys
	err := m.app.DB.Read(ctx, func(tx *store.Tx) (err error) {
		persons, err = tx.FindWorkerKeys(m.last, RekeyBatch)
		return err
	})
	if err != nil || len(persons) == 0 {
		return false, err
	}
	b := movedBatch{last: persons[len(persons)-1].Worker}
	for _, w := range persons {
		move, err := m.app.planMove(w)
		if err != nil {
			return false, err
		}
		b.moves = append(b.moves, move)
	}
	rewrapped := 0
	err = m.app.DB.Write(ctx, func(tx *store.Tx) (err error) {
		rewrapped, err = m.copyRows(tx, b.moves)
		return err
	})
	if err != nil {
		return false, err
	}
	m.done.Rewrapped += rewrapped
	b.at, m.last = time.Now(), b.last
	m.copied = append(m.copied, b)
	for _, move := range b.moves {
		for _, hash := range move.old {
			m.under[string(hash)] = true
		}
	}
	return true, nil
}

func (a *App) planMove(w store.WorkerKeys) (*keyMove, error) {
	m := &keyMove{worker: w.Worker, oldID: w.PersonKeyID}
	if len(w.PersonKey) == 0 {
		return m, nil // erased: nothing of this person can be read or found
	}
	nik, err := a.openNIK(w.Worker, w.PersonKey, w.PersonKeyID, w.NIKSealed)
	if err != nil {
		return nil, err
	}
	hashes := a.Vault.IndexHashes(nik)
	m.fresh, m.old, m.owners = hashes[0], hashes[1:], make([]jaring.WorkerID, len(hashes)-1)
	if w.PersonKeyID != a.Vault.Data[0].ID {
		m.wrapped, _, err = a.Vault.Rewrap(w.Worker, w.PersonKey, w.PersonKeyID)
	}
	return m, err
}

func (a *App) openNIK(id jaring.WorkerID, wrapped []byte, keyID string, sealed []byte) (jaring.NIK, error) {
	key, err := a.Vault.OpenPerson(id, wrapped, keyID)
	if err != nil {
		return jaring.NIK{}, err
	}
	text, err := key.Open(sealed, purposeNIK)
	if err != nil {
		return jaring.NIK{}, err
	}
	nik, nikErr := jaring.ParseNIK(string(text))
	if nikErr != nil {
		return jaring.NIK{}, jaring.InternalError(nikErr)
	}
	return nik, nil
}

func (m *mover) copyRows(tx *store.Tx, moves []*keyMove) (rewrapped int, err error) {
	var hashes [][]byte
	for _, move := range moves {
		hashes = append(hashes, move.old...)
	}
	owners, err := tx.NIKRows(hashes)
	if err != nil {
		return 0, err
	}
	for _, move := range moves {
		for i, old := range move.old {
			move.owners[i] = owners[string(old)]
			if delete(owners, string(old)); move.owners[i] == "" || m.under[string(old)] {
				move.owners[i] = ""
				continue
			}
			if err := tx.AddNIKRow(move.fresh, m.target, move.owners[i]); err != nil {
				return 0, err
			}
		}
		if move.wrapped == nil {
			continue
		}
		did, err := tx.RewrapPerson(move.worker, move.oldID, move.wrapped, m.app.Vault.Data[0].ID)
		if err != nil {
			return 0, err
		}
		if did {
			rewrapped++
		}
	}
	return rewrapped, nil
}

// end ends the old rows of the oldest batch, when it has settled, and remembers how far
// we are.
func (m *mover) end(ctx context.Context) error {
	b := m.copied[0]
	timer := time.NewTimer(time.Until(b.at.Add(settleFor)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	var doubles []jaring.WorkerID
	rehashed := 0
	err := m.app.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if rehashed, doubles, err = m.endRows(tx, b.moves); err != nil {
			return err
		}
		return tx.SetSetting(settingMoved, m.target+" "+string(b.last))
	})
	if err != nil {
		return err
	}
	m.copied = m.copied[1:]
	for _, move := range b.moves {
		for _, hash := range move.old {
			delete(m.under, string(hash))
		}
	}
	m.done.Rehashed += rehashed
	m.done.Persons += len(b.moves)
	m.done.Doubles = append(m.done.Doubles, doubles...)
	m.told(m.done.Persons)
	return nil
}

// oldRow is a row that was taken away under its old hash.
type oldRow struct {
	move  *keyMove
	hash  []byte
	keyID string
	was   jaring.WorkerID // its owner when it was copied
	now   jaring.WorkerID // and when it was taken away; empty when somebody else had
}

// endRows takes the old rows away first, which waits for acts on them that are under way,
// and then looks at the copies: whatever those acts did is there to be read.
func (m *mover) endRows(tx *store.Tx, moves []*keyMove) (rehashed int, doubles []jaring.WorkerID, err error) {
	var taken []oldRow
	var fresh [][]byte
	for _, move := range moves {
		for i, hash := range move.old {
			if move.owners[i] == "" {
				continue
			}
			r := oldRow{move: move, hash: hash, was: move.owners[i]}
			if r.now, r.keyID, err = tx.TakeNIKRow(hash); err != nil {
				return 0, nil, err
			}
			taken, fresh = append(taken, r), append(fresh, move.fresh)
		}
	}
	copies, err := tx.NIKRows(fresh)
	if err != nil {
		return 0, nil, err
	}
	for _, r := range taken {
		double, err := m.compare(tx, r, copies[string(r.move.fresh)])
		switch {
		case err != nil:
			return 0, nil, err
		case double:
			doubles = append(doubles, r.move.worker)
		case r.now != "":
			rehashed++
		}
	}
	return rehashed, doubles, nil
}

// compare mends the copy of a row that an act has changed between the copy and now, when
// that act did not see the copy. Where one NIK has two people the old row goes back.
func (m *mover) compare(tx *store.Tx, r oldRow, copied jaring.WorkerID) (double bool, err error) {
	switch {
	case r.now == copied:
		return false, nil
	case copied == "": // can only be somebody's hand in the database
		return false, tx.AddNIKRow(r.move.fresh, m.target, r.now)
	case r.now == "" && copied != r.was:
		return false, nil // an act has removed it, and somebody else has the NIK since
	case r.now == "":
		his, err := m.isHis(tx, copied, r.move.fresh)
		if err != nil || his {
			return false, err
		}
		return false, tx.DropNIKRow(r.move.fresh, copied)
	}
	right, err := m.rightful(tx, r.now, copied)
	switch {
	case err != nil:
		return false, err
	case right == "":
		return true, tx.AddNIKRow(r.hash, r.keyID, r.now)
	}
	return false, tx.LeadNIKRow(r.move.fresh, right)
}

// isHis tells whether a person who stands has the NIK of a hash.
func (m *mover) isHis(tx *store.Tx, id jaring.WorkerID, hash []byte) (bool, error) {
	w, err := tx.GetWorker(id)
	if err != nil || !stands(w) || len(w.PersonKey) == 0 {
		return false, err
	}
	nik, err := m.app.openNIK(w.ID, w.PersonKey, w.PersonKeyID, w.NIKSealed)
	if err != nil {
		return false, err
	}
	own, _ := m.app.Vault.IndexHash(nik)
	return bytes.Equal(own, hash), nil
}

// rightful decides between the owners of the old and the new row: whoever stands. When
// both do, one NIK has two people, and nobody is right.
func (m *mover) rightful(tx *store.Tx, old, fresh jaring.WorkerID) (jaring.WorkerID, error) {
	ws, err := tx.GetWorkers([]jaring.WorkerID{old, fresh})
	if err != nil {
		return "", err
	}
	standing := map[jaring.WorkerID]bool{}
	for _, w := range ws {
		standing[w.ID] = stands(w)
	}
	switch {
	case standing[old] && standing[fresh]:
		return "", nil
	case standing[fresh]:
		return fresh, nil
	}
	return old, nil
}

// stands tells a record that counts from one that was closed.
func stands(w *store.WorkerRecord) bool {
	return w.State == jaring.WorkerActive || w.State == jaring.WorkerReview
}
