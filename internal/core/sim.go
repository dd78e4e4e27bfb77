package core

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Simulator is a fund's core for demos and tests. It decides by content first: a name
// that holds one of the marks, an age or programmes that the law does not take, a
// payment that is missing, a NIK that another worker has. Then chance decides, the same
// for the same seed and message. It holds state in memory, and in a file if asked.
type Simulator struct {
	opts     SimulatorOptions
	mu       sync.Mutex
	mischief Mischief
	epoch    string          // tells cursors of one life from those of another
	issued   map[string]bool // KPJ
	messages map[MessageID]decision
	members  map[string]member // by keyed hash of the NIK
	pending  []decision        // decided, not yet published; by ReadyAt
	last     int64             // ReadyAt of the last published
	answers  []Answer          // published, in the order of their cursors
	held     []StatementRow    // by message id
	heldOn   map[MessageID]jaring.Day
	ends     map[MessageID]ended
	state    *outside.Journal
	dropped  int // answers that are in files
}

// SimulatorOptions may all be left out.
type SimulatorOptions struct {
	Seed       uint64
	Delay      time.Duration // from receipt to answer
	RejectRate float64       // 0–1, by chance on top of content
	Token      string        // asked of who calls, if set
	State      string        // file to survive a restart
	Zone       *time.Location
	Now        func() time.Time
}

// Mischief is what a simulator does wrong.
type Mischief struct {
	Late        time.Duration `json:"-"`           // more for every third answer, about
	Double      bool          `json:"double"`      // each answer comes twice
	Reorder     bool          `json:"reorder"`     // answers of a page come shuffled
	Unavailable int           `json:"unavailable"` // so many requests get 503
	Cut         int           `json:"cut"`         // so many connections break after the work is done
}

// member is who a NIK belongs to at the core.
type member struct {
	worker jaring.WorkerID
	kpj    string
}

// decision is what the simulator made of one message, as the state file keeps it. The
// NIK is there as a keyed hash.
type decision struct {
	Answer  answerWire `json:"answer"`
	NIK     string     `json:"nik"`
	Digest  string     `json:"digest"`
	ReadyAt int64      `json:"ready_at"` // Unix milliseconds
	Copies  int        `json:"copies"`
}

// marks in a name decide, so that a demo can ask for each verdict.
var marks = []struct {
	mark   string
	reason Reason
}{
	{"TOLAK", ReasonNIKNotFound},
	{"BEDA NAMA", ReasonNameDiffers},
	{"ALMARHUM", ReasonDeceased},
}

// byChance are the reasons that chance picks from.
var byChance = []Reason{ReasonNIKNotFound, ReasonNameDiffers, ReasonAlreadyMember, ReasonDeceased, ReasonPaymentMissing, ReasonOther}

// NewSimulator starts a core, from its state file if there is one.
func NewSimulator(o SimulatorOptions) (*Simulator, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.FixedZone("WIB", 7*3600)
	}
	s := &Simulator{opts: o, messages: map[MessageID]decision{}, members: map[string]member{}, heldOn: map[MessageID]jaring.Day{}, ends: map[MessageID]ended{}, issued: map[string]bool{}}
	s.epoch = fmt.Sprintf("%x", o.Now().UnixMilli())
	if o.State != "" {
		if err := s.load(o.State); err != nil {
			return nil, fmt.Errorf("state of the simulated core: %w", err)
		}
	}
	return s, nil
}

// Close lets go of the state file.
func (s *Simulator) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Close()
}

// Misbehave makes the simulator do wrong from now on; Mischief{} makes it good again.
func (s *Simulator) Misbehave(m Mischief) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mischief = m
}

// receive takes messages in. One that is known is passed over, unless it was rejected
// and says something else now.
func (s *Simulator) receive(es []Enrolment) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.publish()
	for _, e := range es {
		digest, err := s.digest(e)
		if err != nil {
			return err
		}
		before, known := s.messages[e.MessageID]
		if known && (before.Answer.Verdict == Acknowledged || before.Digest == digest) {
			continue
		}
		d := s.decide(e)
		d.Digest = digest
		if err := s.keep(d); err != nil {
			return err
		}
		s.apply(d)
	}
	s.publish()
	return nil
}

func (s *Simulator) digest(e Enrolment) (string, error) {
	raw, err := encodeEnrolment(e)
	return s.keyed(string(raw)), err
}

// keyed hides text from whoever reads the state, but not from whoever knows the seed:
// a simulator sees invented people only.
func (s *Simulator) keyed(text string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s", s.opts.Seed, text))
	return hex.EncodeToString(sum[:16])
}

func (s *Simulator) decide(e Enrolment) decision {
	now := s.opts.Now()
	ready := now.Add(s.opts.Delay)
	if s.chance(string(e.MessageID), "late")%3 == 0 {
		ready = ready.Add(s.mischief.Late)
	}
	d := decision{NIK: s.keyed(e.NIK.Reveal()), ReadyAt: max(ready.UnixMilli(), s.last), Copies: 1}
	if s.mischief.Double {
		d.Copies = 2
	}
	on := jaring.DayIn(time.UnixMilli(d.ReadyAt), s.opts.Zone)
	a := Answer{MessageID: e.MessageID, Verdict: Acknowledged, Programs: e.Programs, From: e.FirstMonth, To: e.LastMonth, On: on}
	if reason := s.reason(e, d.NIK, on); reason != "" {
		a = Answer{MessageID: e.MessageID, Verdict: Rejected, Reason: reason, Text: "Simulasi: " + string(reason), On: on}
	} else if a.KPJ = s.members[d.NIK].kpj; a.KPJ == "" {
		a.KPJ = s.issue(d.NIK, on.Year())
	}
	d.Answer = a.wire()
	return d
}

// issue makes a KPJ out of seed and person, so that a simulator that has lost its
// memory gives the same one again and not somebody else's.
func (s *Simulator) issue(nik string, year int) string {
	const numbers = 100_000_000
	for n := s.chance(nik, "kpj") % numbers; ; n = (n + 1) % numbers {
		kpj := fmt.Sprintf("S%02d%08d", year%100, n)
		if !s.issued[kpj] {
			return kpj
		}
	}
}

// reason is why e is rejected, empty when it is not.
func (s *Simulator) reason(e Enrolment, nik string, on jaring.Day) Reason {
	for _, m := range marks {
		if strings.Contains(strings.ToUpper(e.Name), m.mark) {
			return m.reason
		}
	}
	owner, taken := s.members[nik]
	switch {
	case e.Check() != nil:
		return ReasonOther
	case jaring.Worst(jaring.EntryAge(e.BirthDate, on)) > jaring.Pass && !taken:
		return ReasonAge
	case jaring.Worst(jaring.CheckPrograms(jaring.SelfEmployed, e.Programs)) == jaring.Reject:
		return ReasonProgramme
	case e.PaidOn == 0 || e.PaidOn > on || e.Amount <= 0:
		return ReasonPaymentMissing
	case taken && owner.worker != e.WorkerID:
		return ReasonAlreadyMember
	}
	const parts = 1_000_000
	if n := s.chance(string(e.MessageID), "reject"); float64(n%parts) < s.opts.RejectRate*parts {
		return byChance[n/parts%uint64(len(byChance))]
	}
	return ""
}

// chance is a number that only the seed, the thing and the question decide.
func (s *Simulator) chance(of, question string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s\x00%s", s.opts.Seed, question, of)
	n := h.Sum64() // neighbours differ in few bits: mix them
	n = (n ^ n>>33) * 0xff51afd7ed558ccd
	return n ^ n>>33
}

// apply makes d part of what the core knows, now or at a restart.
func (s *Simulator) apply(d decision) {
	switch d.Answer.Verdict {
	case Ended:
		a, _ := d.Answer.answer()
		s.ends[a.MessageID] = ended{a.To, a.On}
	case Acknowledged:
		worker, _, _ := d.Answer.MessageID.Parts()
		s.members[d.NIK] = member{worker, d.Answer.KPJ}
		s.issued[d.Answer.KPJ] = true
	}
	if d.Answer.Verdict != Ended {
		s.messages[d.Answer.MessageID] = d
	}
	at, _ := slices.BinarySearchFunc(s.pending, d.ReadyAt, func(p decision, ready int64) int {
		if p.ReadyAt <= ready { // behind its equals: the order of arrival
			return -1
		}
		return 1
	})
	s.pending = slices.Insert(s.pending, at, d)
}

// publish gives out the answers that are due. What is published later is never ready
// earlier, so a restart publishes in the same order and cursors stay true.
func (s *Simulator) publish() {
	now := s.opts.Now().UnixMilli()
	n := 0
	for _, d := range s.pending {
		if d.ReadyAt > now {
			break
		}
		n, s.last = n+1, d.ReadyAt
		a, _ := d.Answer.answer()
		for range d.Copies {
			s.answers = append(s.answers, a)
		}
		if a.Verdict == Acknowledged {
			s.hold(a)
		}
	}
	s.pending = slices.Delete(s.pending, 0, n)
}

func (s *Simulator) hold(a Answer) {
	row := StatementRow{MessageID: a.MessageID, KPJ: a.KPJ, Programs: a.Programs, From: a.From, To: a.To}
	at, found := slices.BinarySearchFunc(s.held, row.MessageID, func(r StatementRow, id MessageID) int {
		return strings.Compare(string(r.MessageID), string(id))
	})
	if !found {
		s.held = slices.Insert(s.held, at, row)
	}
	s.heldOn[a.MessageID] = a.On
}

// statement are the rows held at the end of day.
func (s *Simulator) statement(day jaring.Day) (rows []StatementRow) {
	for _, r := range s.held {
		if s.heldOn[r.MessageID] <= day {
			rows = append(rows, s.heldOnDay(r, day))
		}
	}
	return rows
}

func encodeAnswer(a Answer) ([]byte, error)             { return json.Marshal(a.wire()) }
func encodeStatementRow(r StatementRow) ([]byte, error) { return json.Marshal(r.wire()) }
