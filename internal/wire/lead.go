package wire

import "jaring/internal/jaring"

// Lead is the body of lead.note: somebody whom an agent met and who is not registered yet.
type Lead struct {
	Name     string     `json:"name" doc:"or a nickname"`
	Phone    string     `json:"phone,omitempty" doc:"with the person's consent"`
	Business string     `json:"business,omitempty"`
	State    string     `json:"state,omitempty" enum:"contacted,interested,appointment,refused" doc:"interested when left out"`
	NextDay  jaring.Day `json:"next_day,omitzero" format:"date" doc:"to come back: makes an appointment"`
	Note     string     `json:"note,omitempty"`
	Area     string     `json:"area,omitempty" doc:"dotted code"`
	Stand    string     `json:"stand,omitempty" doc:"where they were met"`
	StandID  string     `json:"stand_id,omitempty" format:"uuid" doc:"of the campaign's hall; its number and name then stand for stand"`
	Campaign string     `json:"campaign_id,omitempty" format:"uuid"`
	Partner  string     `json:"partner_id,omitempty" format:"uuid" doc:"who sent them"`
}

// Domain is the note as the office keeps it.
func (l Lead) Domain() jaring.Lead {
	return jaring.Lead{Name: l.Name, Phone: l.Phone, Business: l.Business, State: jaring.LeadState(l.State), NextDay: l.NextDay, Note: l.Note, Area: l.Area, Stand: l.Stand, StandID: jaring.StandID(l.StandID),
		Campaign: jaring.CampaignID(l.Campaign), Partner: jaring.PartnerID(l.Partner)}
}
