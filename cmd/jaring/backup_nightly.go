package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"jaring/internal/backup"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// backupFlags are the settings of the backup of the night.
type backupFlags struct {
	BackupDir  string `env:"JARING_BACKUP_DIR" placeholder:"DIR" help:"Back up into this folder every night and test each backup: restored, verified, counted. Empty: no backup is made."`
	BackupKeep int    `env:"JARING_BACKUP_KEEP" default:"14" placeholder:"N" help:"How many of these backups are kept."`
}

// maxBackupKeep is about three years of nights.
const maxBackupKeep = 1000

// check makes the folder. Errors: backup.keep, backup.unwritable.
func (c *backupFlags) check() error {
	switch {
	case c.BackupDir == "":
		return nil
	case c.BackupKeep < 1 || c.BackupKeep > maxBackupKeep:
		return jaring.NewError(jaring.Invalid, "backup.keep", "max", maxBackupKeep).At("backup_keep")
	case os.MkdirAll(c.BackupDir, 0o700) != nil:
		return jaring.NewError(jaring.Invalid, "backup.unwritable", "path", c.BackupDir).At("backup_dir")
	}
	return nil
}

// nightly makes a backup, tests it, writes down that it did, and only then removes old ones; nil when none is wanted.
func (srv *server) nightly(ring *vault.Ring) func(context.Context) error {
	dir := srv.command.BackupDir
	if dir == "" {
		return nil
	}
	return func(ctx context.Context) error {
		began := time.Now()
		if err := backup.Sweep(dir, began); err != nil {
			return err
		}
		path := filepath.Join(dir, backup.Untested)
		h, err := backup.Write(ctx, srv.db, path, true, time.Now)
		if err != nil {
			return err
		}
		f, err := testBackup(ctx, path, ring)
		if err != nil {
			return err
		}
		if f.bad() {
			return fmt.Errorf("%d damages and %d differences, in the database too: see jaring verify and jaring recount", f.damages, f.differences)
		}
		if path, err = backup.Tested(dir, h.At); err != nil {
			return err
		}
		if err := srv.db.Write(ctx, func(tx *store.Tx) error { return backup.Remember(tx, h.At) }); err != nil {
			return err
		}
		srv.log.Info("backed up and tested", slog.String("file", filepath.Base(path)), slog.Int64("rows", h.Rows), slog.Int64("bytes", h.Bytes),
			slog.Duration("took", time.Since(began)))
		return backup.Keep(dir, srv.command.BackupKeep)
	}
}
