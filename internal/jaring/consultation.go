package jaring

// Consultation is a number in the queue of a hall. The screen shows the number alone.
type Consultation struct {
	Turn
	Campaign    CampaignID
	Operation   OperationID   // that took it
	Participant ParticipantID // empty: somebody without a ticket
}
