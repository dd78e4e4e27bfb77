package jaring

import (
	"cmp"
	"slices"
	"time"
)

// CaptureKind is what a capture found.
type CaptureKind string

// Kinds of captures.
const (
	CaptureNew      CaptureKind = "new"      // nobody here had this NIK
	CaptureRejoined CaptureKind = "rejoined" // a person whose cover had ended
	CaptureRepeated CaptureKind = "repeated" // somebody who is here already
)

// CaptureDecision is what the evaluation made of a capture that could not count by itself.
type CaptureDecision string

// Decisions.
const (
	CaptureCounted  CaptureDecision = "counted"
	CaptureSetAside CaptureDecision = "set_aside"
)

// SweepCapture is one time that somebody was registered, or tried, in a sweep. Each
// operation makes one, in whatever order they arrive.
type SweepCapture struct {
	Campaign   CampaignID
	Worker     WorkerID // the record that the operation made or met
	Operation  OperationID
	Agent      AccountID
	Kind       CaptureKind
	Lot        LotID // empty when no stall was named
	Occupation string
	TakenAt    time.Time
	ReceivedAt time.Time
	Trusted    bool // the phone's clock could be believed

	Decided   CaptureDecision // by the evaluation; empty until then
	DecidedBy AccountID
	DecidedAt time.Time
	Reason    string
}

// Span is a stretch of time; a zero To means that it lasts.
type Span struct{ From, To time.Time }

func (s Span) holds(t time.Time) bool {
	return !s.From.IsZero() && !t.Before(s.From) && (s.To.IsZero() || t.Before(s.To))
}

// SweepWindow is when a sweep really ran.
type SweepWindow struct {
	Ran    Span
	Pauses []Span
	Seals  time.Time // what is received later is not counted
}

// Holds reports whether t lies inside the window: its first moment does, its last does not,
// nor does a pause.
func (w SweepWindow) Holds(t time.Time) bool {
	return w.Ran.holds(t) && !slices.ContainsFunc(w.Pauses, func(p Span) bool { return p.holds(t) })
}

// SweepPerson is what a record of a captured person is now.
type SweepPerson struct {
	Survivor     WorkerID  // the record it was merged into, or itself
	Standing     Standing  // of the survivor
	RegisteredAt time.Time // of the survivor
}

// Counts reports whether a person in this standing counts in a sweep: who waits for a
// second look, was turned down or has withdrawn does not.
func (s Standing) Counts() bool {
	switch s {
	case StandingWaiting, StandingPaid, StandingProtected, StandingGrace, StandingEnded:
		return true
	}
	return false
}

// HasPaid reports whether a person's first contribution has reached the fund.
func (s Standing) HasPaid() bool { return s.Counts() && s != StandingWaiting }

// Credit is one person counted, for one agent.
type Credit struct {
	SweepCapture
	Survivor WorkerID
	Rejoined bool
	Standing Standing
}

// Why a capture is not counted by itself.
type Why string

// Reasons, in the words of the API.
const (
	WhyClock   Why = "clock"   // the phone's clock could not be believed
	WhyOutside Why = "outside" // taken outside the window
	WhyLate    Why = "late"    // received after the seal
)

// Doubt is a capture that the evaluation looks at.
type Doubt struct {
	SweepCapture
	Why   Why
	Waits bool // for a decision
}

// SweepCount is what a sweep comes to.
type SweepCount struct {
	Credits  []Credit // one for each person, in the order of time
	Doubts   []Doubt  // in the order of time
	Waiting  int      // persons who wait for the evaluation
	Repeated int      // captures of somebody who was here already
	Late     int      // captures received after the seal
}

// CountSweep decides who counts and for whom. A person – after merges the surviving record –
// counts once. The credit is that of the first trusted capture inside the window, by taken_at
// and then by operation, whichever of the person's captures arrived first; one of them must be new
// or rejoined, or else the person was a member before. Somebody who has only untrusted
// captures, or none inside the window beside an untrusted one, goes to the evaluation.
// What is received after the seal is not counted. Own rule of the competition.
func CountSweep(captures []SweepCapture, persons map[WorkerID]SweepPerson, w SweepWindow) SweepCount {
	var out SweepCount
	groups := map[WorkerID][]SweepCapture{}
	for _, c := range sortedCaptures(captures) {
		if c.ReceivedAt.After(w.Seals) {
			out.Late++
			out.Doubts = append(out.Doubts, Doubt{c, WhyLate, false})
			continue
		}
		if c.Kind == CaptureRepeated {
			out.Repeated++
		}
		survivor := persons[c.Worker].Survivor
		groups[survivor] = append(groups[survivor], c)
	}
	for survivor, group := range groups {
		rejoined, joined := joinedIn(group, survivor, persons, w)
		standing := standingOf(group, persons)
		if !joined || !standing.Counts() {
			continue
		}
		credit, doubts := creditOf(group, w)
		out.Doubts = append(out.Doubts, doubts...)
		if slices.ContainsFunc(doubts, func(d Doubt) bool { return d.Waits }) {
			out.Waiting++
		}
		if credit != nil {
			out.Credits = append(out.Credits, Credit{*credit, survivor, rejoined, standing})
		}
	}
	slices.SortFunc(out.Credits, func(a, b Credit) int { return byTime(a.SweepCapture, b.SweepCapture) })
	slices.SortFunc(out.Doubts, func(a, b Doubt) int { return byTime(a.SweepCapture, b.SweepCapture) })
	return out
}

func byTime(a, b SweepCapture) int {
	return cmp.Or(a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Operation, b.Operation))
}

func sortedCaptures(captures []SweepCapture) []SweepCapture {
	sorted := slices.Clone(captures)
	slices.SortFunc(sorted, byTime)
	return sorted
}

func standingOf(group []SweepCapture, persons map[WorkerID]SweepPerson) Standing {
	return persons[group[0].Worker].Standing
}

// joinedIn reports whether the person became a member here, and whether it was again. A new
// record that proved to be somebody who was in the book before the sweep began is no new person.
func joinedIn(group []SweepCapture, survivor WorkerID, persons map[WorkerID]SweepPerson, w SweepWindow) (rejoined, joined bool) {
	fresh := false
	for _, c := range group {
		if c.Kind == CaptureRepeated {
			continue
		}
		if c.Worker == survivor || !persons[c.Worker].RegisteredAt.Before(w.Ran.From) {
			joined, fresh = true, fresh || c.Kind == CaptureNew
		}
	}
	return joined && !fresh, joined
}

// creditOf finds the capture that counts among one person's, in the order of time, and what
// the evaluation has to look at.
func creditOf(group []SweepCapture, w SweepWindow) (credit *SweepCapture, doubts []Doubt) {
	for i, c := range group {
		if c.Trusted && w.Holds(c.TakenAt) {
			return &group[i], nil
		}
	}
	if !slices.ContainsFunc(group, func(c SweepCapture) bool { return !c.Trusted }) {
		return nil, nil
	}
	for i, c := range group {
		d := Doubt{c, WhyClock, c.Decided == ""}
		if c.Trusted {
			d.Why = WhyOutside
		}
		if c.Decided == CaptureCounted && credit == nil {
			credit = &group[i]
		}
		doubts = append(doubts, d)
	}
	if credit != nil {
		for i := range doubts {
			doubts[i].Waits = false
		}
	}
	return credit, doubts
}

// AgentCount is what one agent came to.
type AgentCount struct {
	Agent      AccountID
	Name       string // decides between equals, and is shown
	Rank       int    // 1, 2, 3 …
	Registered int
	Paid       int
	Protected  int
	ReachedAt  time.Time // when the agent reached Registered; zero for none
}

// RankAgents orders agents by how many they registered, then by who reached that number first,
// then by name. Everybody in names has a row, the last too; so has whoever was
// credited and is not there.
func RankAgents(credits []Credit, names map[AccountID]string) []AgentCount {
	rows := map[AccountID]*AgentCount{}
	for id, name := range names {
		rows[id] = &AgentCount{Agent: id, Name: name}
	}
	for _, c := range credits {
		row := rows[c.Agent]
		if row == nil {
			row = &AgentCount{Agent: c.Agent}
			rows[c.Agent] = row
		}
		row.add(c)
	}
	out := make([]AgentCount, 0, len(rows))
	for _, row := range rows {
		out = append(out, *row)
	}
	slices.SortFunc(out, func(a, b AgentCount) int {
		return cmp.Or(cmp.Compare(b.Registered, a.Registered), a.ReachedAt.Compare(b.ReachedAt), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Agent, b.Agent))
	})
	for i := range out {
		out[i].Rank = i + 1
	}
	return out
}

func (a *AgentCount) add(c Credit) {
	a.Registered++
	if c.Standing.HasPaid() {
		a.Paid++
	}
	if c.Standing == StandingProtected {
		a.Protected++
	}
	if c.TakenAt.After(a.ReachedAt) {
		a.ReachedAt = c.TakenAt
	}
}

// curveStep is the distance of two points of a curve, unless there would be too many.
const (
	curveStep   = 5 * time.Minute
	curvePoints = 300
)

// CurvePoint is how many persons were counted by a moment.
type CurvePoint struct {
	At time.Time
	N  int
}

// Curve gives how many persons were counted by each fifth minute from began to end, and at end.
// What was counted by a decision stands at its own time, or at the border of the window.
func Curve(credits []Credit, began, end time.Time) []CurvePoint {
	if began.IsZero() || end.Before(began) {
		return nil
	}
	step := curveStep * time.Duration(1+int(end.Sub(began)/(curveStep*curvePoints)))
	points := []CurvePoint{{began, 0}}
	for at := began.Add(step); at.Before(end); at = at.Add(step) {
		points = append(points, CurvePoint{at, taken(credits, at)})
	}
	if end.After(began) {
		points = append(points, CurvePoint{end, len(credits)})
	}
	return points
}

// taken counts those, in the order of time, that were taken before at.
func taken(credits []Credit, at time.Time) int {
	n, _ := slices.BinarySearchFunc(credits, at, func(c Credit, at time.Time) int { return c.TakenAt.Compare(at) })
	return n
}
