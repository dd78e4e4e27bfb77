package main

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite" // to change history behind the store's back

	"jaring/internal/backup"
	"jaring/internal/i18n"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
	"jaring/internal/vault"
)

type backupSaid struct {
	Demo, Tested                       bool
	Rows, Tables, Damages, Differences int64
	SHA256                             string
	Keys                               []string
}

func said(t *testing.T, text string) (s backupSaid) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err, text)
	}
	return s
}

// A living branch goes from SQLite into PostgreSQL and back, and is the same in every walk.
func TestBackup_OfALivingBranchComesBackInEitherEngine(t *testing.T) {
	t.Setenv("JARING_LANG", "en")
	lite := jaringtest.SQLiteURL(t)
	flags, _ := demoAt(t, lite, "--size", "20", "--story", "")
	keys, dir := sqlitePath(lite)+".keys", jaringtest.Folder(t)
	first, second := filepath.Join(dir, "1.backup"), filepath.Join(dir, "2.backup")
	made := said(t, done(t, append([]string{"backup", "--check", "--json", first}, flags...)...))
	if !made.Demo || !made.Tested || made.Rows < 500 || made.Damages+made.Differences != 0 || len(made.Keys) < 3 {
		t.Errorf("%+v", made)
	}
	pg := jaringtest.PostgresURL(t)
	there := said(t, done(t, "restore", "--json", "--db", pg, "--keys", keys, first))
	made.Tested = false
	if d := cmp.Diff(made, there); d != "" {
		t.Errorf("backup and restore:\n%s", d)
	}
	done(t, "backup", "--db", pg, second)
	back := jaringtest.SQLiteURL(t)
	if out := done(t, "restore", "--db", back, "--keys", keys, second); !strings.Contains(out, "were checked: 0 damages, 0 differences") {
		t.Error(out)
	}
	for _, url := range []string{pg, back} {
		if out := done(t, "verify", "--db", url, "--keys", keys); !strings.Contains(out, " 0 damages") {
			t.Error(out)
		}
	}
	refusesToRestore(t, first, keys, pg)
	comesBackAsDemo(t, back, keys)
	tampered(t, back, keys)
	nightly(t, lite, keys)
}

// refusesToRestore asks for one sentence and the exit code of each reason.
func refusesToRestore(t *testing.T, whole, keys, full string) {
	t.Helper()
	text, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	cut := filepath.Join(t.TempDir(), "cut.backup")
	if err := os.WriteFile(cut, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	ring, err := vault.NewRing("other")
	if err != nil {
		t.Fatal(err)
	}
	ring.Demo = true
	others := filepath.Join(t.TempDir(), "other.keys")
	if err := ring.Save(others); err != nil {
		t.Fatal(err)
	}
	fresh := jaringtest.SQLiteURL(t)
	for _, c := range []struct {
		key  string
		code int
		args []string
	}{
		{"backup.exists", 1, []string{"backup", "--db", full, whole}},
		{"backup.not_empty", 1, []string{"restore", "--db", full, "--keys", keys, whole}},
		{"backup.cut_off", 2, []string{"restore", "--db", fresh, "--keys", keys, cut}},
		{"backup.foreign", 2, []string{"restore", "--db", fresh, "--keys", keys, keys}},
		{"backup.missing", 2, []string{"restore", "--db", fresh, "--keys", keys, cut + ".none"}},
		{"backup.keys_missing", 2, []string{"restore", "--db", fresh, "--keys", others, whole}},
		{"keys.of_real", 2, []string{"restore", "--db", fresh, "--keys", keyFile(t), whole}},
		{"keys.unreadable", 2, []string{"restore", "--db", fresh, whole}},
		{"backup.keep", 2, []string{"serve", "--db", full, "--keys", keys, "--listen", "127.0.0.1:0", "--backup-dir", t.TempDir(), "--backup-keep", "0"}},
	} {
		code, out, talk := command(t, c.args...)
		want := i18n.Text(i18n.EN, c.key, nil)
		want = want[strings.LastIndexByte(want, '}')+1:]
		if code != c.code || out != "" || strings.Count(talk, "\n") != 1 || !strings.Contains(talk, strings.TrimSpace(want)) {
			t.Errorf("%s: exit %d, %q, %q", c.key, code, out, talk)
		}
	}
	if _, err := os.Stat(sqlitePath(fresh)); err == nil {
		t.Error("something was made by a restore that was refused")
	}
}

// comesBackAsDemo: a demo stays one, whatever way it took.
func comesBackAsDemo(t *testing.T, url, keys string) {
	t.Helper()
	if code, _, talk := command(t, "serve", "--db", url, "--keys", keys, "--listen", "0.0.0.0:0"); code != 2 || !strings.Contains(talk, "0.0.0.0") {
		t.Errorf("a restored demo for strangers: exit %d, %s", code, talk)
	}
	if code, _, _ := command(t, "verify", "--db", url, "--keys", keyFile(t)); code != 2 {
		t.Error("a restored demo under real keys")
	}
}

// tampered changes an event: the backup comes back as it is, and the answer is no.
func tampered(t *testing.T, url, keys string) {
	t.Helper()
	raw, err := sql.Open("sqlite", sqlitePath(url))
	if err != nil {
		t.Fatal(err)
	}
	_, err = raw.Exec(`UPDATE event SET actor_id = 'somebody' WHERE seq = 1 AND kind = 'worker.registered'`)
	if err != nil || raw.Close() != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bad.backup")
	code, out, _ := command(t, "backup", "--check", "--json", "--db", url, "--keys", keys, path)
	if got := said(t, out); code != 1 || got.Damages == 0 {
		t.Errorf("exit %d, %+v", code, got)
	}
	if code, out, _ := command(t, "restore", "--db", jaringtest.SQLiteURL(t), "--keys", keys, path); code != 1 || !strings.Contains(out, "are back") {
		t.Errorf("exit %d, %s", code, out)
	}
}

// nightly makes and tests backups as a server does, and keeps the newest.
func nightly(t *testing.T, url, keys string) {
	t.Helper()
	ring, err := vault.Load(keys)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	old := filepath.Join(dir, "jaring-20260101-010000.backup")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	srv := &server{db: jaringtest.Open(t, url), log: slog.New(slog.DiscardHandler), command: &ServeCmd{backupFlags: backupFlags{BackupDir: dir, BackupKeep: 1}}}
	if err := srv.nightly(ring)(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() <= filepath.Base(old) {
		t.Errorf("%v, %v", files, err)
	}
	var last string
	if err := srv.db.Read(t.Context(), func(tx *store.Tx) (err error) {
		last, err = tx.Setting(backup.SettingTested)
		return err
	}); err != nil || last == "" {
		t.Errorf("%q is written down, %v", last, err)
	}
	if (&server{command: &ServeCmd{}}).nightly(ring) != nil {
		t.Error("a backup that nobody asked for")
	}
}
