package app

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// Records as the doors read them; only the store makes SQL of them.
type (
	Worker     = store.WorkerRecord
	Membership = store.MembershipRecord
)

// Config is what the acts stand on.
type Config struct {
	DB    *store.DB
	Vault *vault.Ring
	Book  *scheme.Book
	Areas *area.Tree
	Now   func() time.Time
	Cover jaring.CoverSettings
	// Cash bounds what agents may hold; the stated defaults when left out.
	Cash jaring.CashSettings
	// Employers are the points about employers that the sources leave open; the stated defaults when left out.
	Employers jaring.EmployerSettings
	// Reminders are the days on which people are reminded; the stated defaults when left out.
	Reminders jaring.ReminderSettings
	// Actor finds who an account is today, for operations that were held and are
	// applied when their sender is not on the line.
	Actor func(context.Context, jaring.AccountID) (jaring.Actor, error)
	// Forget makes auth read an account anew after something about it was written; Password
	// makes a random password, told once, and the hash that is kept. Acts on agents need both.
	Forget func(jaring.AccountID)
	// ForgetAll makes auth read everybody anew, after offices changed what they reach.
	ForgetAll func()
	Password  func(context.Context) (password, hash string, err error)
	// RejectedDays is how long the personal data of applicants who were turned down is kept, in
	// days after the decision; zero for jaring.DefaultRejectedDays.
	RejectedDays int
	// LeadMonths is how long name and phone of a lead that became nobody are kept; zero for jaring.LeadMonths.
	LeadMonths int
	// ServiceMonths is how long name, phone and words of a closed case of a service desk are kept; zero for jaring.ServiceMonths.
	ServiceMonths int
	// Banks makes codes at banks; nil when there is none.
	Banks Banker
	// OpenRoster opens the spreadsheets that sponsors send; nil where none come.
	OpenRoster RosterOpener
	// Changed is called after something was committed; jobs listen. It must not block.
	Changed func()
}

// App does the acts.
type App struct {
	Config
	numbers  numbers // of registrations
	codes    numbers // of further contributions
	bills    numbers // of bills that are no worker's
	offices  offices
	accounts accountNames
	boards   boards
	deeds    sync.Map // jaring.Act → Deed
	payables map[string]BillReader
	rekeyed  []Rekeyer
}

// New makes an App.
func New(c Config) *App {
	if c.Changed == nil {
		c.Changed = func() {}
	}
	if c.Forget == nil {
		c.Forget = func(jaring.AccountID) {}
	}
	if c.ForgetAll == nil {
		c.ForgetAll = func() {}
	}
	if c.Cash == (jaring.CashSettings{}) {
		c.Cash = jaring.DefaultCashSettings()
	}
	if c.Employers.BillDay == 0 {
		c.Employers = jaring.DefaultEmployerSettings()
	}
	if len(c.Reminders.Before)+len(c.Reminders.After) == 0 {
		c.Reminders = jaring.DefaultReminderSettings()
	}
	clock := c.Now
	// What is told now must equal what is told again from the store, which keeps milliseconds.
	c.Now = func() time.Time { return clock().UTC().Truncate(time.Millisecond) }
	a := &App{Config: c, payables: map[string]BillReader{}}
	a.Changed = func() { a.boards.changed(); c.Changed() }
	a.numbers.db, a.numbers.kind, a.numbers.most = c.DB, RegistrationKind, jaring.MaxRegistrations
	a.codes.db, a.codes.kind, a.codes.most = c.DB, contributionKind, maxContributions
	a.bills.db, a.bills.kind, a.bills.most = c.DB, billKind, maxContributions
	a.offices.db = c.DB
	a.PaidBy(groupKind, a.groupBill)
	a.PaidBy(depositKind, a.readDeposit)
	a.PaidBy(employerKind, a.employerBill)
	a.PaidBy(selfKind, a.selfBill)
	return a
}

// NewID makes a UUIDv7.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

func init() { uuid.EnableRandPool() }

// Today is the day of moment t at the actor's office.
func Today(actor jaring.Actor, t time.Time) jaring.Day { return jaring.DayIn(t, Zone(actor.Zone)) }

// Zone is the time zone by its IANA name; western Indonesia when it is unknown.
func Zone(name string) *time.Location {
	zone, err := jaring.Zone(name)
	if err != nil {
		zone, _ = jaring.Zone("Asia/Jakarta")
	}
	return zone
}
