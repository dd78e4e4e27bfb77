package jaring

import (
	"slices"
	"time"
)

// OfferSide tells what somebody has from what he looks for.
type OfferSide string

// Sides.
const (
	SideOffer OfferSide = "offer"
	SideNeed  OfferSide = "need"
)

// OfferCategories are what owners exchange. Lists offer them in this order.
var OfferCategories = []string{"goods", "material", "packaging", "capital", "place", "skill", "transport", "marketing", "other"}

// Offer is what an owner has or looks for. His contact is told to the other side of a match when both agreed.
type Offer struct {
	Campaign    CampaignID
	ID          string
	Participant ParticipantID
	Side        OfferSide
	Category    string
	Text        string
	Consent     bool // to tell the contact to those who match
	AddedAt     time.Time
	ClosedAt    time.Time
}

// NewOffer judges an offer whole. Errors: offer.side_unknown, offer.category_unknown, field.required, field.too_long.
func NewOffer(o Offer) (Offer, error) {
	var es Errors
	o.Text = squeeze(o.Text)
	if o.Side != SideOffer && o.Side != SideNeed {
		es = append(es, NewError(Invalid, "offer.side_unknown").At("side"))
	}
	if !slices.Contains(OfferCategories, o.Category) {
		es = append(es, NewError(Invalid, "offer.category_unknown").At("category"))
	}
	es = append(es, lengthOf("text", o.Text, 1, MaxSlideText)...)
	return o, es.OrNil()
}

// OfferMatch is an offer and a need that fit. Contacts may be told when both sides agreed.
type OfferMatch struct {
	Offer, Need Offer
	Both        bool
}

// MatchOffers pairs what is offered with what is needed in the same category, by others, in the order in
// which it was said.
func MatchOffers(all []Offer) (out []OfferMatch) {
	for _, o := range all {
		if o.Side != SideOffer || !o.ClosedAt.IsZero() {
			continue
		}
		for _, n := range all {
			if n.Side == SideNeed && n.ClosedAt.IsZero() && n.Category == o.Category && n.Participant != o.Participant {
				out = append(out, OfferMatch{o, n, o.Consent && n.Consent})
			}
		}
	}
	return out
}
