package message

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"jaring/internal/i18n"
)

// Simulator is a gateway for demos and tests: it takes WhatsApp templates as Meta does, SMS and
// e-mail, keeps them for anybody to see, and reports back with true signatures. A phone number
// that ends with 0404 is not on any channel; to one that ends with 0500 a WhatsApp fails later.
// Mail to nobody@… is refused.
type Simulator struct {
	opts     SimulatorOptions
	client   *http.Client
	mu       sync.Mutex
	mischief Mischief
	inbox    []Received
	known    map[string]int // SMS by their ids
	queue    []report
	wake     chan struct{}
	serial   int
}

// SimulatorOptions may all be left out.
type SimulatorOptions struct {
	Token       string        // asked of who sends; simulated
	AppSecret   string        // signs reports; simulated
	VerifyToken string        // to set up the hook; simulated
	Hook        string        // where reports go; empty: nowhere
	Delay       time.Duration // between a letter and each of its reports
	Transport   http.RoundTripper
	Now         func() time.Time
	Log         *slog.Logger
}

// Mischief is what a simulated gateway does wrong.
type Mischief struct {
	Busy    int  `json:"busy"`    // so many letters get 503
	Drop    int  `json:"drop"`    // so many connections break after the work is done
	Double  bool `json:"double"`  // each report comes twice
	Reorder bool `json:"reorder"` // the last report comes first
}

// Received is a letter that arrived.
type Received struct {
	Channel  Channel   `json:"channel"`
	ID       string    `json:"id"`        // the gateway's
	LetterID string    `json:"letter_id"` // ours
	To       string    `json:"to"`
	Subject  string    `json:"subject,omitempty"`
	Text     string    `json:"text"`
	At       time.Time `json:"at"`
	Progress Progress  `json:"progress"`
}

// report is on its way to the hook.
type report struct {
	body  []byte
	due   time.Time
	tries int
}

const simulated = "simulated"

// NewSimulator starts a gateway.
func NewSimulator(o SimulatorOptions) *Simulator {
	for _, text := range []*string{&o.Token, &o.AppSecret, &o.VerifyToken} {
		if *text == "" {
			*text = simulated
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Simulator{opts: o, known: map[string]int{}, wake: make(chan struct{}, 1), client: &http.Client{Transport: o.Transport, Timeout: 10 * time.Second}}
}

// Settings are those with which Jaring sends by this gateway, at base and mailHost.
func (s *Simulator) Settings(base, mailHost string) Settings {
	return Settings{
		Order:    []Channel{WhatsApp, SMS, Email},
		WhatsApp: &WhatsAppSettings{Base: base, Version: "v23.0", PhoneID: "100000000000001", Token: s.opts.Token, AppSecret: s.opts.AppSecret, VerifyToken: s.opts.VerifyToken, Prefix: simPrefix},
		SMS:      &SMSSettings{Address: base + smsPath, Token: s.opts.Token, From: "JARING"},
		Email:    &MailSettings{Host: mailHost, From: "Jaring <jaring@kota.example>"},
	}
}

// Hook says where reports go, when it is known only now.
func (s *Simulator) Hook(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.Hook = address
}

// Misbehave makes the gateway do wrong from now on; Mischief{} makes it good again.
func (s *Simulator) Misbehave(m Mischief) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mischief = m
}

// Inbox is what arrived, in order.
func (s *Simulator) Inbox() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.inbox)
}

// receive keeps r and puts its reports on the way. The caller holds the lock.
func (s *Simulator) receive(r Received) string {
	s.serial++
	r.At, r.Progress = s.opts.Now(), ProgressSent
	if r.ID == "" {
		r.ID = fmt.Sprintf("wamid.SIM%08d", s.serial)
	}
	s.inbox = append(s.inbox, r)
	if r.Channel != WhatsApp {
		return r.ID
	}
	steps := []Progress{ProgressSent, ProgressDelivered, ProgressRead}
	if strings.HasSuffix(r.To, "0500") {
		steps = []Progress{ProgressSent, ProgressFailed}
	}
	if s.mischief.Reorder {
		slices.Reverse(steps)
	}
	for i, step := range steps {
		s.report(r, step, time.Duration(i+1)*s.opts.Delay)
	}
	return r.ID
}

// report queues Meta's word on r.
func (s *Simulator) report(r Received, step Progress, after time.Duration) {
	status := hookStatus{ID: r.ID, Status: string(step), At: strconv.FormatInt(s.opts.Now().Add(after).Unix(), 10), Ours: r.LetterID}
	if step == ProgressFailed {
		status.Errors = append(status.Errors, struct {
			Code int `json:"code"`
		}{131026})
	}
	s.enqueue(hookValue{Statuses: []hookStatus{status}}, after)
	if s.mischief.Double {
		s.enqueue(hookValue{Statuses: []hookStatus{status}}, after)
	}
	for i := range s.inbox {
		if s.inbox[i].ID == r.ID {
			s.inbox[i].Progress = s.inbox[i].Progress.Advance(step)
		}
	}
}

func (s *Simulator) enqueue(v hookValue, after time.Duration) {
	if s.opts.Hook == "" {
		return
	}
	type change struct {
		Field string    `json:"field"`
		Value hookValue `json:"value"`
	}
	type entry struct {
		ID      string   `json:"id"`
		Changes []change `json:"changes"`
	}
	raw, err := json.Marshal(map[string]any{"object": "whatsapp_business_account", "entry": []entry{{"0", []change{{"messages", v}}}}})
	if err != nil {
		return
	}
	s.queue = append(s.queue, report{body: raw, due: s.opts.Now().Add(after)})
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Reply lets somebody write to Jaring.
func (s *Simulator) Reply(from, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	m := hookMessage{ID: fmt.Sprintf("wamid.IN%08d", s.serial), From: strings.TrimPrefix(from, "+"), At: strconv.FormatInt(s.opts.Now().Unix(), 10)}
	m.Text = &struct {
		Body string `json:"body"`
	}{text}
	s.enqueue(hookValue{Messages: []hookMessage{m}}, 0)
}

// Deliver sends the reports that are due and gives the time of the next one; the zero time
// when none waits.
func (s *Simulator) Deliver(ctx context.Context) (next time.Time) {
	for ctx.Err() == nil {
		r, ok := s.pop()
		if !ok {
			break
		}
		if err := s.tell(ctx, r); err != nil {
			s.opts.Log.Info("no ear for a report", "err", err)
			s.again(r)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.queue {
		if next.IsZero() || r.due.Before(next) {
			next = r.due
		}
	}
	return next
}

// pop takes the report that is due first off the queue.
func (s *Simulator) pop() (r report, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := -1
	for i, q := range s.queue {
		if !q.due.After(s.opts.Now()) && (first < 0 || q.due.Before(s.queue[first].due)) {
			first = i
		}
	}
	if first < 0 {
		return r, false
	}
	r = s.queue[first]
	s.queue = slices.Delete(s.queue, first, first+1)
	return r, true
}

// maxReports is how often a report is tried.
const maxReports = 20

func (s *Simulator) again(r report) {
	if r.tries++; r.tries >= maxReports {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.due = s.opts.Now().Add(time.Second << min(r.tries, 6))
	s.queue = append(s.queue, r)
}

func (s *Simulator) tell(ctx context.Context, r report) error {
	s.mu.Lock()
	hook := s.opts.Hook
	s.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook, bytes.NewReader(r.body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(signatureHeader, SignHook(s.opts.AppSecret, r.body))
	res, err := s.client.Do(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the hook answers %d", res.StatusCode)
	}
	return nil
}

// Run sends reports as they become due until ctx ends.
func (s *Simulator) Run(ctx context.Context) {
	for {
		next, pause := s.Deliver(ctx), time.Hour
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

// readTemplate is what a person sees of a template that came.
func readTemplate(name, lang string, params []string) (string, int) {
	t, err := GetTemplate(strings.TrimPrefix(name, simPrefix))
	language, known := i18n.Parse(lang)
	switch {
	case err != nil || !strings.HasPrefix(name, simPrefix) || !known:
		return "", 132001 // there is no such template
	case len(params) != len(t.Params):
		return "", 132000 // another number of values
	}
	text := t.CloudText(language)
	for i, p := range params {
		if p == "" || p != oneLine(p) {
			return "", 132012 // a value of another form
		}
		text = strings.ReplaceAll(text, fmt.Sprintf("{{%d}}", i+1), p)
	}
	return text, 0
}

// simPrefix is before the names of our templates at Meta.
const simPrefix = "jaring_"
