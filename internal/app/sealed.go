package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// SealingKey gives the id and the raw public point of the key to which phones seal.
func (a *App) SealingKey() (id string, public []byte, err error) {
	key, err := a.Vault.SealingKey()
	if err != nil {
		return "", nil, err
	}
	return key.ID, key.Public(), nil
}

// OpenSealed opens the body of an operation. Errors: seal.key_unknown, seal.damaged.
func (a *App) OpenSealed(id jaring.OperationID, s *wire.Sealed) ([]byte, error) {
	return a.Vault.OpenSealed(vault.Sealed{KeyID: s.KeyID, Point: s.Point, IV: s.IV, Text: s.Text}, id)
}

// OpenOwn opens a sealed body for whoever sent it, to be mended: of an operation that was
// refused, or that never arrived. It writes down that it did.
// Errors: id.malformed, seal.not_own, seal.done, seal.key_unknown, seal.damaged, error.forbidden.
func (a *App) OpenOwn(ctx context.Context, actor jaring.Actor, id jaring.OperationID, s *wire.Sealed) ([]byte, error) {
	if err := actor.May(jaring.ActSync, jaring.Scope{}); err != nil {
		return nil, err
	}
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "id.malformed").At("id")}
	}
	if err := a.mayOpen(ctx, actor, id); err != nil {
		return nil, err
	}
	body, err := a.OpenSealed(id, s)
	if err != nil {
		return nil, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		return a.Tell(tx, actor, string(actor.Account), jaring.BodyOpened, jaring.Facts{Agent: actor.Account, Other: string(id)})
	})
	return body, err
}

// mayOpen: what was accepted is read on the person's page, by whoever may; what somebody
// else sent is not opened at all.
func (a *App) mayOpen(ctx context.Context, actor jaring.Actor, id jaring.OperationID) error {
	ids := []jaring.OperationID{id}
	var op *store.OperationRecord
	var held []*store.HeldOperation
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		known, err := tx.FindOperations(ids)
		if op = known[id]; err != nil {
			return err
		}
		held, err = tx.FindHeld(ids)
		return err
	})
	switch {
	case err != nil:
		return err
	case op != nil && op.Account != actor.Account || len(held) > 0 && held[0].Account != actor.Account:
		return jaring.NewError(jaring.Forbidden, "seal.not_own")
	case op != nil && op.Outcome.Kind != jaring.Refused:
		return jaring.NewError(jaring.Conflict, "seal.done")
	}
	return nil
}
