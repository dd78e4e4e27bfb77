package httpapi

import (
	"time"

	"jaring/internal/jaring"
)

// deskRoutes are those of money that found no owner, banks' statements, the close of a day, and codes made at banks.
func (s *server) deskRoutes() {
	add(s, route{method: "GET", path: "/suspense", act: jaring.ActReadLedger, summary: "Money that came and pays nothing, the oldest first"}, s.findSuspense)
	add(s, route{method: "GET", path: "/suspense/{id}", act: jaring.ActReadLedger, summary: "Such money, and what was decided of it", answers: []int{404}}, s.getSuspense)
	add(s, route{method: "POST", path: "/suspense/{id}/assignment", act: jaring.ActAssignSuspense, summary: "The money is a worker's, or pays a bill", body: assignmentBody{}, answers: []int{404, 409}}, s.assignSuspense)
	add(s, route{method: "POST", path: "/suspense/{id}/refund", act: jaring.ActRefundSuspense, summary: "The money went back to who sent it", body: refundBody{}, answers: []int{404, 409}}, s.refundSuspense)
	add(s, route{method: "POST", path: "/statements", act: jaring.ActAddStatement, summary: "A bank's statement, as CSV, beside the book", status: 201, body: statementBody{}, maxBody: 8 << 20, patience: time.Minute, answers: []int{413}}, s.addStatement)
	add(s, route{method: "GET", path: "/statements", act: jaring.ActReadLedger, summary: "Statements, the newest first"}, s.findStatements)
	add(s, route{method: "GET", path: "/statements/{id}", act: jaring.ActReadLedger, summary: "What agrees, what only one side has, what differs", answers: []int{404}}, s.getStatement)
	add(s, route{method: "GET", path: "/days/{day}/close", act: jaring.ActReadLedger, summary: "A day of an office's book", answers: []int{404}}, s.getDay)
	add(s, route{method: "POST", path: "/days/{day}/close", act: jaring.ActCloseDay, summary: "Close a day: its figures are signed", body: dayBody{}, answers: []int{404, 409}}, s.closeDay)
	add(s, route{method: "GET", path: "/workers/{id}/statement.pdf", act: jaring.ActGetWorker, summary: "What was paid, for which months and by which way, as PDF", answers: []int{404}}, s.workerStatement)
	add(s, route{method: "GET", path: "/public/pays/{code}", who: public, summary: "What a payment code asks for", answers: []int{404, 429}}, s.getPay)
	add(s, route{method: "POST", path: "/payment-codes/{code}/va", who: public, summary: "A virtual account at a bank for a payment code; the same while it can be paid", body: bankBody{}, answers: []int{404, 409, 429}}, s.makeVA)
	add(s, route{method: "POST", path: "/payment-codes/{code}/qr", who: public, summary: "A QRIS code for a payment code; the same while it can be paid", body: bankBody{}, answers: []int{404, 409, 429}}, s.makeQR)
}

// groupRoutes are those of groups that pay for their members.
func (s *server) groupRoutes() {
	add(s, route{method: "GET", path: "/groups", act: jaring.ActFindGroup, summary: "Groups that pay for their members"}, s.findGroups)
	add(s, route{method: "POST", path: "/groups", act: jaring.ActManageGroup, summary: "Add a group", status: 201, body: groupBody{}}, s.addGroup)
	add(s, route{method: "GET", path: "/groups/{id}", act: jaring.ActFindGroup, summary: "A group with its members and bills", answers: []int{404}}, s.getGroup)
	add(s, route{method: "POST", path: "/groups/{id}/members", act: jaring.ActManageGroup, summary: "Take workers into a group", body: membersBody{}, answers: []int{404, 409}}, s.joinGroup)
	add(s, route{method: "DELETE", path: "/groups/{id}/members/{worker_id}", act: jaring.ActManageGroup, summary: "Let a worker out of a group", status: 204, answers: []int{404}}, s.leaveGroup)
	add(s, route{method: "POST", path: "/groups/{id}/bills", act: jaring.ActManageGroup, summary: "One code for further months of all members", status: 201, body: groupBillBody{}, answers: []int{404, 409}}, s.billGroup)
	add(s, route{method: "DELETE", path: "/groups/{id}/bills/{bill_id}", act: jaring.ActManageGroup, summary: "Call off a bill that waits", status: 204, answers: []int{404, 409}}, s.cancelGroupBill)
	add(s, route{method: "POST", path: "/groups/{id}/bills/{bill_id}/settlement", act: jaring.ActSettle, summary: "Record that the money of a bill is with the fund", body: groupPaymentBody{}, answers: []int{404, 409}}, s.settleGroupBill)
	add(s, route{method: "GET", path: "/groups/{id}/bills/{bill_id}/document", act: jaring.ActFindGroup, summary: "A bill as a list with its code, as PDF", answers: []int{404}}, s.groupBillDocument)
}
