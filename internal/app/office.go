package app

import (
	"context"
	"sync"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// offices keeps the tree of offices in memory: they are few and rarely change, and
// every registration names all those above its own.
type offices struct {
	mu     sync.RWMutex
	db     *store.DB
	loaded time.Time
	byID   map[jaring.OfficeID]*store.OfficeRecord
}

const officesFresh = time.Minute

// path gives the office and all above it, nearest first.
func (o *offices) path(ctx context.Context, id jaring.OfficeID, now time.Time) ([]jaring.OfficeID, error) {
	byID, err := o.all(ctx, id, now)
	if err != nil {
		return nil, err
	}
	var path []jaring.OfficeID
	for id != "" && len(path) < len(byID) {
		path = append(path, id)
		id = byID[id].Parent
	}
	return path, nil
}

// OfficePath is an office and all above it, the nearest first. Error: office.unknown.
func (a *App) OfficePath(ctx context.Context, id jaring.OfficeID, now time.Time) ([]jaring.OfficeID, error) {
	return a.offices.path(ctx, id, now)
}

// forget makes the next question read the offices anew.
func (o *offices) forget() {
	o.mu.Lock()
	o.byID = nil
	o.mu.Unlock()
}

// name of an office, empty when there is none.
func (o *offices) name(ctx context.Context, id jaring.OfficeID, now time.Time) string {
	byID, err := o.all(ctx, id, now)
	if err != nil {
		return ""
	}
	return byID[id].Name
}

// phone of an office, or of the nearest above it that has one; empty when none has.
func (o *offices) phone(ctx context.Context, id jaring.OfficeID, now time.Time) string {
	byID, err := o.all(ctx, id, now)
	for n := 0; err == nil && byID[id] != nil && n < len(byID); n++ {
		if byID[id].Phone != "" {
			return byID[id].Phone
		}
		id = byID[id].Parent
	}
	return ""
}

// all gives the offices by id, read again when they are old or lack the one asked for.
func (o *offices) all(ctx context.Context, wanted jaring.OfficeID, now time.Time) (map[jaring.OfficeID]*store.OfficeRecord, error) {
	o.mu.RLock()
	byID, loaded := o.byID, o.loaded
	o.mu.RUnlock()
	if _, ok := byID[wanted]; ok && now.Sub(loaded) < officesFresh {
		return byID, nil
	}
	byID = map[jaring.OfficeID]*store.OfficeRecord{}
	err := o.db.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		for _, office := range all {
			byID[office.ID] = office
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	o.byID, o.loaded = byID, now
	o.mu.Unlock()
	return byID, nil
}
