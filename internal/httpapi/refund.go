package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/jaring"
)

type creditRefundBody struct {
	Amount    jaring.Rupiah `json:"amount" minimum:"1" doc:"never more than the credit"`
	Channel   string        `json:"channel" enum:"bank,qris,counter"`
	Reference string        `json:"reference" doc:"of the transfer back"`
	Reason    string        `json:"reason" minLength:"5"`
}

func (s *server) refundCredit(c *call, in *actOnOne) (*workerLedgerOut, error) {
	var body creditRefundBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	f := app.CreditRefund{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, Reason: body.Reason}
	if err := s.App.RefundCredit(c, c.actor, key, jaring.WorkerID(in.ID), f); err != nil {
		return nil, err
	}
	return s.workerLedger(c, &ByID{in.ID})
}
