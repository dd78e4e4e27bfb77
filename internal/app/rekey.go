package app

import (
	"context"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// How keys change while people are being registered.
//
// Two people must never come out of one NIK, and the only thing that stands against it is
// a unique row of nik_index under the hash of one key. So at every moment all servers
// must agree under which key they write. They do: SettingInUse says it. The order is
//
//  1. known    every server can read the new keys, and still writes under the old
//  2. switched all servers stop writing for a moment, then all write under the new one
//     and look whether the NIK stands under the old (store.Claim)
//  3. moved    Rekey takes every row from the old hash to the new (below)
//  4. retired  nothing is left under the old keys, and they are dropped
//
// In step 3 a registration meets the mover at one NIK. It inserts the new hash and then
// reads the old one; the mover turns the old row into the new in one statement. If the mover
// was first, the insert waits for it and finds the hash taken. If the insert was first, the
// mover waits for it, the old row is still there for the registration to read, and it
// takes its insert back. Merging, withdrawing and correcting change or delete the row by
// its owner, and the row that moves stays the same row, so they meet it before or after.
// SQLite has one writer and none of these cares.

const (
	// SettingInUse holds the ids of the index and the data key under which all write,
	// with a blank between; nothing while the key file's first keys are meant.
	SettingInUse = "keys.in_use"
	// SettingPause holds until when (milliseconds UTC) servers are asked to stop writing.
	SettingPause = "keys.pause"
	// settingMoved holds the key that persons are moved to and the last one moved.
	settingMoved = "keys.moved"
)

// Rekeyed is what a move to new keys did.
type Rekeyed struct {
	Persons   int // looked at
	Rehashed  int // rows of the index
	Rewrapped int // keys of persons
	Resealed  int // held operations
	Doubles   []jaring.WorkerID
	Left      int64 // rows still under other keys than those in use
}

// rekeyBatch is how many persons one transaction moves.
const rekeyBatch = 200

// Rekey moves everything to the first index and data key of the vault: the NIK of every
// person is hashed anew from what is sealed, every person's key is wrapped anew, every
// held operation sealed anew. It can be stopped at any point and told again, and goes on
// where it was. All servers must write under these keys already. Doubles are persons
// whose NIK somebody else has too; there should be none. told hears how many persons
// are done.
func (a *App) Rekey(ctx context.Context, told func(persons int)) (done Rekeyed, err error) {
	target := a.Vault.Index[0].ID
	mark, err := a.Setting(ctx, settingMoved)
	if err != nil {
		return done, err
	}
	key, last, _ := strings.Cut(mark, " ")
	if key != target {
		last = ""
	}
	for {
		n, err := a.rekeySome(ctx, &done, jaring.WorkerID(last), target, &last)
		if err != nil {
			return done, err
		}
		if n == 0 {
			break
		}
		told(done.Persons)
	}
	if err := a.rekeyHeld(ctx, &done); err != nil {
		return done, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		index, persons, held, err := tx.CountUnderOther(target, a.Vault.Data[0].ID)
		done.Left = index + persons + held
		return err
	})
	if err == nil && done.Left > 0 {
		err = a.SetSetting(ctx, settingMoved, "") // from the beginning next time
	}
	return done, err
}

// rekeySome moves the persons of one batch behind after, and remembers the last of them in
// the same transaction.
func (a *App) rekeySome(ctx context.Context, done *Rekeyed, after jaring.WorkerID, target string, last *string) (int, error) {
	var batch []store.WorkerKeys
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		batch, err = tx.FindWorkerKeys(after, rekeyBatch)
		return err
	})
	if err != nil || len(batch) == 0 {
		return 0, err
	}
	moves := make([]keyMove, 0, len(batch))
	for _, w := range batch {
		m, err := a.planMove(w)
		if err != nil {
			return 0, err
		}
		moves = append(moves, m)
	}
	*last = string(batch[len(batch)-1].Worker)
	doubles, err := a.move(ctx, done, moves, target+" "+*last)
	done.Doubles = append(done.Doubles, doubles...)
	done.Persons += len(batch)
	return len(batch), err
}

// keyMove is what is to be done for one person; everything that needs keys is done.
type keyMove struct {
	worker  jaring.WorkerID
	old     [][]byte // hashes under the keys that go
	fresh   []byte
	oldID   string
	wrapped []byte // nil when the person's key needs nothing
}

func (a *App) planMove(w store.WorkerKeys) (m keyMove, err error) {
	m.worker, m.oldID = w.Worker, w.PersonKeyID
	if len(w.PersonKey) == 0 {
		return m, nil // erased: nothing of this person can be read or found
	}
	key, err := a.Vault.OpenPerson(w.Worker, w.PersonKey, w.PersonKeyID)
	if err != nil {
		return m, err
	}
	text, err := key.Open(w.NIKSealed, purposeNIK)
	if err != nil {
		return m, err
	}
	nik, nikErr := jaring.ParseNIK(string(text))
	if nikErr != nil {
		return m, jaring.InternalError(nikErr)
	}
	hashes := a.Vault.IndexHashes(nik)
	m.fresh, m.old = hashes[0], hashes[1:]
	if w.PersonKeyID != a.Vault.Data[0].ID {
		m.wrapped, _, err = a.Vault.Rewrap(w.Worker, w.PersonKey, w.PersonKeyID)
	}
	return m, err
}

// move writes the moves of a batch in one transaction, or, when one of them meets a NIK
// that has two people, one by one.
func (a *App) move(ctx context.Context, done *Rekeyed, moves []keyMove, mark string) (doubles []jaring.WorkerID, err error) {
	rehashed, rewrapped, err := a.moveSome(ctx, moves, mark)
	if jaring.KeyOf(err) != doubleNIK {
		done.Rehashed, done.Rewrapped = done.Rehashed+rehashed, done.Rewrapped+rewrapped
		return nil, err
	}
	for i := range moves {
		rehashed, rewrapped, err := a.moveSome(ctx, moves[i:i+1], "")
		if jaring.KeyOf(err) == doubleNIK {
			doubles = append(doubles, moves[i].worker)
			continue
		}
		if err != nil {
			return doubles, err
		}
		done.Rehashed, done.Rewrapped = done.Rehashed+rehashed, done.Rewrapped+rewrapped
	}
	return doubles, a.SetSetting(ctx, settingMoved, mark)
}

// doubleNIK is what the store says when a hash is somebody's already.
const doubleNIK = "worker.already_registered"

func (a *App) moveSome(ctx context.Context, moves []keyMove, mark string) (rehashed, rewrapped int, err error) {
	index, data := a.Vault.Index[0].ID, a.Vault.Data[0].ID
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		rehashed, rewrapped = 0, 0
		for _, m := range moves {
			for _, old := range m.old {
				moved, err := tx.RehashNIK(old, m.fresh, index)
				if err != nil {
					return err
				}
				if moved {
					rehashed++
				}
			}
			if m.wrapped == nil {
				continue
			}
			did, err := tx.RewrapPerson(m.worker, m.oldID, m.wrapped, data)
			if err != nil {
				return err
			}
			if did {
				rewrapped++
			}
		}
		if mark == "" {
			return nil
		}
		return tx.SetSetting(settingMoved, mark)
	})
	return rehashed, rewrapped, err
}

// rekeyHeld seals held operations anew, also those that were given up: what they said
// stays.
func (a *App) rekeyHeld(ctx context.Context, done *Rekeyed) error {
	var held []*store.HeldOperation
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		held = nil
		return tx.EachHeld(func(h *store.HeldOperation) error {
			if h.KeyID != a.Vault.Data[0].ID {
				held = append(held, h)
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, h := range held {
		body, err := a.Vault.Open(h.Sealed, h.KeyID, heldPurpose(h.ID))
		if err != nil {
			return err
		}
		sealed, keyID, err := a.Vault.Seal(body, heldPurpose(h.ID))
		if err != nil {
			return err
		}
		if err := a.DB.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.ResealHeld(h.ID, h.KeyID, sealed, keyID)
			return err
		}); err != nil {
			return err
		}
		done.Resealed++
	}
	return nil
}
