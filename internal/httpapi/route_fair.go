package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// fairRoutes are the part of the list of routes that is about a job fair: the work that is offered, who applies and who
// is hired; the applicant's own phone; the employer's desk.
func (s *server) fairRoutes() {
	add(s, route{method: "GET", path: "/campaigns/{id}/fair", act: jaring.ActReadCampaign, summary: "A job fair: its openings and what came of it", answers: []int{404}}, s.getFair)
	add(s, route{method: "POST", path: "/campaigns/{id}/openings", act: jaring.ActManageCampaign, summary: "Add an opening or write it anew", body: openingBody{}, answers: []int{404, 409}}, s.setOpening)
	add(s, route{method: "GET", path: "/campaigns/{id}/openings/document", act: jaring.ActReadCampaign, summary: "The openings for a wall, as PDF", answers: []int{404}}, s.openingsDocument)
	add(s, route{method: "POST", path: "/campaigns/{id}/openings/{opening_id}/employer", act: jaring.ActManageEmployer, summary: "Say or register whose work an opening is", body: openingEmployerBody{}, answers: []int{404, 409}}, s.setOpeningEmployer)
	add(s, route{method: "GET", path: "/campaigns/{id}/applicants", act: jaring.ActCheckTicket, summary: "Who applied at a job fair", answers: []int{404}}, s.findApplicants)
	add(s, route{method: "POST", path: "/campaigns/{id}/applicants", act: jaring.ActCheckTicket, summary: "Put an application down", body: applyBody{}, answers: []int{404, 409}}, s.addApplicant)
	add(s, route{method: "POST", path: "/campaigns/{id}/applicants/step", act: jaring.ActCheckTicket, summary: "Call an applicant, or note what came of it", body: stepBody{}, answers: []int{404, 409}}, s.moveApplicant)
	add(s, route{method: "POST", path: "/campaigns/{id}/openings/{opening_id}/applicants/{participant_id}/hire", act: jaring.ActAddEmployee, summary: "Hire an applicant: a registration as a wage worker of the employer",
		status: http.StatusCreated, body: wire.Employee{}, answers: []int{202, 404, 409}}, s.hireApplicant)

	add(s, route{method: "GET", path: "/public/fairs/{code}", who: public, summary: "The work that a job fair offers", answers: []int{404, 429}}, s.publicFair)
	add(s, route{method: "POST", path: "/public/fairs/{code}", who: public, summary: "Get a ticket of a job fair", status: http.StatusCreated, body: joinBody{}, answers: []int{404, 409, 429}}, s.joinFair)
	add(s, route{method: "GET", path: "/public/tickets/{code}/applications", who: public, summary: "What the holder of a ticket has applied for", answers: []int{404, 429}}, s.myApplications)
	add(s, route{method: "POST", path: "/public/tickets/{code}/applications", who: public, summary: "Apply, ask for another slot or take an application back", body: myApplicationBody{}, answers: []int{404, 409, 429}}, s.applyByTicket)
	add(s, route{method: "GET", path: "/public/desks/{code}", who: public, summary: "The desk of an employer at a job fair", answers: []int{404, 429}}, s.employerDesk)
	add(s, route{method: "POST", path: "/public/desks/{code}", who: public, summary: "Call an applicant of the employer, or note what came of it", body: stepBody{}, answers: []int{404, 409, 429}}, s.actOnDesk)
}
