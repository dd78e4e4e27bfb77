package app

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// What the audit of the ledger finds, besides broken chains, sums and balances.
const (
	damageRule       = "ledger.rule"       // an entry that the ledger's rules refuse: a month paid twice, credit below nothing
	damageLines      = "ledger.lines"      // an account's lines are not what the entries say
	damagePayment    = "ledger.payment"    // a contribution and its entry disagree
	damageMembership = "ledger.membership" // a membership and its contributions disagree
	damageUntold     = "ledger.untold"     // entries and the events that tell of them disagree
)

// audit holds the ledger against itself, the contributions, the memberships and the events. It needs
// little memory: owners are walked one by one, and of the rest only sums are kept.
type audit struct {
	report  func(Damage)
	pending map[string]bool
	events  tally // of the hashes of entries that events tell of
	entries tally
	said    map[ledger.Key]*tally // of the lines that entries ask for
	kept    map[ledger.Key]*tally // of those that are there
	owing   owing
}

// tally is a fingerprint of many hashes in any order, with what they sum to.
type tally struct {
	n   int64
	sum jaring.Rupiah
	mix [32]byte
}

func (t *tally) add(hash []byte, amount jaring.Rupiah) {
	t.n, t.sum = t.n+1, t.sum+amount
	for i := range min(len(hash), len(t.mix)) {
		t.mix[i] ^= hash[i]
	}
}

func newAudit(report func(Damage)) *audit {
	return &audit{report: report, pending: map[string]bool{}, said: map[ledger.Key]*tally{}, kept: map[ledger.Key]*tally{}, owing: newOwing()}
}

func tallyOf(all map[ledger.Key]*tally, k ledger.Key) *tally {
	if all[k] == nil {
		all[k] = &tally{}
	}
	return all[k]
}

// told notes which entry an event tells of.
func (b *audit) told(e *jaring.Event) error {
	if !bytes.Contains(e.Facts, []byte(`"entry"`)) {
		return nil
	}
	facts, err := store.ParseFacts(e.Facts)
	if err != nil || facts.Entry == "" {
		return err
	}
	hash, err := hex.DecodeString(facts.Entry)
	b.events.add(hash, 0)
	return err
}

// walk walks entries, contributions and memberships together, owner by owner, then the lines.
func (b *audit) walk(tx *store.Tx) error {
	if err := tx.EachPendingEntry(func(owner string, seq int64) { b.pending[key(owner, seq)] = true }); err != nil {
		return err
	}
	entries := &pager[*ledger.Entry]{owner: func(e *ledger.Entry) string { return e.Owner }, read: func(e *ledger.Entry) ([]*ledger.Entry, error) {
		if e == nil {
			e = &ledger.Entry{}
		}
		return tx.EntriesAfter(e.Owner, e.Seq, exportPage)
	}}
	payments := &pager[*jaring.Payment]{owner: func(p *jaring.Payment) string { return string(p.Worker) }, read: func(p *jaring.Payment) ([]*jaring.Payment, error) {
		if p == nil {
			p = &jaring.Payment{}
		}
		return pointers(tx.PaymentsAfter(p.Worker, p.ID, exportPage))
	}}
	memberships := &pager[*store.MembershipRecord]{owner: func(m *store.MembershipRecord) string { return string(m.Worker) }, read: func(m *store.MembershipRecord) ([]*store.MembershipRecord, error) {
		if m == nil {
			m = &store.MembershipRecord{}
		}
		return tx.MembershipsAfter(m.Worker, m.ID, exportPage)
	}}
	for {
		owner, err := first(entries.next, payments.next, memberships.next)
		if err != nil || owner == "" {
			return cmp.Or(err, b.receipts(tx), b.lines(tx), b.dues(tx))
		}
		if err := b.owner(owner, entries, payments, memberships); err != nil {
			return err
		}
	}
}

// first is the smallest owner that any of the walks comes to next; empty when all have ended.
func first(next ...func() (string, error)) (owner string, err error) {
	for _, f := range next {
		o, err := f()
		if err != nil {
			return "", err
		}
		if o != "" && (owner == "" || o < owner) {
			owner = o
		}
	}
	return owner, nil
}

func pointers[T any](values []T, err error) ([]*T, error) {
	out := make([]*T, len(values))
	for i := range values {
		out[i] = &values[i]
	}
	return out, err
}

// pager reads rows page by page in the order of their owners.
type pager[T any] struct {
	owner func(T) string
	read  func(after T) ([]T, error)
	page  []T
	last  T
	ended bool
}

// next is the owner of the next row, empty at the end.
func (p *pager[T]) next() (string, error) {
	if len(p.page) == 0 && !p.ended {
		var err error
		if p.page, err = p.read(p.last); err != nil {
			return "", err
		}
		if p.ended = len(p.page) == 0; !p.ended {
			p.last = p.page[len(p.page)-1]
		}
	}
	if p.ended {
		return "", nil
	}
	return p.owner(p.page[0]), nil
}

// take gives all rows of an owner.
func (p *pager[T]) take(owner string) (rows []T, err error) {
	for {
		next, err := p.next()
		if err != nil || next != owner {
			return rows, err
		}
		rows, p.page = append(rows, p.page[0]), p.page[1:]
	}
}

// owner holds one owner's chain, contributions and memberships against each other.
func (b *audit) owner(owner string, entries *pager[*ledger.Entry], payments *pager[*jaring.Payment], memberships *pager[*store.MembershipRecord]) error {
	chain, err := entries.take(owner)
	if err != nil {
		return err
	}
	paid, err := payments.take(owner)
	if err != nil {
		return err
	}
	stays, err := memberships.take(owner)
	if err != nil {
		return err
	}
	var head ledger.Head
	var state ledger.State
	for _, e := range chain {
		if what := e.Broken(head); what != "" {
			b.report(Damage{Subject: owner, Seq: e.Seq, What: what})
		} else if _, err := state.Add(*e); err != nil {
			b.report(Damage{Subject: owner, Seq: e.Seq, What: damageRule})
		}
		head = e.Head()
		b.asks(e)
	}
	b.agree(owner, chain, &state, paid, stays)
	return nil
}

// asks notes which lines an entry asks for.
func (b *audit) asks(e *ledger.Entry) {
	b.entries.add(e.Hash, 0)
	b.owing.note(e)
	waits := b.pending[key(e.Owner, e.Seq)]
	for _, l := range e.Lines() {
		if !waits || !l.Account.Account().Shared() {
			tallyOf(b.said, l.Account).add(e.Hash, l.Amount)
		}
	}
}

// agree compares contributions with entries, and memberships with contributions. What was paid in the
// time before the ledger has no entry.
func (b *audit) agree(owner string, chain []*ledger.Entry, state *ledger.State, paid []*jaring.Payment, stays []*store.MembershipRecord) {
	settled := map[jaring.MembershipID]bool{}
	paying := 0
	for _, e := range chain {
		if (e.Kind == ledger.KindSettle || e.Kind == ledger.KindDeposit) && len(e.Months()) > 0 && !state.Reversed(e.ID) {
			paying++
		}
	}
	for _, p := range paid {
		if p.State != "settled" {
			continue
		}
		settled[p.Membership] = true
		if p.Entry == 0 {
			continue
		}
		paying--
		if !settles(p, chain, state) {
			b.report(Damage{Subject: owner, Seq: p.Entry, What: damagePayment})
		}
	}
	if paying != 0 {
		b.report(Damage{Subject: owner, What: damagePayment})
	}
	for _, m := range stays {
		if settled[m.ID] != (m.PaidOn != 0) {
			b.report(Damage{Subject: owner, What: damageMembership})
		}
	}
}

// settles reports whether the entry that a contribution names pays exactly its months.
func settles(p *jaring.Payment, chain []*ledger.Entry, state *ledger.State) bool {
	at := slices.IndexFunc(chain, func(e *ledger.Entry) bool { return e.Seq == p.Entry })
	if at < 0 {
		return false
	}
	e := chain[at]
	months := e.Months()
	return e.Contribution == p.ID && !state.Reversed(e.ID) && e.Day == p.SettledOn && len(months) == p.Months &&
		months[0] == p.FirstMonth && months[len(months)-1] == p.LastMonth() && -e.On(ledger.Fund) == p.Total
}

// lines walks the chains of the accounts and compares them with what the entries ask for.
func (b *audit) lines(tx *store.Tx) error {
	var last ledger.Line
	err := tx.EachLine(func(l *ledger.Line) error {
		head := last.Head()
		if l.Account != last.Account {
			head = ledger.LineHead{}
		}
		if what := l.Broken(head); what != "" {
			b.report(Damage{Subject: string(l.Account), Seq: l.Seq, What: what})
		}
		tallyOf(b.kept, l.Account).add(l.Entry, l.Amount)
		last = *l
		return nil
	})
	for k := range b.said {
		tallyOf(b.kept, k)
	}
	var accounts []ledger.Key
	for k := range b.kept {
		if *b.kept[k] != *tallyOf(b.said, k) {
			accounts = append(accounts, k)
		}
	}
	slices.Sort(accounts)
	for _, k := range accounts {
		b.report(Damage{Subject: string(k), What: damageLines})
	}
	if b.events != b.entries {
		b.report(Damage{What: damageUntold})
	}
	return err
}
