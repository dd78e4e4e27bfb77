package store

import (
	"strings"
	"time"

	"jaring/internal/jaring"
)

// AgentQuery asks for a page of agents by name.
type AgentQuery struct {
	Offices []jaring.OfficeID
	Text    string // part of a name or a log-in, in any case
	After   AgentCursor
	Limit   int
}

// AgentCursor is a place in the order of agents by name.
type AgentCursor struct {
	Name string
	ID   jaring.AccountID
}

// likely writes a text so that LIKE takes it to the letter.
var likely = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// FindAgents gives a page of the accounts of agents that are not disabled.
func (tx *Tx) FindAgents(q AgentQuery) ([]*AccountRecord, error) {
	if len(q.Offices) == 0 {
		return nil, nil
	}
	if q.After.ID == "" {
		q.After.ID = firstUUID
	}
	like := "%" + likely.Replace(strings.ToLower(q.Text)) + "%"
	args := append([]any{like, q.After.Name, string(q.After.ID), int64(q.Limit)}, texts(q.Offices)...)
	return tx.accounts(`WHERE a.role = 'agent' AND a.disabled = 0 AND (lower(a.name) LIKE $1 ESCAPE '\' OR a.login LIKE $1 ESCAPE '\')
		AND (a.name, a.account_id) > ($2, $3) AND a.office_id IN (`+marks(5, len(q.Offices))+`) ORDER BY a.name, a.account_id LIMIT $4`, args...)
}

// FindGaugesOf gives, for each of the agents, how many persons stand where now.
func (tx *Tx) FindGaugesOf(agents []jaring.AccountID) (map[jaring.AccountID]map[jaring.Standing]int64, error) {
	out := map[jaring.AccountID]map[jaring.Standing]int64{}
	head := string(jaring.Gauge(""))
	err := tx.each(`SELECT value, measure, n FROM counter WHERE dimension = 'agent' AND month = 0 AND value IN (`+marks(1, len(agents))+`)`,
		texts(agents), func(r rows) error {
			var agent jaring.AccountID
			var measure string
			var n int64
			if err := r.Scan(&agent, &measure, &n); err != nil {
				return err
			}
			if standing, ok := strings.CutPrefix(measure, head); ok {
				if out[agent] == nil {
					out[agent] = map[jaring.Standing]int64{}
				}
				out[agent][jaring.Standing(standing)] = n
			}
			return nil
		})
	return out, err
}

// SetPhoto keeps an agent's photo; the one before it is gone.
func (tx *Tx) SetPhoto(account jaring.AccountID, jpeg []byte, at time.Time) error {
	return tx.queue(`INSERT INTO agent_photo (account_id, jpeg, added_at) VALUES ($1,$2,$3)
		ON CONFLICT (account_id) DO UPDATE SET jpeg = excluded.jpeg, added_at = excluded.added_at`, string(account), jpeg, millis(at))
}

// Photo gives an agent's photo; nil when there is none.
func (tx *Tx) Photo(account jaring.AccountID) (jpeg []byte, err error) {
	_, err = tx.one(`SELECT jpeg FROM agent_photo WHERE account_id = $1`, []any{string(account)}, &jpeg)
	return jpeg, err
}
