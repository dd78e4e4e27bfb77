package demo

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/jaring"
)

// Config is what a demo is made of.
type Config struct {
	// Open gives the acts on the database, by the clock of the demo.
	Open func(now func() time.Time) House
	Now  time.Time // the present, where the demo's clock ends
	Seed uint64
	Size int // own-account workers whom agents try to register
	// Stories are the keys of the tales that are lived through besides; see Stories.
	Stories []string
	// Notice is the version of the privacy notice that people agree to.
	Notice string
}

// House is a database as the demo acts on it.
type House struct {
	App  *acts.Acts
	Auth *auth.Service
	// Core tells the fund's core what waits and keeps its answers.
	Core func(context.Context) error
}

// Demo is a demo as it came out.
type Demo struct {
	Logins  []Login        `json:"logins"`
	Figures Figures        `json:"figures"`
	Stories map[string]any `json:"stories"`
}

// SettingBuilt says by what a demo was built; it is set when the demo is whole.
const SettingBuilt = "demo.built"

// whole is what is set there, with what each story keeps of itself.
type whole struct {
	Seed    uint64                     `json:"seed"`
	Size    int                        `json:"size"`
	Stories map[string]json.RawMessage `json:"stories"`
}

// months is how long ago the demo begins.
const months = 13

// builder builds one demo.
type builder struct {
	Config
	app      *acts.Acts
	auth     *auth.Service
	core     func(context.Context) error
	clock    *clock
	crowd    *crowd
	today    jaring.Day
	office   map[string]jaring.OfficeID
	desk     map[string]jaring.AccountID
	place    map[string]jaring.PlaceID
	agents   []*agent
	logins   []Login
	class    class
	sweep    sweep
	cash     cash
	gift     gift
	villages villages
	hall     hall
	owners   keptD

	actors map[jaring.AccountID]jaring.Actor
	days   map[jaring.Day]*day
	open   bool // the core has something to be told or to answer
}

// Build builds a demo in a fresh database and gives what came out.
// Errors: demo.is_real for a database that holds anything; demo.unfinished for one that
// was broken off; those of the acts.
func Build(ctx context.Context, c Config) (*Demo, error) {
	b := &builder{Config: c, clock: newClock(c.Now), crowd: newCrowd(c.Seed, area.Load()), office: map[string]jaring.OfficeID{}, desk: map[string]jaring.AccountID{},
		place: map[string]jaring.PlaceID{}, actors: map[jaring.AccountID]jaring.Actor{}, days: map[jaring.Day]*day{}}
	h := c.Open(b.clock.now)
	b.app, b.auth, b.core = h.App, h.Auth, h.Core
	b.today = jaring.DayIn(c.Now, app.Zone(""))
	if err := b.begin(ctx); err != nil {
		return nil, err
	}
	b.plan()
	b.planMeeting()
	b.planCash()
	if err := b.live(ctx); err != nil {
		return nil, err
	}
	kept, err := b.finish(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := b.app.Fold(ctx); err != nil {
		return nil, err
	}
	built, _ := json.Marshal(whole{Seed: c.Seed, Size: c.Size, Stories: kept})
	if err := b.app.SetSetting(ctx, SettingBuilt, string(built)); err != nil {
		return nil, err
	}
	d, err := Read(ctx, h)
	if err == nil {
		d.Logins = b.logins
	}
	return d, err
}

// begin marks the database and makes its offices, on the first day of the demo.
func (b *builder) begin(ctx context.Context) error {
	if err := b.app.Found(ctx, true); err != nil {
		return err
	}
	known, err := b.auth.FindOffices(ctx, jaring.System)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		return jaring.NewError(jaring.Conflict, "demo.unfinished")
	}
	first := b.today.Month().Add(1 - months).First()
	b.clock.to(first, 7*time.Hour)
	return b.found(ctx)
}

// clock is the demo's own. It moves forward alone, and never behind the present.
type clock struct {
	at, end time.Time
}

func newClock(end time.Time) *clock { return &clock{end: end} }

func (c *clock) now() time.Time { return c.at }

// to moves to an hour of a day in western Indonesia.
func (c *clock) to(day jaring.Day, hour time.Duration) {
	t := moment(day, hour)
	if t.After(c.end) {
		t = c.end
	}
	if t.After(c.at) {
		c.at = t
	}
}

func moment(day jaring.Day, hour time.Duration) time.Time {
	return time.Date(day.Year(), time.Month(day.MonthNumber()), day.DayNumber(), 0, 0, 0, 0, app.Zone("")).Add(hour).UTC()
}

// actor is who an account is. Whom it reaches does not change while the demo is built.
func (b *builder) actor(ctx context.Context, id jaring.AccountID) (jaring.Actor, error) {
	if a, ok := b.actors[id]; ok {
		return a, nil
	}
	a, err := b.auth.ActorOfAccount(ctx, id)
	if err == nil {
		b.actors[id] = a
	}
	return a, err
}

// officerOf is the desk that settles and decides for an office.
func (b *builder) officerOf(office string) jaring.AccountID {
	if office == "palembang" {
		return b.desk["petugas.palembang"]
	}
	return b.desk["petugas.jambi"]
}

// live goes from the first day to the present.
func (b *builder) live(ctx context.Context) error {
	days := make([]jaring.Day, 0, len(b.days))
	for d := range b.days {
		days = append(days, d)
	}
	slices.Sort(days)
	if len(days) == 0 {
		return nil
	}
	for d := days[0]; d <= b.today; d = d.Add(1) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.liveDay(ctx, d, b.days[d]); err != nil {
			return err
		}
	}
	return nil
}
