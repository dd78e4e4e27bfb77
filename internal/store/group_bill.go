package store

import (
	"time"

	"jaring/internal/jaring"
)

// GroupBill is what a group pays by one code.
type GroupBill struct {
	Group     string
	ID        string
	Code      string
	Months    int
	Amount    jaring.Rupiah
	State     string // waiting, settled, cancelled
	MadeBy    jaring.AccountID
	MadeAt    time.Time
	Skipped   string // JSON: who is not in it, and the key of why
	Channel   string
	Reference string
	PaidOn    jaring.Day
	SettledAt time.Time
}

// GroupLine is a member's contribution in a bill.
type GroupLine struct {
	Worker       jaring.WorkerID
	Contribution jaring.ContributionID
	From, To     jaring.Month
	Amount       jaring.Rupiah
	Outcome      string // covered, credited, suspended; empty while the bill waits
}

const billColumns = `group_id, bill_id, code, months, amount, state, made_by, made_at, skipped, channel, reference, paid_on, settled_at`

// AddGroupBill inserts a bill with its lines.
func (tx *Tx) AddGroupBill(b *GroupBill, lines []GroupLine) error {
	err := tx.queue(`INSERT INTO group_bill (`+billColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		b.Group, b.ID, b.Code, int64(b.Months), int64(b.Amount), b.State, string(b.MadeBy), millis(b.MadeAt), b.Skipped, b.Channel, b.Reference, b.PaidOn.String(), millis(b.SettledAt))
	for _, l := range lines {
		if err != nil {
			return err
		}
		err = tx.queue(`INSERT INTO group_line (group_id, bill_id, worker_id, contribution_id, first_month, last_month, amount, outcome) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			b.Group, b.ID, string(l.Worker), string(l.Contribution), int64(l.From), int64(l.To), int64(l.Amount), l.Outcome)
	}
	return err
}

// SettleGroupBill writes that a waiting bill was paid, and what became of its lines; done is false when it
// does not wait any more.
func (tx *Tx) SettleGroupBill(b *GroupBill, lines []GroupLine) (done bool, err error) {
	n, err := tx.exec(`UPDATE group_bill SET state = 'settled', channel = $3, reference = $4, paid_on = $5, settled_at = $6
		WHERE group_id = $1 AND bill_id = $2 AND state = 'waiting'`, b.Group, b.ID, b.Channel, b.Reference, b.PaidOn.String(), millis(b.SettledAt))
	if err != nil || n == 0 {
		return false, err
	}
	for _, l := range lines {
		err := tx.queue(`UPDATE group_line SET outcome = $4 WHERE group_id = $1 AND bill_id = $2 AND worker_id = $3`, b.Group, b.ID, string(l.Worker), l.Outcome)
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// CancelGroupBill calls a waiting bill off; done is false when it does not wait.
func (tx *Tx) CancelGroupBill(group, bill string) (done bool, err error) {
	n, err := tx.exec(`UPDATE group_bill SET state = 'cancelled' WHERE group_id = $1 AND bill_id = $2 AND state = 'waiting'`, group, bill)
	return n == 1, err
}

func (tx *Tx) groupBills(where string, args ...any) (out []*GroupBill, err error) {
	err = tx.each(`SELECT `+billColumns+` FROM group_bill `+where, args, func(r rows) error {
		b := &GroupBill{}
		var made, settled int64
		var paid string
		if err := r.Scan(&b.Group, &b.ID, &b.Code, &b.Months, &b.Amount, &b.State, &b.MadeBy, &made, &b.Skipped, &b.Channel, &b.Reference, &paid, &settled); err != nil {
			return err
		}
		b.MadeAt, b.SettledAt = moment(made), moment(settled)
		out = append(out, b)
		return b.PaidOn.UnmarshalText([]byte(paid))
	})
	return out, err
}

// FindGroupBills gives the bills of a group, the newest first.
func (tx *Tx) FindGroupBills(group string) ([]*GroupBill, error) {
	return tx.groupBills(`WHERE group_id = $1 ORDER BY bill_id DESC`, group)
}

// GetGroupBill gives a bill. Error: group.bill_unknown.
func (tx *Tx) GetGroupBill(group, bill string) (*GroupBill, error) {
	found, err := tx.groupBills(`WHERE group_id = $1 AND bill_id = $2`, group, bill)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "group.bill_unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindGroupLines gives the lines of a bill in the order of the workers' ids.
func (tx *Tx) FindGroupLines(group, bill string) (out []GroupLine, err error) {
	err = tx.each(`SELECT worker_id, contribution_id, first_month, last_month, amount, outcome FROM group_line WHERE group_id = $1 AND bill_id = $2 ORDER BY worker_id`,
		[]any{group, bill}, func(r rows) error {
			var l GroupLine
			var from, to int64
			err := r.Scan(&l.Worker, &l.Contribution, &from, &to, &l.Amount, &l.Outcome)
			l.From, l.To = jaring.Month(from), jaring.Month(to)
			out = append(out, l)
			return err
		})
	return out, err
}
