package jaring

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Lane is a row of a market.
type Lane struct {
	ID    LaneID
	Place PlaceID
	Name  string
	Trade string // what is sold there
	Ord   int
	X, Y  int // on the plan of the market, in tiles
	W, H  int
}

// Lot is a stall, a table or a place on the ground.
type Lot struct {
	ID      LotID
	Lane    LaneID
	Number  string // as it was written first
	Ord     int
	Origin  LotOrigin
	AddedAt time.Time
}

// LotOrigin is how a lot became known.
type LotOrigin string

// Origins.
const (
	LotPlanned LotOrigin = "plan"    // drawn by the office
	LotCounted LotOrigin = "counted" // met on the way
)

// Bounds of a market.
const (
	MaxLanes     = 200
	MaxLots      = 5000 // of a market
	MaxLotNumber = 20   // characters
	MaxTiles     = 400  // of the plan, each way
)

// NewLot makes a lot of a lane from its number as it was written. Its order is that of its number.
// Error: lot.number.
func NewLot(lane LaneID, number string, origin LotOrigin, at time.Time) (Lot, error) {
	number = strings.Join(strings.Fields(number), " ")
	folded := FoldLotNumber(number)
	if folded == "" || len([]rune(number)) > MaxLotNumber {
		return Lot{}, NewError(Invalid, "lot.number", "max", MaxLotNumber).At("number")
	}
	return Lot{ID: LotIDOf(lane, number), Lane: lane, Number: number, Ord: ordOf(folded), Origin: origin, AddedAt: at}, nil
}

// LotIDOf makes the id of a lot of its lane and number, so that two phones that count it make one.
func LotIDOf(lane LaneID, number string) LotID {
	return LotID(idWithin(string(lane), FoldLotNumber(number)))
}

// idWithin makes the id of what a name means within something that has an id: a UUID of version 5
// (RFC 9562 section 5.5) with that id as its name space.
func idWithin(space, name string) string {
	raw, _ := hex.DecodeString(strings.ReplaceAll(space, "-", ""))
	sum := sha1.Sum(append(raw, name...))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80
	text := hex.EncodeToString(id)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// FoldLotNumber is a number as it is compared: "c 014", "C14" and "C-14" are one lot, "1-14"
// and "114" are two. Empty when nothing is left.
func FoldLotNumber(number string) string {
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range strings.ToUpper(norm.NFKC.String(number)) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap && unicode.IsLetter(r) == unicode.IsLetter(last) {
			b.WriteByte('-')
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return withoutZeros(b.String())
}

// withoutZeros takes the zeros off the front of each group of digits.
func withoutZeros(s string) string {
	var b strings.Builder
	inDigits := false
	for i, r := range s {
		digit := r >= '0' && r <= '9'
		if digit && !inDigits && r == '0' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
			continue
		}
		b.WriteRune(r)
		inDigits = digit
	}
	return b.String()
}

// ordOf orders lots by the first figure in their number.
func ordOf(folded string) int {
	n := 0
	for i := strings.IndexAny(folded, "0123456789"); i >= 0 && i < len(folded) && folded[i] >= '0' && folded[i] <= '9' && n < 1_000_000; i++ {
		n = 10*n + int(folded[i]-'0')
	}
	return n
}

// LotOutcome is what was found at a lot.
type LotOutcome string

// Outcomes.
const (
	LotRegistered LotOutcome = "registered" // somebody was registered here
	LotMember     LotOutcome = "member"     // is protected already
	LotBack       LotOutcome = "back"       // come again later
	LotClosed     LotOutcome = "closed"
	LotRefused    LotOutcome = "refused"
	LotVisited    LotOutcome = "visited" // spoken to, nothing decided
	LotUnvisited  LotOutcome = ""
)

// LotOutcomes are those that a person at the lot can tell, as lists offer them.
var LotOutcomes = []LotOutcome{LotRegistered, LotMember, LotBack, LotClosed, LotRefused, LotVisited}

// LotVisit is what one operation said of a lot.
type LotVisit struct {
	Campaign   CampaignID
	Lot        LotID
	Operation  OperationID
	Outcome    LotOutcome
	Reason     string // why it was refused
	BackAt     string // 04:00, or a day and an hour
	Worker     WorkerID
	Agent      AccountID
	TakenAt    time.Time
	ReceivedAt time.Time
	Trusted    bool
}

// LastWord finds which of the visits of one lot holds, whatever the order in which they arrive:
// a registration before all, then that it is a member's, then the newest – one with a trusted clock
// before those without. ok is false for no visits. Own rule of the sweep.
func LastWord(visits []LotVisit) (last LotVisit, ok bool) {
	for _, v := range visits {
		if !ok || v.outweighs(last) {
			last, ok = v, true
		}
	}
	return last, ok
}

// OutcomeOf is the outcome that the visits of one lot come to.
func OutcomeOf(visits []LotVisit) LotOutcome {
	last, _ := LastWord(visits)
	return last.Outcome
}

func (v LotVisit) outweighs(o LotVisit) bool {
	if a, b := v.weight(), o.weight(); a != b {
		return a > b
	}
	if !v.TakenAt.Equal(o.TakenAt) {
		return v.TakenAt.After(o.TakenAt)
	}
	return v.Operation > o.Operation
}

func (v LotVisit) weight() int {
	switch {
	case v.Outcome == LotRegistered:
		return 3
	case v.Outcome == LotMember:
		return 2
	case v.Trusted:
		return 1
	}
	return 0
}

// LotCount is how many lots came to what; Total is the sum of the others.
type LotCount struct {
	Total, Registered, Member, Back, Closed, Refused, Visited, Unvisited int
}

// Add counts one lot.
func (c *LotCount) Add(o LotOutcome) {
	c.Total++
	switch o {
	case LotRegistered:
		c.Registered++
	case LotMember:
		c.Member++
	case LotBack:
		c.Back++
	case LotClosed:
		c.Closed++
	case LotRefused:
		c.Refused++
	case LotVisited:
		c.Visited++
	default:
		c.Unvisited++
	}
}

// Done is how many lots were visited.
func (c LotCount) Done() int { return c.Total - c.Unvisited }

// Outcomes is the sum of all that was found.
func (c LotCount) Outcomes() int {
	return c.Registered + c.Member + c.Back + c.Closed + c.Refused + c.Visited
}
