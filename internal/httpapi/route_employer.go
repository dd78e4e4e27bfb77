package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// employerRoutes are those of employers of wage workers.
func (s *server) employerRoutes() {
	s.listRoutes()
	add(s, route{method: "GET", path: "/employers", act: jaring.ActFindEmployer, summary: "Employers of wage workers"}, s.findEmployers)
	add(s, route{method: "POST", path: "/employers", act: jaring.ActRegisterEmployer, summary: "Register an employer", status: http.StatusCreated, body: wire.Employer{}, answers: []int{409}}, s.addEmployer)
	add(s, route{method: "GET", path: "/employers/{id}", act: jaring.ActFindEmployer, summary: "An employer with its workers", answers: []int{404}}, s.getEmployer)
	add(s, route{method: "POST", path: "/employers/{id}/change", act: jaring.ActManageEmployer, summary: "Change an employer", body: wire.Employer{}, answers: []int{404, 409, 412, 428}}, s.changeEmployer)
	add(s, route{method: "POST", path: "/employers/{id}/employees", act: jaring.ActAddEmployee, summary: "Add a worker; somebody who is in the book keeps the one record", status: http.StatusCreated,
		body: wire.Employee{}, answers: []int{202, 404, 409}}, s.addEmployee)
	add(s, route{method: "POST", path: "/employers/{id}/employees/{membership_id}/end", act: jaring.ActManageEmployer, summary: "A worker leaves", body: leaveBody{}, answers: []int{404, 409}}, s.endEmployment)
	add(s, route{method: "POST", path: "/employers/{id}/wages", act: jaring.ActManageEmployer, summary: "What workers earned in a month", body: wagesBody{}, answers: []int{404, 409}}, s.reportWages)
	add(s, route{method: "GET", path: "/employers/{id}/bills", act: jaring.ActFindEmployer, summary: "Bills of an employer", answers: []int{404}}, s.findEmployerBills)
	add(s, route{method: "POST", path: "/employers/{id}/bills", act: jaring.ActManageEmployer, summary: "Bill a month, and what was told late of those before", status: http.StatusCreated, body: employerBillBody{}, answers: []int{404, 409}}, s.billEmployer)
	add(s, route{method: "DELETE", path: "/employers/{id}/bills/{bill_id}", act: jaring.ActManageEmployer, summary: "Call off a bill that waits", status: http.StatusNoContent, answers: []int{404, 409}}, s.cancelEmployerBill)
	add(s, route{method: "POST", path: "/employers/{id}/bills/{bill_id}/settlement", act: jaring.ActSettle, summary: "Record that the money of a bill is with the fund", body: groupPaymentBody{}, answers: []int{404, 409}}, s.settleEmployerBill)
	add(s, route{method: "POST", path: "/employers/{id}/bills/{bill_id}/reversal", act: jaring.ActReverse, summary: "Undo the payment of a bill that was booked by mistake", body: reasonBody{}, answers: []int{404, 409}}, s.undoEmployerBill)
	add(s, route{method: "GET", path: "/employers/{id}/bills/{bill_id}/document", act: jaring.ActFindEmployer, summary: "A bill with its code, as PDF", answers: []int{404}}, s.employerBillDocument)
	add(s, route{method: "GET", path: "/workers/{id}/employments", act: jaring.ActGetWorker, summary: "A worker's employers", answers: []int{404}}, s.findEmployments)
}
