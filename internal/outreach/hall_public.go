package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Ticket is a ticket as its holder sees it.
type Ticket struct {
	*store.ParticipantRecord
	Code      jaring.TicketCode
	Campaign  *app.Campaign
	PlaceName string
	In        bool // was let in
	Needed    int  // stamps that win a prize
	Fair      bool // the event is a job fair at which work is offered
	Numbers   []jaring.Turn
}

// GetTicket gives the page of a ticket to whoever holds its code. Error: hall.code_unknown.
func (o *Outreach) GetTicket(ctx context.Context, text string) (*Ticket, error) {
	t := &Ticket{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeTicket)
		if err != nil {
			return err
		}
		return o.readTicket(tx, t, item)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

func (o *Outreach) readTicket(tx *store.Tx, t *Ticket, item store.HallItem) (err error) {
	id := jaring.ParticipantID(item.ID)
	if t.ParticipantRecord, err = tx.GetParticipant(item.Campaign, id); err != nil {
		return err
	}
	t.Code = o.codeOf(store.CodeTicket, item.ID)
	if t.Campaign, t.PlaceName, err = campaignAt(tx, item.Campaign); err != nil {
		return err
	}
	hall, err := tx.GetHall(item.Campaign)
	if err != nil {
		return err
	}
	t.Needed = hall.Plan.Stamps
	if t.Stamps, err = tx.CountStamps(item.Campaign, id); err != nil {
		return err
	}
	checks, err := tx.FindTicketChecks(item.Campaign, id)
	if err != nil {
		return err
	}
	t.In, t.Numbers = len(checks) > 0, nil
	queue, err := tx.FindConsultationsOf(item.Campaign, id)
	for _, c := range queue {
		t.Numbers = append(t.Numbers, c.Turn)
	}
	if err != nil || t.Campaign.Kind != jaring.KindJobFair {
		return err
	}
	openings, err := tx.FindOpenings(item.Campaign)
	t.Fair = len(openings) > 0
	return err
}

// campaignAt reads a campaign and the name of its place.
func campaignAt(tx *store.Tx, id jaring.CampaignID) (*app.Campaign, string, error) {
	c, err := tx.GetCampaign(id)
	if err != nil {
		return nil, "", err
	}
	place, err := tx.GetPlace(c.Place)
	if err != nil {
		return nil, "", err
	}
	return c, place.Name, nil
}

// PublicStand is a stand as anybody sees it who has its code.
type PublicStand struct {
	*store.StandRecord
	EventName string
	PlaceName string
}

// GetPublicStand gives the page of a stand that shows itself. Of a team of minors nobody is named but the
// school. Error: hall.code_unknown.
func (o *Outreach) GetPublicStand(ctx context.Context, text string) (*PublicStand, error) {
	s := &PublicStand{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeStand)
		if err != nil {
			return err
		}
		if s.StandRecord, err = tx.GetStand(item.Campaign, jaring.StandID(item.ID)); err != nil {
			return err
		}
		if !s.Public {
			return jaring.NewError(jaring.NotFound, "hall.code_unknown")
		}
		c, place, err := campaignAt(tx, item.Campaign)
		if err != nil {
			return err
		}
		s.EventName, s.PlaceName = c.Name, place
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.ContactName, s.ContactPhone = "", ""
	return s, nil
}

// GetStandPhoto gives the photo of a product of a stand that shows itself. Errors: hall.code_unknown, photo.not_found.
func (o *Outreach) GetStandPhoto(ctx context.Context, text, product string) (picture []byte, err error) {
	if !jaring.IsUUID(product) {
		return nil, jaring.NewError(jaring.NotFound, "photo.not_found")
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeStand)
		if err != nil {
			return err
		}
		s, err := tx.GetStand(item.Campaign, jaring.StandID(item.ID))
		if err == nil && !s.Public {
			err = jaring.NewError(jaring.NotFound, "hall.code_unknown")
		}
		if err != nil {
			return err
		}
		picture, err = tx.GetStandPhoto(item.Campaign, s.ID, product)
		return err
	})
	return picture, err
}

// Entry is the page where people sign up for an event.
type Entry struct {
	Campaign  *app.Campaign
	PlaceName string
}

// GetEntry gives that page to whoever has its code. Error: hall.code_unknown.
func (o *Outreach) GetEntry(ctx context.Context, text string) (e *Entry, err error) {
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		item, err := behind(tx, text, store.CodeEntry)
		if err != nil {
			return err
		}
		hall, err := tx.GetHall(item.Campaign)
		if err != nil {
			return err
		}
		e = &Entry{}
		e.Campaign, e.PlaceName, err = campaignAt(tx, item.Campaign)
		if err == nil && (!hall.Plan.SignUp || e.Campaign.State.Over() || !o.Now().Before(e.Campaign.ClosesAt)) {
			err = jaring.NewError(jaring.NotFound, "hall.code_unknown")
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

// SignUp puts somebody on the list of an event by himself and gives the ticket; told again under the same id
// it is the same one. Errors: those of jaring.NewParticipant; participant.consent_required, hall.code_unknown, operation.conflict.
func (o *Outreach) SignUp(ctx context.Context, op jaring.OperationID, text string, f jaring.ParticipantForm) (jaring.TicketCode, error) {
	e, err := o.GetEntry(ctx, text)
	if err != nil {
		return "", err
	}
	p, faults := jaring.NewParticipant(f, "", jaring.ViaSelf, o.Now())
	if p.Kind == jaring.ComesAsOfficial { // nobody makes himself one
		faults = append(faults, jaring.NewError(jaring.Invalid, "participant.kind_unknown").At("kind"))
	}
	if !f.Consent {
		faults = append(faults, jaring.NewError(jaring.Invalid, "participant.consent_required").At("consent"))
	}
	if err := faults.OrNil(); err != nil {
		return "", err
	}
	p.Campaign, p.ID = e.Campaign.ID, jaring.ParticipantID(partOf(op, 0))
	by := jaring.System
	by.Office = e.Campaign.Office
	_, err = o.Once(ctx, by, op, "participant.sign_up", []any{text, f}, func(tx *store.Tx) error {
		if err := addParticipants(tx, p.Campaign, []*store.ParticipantRecord{o.record(p)}); err != nil {
			return err
		}
		return o.tellHall(tx, by, e.Campaign, jaring.ParticipantsAdded, "1")
	})
	if err != nil {
		return "", err
	}
	return o.codeOf(store.CodeTicket, string(p.ID)), nil
}

// Loop is what the screen of a hall shows, over and over.
type Loop struct {
	Campaign  *app.Campaign
	PlaceName string
	Plan      jaring.HallPlan
	Media     map[jaring.MediaID]jaring.MediaKind // of the slides
	Entry     jaring.TicketCode
	Register  string // path of the form by which people register themselves; empty for none
	Said      []store.AnnouncementRecord
	Called    []jaring.Turn // numbers that are called now, the newest first
	Waiting   int
	Inside    int
	Invited   int
	Stands    []StandView // that show themselves
	AsOf      int64       // milliseconds
}

// loopCalls is how many called numbers a screen shows.
const loopCalls = 6

// WatchLoop gives the loop of the hall that a screen's token shows. Errors: kiosk.unknown, kiosk.over.
func (o *Outreach) WatchLoop(ctx context.Context, token string) (*Loop, error) {
	c, err := o.KioskCampaign(ctx, token)
	if err != nil {
		return nil, err
	}
	l := &Loop{Campaign: c, AsOf: o.Now().UnixMilli()}
	return l, o.DB.Snapshot(ctx, func(tx *store.Tx) error { return o.readLoop(tx, l) })
}

func (o *Outreach) readLoop(tx *store.Tx, l *Loop) error {
	h := &Hall{Campaign: l.Campaign}
	if err := o.readHall(tx, h); err != nil {
		return err
	}
	l.Plan, l.Media, l.Entry, l.Said, l.Inside, l.Invited = h.Plan, h.Media, h.Entry, h.Said, h.Gate.Inside, 0
	for _, n := range h.Invited {
		l.Invited += n
	}
	var err error
	if l.Register, err = o.SelfPath(tx, l.Campaign.ID); err != nil {
		return err
	}
	if _, l.PlaceName, err = campaignAt(tx, l.Campaign.ID); err != nil {
		return err
	}
	queue, err := tx.FindConsultations(l.Campaign.ID)
	if err != nil {
		return err
	}
	l.Waiting, l.Called, l.Stands = h.Queue[jaring.QueueWaiting], nil, nil
	for _, c := range calledNow(queue, turnOf) {
		l.Called = append(l.Called, c.Turn)
	}
	if err := l.addFair(tx); err != nil {
		return err
	}
	stands, err := tx.FindStands(l.Campaign.ID, "")
	for _, s := range stands {
		if s.Public {
			l.Stands = append(l.Stands, StandView{s, o.codeOf(store.CodeStand, string(s.ID))})
		}
	}
	return err
}
