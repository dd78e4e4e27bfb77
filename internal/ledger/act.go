package ledger

import "jaring/internal/jaring"

// Money is money that came for somebody: how much, where it is now, and what it is for.
type Money struct {
	Owner   string        // the worker or payer
	Into    Account       // where it is: Clearing, Float (an agent's deposit pays), Suspense (found at last)
	Amount  jaring.Rupiah // positive
	Credit  jaring.Rupiah // what the owner had already
	Charges []Charge      // what is to be paid
}

// Settle pays an own-account worker's months with the money and the credit, whole months and the
// oldest first; what is left is credit again. The kind is KindCredit when no month was paid.
func Settle(m Money) (Kind, []Posting, Allocation) {
	a := AllocateWhole(m.Credit+m.Amount, m.Charges)
	kind := KindSettle
	if len(a.Paid) == 0 {
		kind = KindCredit
	}
	ps := append(posts(nil, m.Into, m.Amount, 0), m.credited(a.Left)...)
	for _, c := range a.Paid {
		ps = append(ps, Posting{Fund, -c.Amount, c.Month})
	}
	return kind, ps, a
}

// Honour settles all months for the money of a receipt that was signed for them, whatever they cost
// by the rules: the difference is nobody's debt. Credit is not touched.
func Honour(m Money) (Kind, []Posting) {
	ps := posts(nil, m.Into, m.Amount, 0)
	for _, c := range m.Charges {
		ps = append(ps, Posting{Fund, -c.Amount, c.Month})
	}
	return KindSettle, posts(ps, Adjustment, Total(m.Charges)-m.Amount, 0)
}

// PayBill pays what an employer or sponsor owes with the money and the credit, the oldest month
// first, a month's penalty after its contribution; what is left is credit.
func PayBill(m Money) (Kind, []Posting, Allocation) {
	a := AllocateDebt(m.Credit+m.Amount, m.Charges)
	kind := KindSettle
	if len(a.Paid) == 0 {
		kind = KindCredit
	}
	ps := append(posts(nil, m.Into, m.Amount, 0), m.credited(a.Left)...)
	for _, c := range a.Paid {
		ps = append(ps, Posting{Payer(m.Owner), -c.Amount, c.Month})
	}
	return kind, ps, a
}

// credited brings the owner's credit to left.
func (m Money) credited(left jaring.Rupiah) []Posting {
	return posts(nil, Credit(m.Owner), m.Credit-left, 0)
}

// posts appends a posting, if there is anything to post.
func posts(ps []Posting, a Account, amount jaring.Rupiah, month jaring.Month) []Posting {
	if amount == 0 {
		return ps
	}
	return append(ps, Posting{a, amount, month})
}

// Bill charges an employer or sponsor: contributions to the fund, late penalties apart.
func Bill(payer string, charges []Charge) (kind Kind, ps []Posting) {
	kind = KindBill
	for _, c := range charges {
		to := Fund
		if c.Penalty {
			to, kind = Penalty, KindPenalty
		}
		ps = append(posts(ps, Payer(payer), c.Amount, c.Month), posts(nil, to, -c.Amount, c.Month)...)
	}
	return kind, ps
}

// TakeCash puts a worker's cash into an agent's hands.
func TakeCash(worker jaring.WorkerID, agent jaring.AccountID, amount jaring.Rupiah) (Kind, []Posting) {
	return KindTakeCash, []Posting{{Custody(agent), amount, 0}, {Worker(worker), -amount, 0}}
}

// Deposit brings the cash of one receipt from the agent to the fund and settles the months on
// it. The receipt stands: what they cost more or less goes to Adjustment.
func Deposit(m Money, agent jaring.AccountID) (Kind, []Posting) {
	_, ps := Honour(m)
	return KindDeposit, append(ps, Posting{Custody(agent), -m.Amount, 0}, Posting{Worker(jaring.WorkerID(m.Owner)), m.Amount, 0})
}

// TopUp adds to what an agent has deposited ahead.
func TopUp(agent jaring.AccountID, into Account, amount jaring.Rupiah) (Kind, []Posting) {
	return KindTopUp, []Posting{{into, amount, 0}, {Float(agent), -amount, 0}}
}

// CarryOver turns into credit what paid months cost less by a rule that came after the payment
// (PP 50/2025). before and after are the same months; one that became dearer stays as it
// was paid. Nothing is posted when none became cheaper.
func CarryOver(owner string, before, after []Charge) (Kind, []Posting) {
	ps, excess := cheaper(before, after)
	return KindCarryOver, posts(ps, Credit(owner), -excess, 0)
}

// Adjust puts the same difference aside instead, where nobody is owed it.
func Adjust(before, after []Charge) (Kind, []Posting) {
	ps, excess := cheaper(before, after)
	return KindAdjust, posts(ps, Adjustment, -excess, 0)
}

func cheaper(before, after []Charge) (ps []Posting, excess jaring.Rupiah) {
	price := map[jaring.Month]jaring.Rupiah{}
	for _, c := range after {
		price[c.Month] += c.Amount
	}
	for _, c := range before {
		if now, known := price[c.Month]; known && now < c.Amount {
			ps = append(ps, Posting{Fund, c.Amount - now, c.Month})
			excess += c.Amount - now
		}
	}
	return ps, excess
}

// Suspend keeps money that nobody could be found for.
func Suspend(channel string, amount jaring.Rupiah) (Kind, []Posting) {
	return KindSuspend, []Posting{{Clearing(channel), amount, 0}, {Suspense(channel), -amount, 0}}
}

// ReturnSuspended pays back through its channel what nobody could be found for.
func ReturnSuspended(channel string, amount jaring.Rupiah) (Kind, []Posting) {
	return KindRefund, []Posting{{Suspense(channel), amount, 0}, {Clearing(channel), -amount, 0}}
}

// Refund pays credit back through a channel.
func Refund(owner, channel string, amount jaring.Rupiah) (Kind, []Posting) {
	return KindRefund, []Posting{{Credit(owner), amount, 0}, {Clearing(channel), -amount, 0}}
}

// Reverse undoes an entry: every account is as before. The caller gives it an id, a day and
// an actor of its own.
func Reverse(e *Entry) Entry {
	r := Entry{Owner: e.Owner, Kind: KindReverse, Office: e.Office, Contribution: e.Contribution, Reference: e.Reference, Reverses: e.ID,
		Postings: make([]Posting, len(e.Postings))}
	for i, p := range e.Postings {
		p.Amount = -p.Amount
		r.Postings[i] = p
	}
	return r
}
