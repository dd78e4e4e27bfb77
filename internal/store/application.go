package store

import (
	"time"

	"jaring/internal/jaring"
)

// ApplicationRecord is an application with what became of it.
type ApplicationRecord struct {
	jaring.Application
	ID          jaring.ApplicationID
	Number      string // what the applicant is told
	NameFold    string
	State       jaring.ApplicationState
	Reason      string
	AppliedAt   time.Time
	PresentedAt time.Time // zero until then
	PresentedTo jaring.AccountID
	DecidedAt   time.Time
	DecidedBy   jaring.AccountID
	Account     jaring.AccountID // once the applicant can log in
}

const applicationColumns = `p.application_id, p.application_no, p.office_id, p.name, p.name_fold, p.phone, p.village, p.background, p.prospects,
	p.prospects_where, p.consent, p.state, p.reason, p.applied_at, p.presented_at, p.presented_to, p.decided_at, p.decided_by, p.account_id`

// AddApplication inserts an application that was just received. Error:
// application.number_taken.
func (tx *Tx) AddApplication(p *ApplicationRecord) error {
	return tx.queue(`INSERT INTO application (application_id, application_no, office_id, name, name_fold, phone, village, background, prospects,
		prospects_where, consent, state, applied_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		string(p.ID), p.Number, string(p.Office), p.Name, p.NameFold, p.Phone, p.Village, p.Background, int64(p.Prospects),
		p.ProspectsWhere, consentText(p.Consent), string(p.State), millis(p.AppliedAt))
}

// applicationRow is where a row of applicationColumns lands.
type applicationRow struct {
	ApplicationRecord
	consent                     string
	applied, presented, decided int64
}

func (p *applicationRow) dest() []any {
	return []any{&p.ID, &p.Number, &p.Office, &p.Name, &p.NameFold, &p.Phone, &p.Village, &p.Background, &p.Prospects,
		&p.ProspectsWhere, &p.consent, &p.State, &p.Reason, &p.applied, &p.presented, &p.PresentedTo, &p.decided, &p.DecidedBy, &p.Account}
}

func (p *applicationRow) record() (*ApplicationRecord, error) {
	p.AppliedAt, p.PresentedAt, p.DecidedAt = moment(p.applied), moment(p.presented), moment(p.decided)
	var err error
	p.Consent, err = parseConsent(p.consent)
	return &p.ApplicationRecord, err
}

func (tx *Tx) applications(where string, args ...any) (out []*ApplicationRecord, err error) {
	err = tx.each(`SELECT `+applicationColumns+` FROM application p `+where, args, func(r rows) error {
		row := &applicationRow{}
		if err := r.Scan(row.dest()...); err != nil {
			return err
		}
		p, err := row.record()
		out = append(out, p)
		return err
	})
	return out, err
}

// GetApplication gives one application. Error: application.not_found.
func (tx *Tx) GetApplication(id jaring.ApplicationID) (*ApplicationRecord, error) {
	ps, err := tx.applications(`WHERE p.application_id = $1`, string(id))
	if err == nil && len(ps) == 0 {
		err = jaring.NewError(jaring.NotFound, "application.not_found")
	}
	if err != nil {
		return nil, err
	}
	return ps[0], nil
}

// ApplicationQuery asks for a page of applications.
type ApplicationQuery struct {
	Offices []jaring.OfficeID
	State   jaring.ApplicationState // empty for all
	After   ApplicationCursor
	Limit   int
}

// ApplicationCursor is a place in the order of applications; zero before the first.
type ApplicationCursor struct {
	Rank      int64 // 0 with workers in view, 1 without
	AppliedAt int64 // milliseconds
	ID        jaring.ApplicationID
}

// Known tells a place that Cursor may have given from one that somebody made up.
func (c ApplicationCursor) Known() bool {
	return (c.Rank == 0 || c.Rank == 1) && jaring.IsUUID(string(c.ID))
}

// Cursor is where an application stands in the order.
func (p *ApplicationRecord) Cursor() ApplicationCursor {
	return ApplicationCursor{flag(p.Prospects == 0), millis(p.AppliedAt), p.ID}
}

// FindApplications gives a page: who has workers in view first, then who applied first.
func (tx *Tx) FindApplications(q ApplicationQuery) ([]*ApplicationRecord, error) {
	if len(q.Offices) == 0 {
		return nil, nil
	}
	after := q.After
	if after.ID == "" {
		after = ApplicationCursor{-1, 0, firstUUID}
	}
	args := append([]any{string(q.State), after.Rank, after.AppliedAt, string(after.ID), int64(q.Limit)}, texts(q.Offices)...)
	return tx.applications(`WHERE ($1 = '' OR p.state = $1) AND (CASE WHEN p.prospects > 0 THEN 0 ELSE 1 END, p.applied_at, p.application_id) > ($2, $3, $4)
		AND p.office_id IN (`+marks(6, len(q.Offices))+`)
		ORDER BY CASE WHEN p.prospects > 0 THEN 0 ELSE 1 END, p.applied_at, p.application_id LIMIT $5`, args...)
}

// CountApplications counts the applications to offices by their state.
func (tx *Tx) CountApplications(offices []jaring.OfficeID) (map[jaring.ApplicationState]int64, error) {
	out := map[jaring.ApplicationState]int64{}
	err := tx.each(`SELECT state, count(*) FROM application WHERE office_id IN (`+marks(1, len(offices))+`) GROUP BY state`, texts(offices), func(r rows) error {
		var s jaring.ApplicationState
		var n int64
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	})
	return out, err
}

// PresentApplication notes that an applicant came in person; changed is false when the
// application is in another state by now.
func (tx *Tx) PresentApplication(id jaring.ApplicationID, at time.Time, to jaring.AccountID) (changed bool, err error) {
	n, err := tx.exec(`UPDATE application SET state = 'presented', presented_at = $2, presented_to = $3 WHERE application_id = $1 AND state = 'received'`,
		string(id), millis(at), string(to))
	return n == 1, err
}

// DecideApplication keeps a decision on an application that is in state was; changed is
// false when it is in another one by now.
func (tx *Tx) DecideApplication(id jaring.ApplicationID, was, is jaring.ApplicationState, reason string, at time.Time, by jaring.AccountID) (changed bool, err error) {
	n, err := tx.exec(`UPDATE application SET state = $3, reason = $4, decided_at = $5, decided_by = $6 WHERE application_id = $1 AND state = $2`,
		string(id), string(was), string(is), reason, millis(at), string(by))
	return n == 1, err
}

// HoldApplication makes acts on an applicant queue up; stands is false when the application
// is in another state than that.
func (tx *Tx) HoldApplication(id jaring.ApplicationID, state jaring.ApplicationState) (stands bool, err error) {
	n, err := tx.exec(`UPDATE application SET state = $2 WHERE application_id = $1 AND state = $2`, string(id), string(state))
	return n == 1, err
}

// GetApplicationOf gives the application of somebody who can log in; nil when he never applied.
func (tx *Tx) GetApplicationOf(account jaring.AccountID) (*ApplicationRecord, error) {
	ps, err := tx.applications(`WHERE p.account_id = $1 ORDER BY p.applied_at DESC LIMIT 1`, string(account))
	if err != nil || len(ps) == 0 {
		return nil, err
	}
	return ps[0], nil
}

// SetApplicationAccount notes that an applicant can log in; changed is false when he could
// already.
func (tx *Tx) SetApplicationAccount(id jaring.ApplicationID, account jaring.AccountID) (changed bool, err error) {
	n, err := tx.exec(`UPDATE application SET account_id = $2 WHERE application_id = $1 AND account_id = ''`, string(id), string(account))
	return n == 1, err
}
