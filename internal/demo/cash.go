package demo

import (
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// Cash in the last days of the demo, so that every way from a hand to cover can be looked at: one agent brings
// it on the next day, one keeps it for three days, one has deposited ahead.
const (
	cashPrompt = 7 // days ago: taken, and brought on the day after
	cashLate   = 3 // days ago: taken, and not brought
	cashFresh  = 1
	cashFloat  = 500_000
)

// cash is what the demo knows of its receipts.
type cash struct {
	agents []*agent            // prompt, late, with a float
	payers map[*agent][]*entry // those who have not paid before first
	codes  map[jaring.OperationID]receipt
}

// receipt is a code with whom it was given to.
type receipt struct {
	code  jaring.ReceiptCode
	birth jaring.Day
}

// planCash plans what agents do with cash. It draws nothing, so that everybody else's fate stays.
func (b *builder) planCash() {
	b.cash = cash{payers: map[*agent][]*entry{}, codes: map[jaring.OperationID]receipt{}}
	paid := map[*entry]bool{}
	for _, d := range b.days {
		for _, e := range d.pays {
			paid[e] = true
		}
	}
	for _, unpaid := range []bool{true, false} { // those who owe nothing pay the next month
		for back := jaring.Day(cashPrompt + 1); back < months*31; back++ {
			if d := b.days[b.today-back]; d != nil {
				b.payers(d, func(e *entry) bool { return paid[e] != unpaid })
			}
		}
	}
	for _, a := range b.agents {
		if len(b.cash.payers[a]) > 0 {
			b.cash.agents = append(b.cash.agents, a)
		}
	}
	slices.SortStableFunc(b.cash.agents, func(x, y *agent) int { return cmp.Compare(len(b.cash.payers[y]), len(b.cash.payers[x])) })
	if len(b.cash.agents) < 3 {
		return
	}
	prompt, late, ahead := b.cash.agents[0], b.cash.agents[1], b.cash.agents[2]
	b.onCash(cashPrompt, 12, func(ctx context.Context) error { return b.takeCash(ctx, prompt, 2) })
	b.onCash(cashPrompt-1, 10, func(ctx context.Context) error { return b.bring(ctx, prompt) })
	b.onCash(cashLate, 12, func(ctx context.Context) error { return b.takeCash(ctx, late, 2) })
	b.onCash(cashFresh, 9, func(ctx context.Context) error { return b.payAhead(ctx, ahead) })
	b.onCash(cashFresh, 11, func(ctx context.Context) error { return b.takeCash(ctx, ahead, 1) })
	b.onCash(cashFresh, 12, func(ctx context.Context) error { return b.takeCash(ctx, prompt, 1) })
	b.onCash(cashFresh, 13, func(ctx context.Context) error { return b.ask(ctx, prompt) })
	b.onCash(0, 2, b.dispute)
	for back := cashPrompt; back >= 0; back-- {
		b.onCash(back, 2, func(ctx context.Context) error { _, err := b.app.TellOverdue(ctx); return err })
	}
}

// payers notes who of a day pays in cash.
func (b *builder) payers(d *day, fits func(*entry) bool) {
	for _, e := range d.entries {
		if fits(e) && len(e.confirmed) == 0 && e.birthDate == e.birth {
			b.cash.payers[e.agent] = append(b.cash.payers[e.agent], e)
		}
	}
}

func (b *builder) onCash(back int, hour time.Duration, act func(context.Context) error) {
	b.on(b.today.Add(-back)).at(hour*time.Hour, act)
}

// takeCash lets an agent take a month of up to n people in cash, and his phone send the receipts.
func (b *builder) takeCash(ctx context.Context, a *agent, n int) error {
	var records []record
	for n > 0 && len(b.cash.payers[a]) > 0 {
		e := b.cash.payers[a][0]
		b.cash.payers[a] = b.cash.payers[a][1:]
		r, err := b.receiptFor(ctx, a, e)
		if err != nil {
			return err
		}
		if r != nil {
			records, n = append(records, *r), n-1
		}
	}
	if len(records) == 0 {
		return nil
	}
	_, err := b.send(ctx, a.phone, 0, records)
	b.open = true
	return err
}

// receiptFor is the receipt that a phone signs for somebody's next month; nil when there is none.
func (b *builder) receiptFor(ctx context.Context, a *agent, e *entry) (*record, error) {
	if e.outcome.Worker == "" || e.outcome.Kind != jaring.Accepted {
		return nil, nil
	}
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return nil, err
	}
	v, err := b.app.GetWorker(ctx, actor, e.outcome.Worker)
	if err != nil || v.Worker.State != jaring.WorkerActive || v.Worker.Standing == jaring.StandingEnded {
		return nil, err
	}
	q := app.QuestionOf(v.Worker, v.Membership, false)
	q.FirstMonth, q.Months = jaring.DayIn(b.clock.now(), app.Zone("")).Month(), 1
	if v.Worker.PaidTo != 0 {
		q.FirstMonth = max(q.FirstMonth, v.Worker.PaidTo.Add(1))
	}
	quote, err := b.app.Book.Price(q)
	if err != nil {
		return nil, err
	}
	a.phone.counter++
	var random [jaring.ReceiptLength]byte
	if _, err := rand.Read(random[:]); err != nil {
		return nil, err
	}
	slip := jaring.Receipt{Device: a.phone.device, Counter: a.phone.counter, Code: jaring.NewReceiptCode(random), Amount: quote.Total, Months: q.Months,
		TakenAt: b.clock.now().UTC().Format(time.RFC3339), About: string(e.outcome.Worker)}
	signature, err := a.phone.signReceipt(slip)
	if err != nil {
		return nil, err
	}
	r, err := a.phone.keep(jaring.ActTakeCash, b.clock.now(), wire.Cash{Worker: slip.About, Months: slip.Months, Amount: slip.Amount, Code: string(slip.Code), Counter: slip.Counter,
		TakenAt: slip.TakenAt, Signature: signature})
	b.cash.codes[r.ID] = receipt{slip.Code, e.birthDate}
	return &r, err
}

// signReceipt signs a receipt with the phone's key.
func (p *phone) signReceipt(slip jaring.Receipt) (string, error) {
	sum := sha256.Sum256(slip.SignedText())
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	if err != nil {
		return "", err
	}
	var raw [64]byte
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	return base64.StdEncoding.EncodeToString(raw[:]), nil
}

// ask lets an agent ask for a code to deposit what he holds; nothing when he holds nothing.
func (b *builder) ask(ctx context.Context, a *agent) error {
	_, err := b.askDeposit(ctx, a)
	return err
}

func (b *builder) askDeposit(ctx context.Context, a *agent) (*app.Deposit, error) {
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return nil, err
	}
	d, err := b.app.MakeDeposit(ctx, actor, newOperation(), nil)
	if jaring.KeyOf(err) == "deposit.nothing" {
		return nil, nil
	}
	return d, err
}

// bring lets an agent bring what he holds to the counter.
func (b *builder) bring(ctx context.Context, a *agent) error {
	d, err := b.askDeposit(ctx, a)
	if err != nil || d == nil {
		return err
	}
	return b.bookDeposit(ctx, a, d, "counter")
}

// payAhead lets an agent deposit ahead at the bank.
func (b *builder) payAhead(ctx context.Context, a *agent) error {
	actor, err := b.actor(ctx, a.id)
	if err != nil {
		return err
	}
	d, err := b.app.MakeFloat(ctx, actor, newOperation(), cashFloat)
	if err != nil {
		return err
	}
	return b.bookDeposit(ctx, a, d, "bank")
}

func (b *builder) bookDeposit(ctx context.Context, a *agent, d *app.Deposit, channel string) error {
	desk, err := b.actor(ctx, b.officerOf(a.office))
	if err != nil {
		return err
	}
	paid := app.Paid{Amount: d.Amount, Channel: channel, Reference: "STR" + d.Code, On: jaring.DayIn(b.clock.now(), app.Zone(""))}
	_, err = b.app.SettleDeposit(ctx, desk, newOperation(), d.ID, paid)
	b.open = true
	return err
}

// dispute is a worker who has asked about a receipt and found that the money is late.
func (b *builder) dispute(ctx context.Context) error {
	actor, err := b.actor(ctx, b.cash.agents[1].id)
	if err != nil {
		return err
	}
	own, err := b.app.OwnCash(ctx, actor)
	if err != nil || len(own.Receipts) == 0 || own.Open == 0 {
		return err
	}
	given := b.cash.codes[jaring.OperationID(own.Receipts[0].ID)]
	_, err = b.app.DisputeReceipt(ctx, newOperation(), app.Dispute{Code: string(given.code), Birth: given.birth, What: "Sudah tiga hari, uang saya belum disetor"})
	return err
}
