package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CashReceipt is a receipt as agent and branch see it. Of its code nobody sees more than the end.
type CashReceipt struct {
	*store.ReceiptRecord
	Name      string // of the worker; empty for nobody
	Now       string // open, in_deposit, deposited, confirmed, disputed
	Day       int    // age of cash in an agent's hands
	CaseNo    string // of a dispute that is open
	Confirmed jaring.Day
}

// OwnCash is what an agent holds and may take.
type OwnCash struct {
	Open     jaring.Rupiah // in the agent's hands
	Float    jaring.Rupiah // deposited ahead
	Limit    jaring.Rupiah
	Left     jaring.Rupiah // that may still be taken
	Days     int           // after which it should be deposited
	Why      error         // nil while cash may be taken
	Receipts []*CashReceipt
	Deposits []*Deposit
}

const (
	ownReceipts = 100
	ownDeposits = 30
)

// OwnCash gives what the actor holds. Error: error.forbidden.
func (a *App) OwnCash(ctx context.Context, actor jaring.Actor) (*OwnCash, error) {
	if err := actor.May(jaring.ActDepositCash, jaring.Scope{}); err != nil {
		return nil, err
	}
	out, now := &OwnCash{Limit: a.Cash.Limit, Days: a.Cash.Days}, a.Now()
	day := Today(actor, now)
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if out.Open, err = custodyOf(tx, actor.Account); err != nil {
			return err
		}
		if out.Float, err = floatOf(tx, actor.Account); err != nil {
			return err
		}
		known, err := tx.GetCashAgent(actor.Account)
		if err != nil {
			return err
		}
		blocked := ""
		if known != nil {
			blocked = known.Blocked
		}
		if out.Why = a.Cash.MayTake(out.Open, blocked); out.Why == nil {
			out.Why = actor.Licensed(jaring.PowerCash, now, day)
		}
		open, err := tx.FindOpenReceipts(actor.Account)
		if err != nil {
			return err
		}
		past, err := tx.FindAgentReceipts(actor.Account, "past", "", ownReceipts)
		if err != nil {
			return err
		}
		if out.Receipts, err = cashReceipts(tx, append(open, past...), day); err != nil {
			return err
		}
		out.Deposits, err = tx.FindDeposits(actor.Account, ownDeposits)
		return err
	})
	out.Left = max(0, out.Limit-out.Open)
	return out, err
}

// cashReceipts are receipts with names, and how they stand on a day.
func cashReceipts(tx *store.Tx, list []*store.ReceiptRecord, day jaring.Day) ([]*CashReceipt, error) {
	var ids []jaring.WorkerID
	var receipts []string
	for _, c := range list {
		receipts = append(receipts, c.ID)
		if !c.Nobody {
			ids = append(ids, c.Worker)
		}
	}
	workers, err := tx.GetWorkers(ids)
	if err != nil {
		return nil, err
	}
	names := map[jaring.WorkerID]string{}
	for _, w := range workers {
		names[w.ID] = w.Name
	}
	disputes, err := openDisputes(tx, receipts)
	out := make([]*CashReceipt, len(list))
	for i, c := range list {
		out[i] = &CashReceipt{ReceiptRecord: c, Name: names[c.Worker], Now: string(c.State), CaseNo: disputes[c.ID]}
		if err == nil {
			err = out[i].stand(tx, day)
		}
	}
	return out, err
}

// openDisputes gives the number of the dispute that is open about a receipt.
func openDisputes(tx *store.Tx, receipts []string) (map[string]string, error) {
	out := map[string]string{}
	cases, err := tx.FindCasesOf(receipts)
	for _, k := range cases {
		if k.Kind == jaring.CaseDispute && k.State == "open" {
			out[k.Receipt] = k.No
		}
	}
	return out, err
}

// stand says how a receipt stands on a day.
func (c *CashReceipt) stand(tx *store.Tx, day jaring.Day) error {
	switch {
	case c.State == jaring.ReceiptOpen:
		if c.Day = jaring.CashAge(c.TakenOn, day); c.Deposit != "" {
			c.Now = "in_deposit"
		}
	case c.State == jaring.ReceiptKept:
		c.Now = "deposited"
	default:
		p, found, err := tx.GetPayment(c.Worker, jaring.MembershipID(c.Contribution))
		if err != nil {
			return err
		}
		if c.Now = "deposited"; found && !p.ConfirmedAt.IsZero() {
			c.Now, c.Confirmed = "confirmed", jaring.DayIn(p.ConfirmedAt, Zone(""))
		}
	}
	if c.CaseNo != "" {
		c.Now = "disputed"
	}
	return nil
}

// CashInHands is a worker's money that agents hold still: whoever looks at the worker must not ask for it again.
type CashInHands struct {
	Amount  jaring.Rupiah
	TakenOn jaring.Day // the oldest of it
	Day     int        // its age
	Agent   string     // who took that, short
}

// cashInHands is the money of a worker that is not deposited; nil for none.
func cashInHands(tx *store.Tx, worker jaring.WorkerID, day jaring.Day) (held *CashInHands, err error) {
	all, err := tx.FindReceiptsOf(worker)
	for _, c := range all {
		if err != nil || c.State != jaring.ReceiptOpen {
			continue
		}
		if held == nil {
			held = &CashInHands{TakenOn: c.TakenOn, Day: jaring.CashAge(c.TakenOn, day)}
			var agent *store.AccountRecord
			if agent, err = tx.GetAccount(c.Agent); err == nil {
				held.Agent = jaring.ShortName(agent.Name)
			}
		}
		held.Amount += c.Amount
	}
	return held, err
}

// AgentCash is an agent's cash as the branch sees it.
type AgentCash struct {
	*store.CashAgent
	OfficeName string
	Open       jaring.Rupiah
	Receipts   int
	Float      jaring.Rupiah
	Oldest     jaring.Day // of the cash; 0 for none
	Day        int        // its age
	OverLimit  bool
	Cases      int64
	ByAge      []CashOfAge
}

// CashOfAge is how much has been in an agent's hands for so many days.
type CashOfAge struct {
	Day    int
	Amount jaring.Rupiah
}

// Cash is the cash in agents' hands at offices.
type Cash struct {
	Limit       jaring.Rupiah
	Days        int
	Open, Float jaring.Rupiah
	Receipts    int
	Items       []*AgentCash // the oldest cash first
}

// FindCash gives the cash of agents at an office and below it, all that the actor reaches when none is
// named. Errors: error.forbidden, error.out_of_area, office.unknown.
func (a *App) FindCash(ctx context.Context, actor jaring.Actor, office jaring.OfficeID) (*Cash, error) {
	if err := actor.May(jaring.ActReadCash, jaring.Scope{Office: office}); err != nil {
		return nil, err
	}
	out := &Cash{Limit: a.Cash.Limit, Days: a.Cash.Days}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		offices := actor.Offices
		var err error
		if office != "" {
			if offices, err = tx.OfficeSubtree(office); err != nil {
				return err
			}
		}
		out.Items, err = a.agentCash(tx, offices, Today(actor, a.Now()))
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, it := range out.Items {
		it.OfficeName = a.offices.name(ctx, it.Office, a.Now())
		out.Open, out.Float, out.Receipts = out.Open+it.Open, out.Float+it.Float, out.Receipts+it.Receipts
	}
	slices.SortStableFunc(out.Items, func(x, y *AgentCash) int {
		return cmp.Or(cmp.Compare(y.Day, x.Day), cmp.Compare(y.Open, x.Open), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Agent, y.Agent))
	})
	return out, nil
}

func (a *App) agentCash(tx *store.Tx, offices []jaring.OfficeID, day jaring.Day) (items []*AgentCash, err error) {
	agents, err := tx.FindCashAgents(offices)
	if err != nil {
		return nil, err
	}
	open, err := tx.FindOpenCash(offices)
	if err != nil {
		return nil, err
	}
	cases, err := tx.CountCases(offices)
	if err != nil {
		return nil, err
	}
	byID := map[jaring.AccountID]*AgentCash{}
	for _, g := range agents {
		it := &AgentCash{CashAgent: g, Cases: cases[g.Agent], ByAge: []CashOfAge{}}
		if it.Float, err = floatOf(tx, g.Agent); err != nil {
			return nil, err
		}
		items, byID[g.Agent] = append(items, it), it
	}
	for _, c := range open {
		if it := byID[c.Agent]; it != nil {
			it.add(c, day)
			it.OverLimit = it.Open > a.Cash.Limit
		}
	}
	return items, nil
}

// add adds cash of one day; the oldest comes first.
func (it *AgentCash) add(c store.OpenCash, day jaring.Day) {
	age := jaring.CashAge(c.Day, day)
	if it.Oldest == 0 {
		it.Oldest, it.Day = c.Day, age
	}
	it.Open, it.Receipts = it.Open+c.Amount, it.Receipts+c.Receipts
	it.ByAge = append(it.ByAge, CashOfAge{age, c.Amount})
}

// FindAgentReceipts gives an agent's receipts, the newest first, behind the one of that id: all, those in
// the agent's hands ("open"), or all others ("deposited"); with the first page the deposits.
// Errors: account.not_found, error.forbidden, error.out_of_area, cursor.malformed.
func (a *App) FindAgentReceipts(ctx context.Context, actor jaring.Actor, agent jaring.AccountID, which, before string) (list []*CashReceipt, deposits []*Deposit, next string, err error) {
	if before != "" && !jaring.IsUUID(before) {
		return nil, nil, "", jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	if err := a.reachAgent(ctx, actor, jaring.ActReadCash, agent); err != nil {
		return nil, nil, "", err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindAgentReceipts(agent, which, before, DefaultPage)
		if err != nil {
			return err
		}
		if next = ""; len(found) == DefaultPage {
			next = found[len(found)-1].ID
		}
		if list, err = cashReceipts(tx, found, Today(actor, a.Now())); err != nil || before != "" {
			return err
		}
		deposits, err = tx.FindDeposits(agent, ownDeposits)
		return err
	})
	return list, deposits, next, err
}

// reachAgent asks whether the actor may do an act on an agent's cash.
func (a *App) reachAgent(ctx context.Context, actor jaring.Actor, act jaring.Act, agent jaring.AccountID) error {
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return err
	}
	if !jaring.IsUUID(string(agent)) {
		return jaring.NewError(jaring.NotFound, "account.not_found")
	}
	account, err := a.accountOf(ctx, agent)
	if err != nil {
		return err
	}
	return actor.May(act, jaring.Scope{Office: account.Office})
}

// BlockCash lets an agent take no cash from now on; to register goes on. blocked false: take it again.
// Errors: field.required (reason), account.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) BlockCash(ctx context.Context, actor jaring.Actor, op jaring.OperationID, agent jaring.AccountID, blocked bool, reason string) error {
	reason, err := NeedReason(reason)
	if err != nil {
		return err
	}
	if err := a.reachAgent(ctx, actor, jaring.ActBlockCash, agent); err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActBlockCash, []any{agent, blocked, reason}, func(tx *store.Tx) error {
		why, kind := "", jaring.CashUnblocked
		if blocked {
			why, kind = reason, jaring.CashBlocked
		}
		if err := tx.BlockCash(agent, why, actor.Account, a.Now()); err != nil {
			return err
		}
		return a.Tell(tx, actor, string(agent), kind, jaring.Facts{Agent: agent, Reason: reason})
	})
	return err
}

// TellOverdue tells of cash that is too long in agents' hands: once a day in the agent's history, and from
// the branch's day on by a case. It gives of how many agents it told.
func (a *App) TellOverdue(ctx context.Context) (n int, err error) {
	day := Today(jaring.System, a.Now())
	var old []store.OpenCash
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		old, err = tx.FindOldCash(day.Add(-a.Cash.Days))
		return err
	})
	first, sums := map[jaring.AccountID]jaring.Day{}, map[jaring.AccountID]jaring.Rupiah{}
	var agents []jaring.AccountID
	for _, c := range old {
		if first[c.Agent] == 0 {
			first[c.Agent], agents = c.Day, append(agents, c.Agent)
		}
		sums[c.Agent] += c.Amount
	}
	for _, agent := range agents {
		if err != nil {
			break
		}
		told := false
		err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			told, err = a.tellOverdue(tx, agent, day, jaring.CashAge(first[agent], day), sums[agent])
			return err
		})
		if told {
			n++
		}
	}
	if n > 0 {
		a.Changed()
	}
	return n, err
}

func (a *App) tellOverdue(tx *store.Tx, agent jaring.AccountID, day jaring.Day, age int, sum jaring.Rupiah) (told bool, err error) {
	if told, err = tx.TellOverdue(agent, day); err != nil || !told {
		return false, err
	}
	account, err := tx.GetAccount(agent)
	if err != nil {
		return false, err
	}
	actor := jaring.System
	actor.Office = account.Office
	if err := a.Tell(tx, actor, string(agent), jaring.CashOverdue, jaring.Facts{Agent: agent, Amount: sum, Other: strconv.Itoa(age)}); err != nil {
		return false, err
	}
	open, err := tx.FindOpenCases(agent)
	if err != nil || age < a.Cash.BranchDay || slices.ContainsFunc(open, func(k *store.CaseRecord) bool { return k.Kind == jaring.CaseOverdue }) {
		return true, err
	}
	return true, a.openCase(tx, actor, &store.CaseRecord{Kind: jaring.CaseOverdue, Office: account.Office, Agent: agent, Amount: sum})
}
