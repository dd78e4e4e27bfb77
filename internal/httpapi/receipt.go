package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/document"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type checkBody struct {
	Code      string     `json:"code" doc:"13 letters, as on the card"`
	BirthDate jaring.Day `json:"birth_date" format:"date" doc:"of the worker"`
}

// checkedReceipt is what the holder of a receipt is told: no name of the worker.
type checkedReceipt struct {
	State        string        `json:"state" enum:"received,deposited,covered,confirmed,disputed" doc:"received: in the agent's hands, covers nothing; covered: with the fund for its months; confirmed: by the fund's core"`
	Amount       jaring.Rupiah `json:"amount"`
	Months       int           `json:"months"`
	ReceivedOn   jaring.Day    `json:"received_on" format:"date"`
	Day          int           `json:"day" doc:"how long the agent has held it"`
	Agent        string        `json:"agent" doc:"short"`
	AgentNumber  string        `json:"agent_number,omitempty" doc:"of the agent's certificate"`
	DepositedOn  jaring.Day    `json:"deposited_on,omitzero" format:"date"`
	CoveredFrom  jaring.Day    `json:"covered_from,omitzero" format:"date"`
	CoveredUntil jaring.Day    `json:"covered_until,omitzero" format:"date"`
	ConfirmedOn  jaring.Day    `json:"confirmed_on,omitzero" format:"date"`
	BranchToldOn jaring.Day    `json:"branch_told_on,omitzero" format:"date" doc:"the branch knows that the money is late"`
	CaseNo       string        `json:"case_no,omitempty"`
	OfficeName   string        `json:"office_name"`
	OfficePhone  string        `json:"office_phone,omitempty"`
	Steps        []receiptStep `json:"steps"`
}

type receiptStep struct {
	Key string     `json:"key" enum:"received,deposited,covered,confirmed"`
	On  jaring.Day `json:"on,omitzero" format:"date" doc:"left out while it has not come"`
}

type checkedOut struct {
	Body checkedReceipt
}

// stateOf is how far the money of a receipt has come, in the words of its holder.
func stateOf(r *app.CheckedReceipt) string {
	switch {
	case r.CaseNo != "":
		return "disputed"
	case r.State == jaring.ReceiptOpen:
		return "received"
	case r.State == jaring.ReceiptKept:
		return "deposited"
	case r.Confirmed != 0:
		return "confirmed"
	}
	return "covered"
}

func wireChecked(r *app.CheckedReceipt) checkedReceipt {
	return checkedReceipt{State: stateOf(r), Amount: r.Amount, Months: r.Months, ReceivedOn: r.TakenOn, Day: r.Day, Agent: r.Agent, AgentNumber: r.AgentNumber,
		DepositedOn: r.DepositedOn, CoveredFrom: r.CoveredFrom, CoveredUntil: r.CoveredUntil, ConfirmedOn: r.Confirmed, BranchToldOn: r.BranchToldOn, CaseNo: r.CaseNo,
		OfficeName: r.OfficeName, OfficePhone: r.OfficePhone, Steps: []receiptStep{{"received", r.TakenOn}, {"deposited", r.DepositedOn}, {"covered", r.CoveredFrom}, {"confirmed", r.Confirmed}}}
}

// checkReceipt answers a wrong code and a wrong date alike.
func (s *server) checkReceipt(c *call, in *bodyOnly) (*checkedOut, error) {
	var body checkBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if err := s.allowReceipt(c, body.Code); err != nil {
		return nil, err
	}
	r, err := s.App.CheckReceipt(c, body.Code, body.BirthDate)
	if err != nil {
		return nil, err
	}
	return &checkedOut{wireChecked(r)}, nil
}

// allowReceipt counts a question by the code however it is written, and by the address.
func (s *server) allowReceipt(c *call, text string) error {
	code, err := jaring.ParseReceiptCode(text)
	if err != nil {
		return s.Auth.AllowPublic(auth.PublicReceipt, c.remote)
	}
	return s.Auth.AllowReceipt(string(code), c.remote)
}

type disputeBody struct {
	Code      string     `json:"code"`
	BirthDate jaring.Day `json:"birth_date" format:"date"`
	What      string     `json:"what" doc:"what is wrong, in own words"`
	Phone     string     `json:"phone,omitempty" doc:"where the branch may call"`
}

type disputeOut struct {
	Body struct {
		CaseNo string `json:"case_no"`
	}
}

func (s *server) disputeReceipt(c *call, in *Acting) (*disputeOut, error) {
	var body disputeBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	key, err := operationKey("", in.Key)
	if err != nil {
		return nil, err
	}
	if err := s.allowReceipt(c, body.Code); err != nil {
		return nil, err
	}
	out := &disputeOut{}
	out.Body.CaseNo, err = s.App.DisputeReceipt(c, key, app.Dispute{Code: body.Code, Birth: body.BirthDate, What: body.What, Phone: body.Phone})
	return out, err
}

type casesIn struct {
	State  string `query:"state" enum:"open,decided" doc:"open when left out"`
	Cursor string `query:"cursor" maxLength:"36"`
}

type casesOut struct {
	Body struct {
		Items      []cashCase `json:"items" doc:"the newest first"`
		NextCursor string     `json:"next_cursor,omitempty"`
		Counts     caseCounts `json:"counts"`
	}
}

type caseCounts struct {
	Open int64 `json:"open"`
}

// cashCase is something about cash that a person at the branch must look at.
type cashCase struct {
	CaseID     string           `json:"case_id"`
	CaseNo     string           `json:"case_no"`
	Kind       string           `json:"kind" enum:"dispute,counter_twice,counter_gap,signature,over_limit,no_power,price,nobody,overdue"`
	AgentID    jaring.AccountID `json:"agent_id"`
	AgentName  string           `json:"agent_name"`
	OfficeID   jaring.OfficeID  `json:"office_id"`
	OfficeName string           `json:"office_name"`
	ReceiptID  string           `json:"receipt_id,omitempty"`
	WorkerID   jaring.WorkerID  `json:"worker_id,omitempty"`
	Amount     jaring.Rupiah    `json:"amount,omitempty"`
	Said       string           `json:"said,omitempty"`
	Phone      string           `json:"phone,omitempty"`
	OpenedAt   time.Time        `json:"opened_at"`
	State      string           `json:"state" enum:"open,decided"`
	Decision   string           `json:"decision,omitempty" enum:"founded,unfounded,mended"`
	Reason     string           `json:"reason,omitempty"`
	DecidedBy  string           `json:"decided_by,omitempty"`
	DecidedAt  time.Time        `json:"decided_at,omitzero"`
}

func wireCase(k *app.Case) cashCase {
	return cashCase{CaseID: k.ID, CaseNo: k.No, Kind: string(k.Kind), AgentID: k.Agent, AgentName: k.AgentName, OfficeID: k.Office, OfficeName: k.OfficeName, ReceiptID: k.Receipt,
		WorkerID: k.Worker, Amount: k.Amount, Said: k.Said, Phone: k.Phone, OpenedAt: k.OpenedAt.UTC(), State: k.State, Decision: string(k.Decision), Reason: k.Reason,
		DecidedBy: k.DecidedName, DecidedAt: k.DecidedAt}
}

func (s *server) findCases(c *call, in *casesIn) (*casesOut, error) {
	state := in.State
	if state == "" {
		state = "open"
	}
	list, open, next, err := s.App.FindCases(c, c.actor, state, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &casesOut{}
	out.Body.Items, out.Body.NextCursor, out.Body.Counts.Open = make([]cashCase, len(list)), next, open
	for i, k := range list {
		out.Body.Items[i] = wireCase(k)
	}
	return out, nil
}

type caseDecisionBody struct {
	Decision string `json:"decision" enum:"founded,unfounded,mended"`
	Reason   string `json:"reason"`
}

type caseOut struct {
	Body cashCase
}

func (s *server) decideCase(c *call, in *actOn) (*caseOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body caseDecisionBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	k, err := s.App.DecideCase(c, c.actor, key, in.ID, jaring.CaseDecision(body.Decision), body.Reason)
	if err != nil {
		return nil, err
	}
	return &caseOut{wireCase(k)}, nil
}

// receiptDocument is a receipt for a printer of 80 mm. The code is not on it: nobody here knows it.
func (s *server) receiptDocument(c *call, in *ByID) (*documentOut, error) {
	r, err := s.App.GetReceipt(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	slip := document.CashReceipt{Name: r.Name, Amount: r.Amount, Months: r.Months, From: r.FirstMonth, To: r.FirstMonth.Add(r.Months - 1), TakenAt: r.TakenAt,
		Agent: r.Agent, AgentNumber: r.AgentNumber, Office: r.OfficeName, CodeEnd: r.CodeEnd, DepositedOn: r.DepositedOn, Until: r.CoveredUntil,
		Settled: r.State == jaring.ReceiptSettled, Confirmed: r.Confirmed != 0, Kept: r.State == jaring.ReceiptKept, Address: s.address(c.request) + "/cek"}
	return pdf(document.Cash(slip, c.lang, s.Now().In(app.Zone(c.actor.Zone))), "tanda-terima-"+r.CodeEnd)
}
