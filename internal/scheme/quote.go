package scheme

import "jaring/internal/jaring"

// Line is what one programme costs in one month, in rupiah.
type Line struct {
	Month    jaring.Month
	Program  jaring.Program
	Base     jaring.Rupiah // what the percentage is taken of; 0 for a flat amount
	Full     jaring.Rupiah // before relief
	Amount   jaring.Rupiah // due: Full after relief, before credit
	Employer jaring.Rupiah // PU: the employer's part of Amount
	Employee jaring.Rupiah // PU: the worker's part of Amount
	Deferred jaring.Rupiah // part of Full that is to be paid later, not forgiven
	Credit   jaring.Rupiah // part of Amount that money carried forward pays
	Rule     *Rule         // the rate or flat amount
	Mark     Mark          // how well the amount is sourced: the weaker of rule and row
	Relief   *Rule         // nil without relief
}

// Quote is the answer to a Question. Total is what is due, Payable what is left
// to pay after credit; all in rupiah.
type Quote struct {
	Version    string
	Question   Question
	Lines      []Line // month by month, programmes in the order of the law
	Steps      []Step // only when asked for
	Full       jaring.Rupiah
	Total      jaring.Rupiah
	Employer   jaring.Rupiah
	Employee   jaring.Rupiah
	Deferred   jaring.Rupiah
	CreditUsed jaring.Rupiah
	CreditLeft jaring.Rupiah
	Payable    jaring.Rupiah
}

// Remembered is a quote as a bill remembers it: by another version of the rules than
// those at hand, so with amounts and without steps.
func Remembered(version string, q Question, lines []Line) Quote {
	quote := Quote{Version: version, Question: q.withDefaults(), Lines: lines}
	quote.sum()
	return quote
}

// Month is the sum of the lines of month m: what it costs and what it would
// cost without relief.
func (q *Quote) Month(m jaring.Month) (full, amount jaring.Rupiah) {
	for i := range q.Lines {
		if q.Lines[i].Month == m {
			full += q.Lines[i].Full
			amount += q.Lines[i].Amount
		}
	}
	return full, amount
}

// Program is what programme p costs over all months of the quote.
func (q *Quote) Program(p jaring.Program) (amount jaring.Rupiah) {
	for i := range q.Lines {
		if q.Lines[i].Program == p {
			amount += q.Lines[i].Amount
		}
	}
	return amount
}

func (q *Quote) sum() {
	q.Full, q.Total, q.Employer, q.Employee, q.Deferred, q.CreditUsed = 0, 0, 0, 0, 0, 0
	for i := range q.Lines {
		l := &q.Lines[i]
		q.Full += l.Full
		q.Total += l.Amount
		q.Employer += l.Employer
		q.Employee += l.Employee
		q.Deferred += l.Deferred
		q.CreditUsed += l.Credit
	}
	q.CreditLeft = q.Question.Credit - q.CreditUsed
	q.Payable = q.Total - q.CreditUsed
}
