package app

import (
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// carried is what paid months cost less by a relief that came after they were paid, as an entry that
// turns it into credit; nil when there is nothing. Each month is carried over once; what a sponsor paid is not
// the worker's to have back.
// Source: PP 50/2025, one source, article not seen.
func (a *App) carried(r *Record, entries []*ledger.Entry, head ledger.Head) (*ledger.Entry, error) {
	done := map[jaring.Month]jaring.Rupiah{}
	for _, e := range entries {
		if e.Kind != ledger.KindCarryOver {
			continue
		}
		for _, p := range e.Postings {
			if p.Account == ledger.Fund {
				done[p.Month] += p.Amount
			}
		}
	}
	var before, after []ledger.Charge
	for _, p := range r.Membership.Payments {
		if p.State != "settled" || p.Channel == SponsorChannel || QuoteOf(r.Membership, p).Version == a.Book.Version {
			continue
		}
		excess, err := a.excessOf(r, p)
		if err != nil {
			return nil, err
		}
		for m := p.FirstMonth; m <= p.LastMonth(); m++ {
			before = append(before, ledger.Charge{Month: m, Amount: max(0, excess[m]-done[m])})
			after = append(after, ledger.Charge{Month: m})
		}
	}
	kind, postings := ledger.CarryOver(string(r.Worker.ID), before, after)
	if len(postings) == 0 {
		return nil, nil
	}
	e := &ledger.Entry{ID: ledger.EntryID(NewID()), Owner: string(r.Worker.ID), Kind: kind, Day: jaring.DayIn(a.Now(), Zone("")), At: a.Now(), Office: r.Worker.Office,
		Reference: a.Book.Version, Postings: postings}
	e.Seal(head)
	return e, nil
}

// excessOf is what each month of a paid contribution is relieved of by the rules of today, less what
// it was relieved of when it was paid. Only reliefs that carry forward count.
func (a *App) excessOf(r *Record, p *store.PaymentRecord) (map[jaring.Month]jaring.Rupiah, error) {
	q := QuestionOf(r.Worker, r.Membership, false)
	q.Programs, q.FirstMonth, q.Months = p.Programs, p.FirstMonth, p.Months
	quote, err := a.Book.Price(q)
	if err != nil {
		return nil, err
	}
	excess := map[jaring.Month]jaring.Rupiah{}
	for _, l := range quote.Lines {
		if l.Relief != nil && l.Relief.Relief.Excess == "carry_forward" {
			excess[l.Month] += l.Full - l.Amount
		}
	}
	lines, err := ParseQuoteLines(QuoteOf(r.Membership, p).Lines)
	for _, l := range lines {
		if l.Full > l.Amount {
			excess[l.Month] -= l.Full - l.Amount
		}
	}
	return excess, err
}
