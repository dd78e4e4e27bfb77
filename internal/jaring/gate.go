package jaring

import (
	"cmp"
	"slices"
	"time"
)

// TicketCheck is what one operation said of a ticket at a gate.
type TicketCheck struct {
	Campaign    CampaignID
	Participant ParticipantID
	Operation   OperationID
	Gate        string
	Agent       AccountID
	TakenAt     time.Time
	ReceivedAt  time.Time
	Trusted     bool // could the phone's clock be believed
}

// GateRow is how many came in at a gate.
type GateRow struct {
	Gate string
	N    int
}

// TicketTwice is a ticket that was let in more than once, with each of its checks in their order.
type TicketTwice struct {
	Participant ParticipantID
	Checks      []TicketCheck
}

// GateCount is who is in the hall.
type GateCount struct {
	Inside  int // participants, each once
	ByKind  map[ParticipantKind]int
	ByGate  []GateRow // by the check that counts, in the order of names
	Twice   []TicketTwice
	LastAt  time.Time
	InFirst map[ParticipantID]TicketCheck // the check that counts
}

// CountGate counts checks, in whatever order they arrived. Each participant counts once, at the gate of the
// earliest check; one with a trusted clock comes before those without. Whoever was let in at two phones
// without a network is found here, and every gate is named. Own rule of the gate.
func CountGate(checks []TicketCheck, kinds map[ParticipantID]ParticipantKind) GateCount {
	c := GateCount{ByKind: map[ParticipantKind]int{}, InFirst: map[ParticipantID]TicketCheck{}}
	all := slices.SortedFunc(slices.Values(checks), func(a, b TicketCheck) int {
		return cmp.Or(cmp.Compare(untrusted(a), untrusted(b)), a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Operation, b.Operation))
	})
	gates, at := map[string]int{}, map[ParticipantID]int{}
	for _, k := range all {
		if k.TakenAt.After(c.LastAt) {
			c.LastAt = k.TakenAt
		}
		first, known := c.InFirst[k.Participant]
		if !known {
			c.InFirst[k.Participant] = k
			c.ByKind[kinds[k.Participant]]++
			gates[k.Gate]++
			continue
		}
		if i, twice := at[k.Participant]; twice {
			c.Twice[i].Checks = append(c.Twice[i].Checks, k)
			continue
		}
		at[k.Participant] = len(c.Twice)
		c.Twice = append(c.Twice, TicketTwice{k.Participant, []TicketCheck{first, k}})
	}
	c.Inside = len(c.InFirst)
	for gate, n := range gates {
		c.ByGate = append(c.ByGate, GateRow{gate, n})
	}
	slices.SortFunc(c.ByGate, func(a, b GateRow) int { return cmp.Compare(a.Gate, b.Gate) })
	return c
}

func untrusted(k TicketCheck) int {
	if k.Trusted {
		return 0
	}
	return 1
}
