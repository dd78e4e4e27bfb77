package store

import (
	"time"

	"jaring/internal/jaring"
)

// ContactChoice is whether a phone number wants to be written to, and the word that this was heard.
type ContactChoice struct {
	Phone    string // +62…
	Stopped  bool
	At       time.Time
	Letter   string // id of the answer
	Template string
	State    jaring.ReminderState // of the answer
}

// PutContactChoice writes what a number chose last. An older choice, told late, changes nothing.
func (tx *Tx) PutContactChoice(c ContactChoice) (changed bool, err error) {
	n, err := tx.exec(`INSERT INTO contact_choice (phone, stopped, at, letter_id, template, state) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (phone) DO UPDATE SET stopped = excluded.stopped, at = excluded.at, letter_id = excluded.letter_id, template = excluded.template, state = excluded.state
		WHERE contact_choice.at < excluded.at`, c.Phone, bit(c.Stopped), millis(c.At), c.Letter, c.Template, string(c.State))
	return n == 1, err
}

// FindStopped gives those of phone numbers that asked not to be written to.
func (tx *Tx) FindStopped(phones []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(phones) == 0 {
		return out, nil
	}
	err := tx.each(`SELECT phone FROM contact_choice WHERE stopped = 1 AND phone IN (`+marks(1, len(phones))+`)`, texts(phones), func(r rows) error {
		var phone string
		err := r.Scan(&phone)
		out[phone] = true
		return err
	})
	return out, err
}

// FindWaitingAnswers gives choices whose answer was not sent yet, the oldest first.
func (tx *Tx) FindWaitingAnswers(limit int) (out []ContactChoice, err error) {
	err = tx.each(`SELECT phone, stopped, at, letter_id, template, state FROM contact_choice WHERE state = 'waiting' ORDER BY at LIMIT $1`, []any{int64(limit)}, func(r rows) error {
		var c ContactChoice
		var stopped, at int64
		err := r.Scan(&c.Phone, &stopped, &at, &c.Letter, &c.Template, &c.State)
		c.Stopped, c.At = stopped == 1, moment(at)
		out = append(out, c)
		return err
	})
	return out, err
}

// MoveAnswer writes what became of the answer to a choice.
func (tx *Tx) MoveAnswer(phone, letter string, was, is jaring.ReminderState, at time.Time) (moved bool, err error) {
	n, err := tx.exec(`UPDATE contact_choice SET state = $4, taken_at = $5 WHERE phone = $1 AND letter_id = $2 AND state = $3`, phone, letter, string(was), string(is), millis(at))
	return n == 1, err
}
