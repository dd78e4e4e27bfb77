package store

import (
	"time"

	"jaring/internal/jaring"
)

// LeadRecord is a lead's row.
type LeadRecord struct {
	jaring.Lead
	NameFold  string // for search
	ChangedAt time.Time
}

const leadColumns = `lead_id, office_id, agent_id, campaign_id, partner_id, stand, name, name_fold, phone, business, area, state, next_day, note, worker_id, taken_at, changed_at, erased_at, stand_id`

// AddLead inserts a lead.
func (tx *Tx) AddLead(l *LeadRecord) error {
	return tx.queue(`INSERT INTO lead (`+leadColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
		string(l.ID), string(l.Office), string(l.Agent), string(l.Campaign), string(l.Partner), l.Stand, l.Name, l.NameFold, l.Phone, l.Business, l.Area,
		string(l.State), l.NextDay.String(), l.Note, string(l.Worker), millis(l.TakenAt), millis(l.ChangedAt), millis(l.ErasedAt), string(l.StandID))
}

// UpdateLead writes how far a lead has come.
func (tx *Tx) UpdateLead(l *LeadRecord) error {
	return tx.queue(`UPDATE lead SET state = $2, next_day = $3, note = $4, worker_id = $5, changed_at = $6 WHERE lead_id = $1`,
		string(l.ID), string(l.State), l.NextDay.String(), l.Note, string(l.Worker), millis(l.ChangedAt))
}

func (tx *Tx) leads(where string, args ...any) (out []*LeadRecord, err error) {
	err = tx.each(`SELECT `+leadColumns+` FROM lead `+where, args, func(r rows) error {
		l := &LeadRecord{}
		var next string
		var taken, changed, erased int64
		err := r.Scan(&l.ID, &l.Office, &l.Agent, &l.Campaign, &l.Partner, &l.Stand, &l.Name, &l.NameFold, &l.Phone, &l.Business, &l.Area, &l.State, &next, &l.Note,
			&l.Worker, &taken, &changed, &erased, &l.StandID)
		if err != nil {
			return err
		}
		l.TakenAt, l.ChangedAt, l.ErasedAt = moment(taken), moment(changed), moment(erased)
		out = append(out, l)
		return l.NextDay.UnmarshalText([]byte(next))
	})
	return out, err
}

// GetLead gives a lead. Error: lead.unknown.
func (tx *Tx) GetLead(id jaring.LeadID) (*LeadRecord, error) {
	found, err := tx.leads(`WHERE lead_id = $1`, string(id))
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "lead.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// LeadQuery asks for leads. Offices is what the actor reaches; an agent's own are asked by Agent instead.
type LeadQuery struct {
	Offices  []jaring.OfficeID
	Agent    jaring.AccountID
	Campaign jaring.CampaignID // empty: of any
	Partner  jaring.PartnerID  // empty: of any
	Stand    jaring.StandID    // empty: met anywhere
	State    jaring.LeadState  // empty: in any
	Name     string            // folded; that hold it
	Before   jaring.LeadID     // keyset cursor; empty from the newest
	Limit    int
}

// FindLeads gives leads, the newest first.
func (tx *Tx) FindLeads(q LeadQuery) ([]*LeadRecord, error) {
	where, args := q.where()
	if q.Before != "" {
		args = append(args, string(q.Before))
		where += ` AND lead_id < ` + marks(len(args), 1)
	}
	args = append(args, int64(q.Limit))
	return tx.leads(where+` ORDER BY lead_id DESC LIMIT `+marks(len(args), 1), args...)
}

// where is the part of a statement that the places of a list and its counts share.
func (q *LeadQuery) where() (where string, args []any) {
	args = []any{string(q.State), "%" + likeEscape(q.Name) + "%"}
	where = `WHERE ($1 = '' OR state = $1) AND name_fold LIKE $2 ESCAPE '!'`
	put := func(text, value string) {
		args = append(args, value)
		where += ` AND ` + text + marks(len(args), 1)
	}
	if q.Campaign != "" {
		put(`campaign_id = `, string(q.Campaign))
	}
	if q.Partner != "" {
		put(`partner_id = `, string(q.Partner))
	}
	if q.Stand != "" {
		put(`stand_id = `, string(q.Stand))
	}
	if q.Agent != "" {
		put(`agent_id = `, string(q.Agent))
		return where, args
	}
	where += ` AND office_id IN (` + marks(len(args)+1, len(q.Offices)) + `)`
	return where, append(args, texts(q.Offices)...)
}

// CountLeads gives how many of the leads that a question is about are in each state, whatever state it asks for.
func (tx *Tx) CountLeads(q LeadQuery) (map[jaring.LeadState]int, error) {
	q.State = ""
	where, args := q.where()
	out := map[jaring.LeadState]int{}
	err := tx.each(`SELECT state, count(*) FROM lead `+where+` GROUP BY state`, args, func(r rows) error {
		var state jaring.LeadState
		var n int
		err := r.Scan(&state, &n)
		out[state] = n
		return err
	})
	return out, err
}

// FindLeadsOf gives what of campaigns' leads a funnel counts: state and whom they became.
func (tx *Tx) FindLeadsOf(campaigns []jaring.CampaignID) (states map[jaring.LeadState]int, became []jaring.WorkerID, err error) {
	states = map[jaring.LeadState]int{}
	err = tx.each(`SELECT state, worker_id FROM lead WHERE campaign_id IN (`+marks(1, len(campaigns))+`)`, texts(campaigns), func(r rows) error {
		var state jaring.LeadState
		var worker jaring.WorkerID
		err := r.Scan(&state, &worker)
		if worker != "" {
			became = append(became, worker)
		} else {
			states[state]++
		}
		return err
	})
	return states, became, err
}

// EraseLeads takes name, phone and note from so many leads that were taken before a moment, became nobody and
// were not erased; n is how many.
func (tx *Tx) EraseLeads(before, now time.Time, limit int) (n int, err error) {
	found, err := tx.leads(`WHERE erased_at = 0 AND taken_at < $1 AND worker_id = '' ORDER BY taken_at LIMIT $2`, millis(before), int64(limit))
	for _, l := range found {
		if err == nil {
			err = tx.queue(`UPDATE lead SET name = '', name_fold = '', phone = '', note = '', stand = '', next_day = '', erased_at = $2 WHERE lead_id = $1`, string(l.ID), millis(now))
		}
	}
	return len(found), err
}

// AcceptLead says that who came of a lead is in the book.
func (tx *Tx) AcceptLead(worker jaring.WorkerID, now time.Time) error {
	return tx.queue(`UPDATE lead SET state = 'registered', changed_at = $2 WHERE worker_id = $1`, string(worker), millis(now))
}
