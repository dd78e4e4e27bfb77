package httpapi

import "jaring/internal/jaring"

type billOfCodeOut struct {
	Body struct {
		Kind    string        `json:"kind" enum:"deposit,group,roster" doc:"whose bill: an agent's deposit, a group's, a sponsor's list"`
		OwnerID string        `json:"owner_id" doc:"the agent, group or sponsor"`
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
	out := &billOfCodeOut{}
	b := &out.Body
	b.Kind, b.OwnerID, b.BillID, b.Name, b.Amount, b.State = f.Kind, f.Owner, f.ID, f.Name, f.Amount, f.State
	return out, nil
}
