package outreach

import (
	"context"
	"strconv"
	"strings"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

const (
	hallPage  = 50
	maxFaults = 50 // of a list, told at once
)

// ParticipantList is a page of participants.
type ParticipantList struct {
	Items     []*store.ParticipantRecord
	Next      string
	Invited   map[jaring.ParticipantKind]int
	MayManage bool
}

// ParticipantFilter asks for participants.
type ParticipantFilter struct {
	Text    string
	Kind    jaring.ParticipantKind
	Checked string         // "in", "out"
	Stand   jaring.StandID // who belongs to it; empty: to any and none
	Winners bool           // who has the stamps that win a prize
	Cursor  string
}

// FindParticipants gives a page of who is on the list of an event, by name. Errors: cursor.malformed,
// campaign.not_found, error.forbidden, error.out_of_area.
func (o *Outreach) FindParticipants(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, f ParticipantFilter) (*ParticipantList, error) {
	if _, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return nil, err
	}
	q := store.ParticipantQuery{Campaign: id, Text: match.FoldName(f.Text), Kind: f.Kind, Checked: f.Checked, Stand: f.Stand, Limit: hallPage + 1}
	if err := app.OpenCursor(f.Cursor, &q.After); err != nil {
		return nil, err
	}
	if q.After.ID != "" && !jaring.IsUUID(string(q.After.ID)) {
		return nil, jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	l := &ParticipantList{MayManage: true}
	err := o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f.Winners {
			hall, err := tx.GetHall(id)
			if err != nil {
				return err
			}
			q.Stamps = max(1, hall.Plan.Stamps)
		}
		if l.Items, err = tx.FindParticipants(q); err != nil {
			return err
		}
		if err := nameStands(tx, id, l.Items); err != nil {
			return err
		}
		l.Invited, err = tx.CountParticipants(id)
		return err
	})
	if len(l.Items) > hallPage {
		last := l.Items[hallPage-1]
		l.Items, l.Next = l.Items[:hallPage], app.CloseCursor(store.ParticipantCursor{NameFold: last.NameFold, ID: last.ID})
	}
	return l, err
}

// AddParticipants puts people on the list of an event, all or, when one form is wrong, none; told again under
// the same id it does nothing. Errors: those of jaring.NewParticipant at participants/n/…; field.required,
// field.too_many, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) AddParticipants(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, via string, forms []jaring.ParticipantForm) ([]jaring.ParticipantID, error) {
	people, ids, faults := o.judge(op, id, via, forms)
	for i, p := range people {
		p.At = strings.TrimSpace(forms[i].Stand)
	}
	err := o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{id, via, forms}, faults, jaring.ParticipantsAdded, strconv.Itoa(len(people)), func(tx *store.Tx) error {
		if err := placeAll(tx, id, people); err != nil {
			return err
		}
		return addParticipants(tx, id, people)
	})
	if err != nil {
		return nil, err
	}
	return ids, nil
}

// judge judges forms and makes participants of them, with their tickets.
func (o *Outreach) judge(op jaring.OperationID, id jaring.CampaignID, via string, forms []jaring.ParticipantForm) (people []*store.ParticipantRecord, ids []jaring.ParticipantID, faults error) {
	var es jaring.Errors
	switch {
	case len(forms) == 0:
		es = append(es, jaring.NewError(jaring.Invalid, "field.required").At("participants"))
	case len(forms) > jaring.MaxParticipantBatch:
		es = append(es, jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxParticipantBatch).At("participants"))
		forms = nil
	}
	for i, f := range forms {
		p, more := jaring.NewParticipant(f, jaring.ListPlace(i), via, o.Now())
		if es = append(es, more...); len(es) > maxFaults {
			break
		}
		p.Campaign, p.ID = id, jaring.ParticipantID(partOf(op, i))
		ids = append(ids, p.ID)
		people = append(people, o.record(p))
	}
	return people, ids, es.OrNil()
}

func (o *Outreach) record(p jaring.Participant) *store.ParticipantRecord {
	return &store.ParticipantRecord{Participant: p, NameFold: match.FoldName(p.Name + " " + p.Organisation), Ticket: codeHash(o.codeOf(store.CodeTicket, string(p.ID)))}
}

// addParticipants inserts people where there is room for them.
func addParticipants(tx *store.Tx, id jaring.CampaignID, people []*store.ParticipantRecord) error {
	known, err := tx.CountParticipants(id)
	if err != nil {
		return err
	}
	n := len(people)
	for _, k := range known {
		n += k
	}
	if n > jaring.MaxParticipants {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", jaring.MaxParticipants).At("participants")}
	}
	for _, p := range people {
		if err := tx.AddParticipant(p); err != nil {
			return err
		}
	}
	return nil
}

// nameStands says of participants who belong to a stand which it is.
func nameStands(tx *store.Tx, id jaring.CampaignID, people []*store.ParticipantRecord) error {
	stands, err := tx.FindStands(id, "")
	for _, p := range people {
		for _, s := range stands {
			if s.ID == p.Stand {
				p.At = standName(s)
			}
		}
	}
	return err
}

// standName is how a stand is told in a line.
func standName(s *store.StandRecord) string { return s.Number + " · " + s.Name }

// placeAll finds the stands whose numbers people were written down with. Error: participant.stand_unknown at each.
func placeAll(tx *store.Tx, id jaring.CampaignID, people []*store.ParticipantRecord) error {
	stands, err := tx.FindStands(id, "")
	if err != nil {
		return err
	}
	var es jaring.Errors
	for i, p := range people {
		var fault *jaring.Error
		if p.Stand, fault = standOf(stands, p.At); fault != nil && len(es) <= maxFaults {
			es = append(es, fault.At(jaring.ListPlace(i)+"stand"))
		}
	}
	return es.OrNil()
}

// standOf finds a stand by its number; no number is no stand. Error: participant.stand_unknown.
func standOf(stands []*store.StandRecord, number string) (jaring.StandID, *jaring.Error) {
	if number == "" {
		return "", nil
	}
	for _, s := range stands {
		if jaring.FoldLotNumber(s.Number) == jaring.FoldLotNumber(number) {
			return s.ID, nil
		}
	}
	return "", jaring.NewError(jaring.Invalid, "participant.stand_unknown")
}

// PlaceParticipant says to which stand somebody on the list belongs, by its number; empty for none.
// Errors: participant.not_found, participant.stand_unknown, campaign.not_found, campaign.is_cancelled,
// error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) PlaceParticipant(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, who jaring.ParticipantID, number string) error {
	var faults error
	if !jaring.IsUUID(string(who)) {
		faults = jaring.NewError(jaring.NotFound, "participant.not_found")
	}
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{"place", id, who, number}, faults, jaring.ParticipantPlaced, string(who), func(tx *store.Tx) error {
		if _, err := tx.GetParticipant(id, who); err != nil {
			return err
		}
		stands, err := tx.FindStands(id, "")
		if err != nil {
			return err
		}
		stand, fault := standOf(stands, strings.TrimSpace(number))
		if fault != nil {
			return jaring.Errors{fault.At("stand")}
		}
		return tx.PlaceParticipant(id, who, stand)
	})
}

// What the office does with one participant.
const (
	DoCancel = "cancel" // the ticket lets nobody in any more
	DoPrize  = "prize"  // the prize of the rally was handed out
)

// ActOnParticipant cancels a ticket or notes that the prize is out. Errors: participant.act_unknown,
// participant.not_found, participant.no_prize, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) ActOnParticipant(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, who jaring.ParticipantID, do string) error {
	kinds := map[string]jaring.EventKind{DoCancel: jaring.ParticipantCancelled, DoPrize: jaring.PrizeHanded}
	var faults error
	if kinds[do] == "" {
		faults = jaring.Errors{jaring.NewError(jaring.Invalid, "participant.act_unknown").At("act")}
	} else if !jaring.IsUUID(string(who)) {
		faults = jaring.NewError(jaring.NotFound, "participant.not_found")
	}
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{id, who, do}, faults, kinds[do], string(who), func(tx *store.Tx) error {
		if _, err := tx.GetParticipant(id, who); err != nil {
			return err
		}
		if do == DoCancel {
			return tx.CancelParticipant(id, who, o.Now())
		}
		hall, err := tx.GetHall(id)
		if err != nil {
			return err
		}
		stamps, err := tx.CountStamps(id, who)
		if err == nil && (hall.Plan.Stamps == 0 || stamps < hall.Plan.Stamps) {
			err = jaring.NewError(jaring.Conflict, "participant.no_prize", "n", stamps, "all", hall.Plan.Stamps)
		}
		if err != nil {
			return err
		}
		return tx.HandPrize(id, who, o.Now())
	})
}

// PrintedTicket is a ticket as it is printed.
type PrintedTicket struct {
	*store.ParticipantRecord
	Code jaring.TicketCode
}

// PrintTickets gives all tickets of an event that still let somebody in, by name. Errors: campaign.not_found,
// error.forbidden, error.out_of_area.
func (o *Outreach) PrintTickets(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (c *app.Campaign, out []PrintedTicket, err error) {
	if c, err = o.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return nil, nil, err
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindParticipants(store.ParticipantQuery{Campaign: id, Limit: jaring.MaxParticipants})
		out = nil
		for _, p := range all {
			if p.CancelledAt.IsZero() {
				out = append(out, PrintedTicket{p, o.codeOf(store.CodeTicket, string(p.ID))})
			}
		}
		return err
	})
	return c, out, err
}

// EmptyHalls takes the personal data out of the lists of events that ended long ago, and gives of how many people.
// Who came as what, and through which gate, still counts. It may be told again at any time.
func (o *Outreach) EmptyHalls(ctx context.Context) (n int64, err error) {
	before := o.Now().AddDate(0, -jaring.HallMonths, 0)
	err = o.DB.Write(ctx, func(tx *store.Tx) error {
		if n, err = tx.EmptyHalls(before); err != nil {
			return err
		}
		return tx.EmptyApplicants(before)
	})
	return n, err
}
