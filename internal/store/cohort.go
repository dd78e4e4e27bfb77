package store

import (
	"slices"

	"jaring/internal/jaring"
)

// AgentName is an agent as a ranking names him.
type AgentName struct {
	ID   jaring.AccountID
	Name string
}

// FindAgentNames gives the agents of offices, those who have left too: what they kept is kept.
func (tx *Tx) FindAgentNames(offices []jaring.OfficeID) (out []AgentName, err error) {
	if len(offices) == 0 {
		return nil, nil
	}
	err = tx.each(`SELECT account_id, name FROM account WHERE role = 'agent' AND office_id IN (`+marks(1, len(offices))+`) ORDER BY account_id`, texts(offices), func(r rows) error {
		var a AgentName
		err := r.Scan(&a.ID, &a.Name)
		out = append(out, a)
		return err
	})
	return out, err
}

// agentsAtOnce is how many agents one statement names.
const agentsAtOnce = 200

// FindCohortCounts gives what a ranking needs of agents' counters: their cohorts from a month on, and who
// is protected now.
func (tx *Tx) FindCohortCounts(agents []AgentName, first jaring.Month) (map[jaring.AccountID]map[jaring.Counter]int64, error) {
	out := map[jaring.AccountID]map[jaring.Counter]int64{}
	for some := range slices.Chunk(agents, agentsAtOnce) {
		args := []any{int64(first)}
		for _, a := range some {
			args = append(args, string(a.ID))
		}
		err := tx.each(`SELECT value, measure, month, n FROM counter WHERE dimension = 'agent' AND (measure = 'now.protected' OR month >= $1)
			AND measure IN ('joined', 'kept.1', 'kept.3', 'kept.6', 'kept.12', 'now.protected') AND value IN (`+marks(2, len(some))+`)`, args, func(r rows) error {
			c := jaring.Counter{Dimension: jaring.ByAgent}
			var n int64
			err := r.Scan(&c.Value, &c.Measure, &c.Month, &n)
			id := jaring.AccountID(c.Value)
			if out[id] == nil {
				out[id] = map[jaring.Counter]int64{}
			}
			out[id][c] = n
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
