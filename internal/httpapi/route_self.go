package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// selfRoutes are the part of the list of routes by which people register themselves.
func (s *server) selfRoutes() {
	add(s, route{method: "GET", path: "/self/{id}/sources", act: jaring.ActManageCampaign, summary: "QR codes of a campaign by which people register themselves", answers: []int{404}}, s.findSelfSources)
	add(s, route{method: "POST", path: "/self/{id}/sources", act: jaring.ActManageCampaign, summary: "A QR code by which people register themselves", status: http.StatusCreated,
		body: selfSourceBody{}, answers: []int{404, 409}}, s.openSelfSource)
	add(s, route{method: "POST", path: "/self/{id}/sources/{source_id}/closing", act: jaring.ActManageCampaign, summary: "Such a QR code opens nothing any more", status: http.StatusNoContent,
		answers: []int{404}}, s.closeSelfSource)
	add(s, route{method: "GET", path: "/self/{id}/orders", act: jaring.ActManageCampaign, summary: "Forms that came from people's own phones", answers: []int{404}}, s.findSelfOrders)

	add(s, route{method: "GET", path: "/public/self/{token}", who: public, summary: "Where the form of a QR code was opened", answers: []int{404, 429}}, s.selfPage)
	add(s, route{method: "POST", path: "/public/self/{token}/codes", who: public, summary: "Send a one-time code to a phone", status: http.StatusAccepted, body: selfPhoneBody{}, answers: []int{404, 409, 429, 503}}, s.askOneTimeCode)
	add(s, route{method: "POST", path: "/public/self/{token}/proofs", who: public, summary: "Type the one-time code", body: selfCodeBody{}, answers: []int{404, 429}}, s.tryOneTimeCode)
	add(s, route{method: "POST", path: "/public/self/{token}/registrations", who: public, summary: "Register oneself: the answer is the same whether one was known or not", status: http.StatusAccepted,
		body: selfBody{}, answers: []int{404, 409, 429}}, s.registerSelf)
}
