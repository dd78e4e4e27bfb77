package store

import "jaring/internal/jaring"

// TurnRow is a number of a day at a service desk.
type TurnRow struct {
	jaring.Turn
	Service   jaring.ServiceID
	Day       jaring.Day
	Operation jaring.OperationID // that took it
	OwnPhone  bool
}

// TakeServiceNumber allots the next number of a topic on a day, from 1.
func (tx *Tx) TakeServiceNumber(id jaring.ServiceID, day jaring.Day, topic jaring.ServiceTopic) (int, error) {
	first, err := tx.TakeNumbers("service-"+string(id)+"-"+topic.Letter(), int(day), 1)
	return int(first) + 1, err
}

// AddTurn puts a number into the queue of its day.
func (tx *Tx) AddTurn(t *TurnRow) error {
	return tx.queue(`INSERT INTO service_turn (service_id, day, topic, number, operation_id, own_phone, state, desk, taken_at, called_at, ended_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		string(t.Service), t.Day.String(), t.Topic, int64(t.Number), string(t.Operation), bit(t.OwnPhone), string(t.State), t.Desk, millis(t.TakenAt), millis(t.CalledAt), millis(t.EndedAt))
}

// MoveTurn writes how far a number has come, if it still stands where it was read; moved is false else.
func (tx *Tx) MoveTurn(t *TurnRow, was jaring.QueueState) (moved bool, err error) {
	n, err := tx.exec(`UPDATE service_turn SET state = $5, desk = $6, called_at = $7, ended_at = $8 WHERE service_id = $1 AND day = $2 AND topic = $3 AND number = $4 AND state = $9`,
		string(t.Service), t.Day.String(), t.Topic, int64(t.Number), string(t.State), t.Desk, millis(t.CalledAt), millis(t.EndedAt), string(was))
	return n > 0, err
}

// FindTurns gives the numbers of a day in the order in which they were taken.
func (tx *Tx) FindTurns(id jaring.ServiceID, day jaring.Day) (out []TurnRow, err error) {
	err = tx.each(`SELECT topic, number, operation_id, own_phone, state, desk, taken_at, called_at, ended_at FROM service_turn WHERE service_id = $1 AND day = $2 ORDER BY taken_at, topic, number`,
		[]any{string(id), day.String()}, func(r rows) error {
			t := TurnRow{Service: id, Day: day}
			var own, taken, called, ended int64
			err := r.Scan(&t.Topic, &t.Number, &t.Operation, &own, &t.State, &t.Desk, &taken, &called, &ended)
			t.OwnPhone, t.TakenAt, t.CalledAt, t.EndedAt = own != 0, moment(taken), moment(called), moment(ended)
			out = append(out, t)
			return err
		})
	return out, err
}

// CountTurns gives how many numbers of a desk there were in each state from a day on.
func (tx *Tx) CountTurns(id jaring.ServiceID, from jaring.Day) (map[jaring.QueueState]int, error) {
	out := map[jaring.QueueState]int{}
	err := tx.each(`SELECT state, count(*) FROM service_turn WHERE service_id = $1 AND day >= $2 GROUP BY state`, []any{string(id), from.String()}, func(r rows) error {
		var state jaring.QueueState
		var n int
		err := r.Scan(&state, &n)
		out[state] = n
		return err
	})
	return out, err
}
