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
// In step 3 a registration may meet the mover at one NIK. It inserts the new hash and
// then reads the old one. The mover first copies the row to the new hash, and removes the old
// one in a later transaction, so at every moment one of the two can be read: whichever
// insert of the new hash comes second waits for the other and finds it taken, or finds the
// old row and takes its own back.
//
// Merging, withdrawing and correcting change or remove the rows of their person, whatever the
// hash. One that began before the copy was there changes the old row alone. So the mover
// waits (settleFor) before it removes old rows, and then compares: where the two rows
// differ, the old one, which every act has seen, is right.
//
// On SQLite there is one writer and none of this can happen.

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
	Resealed  int // held operations, secrets of agents' codes, keys of lists
	Doubles   []jaring.WorkerID
	Left      int64 // rows still under other keys than those in use
}

// RekeyBatch is how many persons one transaction moves.
const RekeyBatch = 200

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
	m := mover{app: a, done: &done, target: target, last: jaring.WorkerID(last), told: told, under: map[string]bool{}}
	if err := m.run(ctx); err != nil {
		return done, err
	}
	if err := a.rekeyHeld(ctx, &done); err != nil {
		return done, err
	}
	for _, also := range a.rekeyed {
		if err := also(ctx, &done); err != nil {
			return done, err
		}
	}
	codes, err := a.rekeyCodes(ctx, &done)
	if err != nil {
		return done, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		index, persons, held, err := tx.CountUnderOther(target, a.Vault.Data[0].ID)
		done.Left = index + persons + held + codes
		return err
	})
	if err == nil && done.Left > 0 {
		err = a.SetSetting(ctx, settingMoved, "") // from the beginning next time
	}
	return done, err
}

// Rekeyer moves what another acting room sealed to the keys of now.
type Rekeyer func(context.Context, *Rekeyed) error

// AlsoRekey has a room's sealed things moved with everything else. It is called while the house is put together.
func (a *App) AlsoRekey(f Rekeyer) { a.rekeyed = append(a.rekeyed, f) }

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
