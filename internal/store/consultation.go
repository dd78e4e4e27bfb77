package store

import (
	"time"

	"jaring/internal/jaring"
)

// ConsultationRow is a number of the queue with who has it.
type ConsultationRow struct {
	jaring.Consultation
	Name string // of the participant
	Kind jaring.ParticipantKind
}

// AddConsultation puts a number into the queue.
func (tx *Tx) AddConsultation(c *jaring.Consultation) error {
	return tx.queue(`INSERT INTO consultation (campaign_id, number, operation_id, topic, participant_id, state, desk, taken_at, called_at, ended_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(c.Campaign), int64(c.Number), string(c.Operation), c.Topic, string(c.Participant), string(c.State), c.Desk, millis(c.TakenAt), millis(c.CalledAt), millis(c.EndedAt))
}

// MoveConsultation writes how far a number has come, if it still stands where it was read; moved is false else.
func (tx *Tx) MoveConsultation(c *jaring.Consultation, was jaring.QueueState) (moved bool, err error) {
	n, err := tx.exec(`UPDATE consultation SET state = $3, desk = $4, called_at = $5, ended_at = $6 WHERE campaign_id = $1 AND number = $2 AND state = $7`,
		string(c.Campaign), int64(c.Number), string(c.State), c.Desk, millis(c.CalledAt), millis(c.EndedAt), string(was))
	return n > 0, err
}

// FindConsultations gives the numbers of a queue in their order.
func (tx *Tx) FindConsultations(id jaring.CampaignID) (out []ConsultationRow, err error) {
	err = tx.each(`SELECT c.number, c.operation_id, c.topic, c.participant_id, c.state, c.desk, c.taken_at, c.called_at, c.ended_at, COALESCE(p.name, ''), COALESCE(p.kind, '')
		FROM consultation c LEFT JOIN participant p ON p.campaign_id = c.campaign_id AND CAST(p.participant_id AS text) = c.participant_id
		WHERE c.campaign_id = $1 ORDER BY c.number`, []any{string(id)}, func(r rows) error {
		var c ConsultationRow
		var taken, called, ended int64
		err := r.Scan(&c.Number, &c.Operation, &c.Topic, &c.Participant, &c.State, &c.Desk, &taken, &called, &ended, &c.Name, &c.Kind)
		c.Campaign, c.TakenAt, c.CalledAt, c.EndedAt = id, moment(taken), moment(called), moment(ended)
		out = append(out, c)
		return err
	})
	return out, err
}

// FindConsultationsOf gives the numbers of one participant.
func (tx *Tx) FindConsultationsOf(id jaring.CampaignID, who jaring.ParticipantID) (out []jaring.Consultation, err error) {
	err = tx.each(`SELECT number, topic, state, desk FROM consultation WHERE campaign_id = $1 AND participant_id = $2 ORDER BY number`, []any{string(id), string(who)}, func(r rows) error {
		c := jaring.Consultation{Campaign: id, Participant: who}
		err := r.Scan(&c.Number, &c.Topic, &c.State, &c.Desk)
		out = append(out, c)
		return err
	})
	return out, err
}

// OfferRow is an offer with who said it.
type OfferRow struct {
	jaring.Offer
	Name, Organisation, Phone string
}

// AddOffer inserts an offer.
func (tx *Tx) AddOffer(o *jaring.Offer) error {
	return tx.queue(`INSERT INTO hall_offer (campaign_id, offer_id, participant_id, side, category, what, consent, added_at, closed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		string(o.Campaign), o.ID, string(o.Participant), string(o.Side), o.Category, o.Text, bit(o.Consent), millis(o.AddedAt), millis(o.ClosedAt))
}

// CloseOffer lets an offer be over; found is false when there is none that is open.
func (tx *Tx) CloseOffer(id jaring.CampaignID, offer string, at time.Time) (found bool, err error) {
	n, err := tx.exec(`UPDATE hall_offer SET closed_at = $3 WHERE campaign_id = $1 AND offer_id = $2 AND closed_at = 0`, string(id), offer, millis(at))
	return n > 0, err
}

// FindOffers gives what is offered and needed at an event, in the order in which it was said.
func (tx *Tx) FindOffers(id jaring.CampaignID) (out []OfferRow, err error) {
	err = tx.each(`SELECT o.offer_id, o.participant_id, o.side, o.category, o.what, o.consent, o.added_at, o.closed_at, p.name, p.organisation, p.phone
		FROM hall_offer o JOIN participant p ON p.campaign_id = o.campaign_id AND p.participant_id = o.participant_id
		WHERE o.campaign_id = $1 ORDER BY o.added_at, o.offer_id`, []any{string(id)}, func(r rows) error {
		var o OfferRow
		var consent, added, closed int64
		err := r.Scan(&o.ID, &o.Participant, &o.Side, &o.Category, &o.Text, &consent, &added, &closed, &o.Name, &o.Organisation, &o.Phone)
		o.Campaign, o.Consent, o.AddedAt, o.ClosedAt = id, consent != 0, moment(added), moment(closed)
		out = append(out, o)
		return err
	})
	return out, err
}
