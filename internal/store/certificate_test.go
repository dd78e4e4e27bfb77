package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func (g *agency) certificate(number string, from, until jaring.Day, issued time.Time) *store.CertificateRecord {
	return &store.CertificateRecord{ID: jaring.CertificateID(jaringtest.NewID()), Number: number, Account: g.agent, Office: g.branch, Class: g.class, Powers: jaring.Powers,
		From: from, Until: until, State: jaring.CertificateValid, StateAt: issued, IssuedAt: issued, IssuedBy: g.agent, Token: "JRC1.x.y", CodeSecret: []byte{1, 2, 3}, CodeKeyID: "data-1"}
}

func TestCertificates(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		old, fresh := g.certificate("SK-1", g.first, g.second, g.at), g.certificate("SK-2", g.second, g.second.Add(365), g.at)
		g.write(func(tx *store.Tx) error { return first(tx.AddCertificate(old), tx.AddCertificate(fresh)) })
		twice := g.certificate("SK-1", g.first, g.second, g.at)
		wantStoreKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddCertificate(twice) }), "certificate.number_taken")
		later := g.at.Add(time.Minute)
		g.write(func(tx *store.Tx) error {
			one, err := tx.SetCertificateState(old.ID, jaring.CertificateValid, jaring.CertificateIsRevoked, later, "diganti")
			two, err2 := tx.SetCertificateState(old.ID, jaring.CertificateValid, jaring.CertificateIsStopped, later, "")
			if !one || two {
				t.Errorf("%t, then %t", one, two)
			}
			return first(err, err2)
		})
		g.read(func(tx *store.Tx) error {
			c, err := tx.GetCertificate("SK-1")
			if err != nil || c.State != jaring.CertificateIsRevoked || !c.StateAt.Equal(later) || c.Reason != "diganti" || c.From != g.first || c.Until != g.second || c.Class != g.class || string(c.CodeSecret) != "\x01\x02\x03" {
				t.Errorf("%+v %v", c, err)
			}
			_, err = tx.GetCertificate("SK-9")
			wantStoreKey(t, err, "certificate.unknown")
			all, err := tx.FindCertificates([]jaring.AccountID{g.agent})
			if err != nil || len(all) != 2 || all[0].Number != "SK-2" { // of one moment: the one that replaced the other
				t.Errorf("%+v %v", all, err)
			}
			ls, err := tx.FindLicences(g.agent)
			if err != nil || len(ls) != 2 || ls[0].Number != "SK-2" || !ls[0].Stopped.IsZero() || !ls[1].Stopped.Equal(later) || len(ls[0].Powers) != 2 {
				t.Errorf("%+v %v", ls, err)
			}
			stopped, err := tx.FindStoppedCertificates(g.second)
			if err != nil || len(stopped) != 1 || !slices.Equal(stopped[jaring.CertificateIsRevoked], []string{"SK-1"}) {
				t.Errorf("%v %v", stopped, err)
			}
			over, err := tx.FindStoppedCertificates(g.second.Add(1))
			if err != nil || len(over) != 0 {
				t.Errorf("over anyway: %v %v", over, err)
			}
			return nil
		})
		g.write(func(tx *store.Tx) error { return tx.DisableAccount(g.agent) })
		g.read(func(tx *store.Tx) error {
			stopped, err := tx.FindStoppedCertificates(g.second)
			if !slices.Equal(stopped[jaring.CertificateIsStopped], []string{"SK-2"}) {
				t.Errorf("of a disabled account: %v", stopped)
			}
			return err
		})
		g.reseal(fresh.ID)
	})
}

// reseal puts the secret of one certificate under another key.
func (g *agency) reseal(id jaring.CertificateID) {
	g.write(func(tx *store.Tx) error {
		one, err := tx.ResealCode(id, "data-1", []byte{9}, "data-2")
		two, err2 := tx.ResealCode(id, "data-1", []byte{8}, "data-3")
		if !one || two {
			g.t.Errorf("%t, then %t", one, two)
		}
		return first(err, err2)
	})
	g.read(func(tx *store.Tx) error {
		n := 0
		err := tx.EachCodeSecret("data-2", func(_ jaring.CertificateID, sealed []byte, keyID string) error {
			if n++; string(sealed) != "\x01\x02\x03" || keyID != "data-1" {
				g.t.Errorf("%x %s", sealed, keyID)
			}
			return nil
		})
		if n != 1 {
			g.t.Errorf("%d under another key", n)
		}
		return err
	})
}

func TestKitAndTerritory(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		thing := func(kind jaring.KitKind, serial string) *store.KitRecord {
			return &store.KitRecord{ID: jaring.KitID(jaringtest.NewID()), Kind: kind, Serial: serial, Office: g.branch, State: jaring.KitInStore, Since: g.at}
		}
		jacket, tag := thing(jaring.Jacket, "2"), thing(jaring.NameTag, "1")
		g.write(func(tx *store.Tx) error {
			return first(tx.AddKit(jacket), tx.AddKit(tag), tx.AddKit(thing(jaring.Jacket, "1")))
		})
		wantStoreKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddKit(thing(jaring.Jacket, "1")) }), "kit.serial_taken")
		moved := *jacket
		moved.State, moved.Account, moved.Since = jaring.KitIsHanded, g.agent, g.at.Add(time.Hour)
		g.write(func(tx *store.Tx) error {
			one, err := tx.MoveKit(&moved, jaring.KitInStore)
			two, err2 := tx.MoveKit(&moved, jaring.KitInStore)
			if !one || two {
				t.Errorf("%t, then %t", one, two)
			}
			return first(err, err2)
		})
		g.read(func(tx *store.Tx) error {
			k, err := tx.GetKit(jacket.ID)
			if err != nil || k.Account != g.agent || k.State != jaring.KitIsHanded || !k.Since.Equal(moved.Since) {
				t.Errorf("%+v %v", k, err)
			}
			_, err = tx.GetKit(jaring.KitID(jaringtest.NewID()))
			wantStoreKey(t, err, "kit.not_found")
			taken, err := tx.TakenSerials(jaring.Jacket, []string{"1", "2", "3"})
			if err != nil || len(taken) != 2 || taken["3"] {
				t.Errorf("%v %v", taken, err)
			}
			var order []string
			after := store.KitCursor{}
			for {
				page, err := tx.FindKit([]jaring.OfficeID{g.branch}, "", after, 1)
				if err != nil || len(page) == 0 {
					if got := strings.Join(order, " "); got != "jacket/1 jacket/2 name_tag/1" {
						t.Errorf("%s", got)
					}
					return err
				}
				order = append(order, string(page[0].Kind)+"/"+page[0].Serial)
				after = store.KitCursor{Kind: page[0].Kind, Serial: page[0].Serial}
			}
		})
		g.read(func(tx *store.Tx) error {
			own, err := tx.FindKitOf([]jaring.AccountID{g.agent})
			some, err2 := tx.FindKit([]jaring.OfficeID{g.branch}, jaring.KitInStore, store.KitCursor{}, 9)
			if len(own) != 1 || len(some) != 2 {
				t.Errorf("%d with the agent, %d in store", len(own), len(some))
			}
			return first(err, err2)
		})
		g.territory()
	})
}

func (g *agency) territory() {
	here := store.TerritoryRecord{Account: g.agent, Kind: jaring.TerritoryVillage, Value: "15.71.04.1002", From: g.first}
	market := store.TerritoryRecord{Account: g.agent, Kind: jaring.TerritoryPlace, Value: jaringtest.NewID(), From: g.first}
	find := func(day jaring.Day) (out []store.TerritoryRecord) {
		g.t.Helper()
		g.read(func(tx *store.Tx) (err error) {
			out, err = tx.FindTerritory([]jaring.AccountID{g.agent}, day)
			return err
		})
		return out
	}
	g.write(func(tx *store.Tx) error {
		return first(tx.AddTerritory(here), tx.AddTerritory(market), tx.AddTerritory(here))
	})
	if got := find(g.first); !slices.Equal(got, []store.TerritoryRecord{here, market}) {
		g.t.Errorf("%+v", got)
	}
	if got := find(g.first.Add(-1)); len(got) != 0 {
		g.t.Errorf("before its first day: %+v", got)
	}
	g.write(func(tx *store.Tx) error {
		return first(tx.EndTerritory(market, g.first), tx.EndTerritory(here, g.second))
	})
	if got := find(g.first); !slices.Equal(got, []store.TerritoryRecord{here}) { // what ended on its first day has never been
		g.t.Errorf("%+v", got)
	}
	if got := find(g.second); len(got) != 0 {
		g.t.Errorf("after its last day: %+v", got)
	}
}

func TestFindAgents(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		g := newAgency(t, db)
		g.write(func(tx *store.Tx) error {
			other := jaring.AccountID(jaringtest.NewID())
			return first(tx.AddAccount(&store.AccountRecord{ID: other, Login: "rahmax1", Name: "rahma Ayu", Role: jaring.RoleAgent, Office: g.sub, PasswordHash: "x", AddedAt: g.at}),
				tx.AddAccount(&store.AccountRecord{ID: jaring.AccountID(jaringtest.NewID()), Login: "sari", Name: "Sari", Role: jaring.RoleOfficer, Office: g.sub, PasswordHash: "x", AddedAt: g.at}),
				tx.AddCounts(map[jaring.Counter]int64{
					{Dimension: jaring.ByAgent, Value: string(g.agent), Measure: jaring.Gauge(jaring.StandingProtected)}:                  7,
					{Dimension: jaring.ByAgent, Value: string(g.agent), Measure: jaring.Gauge(jaring.StandingWaiting)}:                    2,
					{Dimension: jaring.ByAgent, Value: string(g.agent), Measure: jaring.FlowRegistered, Month: jaring.NewMonth(2026, 11)}: 9,
					{Dimension: jaring.ByOffice, Value: string(g.agent), Measure: jaring.Gauge(jaring.StandingWaiting)}:                   99,
				}),
				tx.SetPhoto(g.agent, []byte{1}, g.at), tx.SetPhoto(g.agent, []byte{2}, g.at))
		})
		both := []jaring.OfficeID{g.branch, g.sub}
		for _, c := range []struct {
			text string
			n    int
		}{{"", 2}, {"RAHMA", 2}, {"dewi", 1}, {"rahma_1", 1}, {"%", 0}, {`\`, 0}, {"sari", 0}} {
			g.read(func(tx *store.Tx) error {
				found, err := tx.FindAgents(store.AgentQuery{Offices: both, Text: c.text, Limit: 9})
				if len(found) != c.n {
					t.Errorf("%q: %d", c.text, len(found))
				}
				return err
			})
		}
		g.read(func(tx *store.Tx) error {
			seen := 0
			q := store.AgentQuery{Offices: both, Limit: 1}
			for {
				page, err := tx.FindAgents(q)
				if err != nil || len(page) == 0 {
					if seen != 2 {
						t.Errorf("%d agents on pages of one", seen)
					}
					return err
				}
				seen++
				q.After = store.AgentCursor{Name: page[0].Name, ID: page[0].ID}
			}
		})
		g.read(func(tx *store.Tx) error {
			gauges, err := tx.FindGaugesOf([]jaring.AccountID{g.agent})
			if n := gauges[g.agent]; len(n) != 2 || n[jaring.StandingProtected] != 7 || n[jaring.StandingWaiting] != 2 {
				t.Errorf("%v", gauges)
			}
			photo, err2 := tx.Photo(g.agent)
			none, err3 := tx.Photo(jaring.AccountID(jaringtest.NewID()))
			if string(photo) != "\x02" || none != nil {
				t.Errorf("%x, %x", photo, none)
			}
			return first(err, err2, err3)
		})
	})
}
