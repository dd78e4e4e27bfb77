package demo

import (
	"context"
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

// hands is how many agents each office has from the beginning, before there is a class.
var hands = []struct {
	office string
	n      int
}{{"jambi", 3}, {"muaro", 2}, {"tebo", 2}, {"tanjab", 2}, {"batang", 2}, {"palembang", 3}}

// place is a market or a hall in its village.
type place struct {
	kind, name, office, village string
}

const market = "market"

// classHall is where the class of story A sits.
const classHall = "Aula Cabang Jambi"

var places = []place{
	{market, sweepMarket, "jambi", "15.71.04.1002"}, {market, "Pasar Aurduri", "jambi", "15.71.01.1010"}, {market, "Pasar Talang Banjar", "jambi", "15.71.03.1003"},
	{market, "Pasar Sengeti", "muaro", "15.05.02.1010"}, {market, "Pasar Sarinah", "tebo", "15.09.04.1001"}, {market, "Pasar Kuala Tungkal", "tanjab", "15.06.02.1006"},
	{market, "Pasar Keramat Tinggi", "batang", "15.04.03.1001"}, {market, "Pasar 16 Ilir", "palembang", "16.71.05.1002"},
	{"hall", classHall, "jambi", "15.71.03.1003"},
}

// agent is somebody with a certificate and a phone.
type agent struct {
	id     jaring.AccountID
	phone  *phone
	office string
	name   string
	from   jaring.Day // since when he may register
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
		id, err := b.app.AddPlace(ctx, admin, p.kind, p.name, p.village)
		if err != nil {
			return err
		}
		b.place[p.name] = id
	}
	return nil
}

// hire makes the agents of the beginning.
func (b *builder) hire(ctx context.Context) error {
	taken := map[string]bool{}
	for _, k := range hands {
		for range k.n {
			a := &agent{office: k.office, from: jaring.DayIn(b.clock.now(), app.Zone(""))}
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
			if err := b.equip(ctx, a); err != nil {
				return err
			}
			b.agents = append(b.agents, a)
		}
	}
	return nil
}

// certificateYears is how long the certificates of the first agents last.
const certificateYears = 2

// certify lets the head of the branch give an agent the certificate without which nobody
// registers.
func (b *builder) certify(ctx context.Context, a *agent) error {
	head, err := b.actor(ctx, b.desk[headOf(a.office)])
	if err != nil {
		return err
	}
	until := jaring.NewDay(a.from.Year()+certificateYears, a.from.MonthNumber(), a.from.DayNumber()).Add(-1)
	_, err = b.app.Certify(ctx, head, a.id, a.from, until, jaring.Powers)
	return err
}

// equip gives an agent a phone and enrols it.
func (b *builder) equip(ctx context.Context, a *agent) error {
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return err
	}
	var spki []byte
	if a.phone, spki, err = newPhone(a.id); err != nil {
		return err
	}
	a.phone.device, err = b.auth.Enrol(ctx, actor, "HP "+actor.Name, spki)
	return err
}

// headOf is the log-in of the head of the branch that an office belongs to.
func headOf(office string) string {
	if office == "palembang" {
		return "kepala.palembang"
	}
	return "kepala.jambi"
}

// deskOf is the log-in of an office's own desk.
func deskOf(office string) string {
	for _, d := range desks {
		if d.office == office && d.role == jaring.RoleOfficer {
			return d.login
		}
	}
	return ""
}

// regencyOf is where an agent of an office finds people.
func regencyOf(office string) area.Code {
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
		if p.office == office && p.kind == market {
			own = append(own, p.name)
		}
	}
	if len(own) == 0 {
		return ""
	}
	return b.place[pick(b.crowd.rand, own)]
}
