package httpapi

import (
	"net/http"

	"jaring/internal/jaring"
)

// cashRoutes are the part of the list of routes that is about cash in agents' hands.
func (s *server) cashRoutes() {
	add(s, route{method: "GET", path: "/me/cash", act: jaring.ActDepositCash, summary: "What one holds in cash, and may take"}, s.ownCash)
	add(s, route{method: "POST", path: "/me/cash/deposits", act: jaring.ActDepositCash, summary: "A code by which cash of receipts is deposited", status: http.StatusCreated,
		body: depositBody{}, answers: []int{409}}, s.makeDeposit)
	add(s, route{method: "POST", path: "/me/cash/float", act: jaring.ActDepositCash, summary: "A code by which one deposits ahead", status: http.StatusCreated, body: floatBody{}, answers: []int{409}}, s.makeFloat)
	add(s, route{method: "DELETE", path: "/me/cash/deposits/{id}", act: jaring.ActDepositCash, summary: "Call off a deposit that waits", status: http.StatusNoContent, answers: []int{404, 409}}, s.cancelDeposit)
	add(s, route{method: "POST", path: "/cash/deposits/{id}/settlement", act: jaring.ActSettle, summary: "Record that an agent's deposit is with the fund", body: settlementBody{}, answers: []int{404, 409}}, s.settleDeposit)

	add(s, route{method: "GET", path: "/payment-codes/{code}", act: jaring.ActSettle, summary: "Whose bill a code is that is no worker's", answers: []int{404}}, s.billOfCode)
	add(s, route{method: "POST", path: "/payment-codes/{code}/settlement", act: jaring.ActSettle, summary: "Record that the money of such a bill is there", body: groupPaymentBody{}, answers: []int{404, 409}}, s.settleBillOfCode)

	add(s, route{method: "GET", path: "/cash", act: jaring.ActReadCash, summary: "Cash in agents' hands, the oldest first", answers: []int{404}}, s.findCash)
	add(s, route{method: "GET", path: "/cash/{agent}/receipts", act: jaring.ActReadCash, summary: "An agent's receipts and deposits", answers: []int{404}}, s.agentReceipts)
	add(s, route{method: "POST", path: "/cash/{agent}/block", act: jaring.ActBlockCash, summary: "An agent takes no cash from now on", status: http.StatusNoContent, body: reasonBody{}, answers: []int{404, 409}}, s.blockCash)
	add(s, route{method: "POST", path: "/cash/{agent}/unblock", act: jaring.ActBlockCash, summary: "An agent may take cash again", status: http.StatusNoContent, body: reasonBody{}, answers: []int{404, 409}}, s.unblockCash)
	add(s, route{method: "GET", path: "/cases", act: jaring.ActFindCase, summary: "What a person must look at about cash"}, s.findCases)
	add(s, route{method: "POST", path: "/cases/{id}/decision", act: jaring.ActDecideCase, summary: "Decide a case about cash", body: caseDecisionBody{}, answers: []int{404, 409}}, s.decideCase)
	add(s, route{method: "GET", path: "/receipts/{id}/document", act: jaring.ActGetWorker, summary: "A receipt as PDF, 80 mm wide", answers: []int{404}}, s.receiptDocument)

	add(s, route{method: "POST", path: "/public/receipts/check", who: public, summary: "What became of the money of a receipt", body: checkBody{}, answers: []int{404, 429}}, s.checkReceipt)
	add(s, route{method: "POST", path: "/public/receipts/dispute", who: public, summary: "Say that something is wrong with a receipt", status: http.StatusCreated, body: disputeBody{}, answers: []int{404, 409, 429}}, s.disputeReceipt)
}
