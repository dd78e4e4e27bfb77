package httpapi

import (
	"errors"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// cashReceipt is cash that an agent took, as agent and branch see it.
type cashReceipt struct {
	ReceiptID   string          `json:"receipt_id"`
	CodeEnd     string          `json:"code_end" doc:"the last three letters of the code"`
	Counter     int64           `json:"counter"`
	Amount      jaring.Rupiah   `json:"amount"`
	Months      int             `json:"months"`
	MonthsFrom  jaring.Month    `json:"months_from,omitzero"`
	MonthsTo    jaring.Month    `json:"months_to,omitzero"`
	WorkerID    jaring.WorkerID `json:"worker_id,omitempty" doc:"left out of nobody: the registration was refused"`
	WorkerName  string          `json:"worker_name"`
	TakenAt     time.Time       `json:"taken_at"`
	ReceivedAt  time.Time       `json:"received_at"`
	Day         int             `json:"day" doc:"how old cash in the agent's hands is"`
	State       string          `json:"state" enum:"open,in_deposit,deposited,confirmed,disputed"`
	PaidFrom    string          `json:"paid_from" enum:"cash,float"`
	DepositID   string          `json:"deposit_id,omitempty"`
	DepositedOn jaring.Day      `json:"deposited_on,omitzero" format:"date"`
	CaseNo      string          `json:"case_no,omitempty"`
}

func wireReceipt(c *app.CashReceipt) cashReceipt {
	out := cashReceipt{ReceiptID: c.ID, CodeEnd: c.CodeEnd, Counter: c.Counter, Amount: c.Amount, Months: c.Months, MonthsFrom: c.FirstMonth, MonthsTo: c.FirstMonth.Add(c.Months - 1),
		WorkerName: c.Name, TakenAt: c.TakenAt.UTC(), ReceivedAt: c.ReceivedAt.UTC(), Day: c.Day, State: c.Now, PaidFrom: string(c.PaidFrom), DepositID: c.Deposit,
		DepositedOn: c.DepositedOn, CaseNo: c.CaseNo}
	if !c.Nobody {
		out.WorkerID = c.Worker
	}
	return out
}

func wireReceipts(list []*app.CashReceipt) []cashReceipt {
	out := make([]cashReceipt, len(list))
	for i, c := range list {
		out[i] = wireReceipt(c)
	}
	return out
}

// deposit is money that an agent brings, or is to bring.
type deposit struct {
	DepositID string        `json:"deposit_id"`
	Kind      string        `json:"kind" enum:"receipts,float"`
	Code      string        `json:"code" doc:"to pay at the bank or the counter"`
	Amount    jaring.Rupiah `json:"amount"`
	Receipts  int           `json:"receipts" doc:"how many; once it is settled, how many it brought"`
	MadeAt    time.Time     `json:"made_at"`
	State     string        `json:"state" enum:"waiting,settled,cancelled"`
	Paid      jaring.Rupiah `json:"paid,omitempty"`
	PaidOn    jaring.Day    `json:"paid_on,omitzero" format:"date"`
	Reference string        `json:"reference,omitempty"`
	Channel   string        `json:"channel,omitempty"`
}

func wireDeposit(d *app.Deposit) deposit {
	return deposit{DepositID: d.ID, Kind: d.Kind, Code: d.Code, Amount: d.Amount, Receipts: d.Receipts, MadeAt: d.MadeAt.UTC(), State: d.State, Paid: d.Paid, PaidOn: d.PaidOn,
		Reference: d.Reference, Channel: d.Channel}
}

func wireDeposits(list []*app.Deposit) []deposit {
	out := make([]deposit, len(list))
	for i, d := range list {
		out[i] = wireDeposit(d)
	}
	return out
}

type depositOut struct {
	Body deposit
}

// cashInHands is a worker's money that is not deposited.
type cashInHands struct {
	Amount  jaring.Rupiah `json:"amount"`
	TakenOn jaring.Day    `json:"taken_on" format:"date" doc:"the oldest of it"`
	Day     int           `json:"day" doc:"its age"`
	Agent   string        `json:"agent" doc:"who took it, short"`
}

type ownCashOut struct {
	Body struct {
		Open       jaring.Rupiah `json:"open" doc:"cash in hand"`
		Float      jaring.Rupiah `json:"float" doc:"deposited ahead: it pays at once"`
		Limit      jaring.Rupiah `json:"limit"`
		Left       jaring.Rupiah `json:"left" doc:"that may be taken below the limit"`
		Days       int           `json:"days" doc:"after which cash should be deposited"`
		MayTake    bool          `json:"may_take"`
		Why        string        `json:"why,omitempty" doc:"key of what speaks against it"`
		WhyText    string        `json:"why_text,omitempty"`
		Receipts   []cashReceipt `json:"receipts" doc:"those in hand first, the oldest first; then the others, the newest first"`
		Deposits   []deposit     `json:"deposits"`
		ServerTime time.Time     `json:"server_time"`
	}
}

func (s *server) ownCash(c *call, _ *nothing) (*ownCashOut, error) {
	own, err := s.App.OwnCash(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &ownCashOut{}
	b := &out.Body
	b.Open, b.Float, b.Limit, b.Left, b.Days, b.MayTake, b.ServerTime = own.Open, own.Float, own.Limit, own.Left, own.Days, own.Why == nil, s.Now().UTC()
	var why *jaring.Error
	if errors.As(own.Why, &why) {
		b.Why, b.WhyText = why.Key, i18n.Text(c.lang, why.Key, why.Args)
	}
	b.Receipts, b.Deposits = wireReceipts(own.Receipts), wireDeposits(own.Deposits)
	return out, nil
}

type depositBody struct {
	Receipts []string `json:"receipts,omitempty" doc:"all that are open when left out, the oldest first"`
}

func (s *server) makeDeposit(c *call, in *Acting) (*depositOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body depositBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	d, err := s.App.MakeDeposit(c, c.actor, key, body.Receipts)
	if err != nil {
		return nil, err
	}
	return &depositOut{wireDeposit(d)}, nil
}

type floatBody struct {
	Amount jaring.Rupiah `json:"amount"`
}

func (s *server) makeFloat(c *call, in *Acting) (*depositOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body floatBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	d, err := s.App.MakeFloat(c, c.actor, key, body.Amount)
	if err != nil {
		return nil, err
	}
	return &depositOut{wireDeposit(d)}, nil
}

func (s *server) cancelDeposit(c *call, in *ByID) (*struct{}, error) {
	return nil, s.App.CancelDeposit(c, c.actor, in.ID)
}

type settlementBody struct {
	Amount    jaring.Rupiah `json:"amount" doc:"that came: whole receipts are settled with it, the oldest first, and the rest is the agent's balance"`
	Channel   string        `json:"channel" enum:"counter,bank"`
	Reference string        `json:"reference"`
	PaidOn    jaring.Day    `json:"paid_on" format:"date"`
}

func (s *server) settleDeposit(c *call, in *actOn) (*depositOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body settlementBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	d, err := s.App.SettleDeposit(c, c.actor, key, in.ID, app.Paid{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, On: body.PaidOn})
	if err != nil {
		return nil, err
	}
	return &depositOut{wireDeposit(d)}, nil
}

type cashIn struct {
	Office string `query:"office" maxLength:"36" doc:"and those below it; all when left out"`
}

type cashOut struct {
	Body struct {
		Limit jaring.Rupiah `json:"limit"`
		Days  int           `json:"days" doc:"after which cash should be deposited"`
		Total cashTotal     `json:"total"`
		Items []agentCash   `json:"items" doc:"the oldest cash first"`
	}
}

type cashTotal struct {
	Open     jaring.Rupiah `json:"open"`
	Float    jaring.Rupiah `json:"float"`
	Receipts int           `json:"receipts"`
}

type agentCash struct {
	AgentID    jaring.AccountID `json:"agent_id"`
	Name       string           `json:"name"`
	OfficeID   jaring.OfficeID  `json:"office_id"`
	OfficeName string           `json:"office_name"`
	Open       jaring.Rupiah    `json:"open"`
	Receipts   int              `json:"receipts"`
	Float      jaring.Rupiah    `json:"float"`
	OldestDay  jaring.Day       `json:"oldest_day,omitzero" format:"date"`
	Day        int              `json:"day" doc:"how old the oldest is"`
	OverLimit  bool             `json:"over_limit"`
	Blocked    bool             `json:"blocked"`
	BlockedWhy string           `json:"blocked_why,omitempty"`
	Cases      int64            `json:"cases" doc:"that are open"`
	ByAge      []cashOfAge      `json:"by_age"`
}

type cashOfAge struct {
	Day    int           `json:"day"`
	Amount jaring.Rupiah `json:"amount"`
}

func (s *server) findCash(c *call, in *cashIn) (*cashOut, error) {
	if in.Office != "" && !jaring.IsUUID(strings.ToLower(in.Office)) {
		return nil, jaring.NewError(jaring.Invalid, "id.malformed").At("office")
	}
	cash, err := s.App.FindCash(c, c.actor, jaring.OfficeID(strings.ToLower(in.Office)))
	if err != nil {
		return nil, err
	}
	out := &cashOut{}
	b := &out.Body
	b.Limit, b.Days, b.Total.Open, b.Total.Float, b.Total.Receipts, b.Items = cash.Limit, cash.Days, cash.Open, cash.Float, cash.Receipts, make([]agentCash, len(cash.Items))
	for i, it := range cash.Items {
		b.Items[i] = agentCash{AgentID: it.Agent, Name: it.Name, OfficeID: it.Office, OfficeName: it.OfficeName, Open: it.Open, Receipts: it.Receipts, Float: it.Float,
			OldestDay: it.Oldest, Day: it.Day, OverLimit: it.OverLimit, Blocked: it.Blocked != "", BlockedWhy: it.Blocked, Cases: it.Cases, ByAge: make([]cashOfAge, len(it.ByAge))}
		for n, age := range it.ByAge {
			b.Items[i].ByAge[n] = cashOfAge(age)
		}
	}
	return out, nil
}

// ByAgent is the input of routes about one agent's cash.
type ByAgent struct {
	Agent string `path:"agent" format:"uuid"`
}

type agentReceiptsIn struct {
	ByAgent
	State  string `query:"state" enum:"open,deposited" doc:"open: in the agent's hands; deposited: all others"`
	Cursor string `query:"cursor" maxLength:"36"`
}

type agentReceiptsOut struct {
	Body struct {
		Items      []cashReceipt `json:"items"`
		Deposits   []deposit     `json:"deposits" doc:"with the first page"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
}

func (s *server) agentReceipts(c *call, in *agentReceiptsIn) (*agentReceiptsOut, error) {
	list, deposits, next, err := s.App.FindAgentReceipts(c, c.actor, jaring.AccountID(in.Agent), in.State, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &agentReceiptsOut{}
	out.Body.Items, out.Body.Deposits, out.Body.NextCursor = wireReceipts(list), wireDeposits(deposits), next
	return out, nil
}

type actOnAgent struct {
	ByAgent
	Acting
}

func (s *server) blockCash(c *call, in *actOnAgent) (*struct{}, error) {
	return s.switchCash(c, in, true)
}

func (s *server) unblockCash(c *call, in *actOnAgent) (*struct{}, error) {
	return s.switchCash(c, in, false)
}

func (s *server) switchCash(c *call, in *actOnAgent, blocked bool) (*struct{}, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body reasonBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	return nil, s.App.BlockCash(c, c.actor, key, jaring.AccountID(in.Agent), blocked, body.Reason)
}
