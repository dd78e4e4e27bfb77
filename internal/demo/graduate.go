package demo

import (
	"context"
	"fmt"
	"slices"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
)

// attend scans the badges of all who have a seat; one of them twice.
func (b *builder) attend(ctx context.Context) error {
	actor, err := b.actor(ctx, b.desk[deskOf(home)])
	if err != nil {
		return err
	}
	v, err := b.app.GetClass(ctx, actor, b.class.id)
	if err != nil {
		return err
	}
	for i, seat := range v.SeatList {
		times := 1
		if i == 0 {
			times = 2
		}
		for range times {
			if _, err := b.app.Attend(ctx, actor, newOperation(), b.class.id, seat.Badge); err != nil {
				return err
			}
		}
	}
	return nil
}

// judge writes down test and practice of all who have a seat.
func (b *builder) judge(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	v, err := b.app.GetClass(ctx, head, b.class.id)
	if err != nil {
		return err
	}
	var items []jaring.Judged
	for _, seat := range v.SeatList {
		items = append(items, jaring.Judged{Application: seat.Application, TestScore: passMark + b.crowd.rand.IntN(101-passMark), Practice: jaring.PracticeDone,
			Note: pick(b.crowd.rand, []string{"", "", "Latihan di Pasar Aurduri", "Menjelaskan dengan tenang"})})
	}
	return b.app.JudgeClass(ctx, head, newOperation(), b.class.id, items)
}

// graduate certifies who has passed: each gets an account, a certificate for a year and a
// picture for the public page, and enrols a phone.
func (b *builder) graduate(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	second := b.class.on.Add(1)
	until := jaring.NewDay(second.Year()+1, second.MonthNumber(), second.DayNumber()).Add(-1)
	people, err := b.app.CertifyClass(ctx, head, newOperation(), b.class.id, until, jaring.Powers)
	if err != nil {
		return err
	}
	for i, a := range b.class.cadre {
		at := slices.IndexFunc(people, func(g app.Graduate) bool { return b.class.applied[g.Application].kader == i })
		if at < 0 {
			return fmt.Errorf("%s was not certified", a.name)
		}
		g := people[at]
		a.id = g.Account
		if err := b.app.SetAgentPhoto(ctx, head, a.id, portrait(b.crowd.rand)); err != nil {
			return err
		}
		if err := b.equip(ctx, a); err != nil {
			return err
		}
		b.logins = append(b.logins, Login{g.Login, g.Password, jaring.RoleAgent, a.name, officeName(a.office)})
	}
	return nil
}

// kinds of kit with the letters of their serial numbers.
var kinds = []struct {
	kind    jaring.KitKind
	letters string
}{{jaring.NameTag, "TAG"}, {jaring.Jacket, "JKT"}, {jaring.Backpack, "RSL"}}

// spare is how many things of each kind stay in store.
const spare = 3

// kitOut brings in what identifies kader, hands it out, and says where each will serve
// when the market is over: at home.
func (b *builder) kitOut(ctx context.Context) error {
	actor, err := b.actor(ctx, b.desk[deskOf(home)])
	if err != nil {
		return err
	}
	for _, k := range kinds {
		var serials []string
		for n := range len(cadre) + spare {
			serials = append(serials, fmt.Sprintf("%s-%02d-%04d", k.letters, b.class.on.Year()%100, 400+n))
		}
		if err := b.app.AddKit(ctx, actor, newOperation(), k.kind, serials, b.office[home]); err != nil {
			return err
		}
	}
	things, _, err := b.app.FindKit(ctx, actor, jaring.KitInStore, b.office[home], "")
	if err != nil {
		return err
	}
	given := map[jaring.KitKind]int{}
	for _, t := range things {
		n := given[t.Kind]
		if given[t.Kind]++; n >= len(cadre) {
			continue
		}
		if err := b.app.HandOutKit(ctx, actor, newOperation(), t.ID, b.class.cadre[n].id); err != nil {
			return err
		}
	}
	return b.assign(ctx, actor)
}

// assign gives each kader the village of the own home and two beside it, and a market.
func (b *builder) assign(ctx context.Context, actor jaring.Actor) error {
	for _, p := range b.class.applied {
		if p.kader < 0 {
			continue
		}
		a := b.class.cadre[p.kader]
		villages := []string{p.village}
		for _, v := range b.crowd.areas.Children(area.Code(p.village).Parent()) {
			if code := string(v.Code); code != p.village && len(villages) < 3 {
				villages = append(villages, code)
			}
		}
		if err := b.app.AssignTerritory(ctx, actor, a.id, villages, nil); err != nil {
			return err
		}
	}
	return nil
}

// closeClass ends the class, and takes back a jacket that did not last the day.
func (b *builder) closeClass(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	agent, err := b.app.GetAgent(ctx, head, b.class.cadre[len(cadre)-1].id)
	if err != nil {
		return err
	}
	for _, t := range agent.Things {
		if t.Kind == jaring.Jacket {
			if err := b.app.ReturnKit(ctx, head, newOperation(), t.ID, jaring.KitIsWornOut, "Ritsleting rusak"); err != nil {
				return err
			}
		}
	}
	return b.app.CloseClass(ctx, head, newOperation(), b.class.id)
}
