package store

import (
	"time"

	"jaring/internal/jaring"
)

// ServiceCaseRecord is a case's row.
type ServiceCaseRecord struct {
	jaring.ServiceCase
	NameFold string // for search
}

// noFollow stands for no day: such cases are listed last.
const noFollow = "9999-12-31"

const serviceCaseColumns = `service_id, case_id, year, no, topic, label, name, name_fold, phone, about, worker_id, employer_id, partner_id, state, outcome, follow_day, owner_id, opened_at, closed_at, erased_at`

func followText(d jaring.Day) string {
	if d == 0 {
		return noFollow
	}
	return d.String()
}

// AddServiceCase inserts a case.
func (tx *Tx) AddServiceCase(c *ServiceCaseRecord) error {
	return tx.queue(`INSERT INTO service_case (`+serviceCaseColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`,
		string(c.Desk), string(c.ID), int64(c.Year), int64(c.No), string(c.Topic), c.Label, c.Name, c.NameFold, c.Phone, c.About, string(c.Worker), string(c.Employer), string(c.Partner),
		string(c.State), string(c.Outcome), followText(c.FollowDay), string(c.Owner), millis(c.OpenedAt), millis(c.ClosedAt), millis(c.ErasedAt))
}

// UpdateServiceCase writes where a case stands, what it is linked to and who goes on with it.
func (tx *Tx) UpdateServiceCase(c *ServiceCaseRecord) error {
	return tx.queue(`UPDATE service_case SET worker_id = $3, employer_id = $4, partner_id = $5, state = $6, outcome = $7, follow_day = $8, owner_id = $9, closed_at = $10
		WHERE service_id = $1 AND case_id = $2`,
		string(c.Desk), string(c.ID), string(c.Worker), string(c.Employer), string(c.Partner), string(c.State), string(c.Outcome), followText(c.FollowDay), string(c.Owner), millis(c.ClosedAt))
}

func (tx *Tx) serviceCases(where string, args ...any) (out []*ServiceCaseRecord, err error) {
	err = tx.each(`SELECT `+serviceCaseColumns+` FROM service_case `+where, args, func(r rows) error {
		c := &ServiceCaseRecord{}
		var follow string
		var opened, closed, erased int64
		err := r.Scan(&c.Desk, &c.ID, &c.Year, &c.No, &c.Topic, &c.Label, &c.Name, &c.NameFold, &c.Phone, &c.About, &c.Worker, &c.Employer, &c.Partner, &c.State, &c.Outcome, &follow,
			&c.Owner, &opened, &closed, &erased)
		if err != nil {
			return err
		}
		c.OpenedAt, c.ClosedAt, c.ErasedAt = moment(opened), moment(closed), moment(erased)
		out = append(out, c)
		if follow == noFollow {
			return nil
		}
		return c.FollowDay.UnmarshalText([]byte(follow))
	})
	return out, err
}

// GetServiceCase gives a case of a desk. Error: service.case_unknown.
func (tx *Tx) GetServiceCase(desk jaring.ServiceID, id jaring.ServiceCaseID) (*ServiceCaseRecord, error) {
	found, err := tx.serviceCases(`WHERE service_id = $1 AND case_id = $2`, string(desk), string(id))
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "service.case_unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// CaseCursor is a place in a list of cases.
type CaseCursor struct {
	Follow string               `json:"f"` // the day to come back, for open ones
	ID     jaring.ServiceCaseID `json:"i"`
}

// CaseQuery asks for cases of a desk.
type CaseQuery struct {
	Desk   jaring.ServiceID
	Closed bool                // closed ones, the newest first; else those that are not, the day to come back first
	Due    jaring.Day          // of those that are not closed: to come back by that day; 0: all
	Owner  jaring.AccountID    // empty: anybody's
	Topic  jaring.ServiceTopic // empty: any
	Name   string              // folded; that hold it
	After  CaseCursor
	Limit  int
}

// FindServiceCases gives cases.
func (tx *Tx) FindServiceCases(q CaseQuery) ([]*ServiceCaseRecord, error) {
	args := []any{string(q.Desk), string(q.Topic), "%" + likeEscape(q.Name) + "%", string(q.Owner), int64(q.Limit), string(q.After.ID)}
	where := `WHERE service_id = $1 AND ($2 = '' OR topic = $2) AND name_fold LIKE $3 ESCAPE '!' AND ($4 = '' OR owner_id = $4) AND `
	if q.Closed {
		if q.After.ID == "" {
			args[5] = lastUUID
		}
		return tx.serviceCases(where+`state = 'closed' AND case_id < $6 ORDER BY case_id DESC LIMIT $5`, args...)
	}
	if q.After.ID == "" {
		args[5] = firstUUID
	}
	return tx.serviceCases(where+`state <> 'closed' AND follow_day <= $7 AND (follow_day, case_id) > ($8, $6) ORDER BY follow_day, case_id LIMIT $5`,
		append(args, followText(q.Due), q.After.Follow)...)
}

// CaseCount is how many cases of a desk there are.
type CaseCount struct {
	States  map[jaring.CaseState]int
	Topics  map[jaring.ServiceTopic]int // all that were ever brought
	Today   int                         // to come back to on the day
	Overdue int                         // to come back to before it
}

// CountServiceCases counts the cases of a desk, as of a day.
func (tx *Tx) CountServiceCases(desk jaring.ServiceID, today jaring.Day) (CaseCount, error) {
	out := CaseCount{States: map[jaring.CaseState]int{}, Topics: map[jaring.ServiceTopic]int{}}
	err := tx.each(`SELECT state, topic, CASE WHEN state = 'closed' OR follow_day > $2 THEN 0 WHEN follow_day = $2 THEN 1 ELSE 2 END, count(*) FROM service_case
		WHERE service_id = $1 GROUP BY 1, 2, 3`, []any{string(desk), today.String()}, func(r rows) error {
		var state jaring.CaseState
		var topic jaring.ServiceTopic
		var due, n int
		err := r.Scan(&state, &topic, &due, &n)
		out.States[state] += n
		out.Topics[topic] += n
		switch due {
		case 1:
			out.Today += n
		case 2:
			out.Overdue += n
		}
		return err
	})
	return out, err
}

// AddCaseNote writes a line of what was done.
func (tx *Tx) AddCaseNote(desk jaring.ServiceID, id jaring.ServiceCaseID, n *jaring.CaseNote) error {
	return tx.queue(`INSERT INTO service_note (service_id, case_id, note_id, account_id, at, act, what) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		string(desk), string(id), n.ID, string(n.By), millis(n.At), n.Act, n.Text)
}

// FindCaseNotes gives what was done about a case, the newest first.
func (tx *Tx) FindCaseNotes(desk jaring.ServiceID, id jaring.ServiceCaseID) (out []jaring.CaseNote, err error) {
	err = tx.each(`SELECT note_id, account_id, at, act, what FROM service_note WHERE service_id = $1 AND case_id = $2 ORDER BY at DESC, note_id DESC`, []any{string(desk), string(id)}, func(r rows) error {
		var n jaring.CaseNote
		var at int64
		err := r.Scan(&n.ID, &n.By, &at, &n.Act, &n.Text)
		n.At = moment(at)
		out = append(out, n)
		return err
	})
	return out, err
}

// EraseServiceCases takes name, phone and words from so many cases that were closed before a moment and were not
// erased; n is how many.
func (tx *Tx) EraseServiceCases(before, now time.Time, limit int) (n int, err error) {
	found, err := tx.serviceCases(`WHERE erased_at = 0 AND state = 'closed' AND closed_at < $1 ORDER BY closed_at LIMIT $2`, millis(before), int64(limit))
	for _, c := range found {
		if err == nil {
			err = tx.queue(`UPDATE service_case SET name = '', name_fold = '', phone = '', about = '', label = '', erased_at = $3 WHERE service_id = $1 AND case_id = $2`,
				string(c.Desk), string(c.ID), millis(now))
		}
		if err == nil {
			err = tx.queue(`UPDATE service_note SET what = '' WHERE service_id = $1 AND case_id = $2`, string(c.Desk), string(c.ID))
		}
	}
	return len(found), err
}

// CursorOfCase is the place behind a case.
func CursorOfCase(c *ServiceCaseRecord) CaseCursor {
	return CaseCursor{Follow: followText(c.FollowDay), ID: c.ID}
}
