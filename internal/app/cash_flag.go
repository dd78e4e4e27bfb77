package app

import (
	"slices"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// flags are what is odd about a receipt: the agent is told, and the branch gets a case of each.
type flags struct {
	actor jaring.Actor
	list  []flag
}

type flag struct {
	kind    jaring.CaseKind
	finding jaring.Finding
	gapFrom int64
	gapTo   int64
}

func (f *flags) add(kind jaring.CaseKind, key string, pairs ...any) *flag {
	f.list = append(f.list, flag{kind: kind, finding: jaring.Finding{Verdict: jaring.Warn, Key: key, Args: jaring.NewError(jaring.Invalid, key, pairs...).Args}})
	return &f.list[len(f.list)-1]
}

// findings are what the agent is told: first out of what the receipt was paid.
func (f *flags) findings(c *store.ReceiptRecord) []jaring.Finding {
	out := []jaring.Finding{{Verdict: jaring.Warn, Key: "cash.paid_" + string(c.PaidFrom)}}
	for _, one := range f.list {
		out = append(out, one.finding)
	}
	return out
}

// check looks for what is odd, and sets the months that the receipt pays for.
func (a *App) check(tx *store.Tx, t *cashTaking, c *store.ReceiptRecord, r *Record, f *flags) error {
	if !t.signed {
		f.add(jaring.CaseSignature, "cash.signature")
	}
	if err := a.checkCounter(tx, c, f); err != nil {
		return err
	}
	known, err := tx.GetCashAgent(c.Agent)
	if err != nil {
		return err
	}
	if t.barred || known != nil && known.Blocked != "" || r != nil && f.actor.May(jaring.ActTakeCash, scopeOf(r.Worker)) != nil {
		f.add(jaring.CaseNoPower, "cash.no_power")
	}
	if r == nil {
		f.add(jaring.CaseNobody, "cash.nobody")
		c.FirstMonth = c.TakenOn.Month()
		return nil
	}
	before, err := unsettled(tx, c)
	if err != nil {
		return err
	}
	c.FirstMonth = firstOfReceipt(r, before, c.TakenOn)
	p, _, _, err := a.monthsOf(r, c, c.TakenOn)
	switch {
	case err != nil && !IsRule(err):
		return err
	case err != nil:
		f.add(jaring.CasePrice, "cash.price_unknown")
	case p.Total != c.Amount:
		f.add(jaring.CasePrice, "cash.price", "want", p.Total, "got", c.Amount)
	}
	return nil
}

// checkCounter notes the number that the device gave a receipt. A gap that is filled afterwards, because a
// receipt had to wait for something, is no case any more.
func (a *App) checkCounter(tx *store.Tx, c *store.ReceiptRecord, f *flags) error {
	if c.Device == "" {
		return nil // no device, no number; the signature lacks too
	}
	last, err := tx.LastCounterBelow(c.Device, c.Counter)
	if err != nil {
		return err
	}
	taken, err := tx.TakeCounter(c.Device, c.Counter, c.ID)
	switch {
	case err != nil:
		return err
	case taken != "":
		f.add(jaring.CaseCounterTwice, "cash.counter_twice", "n", c.Counter)
		return nil
	case c.Counter > last+1:
		gap := f.add(jaring.CaseCounterGap, "cash.counter_gap", "n", c.Counter)
		gap.gapFrom, gap.gapTo = last+1, c.Counter-1
	}
	open, err := tx.FindOpenCases(c.Agent)
	if err != nil {
		return err
	}
	for _, k := range open {
		if k.Kind != jaring.CaseCounterGap || k.Device != c.Device || c.Counter < k.GapFrom || c.Counter > k.GapTo {
			continue
		}
		if n, err := tx.CountCounters(k.Device, k.GapFrom, k.GapTo); err != nil || n <= k.GapTo-k.GapFrom {
			return err
		}
		k.Decision, k.DecidedAt = jaring.CaseMended, a.Now()
		if err := a.closeCase(tx, jaring.System, k); err != nil {
			return err
		}
	}
	return nil
}

// openCases opens a case for each flag. Of an agent's cash as a whole there is one of a kind.
func (a *App) openCases(tx *store.Tx, f *flags, c *store.ReceiptRecord) error {
	if len(f.list) == 0 {
		return nil
	}
	open, err := tx.FindOpenCases(c.Agent)
	if err != nil {
		return err
	}
	for _, one := range f.list {
		if !one.kind.OfReceipt() && slices.ContainsFunc(open, func(k *store.CaseRecord) bool { return k.Kind == one.kind }) {
			continue
		}
		k := &store.CaseRecord{Kind: one.kind, Office: f.actor.Office, Agent: c.Agent, Receipt: c.ID, Amount: c.Amount, GapFrom: one.gapFrom, GapTo: one.gapTo}
		if !c.Nobody {
			k.Worker = c.Worker
		}
		if one.kind == jaring.CaseCounterGap {
			k.Device = c.Device
		}
		if err := a.openCase(tx, f.actor, k); err != nil {
			return err
		}
	}
	return nil
}

// openCase writes a case and the event that tells of it.
func (a *App) openCase(tx *store.Tx, actor jaring.Actor, k *store.CaseRecord) error {
	random := uuid.New()
	k.ID, k.No, k.OpenedAt = NewID(), jaring.CaseNo([8]byte(random[8:])), a.Now()
	if err := tx.AddCase(k); err != nil {
		return err
	}
	return a.Tell(tx, actor, caseSubject(k), jaring.CaseOpened, jaring.Facts{Amount: k.Amount, Other: string(k.Kind)})
}

// caseSubject is in whose history a case stands.
func caseSubject(k *store.CaseRecord) string {
	if k.Worker != "" {
		return string(k.Worker)
	}
	return string(k.Agent)
}

// closeCase writes a decision. Error: case.decided.
func (a *App) closeCase(tx *store.Tx, actor jaring.Actor, k *store.CaseRecord) error {
	done, err := tx.DecideCase(k)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "case.decided")
	}
	if err != nil {
		return err
	}
	return a.Tell(tx, actor, caseSubject(k), jaring.CaseDecided, jaring.Facts{Other: string(k.Kind), Reason: k.Reason})
}
