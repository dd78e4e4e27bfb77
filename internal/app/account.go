package app

import (
	"context"
	"sync"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// accountNames remembers the names of those who act: a list of people names an agent in every row.
type accountNames struct {
	mu    sync.RWMutex
	names map[jaring.AccountID]string
}

// maxNames bounds the memory; beyond it the names are read anew.
const maxNames = 10_000

// AccountName is the name of an account, Jaring's own for its jobs, empty when it is unknown.
func (a *App) AccountName(ctx context.Context, id jaring.AccountID) string {
	if id == "" {
		return jaring.System.Name
	}
	a.accounts.mu.RLock()
	name, known := a.accounts.names[id]
	a.accounts.mu.RUnlock()
	if known {
		return name
	}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err := tx.GetAccount(id)
		if err == nil {
			name = account.Name
		}
		return err
	})
	if err != nil {
		return ""
	}
	a.accounts.mu.Lock()
	defer a.accounts.mu.Unlock()
	if a.accounts.names == nil || len(a.accounts.names) >= maxNames {
		a.accounts.names = map[jaring.AccountID]string{}
	}
	a.accounts.names[id] = name
	return name
}
