package wire

// TicketCheck is the body of ticket.check: a ticket was let in at a gate.
type TicketCheck struct {
	Campaign string `json:"campaign_id" format:"uuid"`
	Code     string `json:"code" doc:"of the ticket, as scanned or typed"`
	Gate     string `json:"gate"`
}

// StampGive is the body of stamp.give: somebody with a ticket was at a stand.
type StampGive struct {
	Campaign string `json:"campaign_id" format:"uuid"`
	Code     string `json:"code" doc:"of the ticket, as scanned or typed"`
	Stand    string `json:"stand_id" format:"uuid"`
}
