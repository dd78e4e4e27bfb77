package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// hallRoutes are the part of the list of routes that is about the hall of an event: participants and gates,
// stands, the queue, the exchange, and the pages that anybody sees who has a code.
func (s *server) hallRoutes() {
	add(s, route{method: "GET", path: "/campaigns/{id}/hall", act: jaring.ActReadCampaign, summary: "How the hall of an event stands now", answers: []int{404}}, s.getHall)
	add(s, route{method: "POST", path: "/campaigns/{id}/hall", act: jaring.ActManageCampaign, summary: "Plan a hall: gates, topics, stamps, slides", body: hallBody{}, answers: []int{404, 409}}, s.setHall)
	add(s, route{method: "POST", path: "/campaigns/{id}/media", act: jaring.ActManageCampaign, summary: "Send a picture (JPEG, PNG) or a film (MP4) for the slides", status: http.StatusCreated, raw: true, maxBody: jaring.MaxMediaSent + 1,
		answers: []int{404, 409, 413}}, s.addMedia)
	add(s, route{method: "GET", path: "/campaigns/{id}/participants", act: jaring.ActManageCampaign, summary: "Who is on the list of an event", answers: []int{404}}, s.findParticipants)
	add(s, route{method: "POST", path: "/campaigns/{id}/participants", act: jaring.ActManageCampaign, summary: "Put people on the list of an event", status: http.StatusCreated, body: participantsBody{}, maxBody: 1 << 20, answers: []int{404, 409, 413}}, s.addParticipants)
	add(s, route{method: "POST", path: "/campaigns/{id}/participants/{participant_id}", act: jaring.ActManageCampaign, summary: "Cancel a ticket, or note that the prize is out", status: http.StatusNoContent, body: participantActBody{}, answers: []int{404, 409}}, s.actOnParticipant)
	add(s, route{method: "GET", path: "/campaigns/{id}/tickets/document", act: jaring.ActManageCampaign, summary: "All tickets on sheets to be cut, as PDF", answers: []int{404}}, s.ticketsDocument)
	add(s, route{method: "GET", path: "/campaigns/{id}/stands", act: jaring.ActReadCampaign, summary: "The stands of an event", answers: []int{404}}, s.findStands)
	add(s, route{method: "POST", path: "/campaigns/{id}/stands", act: jaring.ActManageCampaign, summary: "Add a stand or write it anew", body: standBody{}, maxBody: 5 << 20, answers: []int{404, 409, 413}}, s.setStand)
	add(s, route{method: "GET", path: "/campaigns/{id}/queue", act: jaring.ActReadCampaign, summary: "The consultation queue", answers: []int{404}}, s.findQueue)
	add(s, route{method: "POST", path: "/campaigns/{id}/queue", act: jaring.ActCheckTicket, summary: "Take, call or end a number", body: queueBody{}, answers: []int{404, 409}}, s.actOnQueue)
	add(s, route{method: "GET", path: "/campaigns/{id}/offers", act: jaring.ActManageCampaign, summary: "What owners offer and look for, and who fits whom", answers: []int{404}}, s.findOffers)
	add(s, route{method: "POST", path: "/campaigns/{id}/offers", act: jaring.ActManageCampaign, summary: "Note or close an offer or a need", body: offerBody{}, answers: []int{404, 409}}, s.actOnOffers)
	add(s, route{method: "POST", path: "/campaigns/{id}/announcements", act: jaring.ActManageCampaign, summary: "Let the screen of a hall say something, or end it", body: announcementBody{}, answers: []int{404, 409}}, s.announce)

	add(s, route{method: "GET", path: "/field/gate", act: jaring.ActCheckTicket, summary: "What a phone at a gate carries"}, s.gatePack)
	add(s, route{method: "GET", path: "/kiosk/loop", who: public, summary: "The loop that a screen's token shows", answers: []int{403}}, s.kioskLoop)
	add(s, route{method: "GET", path: "/public/tickets/{code}", who: public, summary: "A ticket, for who holds its code", answers: []int{404, 429}}, s.publicTicket)
	add(s, route{method: "GET", path: "/public/stands/{code}", who: public, summary: "A stand that shows itself", answers: []int{404, 429}}, s.publicStand)
	add(s, route{method: "GET", path: "/public/stands/{code}/photos/{product_id}", who: public, summary: "The photo of a product", answers: []int{404, 429}}, s.standPhoto)
	add(s, route{method: "GET", path: "/public/halls/{code}", who: public, summary: "The page where people sign up for an event", answers: []int{404, 429}}, s.getEntry)
	add(s, route{method: "POST", path: "/public/halls/{code}", who: public, summary: "Sign up for an event", status: http.StatusCreated, body: signUpBody{}, answers: []int{404, 409, 429}}, s.signUp)
}
