package store

import (
	"time"

	"jaring/internal/jaring"
)

// EmployerRecord is an employer of wage workers.
type EmployerRecord struct {
	jaring.Employer
	NameFold string // for search
	Version  int64
}

const employerColumns = `employer_id, office_id, kind, name, name_fold, nib, area, address, sector, risk_class, size_class, extra,
	contact_name, contact_phone, campaign_id, stand, partner_id, version, made_by, made_at`

// AddEmployer inserts an employer. Error: employer.nib_taken.
func (tx *Tx) AddEmployer(e *EmployerRecord) error {
	if err := tx.takeNIB(e); err != nil {
		return err
	}
	return tx.queue(`INSERT INTO employer (`+employerColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`,
		string(e.ID), string(e.Office), string(e.Kind), e.Name, e.NameFold, e.NIB, e.Area, e.Address, e.Sector, int64(e.RiskClass), string(e.SizeClass), e.Extra.String(),
		e.ContactName, e.ContactPhone, string(e.Source.Campaign), e.Source.Stand, string(e.Source.Partner), e.Version, string(e.MadeBy), millis(e.RegisteredAt))
}

// takeNIB makes a business number the employer's.
func (tx *Tx) takeNIB(e *EmployerRecord) error {
	if e.NIB == "" {
		return nil
	}
	n, err := tx.exec(`INSERT INTO employer_index (nib, employer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, e.NIB, string(e.ID))
	if err != nil || n == 1 {
		return err
	}
	var owner jaring.EmployerID
	if _, err := tx.one(`SELECT employer_id FROM employer_index WHERE nib = $1`, []any{e.NIB}, &owner); err != nil || owner == e.ID {
		return err
	}
	return jaring.NewError(jaring.Conflict, "employer.nib_taken").At("nib")
}

// ChangeEmployer writes an employer anew, of the version that was read. Errors: employer.nib_taken,
// error.changed_meanwhile.
func (tx *Tx) ChangeEmployer(e *EmployerRecord) error {
	if err := tx.takeNIB(e); err != nil {
		return err
	}
	n, err := tx.exec(`UPDATE employer SET kind = $3, name = $4, name_fold = $5, nib = $6, area = $7, address = $8, sector = $9, risk_class = $10, size_class = $11,
		extra = $12, contact_name = $13, contact_phone = $14, version = version + 1 WHERE employer_id = $1 AND version = $2`,
		string(e.ID), e.Version, string(e.Kind), e.Name, e.NameFold, e.NIB, e.Area, e.Address, e.Sector, int64(e.RiskClass), string(e.SizeClass), e.Extra.String(),
		e.ContactName, e.ContactPhone)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "employer.changed_meanwhile")
	}
	return err
}

func (tx *Tx) employers(where string, args ...any) (out []*EmployerRecord, err error) {
	err = tx.each(`SELECT `+employerColumns+` FROM employer `+where, args, func(r rows) error {
		e := &EmployerRecord{}
		var extra string
		var made int64
		err := r.Scan(&e.ID, &e.Office, &e.Kind, &e.Name, &e.NameFold, &e.NIB, &e.Area, &e.Address, &e.Sector, &e.RiskClass, &e.SizeClass, &extra,
			&e.ContactName, &e.ContactPhone, &e.Source.Campaign, &e.Source.Stand, &e.Source.Partner, &e.Version, &e.MadeBy, &made)
		if err != nil {
			return err
		}
		e.RegisteredAt = moment(made)
		e.Extra, err = jaring.ParsePrograms(extra)
		out = append(out, e)
		return err
	})
	return out, err
}

// GetEmployer gives one employer. Error: employer.unknown.
func (tx *Tx) GetEmployer(id string) (*EmployerRecord, error) {
	found, err := tx.employers(`WHERE employer_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "employer.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// EmployerCursor is a place in the list of employers.
type EmployerCursor struct {
	NameFold string `json:"n"`
	ID       string `json:"i"`
}

// EmployerQuery asks for employers of offices.
type EmployerQuery struct {
	Offices []jaring.OfficeID
	Name    string // folded; a part of the name
	Kind    jaring.EmployerKind
	MadeBy  jaring.AccountID // empty: anybody
	After   EmployerCursor
	Limit   int
}

// FindEmployers gives employers by name, behind a place.
func (tx *Tx) FindEmployers(q EmployerQuery) ([]*EmployerRecord, error) {
	if q.After.ID == "" {
		q.After.ID = firstUUID
	}
	args := append([]any{"%" + likely.Replace(q.Name) + "%", q.After.NameFold, q.After.ID, int64(q.Limit), string(q.Kind), string(q.MadeBy)}, texts(q.Offices)...)
	return tx.employers(`WHERE name_fold LIKE $1 ESCAPE '\' AND (name_fold, employer_id) > ($2, $3) AND (CAST($5 AS text) = '' OR kind = $5)
		AND (CAST($6 AS text) = '' OR made_by = $6)
		AND office_id IN (`+marks(7, len(q.Offices))+`) ORDER BY name_fold, employer_id LIMIT $4`, args...)
}

// EmployersAfter gives employers in the order of their ids, behind one.
func (tx *Tx) EmployersAfter(id jaring.EmployerID, limit int) ([]*EmployerRecord, error) {
	if id == "" {
		id = firstUUID
	}
	return tx.employers(`WHERE employer_id > $1 ORDER BY employer_id LIMIT $2`, string(id), int64(limit))
}

// EmployersOfArea gives the employers of a kind in an area.
func (tx *Tx) EmployersOfArea(area string, kind jaring.EmployerKind) ([]*EmployerRecord, error) {
	return tx.employers(`WHERE area = $1 AND kind = $2 ORDER BY employer_id`, area, string(kind))
}

// EmploymentRecord is one stay of a person with an employer.
type EmploymentRecord struct {
	jaring.Employment
	MadeBy jaring.AccountID
	MadeAt time.Time
}

const employmentColumns = `employer_id, membership_id, worker_id, wage, position, from_day, to_day, why, made_by, made_at`

// AddEmployment inserts a stay.
func (tx *Tx) AddEmployment(e *EmploymentRecord) error {
	return tx.queue(`INSERT INTO employment (`+employmentColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(e.Employer), string(e.Membership), string(e.Worker), int64(e.Wage), e.Position, e.From.String(), e.To.String(), e.Why, string(e.MadeBy), millis(e.MadeAt))
}

// EndEmployment writes the last day of a stay that lasts; done is false when it has ended.
func (tx *Tx) EndEmployment(employer jaring.EmployerID, m jaring.MembershipID, to jaring.Day, why string) (done bool, err error) {
	n, err := tx.exec(`UPDATE employment SET to_day = $3, why = $4 WHERE employer_id = $1 AND membership_id = $2 AND to_day = ''`, string(employer), string(m), to.String(), why)
	return n == 1, err
}

func (tx *Tx) employments(where string, args ...any) (out []*EmploymentRecord, err error) {
	err = tx.each(`SELECT `+employmentColumns+` FROM employment `+where, args, func(r rows) error {
		e := &EmploymentRecord{}
		var from, to string
		var made int64
		if err := r.Scan(&e.Employer, &e.Membership, &e.Worker, &e.Wage, &e.Position, &from, &to, &e.Why, &e.MadeBy, &made); err != nil {
			return err
		}
		e.MadeAt = moment(made)
		out = append(out, e)
		if err := e.From.UnmarshalText([]byte(from)); err != nil {
			return err
		}
		return e.To.UnmarshalText([]byte(to))
	})
	return out, err
}

// FindEmployments gives the stays with an employer in the order in which they were told.
func (tx *Tx) FindEmployments(employer jaring.EmployerID) ([]*EmploymentRecord, error) {
	return tx.employments(`WHERE employer_id = $1 ORDER BY membership_id`, string(employer))
}

// EmploymentsOf gives the stays of a person, the oldest first.
func (tx *Tx) EmploymentsOf(worker jaring.WorkerID) ([]*EmploymentRecord, error) {
	return tx.employments(`WHERE worker_id = $1 ORDER BY membership_id`, string(worker))
}

// EmployedAmong tells who of persons is or was a wage worker.
func (tx *Tx) EmployedAmong(ids []jaring.WorkerID) (found []jaring.WorkerID, err error) {
	for len(ids) > 0 && err == nil {
		some := ids[:min(len(ids), standingsAtOnce)]
		ids = ids[len(some):]
		err = tx.each(`SELECT DISTINCT worker_id FROM employment WHERE worker_id IN (`+marks(1, len(some))+`)`, texts(some), func(r rows) error {
			var id jaring.WorkerID
			err := r.Scan(&id)
			found = append(found, id)
			return err
		})
	}
	return found, err
}

// HoldPayments shortens until when what is paid of a membership holds: the employment is over.
func (tx *Tx) HoldPayments(worker jaring.WorkerID, m jaring.MembershipID, until jaring.Day) error {
	return tx.queue(`UPDATE payment SET holds_until = $3 WHERE worker_id = $1 AND membership_id = $2 AND holds_until > $3`, string(worker), string(m), until.String())
}
