package store

import (
	"time"

	"jaring/internal/jaring"
)

// CaseRecord is something about cash that a person at the branch must look at.
type CaseRecord struct {
	ID        string
	No        string
	Office    jaring.OfficeID
	Kind      jaring.CaseKind
	Agent     jaring.AccountID
	Worker    jaring.WorkerID // empty when it is about an agent's cash as a whole
	Receipt   string
	Amount    jaring.Rupiah
	Said      string
	Phone     string
	Device    jaring.DeviceID // of a gap: whose numbers are missing
	GapFrom   int64
	GapTo     int64
	OpenedAt  time.Time
	State     string // open, decided
	Decision  jaring.CaseDecision
	Reason    string
	DecidedBy jaring.AccountID
	DecidedAt time.Time
}

const caseColumns = `office_id, case_id, case_no, kind, agent_id, worker_id, receipt_id, amount, said, phone, device_id, gap_from, gap_to, opened_at,
	state, decision, reason, decided_by, decided_at`

// AddCase opens a case.
func (tx *Tx) AddCase(c *CaseRecord) error {
	return tx.queue(`INSERT INTO cash_case (`+caseColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,'open','','','',0)`,
		string(c.Office), c.ID, c.No, string(c.Kind), string(c.Agent), string(c.Worker), c.Receipt, int64(c.Amount), c.Said, c.Phone, string(c.Device),
		c.GapFrom, c.GapTo, millis(c.OpenedAt))
}

// DecideCase closes a case; done is false when it is closed already.
func (tx *Tx) DecideCase(c *CaseRecord) (done bool, err error) {
	n, err := tx.exec(`UPDATE cash_case SET state = 'decided', decision = $3, reason = $4, decided_by = $5, decided_at = $6
		WHERE office_id = $1 AND case_id = $2 AND state = 'open'`,
		string(c.Office), c.ID, string(c.Decision), c.Reason, string(c.DecidedBy), millis(c.DecidedAt))
	return n == 1, err
}

func (tx *Tx) cases(where string, args ...any) (out []*CaseRecord, err error) {
	err = tx.each(`SELECT `+caseColumns+` FROM cash_case `+where, args, func(r rows) error {
		c := &CaseRecord{}
		var opened, decided int64
		err := r.Scan(&c.Office, &c.ID, &c.No, &c.Kind, &c.Agent, &c.Worker, &c.Receipt, &c.Amount, &c.Said, &c.Phone, &c.Device, &c.GapFrom, &c.GapTo, &opened,
			&c.State, &c.Decision, &c.Reason, &c.DecidedBy, &decided)
		c.OpenedAt, c.DecidedAt = moment(opened), moment(decided)
		out = append(out, c)
		return err
	})
	return out, err
}

// GetCase gives a case. Error: case.unknown.
func (tx *Tx) GetCase(id string) (*CaseRecord, error) {
	found, err := tx.cases(`WHERE case_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "case.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindCases gives the cases of offices in a state, the newest first, behind one.
func (tx *Tx) FindCases(offices []jaring.OfficeID, state, before string, limit int) ([]*CaseRecord, error) {
	if before == "" {
		before = lastUUID
	}
	args := append([]any{state, before, int64(limit)}, texts(offices)...)
	return tx.cases(`WHERE state = $1 AND case_id < $2 AND office_id IN (`+marks(4, len(offices))+`) ORDER BY case_id DESC LIMIT $3`, args...)
}

// FindOpenCases gives the open cases about an agent, the oldest first.
func (tx *Tx) FindOpenCases(agent jaring.AccountID) ([]*CaseRecord, error) {
	return tx.cases(`WHERE agent_id = $1 AND state = 'open' ORDER BY case_id`, string(agent))
}

// FindCasesOf gives the cases about receipts, the oldest first.
func (tx *Tx) FindCasesOf(receipts []string) ([]*CaseRecord, error) {
	args := make([]any, len(receipts))
	for i, id := range receipts {
		args[i] = id
	}
	return tx.cases(`WHERE receipt_id <> '' AND receipt_id IN (`+marks(1, len(receipts))+`) ORDER BY case_id`, args...)
}

// CountCases counts the open cases of offices by the agent they are about.
func (tx *Tx) CountCases(offices []jaring.OfficeID) (map[jaring.AccountID]int64, error) {
	out := map[jaring.AccountID]int64{}
	err := tx.each(`SELECT agent_id, COUNT(*) FROM cash_case WHERE state = 'open' AND office_id IN (`+marks(1, len(offices))+`) GROUP BY agent_id`, texts(offices), func(r rows) error {
		var agent jaring.AccountID
		var n int64
		err := r.Scan(&agent, &n)
		out[agent] = n
		return err
	})
	return out, err
}
