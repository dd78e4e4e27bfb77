package demo

import (
	"context"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// sweepAgo is how many days ago the sweep was.
const sweepAgo = 9

// sweepOpens is when it begins.
const sweepOpens = 8 * time.Hour

// sweep is story A's second day: the class goes into Pasar Angso Duo for two hours.
type sweep struct {
	campaign jaring.CampaignID
	on       jaring.Day
	script   *script
	lanes    map[string]jaring.LaneID // by name
	late     []*stop                  // what arrives after the seal
}

// planSweep draws the sweep and gives how many people of the book it makes.
func (b *builder) planSweep() int {
	s := &b.sweep
	*s = sweep{on: b.today.Add(-sweepAgo), lanes: map[string]jaring.LaneID{}}
	s.script = newScript(b.crowd, marketLanes(), s.on, regencyOf(home))
	before := b.planKnown()
	if met := s.script.registered(members[0]); len(met) > 0 {
		again := s.script.repeat(met[0], tooLate, apart)
		again.late, s.late = true, []*stop{again}
	}
	for _, at := range s.script.stops {
		if e := at.entry; e != nil {
			e.agent, e.workplace = b.class.cadre[at.kader], b.place[sweepMarket]
		}
	}
	b.on(s.on.Add(-decided)).at(hourDecide, b.planCampaign)
	day := b.on(s.on)
	day.at(hourKit+30*time.Minute, b.setTeams)
	day.at(sweepOpens, func(ctx context.Context) error { return b.move(ctx, jaring.CampaignIsOpen) })
	for k := range cadre {
		b.planSignal(day, k)
	}
	day.at(sweepOpens+sweepLasts+time.Minute, b.turn)
	b.planAfter(day, b.on(s.on.Add(1)))
	return Swept() + before
}

// How long after the opening phones find a signal.
var (
	signals  = []time.Duration{35 * time.Minute, 70 * time.Minute, 105 * time.Minute, 125 * time.Minute}
	noSignal = []time.Duration{210 * time.Minute}
)

// planSignal plans when a kader's phone sends.
func (b *builder) planSignal(d *day, k int) {
	s, when := b.sweep.script, signals
	if s.offline[k] {
		when = noSignal
	}
	if ends := s.skewEnds; k == s.skewed && ends > 0 {
		when = append([]time.Duration{ends}, slices.DeleteFunc(slices.Clone(when), func(t time.Duration) bool { return t <= ends })...)
	}
	from := time.Duration(0)
	for _, to := range when {
		since := from
		d.at(sweepOpens+to, func(ctx context.Context) error { return b.phoneIn(ctx, k, since, to) })
		from = to
	}
}

// planAfter plans what desks and the calendar do when the phones are in.
func (b *builder) planAfter(day, next *day) {
	day.at(11*time.Hour+40*time.Minute, b.lookAgain)
	day.at(11*time.Hour+50*time.Minute, func(ctx context.Context) error { return b.settle(ctx, b.sweep.on, b.sweep.script.pays) })
	day.at(12*time.Hour, b.tellCore)
	day.at(15*time.Hour, b.evaluate)
	next.at(hourDesk-30*time.Minute, b.tellCore) // before the seal
	next.at(sweepOpens+sweepLasts+2*time.Minute, b.turn)
	next.at(11*time.Hour, func(ctx context.Context) error { return b.report(ctx, tooLate, b.sweep.late) })
}

// tooLate is a kader who finds something in her phone on the day after.
const tooLate = 22

// planCampaign draws the market and plans the sweep.
func (b *builder) planCampaign(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	place := b.place[sweepMarket]
	if err := b.app.DrawLanes(ctx, head, place, laneForms()); err != nil {
		return err
	}
	m, err := b.app.Market(ctx, place)
	if err != nil {
		return err
	}
	for _, l := range m.Lanes {
		b.sweep.lanes[l.Name] = l.ID
	}
	opens := moment(b.sweep.on, sweepOpens)
	b.sweep.campaign, err = b.app.PlanCampaign(ctx, head, newOperation(), jaring.CampaignForm{Kind: jaring.KindSweep, Name: sweepName, Office: b.office[home], Place: place,
		OpensAt: opens, ClosesAt: opens.Add(sweepLasts), SealHours: jaring.DefaultSealHours, Rewards: jaring.DefaultRewards,
		Plan: jaring.CampaignPlan{Programs: []string{"JKK", "JKM"}, Goal: sweepGoal, Note: "Hari kedua kelas kader: pakai papan nama, jaket, dan ransel."}})
	return err
}

const (
	sweepName = "Grebek Pasar Angso Duo"
	sweepGoal = 150
)

// setTeams puts those who were certified this morning into teams.
func (b *builder) setTeams(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	var all []jaring.Team
	for t, people := range b.sweep.script.teams {
		team := jaring.Team{Name: teamPlans[t].name}
		for _, l := range b.sweep.script.lanes[t] {
			team.Lanes = append(team.Lanes, b.sweep.lanes[l.name])
		}
		for _, k := range people {
			team.Members = append(team.Members, b.class.cadre[k].id)
		}
		all = append(all, team)
	}
	v, err := b.app.GetCampaign(ctx, head, b.sweep.campaign)
	if err != nil {
		return err
	}
	return b.app.SetTeams(ctx, head, newOperation(), b.sweep.campaign, v.Version, all)
}

func (b *builder) move(ctx context.Context, to jaring.CampaignState) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	return b.app.MoveCampaign(ctx, head, newOperation(), b.sweep.campaign, to, "")
}

// turn is the calendar: it ends and seals.
func (b *builder) turn(ctx context.Context) error {
	_, err := b.app.TurnCampaigns(ctx)
	return err
}

// phoneIn lets a kader's phone send what it kept since it last did.
func (b *builder) phoneIn(ctx context.Context, k int, from, to time.Duration) error {
	return b.report(ctx, k, b.sweep.script.of(k, from, to))
}

// report lets a kader's phone send what happened at some stops, and then its photos, one
// by one.
func (b *builder) report(ctx context.Context, k int, stops []*stop) error {
	s, p, off := b.sweep.script, b.class.cadre[k].phone, time.Duration(0)
	if k == s.skewed && len(stops) > 0 && stops[0].at < s.skewEnds {
		off = skew
	}
	records := make([]record, len(stops))
	for i, at := range stops {
		var err error
		if records[i], err = at.record(p, b.Notice, moment(b.sweep.on, sweepOpens+at.at), off, b.sweep.campaign, b.laneOf(at)); err != nil {
			return err
		}
	}
	outcomes, err := b.send(ctx, p, off, records)
	if err != nil {
		return err
	}
	for i, at := range stops {
		if at.entry == nil {
			continue
		}
		if at.entry.outcome = outcomes[i]; !at.photo {
			continue
		}
		photo, err := p.photograph(records[i], specimen(b.crowd.rand))
		if err != nil {
			return err
		}
		if _, err := b.send(ctx, p, off, []record{photo}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) laneOf(at *stop) jaring.LaneID {
	if at.lane == nil {
		return ""
	}
	return b.sweep.lanes[at.lane.name]
}

// lookAgain lets the desk decide on those whom the system asked to look at: the cards
// were seen, they are who they say.
func (b *builder) lookAgain(ctx context.Context) error {
	for _, at := range b.sweep.script.stops {
		if at.entry == nil || at.entry.outcome.Kind != jaring.Review {
			continue
		}
		actor, err := b.actor(ctx, b.officerOf(home))
		if err != nil {
			return err
		}
		view, err := b.app.GetWorker(ctx, actor, at.entry.outcome.Worker)
		if err != nil {
			return err
		}
		if view.Review == nil {
			continue
		}
		op, err := operation(jaring.ActDecideReview, b.clock.now(), wire.Decision{Review: string(view.Review.ID), Decision: "accept", Reason: cardSeen})
		if err != nil {
			return err
		}
		if err := b.apply(ctx, actor.Account, []jaring.Operation{op}); err != nil {
			return err
		}
	}
	return nil
}

// evaluate lets the head of the branch decide on what could not count by itself.
func (b *builder) evaluate(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	r, err := b.app.Result(ctx, head, b.sweep.campaign)
	if err != nil {
		return err
	}
	for _, e := range r.Evaluation {
		decision, why := verdict(e.Kind)
		if err := b.app.DecideCapture(ctx, head, newOperation(), b.sweep.campaign, e.Operation, decision, why); err != nil {
			return err
		}
	}
	return nil
}

const cardSeen = "KTP sudah dilihat, orangnya benar"

// verdict is what the evaluation says of a capture from a phone with a wrong clock.
func verdict(kind jaring.CaptureKind) (jaring.CaptureDecision, string) {
	if kind == jaring.CaptureRepeated {
		return jaring.CaptureSetAside, "Orang yang sama dicatat dua kali dari HP yang sama"
	}
	return jaring.CaptureCounted, "Jam HP salah; rekan satu tim membenarkan waktunya"
}
