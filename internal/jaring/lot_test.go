package jaring_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

const laneC = jaring.LaneID("0199f3a0-0000-7000-8000-00000000000c")

func TestFoldLotNumber(t *testing.T) {
	for written, want := range map[string]string{
		"C-14": "C14", "c 014": "C14", "C14": "C14", " c . 14 ": "C14", "14": "14", "014": "14", "0": "0", "000": "0", "100": "100", "1-14": "1-14", "1/14": "1-14",
		"114": "114", "14A": "14A", "14 a": "14A", "14-B-03": "14B3", "los tengah": "LOS-TENGAH", "Ｃ１４": "C14", "": "", "--": "", "№ 5": "NO5", "A0": "A0", "A00": "A0",
	} {
		if got := jaring.FoldLotNumber(written); got != want {
			t.Errorf("%q becomes %q, want %q", written, got, want)
		}
	}
}

func FuzzFoldLotNumber(f *testing.F) {
	for _, s := range []string{"C-14", "007", "ﬁ1", "ß 0", "1 0 0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := jaring.FoldLotNumber(s)
		if again := jaring.FoldLotNumber(folded); again != folded {
			t.Errorf("%q becomes %q, and that %q", s, folded, again)
		}
	})
}

func TestLotIDOf_IsTheUUIDOfLaneAndNumber(t *testing.T) {
	want := uuid.NewSHA1(uuid.MustParse(string(laneC)), []byte("C14")).String()
	for _, number := range []string{"C-14", "c 014", "C14"} {
		if got := jaring.LotIDOf(laneC, number); string(got) != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
	}
	if jaring.LotIDOf(laneC, "15") == jaring.LotIDOf(laneC, "14") || jaring.LotIDOf("0199f3a0-0000-7000-8000-00000000000d", "14") == jaring.LotIDOf(laneC, "14") {
		t.Error("two lots have one id")
	}
}

func TestNewLot(t *testing.T) {
	l, err := jaring.NewLot(laneC, "  C - 14 ", jaring.LotCounted, at(0))
	if err != nil || l.Number != "C - 14" || l.Ord != 14 || l.Lane != laneC {
		t.Errorf("%+v %v", l, err)
	}
	for _, bad := range []string{"", " ", "-", "123456789012345678901"} {
		if _, err := jaring.NewLot(laneC, bad, jaring.LotPlanned, at(0)); jaring.KeyOf(err) != "lot.number" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func visit(op int, outcome jaring.LotOutcome, minute int, trusted bool) jaring.LotVisit {
	return jaring.LotVisit{Operation: jaring.OperationID(fmt.Sprintf("%04d", op)), Outcome: outcome, TakenAt: at(minute), Trusted: trusted}
}

func TestOutcomeOf_TheLastWord(t *testing.T) {
	registered, member, back, closed, refused, visited := jaring.LotRegistered, jaring.LotMember, jaring.LotBack, jaring.LotClosed, jaring.LotRefused, jaring.LotVisited
	for name, c := range map[string]struct {
		visits []jaring.LotVisit
		want   jaring.LotOutcome
	}{
		"nobody came":                        {nil, jaring.LotUnvisited},
		"one":                                {[]jaring.LotVisit{visit(1, back, 5, true)}, back},
		"the newer":                          {[]jaring.LotVisit{visit(1, closed, 5, true), visit(2, refused, 50, true)}, refused},
		"the newer, arrived first":           {[]jaring.LotVisit{visit(2, refused, 50, true), visit(1, closed, 5, true)}, refused},
		"a registration, whenever":           {[]jaring.LotVisit{visit(1, registered, 5, false), visit(2, refused, 50, true), visit(3, member, 60, true)}, registered},
		"a member before a refusal":          {[]jaring.LotVisit{visit(1, member, 5, true), visit(2, closed, 50, true)}, member},
		"a good clock before a bad one":      {[]jaring.LotVisit{visit(1, visited, 5, true), visit(2, closed, 50, false)}, visited},
		"only bad clocks: the newer":         {[]jaring.LotVisit{visit(1, visited, 5, false), visit(2, closed, 50, false)}, closed},
		"same moment: the greater operation": {[]jaring.LotVisit{visit(2, closed, 5, true), visit(1, visited, 5, true)}, closed},
	} {
		if got := jaring.OutcomeOf(c.visits); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLots_AnyOrderOfArrivalAndEveryLotOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lots := make([][]jaring.LotVisit, rapid.IntRange(0, 20).Draw(t, "lots"))
		n := 0
		var count, again jaring.LotCount
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		for i := range lots {
			for range rapid.IntRange(0, 5).Draw(t, "visits") {
				n++
				lots[i] = append(lots[i], visit(n, rapid.SampledFrom(jaring.LotOutcomes).Draw(t, "outcome"), rapid.IntRange(0, 10).Draw(t, "minute"), rapid.Bool().Draw(t, "trusted")))
			}
			count.Add(jaring.OutcomeOf(lots[i]))
			random.Shuffle(len(lots[i]), func(a, b int) { lots[i][a], lots[i][b] = lots[i][b], lots[i][a] })
			again.Add(jaring.OutcomeOf(lots[i]))
		}
		if count != again || count.Total != len(lots) || count.Outcomes()+count.Unvisited != count.Total || count.Done() != count.Outcomes() {
			t.Fatalf("%+v, %+v", count, again)
		}
	})
}
