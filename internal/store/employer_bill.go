package store

import (
	"time"

	"jaring/internal/jaring"
)

// EmployerBill is what an employer owes by one code.
type EmployerBill struct {
	Employer  jaring.EmployerID
	ID        string
	Month     jaring.Month
	Code      string
	Amount    jaring.Rupiah // contributions
	Penalty   jaring.Rupiah // for paying late, as far as it is charged
	State     string        // waiting, settled, cancelled
	Due       jaring.Day
	Version   string // of the rules
	MadeBy    jaring.AccountID
	MadeAt    time.Time
	Skipped   string // JSON: who is not in it, and the key of why
	Channel   string
	Reference string
	PaidOn    jaring.Day
	SettledAt time.Time
}

// EmployerLine is one month of one stay in a bill.
type EmployerLine struct {
	Bill       string
	Membership jaring.MembershipID
	Month      jaring.Month
	Worker     jaring.WorkerID
	Wage       jaring.Rupiah
	Programs   jaring.Programs
	Amount     jaring.Rupiah // negative when less is due than was billed before
	Employee   jaring.Rupiah // the part that is kept back from the wage
	Price      string        // JSON: what each programme costs
	Outcome    string        // covered, adjusted, credited; empty while the bill waits
}

const (
	employerBillColumns = `employer_id, bill_id, month, code, amount, penalty, state, due_day, version, made_by, made_at, skipped, channel, reference, paid_on, settled_at`
	employerLineColumns = `bill_id, membership_id, month, worker_id, wage, programs, amount, employee, price, outcome`
)

// AddEmployerBill inserts a bill with its lines.
func (tx *Tx) AddEmployerBill(b *EmployerBill, lines []EmployerLine) error {
	err := tx.queue(`INSERT INTO employer_bill (`+employerBillColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		string(b.Employer), b.ID, int64(b.Month), b.Code, int64(b.Amount), int64(b.Penalty), b.State, b.Due.String(), b.Version, string(b.MadeBy), millis(b.MadeAt), b.Skipped,
		b.Channel, b.Reference, b.PaidOn.String(), millis(b.SettledAt))
	for _, l := range lines {
		if err != nil {
			return err
		}
		err = tx.queue(`INSERT INTO employer_line (employer_id, `+employerLineColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			string(b.Employer), b.ID, string(l.Membership), int64(l.Month), string(l.Worker), int64(l.Wage), l.Programs.String(), int64(l.Amount), int64(l.Employee), l.Price, l.Outcome)
	}
	return err
}

func (tx *Tx) employerBills(where string, args ...any) (out []*EmployerBill, err error) {
	err = tx.each(`SELECT `+employerBillColumns+` FROM employer_bill `+where, args, func(r rows) error {
		b := &EmployerBill{}
		var month, made, settled int64
		var due, paid string
		if err := r.Scan(&b.Employer, &b.ID, &month, &b.Code, &b.Amount, &b.Penalty, &b.State, &due, &b.Version, &b.MadeBy, &made, &b.Skipped,
			&b.Channel, &b.Reference, &paid, &settled); err != nil {
			return err
		}
		b.Month, b.MadeAt, b.SettledAt = jaring.Month(month), moment(made), moment(settled)
		out = append(out, b)
		if err := b.Due.UnmarshalText([]byte(due)); err != nil {
			return err
		}
		return b.PaidOn.UnmarshalText([]byte(paid))
	})
	return out, err
}

// FindEmployerBills gives the bills of an employer, the newest first.
func (tx *Tx) FindEmployerBills(employer jaring.EmployerID) ([]*EmployerBill, error) {
	return tx.employerBills(`WHERE employer_id = $1 ORDER BY bill_id DESC`, string(employer))
}

// GetEmployerBill gives a bill. Error: employer.bill_unknown.
func (tx *Tx) GetEmployerBill(employer jaring.EmployerID, bill string) (*EmployerBill, error) {
	found, err := tx.employerBills(`WHERE employer_id = $1 AND bill_id = $2`, string(employer), bill)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "employer.bill_unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// OverdueBills gives waiting bills that were due before a day, behind one of them, in order.
func (tx *Tx) OverdueBills(day jaring.Day, after *EmployerBill, limit int) ([]*EmployerBill, error) {
	due, bill := "", string(firstUUID)
	if after != nil {
		due, bill = after.Due.String(), after.ID
	}
	return tx.employerBills(`WHERE state = 'waiting' AND due_day < $1 AND (due_day, bill_id) > ($2, $3) ORDER BY due_day, bill_id LIMIT $4`, day.String(), due, bill, int64(limit))
}

// EachOpenEmployerBill walks the bills that wait.
func (tx *Tx) EachOpenEmployerBill(f func(*EmployerBill) error) error {
	found, err := tx.employerBills(`WHERE state = 'waiting' ORDER BY employer_id, bill_id`)
	for _, b := range found {
		if err == nil {
			err = f(b)
		}
	}
	return err
}

// SettleEmployerBill writes that a waiting bill was paid, and what became of its lines; done is false when it does not
// wait any more.
func (tx *Tx) SettleEmployerBill(b *EmployerBill, lines []EmployerLine) (done bool, err error) {
	n, err := tx.exec(`UPDATE employer_bill SET state = 'settled', penalty = $3, channel = $4, reference = $5, paid_on = $6, settled_at = $7
		WHERE employer_id = $1 AND bill_id = $2 AND state = 'waiting'`, string(b.Employer), b.ID, int64(b.Penalty), b.Channel, b.Reference, b.PaidOn.String(), millis(b.SettledAt))
	if err != nil || n == 0 {
		return false, err
	}
	for _, l := range lines {
		err := tx.queue(`UPDATE employer_line SET outcome = $5 WHERE employer_id = $1 AND bill_id = $2 AND membership_id = $3 AND month = $4`,
			string(b.Employer), b.ID, string(l.Membership), int64(l.Month), l.Outcome)
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// UnsettleEmployerBill writes that a paid bill waits again; done is false when it is not paid. Its penalty stays.
func (tx *Tx) UnsettleEmployerBill(b *EmployerBill, lines []EmployerLine) (done bool, err error) {
	n, err := tx.exec(`UPDATE employer_bill SET state = 'waiting', channel = '', reference = '', paid_on = '', settled_at = 0
		WHERE employer_id = $1 AND bill_id = $2 AND state = 'settled'`, string(b.Employer), b.ID)
	if err != nil || n == 0 {
		return false, err
	}
	for _, l := range lines {
		err := tx.queue(`UPDATE employer_line SET outcome = '' WHERE employer_id = $1 AND bill_id = $2 AND membership_id = $3 AND month = $4`,
			string(b.Employer), b.ID, string(l.Membership), int64(l.Month))
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// CancelEmployerBill calls a waiting bill off; done is false when it does not wait.
func (tx *Tx) CancelEmployerBill(employer jaring.EmployerID, bill string) (done bool, err error) {
	n, err := tx.exec(`UPDATE employer_bill SET state = 'cancelled', penalty = 0 WHERE employer_id = $1 AND bill_id = $2 AND state = 'waiting'`, string(employer), bill)
	return n == 1, err
}

// PenaliseBill writes the penalty of a waiting bill; done is false when it does not wait.
func (tx *Tx) PenaliseBill(b *EmployerBill, penalty jaring.Rupiah) (done bool, err error) {
	n, err := tx.exec(`UPDATE employer_bill SET penalty = $3 WHERE employer_id = $1 AND bill_id = $2 AND state = 'waiting'`, string(b.Employer), b.ID, int64(penalty))
	return n == 1, err
}

func (tx *Tx) employerLines(where string, args ...any) (out []EmployerLine, err error) {
	err = tx.each(`SELECT `+employerLineColumns+` FROM employer_line `+where, args, func(r rows) error {
		var l EmployerLine
		var month int64
		var programs string
		if err := r.Scan(&l.Bill, &l.Membership, &month, &l.Worker, &l.Wage, &programs, &l.Amount, &l.Employee, &l.Price, &l.Outcome); err != nil {
			return err
		}
		l.Month = jaring.Month(month)
		var err error
		l.Programs, err = jaring.ParsePrograms(programs)
		out = append(out, l)
		return err
	})
	return out, err
}

// FindEmployerLines gives the lines of a bill, month by month.
func (tx *Tx) FindEmployerLines(employer jaring.EmployerID, bill string) ([]EmployerLine, error) {
	return tx.employerLines(`WHERE employer_id = $1 AND bill_id = $2 ORDER BY month, membership_id`, string(employer), bill)
}

// BilledLines gives the lines of all bills of an employer that were not called off, in the order of the bills.
func (tx *Tx) BilledLines(employer jaring.EmployerID) ([]EmployerLine, error) {
	return tx.employerLines(`WHERE employer_id = $1 AND bill_id IN (SELECT bill_id FROM employer_bill WHERE employer_id = $1 AND state <> 'cancelled') ORDER BY bill_id, month, membership_id`,
		string(employer))
}

// WageRecord is what somebody earned in a month, as it was told.
type WageRecord struct {
	Employer   jaring.EmployerID
	Month      jaring.Month
	Membership jaring.MembershipID
	Wage       jaring.Rupiah
	By         jaring.AccountID
	At         time.Time
}

// PutWage writes the wage of a month; told again it is the newer word.
func (tx *Tx) PutWage(w WageRecord) error {
	return tx.queue(`INSERT INTO employer_wage (employer_id, month, membership_id, wage, told_by, told_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (employer_id, month, membership_id) DO UPDATE SET wage = excluded.wage, told_by = excluded.told_by, told_at = excluded.told_at`,
		string(w.Employer), int64(w.Month), string(w.Membership), int64(w.Wage), string(w.By), millis(w.At))
}

// FindWages gives what was told of an employer's wages, month by month.
func (tx *Tx) FindWages(employer jaring.EmployerID) (out []WageRecord, err error) {
	err = tx.each(`SELECT month, membership_id, wage, told_by, told_at FROM employer_wage WHERE employer_id = $1 ORDER BY month, membership_id`, []any{string(employer)}, func(r rows) error {
		w := WageRecord{Employer: employer}
		var month, at int64
		err := r.Scan(&month, &w.Membership, &w.Wage, &w.By, &at)
		w.Month, w.At = jaring.Month(month), moment(at)
		out = append(out, w)
		return err
	})
	return out, err
}
