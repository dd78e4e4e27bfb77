package jaring

import (
	"slices"
	"strconv"
	"strings"
)

// ReminderKind is the place of a reminder in time: "b30" thirty days before the end of cover, "a75"
// seventy-five days after it, "d2026-11-21" one that somebody asked for on that day. Of each kind a person
// gets one for each end.
type ReminderKind string

// ReminderSettings are the days on which a person is reminded. An own rule: nothing prescribes them.
type ReminderSettings struct {
	Before []int // days before the last day of cover
	After  []int // days after it, while arrears may be paid
}

// DefaultReminderSettings are the stated defaults: 30, 7 and 1 day before, 1, 30 and 75 after.
func DefaultReminderSettings() ReminderSettings {
	return ReminderSettings{Before: []int{30, 7, 1}, After: []int{1, 30, 75}}
}

// maxReminderDays is how far from the end a reminder may lie: a quarter of a year holds arrears.
const maxReminderDays = 92

// ParseReminderDays reads "30,7,1". Error: reminder.days (args max).
func ParseReminderDays(text string) (days []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > maxReminderDays || slices.Contains(days, n) {
			return nil, NewError(Invalid, "reminder.days", "max", maxReminderDays)
		}
		days = append(days, n)
	}
	return days, nil
}

// KindOn is the kind of reminder whose time has come on a day, for cover that ends with end and arrears
// that may be paid until graceUntil; false outside that time. It is one kind a day, the latest: who was not
// reminded in time, because no server ran, is not reminded twice at once.
func (s ReminderSettings) KindOn(end, graceUntil, today Day) (kind ReminderKind, ok bool) {
	if today <= end {
		nearest := -1
		for _, n := range s.Before {
			if today >= end.Add(-n) && (nearest < 0 || n < nearest) {
				nearest = n
			}
		}
		return reminderKind("b", nearest), nearest >= 0
	}
	farthest := -1
	for _, n := range s.After {
		if today >= end.Add(n) && n > farthest {
			farthest = n
		}
	}
	return reminderKind("a", farthest), farthest >= 0 && today <= graceUntil
}

func reminderKind(side string, n int) ReminderKind { return ReminderKind(side + strconv.Itoa(n)) }

// AskedReminder is the kind of a reminder that somebody asks for on a day.
func AskedReminder(day Day) ReminderKind { return ReminderKind("d" + day.String()) }

// Asked reports whether somebody asked for it, and on which day.
func (k ReminderKind) Asked() (day Day, ok bool) {
	text, ok := strings.CutPrefix(string(k), "d")
	if !ok {
		return 0, false
	}
	day, err := ParseDay(text)
	return day, err == nil
}

// Last reports whether k is the last kind before the arrears months are over.
func (s ReminderSettings) Last(k ReminderKind) bool {
	return len(s.After) > 0 && k == reminderKind("a", slices.Max(s.After))
}

// ReminderState is what became of a reminder.
type ReminderState string

// The states. A reminder that was under way when a process died may have been sent: it stays so, then
// becomes unknown, and is never sent again.
const (
	ReminderWaits     ReminderState = "waiting"
	ReminderUnderWay  ReminderState = "under_way"
	ReminderSentState ReminderState = "sent"
	ReminderUnknown   ReminderState = "unknown"
	ReminderRefused   ReminderState = "refused"
	ReminderByHand    ReminderState = "by_hand"    // no phone number: on the agent's list alone
	ReminderCalledOff ReminderState = "called_off" // paid meanwhile, too late, not wanted
)

// Kinds of events about the end of cover.
const (
	ReminderSent   EventKind = "reminder.sent"
	MessagesStop   EventKind = "messages.stopped"
	MessagesStart  EventKind = "messages.started"
	RescueOffered  EventKind = "rescue.offered"
	ReminderGaveUp EventKind = "reminder.refused"
)

// PayerKind is who pays for somebody else.
type PayerKind string

// Kinds of payers.
const (
	PayerRelative PayerKind = "relative"
	PayerGroup    PayerKind = "group"
	PayerSponsor  PayerKind = "sponsor"
)

// PayerKinds lists all kinds.
var PayerKinds = []PayerKind{PayerRelative, PayerGroup, PayerSponsor}
