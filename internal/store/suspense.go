package store

import (
	"time"

	"jaring/internal/jaring"
)

// SuspenseDecision is what the desk found out about money that paid nothing.
type SuspenseDecision struct {
	Office    jaring.OfficeID
	ID        string          // of the case
	Decision  string          // assigned, refunded
	Worker    jaring.WorkerID // whose it is
	BillCode  string          // or the bill that it pays
	Reference string          // of the money that went back
	Reason    string
	By        jaring.AccountID
	At        time.Time
}

// GetSuspense gives a case at one of the offices, with its state. Error: suspense.unknown.
func (tx *Tx) GetSuspense(offices []jaring.OfficeID, id string) (s *SuspenseRecord, state string, err error) {
	s = &SuspenseRecord{}
	var day string
	var at int64
	found, err := tx.one(`SELECT office_id, suspense_id, code, channel, bank, reference, amount, paid_on, why, at, state FROM suspense
		WHERE suspense_id = $1 AND office_id IN (`+marks(2, len(offices))+`)`, append([]any{id}, texts(offices)...),
		&s.Office, &s.ID, &s.Code, &s.Channel, &s.Bank, &s.Reference, &s.Amount, &day, &s.Why, &at, &state)
	switch {
	case err != nil:
		return nil, "", err
	case !found:
		return nil, "", jaring.NewError(jaring.NotFound, "suspense.unknown")
	}
	s.At = moment(at)
	return s, state, s.PaidOn.UnmarshalText([]byte(day))
}

// DecideSuspense closes an open case; done is false when it was closed already.
func (tx *Tx) DecideSuspense(d *SuspenseDecision) (done bool, err error) {
	n, err := tx.exec(`UPDATE suspense SET state = $3 WHERE office_id = $1 AND suspense_id = $2 AND state = 'open'`, string(d.Office), d.ID, d.Decision)
	if err != nil || n == 0 {
		return false, err
	}
	return true, tx.queue(`INSERT INTO suspense_decision (office_id, suspense_id, decision, worker_id, bill_code, reference, reason, decided_by, decided_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		string(d.Office), d.ID, d.Decision, string(d.Worker), d.BillCode, d.Reference, d.Reason, string(d.By), millis(d.At))
}

// SuspenseDecisionOf gives what was decided of a case; nil while it is open.
func (tx *Tx) SuspenseDecisionOf(office jaring.OfficeID, id string) (*SuspenseDecision, error) {
	d := &SuspenseDecision{Office: office, ID: id}
	var at int64
	found, err := tx.one(`SELECT decision, worker_id, bill_code, reference, reason, decided_by, decided_at FROM suspense_decision WHERE office_id = $1 AND suspense_id = $2`,
		[]any{string(office), id}, &d.Decision, &d.Worker, &d.BillCode, &d.Reference, &d.Reason, &d.By, &at)
	if err != nil || !found {
		return nil, err
	}
	d.At = moment(at)
	return d, nil
}

// SuspenseUpTo gives the open cases of an office whose money was paid up to a day, oldest first.
func (tx *Tx) SuspenseUpTo(office jaring.OfficeID, day jaring.Day) (out []*SuspenseRecord, err error) {
	err = tx.each(`SELECT suspense_id, amount FROM suspense WHERE office_id = $1 AND state = 'open' AND paid_on <= $2 ORDER BY suspense_id`,
		[]any{string(office), day.String()}, func(r rows) error {
			s := &SuspenseRecord{Office: office}
			err := r.Scan(&s.ID, &s.Amount)
			out = append(out, s)
			return err
		})
	return out, err
}
