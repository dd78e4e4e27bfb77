package jaring

import "time"

// Operation is one act as its sender named it: from a screen or from a phone's
// outbox, the same shape and the same way through the house.
type Operation struct {
	ID          OperationID
	Kind        Act
	Device      DeviceID // empty from a screen
	Seq         int64    // the phone's own count
	After       []OperationID
	BaseVersion int64     // version of the record that the sender saw; 0 when not told
	TakenAt     time.Time // when it happened, by the sender's clock
	SaidAt      time.Time // TakenAt as the sender wrote it, when it was corrected; else zero
	ClockTrust  bool      // false when that clock was found to be wrong by more than it may
	ReceivedAt  time.Time // when it came here first; zero means now
	Body        []byte    // JSON, verbatim
}

// OutcomeKind is what became of an operation. The set is closed.
type OutcomeKind string

// Outcomes.
const (
	Accepted        OutcomeKind = "accepted"
	Same            OutcomeKind = "same"     // this operation is here already; the first answer again
	Review          OutcomeKind = "review"   // stored, a person looks
	HeldEarlier     OutcomeKind = "held"     // waits for an earlier one
	Refused         OutcomeKind = "refused"  // by rule, with findings
	ConflictOutcome OutcomeKind = "conflict" // the same id with another content
)

// Outcome is stored with the operation and given again to whoever repeats it.
type Outcome struct {
	Operation  OperationID
	Kind       OutcomeKind
	First      OutcomeKind // for Same: what the first answer was
	Worker     WorkerID
	Membership MembershipID
	Findings   []Finding
	Made       any      // what the act made, for whoever asked; not stored
	Candidate  WorkerID // for Review and worker.already_registered: who may be the same person
}

// Repeats reports how an outcome is told to somebody who sends the operation again.
func (o Outcome) Repeats() Outcome {
	o.First, o.Kind = o.Kind, Same
	return o
}
