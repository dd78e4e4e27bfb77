package jaringtest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

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

// Noon is the moment at which the town's clock stands: 21 November 2026, 09.30 WIB.
var Noon = time.Date(2026, time.November, 21, 2, 30, 0, 0, time.UTC)

// Town is a small market town: offices of Jambi, one account of each role, the
// market, and the acts on a real database with a clock that stands still.
type Town struct {
	T    testing.TB
	DB   *store.DB
	App  *acts.Acts
	Auth *auth.Service
	Ring *vault.Ring
	now  atomic.Int64

	Fund, Region, Branch, Batanghari, Palembang  jaring.OfficeID
	Admin, Head, Officer, Agent, Second, Auditor jaring.Actor
	SubAgent, FarOfficer                         jaring.Actor // of KCP Batang Hari; of another branch
	Passwords                                    map[jaring.AccountID]string
	Logins                                       map[jaring.AccountID]string
	Market                                       jaring.PlaceID
}

// Villages of the town by their official codes.
const (
	Legok     = "15.71.04.1002" // Kota Jambi
	MuaraBulu = "15.04.01.1001" // Batang Hari
)

// cheap hashing: tests log in often, and the strength of the hash is auth's own test.
var cheapHash = auth.Parameters{Memory: 64, Time: 1, Threads: 1}

// NewTown builds the town in db.
func NewTown(t testing.TB, db *store.DB) *Town {
	t.Helper()
	ring, err := vault.NewRing("test")
	if err != nil {
		t.Fatal(err)
	}
	town := &Town{T: t, DB: db, Ring: ring, Passwords: map[jaring.AccountID]string{}, Logins: map[jaring.AccountID]string{}}
	town.now.Store(Noon.UnixMilli())
	town.Auth = auth.New(db, auth.Options{Now: town.Now, Hash: cheapHash})
	town.App = acts.New(app.Config{DB: db, Vault: ring, Book: scheme.Load(), Areas: area.Load(), Now: town.Now,
		OpenRoster: openRoster, Cover: jaring.DefaultCoverSettings(), Actor: town.Auth.ActorOfAccount, Forget: town.Auth.ForgetAccount, ForgetAll: town.Auth.ForgetAll, Password: town.Auth.NewPassword})
	town.offices()
	town.people()
	town.Market, err = town.App.AddPlace(t.Context(), town.Head, "market", "Pasar Angso Duo", Legok)
	town.must(err)
	return town
}

// openRoster opens a sponsor's list as a server does.
func openRoster(r io.ReaderAt, size int64) (app.RosterFile, error) {
	return sheet.OpenRoster(r, size, i18n.ID, sheet.Options{})
}

func (t *Town) must(err error) {
	t.T.Helper()
	if err != nil {
		t.T.Fatal(err)
	}
}

// Now is the town's clock.
func (t *Town) Now() time.Time { return time.UnixMilli(t.now.Load()).UTC() }

// Pass moves the clock on.
func (t *Town) Pass(d time.Duration) { t.now.Add(d.Milliseconds()) }

func (t *Town) offices() {
	add := func(parent jaring.OfficeID, kind, name string, areas ...string) jaring.OfficeID {
		id, err := t.Auth.AddOffice(context.Background(), jaring.System, auth.NewOffice{Parent: parent, Kind: kind, Name: name, Zone: "Asia/Jakarta", Areas: areas})
		t.must(err)
		return id
	}
	t.Fund = add("", "fund", "Badan Penyelenggara (contoh)", "")
	t.Region = add(t.Fund, "region", "Kantor Wilayah Sumbagsel")
	t.Branch = add(t.Region, "branch", "Cabang Jambi", "15.71", "15.05")
	t.Batanghari = add(t.Branch, "sub_branch", "KCP Batang Hari", "15.04")
	t.Palembang = add(t.Region, "branch", "Cabang Palembang", "16.71")
}

func (t *Town) people() {
	t.Admin = t.Hire("admin", "Wening Astuti", jaring.RoleAdmin, t.Fund)
	t.Head = t.Hire("kepala", "Darwis Hanafi", jaring.RoleBranchHead, t.Branch)
	t.Officer = t.Hire("petugas", "Sari Puspita", jaring.RoleOfficer, t.Branch)
	t.Agent = t.Certify(t.Hire("rahma", "Rahma Dewi", jaring.RoleAgent, t.Branch))
	t.Second = t.Certify(t.Hire("yusuf", "Yusuf Karim", jaring.RoleAgent, t.Branch))
	t.Auditor = t.Hire("auditor", "Ratna Juwita", jaring.RoleAuditor, t.Fund)
	t.SubAgent = t.Certify(t.Hire("lina", "Lina Marlina", jaring.RoleAgent, t.Batanghari))
	t.FarOfficer = t.Hire("jauh", "Komar Saleh", jaring.RoleOfficer, t.Palembang)
}

// Hire makes an account. An agent among them holds no certificate yet.
func (t *Town) Hire(login, name string, role jaring.Role, office jaring.OfficeID) jaring.Actor {
	t.T.Helper()
	id, password, err := t.Auth.AddAccount(context.Background(), jaring.System, auth.NewAccount{Login: login, Name: name, Role: role, Office: office})
	t.must(err)
	t.Passwords[id], t.Logins[id] = password, login
	actor, err := t.Auth.ActorOfAccount(context.Background(), id)
	t.must(err)
	return actor
}

// Certify gives an agent certificates for all days that a town knows, one after the other, and
// the agent as he is then.
func (t *Town) Certify(agent jaring.Actor) jaring.Actor {
	t.T.Helper()
	for year := 2024; year < 2033; year += 3 {
		if until := jaring.NewDay(year+2, 12, 31); until >= jaring.DayIn(t.Now(), app.Zone("")) {
			_, err := t.App.Certify(context.Background(), jaring.System, agent.Account, jaring.NewDay(year, 1, 1), until, jaring.Powers)
			t.must(err)
		}
	}
	licensed, err := t.Auth.ActorOfAccount(context.Background(), agent.Account)
	t.must(err)
	return licensed
}

// NewID makes a UUIDv7.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// SyntheticNIK makes an invented NIK from the six digits of a district, a birth date, a
// sex and a serial number from 9001 on.
func SyntheticNIK(district string, birth jaring.Day, sex jaring.Sex, serial int) string {
	day := birth.DayNumber()
	if sex == jaring.Female {
		day += 40
	}
	return fmt.Sprintf("%s%02d%02d%02d%04d", district, day, birth.MonthNumber(), birth.Year()%100, serial)
}

// names are invented; their parts are combined so that no two workers of a test are alike.
var names = [2][]string{
	{"Sumarni", "Mardi", "Halimah", "Zulkifli", "Rosnah", "Burhan", "Nurjanah", "Effendi", "Kartini", "Samsul", "Yuliana", "Hendra", "Maimunah", "Ridwan", "Aisyah", "Taufik"},
	{"Lestari", "Siregar", "Hasibuan", "Wulandari", "Gunawan", "Pratama", "Oktaviani", "Ramadhan", "Kusuma", "Anggraini", "Saputra", "Melati", "Harahap", "Utami", "Wijaya", "Permata"},
}

// Person is the body of a valid registration, the n-th of the town; no two are alike.
func Person(n int) map[string]any {
	birth := jaring.NewDay(1970+n%30, 1+(n*7)%12, 1+(n*11)%28)
	sex := jaring.Male
	if n%2 == 0 {
		sex = jaring.Female
	}
	return map[string]any{
		"nik": SyntheticNIK("157104", birth, sex, 9001+n/360%999), "name": names[0][n%16] + " " + names[1][n/16%16] + " " + names[1][(n/256+7)%16],
		"birth_date": birth.String(), "sex": string(sex), "occupation": "pedagang sayur", "monthly_income": 1_500_000,
		"programs": []string{"JKK", "JKM"}, "months": 3, "village": Legok,
		"consent": map[string]any{"notice_version": "2026-11", "channel": "tap", "at": Noon.Format(time.RFC3339)},
	}
}

// JSON is v as the field sends it.
func JSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// Do does one operation from a screen and gives its outcome.
func (t *Town) Do(actor jaring.Actor, kind jaring.Act, body any) (jaring.Outcome, error) {
	outcomes, err := t.App.Apply(context.Background(), actor, []jaring.Operation{t.Operation(kind, body)})
	if err != nil {
		return jaring.Outcome{}, err
	}
	return outcomes[0], nil
}

// Operation is a new operation of now.
func (t *Town) Operation(kind jaring.Act, body any) jaring.Operation {
	return jaring.Operation{ID: jaring.OperationID(NewID()), Kind: kind, TakenAt: t.Now(), ClockTrust: true, Body: JSON(body)}
}

// Register registers the n-th person by actor and gives the worker.
func (t *Town) Register(actor jaring.Actor, n int) jaring.WorkerID {
	t.T.Helper()
	o, err := t.Do(actor, jaring.ActRegisterWorker, Person(n))
	t.must(err)
	if o.Kind != jaring.Accepted {
		t.T.Fatalf("person %d: %s %v", n, o.Kind, o.Findings)
	}
	return o.Worker
}

// Phone is an enrolled phone with its key.
type Phone struct {
	ID  jaring.DeviceID
	Key *ecdsa.PrivateKey
}

// Enrol enrols a phone for actor.
func (t *Town) Enrol(actor jaring.Actor) Phone {
	t.T.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	t.must(err)
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	t.must(err)
	id, err := t.Auth.Enrol(context.Background(), actor, "HP uji", spki)
	t.must(err)
	return Phone{id, key}
}
