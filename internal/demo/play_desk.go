package demo

import (
	"context"
	"net/http"
	"time"

	"jaring/internal/jaring"
)

// desk decides on those whom the system asks to look at and books what is paid, as long
// as phones send.
func (p *play) desk(ctx context.Context) error {
	for at := range p.bills {
		if err := p.book(ctx, at); err != nil {
			for range p.bills { // so that no phone waits for a desk that is closed
			}
			return err
		}
	}
	return nil
}

// book does what a registration gives the desk to do.
func (p *play) book(ctx context.Context, at *stop) error {
	review := at.entry.outcome.Kind == jaring.Review
	if !review && !p.paying[at.entry] {
		return nil
	}
	path := "/workers/" + string(at.entry.outcome.Worker)
	var page struct {
		Review *struct {
			ReviewID string `json:"review_id"`
		}
		Payment *struct {
			Code, State string
			Amount      jaring.Rupiah
		}
	}
	if err := p.officer.get(ctx, path, &page); err != nil {
		return err
	}
	if page.Review != nil {
		decision := map[string]string{"decision": "accept", "reason": cardSeen}
		if err := p.officer.post(ctx, "/reviews/"+page.Review.ReviewID+"/decision", decision, &page); err != nil {
			return err
		}
	}
	if !p.paying[at.entry] || page.Payment == nil || page.Payment.State != "waiting" {
		return nil
	}
	return p.officer.post(ctx, path+"/payments", map[string]any{"amount": page.Payment.Amount, "channel": channels[at.kader%len(channels)],
		"reference": "TRX" + page.Payment.Code, "paid_on": p.today}, nil)
}

// result is what the server tells of a sweep, as far as it is shown here.
type result struct {
	Registered int
	Paid       int
	Protected  int
	Offices    []struct {
		Name                  string
		Registered, Protected int
	}
	Lots    Lots
	Winners []struct {
		Rank                  int
		AccountID             jaring.AccountID `json:"account_id"`
		Name, Office          string
		Registered, Protected int
	}
	Evaluation []struct {
		OperationID string `json:"operation_id"`
		Kind        jaring.CaptureKind
		Decided     string
	}
	Balance struct{ OK bool }
}

// evaluate lets the head of the branch decide on what a wrong clock took, and ends the sweep.
func (p *play) evaluate(ctx context.Context) error {
	path := "/campaigns/" + p.campaign
	var r result
	if err := p.head.get(ctx, path+"/result", &r); err != nil {
		return err
	}
	for _, e := range r.Evaluation {
		if e.Decided != "" {
			continue
		}
		decision, why := verdict(e.Kind)
		if err := p.head.post(ctx, path+"/captures/"+e.OperationID+"/decision", map[string]any{"decision": decision, "reason": why}, nil); err != nil {
			return err
		}
	}
	err := p.head.post(ctx, path+"/state", map[string]any{"to": jaring.CampaignIsClosed}, nil)
	if jaring.KeyOf(err) == "campaign.is_closed" { // the calendar was first
		return nil
	}
	return err
}

const lookEvery = time.Second

// count waits until the core has confirmed who paid, or patience ends, and tells what the
// server counts. The phones are taken back.
func (p *play) count(ctx context.Context) (*Played, error) {
	var r result
	for end := time.Now().Add(p.Patience); ; {
		r = result{}
		if err := p.head.get(ctx, "/campaigns/"+p.campaign+"/result", &r); err != nil {
			return nil, err
		}
		if r.Protected >= r.Paid || time.Now().After(end) || !sleep(ctx, lookEvery) {
			break
		}
	}
	for _, k := range p.players {
		if err := k.call(ctx, http.MethodDelete, "/devices/"+string(k.phone.device), nil, nil); err != nil {
			return nil, err
		}
	}
	out := &Played{Board: p.URL, Campaign: p.campaign, Kader: len(p.players), Registered: r.Registered, Paid: r.Paid, Protected: r.Protected, Lots: r.Lots,
		Winners: []Winner{}, Offices: []OfficeFigures{}, Whole: r.Registered == Swept() && r.Balance.OK}
	out.Lots.Balanced = r.Balance.OK
	for _, w := range r.Winners {
		winner := Winner{Place: w.Rank, Name: w.Name, Office: w.Office, Registered: w.Registered, Protected: w.Protected}
		for _, k := range p.players {
			if k.account == w.AccountID {
				winner.Name, winner.Office = cadre[k.kader].name, officeName(cadre[k.kader].office)
			}
		}
		out.Winners, out.Best = append(out.Winners, winner), max(out.Best, w.Registered)
	}
	for _, o := range r.Offices {
		out.Offices = append(out.Offices, OfficeFigures{o.Name, o.Registered, o.Protected})
	}
	return out, nil
}
