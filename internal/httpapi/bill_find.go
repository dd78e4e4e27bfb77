package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type billOfCodeOut struct {
	Body struct {
		Kind    string        `json:"kind" enum:"deposit,group,roster,self,employer" doc:"whose bill: an agent's deposit, a group's, a sponsor's list, somebody's own order, an employer's month"`
		OwnerID string        `json:"owner_id" doc:"the agent, group, sponsor, order or employer"`
		BillID  string        `json:"bill_id"`
		Name    string        `json:"name"`
		Amount  jaring.Rupiah `json:"amount"`
		State   string        `json:"state" enum:"waiting,paid,closed"`
	}
}

func (s *server) billOfCode(c *call, in *ByCode) (*billOfCodeOut, error) {
	f, err := s.App.GetBillOfCode(c, c.actor, in.Code)
	if err != nil {
		return nil, err
	}
	return wireBill(f), nil
}

// PayingCode pays the bill of a code.
type PayingCode struct {
	ByCode
	Acting
}

// settleBillOfCode records money at the desk for any kind of bill.
func (s *server) settleBillOfCode(c *call, in *PayingCode) (*billOfCodeOut, error) {
	var body groupPaymentBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	f, err := s.App.SettleBill(c, c.actor, key, in.Code, wire.Settlement{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, PaidOn: body.PaidOn})
	if err != nil {
		return nil, err
	}
	return wireBill(f), nil
}

func wireBill(f app.FoundBill) *billOfCodeOut {
	out := &billOfCodeOut{}
	b := &out.Body
	b.Kind, b.OwnerID, b.BillID, b.Name, b.Amount, b.State = f.Kind, f.Owner, f.ID, f.Name, f.Amount, f.State
	return out
}
