package store

import (
	"time"

	"jaring/internal/jaring"
)

// ReminderRecord is what a person was told, or is to be told, about the end of cover.
type ReminderRecord struct {
	ID        string // of the letter, for ever: a UUIDv7
	Worker    jaring.WorkerID
	End       jaring.Day // last day of cover
	Kind      jaring.ReminderKind
	State     jaring.ReminderState
	NotBefore time.Time
	MadeAt    time.Time
	MadeBy    jaring.AccountID // nobody: the calendar
	TakenAt   time.Time
	DoneAt    time.Time
	Channel   string
	GatewayID string
	Progress  string // the gateway's own word
	Failed    string // channels by which it never came, with commas
	Why       string // key of what speaks against it
}

const reminderColumns = `worker_id, end_day, kind, reminder_id, state, not_before, made_at, made_by, taken_at, done_at, channel, gateway_id, progress, failed, why`

// AddReminder inserts a reminder, unless there is one of its kind for that end. It tells whether it did.
func (tx *Tx) AddReminder(r *ReminderRecord) (added bool, err error) {
	n, err := tx.exec(addReminder, reminderArgs(r)...)
	return n == 1, err
}

// AddReminders inserts those of a list that are not there yet.
func (tx *Tx) AddReminders(list []*ReminderRecord) error {
	for _, r := range list {
		if err := tx.queue(addReminder, reminderArgs(r)...); err != nil {
			return err
		}
	}
	return nil
}

const addReminder = `INSERT INTO reminder (` + reminderColumns + `) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,0,'','','','',$9) ON CONFLICT (worker_id, end_day, kind) DO NOTHING`

func reminderArgs(r *ReminderRecord) []any {
	return []any{string(r.Worker), r.End.String(), string(r.Kind), r.ID, string(r.State), millis(r.NotBefore), millis(r.MadeAt), string(r.MadeBy), r.Why}
}

func (tx *Tx) reminders(where string, args ...any) (out []*ReminderRecord, err error) {
	err = tx.each(`SELECT `+reminderColumns+` FROM reminder `+where, args, func(r rows) error {
		m := &ReminderRecord{}
		var end string
		var before, made, taken, done int64
		err := r.Scan(&m.Worker, &end, &m.Kind, &m.ID, &m.State, &before, &made, &m.MadeBy, &taken, &done, &m.Channel, &m.GatewayID, &m.Progress, &m.Failed, &m.Why)
		if err != nil {
			return err
		}
		m.NotBefore, m.MadeAt, m.TakenAt, m.DoneAt = moment(before), moment(made), moment(taken), moment(done)
		out = append(out, m)
		return m.End.UnmarshalText([]byte(end))
	})
	return out, err
}

// FindReminders gives all reminders of a person, the oldest first.
func (tx *Tx) FindReminders(worker jaring.WorkerID) ([]*ReminderRecord, error) {
	return tx.reminders(`WHERE worker_id = $1 ORDER BY made_at, reminder_id`, string(worker))
}

// FindRemindersOf gives the reminders of persons for ends from a day on, the oldest first.
func (tx *Tx) FindRemindersOf(workers []jaring.WorkerID, from jaring.Day) ([]*ReminderRecord, error) {
	if len(workers) == 0 {
		return nil, nil
	}
	args := append([]any{from.String()}, texts(workers)...)
	return tx.reminders(`WHERE end_day >= $1 AND worker_id IN (`+marks(2, len(workers))+`) ORDER BY made_at, reminder_id`, args...)
}

// FindWaitingReminders gives reminders that may go at a moment, the first due first.
func (tx *Tx) FindWaitingReminders(at time.Time, limit int) ([]*ReminderRecord, error) {
	return tx.reminders(`WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, worker_id LIMIT $2`, millis(at), int64(limit))
}

// ReminderOfLetter gives the reminder that a letter was; nil for none.
func (tx *Tx) ReminderOfLetter(id string) (*ReminderRecord, error) {
	found, err := tx.reminders(`WHERE reminder_id = $1`, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// MoveReminder writes what became of a reminder, if it stands where it was thought to stand.
func (tx *Tx) MoveReminder(r *ReminderRecord, was jaring.ReminderState) (moved bool, err error) {
	n, err := tx.exec(`UPDATE reminder SET state = $4, not_before = $5, taken_at = $6, done_at = $7, channel = $8, gateway_id = $9, progress = $10, failed = $11, why = $12
		WHERE worker_id = $1 AND end_day = $2 AND kind = $3 AND state = $13`,
		string(r.Worker), r.End.String(), string(r.Kind), string(r.State), millis(r.NotBefore), millis(r.TakenAt), millis(r.DoneAt), r.Channel, r.GatewayID, r.Progress,
		r.Failed, r.Why, string(was))
	return n == 1, err
}

// LoseReminders calls reminders unknown that were taken before a moment and never heard of again:
// the process died, and they may have been sent.
func (tx *Tx) LoseReminders(before time.Time) (int64, error) {
	return tx.exec(`UPDATE reminder SET state = 'unknown', why = 'message.outcome_unknown' WHERE state = 'under_way' AND taken_at < $1`, millis(before))
}

// ReminderRun is how far the selection of a kind has come at an office.
type ReminderRun struct {
	Office jaring.OfficeID
	End    jaring.Day
	Kind   jaring.ReminderKind
	After  jaring.WorkerID // the last one looked at
	Made   int64
	DoneAt time.Time // zero while it goes on
}

// GetReminderRun gives how far a selection has come; from the beginning when it is new.
func (tx *Tx) GetReminderRun(office jaring.OfficeID, end jaring.Day, kind jaring.ReminderKind) (ReminderRun, error) {
	r := ReminderRun{Office: office, End: end, Kind: kind, After: firstUUID}
	var done int64
	_, err := tx.one(`SELECT after_id, made, done_at FROM reminder_run WHERE office_id = $1 AND end_day = $2 AND kind = $3`,
		[]any{string(office), end.String(), string(kind)}, &r.After, &r.Made, &done)
	r.DoneAt = moment(done)
	return r, err
}

// PutReminderRun writes how far a selection has come.
func (tx *Tx) PutReminderRun(r ReminderRun) error {
	return tx.queue(`INSERT INTO reminder_run (office_id, end_day, kind, after_id, made, done_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (office_id, end_day, kind) DO UPDATE SET after_id = excluded.after_id, made = excluded.made, done_at = excluded.done_at`,
		string(r.Office), r.End.String(), string(r.Kind), string(r.After), r.Made, millis(r.DoneAt))
}

// Lapsing is what the selection of reminders needs to know of a person.
type Lapsing struct {
	Worker   jaring.WorkerID
	PaidTo   jaring.Month
	Standing jaring.Standing
	Phone    string
}

// LapsingSQL reads them. Exported, so that the raw engine can be measured with the same statement.
const LapsingSQL = `SELECT worker_id, paid_to, status, phone FROM worker WHERE office_id = $1 AND paid_to = $2 AND paid_to > 0 AND worker_id > $3 ORDER BY worker_id LIMIT $4`

// FindLapsing gives persons of an office whose paid months end with a month, in the order of their ids.
func (tx *Tx) FindLapsing(office jaring.OfficeID, month jaring.Month, after jaring.WorkerID, limit int) (out []Lapsing, err error) {
	err = tx.each(LapsingSQL,
		[]any{string(office), int64(month), string(after), int64(limit)}, func(r rows) error {
			var l Lapsing
			err := r.Scan(&l.Worker, &l.PaidTo, &l.Standing, &l.Phone)
			out = append(out, l)
			return err
		})
	return out, err
}
