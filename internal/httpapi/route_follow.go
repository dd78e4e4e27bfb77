package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// followRoutes are the part of the list of routes that is about what follows once a sponsor pays: who leaves and comes,
// reports, printed cards, ceremonies.
func (s *server) followRoutes() {
	const pact = "/sponsors/{id}/agreements/{agreement_id}"
	add(s, route{method: "GET", path: "/sponsors/{id}/report", act: jaring.ActFindSponsor, summary: "A sponsor's report of a month, and what comes next", answers: []int{404}}, s.reportSponsor)
	add(s, route{method: "GET", path: "/sponsors/{id}/report/document", act: jaring.ActFindSponsor, summary: "A sponsor's report as PDF", answers: []int{404}}, s.reportDocument)
	add(s, route{method: "GET", path: "/sponsors/{id}/report/sheet", act: jaring.ActFindSponsor, summary: "A sponsor's report as a spreadsheet, with everybody whose cover ends", answers: []int{404}}, s.reportSheet)
	add(s, route{method: "GET", path: pact + "/people", act: jaring.ActFindSponsor, summary: "The people for whom an agreement pays", answers: []int{404}}, s.findSponsored)
	add(s, route{method: "GET", path: pact + "/cards", act: jaring.ActManageSponsor, summary: "Proofs of cover on sheets to be cut, as PDF", answers: []int{404}}, s.proofCards)
	add(s, route{method: "GET", path: pact + "/departures", act: jaring.ActFindSponsor, summary: "Who dropped out, and who takes the places", answers: []int{404}}, s.findDepartures)
	add(s, route{method: "POST", path: pact + "/departures", act: jaring.ActManageSponsor, summary: "Say that somebody drops out, for a second person to approve", status: http.StatusCreated,
		body: dropOutBody{}, answers: []int{404, 409}}, s.proposeLeave)
	add(s, route{method: "POST", path: pact + "/departures/{departure_id}/heir", act: jaring.ActManageSponsor, summary: "Propose somebody for a place; judged as a row of a list", body: heirBody{},
		answers: []int{404, 409}}, s.proposeHeir)
	add(s, route{method: "POST", path: pact + "/departures/{departure_id}/approval", act: jaring.ActApproveSponsor, summary: "Approve, as the second person, that somebody drops out and who comes",
		body: emptyBody{}, answers: []int{404, 409}}, s.approveLeave)
	add(s, route{method: "POST", path: pact + "/departures/{departure_id}/cancellation", act: jaring.ActManageSponsor, summary: "Take back what is proposed and not approved", body: emptyBody{},
		answers: []int{404, 409}}, s.cancelLeave)
	add(s, route{method: "POST", path: pact + "/replacements", act: jaring.ActManageSponsor, summary: "Propose the people of a small list, XLSX or CSV, for the places that are free",
		maxBody: 1 << 20, answers: []int{404, 409, 413}}, s.proposeHeirs)
	add(s, route{method: "POST", path: "/public/cards/check", who: public, summary: "Is the bearer of a proof of cover protected today?", body: cardCheckBody{}, answers: []int{404, 429}}, s.checkCard)

	add(s, route{method: "GET", path: "/handovers/{id}", act: jaring.ActReadCampaign, summary: "A handover ceremony: what is handed over, to whom, who came", answers: []int{404, 409}}, s.getHandover)
	add(s, route{method: "POST", path: "/handovers/{id}", act: jaring.ActManageCampaign, summary: "Say which agreement a ceremony hands over and who receives it for all", body: handoverBody{},
		answers: []int{404, 409}}, s.setHandover)
	add(s, route{method: "GET", path: "/handovers/{id}/document", act: jaring.ActManageCampaign, summary: "What an official hands out after a ceremony, as PDF", answers: []int{404, 409}}, s.handoverDocument)
}
