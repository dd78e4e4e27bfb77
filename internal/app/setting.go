package app

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Names of settings that Jaring keeps about its own house.
const (
	// SettingDemo says what kind of database this is: DemoYes, DemoNo, or nothing while
	// it is fresh. It never changes from one to the other.
	SettingDemo = "demo"
	// SettingDigest holds the id of the digest key, which never rotates: by it a database
	// knows its own key set.
	SettingDigest = "keys.digest"
)

// Values of SettingDemo.
const (
	DemoYes = "1"
	DemoNo  = "0"
)

// Setting gives what is set under a name; empty when nothing is.
func (a *App) Setting(ctx context.Context, name string) (value string, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		value, err = tx.Setting(name)
		return err
	})
	return value, err
}

// SetSetting sets a value under a name, whatever was there before.
func (a *App) SetSetting(ctx context.Context, name, value string) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error { return tx.SetSetting(name, value) })
}

// TakeLease gives owner the named lease for a while from now, by the clock of this
// machine, or prolongs it; false when somebody else holds it still. A span of zero gives
// it back. It saves double work and guards nothing.
func (a *App) TakeLease(ctx context.Context, name, owner string, span time.Duration) (taken bool, err error) {
	now := time.Now()
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		taken, err = tx.TakeLease(name, owner, now, now.Add(span))
		return err
	})
	return taken, err
}

// Found makes a fresh database a demo or a real one, for ever, and ties it to its key
// set. Told again it changes nothing. Errors: demo.is_real, demo.is_demo for a database
// that is the other kind or holds somebody's data already; keys.other_database.
func (a *App) Found(ctx context.Context, demo bool) error {
	kind, other := DemoNo, "demo.is_demo"
	if demo {
		kind, other = DemoYes, "demo.is_real"
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		is, err := tx.Setting(SettingDemo)
		if err != nil {
			return err
		}
		if is == "" && demo {
			offices, err := tx.FindOffices()
			if err != nil {
				return err
			}
			if len(offices) > 0 {
				is = DemoNo
			}
		}
		if is != "" && is != kind {
			return jaring.NewError(jaring.Forbidden, other)
		}
		digest, err := tx.Setting(SettingDigest)
		switch {
		case err != nil:
			return err
		case digest != "" && digest != a.Vault.Digest.ID:
			return jaring.NewError(jaring.Forbidden, "keys.other_database", "id", digest)
		case digest != "" && is == kind:
			return nil
		}
		if err := tx.SetSetting(SettingDigest, a.Vault.Digest.ID); err != nil {
			return err
		}
		return tx.SetSetting(SettingDemo, kind)
	})
}
