package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/store"
)

// SettingTested holds the moment whose state the newest backup holds that was tested, as RFC 3339.
const SettingTested = "backup.tested"

// Remember writes down that a backup of this moment was tested; an older one changes nothing.
func Remember(tx *store.Tx, at time.Time) error {
	text := at.UTC().Format(time.RFC3339)
	if last, err := tx.Setting(SettingTested); err != nil || last >= text {
		return err
	}
	return tx.SetSetting(SettingTested, text)
}

// LastTested is the moment of the newest backup that was tested; zero for none.
func LastTested(ctx context.Context, a *app.App) (at time.Time, err error) {
	text, err := a.Setting(ctx, SettingTested)
	if err == nil && text != "" {
		at, err = time.Parse(time.RFC3339, text)
	}
	return at, err
}

// Untested is the name of a nightly backup until it is tested. The next one takes its place: one that can never be
// tested does not fill the folder, nor push out those that were.
const Untested = "untested.backup"

// Tested gives the backup that was tested in a folder its name.
func Tested(dir string, at time.Time) (path string, err error) {
	path = filepath.Join(dir, NameAt(at))
	if err := os.Rename(filepath.Join(dir, Untested), path); err != nil {
		return "", err
	}
	return path, syncFolder(dir)
}

// syncFolder makes a rename durable.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// NameAt is the name of a nightly backup. Later ones sort behind earlier ones.
func NameAt(at time.Time) string { return "jaring-" + at.UTC().Format("20060102-150405") + ".backup" }

var nightly = regexp.MustCompile(`^jaring-\d{8}-\d{6}\.backup$`)

// Keep removes all but the newest n nightly backups of a folder. Nothing else in it is touched.
func Keep(dir string, n int) error {
	files, err := os.ReadDir(dir) // by name
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f os.DirEntry) bool { return !f.Type().IsRegular() || !nightly.MatchString(f.Name()) })
	for _, f := range files[:max(0, len(files)-n)] {
		err = errors.Join(err, os.Remove(filepath.Join(dir, f.Name())))
	}
	return err
}

// staleAfter is longer than a backup and its test take.
const staleAfter = 24 * time.Hour

// Sweep removes what processes left in a folder that ended in the middle of a backup.
func Sweep(dir string, now time.Time) error {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if info, e := f.Info(); e == nil && strings.HasPrefix(f.Name(), TempPrefix) && now.Sub(info.ModTime()) > staleAfter {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, f.Name())))
		}
	}
	return err
}
