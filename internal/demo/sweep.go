package demo

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// sweep is story A's second day: the class goes into Pasar Angso Duo for two hours.
type sweep struct {
	campaign jaring.CampaignID
	on       jaring.Day
}

// What the story tells of the sweep; the demo acts it and then counts.
const (
	sweepTotal  = 192
	sweepMarket = "Pasar Angso Duo"
	sweepOpens  = 6 * time.Hour
	sweepLasts  = 2 * time.Hour
)

// podium is who wins: the first and the third of the branch, the second of KCP Batang Hari.
var podium = []struct {
	office string
	n      int
}{{"jambi", 20}, {"batang", 16}, {"jambi", 13}}

// planSweep draws the sweep, some weeks ago, and gives how many people it registers.
func (b *builder) planSweep() int {
	b.sweep = sweep{campaign: jaring.CampaignID(app.NewID()), on: b.today.Add(-40)}
	for b.sweep.on.Time().Weekday() != time.Saturday {
		b.sweep.on = b.sweep.on.Add(-1)
	}
	share := b.sweepShares()
	total := 0
	for i, n := range share {
		for range n {
			b.planSwept(&b.agents[i])
		}
		total += n
	}
	return total
}

// sweepShares is how many each agent registers: the podium as told, the rest evenly.
func (b *builder) sweepShares() []int {
	share := make([]int, len(b.agents))
	left, others := sweepTotal, []int{}
	next := 0
	for i, a := range b.agents {
		if a.office == "palembang" {
			continue
		}
		if winner := nextWinner(a.office, share, b.agents); winner > 0 {
			share[i] = winner
			left -= winner
			continue
		}
		others = append(others, i)
	}
	for ; left > 0; left-- {
		share[others[next%len(others)]]++
		next++
	}
	return share
}

// nextWinner is the place on the podium that is still open to an office, 0 for none.
func nextWinner(office string, share []int, agents []agent) int {
	taken := map[int]bool{}
	for i, n := range share {
		if agents[i].office == office && n > 0 {
			taken[n] = true
		}
	}
	for _, p := range podium {
		if p.office == office && !taken[p.n] {
			return p.n
		}
	}
	return 0
}

// planSwept draws somebody with a stall in the market.
func (b *builder) planSwept(a *agent) {
	e := b.newEntry(a, b.sweep.on)
	e.person = b.crowd.person(b.regency("jambi"), b.sweep.on)
	e.birthDate, e.programs, e.workplace, e.campaign = e.birth, []string{"JKK", "JKM"}, b.place[sweepMarket], b.sweep.campaign
	e.taken = sweepOpens + time.Duration(b.crowd.rand.Int64N(int64(sweepLasts)))
	b.on(b.sweep.on).entries = append(b.on(b.sweep.on).entries, e)
	b.planPayment(e, b.sweep.on)
}

// convene plans the sweep as a campaign with those who go; it is opened and closed on its day.
func (b *builder) convene(ctx context.Context) error {
	if b.sweep.campaign == "" {
		return nil
	}
	head, err := b.actor(ctx, b.desk["kepala.jambi"])
	if err != nil {
		return err
	}
	opens := moment(b.sweep.on, sweepOpens)
	form := jaring.CampaignForm{Kind: jaring.KindSweep, Name: "Grebek " + sweepMarket, Office: b.office["jambi"], Place: b.place[sweepMarket], OpensAt: opens,
		ClosesAt: opens.Add(sweepLasts), SealHours: jaring.DefaultSealHours, Rewards: len(podium)}
	if _, err := b.app.PlanCampaign(ctx, head, jaring.OperationID(b.sweep.campaign), form); err != nil {
		return err
	}
	team := jaring.Team{Name: "Kader"}
	for _, a := range b.agents {
		if a.office != "palembang" {
			team.Members = append(team.Members, a.id)
		}
	}
	return b.app.SetTeams(ctx, head, jaring.OperationID(app.NewID()), b.sweep.campaign, 1, []jaring.Team{team})
}

// runSweep opens and closes the sweep on its day, and lets the calendar seal it.
func (b *builder) runSweep(ctx context.Context, d jaring.Day) error {
	if d == b.sweep.on {
		head, err := b.actor(ctx, b.desk["kepala.jambi"])
		if err != nil {
			return err
		}
		b.clock.to(d, sweepOpens)
		if err := b.app.MoveCampaign(ctx, head, jaring.OperationID(app.NewID()), b.sweep.campaign, jaring.CampaignIsOpen, ""); err != nil {
			return err
		}
		b.clock.to(d, sweepOpens+sweepLasts)
	}
	_, err := b.app.TurnCampaigns(ctx)
	return err
}
