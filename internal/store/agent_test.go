package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// agency is a database with two offices, an agent and four applicants.
type agency struct {
	t             *testing.T
	db            *store.DB
	branch, sub   jaring.OfficeID
	agent         jaring.AccountID
	class         jaring.ClassID
	applicants    []jaring.ApplicationID
	at            time.Time
	first, second jaring.Day
}

func newAgency(t *testing.T, db *store.DB) *agency {
	t.Helper()
	g := &agency{t: t, db: db, at: time.Date(2026, 11, 11, 1, 0, 0, 0, time.UTC), first: jaring.NewDay(2026, 11, 11), second: jaring.NewDay(2026, 11, 12),
		branch: jaring.OfficeID(jaringtest.NewID()), sub: jaring.OfficeID(jaringtest.NewID()), agent: jaring.AccountID(jaringtest.NewID()), class: jaring.ClassID(jaringtest.NewID())}
	g.write(func(tx *store.Tx) error {
		return first(tx.AddOffice(&store.OfficeRecord{ID: g.branch, Kind: "branch", Name: "Cabang", Zone: "Asia/Jakarta", AddedAt: g.at}),
			tx.AddOffice(&store.OfficeRecord{ID: g.sub, Parent: g.branch, Kind: "sub_branch", Name: "KCP", Zone: "Asia/Jakarta", AddedAt: g.at}),
			tx.AddAccount(&store.AccountRecord{ID: g.agent, Login: "rahma_1", Name: "Rahma Dewi", Role: jaring.RoleAgent, Office: g.branch, PasswordHash: "x", AddedAt: g.at}))
	})
	for i, prospects := range []int{0, 12, 0, 3} {
		p := &store.ApplicationRecord{ID: jaring.ApplicationID(jaringtest.NewID()), Number: "KD-" + string(rune('A'+i)), State: jaring.ApplicationIsReceived, AppliedAt: g.at.Add(time.Duration(i) * time.Second),
			NameFold: string(rune('a' + i)), Application: jaring.Application{Office: g.branch, Name: "Calon " + string(rune('A'+i)), Phone: "+6281234567890", Background: "other",
				Prospects: prospects, Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: g.at}}}
		g.applicants = append(g.applicants, p.ID)
		g.write(func(tx *store.Tx) error { return tx.AddApplication(p) })
	}
	return g
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *agency) write(f func(tx *store.Tx) error) {
	g.t.Helper()
	if err := g.db.Write(g.t.Context(), f); err != nil {
		g.t.Fatal(err)
	}
}

func (g *agency) read(f func(tx *store.Tx) error) {
	g.t.Helper()
	if err := g.db.Read(g.t.Context(), f); err != nil {
		g.t.Fatal(err)
	}
}

func wantStoreKey(t *testing.T, err error, key string) {
	t.Helper()
	if jaring.KeyOf(err) != key {
		t.Errorf("%v, want %s", err, key)
	}
}

func TestApplications(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		var names string
		g.read(func(tx *store.Tx) error {
			names = ""
			q := store.ApplicationQuery{Offices: []jaring.OfficeID{g.branch}, Limit: 1}
			for {
				page, err := tx.FindApplications(q)
				if err != nil || len(page) == 0 {
					return err
				}
				names += page[0].Name[len("Calon "):]
				q.After = page[0].Cursor()
			}
		})
		if names != "BDAC" { // who has workers in view comes first, then who applied first
			t.Errorf("in the order %s", names)
		}
		id := g.applicants[0]
		g.write(func(tx *store.Tx) error {
			if changed, err := tx.PresentApplication(id, g.at.Add(time.Hour), g.agent); err != nil || !changed {
				t.Errorf("%t %v", changed, err)
			}
			changed, err := tx.PresentApplication(id, g.at, g.agent)
			if changed {
				t.Error("presented twice")
			}
			return err
		})
		g.write(func(tx *store.Tx) error {
			if changed, err := tx.DecideApplication(id, jaring.ApplicationIsReceived, jaring.ApplicationIsAccepted, "", g.at, g.agent); err != nil || changed {
				t.Errorf("decided in another state: %v", err)
			}
			changed, err := tx.DecideApplication(id, jaring.ApplicationIsPresented, jaring.ApplicationIsAccepted, "punya jaringan", g.at, g.agent)
			if !changed {
				t.Error("not decided")
			}
			return err
		})
		g.write(func(tx *store.Tx) error {
			one, err := tx.SetApplicationAccount(id, g.agent)
			two, err2 := tx.SetApplicationAccount(id, g.agent)
			if !one || two {
				t.Errorf("%t, then %t", one, two)
			}
			return first(err, err2)
		})
		g.read(func(tx *store.Tx) error {
			p, err := tx.GetApplication(id)
			if err == nil && (p.State != jaring.ApplicationIsAccepted || p.Reason != "punya jaringan" || p.PresentedTo != g.agent || !p.PresentedAt.Equal(g.at.Add(time.Hour)) ||
				p.Consent.Channel != "tap" || p.Account != g.agent || p.Prospects != 0) {
				t.Errorf("%+v", p)
			}
			own, err2 := tx.GetApplicationOf(g.agent)
			if own == nil || own.ID != id {
				t.Errorf("%+v", own)
			}
			counts, err3 := tx.CountApplications([]jaring.OfficeID{g.branch, g.sub})
			if counts[jaring.ApplicationIsReceived] != 3 || counts[jaring.ApplicationIsAccepted] != 1 {
				t.Errorf("%v", counts)
			}
			some, err4 := tx.FindApplications(store.ApplicationQuery{Offices: []jaring.OfficeID{g.sub, g.branch}, State: jaring.ApplicationIsReceived, Limit: 9})
			if len(some) != 3 {
				t.Errorf("%d received", len(some))
			}
			none, err5 := tx.FindApplications(store.ApplicationQuery{Limit: 9})
			if len(none) != 0 {
				t.Error("applications of no office")
			}
			_, err6 := tx.GetApplication(jaring.ApplicationID(jaringtest.NewID()))
			wantStoreKey(t, err6, "application.not_found")
			return first(err, err2, err3, err4, err5)
		})
		twice := &store.ApplicationRecord{ID: jaring.ApplicationID(jaringtest.NewID()), Number: "KD-A", Application: jaring.Application{Office: g.branch}, AppliedAt: g.at}
		wantStoreKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddApplication(twice) }), "application.number_taken")
	})
}

// plan adds a class of two days with three seats.
func (g *agency) plan() {
	g.t.Helper()
	g.write(func(tx *store.Tx) error {
		return tx.AddClass(&store.ClassRecord{ID: g.class, State: jaring.ClassIsPlanned, Version: 1, AddedAt: g.at, Class: jaring.Class{Name: "Kelas", Office: g.branch,
			From: g.first, To: g.second, PassMark: 70, Quotas: []jaring.Quota{{Office: g.sub, Seats: 1}, {Office: g.branch, Seats: 2}}}})
	})
}

func (g *agency) seat(application jaring.ApplicationID, office jaring.OfficeID, badge string) error {
	return g.db.Write(g.t.Context(), func(tx *store.Tx) error {
		return tx.AddSeat(&store.SeatRecord{Class: g.class, Application: application, Office: office, Badge: badge, SeatedAt: g.at})
	})
}

func TestClassesAndSeats(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		g.plan()
		wantStoreKey(t, g.seat(g.applicants[0], g.branch, "B0"), "")
		wantStoreKey(t, g.seat(g.applicants[1], g.sub, "B1"), "")
		wantStoreKey(t, g.seat(g.applicants[0], g.sub, "B9"), "class.seated")
		g.write(func(tx *store.Tx) error {
			one := store.AttendanceRecord{Application: g.applicants[0], Day: g.first, At: g.at, By: g.agent}
			late := one
			late.At = g.at.Add(time.Hour)
			return first(tx.Attend(g.class, one), tx.Attend(g.class, late),
				tx.JudgeSeat(&store.SeatRecord{Class: g.class, Application: g.applicants[0], TestScore: 81, Practice: jaring.PracticeDone, Result: jaring.Passed, Note: "rapi"}))
		})
		g.read(func(tx *store.Tx) error {
			c, err := tx.GetClass(g.class)
			if err != nil || c.Seats != 3 || c.Taken != 2 || c.Passed != 1 || len(c.Quotas) != 2 || c.Quotas[0].Office != g.branch || c.From != g.first || c.To != g.second {
				t.Errorf("%+v %v", c, err)
			}
			seats, err := tx.FindSeats(g.class)
			if err != nil || len(seats) != 2 || seats[0].Name != "Calon A" || seats[0].TestScore != 81 || seats[1].TestScore != -1 || !slices.Equal(seats[0].Days(), []jaring.Day{g.first}) ||
				!seats[0].Attended[0].At.Equal(g.at) || seats[1].Attended != nil {
				t.Errorf("%+v %v", seats, err)
			}
			byBadge, err := tx.GetSeatOfBadge("B1")
			if err != nil || byBadge.Application != g.applicants[1] || byBadge.HomeID != g.branch {
				t.Errorf("%+v %v", byBadge, err)
			}
			_, err = tx.GetSeatOfBadge("B7")
			wantStoreKey(t, err, "class.badge_unknown")
			taken, err := tx.CountSeats(g.class)
			if err != nil || taken[g.branch] != 1 || taken[g.sub] != 1 {
				t.Errorf("%v %v", taken, err)
			}
			open, err := tx.OpenSeatOf(g.applicants[1])
			if err != nil || open == nil {
				t.Errorf("%+v %v", open, err)
			}
			_, err = tx.GetClass(jaring.ClassID(jaringtest.NewID()))
			wantStoreKey(t, err, "class.not_found")
			return nil
		})
		g.closed()
	})
}

// closed closes the class and looks at what is left.
func (g *agency) closed() {
	g.write(func(tx *store.Tx) error {
		wantStoreKey(g.t, tx.TouchClass(jaring.ClassID(jaringtest.NewID())), "class.not_found")
		return first(tx.TouchClass(g.class), tx.CloseClass(g.class))
	})
	g.read(func(tx *store.Tx) error {
		for _, offices := range [][]jaring.OfficeID{{g.branch}, {g.sub}, {g.branch, g.sub}} {
			cs, err := tx.FindClasses(offices, 0, "", 9)
			if err != nil || len(cs) != 1 || cs[0].State != jaring.ClassIsClosed || cs[0].Version != 2 {
				g.t.Errorf("%v: %+v %v", offices, cs, err)
			}
			next, err := tx.FindClasses(offices, cs[0].From, cs[0].ID, 9)
			if err != nil || len(next) != 0 {
				g.t.Errorf("behind the last: %+v %v", next, err)
			}
		}
		seats, err := tx.FindSeats(g.class)
		if err != nil || seats[0].Result != jaring.Passed || seats[1].Result != jaring.Failed {
			g.t.Errorf("%+v %v", seats, err)
		}
		open, err := tx.OpenSeatOf(g.applicants[1])
		if err != nil || open != nil {
			g.t.Errorf("a seat in a class that is closed: %+v %v", open, err)
		}
		return nil
	})
	g.write(func(tx *store.Tx) error {
		one, err := tx.DropSeat(g.class, g.applicants[1])
		two, err2 := tx.DropSeat(g.class, g.applicants[1])
		if !one || two {
			g.t.Errorf("%t, then %t", one, two)
		}
		return first(err, err2)
	})
}

// Acts that touch one class see what the one before them did.
func TestTouchClassMakesActsQueueUp(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		g.plan()
		var wait sync.WaitGroup
		for i := range 4 {
			wait.Go(func() {
				_ = db.Write(t.Context(), func(tx *store.Tx) error {
					if err := tx.TouchClass(g.class); err != nil {
						return err
					}
					taken, err := tx.CountSeats(g.class)
					if err != nil || taken[g.branch] >= 2 {
						return jaring.NewError(jaring.Conflict, "class.full")
					}
					return tx.AddSeat(&store.SeatRecord{Class: g.class, Application: g.applicants[i], Office: g.branch, Badge: "R" + string(rune('0'+i)), SeatedAt: g.at})
				})
			})
		}
		wait.Wait()
		g.read(func(tx *store.Tx) error {
			taken, err := tx.CountSeats(g.class)
			if taken[g.branch] != 2 {
				t.Errorf("%d of 2 seats taken by four", taken[g.branch])
			}
			return err
		})
	})
}
