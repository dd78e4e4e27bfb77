package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// ParticipantRecord is a participant's row.
type ParticipantRecord struct {
	jaring.Participant
	NameFold string
	Ticket   []byte // SHA-256 of the code
	Stamps   int    // of how many stands; in lists
	Checked  bool   // was let in; in lists
	At       string // number and name of the stand; in lists
}

const participantColumns = `campaign_id, participant_id, kind, name, name_fold, phone, organisation, needs, consent_at, via, ticket_hash, added_at, prize_at, cancelled_at, stand_id`

// AddParticipant inserts a participant and the way from his ticket to him.
func (tx *Tx) AddParticipant(p *ParticipantRecord) error {
	if err := tx.queue(`INSERT INTO participant (`+participantColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)`,
		string(p.Campaign), string(p.ID), string(p.Kind), p.Name, p.NameFold, p.Phone, p.Organisation, jsonText(p.Needs), millis(p.ConsentAt), p.Via, p.Ticket,
		millis(p.AddedAt), millis(p.PrizeAt), millis(p.CancelledAt), string(p.Stand)); err != nil {
		return err
	}
	return tx.AddHallItem(p.Ticket, HallItem{p.Campaign, CodeTicket, string(p.ID)})
}

func (p *ParticipantRecord) scan(r rows, more ...any) error {
	var consent, added, prize, cancelled int64
	var needs string
	dest := append([]any{&p.Campaign, &p.ID, &p.Kind, &p.Name, &p.NameFold, &p.Phone, &p.Organisation, &needs, &consent, &p.Via, &p.Ticket, &added, &prize, &cancelled, &p.Stand}, more...)
	if err := r.Scan(dest...); err != nil {
		return err
	}
	p.ConsentAt, p.AddedAt, p.PrizeAt, p.CancelledAt = moment(consent), moment(added), moment(prize), moment(cancelled)
	return json.Unmarshal([]byte(needs), &p.Needs)
}

// GetParticipant gives one participant. Error: participant.not_found.
func (tx *Tx) GetParticipant(campaign jaring.CampaignID, id jaring.ParticipantID) (p *ParticipantRecord, err error) {
	err = tx.each(`SELECT `+participantColumns+` FROM participant WHERE campaign_id = $1 AND participant_id = $2`, []any{string(campaign), string(id)}, func(r rows) error {
		p = &ParticipantRecord{}
		return p.scan(r)
	})
	if err == nil && p == nil {
		err = jaring.NewError(jaring.NotFound, "participant.not_found")
	}
	return p, err
}

// ParticipantQuery asks for participants of an event in the order of names.
type ParticipantQuery struct {
	Campaign jaring.CampaignID
	Text     string // part of the folded name
	Kind     jaring.ParticipantKind
	Checked  string         // "in" or "out"; empty: whoever
	Stand    jaring.StandID // empty: of any and none
	Stamps   int            // at least
	After    ParticipantCursor
	Limit    int
}

// ParticipantCursor is a place in that order.
type ParticipantCursor struct {
	NameFold string
	ID       jaring.ParticipantID
}

// FindParticipants gives a page of participants with how many stamps they have and whether they are in.
func (tx *Tx) FindParticipants(q ParticipantQuery) (out []*ParticipantRecord, err error) {
	if q.After.ID == "" {
		q.After.ID = firstUUID
	}
	err = tx.each(`SELECT `+participantColumns+`, stamps, checked FROM (SELECT p.*,
			(SELECT COUNT(*) FROM stamp s WHERE s.campaign_id = p.campaign_id AND s.participant_id = p.participant_id) AS stamps,
			(SELECT COUNT(*) FROM ticket_check k WHERE k.campaign_id = p.campaign_id AND k.participant_id = p.participant_id) AS checked
		FROM participant p WHERE p.campaign_id = $1 AND ($2 = '' OR p.kind = $2) AND p.name_fold LIKE $3 ESCAPE '!' AND (p.name_fold, p.participant_id) > ($4, $5)) AS listed
		WHERE ($6 = '' OR $6 = 'in' AND checked > 0 OR $6 = 'out' AND checked = 0) AND stamps >= $7 AND ($9 = '' OR stand_id = $9) ORDER BY name_fold, participant_id LIMIT $8`,
		[]any{string(q.Campaign), string(q.Kind), "%" + likeEscape(q.Text) + "%", q.After.NameFold, string(q.After.ID), q.Checked, int64(q.Stamps), int64(q.Limit), string(q.Stand)}, func(r rows) error {
			p := &ParticipantRecord{}
			var stamps, checks int64
			err := p.scan(r, &stamps, &checks)
			p.Stamps, p.Checked = int(stamps), checks > 0
			out = append(out, p)
			return err
		})
	return out, err
}

// CountParticipants counts those who are not cancelled, by kind.
func (tx *Tx) CountParticipants(id jaring.CampaignID) (map[jaring.ParticipantKind]int, error) {
	out := map[jaring.ParticipantKind]int{}
	err := tx.each(`SELECT kind, COUNT(*) FROM participant WHERE campaign_id = $1 AND cancelled_at = 0 GROUP BY kind`, []any{string(id)}, func(r rows) error {
		var kind jaring.ParticipantKind
		var n int64
		err := r.Scan(&kind, &n)
		out[kind] = int(n)
		return err
	})
	return out, err
}

// CancelParticipant makes a ticket let nobody in any more.
func (tx *Tx) CancelParticipant(campaign jaring.CampaignID, id jaring.ParticipantID, at time.Time) error {
	return tx.queue(`UPDATE participant SET cancelled_at = $3 WHERE campaign_id = $1 AND participant_id = $2`, string(campaign), string(id), millis(at))
}

// PlaceParticipant says to which stand a participant belongs; empty for none.
func (tx *Tx) PlaceParticipant(campaign jaring.CampaignID, id jaring.ParticipantID, stand jaring.StandID) error {
	return tx.queue(`UPDATE participant SET stand_id = $3 WHERE campaign_id = $1 AND participant_id = $2`, string(campaign), string(id), string(stand))
}

// HandPrize notes that a participant has the prize of the rally.
func (tx *Tx) HandPrize(campaign jaring.CampaignID, id jaring.ParticipantID, at time.Time) error {
	return tx.queue(`UPDATE participant SET prize_at = $3 WHERE campaign_id = $1 AND participant_id = $2`, string(campaign), string(id), millis(at))
}

// EmptyHalls takes names, phones and needs from those who were on the list of an event that ended before a moment,
// and the contacts of its stands; n is of how many people. What is left still counts.
func (tx *Tx) EmptyHalls(before time.Time) (n int64, err error) {
	n, err = tx.exec(`UPDATE participant SET name = '', name_fold = '', phone = '', organisation = '', needs = '[]'
		WHERE name <> '' AND campaign_id IN (SELECT campaign_id FROM campaign WHERE closes_at < $1)`, millis(before))
	if err == nil && n > 0 {
		_, err = tx.exec(`UPDATE stand SET contact_name = '', contact_phone = '' WHERE contact_name <> '' AND campaign_id IN (SELECT campaign_id FROM campaign WHERE closes_at < $1)`, millis(before))
	}
	return n, err
}

// TicketRow is as much of a ticket as a phone at a gate needs: no name.
type TicketRow struct {
	ID        jaring.ParticipantID
	Hash      []byte
	Kind      jaring.ParticipantKind
	Needs     []jaring.Need
	Cancelled bool
}

// FindTickets gives all tickets of an event.
func (tx *Tx) FindTickets(id jaring.CampaignID) (out []TicketRow, err error) {
	err = tx.each(`SELECT participant_id, ticket_hash, kind, needs, cancelled_at FROM participant WHERE campaign_id = $1 ORDER BY ticket_hash`, []any{string(id)}, func(r rows) error {
		var t TicketRow
		var needs string
		var cancelled int64
		if err := r.Scan(&t.ID, &t.Hash, &t.Kind, &needs, &cancelled); err != nil {
			return err
		}
		t.Cancelled = cancelled != 0
		err := json.Unmarshal([]byte(needs), &t.Needs)
		out = append(out, t)
		return err
	})
	return out, err
}

const ticketColumns = `campaign_id, participant_id, operation_id, gate, agent_id, taken_at, received_at, trusted`

// AddTicketCheck notes what one operation said of a ticket.
func (tx *Tx) AddTicketCheck(k jaring.TicketCheck) error {
	return tx.queue(`INSERT INTO ticket_check (`+ticketColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		string(k.Campaign), string(k.Participant), string(k.Operation), k.Gate, string(k.Agent), millis(k.TakenAt), millis(k.ReceivedAt), bit(k.Trusted))
}

// FindTicketChecks gives what was said of the tickets of an event, or of one of them, in the order of time.
func (tx *Tx) FindTicketChecks(id jaring.CampaignID, participant jaring.ParticipantID) (out []jaring.TicketCheck, err error) {
	where, args := `campaign_id = $1`, []any{string(id)}
	if participant != "" {
		where, args = where+` AND participant_id = $2`, append(args, string(participant))
	}
	err = tx.each(`SELECT `+ticketColumns+` FROM ticket_check WHERE `+where+` ORDER BY taken_at, operation_id`, args, func(r rows) error {
		var k jaring.TicketCheck
		var taken, received, trusted int64
		err := r.Scan(&k.Campaign, &k.Participant, &k.Operation, &k.Gate, &k.Agent, &taken, &received, &trusted)
		k.TakenAt, k.ReceivedAt, k.Trusted = moment(taken), moment(received), trusted != 0
		out = append(out, k)
		return err
	})
	return out, err
}
