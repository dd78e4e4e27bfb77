package demo

import (
	"context"
	"slices"
	"time"

	"jaring/internal/area"
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
	sent     map[*stop]record         // registrations, for the photos that follow them
}

// planSweep draws the sweep and gives how many people of the book it makes.
func (b *builder) planSweep() int {
	s := &b.sweep
	*s = sweep{on: b.today.Add(-sweepAgo), lanes: map[string]jaring.LaneID{}, sent: map[*stop]record{}}
	s.script = newScript(b.crowd, marketLanes(), s.on, area.Code(b.regency("jambi")))
	before := b.planKnown()
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
	return swept() + before
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
}

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
	b.sweep.campaign, err = b.app.PlanCampaign(ctx, head, newOperation(), jaring.CampaignForm{Kind: jaring.KindSweep, Name: sweepName, Office: b.office["jambi"], Place: place,
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
		team := jaring.Team{Name: teamNames[t]}
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

// phoneIn lets a kader's phone send what it kept since it last did, and then its photos,
// one by one.
func (b *builder) phoneIn(ctx context.Context, k int, from, to time.Duration) error {
	s, p, off := b.sweep.script, b.class.cadre[k].phone, time.Duration(0)
	if k == s.skewed && from == 0 {
		off = skew
	}
	stops := s.of(k, from, to)
	records := make([]record, len(stops))
	for i, at := range stops {
		kind, body := at.told(b.Notice, moment(b.sweep.on, sweepOpens+at.at), b.sweep.campaign, string(b.laneOf(at)))
		var err error
		if records[i], err = p.keep(kind, moment(b.sweep.on, sweepOpens+at.at).Add(off), body); err != nil {
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
		at.entry.outcome = outcomes[i]
		if !at.photo {
			continue
		}
		photo, err := p.keep(jaring.ActAddPhoto, records[i].TakenAt, wire.Photo{RegisteredBy: string(records[i].ID), Kind: string(jaring.PhotoKTP), JPEG: specimen(b.crowd.rand),
			TakenAt: records[i].TakenAt}, records[i].ID)
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

// told is what a stop is on a phone.
func (at *stop) told(notice string, taken time.Time, campaign jaring.CampaignID, lane string) (jaring.Act, any) {
	if at.entry == nil {
		return jaring.ActRecordLot, wire.LotVisit{Campaign: string(campaign), Lane: lane, Number: at.number, Outcome: string(at.outcome), Reason: at.reason, BackAt: at.backAt}
	}
	at.entry.campaign = campaign
	if at.entry.lot = nil; lane != "" {
		at.entry.lot = &wire.Lot{Lane: lane, Number: at.number}
	}
	return jaring.ActRegisterWorker, at.entry.form(notice, taken)
}

// lookAgain lets the desk decide on those whom the system asked to look at: the cards
// were seen, they are who they say.
func (b *builder) lookAgain(ctx context.Context) error {
	for _, at := range b.sweep.script.stops {
		if at.entry == nil || at.entry.outcome.Kind != jaring.Review {
			continue
		}
		actor, err := b.actor(ctx, b.officerOf("jambi"))
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
