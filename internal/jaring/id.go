package jaring

// Ids are UUIDv7 in text: made before the first try of an act, so that a retry
// after an unknown outcome is the same act (see the write path).
type (
	WorkerID     string // a person
	MembershipID string // one stay of a person in a segment
	QuoteID      string
	OperationID  string // one act as its sender named it
	EventID      string
	ReviewID     string
	AccountID    string // somebody who can log in; agents are accounts
	OfficeID     string
	DeviceID     string
	CampaignID   string
	PlaceID      string

	ApplicationID string // somebody who wants to be an agent
	ClassID       string
	CertificateID string
	KitID         string
	TeamID        string
	LaneID        string // a row of a market
	LotID         string // a stall, a table, a place on the ground
	PhotoID       string

	PartnerID string
	GuestID   string // an invitation to a campaign
	LeadID    string // somebody who was met; the id of the operation that told it

	ServiceID     string // a service desk
	ServiceCaseID string // what somebody brought there
)

// IsUUID reports whether s is a UUID in lower-case canonical text.
func IsUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range 36 {
		c := s[i]
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case (c < '0' || c > '9') && (c < 'a' || c > 'f'):
			return false
		}
	}
	return true
}
