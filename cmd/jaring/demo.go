package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"jaring/internal/app"
	"jaring/internal/core"
	"jaring/internal/demo"
	"jaring/internal/httpapi"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// DemoCmd builds a demo.
type DemoCmd struct {
	withKeys
	Story []string `default:"all" help:"Stories to live through, such as a,e. a: the cadre class and the market sweep; e: a regency pays for 2,000 people. Empty for none."`
	Seed  uint64   `default:"1" help:"The same seed on the same day gives the same people and figures."`
	Size  int      `default:"500" help:"Own-account workers whom agents try to register."`
	JSON  bool     `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *DemoCmd) Help() string {
	return `Example: jaring demo --db sqlite:data/jaring.db

The database is marked: it is served on this machine alone and can never become a real one. Passwords are random and,
for SQLite, kept beside it. All people are invented.`
}

const (
	maxDemo    = 200_000
	allStories = "all"
	loginsFile = ".logins"
)

// Run builds the demo, or counts the one that is there. Errors: demo.is_real,
// demo.unfinished, demo.story_unknown, demo.size.
func (c *DemoCmd) Run(s *session) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	if err := makeFolder(c.DB); err != nil {
		return err
	}
	db, err := store.Open(s.ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	ring, err := c.demoRing(s.ctx, db)
	if err != nil {
		return err
	}
	path, err := ringPath(c.Keys, c.DB, true)
	if err != nil {
		return err
	}
	open, done := c.house(db, ring, path+simSuffix)
	defer done()
	there := open(time.Now)
	if err := there.App.Found(s.ctx, true); err != nil {
		return err
	}
	built, err := demo.Built(s.ctx, there.App)
	if err != nil {
		return err
	}
	if built {
		s.say("demo.built", nil)
		d, err := demo.Read(s.ctx, there)
		if err != nil {
			return err
		}
		return c.print(s, d)
	}
	// What is left of another demo's core knows these people under other ids.
	if err := os.Remove(path + simSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return c.build(s, open)
}

func (c *DemoCmd) build(s *session, open func(func() time.Time) demo.House) error {
	start := time.Now()
	d, err := demo.Build(s.ctx, demo.Config{Open: open, Now: time.Now(), Seed: c.Seed, Size: c.Size,
		Stories: c.stories(), Notice: httpapi.NoticeVersion})
	if err != nil {
		return err
	}
	s.say("demo.done", jaring.Args{"n": int(d.Figures.Registered), "seconds": int(time.Since(start).Seconds() + 0.5)})
	if err := c.keepLogins(d.Logins); err != nil {
		return err
	}
	return c.print(s, d)
}

func (c *DemoCmd) check() error {
	var es jaring.Errors
	if c.Size < 0 || c.Size > maxDemo {
		es = append(es, jaring.NewError(jaring.Invalid, "demo.size", "max", maxDemo).At("size"))
	}
	for _, story := range c.Story {
		if story != allStories && story != "" && !slices.Contains(demo.Stories(), story) {
			es = append(es, jaring.NewError(jaring.Invalid, "demo.story_unknown", "story", story, "known", strings.Join(demo.Stories(), ", ")).At("story"))
		}
	}
	return es.OrNil()
}

// stories are the keys of the stories that were asked for.
func (c *DemoCmd) stories() []string {
	if slices.Contains(c.Story, allStories) {
		return demo.Stories()
	}
	return c.Story
}

// demoRing reads the key set of the demo, or makes it for a fresh database.
func (c *DemoCmd) demoRing(ctx context.Context, db *store.DB) (*vault.Ring, error) {
	path, err := ringPath(c.Keys, c.DB, true)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err == nil {
		ring, _, err := ringInUse(ctx, db, c.Keys, c.DB, true)
		return ring, err
	}
	if err := freshOrDemo(ctx, db); err != nil {
		return nil, err
	}
	ring, err := vault.NewRing("demo")
	if err != nil {
		return nil, err
	}
	ring.Demo = true
	return ring, ring.Save(path)
}

// freshOrDemo refuses a real database before a key set is made for it.
func freshOrDemo(ctx context.Context, db *store.DB) error {
	return db.Read(ctx, func(tx *store.Tx) error {
		kind, err := tx.Setting(app.SettingDemo)
		if err != nil || kind == app.DemoYes {
			return err
		}
		offices, err := tx.FindOffices()
		if err == nil && (kind == app.DemoNo || len(offices) > 0) {
			err = jaring.NewError(jaring.Forbidden, "demo.is_real")
		}
		return err
	})
}

// house gives the demo its acts, and a simulated core that begins anew.
func (c *DemoCmd) house(db *store.DB, ring *vault.Ring, state string) (open func(func() time.Time) demo.House, done func()) {
	var sim *core.Simulator
	open = func(now func() time.Time) demo.House {
		acts, who := stand{db: db, ring: ring, now: now}.build()
		var runner *jobs.Runner
		tell := func(ctx context.Context) (err error) {
			if runner == nil {
				var port core.Port
				if port, sim, err = simulate(state, simOvernight, now); err != nil {
					return err
				}
				runner = jobs.New(jobs.Config{App: acts, Core: port})
			}
			return runner.Pump(ctx)
		}
		return demo.House{App: acts, Auth: who, Core: tell}
	}
	return open, func() {
		if sim != nil {
			_ = sim.Close() // each answer was written when it was made
		}
	}
}

func (c *DemoCmd) print(s *session, d *demo.Demo) error {
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(d)
	}
	if err := loginTable(s.out, d.Logins); err != nil {
		return err
	}
	f := d.Figures
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table)
	for _, line := range []struct {
		key string
		n   int64
	}{{"demo.registered", f.Registered}, {"demo.protected", f.Protected}, {"demo.paid", f.Paid}, {"demo.waiting", f.Waiting}, {"demo.grace", f.Grace},
		{"demo.ended", f.Ended}, {"demo.review", f.Review}, {"demo.core_rejected", f.CoreRejected}} {
		fmt.Fprintf(table, "%d\t %s\n", line.n, i18n.Text(s.lang, line.key, nil))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, key := range demo.Stories() {
		printStory(s, d.Stories[key])
	}
	return nil
}

func printStory(s *session, figures any) {
	if t, ok := figures.(demo.Teller); ok {
		key, args := t.Tell()
		fmt.Fprintf(s.out, "\n%s\n", i18n.Text(s.lang, key, args))
	}
	if a, ok := figures.(*demo.StoryA); ok {
		printWinners(s.out, a.Winners)
	}
}
