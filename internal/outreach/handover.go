package outreach

import (
	"context"
	"strconv"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/sponsor"
	"jaring/internal/store"
)

// MaxRecipients is how many receive for all in one ceremony.
const MaxRecipients = 50

// Chosen is who was chosen to receive for all.
type Chosen = store.Recipient

// Recipient receives for all in a ceremony. The name is printed only with consent.
type Recipient struct {
	Worker         jaring.WorkerID
	RegistrationNo jaring.RegistrationNo
	Name           string
	Village        string // dotted code
	Consent        bool
}

// Handover is a ceremony: what it hands over, in the numbers of the system, to whom, and who came.
type Handover struct {
	Campaign   *app.Campaign
	Report     *sponsor.Report // nil while nobody has said what is handed over
	Recipients []Recipient
	Guests     *GuestList
}

// SetHandover says which agreement a ceremony hands over and who receives it for all. Errors: handover.kind,
// handover.recipient (args n), field.too_many, campaign.not_found, sponsor.unknown, agreement.unknown, error.forbidden,
// operation.conflict.
func (o *Outreach) SetHandover(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, sponsor, agreement string, people []store.Recipient) error {
	c, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, id)
	if err != nil {
		return err
	}
	if c.Kind != jaring.KindHandover {
		return jaring.NewError(jaring.Conflict, "handover.kind")
	}
	if len(people) > MaxRecipients {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "field.too_many", "max", MaxRecipients).At("recipients")}
	}
	if err := o.enrolled(ctx, actor, sponsor, agreement, people); err != nil {
		return err
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManageCampaign, []any{"handover", id, sponsor, agreement, people}, func(tx *store.Tx) error {
		if err := tx.PutHandover(store.Handover{Campaign: id, Sponsor: sponsor, Agreement: agreement}, people); err != nil {
			return err
		}
		return o.Tell(tx, actor, string(id), jaring.HandoverSet, jaring.Facts{Campaign: id, Other: agreement})
	})
	return err
}

// enrolled asks whether an agreement pays for all who are to receive.
func (o *Outreach) enrolled(ctx context.Context, actor jaring.Actor, sponsor, agreement string, people []store.Recipient) error {
	if _, err := o.GetAgreement(ctx, actor, sponsor, agreement); err != nil {
		return err
	}
	var ids []jaring.WorkerID
	var es jaring.Errors
	for i, p := range people {
		if !jaring.IsUUID(string(p.Worker)) {
			es = append(es, jaring.NewError(jaring.Invalid, "handover.recipient", "n", i+1).At("recipients/"+strconv.Itoa(i)+"/worker_id"))
		}
		ids = append(ids, p.Worker)
	}
	if len(es) > 0 || len(ids) == 0 {
		return es.OrNil()
	}
	paid := map[jaring.WorkerID]bool{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		lines, err := tx.SponsorshipsOf(ids)
		if err != nil {
			return err
		}
		for _, l := range lines {
			r, err := tx.GetRoster(l.Roster)
			if err != nil {
				return err
			}
			paid[l.Worker] = paid[l.Worker] || r.Agreement == agreement
		}
		return nil
	})
	for i, p := range people {
		if !paid[p.Worker] {
			es = append(es, jaring.NewError(jaring.Invalid, "handover.recipient", "n", i+1).At("recipients/"+strconv.Itoa(i)+"/worker_id"))
		}
	}
	if err != nil {
		return err
	}
	return es.OrNil()
}

// GetHandover gives a ceremony. Errors: handover.kind, campaign.not_found, error.forbidden.
func (o *Outreach) GetHandover(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Handover, error) {
	guests, err := o.FindGuests(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	h := &Handover{Campaign: guests.Campaign, Guests: guests}
	if h.Campaign.Kind != jaring.KindHandover {
		return nil, jaring.NewError(jaring.Conflict, "handover.kind")
	}
	var set *store.Handover
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		var people []store.Recipient
		if set, people, err = tx.GetHandover(id); err != nil || set == nil {
			return err
		}
		h.Recipients, err = recipientsOf(tx, people)
		return err
	})
	if err != nil || set == nil {
		return h, err
	}
	pact, err := o.GetAgreement(ctx, actor, set.Sponsor, set.Agreement)
	if err != nil {
		return h, err
	}
	// A ceremony may be held before the first month, and its sheet printed after the last: it speaks of the months paid.
	month := min(max(jaring.DayIn(o.Now(), app.Zone("")).Month(), pact.FirstMonth), pact.LastMonth())
	h.Report, err = o.ReportSponsor(ctx, actor, set.Sponsor, set.Agreement, month)
	return h, err
}

func recipientsOf(tx *store.Tx, people []store.Recipient) (out []Recipient, err error) {
	ids := make([]jaring.WorkerID, len(people))
	for i, p := range people {
		ids[i] = p.Worker
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := tx.GetWorkers(ids)
	for _, p := range people {
		for _, w := range found {
			if w.ID == p.Worker {
				out = append(out, Recipient{w.ID, w.RegistrationNo, w.Name, w.Village, p.Consent})
			}
		}
	}
	return out, err
}
