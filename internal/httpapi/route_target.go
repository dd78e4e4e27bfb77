package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// targetRoutes are the part of the list of routes that is about targets, potentials and gaps.
func (s *server) targetRoutes() {
	add(s, route{method: "GET", path: "/targets", act: jaring.ActFindTarget, summary: "Targets of a year with their course, potentials and gaps"}, s.findFigures)
	add(s, route{method: "POST", path: "/targets", act: jaring.ActManageTarget, summary: "Bring a figure in, with its source", status: http.StatusCreated, body: figureBody{}, answers: []int{409}}, s.addFigure)
	add(s, route{method: "GET", path: "/targets/{id}", act: jaring.ActFindTarget, summary: "A figure with all its versions", answers: []int{404}}, s.getFigure)
	add(s, route{method: "POST", path: "/targets/{id}/change", act: jaring.ActManageTarget, summary: "Give a figure another value, source or date", body: figureChangeBody{}, answers: []int{404, 409, 428}}, s.changeFigure)
	add(s, route{method: "POST", path: "/targets/{id}/withdrawal", act: jaring.ActManageTarget, summary: "Take a figure away that should not have come in", status: http.StatusNoContent, body: reasonBody{}, answers: []int{404, 409}}, s.withdrawFigure)
}
