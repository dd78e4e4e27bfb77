package store

import (
	"time"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
)

// CashAgent is an agent who has to do with cash.
type CashAgent struct {
	Agent     jaring.AccountID
	Name      string
	Office    jaring.OfficeID
	Blocked   string // why; empty while he may
	BlockedBy jaring.AccountID
	BlockedAt time.Time
	ToldOn    jaring.Day // last day on which overdue cash was told of
}

// NoteCashAgent makes an agent one who has to do with cash.
func (tx *Tx) NoteCashAgent(agent jaring.AccountID) error {
	return tx.queue(`INSERT INTO cash_agent (agent_id) VALUES ($1) ON CONFLICT (agent_id) DO NOTHING`, string(agent))
}

// BlockCash lets an agent take no cash, or with an empty reason take it again.
func (tx *Tx) BlockCash(agent jaring.AccountID, reason string, by jaring.AccountID, at time.Time) error {
	if err := tx.NoteCashAgent(agent); err != nil {
		return err
	}
	return tx.queue(`UPDATE cash_agent SET blocked = $2, blocked_by = $3, blocked_at = $4 WHERE agent_id = $1`, string(agent), reason, string(by), millis(at))
}

// TellOverdue notes that an agent's overdue cash was told of on a day; told is false when it was already.
func (tx *Tx) TellOverdue(agent jaring.AccountID, day jaring.Day) (told bool, err error) {
	n, err := tx.exec(`UPDATE cash_agent SET told_on = $2 WHERE agent_id = $1 AND told_on < $2`, string(agent), day.String())
	return n == 1, err
}

func (tx *Tx) cashAgents(where string, args ...any) (out []*CashAgent, err error) {
	err = tx.each(`SELECT a.account_id, a.name, a.office_id, c.blocked, c.blocked_by, c.blocked_at, c.told_on FROM account a JOIN cash_agent c ON c.agent_id = a.account_id `+where,
		args, func(r rows) error {
			c := &CashAgent{}
			var at int64
			var told string
			if err := r.Scan(&c.Agent, &c.Name, &c.Office, &c.Blocked, &c.BlockedBy, &at, &told); err != nil {
				return err
			}
			c.BlockedAt = moment(at)
			out = append(out, c)
			return c.ToldOn.UnmarshalText([]byte(told))
		})
	return out, err
}

// GetCashAgent gives what is known of an agent's cash; nil for one who never had any.
func (tx *Tx) GetCashAgent(agent jaring.AccountID) (*CashAgent, error) {
	found, err := tx.cashAgents(`WHERE c.agent_id = $1`, string(agent))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// FindCashAgents gives the agents of offices who have to do with cash.
func (tx *Tx) FindCashAgents(offices []jaring.OfficeID) ([]*CashAgent, error) {
	return tx.cashAgents(`WHERE a.office_id IN (`+marks(1, len(offices))+`)`, texts(offices)...)
}

// OpenCash is cash of one day in an agent's hands.
type OpenCash struct {
	Agent    jaring.AccountID
	Day      jaring.Day
	Amount   jaring.Rupiah
	Receipts int
}

// FindOpenCash sums the cash in agents' hands by the day on which it was taken, the oldest first; of
// agents of offices.
func (tx *Tx) FindOpenCash(offices []jaring.OfficeID) ([]OpenCash, error) {
	return tx.openCash(`AND r.agent_id IN (SELECT account_id FROM account WHERE office_id IN (`+marks(1, len(offices))+`))`, texts(offices)...)
}

// FindOldCash sums the cash that was taken up to a day and is in agents' hands still.
func (tx *Tx) FindOldCash(until jaring.Day) ([]OpenCash, error) {
	return tx.openCash(`AND r.taken_on <= $1`, until.String())
}

func (tx *Tx) openCash(where string, args ...any) (out []OpenCash, err error) {
	err = tx.each(`SELECT r.agent_id, r.taken_on, SUM(r.amount), COUNT(*) FROM receipt r WHERE r.state = 'open' `+where+`
		GROUP BY r.agent_id, r.taken_on ORDER BY r.taken_on, r.agent_id`, args, func(r rows) error {
		var c OpenCash
		var day string
		if err := r.Scan(&c.Agent, &day, &c.Amount, &c.Receipts); err != nil {
			return err
		}
		out = append(out, c)
		return out[len(out)-1].Day.UnmarshalText([]byte(day))
	})
	return out, err
}

// BalanceOf is what an account with lines holds, debit positive.
func (tx *Tx) BalanceOf(k ledger.Key) (jaring.Rupiah, error) {
	h, err := tx.LineHead(k)
	return h.Balance, err
}
