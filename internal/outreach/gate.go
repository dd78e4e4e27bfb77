package outreach

import (
	"context"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// checkTicket prepares ticket.check. A ticket that was let in before is let in the books again, with a
// warning: whoever stood at the gate has decided, and who counts where is found when the hall is counted.
// Errors: ticket.code_malformed, ticket.unknown, ticket.cancelled, field.required, field.too_long,
// campaign.not_found, campaign.is_cancelled, error.forbidden.
func (o *Outreach) checkTicket(ctx context.Context, actor jaring.Actor, op *jaring.Operation) (func(*store.Tx, *jaring.Outcome) error, error) {
	var body wire.TicketCheck
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	gate, faults := jaring.NewHallWord("gate", body.Gate)
	p, err := o.ticketFor(ctx, actor, body.Campaign, body.Code, faults)
	if err != nil {
		return nil, err
	}
	k := jaring.TicketCheck{Campaign: p.Campaign, Participant: p.ID, Operation: op.ID, Gate: gate, Agent: actor.Account, TakenAt: op.TakenAt, ReceivedAt: o.received(op), Trusted: op.ClockTrust}
	return func(tx *store.Tx, out *jaring.Outcome) error {
		before, err := tx.FindTicketChecks(p.Campaign, p.ID)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			out.Findings = []jaring.Finding{{Verdict: jaring.Warn, Key: "ticket.used", Args: jaring.Args{"gate": before[0].Gate}}}
		}
		return tx.AddTicketCheck(k)
	}, nil
}

// received is when an operation came here first.
func (o *Outreach) received(op *jaring.Operation) time.Time {
	if op.ReceivedAt.IsZero() {
		return o.Now()
	}
	return op.ReceivedAt
}

// ticketFor finds who holds a ticket of a campaign in which the actor may check tickets.
func (o *Outreach) ticketFor(ctx context.Context, actor jaring.Actor, campaign, text string, faults jaring.Errors) (p *store.ParticipantRecord, err error) {
	code, err := jaring.ParseTicketCode(text)
	if err != nil {
		faults = append(faults, jaring.NewError(jaring.Invalid, "ticket.code_malformed").At("code"))
	}
	if err := faults.OrNil(); err != nil {
		return nil, err
	}
	c, err := o.hallFor(ctx, actor, jaring.ActCheckTicket, jaring.CampaignID(campaign))
	if err != nil {
		return nil, err
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = ticketOf(tx, c.ID, code)
		return err
	})
	return p, err
}

// ticketOf finds who holds a ticket of an event. Errors: ticket.unknown, ticket.cancelled.
func ticketOf(tx *store.Tx, id jaring.CampaignID, code jaring.TicketCode) (*store.ParticipantRecord, error) {
	item, err := tx.GetHallItem(codeHash(code))
	if jaring.CodeOf(err) == jaring.NotFound || err == nil && (item.Kind != store.CodeTicket || item.Campaign != id) {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "ticket.unknown").At("code")}
	}
	if err != nil {
		return nil, err
	}
	p, err := tx.GetParticipant(id, jaring.ParticipantID(item.ID))
	if err == nil && !p.CancelledAt.IsZero() {
		err = jaring.Errors{jaring.NewError(jaring.Invalid, "ticket.cancelled").At("code")}
	}
	return p, err
}

// giveStamp prepares stamp.give: one stamp for each participant and stand. Errors: those of checkTicket;
// stand.not_found.
func (o *Outreach) giveStamp(ctx context.Context, actor jaring.Actor, op *jaring.Operation) (func(*store.Tx, *jaring.Outcome) error, error) {
	var body wire.StampGive
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	p, err := o.ticketFor(ctx, actor, body.Campaign, body.Code, nil)
	if err != nil {
		return nil, err
	}
	stand, err := o.stand(ctx, p.Campaign, jaring.StandID(body.Stand))
	if err != nil {
		return nil, err
	}
	return func(tx *store.Tx, out *jaring.Outcome) error {
		fresh, err := tx.AddStamp(store.StampRow{Campaign: p.Campaign, Participant: p.ID, Stand: stand.ID, Operation: op.ID, Agent: actor.Account, TakenAt: op.TakenAt})
		if err == nil && !fresh {
			out.Findings = []jaring.Finding{{Verdict: jaring.Warn, Key: "stamp.before", Args: jaring.Args{"stand": stand.Number}}}
		}
		return err
	}, nil
}

// GatePack is what a phone at a gate carries of one event: no name.
type GatePack struct {
	Campaign *app.Campaign
	Gates    []string
	Tickets  []byte   // of each ticket ticketBytes, in the order of hashes
	Used     []string // gates at which tickets were let in, as Tickets counts them
	Stands   []GateStand
	Inside   int
	Invited  int
}

// GateStand is a stand as phones name it.
type GateStand struct {
	ID           jaring.StandID
	Number, Name string
}

// What stands in Tickets of one ticket: the first bytes of its hash, the place of its kind in
// ParticipantKinds, needs as bits, 1 when it is cancelled, and 0 or one more than the place in Used.
const (
	ticketHash  = 6
	TicketBytes = ticketHash + 4
	maxUsed     = 250
)

// gateDays is for how many days around an event phones carry its tickets.
const gateDays = 2

// FindGates gives what the actor's phone carries for the gates of the events of these days. Error: error.forbidden.
func (o *Outreach) FindGates(ctx context.Context, actor jaring.Actor) (out []GatePack, err error) {
	if err := actor.May(jaring.ActCheckTicket, jaring.Scope{}); err != nil {
		return nil, err
	}
	rows, err := o.FindCampaigns(ctx, actor, app.CampaignFilter{})
	if err != nil {
		return nil, err
	}
	now := o.Now()
	for _, r := range rows {
		if r.State.Over() || now.Before(r.OpensAt.AddDate(0, 0, -gateDays)) || now.After(r.ClosesAt.AddDate(0, 0, gateDays)) {
			continue
		}
		pack := GatePack{Campaign: r.Campaign}
		if err := o.DB.Snapshot(ctx, func(tx *store.Tx) error { return pack.read(tx) }); err != nil {
			return nil, err
		}
		if pack.Invited > 0 {
			out = append(out, pack)
		}
	}
	return out, nil
}

func (g *GatePack) read(tx *store.Tx) error {
	g.Tickets, g.Used, g.Stands = nil, nil, nil
	id := g.Campaign.ID
	hall, err := tx.GetHall(id)
	if err != nil {
		return err
	}
	g.Gates = hall.Plan.Gates
	tickets, err := tx.FindTickets(id)
	if err != nil {
		return err
	}
	checks, err := tx.FindTicketChecks(id, "")
	if err != nil {
		return err
	}
	used := map[jaring.ParticipantID]byte{}
	for _, k := range checks {
		if used[k.Participant] == 0 {
			used[k.Participant] = g.usedAt(k.Gate)
		}
	}
	for _, t := range tickets {
		cancelled := byte(0)
		if t.Cancelled {
			cancelled = 1
		}
		g.Tickets = append(g.Tickets, t.Hash[:ticketHash]...)
		g.Tickets = append(g.Tickets, byte(max(0, slices.Index(jaring.ParticipantKinds, t.Kind))), jaring.NeedBits(t.Needs), cancelled, used[t.ID])
	}
	g.Inside, g.Invited = len(used), len(tickets)
	stands, err := tx.FindStands(id, "")
	for _, s := range stands {
		g.Stands = append(g.Stands, GateStand{s.ID, s.Number, s.Name})
	}
	return err
}

// usedAt is one more than the place of a gate among those at which tickets were let in.
func (g *GatePack) usedAt(gate string) byte {
	at := slices.Index(g.Used, gate)
	if at < 0 && len(g.Used) < maxUsed {
		at = len(g.Used)
		g.Used = append(g.Used, gate)
	}
	return byte(max(0, at) + 1)
}
