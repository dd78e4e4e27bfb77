package store

import (
	"time"

	"jaring/internal/jaring"
)

// CoreHeld is what we believe that the core holds of one membership.
type CoreHeld struct {
	Worker      jaring.WorkerID
	Membership  jaring.MembershipID
	State       jaring.CoreState // sent or acknowledged
	KPJ         string
	Programs    jaring.Programs
	From        jaring.Month
	To          jaring.Month
	ConfirmedAt time.Time    // zero while not acknowledged
	Last        jaring.Month // with which the cover ends by now; To is what the core was told of first
	EndedOn     jaring.Day   // since when the core holds that end; 0 while it does not
}

// SentCore notes that the core was told of a message. One that was answered meanwhile
// stays answered.
func (tx *Tx) SentCore(m *CoreMessage, at time.Time) error {
	return tx.queue(`UPDATE core_message SET state = 'sent', sent_at = $3, tries = tries + 1 WHERE worker_id = $1 AND membership_id = $2 AND state = 'queued'`,
		string(m.Worker), string(m.Membership), millis(at))
}

// EachCoreHeld walks what the core was told and has not refused, in the order of
// workers and memberships.
func (tx *Tx) EachCoreHeld(f func(CoreHeld) error) error {
	return tx.each(`SELECT c.worker_id, c.membership_id, c.state, w.kpj, p.programs, p.first_month, p.months, CASE WHEN c.told_months > 0 THEN c.told_months ELSE p.months END, p.confirmed_at,
		COALESCE(e.ended_on, '')
		FROM core_message c JOIN payment p ON p.worker_id = c.worker_id AND p.contribution_id = c.membership_id
		JOIN worker w ON w.worker_id = c.worker_id
		LEFT JOIN ending e ON e.worker_id = c.worker_id AND e.membership_id = c.membership_id
		WHERE c.state IN ('sent', 'acknowledged') ORDER BY c.worker_id, c.membership_id`, nil, func(r rows) error {
		h := CoreHeld{}
		var programs, ended string
		var first, months, told, confirmed int64
		err := r.Scan(&h.Worker, &h.Membership, &h.State, &h.KPJ, &programs, &first, &months, &told, &confirmed, &ended)
		if err == nil && ended != "" {
			err = h.EndedOn.UnmarshalText([]byte(ended))
		}
		if err != nil {
			return err
		}
		if h.Programs, err = jaring.ParsePrograms(programs); err != nil {
			return err
		}
		h.From, h.To, h.Last, h.ConfirmedAt = jaring.Month(first), jaring.Month(first+told-1), jaring.Month(first+months-1), moment(confirmed)
		return f(h)
	})
}
