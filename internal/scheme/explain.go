package scheme

import "jaring/internal/jaring"

// bandsBefore is the table of the month before m, to say a row once and not
// every month anew.
func (quote *Quote) bandsBefore(b *Book, m jaring.Month) *Rule {
	t, err := b.table(m - 1)
	if err != nil {
		return nil
	}
	return t.bands
}

// explainRow says in which row of the table the income lies.
func (quote *Quote) explainRow(q *Question, t *bpuMonth, row int, m jaring.Month) {
	band := t.bands.Bands[row]
	s := Step{Key: "step.bpu.row", Month: m, Rule: t.bands, Input: q.Income, From: band.From, To: band.To, Base: band.Base, Amount: band.Base}
	switch {
	case q.LowestBand:
		s.Key = "step.bpu.row.lowest"
	case band.To == 0:
		s.Key = "step.bpu.row.top"
	case q.Income > band.To:
		s.Key = "step.bpu.row.gap"
	}
	quote.Steps = append(quote.Steps, s)
}

// explainRate says how the full amount of a line arises.
func (quote *Quote) explainRate(l *Line, floor *Rule) {
	s := Step{Key: "step.bpu.flat", Month: l.Month, Program: l.Program, Rule: l.Rule, Amount: l.Full}
	if l.Rule.Ratio != nil {
		s.Key, s.Base, s.Factor = "step.bpu.rate", l.Base, *l.Rule.Ratio
	}
	if l.Rule.share(l.Base) < l.Full {
		s.Amount = l.Rule.share(l.Base)
		quote.Steps = append(quote.Steps, s)
		s = Step{Key: "step.floor", Month: l.Month, Program: l.Program, Rule: floor, Base: s.Amount, Amount: l.Full}
	}
	quote.Steps = append(quote.Steps, s)
}

// explainRelief says what the relief leaves of the line, and what it takes for granted. Where the employer alone
// pays, it names the reduced rate of the wage, as the law writes it.
func (quote *Quote) explainRelief(q *Question, l *Line, of shares) {
	r := l.Relief.Relief
	s := Step{Key: "step.relief", Month: l.Month, Program: l.Program, Rule: l.Relief, Base: l.Full, Factor: r.Factor, Until: l.Relief.To.Month(), Amount: l.Amount}
	if of.employee == nothing {
		s.Base, s.Factor = l.Base, of.employer.times(r.Factor)
	}
	switch {
	case r.Deferred:
		s.Key = "step.relief.deferred"
	case r.RequirePaidUpTo != 0 && q.PaidUpTo == 0 && q.Registered <= r.RequirePaidUpTo:
		s.Key, s.Until = "step.relief.assumed", r.RequirePaidUpTo
	}
	quote.Steps = append(quote.Steps, s)
}

// explainRefusal says why a relief of this month does not help.
func (quote *Quote) explainRefusal(q *Question, l *Line, refused *Rule, why string) {
	quote.Steps = append(quote.Steps, Step{
		Key: why, Month: l.Month, Program: l.Program, Rule: refused, Word: fundingWord(q.Funding),
		Until: refused.Relief.RequirePaidUpTo, Count: refused.Relief.GraceMemberMonths, Base: l.Full, Amount: l.Amount,
	})
}

// fundingWord is the key of a source of money; written out so that explaining
// allocates nothing.
func fundingWord(f jaring.Funding) string {
	switch f {
	case jaring.FundingCSR:
		return "funding.csr"
	case jaring.FundingAPBD:
		return "funding.apbd"
	case jaring.FundingAPBN:
		return "funding.apbn"
	case jaring.FundingAPBDes:
		return "funding.apbdes"
	}
	return "funding.self"
}
