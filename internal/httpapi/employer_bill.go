package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type employerBill struct {
	BillID    string         `json:"bill_id"`
	Month     jaring.Month   `json:"month"`
	Code      string         `json:"code"`
	Amount    jaring.Rupiah  `json:"amount" doc:"contributions"`
	Penalty   jaring.Rupiah  `json:"penalty" doc:"for paying late, by now"`
	ToPay     jaring.Rupiah  `json:"to_pay"`
	Employee  jaring.Rupiah  `json:"employee" doc:"the part that is kept back from wages"`
	Due       jaring.Day     `json:"due" format:"date"`
	State     string         `json:"state" enum:"waiting,settled,cancelled"`
	MadeAt    time.Time      `json:"made_at"`
	Lines     []employerLine `json:"lines"`
	Skipped   []groupLeft    `json:"skipped" doc:"who is not in it"`
	PaidOn    jaring.Day     `json:"paid_on,omitzero" format:"date"`
	Channel   string         `json:"channel,omitempty"`
	Reference string         `json:"reference,omitempty"`
}

type employerLine struct {
	MembershipID jaring.MembershipID `json:"membership_id"`
	WorkerID     jaring.WorkerID     `json:"worker_id"`
	Name         string              `json:"name"`
	Month        jaring.Month        `json:"month"`
	Wage         jaring.Rupiah       `json:"wage"`
	Amount       jaring.Rupiah       `json:"amount" doc:"negative when less is due than was billed before"`
	Employee     jaring.Rupiah       `json:"employee"`
	Parts        []app.PricePart     `json:"parts" doc:"what each programme costs, with its article and source"`
	Outcome      string              `json:"outcome,omitempty" enum:"covered,adjusted,credited" doc:"what became of the money"`
}

func wireEmployerBill(lang i18n.Lang, b *app.EmployerBill) employerBill {
	out := employerBill{BillID: b.ID, Month: b.Month, Code: b.Code, Amount: b.Amount, Penalty: b.Penalty, ToPay: b.ToPay(), Due: b.Due, State: b.State, MadeAt: b.MadeAt,
		Lines: []employerLine{}, Skipped: []groupLeft{}, PaidOn: b.PaidOn, Channel: b.Channel, Reference: b.Reference}
	for _, l := range b.Lines {
		out.Employee += l.Employee
		parts := l.Parts
		if parts == nil {
			parts = []app.PricePart{}
		}
		out.Lines = append(out.Lines, employerLine{l.Membership, l.Worker, l.Name, l.Month, l.Wage, l.Amount, l.Employee, parts, l.Outcome})
	}
	for _, m := range b.Left {
		out.Skipped = append(out.Skipped, groupLeft{m.Worker, m.Name, m.Why, whyText(lang, "group.why.", m.Why)})
	}
	return out
}

type employerBillsOut struct {
	Body struct {
		Items []employerBill `json:"items" doc:"the newest first"`
	}
}

type employerBillOut struct{ Body employerBill }

func (s *server) findEmployerBills(c *call, in *ByID) (*employerBillsOut, error) {
	found, err := s.App.FindEmployerBills(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &employerBillsOut{}
	out.Body.Items = []employerBill{}
	for _, b := range found {
		out.Body.Items = append(out.Body.Items, wireEmployerBill(c.lang, b))
	}
	return out, nil
}

type employerBillBody struct {
	Month jaring.Month `json:"month"`
}

func (s *server) billEmployer(c *call, in *actOnOne) (*employerBillOut, error) {
	var body employerBillBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	b, err := s.App.BillEmployer(c, c.actor, key, in.ID, body.Month)
	if err != nil {
		return nil, err
	}
	return &employerBillOut{wireEmployerBill(c.lang, b)}, nil
}

func (s *server) cancelEmployerBill(c *call, in *OfBill) (*struct{}, error) {
	return nil, s.App.CancelEmployerBill(c, c.actor, in.ID, in.Bill)
}

func (s *server) settleEmployerBill(c *call, in *PayingBill) (*employerBillOut, error) {
	var body groupPaymentBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	paid := wire.Settlement{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, PaidOn: body.PaidOn}
	b, err := s.App.SettleEmployerBill(c, c.actor, key, in.ID, in.Bill, paid)
	if err != nil {
		return nil, err
	}
	return &employerBillOut{wireEmployerBill(c.lang, b)}, nil
}

func (s *server) undoEmployerBill(c *call, in *PayingBill) (*employerBillOut, error) {
	var body reasonBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.UndoEmployerBill(c, c.actor, key, in.ID, in.Bill, body.Reason); err != nil {
		return nil, err
	}
	b, err := s.App.GetEmployerBill(c, c.actor, in.ID, in.Bill)
	if err != nil {
		return nil, err
	}
	return &employerBillOut{wireEmployerBill(c.lang, b)}, nil
}

// employerBillNames is what the paper of a bill is called when it is kept.
var employerBillNames = map[i18n.Lang]string{i18n.ID: "tagihan-pemberi-kerja", i18n.EN: "employer-bill"}

func (s *server) employerBillDocument(c *call, in *OfBill) (*documentOut, error) {
	e, err := s.App.GetEmployer(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	b, err := s.App.GetEmployerBill(c, c.actor, in.ID, in.Bill)
	if err != nil {
		return nil, err
	}
	paper := document.EmployerBill{Employer: e.Name, Contact: e.ContactName, Office: e.OfficeName, Fund: s.Fund, Code: b.Code, Address: s.address(c.request) + "/bayar/" + b.Code, Month: b.Month, Due: b.Due,
		Amount: b.Amount, Penalty: b.Penalty, State: b.State, PaidOn: b.PaidOn, Reference: b.Reference}
	for _, l := range b.Lines {
		line := document.EmployerBillLine{Name: l.Name, Month: l.Month, Wage: l.Wage, Employer: l.Amount - l.Employee, Employee: l.Employee, Amount: l.Amount}
		for _, p := range l.Parts {
			if p.Employer+p.Employee > 0 {
				line.Parts = append(line.Parts, string(p.Program)+" "+(p.Employer+p.Employee).String())
			}
		}
		paper.Lines = append(paper.Lines, line)
	}
	for _, p := range rulesOf(b) {
		paper.Rules = append(paper.Rules, document.Pair{Name: string(p.Program), Value: p.Article})
	}
	return pdf(document.EmployerBillSheet(paper, c.lang, s.Now().In(app.Zone(c.actor.Zone))), employerBillNames[c.lang])
}

// rulesOf are the programmes of a bill with their articles, each once.
func rulesOf(b *app.EmployerBill) (out []app.PricePart) {
	seen := map[jaring.Program]bool{}
	for _, l := range b.Lines {
		for _, p := range l.Parts {
			if !seen[p.Program] {
				seen[p.Program], out = true, append(out, p)
			}
		}
	}
	return out
}
