package jaring

import "time"

// QueueState is how far somebody in a queue has come.
type QueueState string

// States: waiting → called → done or no_show; who was called may be called again.
const (
	QueueWaiting QueueState = "waiting"
	QueueCalled  QueueState = "called"
	QueueDone    QueueState = "done"
	QueueNoShow  QueueState = "no_show"
)

// QueueStates lists all states.
var QueueStates = []QueueState{QueueWaiting, QueueCalled, QueueDone, QueueNoShow}

// Turn is a number in a queue: of a hall, or of a day at a service desk.
type Turn struct {
	Number   int
	Topic    string
	State    QueueState
	Desk     string // where a called number is to come
	TakenAt  time.Time
	CalledAt time.Time
	EndedAt  time.Time
}

// Move takes a number a step on. Errors: queue.is_waiting, queue.is_called, queue.is_done, queue.is_no_show.
func (t *Turn) Move(to QueueState, desk string, now time.Time) error {
	switch {
	case to == QueueCalled && (t.State == QueueWaiting || t.State == QueueCalled || t.State == QueueNoShow):
		t.State, t.Desk, t.CalledAt, t.EndedAt = to, desk, now, time.Time{}
	case (to == QueueDone || to == QueueNoShow) && t.State == QueueCalled:
		t.State, t.EndedAt = to, now
	default:
		return NewError(Conflict, "queue.is_"+string(t.State))
	}
	return nil
}

// JudgeMove judges what a desk says of a number: where it is called to, or that it is over.
// Errors: field.required, field.too_long, queue.state_unknown.
func JudgeMove(to QueueState, desk string) (string, error) {
	switch to {
	case QueueCalled:
		desk, faults := NewHallWord("desk", desk)
		return desk, faults.OrNil()
	case QueueDone, QueueNoShow:
		return desk, nil
	}
	return "", Errors{NewError(Invalid, "queue.state_unknown").At("to")}
}

// PickTurn finds in a queue, which is in its order, the number that is told, among those of a topic when one is told;
// number 0 is the first that waits. Errors: queue.unknown, queue.empty.
func PickTurn[T any](queue []T, turn func(T) Turn, number int, topic string) (at int, err error) {
	for i, one := range queue {
		t := turn(one)
		if topic != "" && t.Topic != topic {
			continue
		}
		if number > 0 && t.Number == number || number == 0 && t.State == QueueWaiting {
			return i, nil
		}
	}
	if number > 0 {
		return -1, NewError(NotFound, "queue.unknown")
	}
	return -1, NewError(Conflict, "queue.empty")
}
