package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// outreachRoutes are the part of the list of routes that is about meeting people before they are registered:
// guests, partners, leads, and what surrounds a campaign.
func (s *server) outreachRoutes() {
	add(s, route{method: "GET", path: "/campaigns/{id}/guests", act: jaring.ActReadCampaign, summary: "Who is invited, and who came", answers: []int{404}}, s.findGuests)
	add(s, route{method: "POST", path: "/campaigns/{id}/guests", act: jaring.ActManageGuest, summary: "Invite people or groups", status: http.StatusCreated, body: guestsBody{}, answers: []int{404, 409}}, s.addGuests)
	add(s, route{method: "POST", path: "/campaigns/{id}/guests/{guest_id}/state", act: jaring.ActMarkGuest, summary: "What became of an invitation", body: guestStateBody{}, answers: []int{404, 409}}, s.setGuest)
	add(s, route{method: "DELETE", path: "/campaigns/{id}/guests/{guest_id}", act: jaring.ActManageGuest, summary: "Take an invitation away", status: http.StatusNoContent, answers: []int{404}}, s.removeGuest)
	add(s, route{method: "GET", path: "/campaigns/{id}/around", act: jaring.ActReadCampaign, summary: "What surrounds a campaign: family, costs, questions, who came, what came of it", answers: []int{404}}, s.getAround)
	add(s, route{method: "POST", path: "/campaigns/{id}/costs", act: jaring.ActManageCampaign, summary: "Write a line of cost", body: costBody{}, answers: []int{404, 409}}, s.putCost)
	add(s, route{method: "DELETE", path: "/campaigns/{id}/costs/{cost_id}", act: jaring.ActManageCampaign, summary: "Take a line of cost away", status: http.StatusNoContent, answers: []int{404}}, s.removeCost)
	add(s, route{method: "POST", path: "/campaigns/{id}/questions", act: jaring.ActManageCampaign, summary: "Write what was asked, and answered", body: questionBody{}, answers: []int{404, 409}}, s.putQuestion)
	add(s, route{method: "DELETE", path: "/campaigns/{id}/questions/{question_id}", act: jaring.ActManageCampaign, summary: "Take a question away", status: http.StatusNoContent, answers: []int{404}}, s.removeQuestion)

	add(s, route{method: "GET", path: "/partners", act: jaring.ActFindPartner, summary: "Partners: who organises, sends and pays with the office"}, s.findPartners)
	add(s, route{method: "POST", path: "/partners", act: jaring.ActManagePartner, summary: "Add a partner", status: http.StatusCreated, body: partnerBody{}}, s.addPartner)
	add(s, route{method: "GET", path: "/partners/{id}", act: jaring.ActFindPartner, summary: "A partner with what it organises, sends and pays", answers: []int{404}}, s.getPartner)
	add(s, route{method: "POST", path: "/partners/{id}/change", act: jaring.ActManagePartner, summary: "Write a partner anew", body: partnerBody{}, answers: []int{404, 409, 428}}, s.changePartner)
	add(s, route{method: "POST", path: "/partners/{id}/pays", act: jaring.ActManagePartner, summary: "Say which sponsor a partner is", body: partnerPaysBody{}, answers: []int{404, 409}}, s.setPartnerPays)

	add(s, route{method: "GET", path: "/leads", act: jaring.ActFindLead, summary: "People who were met and are not registered yet"}, s.findLeads)
	add(s, route{method: "POST", path: "/leads", act: jaring.ActNoteLead, summary: "Note somebody who was met", status: http.StatusCreated, body: wire.Lead{}, answers: []int{400, 409}}, s.addLead)
	add(s, route{method: "GET", path: "/leads/{id}", act: jaring.ActFindLead, summary: "A lead", answers: []int{404}}, s.getLead)
	add(s, route{method: "POST", path: "/leads/{id}/state", act: jaring.ActNoteLead, summary: "How far a lead has come", body: leadStateBody{}, answers: []int{404, 409}}, s.moveLead)
}
