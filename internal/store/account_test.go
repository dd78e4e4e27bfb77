package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

var accountTime = time.Date(2026, 11, 21, 2, 41, 0, 123e6, time.UTC)

func addOffice(t *testing.T, db *store.DB, parent jaring.OfficeID, name string) jaring.OfficeID {
	t.Helper()
	o := &store.OfficeRecord{ID: jaring.OfficeID(uuid.NewString()), Parent: parent, Kind: "branch", Name: name, Zone: "Asia/Jakarta", AddedAt: accountTime}
	write(t, db, func(tx *store.Tx) error { return tx.AddOffice(o) })
	return o.ID
}

func addAccount(t *testing.T, db *store.DB, office jaring.OfficeID, login string) *store.AccountRecord {
	t.Helper()
	a := &store.AccountRecord{ID: jaring.AccountID(uuid.NewString()), Login: login, Name: "Siti", Role: jaring.RoleOfficer, Office: office, PasswordHash: "x", AddedAt: accountTime}
	write(t, db, func(tx *store.Tx) error { return tx.AddAccount(a) })
	return a
}

func TestOfficeTree(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		fund := addOffice(t, db, "", "Dana")
		palembang := addOffice(t, db, fund, "Palembang")
		jambi := addOffice(t, db, fund, "Jambi")
		tebo := addOffice(t, db, jambi, "Tebo")
		read(t, db, func(tx *store.Tx) error {
			all, err := tx.FindOffices()
			var ids []jaring.OfficeID
			for _, o := range all {
				ids = append(ids, o.ID)
			}
			if want := []jaring.OfficeID{fund, jambi, tebo, palembang}; !slices.Equal(ids, want) {
				t.Errorf("tree %v, want %v", ids, want)
			}
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			path, err := tx.OfficePath(tebo)
			if want := []jaring.OfficeID{tebo, jambi, fund}; !slices.Equal(path, want) {
				t.Errorf("path %v, want %v", path, want)
			}
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			tree, err := tx.OfficeSubtree(jambi)
			if want := []jaring.OfficeID{jambi, tebo}; !slices.Equal(tree, want) {
				t.Errorf("subtree %v, want %v", tree, want)
			}
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			o, err := tx.GetOffice(tebo)
			if want := (store.OfficeRecord{ID: tebo, Parent: jambi, Kind: "branch", Name: "Tebo", Zone: "Asia/Jakarta", AddedAt: accountTime}); o == nil || *o != want {
				t.Errorf("got %+v, want %+v", o, want)
			}
			return err
		})
		if err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := tx.GetOffice(jaring.OfficeID(uuid.NewString())); return err }); jaring.KeyOf(err) != "office.not_found" {
			t.Errorf("an office that is none: %v", err)
		}
	})
}

func TestAreasOfADay(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		jambi, tebo := addOffice(t, db, "", "Jambi"), addOffice(t, db, "", "Tebo")
		day := func(m, d int) jaring.Day { return jaring.NewDay(2026, m, d) }
		write(t, db, func(tx *store.Tx) error {
			for _, a := range []store.OfficeArea{
				{Office: jambi, Area: "15.71", From: day(1, 1)}, {Office: jambi, Area: "15.09", From: day(1, 1), To: day(6, 30)},
				{Office: tebo, Area: "15.09", From: day(7, 1)}, {Office: tebo, Area: "15.08", From: day(1, 1)},
			} {
				if err := tx.AddOfficeArea(a); err != nil {
					return err
				}
			}
			return tx.EndOfficeArea(tebo, "15.08", day(6, 30))
		})
		for _, c := range []struct {
			offices []jaring.OfficeID
			on      jaring.Day
			want    []string
		}{
			{[]jaring.OfficeID{jambi}, jaring.NewDay(2025, 12, 31), nil},
			{[]jaring.OfficeID{jambi}, day(1, 1), []string{"15.09", "15.71"}},
			{[]jaring.OfficeID{jambi}, day(6, 30), []string{"15.09", "15.71"}},
			{[]jaring.OfficeID{jambi}, day(7, 1), []string{"15.71"}},
			{[]jaring.OfficeID{tebo}, day(7, 1), []string{"15.09"}},
			{[]jaring.OfficeID{jambi, tebo}, day(6, 1), []string{"15.08", "15.09", "15.71"}},
			{nil, day(6, 1), nil},
		} {
			read(t, db, func(tx *store.Tx) error {
				got, err := tx.AreasOf(c.offices, c.on)
				if !slices.Equal(got, c.want) {
					t.Errorf("%v on %s: got %v, want %v", c.offices, c.on, got, c.want)
				}
				return err
			})
		}
	})
}

func TestAccounts(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		jambi, tebo := addOffice(t, db, "", "Jambi"), addOffice(t, db, "", "Tebo")
		siti := addAccount(t, db, jambi, "siti")
		for i := range 5 {
			addAccount(t, db, tebo, fmt.Sprintf("agen%d", i))
		}
		twin := *siti
		twin.ID = jaring.AccountID(uuid.NewString())
		if err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAccount(&twin) }); jaring.KeyOf(err) != "account.login_taken" {
			t.Errorf("the same log-in again: %v", err)
		}
		write(t, db, func(tx *store.Tx) error {
			if err := tx.SetPassword(siti.ID, "y"); err != nil {
				return err
			}
			return tx.DisableAccount(siti.ID)
		})
		want := *siti
		want.PasswordHash, want.Disabled = "y", true
		read(t, db, func(tx *store.Tx) error {
			byID, err := tx.GetAccount(siti.ID)
			if err != nil {
				return err
			}
			byLogin, err := tx.GetAccountByLogin("siti")
			if byLogin == nil || *byID != want || *byLogin != want {
				t.Errorf("got %+v and %+v, want %+v", byID, byLogin, want)
			}
			return err
		})
		read(t, db, func(tx *store.Tx) error {
			page, err := tx.FindAccounts([]jaring.OfficeID{jambi, tebo}, "agen2", 3)
			var logins []string
			for _, a := range page {
				logins = append(logins, a.Login)
			}
			if want := []string{"agen3", "agen4", "siti"}; !slices.Equal(logins, want) {
				t.Errorf("page %v, want %v", logins, want)
			}
			return err
		})
		for _, change := range []func(tx *store.Tx) error{
			func(tx *store.Tx) error { return tx.DisableAccount(jaring.AccountID(uuid.NewString())) },
			func(tx *store.Tx) error { return tx.SetPassword(jaring.AccountID(uuid.NewString()), "z") },
			func(tx *store.Tx) error { _, err := tx.GetAccountByLogin("nobody"); return err },
		} {
			if err := db.Write(t.Context(), change); jaring.KeyOf(err) != "account.not_found" {
				t.Errorf("an account that is none: %v", err)
			}
		}
	})
}

func TestSessions(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		siti := addAccount(t, db, addOffice(t, db, "", "Jambi"), "siti")
		add := func(hash string, expires time.Time) {
			write(t, db, func(tx *store.Tx) error {
				return tx.AddSession(&store.SessionRecord{TokenHash: []byte(hash), Account: siti.ID, CreatedAt: accountTime, SeenAt: accountTime, ExpiresAt: expires})
			})
		}
		get := func(hash string) (s *store.SessionOwner, err error) {
			err = db.Read(t.Context(), func(tx *store.Tx) error { s, err = tx.GetSession([]byte(hash)); return err })
			return s, err
		}
		add("a", accountTime.Add(time.Hour))
		add("b", accountTime.Add(time.Minute))
		add("c", accountTime.Add(2*time.Hour))
		later := accountTime.Add(3 * time.Hour)
		write(t, db, func(tx *store.Tx) error { return tx.TouchSession([]byte("a"), accountTime.Add(time.Second), later) })
		s, err := get("a")
		if err != nil || !s.ExpiresAt.Equal(later) || !s.SeenAt.Equal(accountTime.Add(time.Second)) || !s.CreatedAt.Equal(accountTime) ||
			s.Account != siti.ID || s.Owner != *siti || s.Office.Name != "Jambi" {
			t.Errorf("got %+v, %v", s, err)
		}
		write(t, db, func(tx *store.Tx) error {
			n, err := tx.DropExpiredSessions(accountTime.Add(time.Minute))
			if n != 1 {
				t.Errorf("%d sessions dropped, want 1", n)
			}
			return err
		})
		write(t, db, func(tx *store.Tx) error { return tx.DropSession([]byte("c")) })
		for _, gone := range []string{"b", "c", "never"} {
			if _, err := get(gone); jaring.CodeOf(err) != jaring.Unauthenticated {
				t.Errorf("session %s: %v", gone, err)
			}
		}
		write(t, db, func(tx *store.Tx) error { return tx.DropSessionsOf(siti.ID) })
		if _, err := get("a"); jaring.CodeOf(err) != jaring.Unauthenticated {
			t.Errorf("after all were dropped: %v", err)
		}
	})
}

func TestDevicesPlacesSettings(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		siti := addAccount(t, db, addOffice(t, db, "", "Jambi"), "siti")
		d := &store.DeviceRecord{ID: jaring.DeviceID(uuid.NewString()), Account: siti.ID, Name: "HP", PublicKey: []byte{1, 2}, EnrolledAt: accountTime}
		p := &store.PlaceRecord{ID: jaring.PlaceID(uuid.NewString()), Kind: "market", Name: "Angso Duo", NameFold: "ANGSO DUO", Village: "15.71.01.1001", AddedAt: accountTime}
		for _, want := range []bool{true, false} {
			write(t, db, func(tx *store.Tx) error {
				if want {
					if err := tx.AddDevice(d); err != nil {
						return err
					}
				}
				changed, err := tx.RevokeDevice(d.ID, accountTime.Add(time.Hour))
				if changed != want {
					t.Errorf("revoked %v, want %v", changed, want)
				}
				return err
			})
		}
		write(t, db, func(tx *store.Tx) error { return tx.AddPlace(p) })
		write(t, db, func(tx *store.Tx) error { return tx.SetSetting("a", "1") })
		write(t, db, func(tx *store.Tx) error { return tx.SetSetting("a", "2") })
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.GetDevice(d.ID)
			if err != nil || !got.RevokedAt.Equal(accountTime.Add(time.Hour)) || got.Name != "HP" || !slices.Equal(got.PublicKey, d.PublicKey) {
				t.Errorf("device %+v, %v", got, err)
			}
			all, err := tx.FindDevices(siti.ID)
			if err != nil || len(all) != 1 {
				t.Errorf("devices %v, %v", all, err)
			}
			place, err := tx.GetPlace(p.ID)
			if err != nil || *place != *p {
				t.Errorf("place %+v, %v", place, err)
			}
			for village, want := range map[string]int{"": 1, p.Village: 1, "16.71.01.1001": 0} {
				if ps, err := tx.FindPlaces(village); err != nil || len(ps) != want {
					t.Errorf("places of %q: %d, %v", village, len(ps), err)
				}
			}
			for name, want := range map[string]string{"a": "2", "b": ""} {
				if v, err := tx.Setting(name); err != nil || v != want {
					t.Errorf("setting %s: %q, %v", name, v, err)
				}
			}
			return nil
		})
	})
}
