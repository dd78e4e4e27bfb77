package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// outreachRoutes are the part of the list of routes that is about meeting people before they are registered:
// guests, partners, leads, and what surrounds a campaign.
func (s *server) outreachRoutes() {
	add(s, route{method: "GET", path: "/campaigns/{id}/guests", act: jaring.ActReadCampaign, summary: "Who is invited, and who came", answers: []int{404}}, s.findGuests)
	add(s, route{method: "POST", path: "/campaigns/{id}/guests", act: jaring.ActManageGuest, summary: "Invite people or groups", status: http.StatusCreated, body: guestsBody{}, answers: []int{404, 409}}, s.addGuests)
	add(s, route{method: "POST", path: "/campaigns/{id}/guests/{guest_id}/state", act: jaring.ActMarkGuest, summary: "What became of an invitation", body: guestStateBody{}, answers: []int{404, 409}}, s.setGuest)
	add(s, route{method: "DELETE", path: "/campaigns/{id}/guests/{guest_id}", act: jaring.ActManageGuest, summary: "Take an invitation away", status: http.StatusNoContent, answers: []int{404}}, s.removeGuest)
}
