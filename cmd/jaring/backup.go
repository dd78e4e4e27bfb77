package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jaring/internal/backup"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// BackupCmd writes a database into one file while it is in use.
type BackupCmd struct {
	withKeys
	File  string `arg:"" placeholder:"FILE" help:"File to write."`
	Force bool   `help:"Write over a file that is there."`
	Check bool   `help:"Test it: restore it into a temporary SQLite database beside it, verify that, remove it. Needs the keys."`
	JSON  bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *BackupCmd) Help() string {
	return `Example: jaring backup --db sqlite:data/office.db --keys jaring.keys --check /mnt/backup/office.backup

Works while servers run. The file can be restored into SQLite and into PostgreSQL alike. Keys are not in it: keep a copy
of the key file elsewhere. It holds names, birth dates and phone numbers in clear: keep it as you keep the database.`
}

// Run writes the file and tests it when asked. Exit 1 when there is such a file already, or when the history or the
// counters in the backup are not what they should be. Errors: those of backup.Write and of a restore.
func (c *BackupCmd) Run(s *session) (err error) {
	db, err := openExisting(s.ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var ring *vault.Ring
	if c.Check { // before the work
		demo, err := isDemo(s.ctx, db)
		if err != nil {
			return err
		}
		if ring, _, err = loadRing(c.Keys, c.DB, demo); err != nil {
			return err
		}
	}
	h, err := backup.Write(s.ctx, db, c.File, c.Force, time.Now)
	if err != nil {
		return err
	}
	key, f := "backup.done", &found{}
	if c.Check {
		if f, err = testBackup(s.ctx, c.File, ring); err != nil {
			return err
		}
		if key = "backup.done_tested"; f.bad() {
			key = "backup.test_bad"
		} else if err := db.Write(s.ctx, func(tx *store.Tx) error { return backup.Remember(tx, h.At) }); err != nil {
			return err
		}
	}
	return s.tell(c.JSON, key, c.File, h, f, map[string]any{"tested": c.Check})
}

// tell says what was done; exit 1 when the walks found something.
func (s *session) tell(asJSON bool, key, path string, h *backup.Header, f *found, more map[string]any) (err error) {
	if asJSON {
		more["file"], more["at"], more["demo"], more["tables"], more["rows"] = path, h.At, h.Demo, len(h.Tables), h.Rows
		more["bytes"], more["sha256"], more["keys"], more["schema"] = h.Bytes, h.SHA256, h.Keys, h.Schema
		more["damages"], more["differences"] = f.damages, f.differences
		err = json.NewEncoder(s.out).Encode(more)
	} else {
		_, err = fmt.Fprintln(s.out, i18n.Text(s.lang, key, jaring.Args{"path": path, "tables": len(h.Tables), "rows": h.Rows,
			"at": h.At.In(time.Local).Format("2006-01-02 15:04 MST"), "damages": f.damages, "differences": f.differences}))
	}
	if err == nil && f.bad() {
		return errAnswerNo
	}
	return err
}

// found is what the walks over a restored database found; nothing at all when all is right.
type found struct{ damages, differences int }

func (f *found) bad() bool { return f.damages > 0 || f.differences > 0 }

// walk does on a database what 'jaring verify' and 'jaring recount' do.
func walk(ctx context.Context, db *store.DB, ring *vault.Ring) (*found, error) {
	acts, _ := stand{db: db, ring: ring}.build()
	damages, _, _, err := acts.Verify(ctx)
	if err != nil {
		return nil, err
	}
	diffs, _, _, err := acts.Recount(ctx)
	return &found{len(damages), len(diffs)}, err
}

// restoreFrom fills the empty database at url from a backup and walks it.
func restoreFrom(ctx context.Context, f *backup.File, url string, ring *vault.Ring) (out *found, err error) {
	if err := f.Restore(ctx, url, ring.Has); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return walk(ctx, db, ring)
}

// testBackup restores a backup into a temporary SQLite database beside it and walks that.
func testBackup(ctx context.Context, path string, ring *vault.Ring) (out *found, err error) {
	f, err := backup.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dir, err := os.MkdirTemp(filepath.Dir(path), backup.TempPrefix+"*")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return restoreFrom(ctx, f, "sqlite:"+filepath.Join(dir, "test.db"), ring)
}

// RestoreCmd fills an empty database from a backup.
type RestoreCmd struct {
	withKeys
	File string `arg:"" placeholder:"FILE" help:"Backup made by 'jaring backup'."`
	JSON bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *RestoreCmd) Help() string {
	return `Example: jaring restore --db postgres://jaring@localhost/jaring --keys jaring.keys /mnt/backup/office.backup

The database must be empty: a SQLite file that is not there, or a database just made in PostgreSQL. All comes back or
nothing does. Exit 1 when the database is not empty, or when history or counters are not what they should be.`
}

// Run restores and says what it did. Errors: those of backup.Open, loadRing and File.Restore.
func (c *RestoreCmd) Run(s *session) error {
	f, err := backup.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	ring, _, err := loadRing(c.Keys, c.DB, f.Demo)
	if err != nil {
		return err
	}
	if err := makeFolder(c.DB); err != nil {
		return err
	}
	got, err := restoreFrom(s.ctx, f, c.DB, ring)
	if err != nil {
		return err
	}
	key := "restore.done"
	if got.bad() {
		key = "restore.bad"
	}
	return s.tell(c.JSON, key, c.File, &f.Header, got, map[string]any{})
}
