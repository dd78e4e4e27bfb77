package store

import (
	"time"

	"jaring/internal/jaring"
)

// CoreMessage is what the fund's core must be told about a membership.
type CoreMessage struct {
	Worker     jaring.WorkerID
	Membership jaring.MembershipID
	State      jaring.CoreState
	QueuedAt   time.Time
	SentAt     time.Time
	Reason     string
	Tries      int64
}

// QueueCore puts a membership into the queue for the core; a rejected one again.
func (tx *Tx) QueueCore(worker jaring.WorkerID, membership jaring.MembershipID, at time.Time) error {
	return tx.queue(`INSERT INTO core_message (worker_id, membership_id, state, queued_at) VALUES ($1, $2, 'queued', $3)
		ON CONFLICT (worker_id, membership_id) DO UPDATE SET state = 'queued', queued_at = excluded.queued_at, reason = ''`,
		string(worker), string(membership), millis(at))
}

// FindCoreMessages gives messages in a state, the oldest first.
func (tx *Tx) FindCoreMessages(state jaring.CoreState, limit int) (out []*CoreMessage, err error) {
	err = tx.each(`SELECT worker_id, membership_id, state, queued_at, sent_at, reason, tries FROM core_message WHERE state = $1 ORDER BY queued_at LIMIT $2`,
		[]any{string(state), int64(limit)}, func(r rows) error {
			m := &CoreMessage{}
			var queued, sent int64
			err := r.Scan(&m.Worker, &m.Membership, &m.State, &queued, &sent, &m.Reason, &m.Tries)
			m.QueuedAt, m.SentAt = moment(queued), moment(sent)
			out = append(out, m)
			return err
		})
	return out, err
}

// GetCoreMessage gives the message about a membership, nil when there is none.
func (tx *Tx) GetCoreMessage(worker jaring.WorkerID, membership jaring.MembershipID) (*CoreMessage, error) {
	m := &CoreMessage{Worker: worker, Membership: membership}
	var queued, sent int64
	found, err := tx.one(`SELECT state, queued_at, sent_at, reason, tries FROM core_message WHERE worker_id = $1 AND membership_id = $2`,
		[]any{string(worker), string(membership)}, &m.State, &queued, &sent, &m.Reason, &m.Tries)
	if err != nil || !found {
		return nil, err
	}
	m.QueuedAt, m.SentAt = moment(queued), moment(sent)
	return m, nil
}

// SetCoreState moves a message on.
func (tx *Tx) SetCoreState(m *CoreMessage, state jaring.CoreState, reason string, at time.Time) error {
	column := "answered_at"
	if state == jaring.CoreSent {
		column = "sent_at"
	}
	return tx.queue(`UPDATE core_message SET state = $3, reason = $4, `+column+` = $5, tries = tries + 1 WHERE worker_id = $1 AND membership_id = $2`,
		string(m.Worker), string(m.Membership), string(state), reason, millis(at))
}

// DropCoreMessage takes back a message that the core was not told of, or has refused.
func (tx *Tx) DropCoreMessage(worker jaring.WorkerID, membership jaring.MembershipID) error {
	return tx.queue(`DELETE FROM core_message WHERE worker_id = $1 AND membership_id = $2 AND state IN ('queued', 'rejected')`, string(worker), string(membership))
}

// CountCore counts messages in a state.
func (tx *Tx) CountCore(state jaring.CoreState) (n int64, err error) {
	_, err = tx.one(`SELECT count(*) FROM core_message WHERE state = $1`, []any{string(state)}, &n)
	return n, err
}

// AddKPJ asks for a participant number in the name of a person and gives whose it is
// then: the person's own, or somebody else's who had it before.
func (tx *Tx) AddKPJ(kpj string, worker jaring.WorkerID) (owner jaring.WorkerID, err error) {
	n, err := tx.exec(`INSERT INTO kpj_index (kpj, worker_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, kpj, string(worker))
	if err != nil || n == 1 {
		return worker, err
	}
	_, err = tx.one(`SELECT worker_id FROM kpj_index WHERE kpj = $1`, []any{kpj}, &owner)
	return owner, err
}

// LeadKPJ makes a participant number lead to another record of its person.
func (tx *Tx) LeadKPJ(kpj string, to jaring.WorkerID) error {
	return tx.queue(`UPDATE kpj_index SET worker_id = $2 WHERE kpj = $1`, kpj, string(to))
}

// CountRefused counts memberships of persons of the offices that the core refused.
func (tx *Tx) CountRefused(offices []jaring.OfficeID) (n int64, err error) {
	if len(offices) == 0 {
		return 0, nil
	}
	_, err = tx.one(`SELECT count(*) FROM core_message c JOIN worker w ON w.worker_id = c.worker_id
		WHERE c.state = 'rejected' AND w.office_id IN (`+marks(1, len(offices))+`)`, texts(offices), &n)
	return n, err
}
