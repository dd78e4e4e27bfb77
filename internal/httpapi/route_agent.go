package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// agentRoutes are the part of the list of routes that is about agents: who applies, the
// class, certificates, kit and territory.
func (s *server) agentRoutes() {
	add(s, route{method: "GET", path: "/public/offices", who: public, summary: "Offices at which anybody may apply as an agent", answers: []int{429}}, s.openOffices)
	add(s, route{method: "POST", path: "/public/applications", who: public, summary: "Apply as an agent", status: http.StatusCreated, body: applicationBody{}, answers: []int{400, 409, 429}}, s.addApplication)
	add(s, route{method: "GET", path: "/public/certificates/keys", who: public, summary: "What a phone needs to verify certificates without a network", answers: []int{429}}, s.certificateKeys)
	add(s, route{method: "GET", path: "/public/certificates/{number}", who: public, summary: "Is this agent genuine, and what may he do today?", answers: []int{404, 429}}, s.checkCertificate)
	add(s, route{method: "GET", path: "/public/certificates/{number}/photo", who: public, summary: "The photo of an agent", answers: []int{404, 429}}, s.certificatePhoto)

	add(s, route{method: "GET", path: "/applications", act: jaring.ActDecideApplication, summary: "Who wants to be an agent"}, s.findApplications)
	add(s, route{method: "POST", path: "/applications/{id}/presentation", act: jaring.ActDecideApplication, summary: "The applicant came to the office", body: emptyBody{}, answers: []int{404, 409}}, s.presentApplicant)
	add(s, route{method: "POST", path: "/applications/{id}/decision", act: jaring.ActDecideApplication, summary: "Accept, keep waiting or turn down", body: applicationDecisionBody{}, answers: []int{404, 409}}, s.decideApplication)
	add(s, route{method: "POST", path: "/applications/{id}/withdrawal", act: jaring.ActDecideApplication, summary: "The applicant takes the consent back: the personal data is emptied", body: withdrawalBody{}, answers: []int{404, 409}}, s.withdrawApplication)

	add(s, route{method: "GET", path: "/classes", act: jaring.ActManageClass, summary: "Classes of agents"}, s.findClasses)
	add(s, route{method: "POST", path: "/classes", act: jaring.ActManageClass, summary: "Plan a class with quotas", status: http.StatusCreated, body: classBody{}, answers: []int{409}}, s.addClass)
	add(s, route{method: "GET", path: "/classes/{id}", act: jaring.ActManageClass, summary: "A class with its seats", answers: []int{404}}, s.getClass)
	add(s, route{method: "GET", path: "/classes/{id}/badges.pdf", act: jaring.ActManageClass, summary: "Name tags of a class as PDF", answers: []int{404}}, s.classBadges)
	add(s, route{method: "POST", path: "/classes/{id}/seats", act: jaring.ActManageClass, summary: "Give a seat", body: seatBody{}, answers: []int{404, 409}}, s.takeSeat)
	add(s, route{method: "DELETE", path: "/classes/{id}/seats/{application_id}", act: jaring.ActManageClass, summary: "Free a seat", status: http.StatusNoContent, answers: []int{404, 409}}, s.leaveSeat)
	add(s, route{method: "POST", path: "/classes/{id}/attendance", act: jaring.ActManageClass, summary: "Somebody is here: by the badge of the seat", body: attendanceBody{}, answers: []int{404, 409}}, s.attend)
	add(s, route{method: "POST", path: "/classes/{id}/results", act: jaring.ActManageClass, summary: "Test and practice", body: resultsBody{}, answers: []int{404, 409}}, s.judgeClass)
	add(s, route{method: "POST", path: "/classes/{id}/certificates", act: jaring.ActCertify, summary: "Certify all who passed", body: certifyClassBody{}, answers: []int{404, 409}}, s.certifyClass)
	add(s, route{method: "POST", path: "/classes/{id}/closing", act: jaring.ActManageClass, summary: "Close a class", body: emptyBody{}, answers: []int{404, 409}}, s.closeClass)

	add(s, route{method: "GET", path: "/agents", act: jaring.ActFindAgent, summary: "Agents, with how many they registered and how many of these are protected"}, s.findAgents)
	add(s, route{method: "GET", path: "/agents/{id}", act: jaring.ActFindAgent, summary: "An agent's page", answers: []int{404}}, s.getAgent)
	add(s, route{method: "POST", path: "/agents/{id}/certificates", act: jaring.ActCertify, summary: "Give an agent a certificate", status: http.StatusCreated, body: certificateBody{}, answers: []int{404, 409}}, s.certifyAgent)
	add(s, route{method: "PUT", path: "/agents/{id}/photo", act: jaring.ActCertify, summary: "Set an agent's photo", status: http.StatusNoContent, answers: []int{404, 409, 413}}, s.setAgentPhoto)
	add(s, route{method: "PUT", path: "/agents/{id}/territory", act: jaring.ActAssignTerritory, summary: "Say where an agent works", body: territoryBody{}, answers: []int{404, 409}}, s.assignTerritory)
	add(s, route{method: "POST", path: "/certificates/{number}/stop", act: jaring.ActStopCertificate, summary: "Suspend, revoke or resume a certificate", body: stopBody{}, answers: []int{404, 409}}, s.stopCertificate)
	add(s, route{method: "GET", path: "/certificates/{number}/document", act: jaring.ActFindAgent, summary: "A certificate as PDF", answers: []int{404}}, s.certificateDocument)
	add(s, route{method: "GET", path: "/me/certificate", summary: "One's own certificate, as a phone carries it"}, s.ownCertificate)

	add(s, route{method: "GET", path: "/kit", act: jaring.ActManageKit, summary: "Name tags, jackets and backpacks"}, s.findKit)
	add(s, route{method: "POST", path: "/kit", act: jaring.ActManageKit, summary: "Add kit by its serial numbers", status: http.StatusCreated, body: kitBody{}, answers: []int{409}}, s.addKit)
	add(s, route{method: "POST", path: "/kit/{id}/handing-out", act: jaring.ActManageKit, summary: "Hand kit to an agent", body: handingOutBody{}, answers: []int{404, 409}}, s.handOutKit)
	add(s, route{method: "POST", path: "/kit/{id}/return", act: jaring.ActManageKit, summary: "Kit came back, is lost or worn out", body: kitReturnBody{}, answers: []int{404, 409}}, s.returnKit)
}
