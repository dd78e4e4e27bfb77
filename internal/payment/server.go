package payment

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
	"time"
)

// Server is our side of SNAP, which banks call: token (73), inquiry (24), payment (25) and
// the acquirer's notice of a QR payment (52). It proves who calls, reads what they say and
// asks the Biller; it keeps nothing that matters.
type Server struct {
	gate   gate
	biller Biller
	seen   seen
	log    *slog.Logger
	mux    *http.ServeMux
}

// ServerOptions may all be left out.
type ServerOptions struct {
	TokenKey  []byte        // seals tokens; by chance if empty, so tokens end with the process
	TokenLife time.Duration // 15 minutes
	Now       func() time.Time
	Log       *slog.Logger // hears of what was refused; never of a name or a code
}

// maxSeen is how many external ids of inquiries are remembered at most.
const maxSeen = 200_000

// NewServer makes the server that banks may call. Mount it where the banks look, by
// http.StripPrefix when that is not the root: what is signed is the request line.
// Errors: payment.bank_malformed, payment.code_malformed.
func NewServer(banks []Bank, biller Biller, o ServerOptions) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{biller: biller, log: o.Log, gate: newGate(o.TokenKey, o.TokenLife, o.Now), seen: seen{most: maxSeen}}
	for _, b := range banks {
		if err := b.Check(); err != nil {
			return nil, err
		}
		p := b.Profile
		s.gate.callers = append(s.gate.callers, &caller{name: b.Name, party: b.Theirs, signing: p.Notices, skew: p.Skew, signedFrom: p.SignedFrom, bank: &b})
	}
	s.mux = http.NewServeMux()
	s.mux.HandleFunc(routes[ServiceToken].path, only(ServiceToken, s.gate.serveToken))
	s.handle(ServiceInquiry, s.inquire)
	s.handle(ServicePayment, s.pay)
	s.handle(ServiceQRNotice, s.payQR)
	return s, nil
}

func newGate(key []byte, life time.Duration, now func() time.Time) gate {
	if len(key) == 0 {
		key = make([]byte, 32)
		_, _ = rand.Read(key) // never fails
	}
	if life == 0 {
		life = defaultLife
	}
	return gate{tokens: sealer{key, life, now}, now: now}
}

// ServeHTTP answers a bank.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// answer is what a service says: its case and the data that go with it.
type answer struct {
	Code    string `json:"responseCode"`
	Message string `json:"responseMessage"`
	Account any    `json:"virtualAccountData,omitempty"`
}

// handle serves service by act, once the gate has let the request in.
func (s *Server) handle(service Service, act func(context.Context, *request) (any, *refusal)) {
	s.mux.HandleFunc(routes[service].path, only(service, func(w http.ResponseWriter, r *http.Request) {
		req, no := s.gate.admit(w, r, service)
		var data any
		if no == nil {
			data, no = act(r.Context(), req)
		}
		if no == nil {
			no = &refusal{Case: Successful}
		} else {
			s.note(r, service, no)
		}
		writeAnswer(w, no.Status, answer{no.Code(service), no.message(), data})
	}))
}

// only lets the method of service through.
func only(service Service, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != routes[service].method {
			writeAnswer(w, NotSupported.Status, answer{Code: NotSupported.Code(service), Message: NotSupported.Message})
			return
		}
		next(w, r)
	}
}

// note tells the log of what was not done: who says to be who, and why, never for whom.
func (s *Server) note(r *http.Request, service Service, no *refusal) {
	level := slog.LevelInfo
	if no.Status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	s.log.Log(r.Context(), level, "bank was refused", "code", no.Code(service), "detail", no.detail,
		"partner", short(r.Header.Get(headerPartner)), "external_id", short(r.Header.Get(headerExternal)))
}

// short keeps a stranger's header from filling the log.
func short(s string) string { return s[:min(len(s), maxPartner)] }

func (s *Server) inquire(ctx context.Context, r *request) (any, *refusal) {
	q := r.inquiry()
	switch {
	case r.fault != nil:
		return nil, r.fault
	case q.va.Service != r.bank.Profile.ServiceID:
		return q.answer(Bill{}, InvalidBill), &refusal{Case: InvalidBill}
	case s.seen.conflicts(r.partner, r.day(), r.external, r.digest, r.bank.Profile.Repeat == RepeatConflict):
		return nil, &refusal{Case: ConflictingID}
	}
	bill, err := s.biller.Inquire(ctx, q.va)
	if err != nil {
		return q.answer(bill, caseOf(err)), s.refuse(ctx, err)
	}
	return q.answer(bill, Successful), nil
}

func (s *Server) pay(ctx context.Context, r *request) (any, *refusal) {
	n := r.paymentNotice(s.gate.now())
	switch {
	case r.fault != nil:
		return nil, r.fault
	case n.VA.Service != r.bank.Profile.ServiceID:
		return r.paymentAnswer(n, Bill{}, InvalidBill), &refusal{Case: InvalidBill}
	}
	receipt, err := s.biller.Pay(ctx, n)
	if err != nil {
		return r.paymentAnswer(n, receipt.Bill, caseOf(err)), s.refuse(ctx, err)
	}
	return r.paymentAnswer(n, receipt.Bill, Successful), nil
}

func (s *Server) payQR(ctx context.Context, r *request) (any, *refusal) {
	n, paid := r.qrNotice()
	if r.fault != nil || !paid { // a word of an earlier state, or of a failed try: nothing to book
		return nil, r.fault
	}
	if _, err := s.biller.Pay(ctx, n); err != nil {
		return nil, s.refuse(ctx, err)
	}
	return nil, nil
}

// refuse tells a bank of err; the log hears the cause of what is our fault.
func (s *Server) refuse(ctx context.Context, err error) *refusal {
	c := caseOf(err)
	if c.Status >= http.StatusInternalServerError {
		s.log.ErrorContext(ctx, "a bank waits for us", "err", err)
	}
	return &refusal{Case: c}
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
