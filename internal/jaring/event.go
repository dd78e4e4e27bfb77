package jaring

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// EventKind names what happened; it is the act's name in the past.
type EventKind string

// Kinds of events.
const (
	WorkerRegistered    EventKind = "worker.registered"
	WorkerHeld          EventKind = "worker.held" // stored for a second look
	WorkerAccepted      EventKind = "worker.accepted"
	WorkerTurnedDown    EventKind = "worker.turned_down"
	WorkerCorrected     EventKind = "worker.corrected"
	WorkerWasMerged     EventKind = "worker.merged"
	WorkerRepeated      EventKind = "worker.repeated" // somebody tried to register the person again
	NIKRevealed         EventKind = "worker.nik_revealed"
	ConsentWithdrawn    EventKind = "consent.withdrawn"
	ContributionSettled EventKind = "contribution.settled"
	CoreSentEvent       EventKind = "core.sent"
	CoreConfirmed       EventKind = "core.confirmed"
	CoreRefused         EventKind = "core.refused"
	CoverBegan          EventKind = "cover.began"  // by the calendar
	CoverLapsedEvent    EventKind = "cover.lapsed" // by the calendar
	CoverEndedEvent     EventKind = "cover.ended"  // by the calendar
	DeviceEnrolled      EventKind = "device.enrolled"
	DeviceRevoked       EventKind = "device.revoked"
	LoggedIn            EventKind = "account.logged_in"
	LogInRefused        EventKind = "account.log_in_refused"
	AccountAdded        EventKind = "account.added"
	PlaceAdded          EventKind = "place.added"
)

// Event is something that happened to a subject (a person, an account, an office):
// written once, read by the audit, the counters, the messages and the live boards.
// Events of one subject form a hash chain.
type Event struct {
	ID       EventID
	Subject  string // WorkerID, AccountID, OfficeID …
	Seq      int64  // 1, 2, 3 … in the subject's chain
	Kind     EventKind
	At       time.Time // when it was recorded, UTC
	Actor    AccountID // empty for Jaring's own jobs
	Office   OfficeID
	Facts    []byte // JSON of Facts: what counters and readers need, never a NIK or a mother's name
	PrevHash []byte
	Hash     []byte
}

// Seal sets the event's place in its subject's chain and its hash. times are kept
// in whole milliseconds, as the store keeps them.
func (e *Event) Seal(prevSeq int64, prevHash []byte) {
	e.Seq, e.PrevHash = prevSeq+1, prevHash
	e.Hash = e.Digest()
}

// Digest is SHA-256 over all that the event says and the hash before it, each part
// preceded by its length, so that no two events share a text.
func (e *Event) Digest() []byte {
	h := sha256.New()
	var n [8]byte
	put := func(part []byte) {
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write(part)
	}
	put(e.PrevHash)
	for _, s := range []string{string(e.ID), e.Subject, string(e.Kind), string(e.Actor), string(e.Office)} {
		put([]byte(s))
	}
	binary.BigEndian.PutUint64(n[:], uint64(e.Seq))
	h.Write(n[:])
	binary.BigEndian.PutUint64(n[:], uint64(e.At.UnixMilli()))
	h.Write(n[:])
	put(e.Facts)
	return h.Sum(nil)
}

// Facts are what an event tells its readers. Only marginals that counters need and
// what the history shows; never a NIK, a name, a mother's name or a phone number.
type Facts struct {
	Month      Month        `json:"month,omitempty"`   // capture month in the office's zone
	Area       string       `json:"area,omitempty"`    // where the person is counted
	Offices    []OfficeID   `json:"offices,omitempty"` // the office and those above it
	Agent      AccountID    `json:"agent,omitempty"`
	Campaign   CampaignID   `json:"campaign,omitempty"`
	Programs   string       `json:"programs,omitempty"`
	Funding    Funding      `json:"funding,omitempty"`
	Sector     Sector       `json:"sector,omitempty"`
	Segment    Segment      `json:"segment,omitempty"` // of a wage worker; left out of who works on own account
	Sex        Sex          `json:"sex,omitempty"`
	Age        int          `json:"age,omitempty"` // full years at capture
	Membership MembershipID `json:"membership,omitempty"`
	From       Month        `json:"from,omitempty"` // months covered or paid
	To         Month        `json:"to,omitempty"`
	Amount     Rupiah       `json:"amount,omitempty"`
	Channel    string       `json:"channel,omitempty"`
	Entry      string       `json:"entry,omitempty"`    // hash of the ledger's entry, hexadecimal
	Fields     []string     `json:"fields,omitempty"`   // names of what was corrected
	Reasons    []string     `json:"reasons,omitempty"`  // finding keys
	Reason     string       `json:"reason,omitempty"`   // what an actor wrote
	Other      string       `json:"other,omitempty"`    // the other record, device, place
	Digest     string       `json:"digest,omitempty"`   // SHA-256 in hex of what was kept, as it was kept: sealed
	Joined     Month        `json:"joined,omitempty"`   // when the membership was registered: the cohort
	PaidWas    Month        `json:"paid_was,omitempty"` // the last month paid before and after, when another
	PaidTo     Month        `json:"paid_to,omitempty"`
	Was        Standing     `json:"was,omitempty"` // the person's standing before and after
	Is         Standing     `json:"is,omitempty"`
	WasSex     Sex          `json:"was_sex,omitempty"` // before a correction that moves the person to other marginals
	WasAge     int          `json:"was_age,omitempty"`
	Before     *Facts       `json:"before,omitempty"` // the marginals by which the person was counted until now, when others than these
}
