package jaring

// Kinds of events about the hall of an event.
const (
	HallPlanned          EventKind = "hall.planned"
	ParticipantsAdded    EventKind = "hall.participants_added"
	ParticipantCancelled EventKind = "hall.participant_cancelled"
	ParticipantPlaced    EventKind = "hall.participant_placed" // at a stand
	PrizeHanded          EventKind = "hall.prize_handed"
	StandSet             EventKind = "hall.stand_set"
	OfferAdded           EventKind = "hall.offer_added"
	OfferClosed          EventKind = "hall.offer_closed"
	AnnouncementMade     EventKind = "hall.announcement_made"
	AnnouncementEnded    EventKind = "hall.announcement_ended"
)

// Acts of phones in a hall. Who may check tickets may do the rest.
const (
	ActCheckTicket Act = "ticket.check"
	ActGiveStamp   Act = "stamp.give"
)
