package core

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"jaring/internal/jaring"
)

// Port is the way to the fund's core. Its errors are *jaring.Error; those of code
// Unavailable ask for another try later.
type Port interface {
	// Send hands over es, however many. It may be repeated at will. Errors:
	// core.unavailable, core.access, core.refused, core.enrolment_incomplete.
	Send(ctx context.Context, es []Enrolment) error
	// End tells that covers end earlier than the core was told, however many. It may be repeated at will.
	// Errors: as Send.
	End(ctx context.Context, es []Ending) error
	// Answers gives some of the answers that came after cursor, and the cursor for
	// the next call; the first cursor is empty. No answers: nothing new, ask later.
	// Calling with the next cursor says that these answers are safely kept. Errors:
	// core.unavailable, core.access, core.refused, core.answer_malformed, core.answer_too_large.
	Answers(ctx context.Context, cursor string) (answers []Answer, next string, err error)
	// Statement gives all that the core holds from us at the end of day, in the order
	// of message ids. Errors: as Answers; core.statement_missing, core.file_damaged.
	Statement(ctx context.Context, day jaring.Day) ([]StatementRow, error)
}

// Options of a port.
type Options struct {
	Token   string                                // sent to a REST core
	Damaged func(why *jaring.Error) (said string) // see FilesOptions
}

// Open makes the port that target names: https://… (http only on this machine) or
// dir:FOLDER. Errors: config.core; core.folder.
func Open(target string, o Options) (Port, error) {
	if folder, ok := strings.CutPrefix(target, "dir:"); ok && folder != "" {
		return NewFiles(folder, FilesOptions{Damaged: o.Damaged})
	}
	return NewREST(target, RESTOptions{Token: o.Token})
}

// MessageID names a message to the core for ever: worker and membership.
type MessageID string

// NewMessageID makes the one id of a membership's enrolment.
func NewMessageID(worker jaring.WorkerID, membership jaring.MembershipID) MessageID {
	return MessageID(string(worker) + ":" + string(membership))
}

// Parts are the worker and the membership that id is made of; ok is false for a text
// that NewMessageID never made.
func (id MessageID) Parts() (worker jaring.WorkerID, membership jaring.MembershipID, ok bool) {
	w, m, _ := strings.Cut(string(id), ":")
	return jaring.WorkerID(w), jaring.MembershipID(m), jaring.IsUUID(w) && jaring.IsUUID(m)
}

// Enrolment asks the core to take a person in, with programmes and months that are
// paid. It prints, logs and encodes as its message id alone.
type Enrolment struct {
	MessageID      MessageID
	WorkerID       jaring.WorkerID
	MembershipID   jaring.MembershipID
	RegistrationNo jaring.RegistrationNo
	NIK            jaring.NIK
	Name           string
	BirthDate      jaring.Day
	Sex            jaring.Sex
	MotherName     string         // may be empty
	Phone          string         // +62…; may be empty
	Village        string         // dotted code; may be empty
	Segment        jaring.Segment // empty is BPU
	Programs       jaring.Programs
	Income         jaring.Rupiah // a month, the wage of a wage worker; 0 for the lowest band
	Funding        jaring.Funding
	FirstMonth     jaring.Month
	LastMonth      jaring.Month
	PaidOn         jaring.Day    // the day the money was with the fund
	Amount         jaring.Rupiah // paid for all months
}

// Check finds what the core could not judge e without. Error: core.enrolment_incomplete
// (args message; Field).
func (e Enrolment) Check() error {
	missing := ""
	switch {
	case !jaring.IsUUID(string(e.WorkerID)) || !jaring.IsUUID(string(e.MembershipID)) || e.MessageID != NewMessageID(e.WorkerID, e.MembershipID):
		missing = "message_id"
	case e.NIK.IsZero():
		missing = "nik"
	case e.Name == "":
		missing = "name"
	case e.BirthDate == 0:
		missing = "birth_date"
	case len(e.Programs) == 0:
		missing = "programs"
	case e.FirstMonth == 0 || e.LastMonth < e.FirstMonth:
		missing = "first_month"
	default:
		return nil
	}
	return jaring.NewError(jaring.Invalid, "core.enrolment_incomplete", "message", string(e.MessageID)).At(missing)
}

// Format writes the message id for every verb.
func (e Enrolment) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, string(e.MessageID)) }

// LogValue is the message id.
func (e Enrolment) LogValue() slog.Value { return slog.StringValue(string(e.MessageID)) }

// MarshalText writes the message id.
func (e Enrolment) MarshalText() ([]byte, error) { return []byte(e.MessageID), nil }

// Ending tells the core that the cover of an acknowledged message ends earlier, because the months behind it were given
// back: somebody died, or dropped out of a sponsor's list. It asks for no claim and closes none.
type Ending struct {
	MessageID    MessageID
	WorkerID     jaring.WorkerID
	MembershipID jaring.MembershipID
	Last         jaring.Month // with which it ends
	Why          jaring.LeaveWhy
}

// Check finds what the core could not judge e without. Error: core.enrolment_incomplete (args message; Field).
func (e Ending) Check() error {
	missing := ""
	switch {
	case !jaring.IsUUID(string(e.WorkerID)) || !jaring.IsUUID(string(e.MembershipID)) || e.MessageID != NewMessageID(e.WorkerID, e.MembershipID):
		missing = "message_id"
	case e.Last == 0:
		missing = "last_month"
	case e.Why == "":
		missing = "why"
	default:
		return nil
	}
	return jaring.NewError(jaring.Invalid, "core.enrolment_incomplete", "message", string(e.MessageID)).At(missing)
}

// Verdict is what the core says to a message.
type Verdict string

// The verdicts.
const (
	Acknowledged Verdict = "acknowledged"
	Rejected     Verdict = "rejected"
	Ended        Verdict = "ended" // to an Ending
)

// Answer is what the core says to one message. An acknowledgement has KPJ, Programs,
// From and To; a rejection has Reason; that a cover has ended has To.
type Answer struct {
	MessageID    MessageID
	WorkerID     jaring.WorkerID
	MembershipID jaring.MembershipID
	Verdict      Verdict
	KPJ          string
	Programs     jaring.Programs
	From, To     jaring.Month
	On           jaring.Day // the core's day of the decision
	Reason       Reason
	Text         string // the core's own words, cleaned; for officers, never instead of Reason
}

// StatementRow is one participant whom the core holds from us.
type StatementRow struct {
	MessageID MessageID
	KPJ       string
	Programs  jaring.Programs
	From, To  jaring.Month
}
