package outreach

import (
	"context"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// OfferRow is an offer with who said it.
type OfferRow = store.OfferRow

// Exchange is what owners offer and look for at an event.
type Exchange struct {
	Offers  []store.OfferRow
	Matches []jaring.OfferMatch
	Contact map[jaring.ParticipantID]store.OfferRow // of those whose contact may be told
}

// FindOffers gives the exchange of an event. A contact is told where both sides of a match agreed, and
// nowhere else. Errors: campaign.not_found, error.forbidden, error.out_of_area.
func (o *Outreach) FindOffers(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Exchange, error) {
	if _, err := o.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return nil, err
	}
	x := &Exchange{Contact: map[jaring.ParticipantID]store.OfferRow{}}
	err := o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		x.Offers, err = tx.FindOffers(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	bare := make([]jaring.Offer, len(x.Offers))
	said := map[string]store.OfferRow{}
	for i, r := range x.Offers {
		bare[i], said[r.ID] = r.Offer, r
	}
	x.Matches = jaring.MatchOffers(bare)
	for _, m := range x.Matches {
		if m.Both {
			x.Contact[m.Offer.Participant], x.Contact[m.Need.Participant] = said[m.Offer.ID], said[m.Need.ID]
		}
	}
	return x, nil
}

// AddOffer writes down what the holder of a ticket offers or looks for. Errors: those of jaring.NewOffer;
// ticket.code_malformed, ticket.unknown, ticket.cancelled, campaign.not_found, error.forbidden,
// error.out_of_area, operation.conflict.
func (o *Outreach) AddOffer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, ticket string, offer jaring.Offer) error {
	said := []any{id, ticket, offer}
	offer, faults := jaring.NewOffer(offer)
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, said, faults, jaring.OfferAdded, string(op), func(tx *store.Tx) (err error) {
		if offer.Participant, err = holderOf(tx, id, ticket); err != nil {
			return err
		}
		offer.Campaign, offer.ID, offer.AddedAt = id, string(op), o.Now()
		return tx.AddOffer(&offer)
	})
}

// CloseOffer lets an offer be over. Errors: offer.unknown, campaign.not_found, error.forbidden,
// error.out_of_area, operation.conflict.
func (o *Outreach) CloseOffer(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, offer string) error {
	return o.endInHall(ctx, actor, op, id, offer, jaring.OfferClosed, "offer.unknown", func(tx *store.Tx) (bool, error) { return tx.CloseOffer(id, offer, o.Now()) })
}

// endInHall lets something in a hall be over.
func (o *Outreach) endInHall(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, what string, kind jaring.EventKind, unknown string, end func(*store.Tx) (bool, error)) error {
	var faults error
	if !jaring.IsUUID(what) {
		faults = jaring.NewError(jaring.NotFound, unknown)
	}
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, []any{kind, id, what}, faults, kind, what, func(tx *store.Tx) error {
		found, err := end(tx)
		if err == nil && !found {
			err = jaring.NewError(jaring.NotFound, unknown)
		}
		return err
	})
}

const (
	maxAnnouncement  = 160 // characters: it is read from afar
	announcementSpan = 24 * time.Hour
	announcementStay = 10 * time.Minute // when nothing is told
)

// Announce lets the screen of a hall say something for some minutes. Errors: field.required, field.too_long,
// field.range, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) Announce(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, text string, minutes int) error {
	said := []any{id, text, minutes}
	text, faults := jaring.NewAnnouncement(text, maxAnnouncement)
	stay := time.Duration(minutes) * time.Minute
	if minutes == 0 {
		stay = announcementStay
	}
	if minutes < 0 || stay > announcementSpan {
		faults = append(faults, jaring.NewError(jaring.Invalid, "field.range", "min", 1, "max", int(announcementSpan/time.Minute)).At("minutes"))
	}
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, said, faults.OrNil(), jaring.AnnouncementMade, string(op), func(tx *store.Tx) error {
		return tx.AddAnnouncement(store.AnnouncementRecord{Campaign: id, ID: string(op), What: text, AddedAt: o.Now(), Until: o.Now().Add(stay)})
	})
}

// EndAnnouncement takes an announcement off the screen. Errors: announcement.unknown, campaign.not_found,
// error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) EndAnnouncement(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, announcement string) error {
	return o.endInHall(ctx, actor, op, id, announcement, jaring.AnnouncementEnded, "announcement.unknown", func(tx *store.Tx) (bool, error) {
		return tx.EndAnnouncement(id, announcement, o.Now())
	})
}
