package payment

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// letter is a notice on its way to Jaring.
type letter struct {
	taking   *Taking
	external string
	advise   bool
	twice    bool
	due      time.Time
	tries    int
}

// How the bank asks again when it has no answer: first soon, then slower, and in the end
// it leaves the payment to its statement.
const (
	adviseAfter = time.Second
	adviseMost  = time.Minute
	maxTries    = 200
	reorderSpan = 2 * time.Second
)

// post puts the notice of t on the way. The caller holds the lock.
func (s *Simulator) post(t *Taking, m Mischief) {
	if s.opts.Notify == "" {
		return
	}
	now := s.opts.Now()
	l := &letter{taking: t, external: newExternalID(now), twice: m.Double, due: now.Add(m.Late)}
	if m.Reorder {
		random := rand.New(rand.NewPCG(s.opts.Seed, uint64(s.serial)))
		l.due = l.due.Add(time.Duration(random.Int64N(int64(reorderSpan))))
	}
	s.enqueue(l)
	if m.Advise {
		s.enqueue(&letter{taking: t, external: newExternalID(now), advise: true, due: l.due.Add(m.Late)})
	}
}

func (s *Simulator) enqueue(l *letter) {
	s.queue = append(s.queue, l)
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Deliver sends all notices that are due, and those that become due meanwhile, and gives
// the time of the next one; the zero time when none waits.
func (s *Simulator) Deliver(ctx context.Context) (next time.Time) {
	for ctx.Err() == nil {
		due := s.collect()
		if len(due) == 0 {
			break
		}
		for _, l := range due {
			s.send(ctx, l)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.queue {
		if next.IsZero() || l.due.Before(next) {
			next = l.due
		}
	}
	return next
}

// collect takes what is due off the queue, the earliest first.
func (s *Simulator) collect() (due []*letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.opts.Now()
	s.queue = slices.DeleteFunc(s.queue, func(l *letter) bool {
		if l.due.After(now) {
			return false
		}
		due = append(due, l)
		return true
	})
	slices.SortStableFunc(due, func(a, b *letter) int { return a.due.Compare(b.due) })
	return due
}

// Run sends notices as they become due until ctx ends.
func (s *Simulator) Run(ctx context.Context) {
	for {
		next := s.Deliver(ctx)
		pause := time.Hour
		if !next.IsZero() {
			pause = max(0, next.Sub(s.opts.Now()))
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-s.wake:
			timer.Stop()
		}
	}
}

// send tells Jaring once, or twice at the same moment.
func (s *Simulator) send(ctx context.Context, l *letter) {
	if !l.twice {
		s.sendOnce(ctx, l)
		return
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { s.sendOnce(ctx, l) })
	}
	both.Wait()
}

type payWire struct {
	accountWire
	RequestID string     `json:"paymentRequestId"`
	Paid      amountWire `json:"paidAmount"`
	Total     amountWire `json:"totalAmount"`
	At        string     `json:"trxDateTime"`
	Reference string     `json:"referenceNo"`
	Advise    string     `json:"flagAdvise"`
}

type qrPaidWire struct {
	Reference string     `json:"originalReferenceNo"`
	ID        string     `json:"originalPartnerReferenceNo"`
	Status    string     `json:"latestTransactionStatus"`
	Text      string     `json:"transactionStatusDesc"`
	Amount    amountWire `json:"amount"`
}

// letterOf is what travels for l.
func (s *Simulator) letterOf(l *letter) (Service, any) {
	t := l.taking
	if t.QR {
		return ServiceQRNotice, qrPaidWire{t.Reference, t.Code, qrPaid, "Success", newAmountWire(t.Amount)}
	}
	va := VA{s.bank.Profile.ServiceID, t.Code[len(s.bank.Profile.ServiceID):]}
	advise := "N"
	if l.advise {
		advise = "Y"
	}
	return ServicePayment, payWire{newAccountWire(va), t.RequestID, newAmountWire(t.Amount), newAmountWire(t.Amount), Timestamp(t.At), t.Reference, advise}
}

func (s *Simulator) sendOnce(ctx context.Context, l *letter) {
	service, body := s.letterOf(l)
	raw, err := encode(body)
	if err != nil {
		return
	}
	s.mu.Lock()
	line := s.line
	s.mu.Unlock()
	got, err := line.ask(ctx, service, l.external, raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && take(&s.mischief.Deaf) {
		got, err = nil, unreachable(context.DeadlineExceeded)
	}
	if err != nil {
		s.opts.Log.Info("no answer to a notice", "request", l.taking.RequestID, "err", err)
	}
	s.hear(l, got)
}

func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

// hear is what the bank makes of Jaring's answer. The first clear word on a payment stands.
func (s *Simulator) hear(l *letter, got *reply) {
	t := l.taking
	code := ""
	if got != nil {
		code = got.code
	}
	t.Answers = append(t.Answers, code)
	switch {
	case t.State != TakingWaits:
		return
	case got != nil && got.Status == http.StatusOK:
		t.State = TakingBooked
		s.paid(t)
	case got != nil && got.Status == http.StatusNotFound:
		t.State = TakingReturned
	case got != nil && got.Status == http.StatusConflict && l.advise: // for people to look at
	default: // no answer, busy, or a conflict that an advice settles
		s.askAgain(l)
	}
	if err := s.keep(stateLine{Taking: t}); err != nil {
		s.opts.Log.Error("the bank's state was not kept", "err", err)
	}
}

func (s *Simulator) askAgain(l *letter) {
	if l.tries >= maxTries {
		return
	}
	now := s.opts.Now()
	pause := min(adviseAfter<<min(l.tries, 10), adviseMost)
	s.enqueue(&letter{taking: l.taking, external: newExternalID(now), advise: true, due: now.Add(pause), tries: l.tries + 1})
}

// paid marks the code of t. The caller holds the lock.
func (s *Simulator) paid(t *Taking) {
	var err error
	if a, ok := s.accounts[t.Code]; ok {
		a.State, a.Paid, a.Request = a.State.Advance(StatePaid), t.Amount, t.RequestID
		err = s.keep(stateLine{Account: a})
	} else if q, ok := s.codes[t.Code]; ok {
		q.State = q.State.Advance(StatePaid)
		err = s.keep(stateLine{QR: q})
	}
	if err != nil {
		s.opts.Log.Error("the bank's state was not kept", "err", err)
	}
}
