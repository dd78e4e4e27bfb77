package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Prepared is an operation after PREPARE: Write does what Apply would do inside the writer. Benchmarks
// use it to fill a book and to measure the raw engine on the same rows.
type Prepared struct{ plan *plan }

// Prepare prepares one operation and stops there.
func (a *App) Prepare(ctx context.Context, actor jaring.Actor, op jaring.Operation) (*Prepared, error) {
	p, err := a.prepareOne(ctx, actor, &op, a.Vault.Digest256(string(op.Kind), op.Body))
	return &Prepared{p}, err
}

// Claim is the part of the writing that decides whether the operation is the first.
func (p *Prepared) Claim(tx *store.Tx) error {
	var claims []store.NIKClaim
	if p.plan.claim != nil {
		claims = append(claims, *p.plan.claim)
	}
	_, err := tx.Claim([]*store.OperationRecord{p.plan.record}, claims)
	return err
}

// Insert is the rest.
func (p *Prepared) Insert(tx *store.Tx) error {
	_, err := p.plan.run(tx, false)
	return err
}

// RehearseNotice is BookNotice that leaves nothing, and gives the statements that would have written.
func (a *App) RehearseNotice(ctx context.Context, n BankNotice, rule func(*BankBook) error) ([]store.Statement, error) {
	work, err := a.prepareNotice(ctx, n)
	if err != nil {
		return nil, err
	}
	return a.DB.Rehearse(ctx, func(tx *store.Tx) error { return rule(&BankBook{a, tx, work}) })
}
