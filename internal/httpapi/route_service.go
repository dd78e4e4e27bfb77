package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// serviceRoutes are the part of the list of routes that is about service desks: the desk, its queue, its cases,
// and the pages that anybody sees who has a code.
func (s *server) serviceRoutes() {
	add(s, route{method: "GET", path: "/services", act: jaring.ActFindService, summary: "Service desks of the labour office"}, s.findServices)
	add(s, route{method: "POST", path: "/services", act: jaring.ActManageService, summary: "Open a service desk", status: http.StatusCreated, body: serviceBody{}}, s.openService)
	add(s, route{method: "GET", path: "/services/{id}", act: jaring.ActFindService, summary: "A service desk as it stands now", answers: []int{404}}, s.getService)
	add(s, route{method: "POST", path: "/services/{id}/change", act: jaring.ActManageService, summary: "Write a service desk anew", body: serviceBody{}, answers: []int{404, 409, 428}}, s.changeService)
	add(s, route{method: "POST", path: "/services/{id}/codes", act: jaring.ActManageService, summary: "Make the codes of its sign and its screen anew", body: emptyBody{}, answers: []int{404, 409}}, s.renewServiceCodes)
	add(s, route{method: "GET", path: "/services/{id}/queue", act: jaring.ActFindService, summary: "The queue of a day", answers: []int{404}}, s.findServiceQueue)
	add(s, route{method: "POST", path: "/services/{id}/queue", act: jaring.ActServe, summary: "Take, call or end a number of today", body: serviceQueueBody{}, answers: []int{404, 409}}, s.actOnServiceQueue)
	add(s, route{method: "GET", path: "/services/{id}/cases", act: jaring.ActFindService, summary: "Cases of a service desk", answers: []int{404}}, s.findServiceCases)
	add(s, route{method: "POST", path: "/services/{id}/cases", act: jaring.ActServe, summary: "Open a case", status: http.StatusCreated, body: serviceCaseBody{}, answers: []int{404, 409}}, s.openServiceCase)
	add(s, route{method: "GET", path: "/services/{id}/cases/{case_id}", act: jaring.ActFindService, summary: "A case with what was done about it", answers: []int{404}}, s.getServiceCase)
	add(s, route{method: "POST", path: "/services/{id}/cases/{case_id}", act: jaring.ActServe, summary: "Note, take, link, refer or move a case", body: serviceCaseActBody{}, answers: []int{404, 409}}, s.actOnServiceCase)

	add(s, route{method: "GET", path: "/kiosk/service", who: public, summary: "What the screen of a service desk shows", answers: []int{404}}, s.kioskService)
	add(s, route{method: "GET", path: "/public/services/{code}", who: public, summary: "The page of a service desk where numbers are taken", answers: []int{404, 429}}, s.publicService)
	add(s, route{method: "POST", path: "/public/services/{code}", who: public, summary: "Take a number on one's own phone", status: http.StatusCreated, body: takeTurnBody{}, answers: []int{404, 409, 429}}, s.takeOwnNumber)
	add(s, route{method: "GET", path: "/public/turns/{code}", who: public, summary: "A number, for who holds its code", answers: []int{404, 429}}, s.ownTurn)
}
