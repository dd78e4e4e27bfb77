package message

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"jaring/internal/i18n"
)

// Channel is a way to a person.
type Channel string

// The channels.
const (
	WhatsApp Channel = "whatsapp"
	SMS      Channel = "sms"
	Email    Channel = "email"
)

// Letter is one message to one person. It prints and logs as its id alone.
type Letter struct {
	ID       string // for ever: a repeated letter is the same one; a UUID
	Template string
	Values   Values
	To       Contact
	Except   []Channel // that have failed already, as their gateway said later
}

// Contact is how a person is reached.
type Contact struct {
	Phone    string // +62…; may be empty
	Email    string // may be empty
	Lang     i18n.Lang
	Zone     *time.Location // of the office that keeps the record
	OptedOut bool           // said BERHENTI
}

// Format writes the id for every verb.
func (l Letter) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, l.ID) }

// LogValue is the id.
func (l Letter) LogValue() slog.Value { return slog.StringValue(l.ID) }

// lang is Indonesian where a contact says none.
func (l Letter) lang() i18n.Lang {
	if l.To.Lang == "" {
		return i18n.ID
	}
	return l.To.Lang
}

// Quiet hours, by the clock of the office: nobody is woken by a reminder.
const (
	quietFrom  = 20
	quietUntil = 8
)

// Quiet reports whether t lies in the quiet hours of zone, and when they are over.
func Quiet(t time.Time, zone *time.Location) (until time.Time, quiet bool) {
	local := t.In(zone)
	y, m, d := local.Date()
	switch h := local.Hour(); {
	case h >= quietFrom:
		return time.Date(y, m, d+1, quietUntil, 0, 0, 0, zone), true
	case h < quietUntil:
		return time.Date(y, m, d, quietUntil, 0, 0, 0, zone), true
	}
	return time.Time{}, false
}

// Progress is what a gateway says of a letter that it took. It only goes up: reports come
// in any order.
type Progress string

// The progress, lowest first.
const (
	ProgressSent      Progress = "sent"
	ProgressFailed    Progress = "failed" // never came; the next channel may be tried
	ProgressDelivered Progress = "delivered"
	ProgressRead      Progress = "read"
)

var rank = map[Progress]int{"": 0, ProgressSent: 1, ProgressFailed: 2, ProgressDelivered: 3, ProgressRead: 4}

// Advance is the progress after hearing of news.
func (p Progress) Advance(news Progress) Progress {
	if rank[news] > rank[p] {
		return news
	}
	return p
}
