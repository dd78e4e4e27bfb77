package app

import (
	"cmp"
	"context"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// Records of money as the doors read them.
type (
	Contribution   = store.PaymentRecord
	AccountBalance = store.AccountBalance
	LedgerLine     = ledger.Line
)

// lineBatch is how many entries' lines one transaction writes.
const lineBatch = 500

// PostLines writes the lines of entries in the accounts that everybody shares, until none is left,
// each exactly once: whoever deletes an entry's mark writes them, in the same transaction. It
// gives how many entries it posted.
func (a *App) PostLines(ctx context.Context) (posted int, err error) {
	for {
		var pending, taken []*ledger.Entry
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			pending, err = tx.PendingEntries(lineBatch)
			return err
		})
		if err != nil || len(pending) == 0 {
			return posted, err
		}
		// One order for all who post, so that two processes never wait for each other in a ring.
		slices.SortFunc(pending, func(x, y *ledger.Entry) int { return cmp.Or(cmp.Compare(x.Owner, y.Owner), cmp.Compare(x.Seq, y.Seq)) })
		err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
			if taken, err = tx.TakePendingEntries(pending); err != nil {
				return err
			}
			return tx.AddLines(sharedLines(taken))
		})
		if err != nil {
			return posted, err
		}
		posted += len(taken)
	}
}

// sharedLines are the lines of entries in shared accounts, account by account.
func sharedLines(entries []*ledger.Entry) (lines []ledger.Line) {
	for _, e := range entries {
		for _, l := range e.Lines() {
			if l.Account.Account().Shared() {
				lines = append(lines, l)
			}
		}
	}
	slices.SortStableFunc(lines, func(x, y ledger.Line) int { return cmp.Compare(x.Account, y.Account) })
	return lines
}

// HasPendingEntries tells whether lines of any entry are not written yet.
func (a *App) HasPendingEntries(ctx context.Context) (pending bool, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		pending, err = tx.HasPendingEntries()
		return err
	})
	return pending, err
}

// WorkerLedger is all that happened to a worker's money, and what it comes to.
type WorkerLedger struct {
	Worker   *store.WorkerRecord
	Entries  []LedgerItem            // oldest first
	Payments []*store.PaymentRecord  // contributions of the present membership, by month
	Credit   jaring.Rupiah           // with the fund, without a month yet
	InHands  jaring.Rupiah           // with an agent, not with the fund
	Paid     jaring.Rupiah           // with the fund, for months
	Reversed map[ledger.EntryID]bool // entries that were undone
}

// LedgerItem is an entry with the name of who wrote it.
type LedgerItem struct {
	*ledger.Entry
	ActorName string
}

// Received is what came in with an entry, negative when it went out: what changed at channels and agents,
// suspense included, since money found at last comes from there. A bill brings nothing.
func (i LedgerItem) Received() (sum jaring.Rupiah) {
	billed := i.On(ledger.Payer(i.Owner)) != 0
	for _, p := range i.Postings {
		if billed && slices.Contains(PassingAccounts, p.Account) {
			continue
		}
		if !p.Account.Personal() && p.Account != ledger.Fund && p.Account != ledger.Adjustment && p.Account != ledger.Penalty {
			sum += p.Amount
		}
	}
	return sum
}

// GetWorkerLedger gives a worker's statement. A worker outside the actor's reach is not found.
// Errors: worker.not_found, error.forbidden.
func (a *App) GetWorkerLedger(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (*WorkerLedger, error) {
	l := &WorkerLedger{Reversed: map[ledger.EntryID]bool{}}
	var entries []*ledger.Entry
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := LoadRecord(tx, id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, r.Worker); err != nil {
			return err
		}
		l.Worker, l.Payments = r.Worker, r.Membership.Payments
		entries, err = tx.FindEntries(string(id))
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		l.Entries = append(l.Entries, LedgerItem{e, a.AccountName(ctx, e.Actor)})
		l.Credit, l.InHands = e.Credit, -e.Balance
		l.Paid -= e.On(ledger.Fund)
		if e.Reverses != "" {
			l.Reversed[e.Reverses] = true
		}
	}
	return l, nil
}

// FindAccountLines gives a page of an account's lines behind the one at place after, oldest first.
// Lines that are still to be written are written first. A shared account is seen by who reaches its
// office, an agent's by who reaches the agent's office, and by the agent.
// Errors: ledger.account_unknown, error.forbidden, error.out_of_area.
func (a *App) FindAccountLines(ctx context.Context, actor jaring.Actor, account string, after int64, limit int) (lines []LedgerLine, err error) {
	k := ledger.Key(account)
	if !k.Known() || k.Account().Personal() {
		return nil, jaring.NewError(jaring.NotFound, "ledger.account_unknown")
	}
	if err := a.mayRead(ctx, actor, k); err != nil {
		return nil, err
	}
	if _, err := a.PostLines(ctx); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > MaxPage {
		limit = DefaultPage
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		lines, err = tx.FindLines(k, after, limit)
		return err
	})
	return lines, err
}

func (a *App) mayRead(ctx context.Context, actor jaring.Actor, k ledger.Key) error {
	name := k.Account().Name()
	if !k.Account().Shared() && name == string(actor.Account) {
		return nil
	}
	if !actor.Can(jaring.ActReadLedger) {
		return actor.May(jaring.ActReadLedger, jaring.Scope{})
	}
	office := k.Office()
	if !k.Account().Shared() {
		err := a.DB.Read(ctx, func(tx *store.Tx) error {
			account, err := tx.GetAccount(jaring.AccountID(name))
			if err == nil {
				office = account.Office
			}
			return err
		})
		if jaring.CodeOf(err) == jaring.NotFound {
			return jaring.NewError(jaring.NotFound, "ledger.account_unknown")
		}
		if err != nil {
			return err
		}
	}
	return actor.May(jaring.ActReadLedger, jaring.Scope{Office: office})
}

// FindBalances gives what the accounts of the actor's offices hold, their agents' included, in the order
// of their names. Error: error.forbidden.
func (a *App) FindBalances(ctx context.Context, actor jaring.Actor) (balances []store.AccountBalance, err error) {
	if err := actor.May(jaring.ActReadLedger, jaring.Scope{}); err != nil {
		return nil, err
	}
	if _, err := a.PostLines(ctx); err != nil {
		return nil, err
	}
	var all []store.AccountBalance
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.FindBalances()
		return err
	})
	for _, b := range all {
		if err == nil && a.mayRead(ctx, actor, b.Account) == nil {
			balances = append(balances, b)
		}
	}
	return balances, err
}
