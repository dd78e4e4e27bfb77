package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"jaring/internal/backup"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// The backup of the night comes once a day after one o'clock; one that failed is tried again, but not at once.
func TestBackup_IsMadeOnceANight(t *testing.T) {
	town := jaringtest.NewTown(t, jaringtest.SQLite(t))
	fails, made := false, 0
	r := New(Config{App: town.App, Backup: func(ctx context.Context) error {
		if made++; fails {
			return errors.New("no room")
		}
		return town.DB.Write(ctx, func(tx *store.Tx) error { return backup.Remember(tx, town.Now()) })
	}})
	for i, step := range []struct {
		pass  time.Duration
		fails bool
		made  int // in all
	}{
		{0, false, 1},                      // 09.30: none was made yet
		{15 * time.Hour, false, 1},         // 00.30 of the next day
		{time.Hour, true, 2},               // 01.30
		{10 * time.Minute, true, 2},        // it failed a moment ago
		{time.Hour, false, 3},              // again
		{20 * time.Hour, false, 3},         // the same day still
		{6 * time.Hour, false, 4},          // 04.40 of the day after
		{-48 * time.Hour, false, 4},        // a clock that was set back
		{24 * 4 * time.Hour, false, 5},     // and forth
		{10*time.Minute + 1, false, 5},     // its turn comes often
		{24*time.Hour + 1, false, 6},       // and each day
		{24*time.Hour + 1, true, 7},        // fails once more
		{time.Hour + time.Minute, true, 8}, // and goes on failing
	} {
		town.Pass(step.pass)
		fails = step.fails
		if err := r.backupTask().once(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if made != step.made {
			t.Fatalf("step %d at %s: %d made, want %d", i, town.Now(), made, step.made)
		}
	}
	if err := r.measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	if at, err := backup.LastTested(t.Context(), r.App.App); err != nil || at.IsZero() || at.After(town.Now()) {
		t.Error(at, err)
	}
}
