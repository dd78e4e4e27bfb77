package httpapi

import (
	"net/http"
	"time"

	"jaring/internal/jaring"
)

// rosterPatience is for the body of a list, sent over a village's line.
const rosterPatience = 10 * time.Minute

// sponsorRoutes are the part of the list of routes that is about sponsors, their agreements and their lists.
func (s *server) sponsorRoutes() {
	add(s, route{method: "GET", path: "/sponsors", act: jaring.ActFindSponsor, summary: "Sponsors and their agreements"}, s.findSponsors)
	add(s, route{method: "POST", path: "/sponsors", act: jaring.ActManageSponsor, summary: "Add a sponsor", status: http.StatusCreated, body: sponsorBody{}}, s.addSponsor)
	add(s, route{method: "GET", path: "/sponsors/{id}", act: jaring.ActFindSponsor, summary: "A sponsor with its agreements", answers: []int{404}}, s.getSponsor)
	add(s, route{method: "POST", path: "/sponsors/{id}/agreements", act: jaring.ActManageSponsor, summary: "Enter an agreement, for a second person to approve", status: http.StatusCreated,
		body: agreementBody{}, answers: []int{404}}, s.addAgreement)
	add(s, route{method: "GET", path: "/sponsors/{id}/agreements/{agreement_id}", act: jaring.ActFindSponsor, summary: "An agreement with its lists and what is left of it", answers: []int{404}}, s.getAgreement)
	add(s, route{method: "POST", path: "/sponsors/{id}/agreements/{agreement_id}/change", act: jaring.ActManageSponsor, summary: "Write an agreement anew; it has to be approved once more",
		body: agreementBody{}, answers: []int{404, 409, 428}}, s.changeAgreement)
	add(s, route{method: "POST", path: "/sponsors/{id}/agreements/{agreement_id}/approval", act: jaring.ActApproveSponsor, summary: "Approve an agreement as the second person", body: emptyBody{},
		answers: []int{404, 409, 428}}, s.approveAgreement)
	add(s, route{method: "POST", path: "/sponsors/{id}/agreements/{agreement_id}/rosters", act: jaring.ActManageSponsor, summary: "Send a list, XLSX or CSV, as the body; it is judged soon after",
		status: http.StatusAccepted, raw: true, answers: []int{404, 409, 413}}, s.sendRoster)
	add(s, route{method: "GET", path: "/sponsors/{id}/agreements/{agreement_id}/template.xlsx", act: jaring.ActFindSponsor, summary: "An empty list, with the villages and occupations of the agreement",
		answers: []int{404}}, s.rosterTemplate)

	add(s, route{method: "GET", path: "/rosters/{id}", act: jaring.ActFindSponsor, summary: "How far a list has come", answers: []int{404}}, s.getRoster)
	add(s, route{method: "POST", path: "/rosters/{id}/file", act: jaring.ActManageSponsor, summary: "Send a list once more, mended", status: http.StatusAccepted,
		raw: true, answers: []int{404, 409, 413}}, s.replaceRoster)
	add(s, route{method: "GET", path: "/rosters/{id}/findings", act: jaring.ActFindSponsor, summary: "What there is to say of a list's rows", answers: []int{404}}, s.findRosterFindings)
	add(s, route{method: "GET", path: "/rosters/{id}/findings.xlsx", act: jaring.ActManageSponsor, summary: "The list as it was sent, with its findings, to be mended", answers: []int{404}}, s.rosterSheet)
	add(s, route{method: "POST", path: "/rosters/{id}/rows/{row}/mend", act: jaring.ActManageSponsor, summary: "Mend a row beside the file, accept it, leave it out, or undo that", body: mendBody{},
		answers: []int{404, 409}}, s.mendRosterRow)
	add(s, route{method: "POST", path: "/rosters/{id}/mend", act: jaring.ActManageSponsor, summary: "Take what is offered for all findings of a kind", body: takeBody{},
		answers: []int{404, 409}}, s.takeRosterSuggestions)
	add(s, route{method: "POST", path: "/rosters/{id}/cancellation", act: jaring.ActManageSponsor, summary: "Call a list off that is not approved", body: emptyBody{}, answers: []int{404, 409}}, s.cancelRoster)
	add(s, route{method: "POST", path: "/rosters/{id}/withdrawal", act: jaring.ActApproveSponsor, summary: "Call off the bill of a list that is not paid: nothing is owed for it any more", body: reasonBody{},
		answers: []int{404, 409}}, s.withdrawRoster)
	add(s, route{method: "POST", path: "/rosters/{id}/approval", act: jaring.ActApproveSponsor, summary: "Approve a list as the second person: its people come in together", body: rosterApprovalBody{},
		status: http.StatusAccepted, answers: []int{404, 409}}, s.approveRoster)
	add(s, route{method: "POST", path: "/rosters/{id}/settlement", act: jaring.ActSettle, summary: "Record that the money of a list's bill is with the fund", body: groupPaymentBody{},
		status: http.StatusAccepted, answers: []int{404, 409}}, s.settleRoster)
	add(s, route{method: "GET", path: "/rosters/{id}/people", act: jaring.ActFindSponsor, summary: "The people of an enrolled list", answers: []int{404}}, s.findRosterPeople)
}
