package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// officeRoutes are the part of the list of routes that is about offices and the areas that
// they serve.
func (s *server) officeRoutes() {
	add(s, route{method: "GET", path: "/offices", act: jaring.ActFindOffice, summary: "Offices, each before those below it"}, s.findOffices)
	add(s, route{method: "GET", path: "/offices/{id}", act: jaring.ActFindOffice, summary: "An office with the areas that it served, serves and will serve", answers: []int{404}}, s.getOffice)
	add(s, route{method: "POST", path: "/offices", act: jaring.ActManageOffice, summary: "Add an office under another one", status: http.StatusCreated, body: officeBody{}, answers: []int{409}}, s.addOffice)
	add(s, route{method: "POST", path: "/offices/{id}/areas", act: jaring.ActManageOffice, summary: "Say which areas an office serves from a day on", body: officeAreasBody{}, answers: []int{404, 409}}, s.setOfficeAreas)
	add(s, route{method: "POST", path: "/offices/{id}/name", act: jaring.ActManageOffice, summary: "Rename an office", body: officeNameBody{}, answers: []int{404, 409}}, s.renameOffice)
	add(s, route{method: "POST", path: "/offices/{id}/phone", act: jaring.ActManageOffice, summary: "Say whom to call at an office", body: officePhoneBody{}, answers: []int{404, 409}}, s.setOfficePhone)
	add(s, route{method: "POST", path: "/offices/{id}/closing", act: jaring.ActManageOffice, summary: "Close an office where nobody works any more", body: emptyBody{}, answers: []int{404, 409}}, s.closeOffice)
}
