package demo

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"strings"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/auth"
	"jaring/internal/jaring"
)

// officePlan is an office of the demo and what it serves.
type officePlan struct {
	key, parent, kind, name string
	areas                   []string
}

// The house of story A: a fund, its regional office, a branch with four sub-branches,
// and a second branch.
var offices = []officePlan{
	{"fund", "", "fund", "Badan Penyelenggara (contoh)", []string{""}},
	{"region", "fund", "region", "Kantor Wilayah Sumbagsel", []string{"15", "16"}},
	{"jambi", "region", "branch", "Cabang Jambi", []string{"15.71", "15.07"}},
	{"muaro", "jambi", "sub_branch", "KCP Muaro Jambi", []string{"15.05"}},
	{"tebo", "jambi", "sub_branch", "KCP Tebo", []string{"15.09"}},
	{"tanjab", "jambi", "sub_branch", "KCP Tanjung Jabung Barat", []string{"15.06"}},
	{"batang", "jambi", "sub_branch", "KCP Batang Hari", []string{"15.04"}},
	{"palembang", "region", "branch", "Cabang Palembang", []string{"16.71"}},
}

// desk is somebody at a desk.
type desk struct {
	login  string
	role   jaring.Role
	office string
	name   string
}

var desks = []desk{
	{"admin", jaring.RoleAdmin, "fund", "Yusnita Harahap"},
	{"auditor", jaring.RoleAuditor, "region", "Marwan Zakaria"},
	{"kepala.jambi", jaring.RoleBranchHead, "jambi", "Ratna Kusuma"},
	{"petugas.jambi", jaring.RoleOfficer, "jambi", "Hendra Pratama"},
	{"petugas.muarojambi", jaring.RoleOfficer, "muaro", "Dian Fitriani"},
	{"petugas.tebo", jaring.RoleOfficer, "tebo", "Arif Rohman"},
	{"petugas.tanjabbarat", jaring.RoleOfficer, "tanjab", "Mariana Siregar"},
	{"petugas.batanghari", jaring.RoleOfficer, "batang", "Safrudin Idris"},
	{"kepala.palembang", jaring.RoleBranchHead, "palembang", "Taufik Iskandar"},
	{"petugas.palembang", jaring.RoleOfficer, "palembang", "Novita Anggraini"},
}

// kader is how many agents each office has: the class of story A has 25 places, ten of
// the branch, and 4, 4, 4 and 3 of the sub-branches.
var kader = []struct {
	office string
	n      int
}{{"jambi", 10}, {"muaro", 4}, {"tebo", 4}, {"tanjab", 4}, {"batang", 3}, {"palembang", 3}}

// place is a market in its village.
type place struct {
	name, office, village string
}

var places = []place{
	{"Pasar Angso Duo", "jambi", "15.71.04.1002"}, {"Pasar Aurduri", "jambi", "15.71.01.1010"}, {"Pasar Talang Banjar", "jambi", "15.71.03.1003"},
	{"Pasar Sengeti", "muaro", "15.05.02.1010"}, {"Pasar Sarinah", "tebo", "15.09.04.1001"}, {"Pasar Kuala Tungkal", "tanjab", "15.06.02.1006"},
	{"Pasar Keramat Tinggi", "batang", "15.04.03.1001"}, {"Pasar 16 Ilir", "palembang", "16.71.05.1002"},
}

// agent is a kader with a phone.
type agent struct {
	id     jaring.AccountID
	device jaring.DeviceID
	office string
	name   string
}

// Login is an account that somebody who tries the demo may use.
type Login struct {
	Login    string      `json:"login"`
	Password string      `json:"password"`
	Role     jaring.Role `json:"role"`
	Name     string      `json:"name"`
	Office   string      `json:"office"`
}

// found makes offices, accounts and places.
func (b *builder) found(ctx context.Context) error {
	for _, o := range offices {
		id, err := b.auth.AddOffice(ctx, jaring.System, auth.NewOffice{Parent: b.office[o.parent], Kind: o.kind, Name: o.name, Zone: "Asia/Jakarta", Areas: o.areas})
		if err != nil {
			return err
		}
		b.office[o.key] = id
	}
	for _, d := range desks {
		id, err := b.account(ctx, d)
		if err != nil {
			return err
		}
		b.desk[d.login] = id
	}
	if err := b.openPlaces(ctx); err != nil {
		return err
	}
	return b.hire(ctx)
}

func (b *builder) account(ctx context.Context, d desk) (jaring.AccountID, error) {
	id, password, err := b.auth.AddAccount(ctx, jaring.System, auth.NewAccount{Login: d.login, Name: d.name, Role: d.role, Office: b.office[d.office]})
	if err != nil {
		return "", err
	}
	b.logins = append(b.logins, Login{d.login, password, d.role, d.name, officeName(d.office)})
	return id, nil
}

func officeName(key string) string {
	for _, o := range offices {
		if o.key == key {
			return o.name
		}
	}
	return ""
}

func (b *builder) openPlaces(ctx context.Context) error {
	admin, err := b.auth.ActorOfAccount(ctx, b.desk["admin"])
	if err != nil {
		return err
	}
	for _, p := range places {
		id, err := b.app.AddPlace(ctx, admin, "market", p.name, p.village)
		if err != nil {
			return err
		}
		b.place[p.name] = id
	}
	return nil
}

// hire makes the agents, each with a phone that may sign.
func (b *builder) hire(ctx context.Context) error {
	taken := map[string]bool{}
	for _, k := range kader {
		for range k.n {
			a := agent{office: k.office}
			login := ""
			for login == "" || taken[login] {
				a.name = b.crowd.name(b.crowd.chance(50))
				words := strings.Fields(strings.ToLower(a.name))
				login = words[0] + "." + words[len(words)-1]
			}
			taken[login] = true
			var err error
			if a.id, err = b.account(ctx, desk{login, jaring.RoleAgent, k.office, a.name}); err != nil {
				return err
			}
			if err := b.certify(ctx, a); err != nil {
				return err
			}
			if a.device, err = b.phone(ctx, a.id); err != nil {
				return err
			}
			b.agents = append(b.agents, a)
		}
	}
	return nil
}

// certificateYears is how long the certificates of the demo's agents last.
const certificateYears = 2

// certify lets the head of the branch give an agent the certificate without which nobody
// registers.
func (b *builder) certify(ctx context.Context, a agent) error {
	head, err := b.actor(ctx, b.desk[headOf(a.office)])
	if err != nil {
		return err
	}
	from := jaring.DayIn(b.clock.now(), app.Zone(""))
	until := jaring.NewDay(from.Year()+certificateYears, from.MonthNumber(), from.DayNumber()).Add(-1)
	_, err = b.app.Certify(ctx, head, a.id, from, until, jaring.Powers)
	return err
}

// headOf is the log-in of the head of the branch that an office belongs to.
func headOf(office string) string {
	if office == "palembang" {
		return "kepala.palembang"
	}
	return "kepala.jambi"
}

// phone enrols a phone whose key nobody keeps: the demo signs nothing.
func (b *builder) phone(ctx context.Context, id jaring.AccountID) (jaring.DeviceID, error) {
	actor, err := b.auth.ActorOfAccount(ctx, id)
	if err != nil {
		return "", err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return "", err
	}
	return b.auth.Enrol(ctx, actor, "HP "+actor.Name, spki)
}

// regency is where an agent of an office finds people.
func (b *builder) regency(office string) area.Code {
	for _, o := range offices {
		if o.key == office {
			return area.Code(o.areas[0])
		}
	}
	return ""
}

// market is a market of an office, empty when it has none.
func (b *builder) market(office string) jaring.PlaceID {
	var own []string
	for _, p := range places {
		if p.office == office {
			own = append(own, p.name)
		}
	}
	if len(own) == 0 {
		return ""
	}
	return b.place[pick(b.crowd.rand, own)]
}
