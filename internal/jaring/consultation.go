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

// Consultation is a number in the queue of a hall. The screen shows the number alone.
type Consultation struct {
	Campaign    CampaignID
	Number      int
	Operation   OperationID // that took it
	Topic       string
	Participant ParticipantID // empty: somebody without a ticket
	State       QueueState
	Desk        string
	TakenAt     time.Time
	CalledAt    time.Time
	EndedAt     time.Time
}

// Move takes a number a step on. Errors: queue.is_waiting, queue.is_called, queue.is_done, queue.is_no_show.
func (c *Consultation) Move(to QueueState, desk string, now time.Time) error {
	switch {
	case to == QueueCalled && (c.State == QueueWaiting || c.State == QueueCalled || c.State == QueueNoShow):
		c.State, c.Desk, c.CalledAt, c.EndedAt = to, desk, now, time.Time{}
	case (to == QueueDone || to == QueueNoShow) && c.State == QueueCalled:
		c.State, c.EndedAt = to, now
	default:
		return NewError(Conflict, "queue.is_"+string(c.State))
	}
	return nil
}
