package jaring

// Kinds of events about agents and campaigns.
const (
	ApplicationReceived  EventKind = "application.received"
	ApplicationPresented EventKind = "application.presented"
	ApplicationDecided   EventKind = "application.decided"
	ApplicationWithdrawn EventKind = "application.withdrawn" // by the applicant
	ApplicationEmptied   EventKind = "application.emptied"   // by the calendar
	ClassAdded           EventKind = "class.added"
	ClassClosed          EventKind = "class.closed"
	SeatTaken            EventKind = "class.seat_taken"
	SeatLeft             EventKind = "class.seat_left"
	Attended             EventKind = "class.attended"
	ClassJudged          EventKind = "class.judged"
	CertificateIssued    EventKind = "certificate.issued"
	CertificateSuspended EventKind = "certificate.suspended"
	CertificateResumed   EventKind = "certificate.resumed"
	CertificateRevoked   EventKind = "certificate.revoked"
	KitAdded             EventKind = "kit.added"
	KitHandedOut         EventKind = "kit.handed_out"
	KitReturned          EventKind = "kit.returned"
	TerritoryAssigned    EventKind = "territory.assigned"
	AgentPhotoSet        EventKind = "agent.photo_set"
	CampaignPlanned      EventKind = "campaign.planned"
	CampaignChanged      EventKind = "campaign.changed"
	CampaignOpened       EventKind = "campaign.opened"
	CampaignPaused       EventKind = "campaign.paused"
	CampaignResumed      EventKind = "campaign.resumed"
	CampaignClosed       EventKind = "campaign.closed"
	CampaignSealed       EventKind = "campaign.sealed"
	CampaignCancelled    EventKind = "campaign.cancelled"
	CaptureDecided       EventKind = "campaign.capture_decided"
	KioskOpened          EventKind = "campaign.kiosk_opened"
	KioskClosed          EventKind = "campaign.kiosk_closed"
	LanesDrawn           EventKind = "place.lanes_drawn"
	WorkerRejoined       EventKind = "worker.rejoined" // cover had ended; a new membership of the same person
	PhotoAdded           EventKind = "worker.photo_added"
)
