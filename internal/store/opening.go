package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

const openingColumns = `campaign_id, opening_id, employer_id, employer_name, stand_id, position, about, seats, wage_from, wage_to, area, requirements, welcome, slots, closes_at, closed_at, version, added_at`

// AddOpening inserts an opening.
func (tx *Tx) AddOpening(o *jaring.Opening) error {
	return tx.queue(`INSERT INTO opening (`+openingColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)`,
		string(o.Campaign), string(o.ID), string(o.Employer), o.EmployerName, string(o.Stand), o.Position, o.About, int64(o.Seats), int64(o.WageFrom), int64(o.WageTo), o.Area,
		o.Requirements, jsonText(o.Welcome), jsonText(o.Slots), millis(o.ClosesAt), millis(o.ClosedAt), o.Version, millis(o.AddedAt))
}

// SetOpening writes an opening whose Version is one above the one that was read. Error: opening.changed_meanwhile.
func (tx *Tx) SetOpening(o *jaring.Opening) error {
	n, err := tx.exec(`UPDATE opening SET employer_id = $3, employer_name = $4, stand_id = $5, position = $6, about = $7, seats = $8, wage_from = $9, wage_to = $10, area = $11,
			requirements = $12, welcome = $13, slots = $14, closes_at = $15, closed_at = $16, version = $17
		WHERE campaign_id = $1 AND opening_id = $2 AND version = $18`,
		string(o.Campaign), string(o.ID), string(o.Employer), o.EmployerName, string(o.Stand), o.Position, o.About, int64(o.Seats), int64(o.WageFrom), int64(o.WageTo), o.Area,
		o.Requirements, jsonText(o.Welcome), jsonText(o.Slots), millis(o.ClosesAt), millis(o.ClosedAt), o.Version, o.Version-1)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "opening.changed_meanwhile")
	}
	return err
}

// FindOpenings gives the openings of a fair by position and employer.
func (tx *Tx) FindOpenings(id jaring.CampaignID) (out []jaring.Opening, err error) {
	err = tx.each(`SELECT `+openingColumns+` FROM opening WHERE campaign_id = $1 ORDER BY position, employer_name, opening_id`, []any{string(id)}, func(r rows) error {
		o, err := scanOpening(r)
		out = append(out, o)
		return err
	})
	return out, err
}

// GetOpening gives one opening. Error: opening.unknown.
func (tx *Tx) GetOpening(campaign jaring.CampaignID, id jaring.OpeningID) (o *jaring.Opening, err error) {
	err = tx.each(`SELECT `+openingColumns+` FROM opening WHERE campaign_id = $1 AND opening_id = $2`, []any{string(campaign), string(id)}, func(r rows) error {
		found, err := scanOpening(r)
		o = &found
		return err
	})
	if err == nil && o == nil {
		err = jaring.NewError(jaring.NotFound, "opening.unknown")
	}
	return o, err
}

func scanOpening(r rows) (o jaring.Opening, err error) {
	var closes, closed, added int64
	var welcome, slots string
	if err := r.Scan(&o.Campaign, &o.ID, &o.Employer, &o.EmployerName, &o.Stand, &o.Position, &o.About, &o.Seats, &o.WageFrom, &o.WageTo, &o.Area, &o.Requirements, &welcome, &slots,
		&closes, &closed, &o.Version, &added); err != nil {
		return o, err
	}
	o.ClosesAt, o.ClosedAt, o.AddedAt = moment(closes), moment(closed), moment(added)
	if err := json.Unmarshal([]byte(welcome), &o.Welcome); err != nil {
		return o, err
	}
	return o, json.Unmarshal([]byte(slots), &o.Slots)
}

const applicantColumns = `campaign_id, opening_id, participant_id, state, slot_id, number, desk, note, applied_at, called_at, interviewed_at, offered_at, moved_at, employer_id, worker_id`

// AddApplicant inserts an application, or begins one anew that was withdrawn. Error: applicant.already.
func (tx *Tx) AddApplicant(a *jaring.Applicant) error {
	n, err := tx.exec(`INSERT INTO applicant (`+applicantColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
		ON CONFLICT (campaign_id, opening_id, participant_id) DO UPDATE SET state = excluded.state, slot_id = excluded.slot_id, number = excluded.number, desk = excluded.desk,
			applied_at = excluded.applied_at, called_at = excluded.called_at, moved_at = excluded.moved_at WHERE applicant.state = 'withdrawn'`,
		string(a.Campaign), string(a.Opening), string(a.Participant), string(a.State), a.Slot, int64(a.Number), a.Desk, a.Note, millis(a.AppliedAt), millis(a.CalledAt),
		millis(a.InterviewedAt), millis(a.OfferedAt), millis(a.MovedAt), string(a.Employer), string(a.Worker))
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "applicant.already")
	}
	return err
}

// MoveApplicant writes how far an application has come, if it still stands where it was read; moved is false else.
func (tx *Tx) MoveApplicant(a *jaring.Applicant, was *jaring.Applicant) (moved bool, err error) {
	n, err := tx.exec(`UPDATE applicant SET state = $4, slot_id = $5, number = $6, desk = $7, note = $8, called_at = $9, interviewed_at = $10, offered_at = $11, moved_at = $12, employer_id = $13,
		worker_id = $14 WHERE campaign_id = $1 AND opening_id = $2 AND participant_id = $3 AND state = $15 AND moved_at = $16 AND called_at = $17`,
		string(a.Campaign), string(a.Opening), string(a.Participant), string(a.State), a.Slot, int64(a.Number), a.Desk, a.Note, millis(a.CalledAt), millis(a.InterviewedAt),
		millis(a.OfferedAt), millis(a.MovedAt), string(a.Employer), string(a.Worker), string(was.State), millis(was.MovedAt), millis(was.CalledAt))
	return n > 0, err
}

// ApplicantRow is an application with who applied.
type ApplicantRow struct {
	jaring.Applicant
	Name  string
	Phone string
	Needs []jaring.Need
}

// FindApplicants gives the applications of a fair, or of one opening or one participant, in the order of numbers.
func (tx *Tx) FindApplicants(id jaring.CampaignID, opening jaring.OpeningID, who jaring.ParticipantID) (out []ApplicantRow, err error) {
	where, args := `a.campaign_id = $1`, []any{string(id)}
	if opening != "" {
		where, args = where+` AND a.opening_id = $2`, append(args, string(opening))
	}
	if who != "" {
		args = append(args, string(who))
		where += map[bool]string{true: ` AND a.participant_id = $2`, false: ` AND a.participant_id = $3`}[opening == ""]
	}
	err = tx.each(`SELECT a.campaign_id, a.opening_id, a.participant_id, a.state, a.slot_id, a.number, a.desk, a.note, a.applied_at, a.called_at, a.interviewed_at, a.offered_at, a.moved_at,
			a.employer_id, a.worker_id, p.name, p.phone, p.needs
		FROM applicant a JOIN participant p ON p.campaign_id = a.campaign_id AND p.participant_id = a.participant_id
		WHERE `+where+` ORDER BY a.number, a.participant_id`, args, func(r rows) error {
		var a ApplicantRow
		var applied, called, interviewed, offered, movedAt int64
		var needs string
		if err := r.Scan(&a.Campaign, &a.Opening, &a.Participant, &a.State, &a.Slot, &a.Number, &a.Desk, &a.Note, &applied, &called, &interviewed, &offered, &movedAt, &a.Employer, &a.Worker,
			&a.Name, &a.Phone, &needs); err != nil {
			return err
		}
		a.AppliedAt, a.CalledAt, a.InterviewedAt, a.OfferedAt, a.MovedAt = moment(applied), moment(called), moment(interviewed), moment(offered), moment(movedAt)
		err := json.Unmarshal([]byte(needs), &a.Needs)
		out = append(out, a)
		return err
	})
	return out, err
}

// EmptyApplicants takes what desks noted of the applicants of fairs that ended before a moment.
func (tx *Tx) EmptyApplicants(before time.Time) error {
	_, err := tx.exec(`UPDATE applicant SET note = '' WHERE note <> '' AND campaign_id IN (SELECT campaign_id FROM campaign WHERE closes_at < $1)`, millis(before))
	return err
}
