package httpapi

import (
	"encoding/json"
	"net/http"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// moneyRoutes are those of contributions and of the ledger.
func (s *server) moneyRoutes() {
	s.cashRoutes()
	add(s, route{method: "POST", path: "/workers/{id}/contributions", act: jaring.ActContribute, summary: "A price and a code for further months", status: http.StatusCreated,
		body: contributionBody{}, answers: []int{404, 409}}, s.askContribution)
	add(s, route{method: "POST", path: "/workers/{id}/contributions/{contribution_id}/reversal", act: jaring.ActReverse, summary: "Undo a payment that was booked by mistake",
		body: reasonBody{}, answers: []int{404, 409}}, s.reverseContribution)
	add(s, route{method: "POST", path: "/workers/{id}/refund", act: jaring.ActRefundCredit, summary: "Credit of a worker went back to the worker", body: creditRefundBody{}, answers: []int{404, 409}}, s.refundCredit)
	add(s, route{method: "GET", path: "/workers/{id}/ledger", act: jaring.ActGetWorker, summary: "All that happened to a worker's money", answers: []int{404}}, s.workerLedger)
	add(s, route{method: "GET", path: "/ledger", act: jaring.ActReadLedger, summary: "What the accounts of the office hold"}, s.balances)
	add(s, route{method: "GET", path: "/ledger/{account}", act: jaring.ActReadLedger, summary: "The lines of an account", answers: []int{404}}, s.accountLines)
}

type contributionBody struct {
	Months     int          `json:"months" minimum:"1"`
	FirstMonth jaring.Month `json:"first_month,omitzero" doc:"for arrears; left out: the first month that would be covered"`
}

// contribution is months that are asked for and paid together.
type contribution struct {
	ContributionID jaring.ContributionID `json:"contribution_id"`
	FirstMonth     jaring.Month          `json:"first_month"`
	LastMonth      jaring.Month          `json:"last_month"`
	Total          jaring.Rupiah         `json:"total" doc:"what the months cost"`
	Credit         jaring.Rupiah         `json:"credit,omitempty" doc:"the part that is there already"`
	Payment        *payment              `json:"payment"`
	Confirmed      bool                  `json:"confirmed" doc:"the fund has acknowledged it"`
}

func wireContribution(p *app.Contribution) *contribution {
	return &contribution{p.ID, p.FirstMonth, p.LastMonth(), p.Total, p.Credit, wirePayment(&p.Payment), !p.ConfirmedAt.IsZero()}
}

type contributionOut struct {
	Body struct {
		contribution
		Quote *quoteAnswer `json:"quote,omitempty"`
	}
}

func (s *server) askContribution(c *call, in *actOn) (*contributionOut, error) {
	o, err := s.actOn(c, in, jaring.ActContribute, "worker_id", &contributionBody{}, 0)
	if err != nil {
		return nil, err
	}
	asked, err := s.App.AskedBy(c, o)
	if err != nil {
		return nil, err
	}
	return s.asked(c, asked), nil
}

func (s *server) asked(c *call, asked *app.Asked) *contributionOut {
	out := &contributionOut{}
	out.Body.contribution = *wireContribution(asked.Payment)
	if asked.Quote.Version == asked.Payment.Quote.Version { // else its explanation would be another
		out.Body.Quote = s.wireQuote(c.lang, &asked.Quote)
		out.Body.Quote.QuoteID = asked.Payment.Quote.ID
	}
	return out
}

type reversalIn struct {
	ByID
	Acting
	Contribution string `path:"contribution_id" format:"uuid"`
}

func (s *server) reverseContribution(c *call, in *reversalIn) (*workerOut, error) {
	var said reasonBody
	if _, err := s.said(c, &in.Acting, &said); err != nil {
		return nil, err
	}
	body, err := json.Marshal(wire.Reversal{Worker: in.ID, Contribution: in.Contribution, Reason: said.Reason})
	if err != nil {
		return nil, err
	}
	op, err := s.operationOf(c, jaring.ActReverse, in.Key, body)
	if err != nil {
		return nil, err
	}
	o, err := s.act(c, op)
	if err != nil {
		return nil, err
	}
	return s.workerPage(c, o.Worker)
}
