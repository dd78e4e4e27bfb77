package store

import "jaring/internal/jaring"

// TerritoryRecord says that an agent works in a village or a place, from a day on.
type TerritoryRecord struct {
	Account jaring.AccountID
	Kind    jaring.TerritoryKind
	Value   string // dotted code of a village, or a place's id
	From    jaring.Day
}

// FindTerritory gives where agents work on a day.
func (tx *Tx) FindTerritory(accounts []jaring.AccountID, on jaring.Day) (out []TerritoryRecord, err error) {
	if len(accounts) == 0 {
		return nil, nil
	}
	args := append([]any{on.String()}, texts(accounts)...)
	err = tx.each(`SELECT account_id, kind, value, from_day FROM territory WHERE from_day <= $1 AND (to_day = '' OR to_day >= $1)
		AND account_id IN (`+marks(2, len(accounts))+`) ORDER BY account_id, kind DESC, value`, args, func(r rows) error {
		var t TerritoryRecord
		var from string
		if err := r.Scan(&t.Account, &t.Kind, &t.Value, &from); err != nil {
			return err
		}
		err := t.From.UnmarshalText([]byte(from))
		out = append(out, t)
		return err
	})
	return out, err
}

// AddTerritory says that an agent works somewhere from a day on.
func (tx *Tx) AddTerritory(t TerritoryRecord) error {
	return tx.queue(`INSERT INTO territory (account_id, kind, value, from_day) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`,
		string(t.Account), string(t.Kind), t.Value, t.From.String())
}

// EndTerritory makes the day before today the last one on which an agent works somewhere;
// what began today has never been.
func (tx *Tx) EndTerritory(t TerritoryRecord, today jaring.Day) error {
	if t.From >= today {
		return tx.queue(`DELETE FROM territory WHERE account_id = $1 AND kind = $2 AND value = $3 AND from_day = $4`,
			string(t.Account), string(t.Kind), t.Value, t.From.String())
	}
	return tx.queue(`UPDATE territory SET to_day = $5 WHERE account_id = $1 AND kind = $2 AND value = $3 AND from_day = $4`,
		string(t.Account), string(t.Kind), t.Value, t.From.String(), today.Add(-1).String())
}
