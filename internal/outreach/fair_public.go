package outreach

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// PublicFair is a job fair as anybody sees it who has its code: the work that is offered, and no applicant.
type PublicFair struct {
	Campaign  *app.Campaign
	PlaceName string
	Openings  []OpeningView
	Open      bool // one may still apply for something
}

// GetPublicFair gives the page of a job fair. Error: hall.code_unknown.
func (o *Outreach) GetPublicFair(ctx context.Context, text string) (*PublicFair, error) {
	f := &PublicFair{}
	err := o.DB.Snapshot(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeFair)
		if err != nil {
			return err
		}
		if f.Campaign, f.PlaceName, err = campaignAt(tx, item.Campaign); err != nil {
			return err
		}
		if f.Campaign.State == jaring.CampaignIsCancelled {
			return jaring.NewError(jaring.NotFound, "hall.code_unknown")
		}
		office := Fair{Campaign: f.Campaign}
		err = o.readFair(tx, &office)
		f.Openings, f.Open = office.Openings, false
		for i := range f.Openings {
			f.Open = f.Open || f.Openings[i].Open(o.Now())
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// JoinFair gives somebody a ticket of a job fair by himself; told again under the same id it is the same one.
// Errors: those of jaring.NewParticipant; participant.consent_required, hall.code_unknown, opening.closed, operation.conflict.
func (o *Outreach) JoinFair(ctx context.Context, op jaring.OperationID, text string, form jaring.ParticipantForm) (jaring.TicketCode, error) {
	f, err := o.GetPublicFair(ctx, text)
	if err != nil {
		return "", err
	}
	if !f.Open {
		return "", jaring.NewError(jaring.Conflict, "opening.closed")
	}
	form.Kind = string(jaring.ComesAsWorker)
	p, faults := jaring.NewParticipant(form, "", jaring.ViaSelf, o.Now())
	if !form.Consent {
		faults = append(faults, jaring.NewError(jaring.Invalid, "participant.consent_required").At("consent"))
	}
	if err := faults.OrNil(); err != nil {
		return "", err
	}
	p.Campaign, p.ID = f.Campaign.ID, jaring.ParticipantID(partOf(op, 0))
	by := byItself(f.Campaign)
	_, err = o.Once(ctx, by, op, "participant.join_fair", []any{text, form}, func(tx *store.Tx) error {
		if err := addParticipants(tx, p.Campaign, []*store.ParticipantRecord{o.record(p)}); err != nil {
			return err
		}
		return o.tellHall(tx, by, f.Campaign, jaring.ParticipantsAdded, "1")
	})
	if err != nil {
		return "", err
	}
	return o.codeOf(store.CodeTicket, string(p.ID)), nil
}

// byItself acts for somebody who has a code and no account.
func byItself(c *app.Campaign) jaring.Actor {
	by := jaring.System
	by.Office = c.Office
	return by
}

// Applications are those of one ticket as its holder sees them.
type Applications struct {
	Campaign  *app.Campaign
	PlaceName string
	Name      string
	Page      jaring.TicketCode // of the fair
	Items     []MyApplication
}

// MyApplication is one of them. Of the others there is the number that is called now and how many wait before.
type MyApplication struct {
	jaring.Applicant
	Opening jaring.Opening
	Slot    jaring.Slot
	Taken   map[string]int // places of each slot
	Now     int            // called now in the same opening and slot; 0: nobody
	Ahead   int            // wait before
}

// GetApplications gives what the holder of a ticket has applied for. Error: hall.code_unknown.
func (o *Outreach) GetApplications(ctx context.Context, text string) (*Applications, error) {
	out := &Applications{}
	err := o.DB.Snapshot(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeTicket)
		if err != nil {
			return err
		}
		if out.Campaign, out.PlaceName, err = campaignAt(tx, item.Campaign); err != nil {
			return err
		}
		who, err := tx.GetParticipant(item.Campaign, jaring.ParticipantID(item.ID))
		if err != nil {
			return err
		}
		out.Name, out.Page, out.Items = who.Name, o.codeOf(store.CodeFair, string(item.Campaign)), nil
		mine, err := tx.FindApplicants(item.Campaign, "", who.ID)
		for _, a := range mine {
			one, err := myApplication(tx, a.Applicant)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, one)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func myApplication(tx *store.Tx, a jaring.Applicant) (m MyApplication, err error) {
	opening, err := tx.GetOpening(a.Campaign, a.Opening)
	if err != nil {
		return m, err
	}
	m.Applicant, m.Opening, m.Taken = a, *opening, map[string]int{}
	m.Slot, _ = opening.Slot(a.Slot)
	rows, err := tx.FindApplicants(a.Campaign, a.Opening, "")
	for _, other := range rows {
		if other.State != jaring.ApplicantWithdrawn {
			m.Taken[other.Slot]++
		}
		if other.Slot != a.Slot || other.Participant == a.Participant {
			continue
		}
		waits := other.State == jaring.ApplicantApplied || other.State == jaring.ApplicantInvited
		switch {
		case !other.CalledAt.IsZero():
			m.Now = other.Number
		case waits && other.Number < a.Number:
			m.Ahead++
		}
	}
	return m, err
}

// ApplyByTicket puts down an application that somebody makes on his own phone. Errors: hall.code_unknown, ticket.cancelled
// and those of AddApplicant.
func (o *Outreach) ApplyByTicket(ctx context.Context, op jaring.OperationID, ticket string, opening jaring.OpeningID, slot string) error {
	return o.byTicket(ctx, op, ticket, opening, []any{"apply", ticket, opening, slot}, jaring.ApplicantAdded, func(tx *store.Tx, p *store.ParticipantRecord) error {
		return o.apply(tx, p.Campaign, opening, p.ID, slot)
	})
}

// MoveByTicket lets an applicant take an application back or ask for another slot. Errors: hall.code_unknown,
// ticket.cancelled and those of MoveApplicant.
func (o *Outreach) MoveByTicket(ctx context.Context, op jaring.OperationID, ticket string, s Step) error {
	if s.Act != MoveToSlot && s.Act != jaring.ApplicantWithdraw {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "applicant.act_unknown").At("act")}
	}
	return o.byTicket(ctx, op, ticket, s.Opening, []any{"move", ticket, s}, jaring.ApplicantMoved, func(tx *store.Tx, p *store.ParticipantRecord) error {
		s.Who = p.ID
		return o.moveApplicant(tx, p.Campaign, s)
	})
}

// byTicket does an act of the holder of a ticket, once, and tells it.
func (o *Outreach) byTicket(ctx context.Context, op jaring.OperationID, ticket string, opening jaring.OpeningID, said any, kind jaring.EventKind, run func(*store.Tx, *store.ParticipantRecord) error) error {
	var c *app.Campaign
	var p *store.ParticipantRecord
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, ticket, store.CodeTicket)
		if err != nil {
			return err
		}
		if p, err = tx.GetParticipant(item.Campaign, jaring.ParticipantID(item.ID)); err != nil {
			return err
		}
		c, _, err = campaignAt(tx, item.Campaign)
		return err
	})
	switch {
	case err != nil:
		return err
	case !jaring.IsUUID(string(opening)):
		return jaring.NewError(jaring.NotFound, "opening.unknown")
	case !p.CancelledAt.IsZero():
		return jaring.NewError(jaring.Conflict, "ticket.cancelled")
	case c.State == jaring.CampaignIsCancelled:
		return jaring.NewError(jaring.Conflict, "campaign.is_cancelled")
	}
	by := byItself(c)
	_, err = o.Once(ctx, by, op, "applicant.by_ticket", said, func(tx *store.Tx) error {
		if err := run(tx, p); err != nil {
			return err
		}
		return o.tellHall(tx, by, c, kind, string(opening))
	})
	return err
}

// DeskHours is how long after the end of a fair the page of an employer's desk still opens.
const DeskHours = 12

// Desk is what an employer sees of the openings that are its own: who applied, and of whom there is an offer the phone.
type Desk struct {
	Campaign  *app.Campaign
	PlaceName string
	Employer  string
	Openings  []OpeningView
	People    []store.ApplicantRow
}

// GetDesk gives an employer's desk to whoever has its code, until some hours after the fair. Error: hall.code_unknown.
func (o *Outreach) GetDesk(ctx context.Context, text string) (*Desk, error) {
	d := &Desk{}
	err := o.DB.Snapshot(ctx, func(tx *store.Tx) error { return o.readDesk(tx, text, d) })
	if err != nil {
		return nil, err
	}
	return d, nil
}

func (o *Outreach) readDesk(tx *store.Tx, text string, d *Desk) error {
	item, err := behind(tx, text, store.CodeOpening)
	if err != nil {
		return err
	}
	if d.Campaign, d.PlaceName, err = campaignAt(tx, item.Campaign); err != nil {
		return err
	}
	if d.Campaign.State == jaring.CampaignIsCancelled || o.Now().After(d.Campaign.ClosesAt.Add(DeskHours*time.Hour)) {
		return jaring.NewError(jaring.NotFound, "hall.code_unknown")
	}
	its, err := tx.GetOpening(item.Campaign, jaring.OpeningID(item.ID))
	if err != nil {
		return err
	}
	all, err := tx.FindOpenings(item.Campaign)
	if err != nil {
		return err
	}
	var own []jaring.Opening
	d.Employer, d.People = its.EmployerName, nil
	for _, n := range all {
		if n.EmployerKey() != its.EmployerKey() {
			continue
		}
		own = append(own, n)
		rows, err := tx.FindApplicants(item.Campaign, n.ID, "")
		if err != nil {
			return err
		}
		for _, a := range rows {
			if a.OfferedAt.IsZero() {
				a.Phone = ""
			}
			d.People = append(d.People, a)
		}
	}
	d.Openings = viewsOf(own, applicantsOf(d.People))
	return nil
}

// MoveByDesk lets an employer's desk call an applicant of its own, or note what came of it. Hiring is a registration and
// the office's. Errors: hall.code_unknown, opening.unknown and those of MoveApplicant.
func (o *Outreach) MoveByDesk(ctx context.Context, op jaring.OperationID, text string, s Step) error {
	d, err := o.GetDesk(ctx, text)
	if err != nil {
		return err
	}
	own := false
	for _, v := range d.Openings {
		own = own || v.ID == s.Opening
	}
	if !own {
		return jaring.NewError(jaring.NotFound, "opening.unknown")
	}
	said := s
	if s.Act == jaring.ApplicantWithdraw { // the applicant's own to say
		return jaring.Errors{jaring.NewError(jaring.Invalid, "applicant.act_unknown").At("act")}
	}
	if err := s.judge(); err != nil {
		return err
	}
	by := byItself(d.Campaign)
	_, err = o.Once(ctx, by, op, "applicant.by_desk", []any{text, said}, func(tx *store.Tx) error {
		if err := o.moveApplicant(tx, d.Campaign.ID, s); err != nil {
			return err
		}
		return o.tellHall(tx, by, d.Campaign, jaring.ApplicantMoved, string(s.Opening))
	})
	return err
}
