package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/sheet"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// version is the revision that the binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+"
		}
	}
	return revision + dirty
}

func asExit(err error) (e exitError, ok bool) {
	ok = errors.As(err, &e)
	return e, ok
}

func asError(err error) (e *jaring.Error) {
	errors.As(err, &e)
	return e
}

// onDatabase are the flags of a command that works on a database.
type onDatabase struct {
	DB string `name:"db" env:"JARING_DB" default:"sqlite:data/jaring.db" placeholder:"URL" help:"Database: sqlite:PATH or postgres://…"`
}

// withKeys are the flags of a command that also opens what is sealed.
type withKeys struct {
	onDatabase
	Keys string `env:"JARING_KEY_FILE" placeholder:"FILE" help:"Key set made by 'jaring keygen'. A demo on SQLite has its own beside it."`
}

// sqlitePath is the file of a SQLite database, empty for another engine.
func sqlitePath(url string) string {
	path, ok := strings.CutPrefix(url, "sqlite:")
	if !ok {
		return ""
	}
	return path
}

// openExisting opens a database that must be there: a command that reads must not
// make an empty one. Error: cli.no_database.
func openExisting(ctx context.Context, url string) (*store.DB, error) {
	if path := sqlitePath(url); path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, jaring.NewError(jaring.NotFound, "cli.no_database", "path", path)
		}
	}
	return store.Open(ctx, url)
}

// isDemo tells a demo database from a real or a fresh one.
func isDemo(ctx context.Context, db *store.DB) (demo bool, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		value, err := tx.Setting(app.SettingDemo)
		demo = value == app.DemoYes
		return err
	})
	return demo, err
}

// ringPath is where the key set of a database is: what is named, or for a demo on SQLite
// beside it. Error: keys.required.
func ringPath(named, url string, demo bool) (string, error) {
	if named != "" {
		return named, nil
	}
	if path := sqlitePath(url); path != "" && demo {
		return path + ".keys", nil
	}
	return "", jaring.NewError(jaring.Forbidden, "keys.required")
}

// loadRing reads the key set of a database and refuses one of the other kind. Errors:
// keys.required, keys.unreadable, keys.incomplete, keys.of_demo, keys.of_real.
func loadRing(named, url string, demo bool) (*vault.Ring, string, error) {
	path, err := ringPath(named, url, demo)
	if err != nil {
		return nil, "", err
	}
	ring, err := vault.Load(path)
	switch {
	case err != nil:
		return nil, "", err
	case ring.Demo && !demo:
		return nil, "", jaring.NewError(jaring.Forbidden, "keys.of_demo")
	case demo && !ring.Demo:
		return nil, "", jaring.NewError(jaring.Forbidden, "keys.of_real")
	}
	return ring, path, nil
}

// ringInUse is loadRing with the keys in front that are in use. Errors: those of
// loadRing, keys.other_database, keys.outdated.
func ringInUse(ctx context.Context, db *store.DB, named, url string, demo bool) (*vault.Ring, string, error) {
	ring, path, err := loadRing(named, url, demo)
	if err != nil {
		return nil, "", err
	}
	a, err := readAgreement(ctx, db)
	if err != nil {
		return nil, "", err
	}
	if a.digest != "" && a.digest != ring.Digest.ID {
		return nil, "", jaring.NewError(jaring.Forbidden, "keys.other_database", "id", a.digest)
	}
	ring, err = arrange(ring, a.inUse)
	return ring, path, err
}

// stand is what the acts of one house stand on.
type stand struct {
	db    *store.DB
	ring  *vault.Ring
	now   func() time.Time
	cover jaring.CoverSettings

	reminders jaring.ReminderSettings // empty for the stated defaults
	cash      jaring.CashSettings     // likewise

	book    *scheme.Book // nil for the shipped rules
	changed func()

	rejectedDays  int // zero for the stated default
	leadMonths    int // likewise
	serviceMonths int // likewise
}

// build makes the acts and who may do them.
func (s stand) build() (*acts.Acts, *auth.Service) {
	if s.now == nil {
		s.now = time.Now
	}
	if s.cover == (jaring.CoverSettings{}) {
		s.cover = jaring.DefaultCoverSettings()
	}
	if s.book == nil {
		s.book = scheme.Load()
	}
	who := auth.New(s.db, auth.Options{Now: s.now})
	return acts.New(app.Config{DB: s.db, Vault: s.ring, Book: s.book, Areas: area.Load(), Now: s.now, Cover: s.cover, Reminders: s.reminders, Cash: s.cash, OpenRoster: openRoster,
		Actor: who.ActorOfAccount, Forget: who.ForgetAccount, ForgetAll: who.ForgetAll, RejectedDays: s.rejectedDays, LeadMonths: s.leadMonths, ServiceMonths: s.serviceMonths, Password: who.NewPassword, Changed: s.changed}), who
}

// openRoster opens a sponsor's list; what is wrong with a file is said in the language of the office.
func openRoster(r io.ReaderAt, size int64) (app.RosterFile, error) {
	return sheet.OpenRoster(r, size, i18n.ID, sheet.Options{})
}

// openHouse opens a database with its keys for one command. Errors: those of loadRing
// and openExisting, keys.other_database.
func openHouse(ctx context.Context, c withKeys) (*acts.Acts, *auth.Service, func() error, error) {
	db, err := openExisting(ctx, c.DB)
	if err != nil {
		return nil, nil, nil, err
	}
	fail := func(err error) (*acts.Acts, *auth.Service, func() error, error) {
		return nil, nil, nil, errors.Join(err, db.Close())
	}
	demo, err := isDemo(ctx, db)
	if err != nil {
		return fail(err)
	}
	ring, _, err := ringInUse(ctx, db, c.Keys, c.DB, demo)
	if err != nil {
		return fail(err)
	}
	acts, who := stand{db: db, ring: ring}.build()
	if err := acts.Found(ctx, demo); err != nil {
		return fail(err)
	}
	return acts, who, db.Close, nil
}

// coverFile is what a file of settings may say; what it leaves out stays as stated.
type coverFile struct {
	ArrearsMonths *int  `json:"arrears_months"`
	WaitUnbroken  *bool `json:"wait_unbroken"`
}

// loadCover reads the settings of cover. Error: config.cover_file.
func loadCover(path string) (jaring.CoverSettings, error) {
	cover := jaring.DefaultCoverSettings()
	if path == "" {
		return cover, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return cover, jaring.NewError(jaring.Invalid, "config.cover_file", "path", path).At("cover-file")
	}
	defer f.Close()
	var said coverFile
	in := json.NewDecoder(f)
	in.DisallowUnknownFields()
	if err := in.Decode(&said); err != nil || said.ArrearsMonths != nil && *said.ArrearsMonths < 0 {
		return cover, jaring.NewError(jaring.Invalid, "config.cover_file", "path", path).At("cover-file")
	}
	if said.ArrearsMonths != nil {
		cover.ArrearsMonths = *said.ArrearsMonths
	}
	if said.WaitUnbroken != nil {
		cover.WaitUnbroken = *said.WaitUnbroken
	}
	return cover, nil
}
