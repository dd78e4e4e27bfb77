package store

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// RosterRecord is a sponsor's list.
type RosterRecord struct {
	ID         string
	Sponsor    string
	Agreement  string
	Office     jaring.OfficeID
	Version    int64 // one more each time that the file is sent
	State      jaring.RosterState
	FileName   string
	FileSize   int64
	Key        []byte // wrapped; seals the file and its rows
	KeyID      string
	MadeBy     jaring.AccountID
	MadeAt     time.Time
	Hands      []jaring.AccountID
	TermsOf    int64 // version of the agreement
	Judged     int
	Sums       RosterSums
	People     int
	Fresh      int // of them not in the book yet
	Amount     jaring.Rupiah
	Fault      []jaring.Finding // why it cannot be read, or came back
	ApprovedBy jaring.AccountID
	ApprovedAt time.Time
	Code       string
	EnrolledAt time.Time
	Channel    string
	Reference  string
	PaidOn     jaring.Day
	PaidAt     time.Time
	StartedAt  time.Time
	Covered    int
	Returned   jaring.Rupiah
	Turn       int64 // one more each time that something is mended beside the file
}

// Seen is the number of what somebody sees of a list: another one once the file or a row is another.
func (r *RosterRecord) Seen() int64 { return r.Version + r.Turn }

// RosterSums are rows by their worst finding, and who pays already.
type RosterSums struct {
	Rows       int         `json:"rows"`
	OK         int         `json:"ok"`
	Warned     int         `json:"warned"`
	Held       int         `json:"held"`
	Rejected   int         `json:"rejected"`
	Mendable   int         `json:"mendable"`
	LeftOut    int         `json:"left_out,omitempty"` // of the rejected
	Findings   int         `json:"findings"`
	Kinds      []FoundKind `json:"kinds,omitempty"`
	Stops      []string    `json:"stops,omitempty"` // findings of the whole file that keep it from being approved
	Collisions []Collision `json:"collisions,omitempty"`
}

// FoundKind counts findings of one kind.
type FoundKind struct {
	Code     string `json:"code"`
	Field    string `json:"field,omitempty"`
	Verdict  string `json:"verdict"`
	Mendable bool   `json:"mendable,omitempty"`
	Count    int    `json:"count"`
	Takes    int    `json:"takes,omitempty"` // whose suggestion can be taken as it stands
}

// Collision is what one payer pays already for people of a list, in one span of months.
type Collision struct {
	By     string        `json:"by"` // a sponsor; empty for people who pay themselves
	Name   string        `json:"name"`
	From   jaring.Month  `json:"from,omitempty"`
	To     jaring.Month  `json:"to,omitempty"`
	People int           `json:"people"`
	Months int           `json:"months"` // that are not paid twice, of all people together
	Saved  jaring.Rupiah `json:"saved"`
}

const rosterColumns = `roster_id, sponsor_id, agreement_id, office_id, version, state, file_name, file_size, roster_key, key_id, made_by, made_at, hands, terms_of,
	judged, sums, people, fresh, amount, fault, approved_by, approved_at, code, enrolled_at, channel, reference, paid_on, paid_at, started_at, covered, returned, turn`

func rosterArgs(r *RosterRecord) []any {
	return []any{r.ID, r.Sponsor, r.Agreement, string(r.Office), r.Version, string(r.State), r.FileName, r.FileSize, r.Key, r.KeyID, string(r.MadeBy), millis(r.MadeAt),
		jsonText(r.Hands), r.TermsOf, int64(r.Judged), jsonText(r.Sums), int64(r.People), int64(r.Fresh), int64(r.Amount), findingsText(r.Fault), string(r.ApprovedBy), millis(r.ApprovedAt), r.Code,
		millis(r.EnrolledAt), r.Channel, r.Reference, r.PaidOn.String(), millis(r.PaidAt), millis(r.StartedAt), int64(r.Covered), int64(r.Returned), r.Turn}
}

// AddRoster inserts a list.
func (tx *Tx) AddRoster(r *RosterRecord) error {
	return tx.queue(`INSERT INTO roster (`+rosterColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32)`,
		rosterArgs(r)...)
}

// MoveRoster writes where a list stands, if it is still where was found it; done is false when it is not. Its
// sponsor, agreement and office stay.
func (tx *Tx) MoveRoster(r, was *RosterRecord) (done bool, err error) {
	a := rosterArgs(r)
	n, err := tx.exec(`UPDATE roster SET version = $6, state = $7, file_name = $8, file_size = $9, hands = $10, terms_of = $11, judged = $12, sums = $13, people = $14, fresh = $15,
		amount = $16, fault = $17, approved_by = $18, approved_at = $19, code = $20, enrolled_at = $21, channel = $22, reference = $23, paid_on = $24, paid_at = $25,
		started_at = $26, covered = $27, returned = $28, turn = $29 WHERE roster_id = $1 AND state = $2 AND version = $3 AND turn = $4 AND judged = $5`,
		append([]any{r.ID, string(was.State), was.Version, was.Turn, int64(was.Judged)}, append(append([]any{}, a[4:8]...), a[12:]...)...)...)
	return n == 1, err
}

func (tx *Tx) rosters(where string, args ...any) (out []*RosterRecord, err error) {
	err = tx.each(`SELECT `+rosterColumns+` FROM roster `+where, args, func(rs rows) error {
		r := &RosterRecord{}
		var hands, sums, fault, paid string
		var made, approved, enrolled, paidAt, started int64
		err := rs.Scan(&r.ID, &r.Sponsor, &r.Agreement, &r.Office, &r.Version, &r.State, &r.FileName, &r.FileSize, &r.Key, &r.KeyID, &r.MadeBy, &made, &hands, &r.TermsOf,
			&r.Judged, &sums, &r.People, &r.Fresh, &r.Amount, &fault, &r.ApprovedBy, &approved, &r.Code, &enrolled, &r.Channel, &r.Reference, &paid, &paidAt, &started, &r.Covered, &r.Returned, &r.Turn)
		if err != nil {
			return err
		}
		r.MadeAt, r.ApprovedAt, r.EnrolledAt, r.PaidAt, r.StartedAt = moment(made), moment(approved), moment(enrolled), moment(paidAt), moment(started)
		out = append(out, r)
		if err := json.Unmarshal([]byte(hands), &r.Hands); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(sums), &r.Sums); err != nil {
			return err
		}
		if r.Fault, err = ParseFindings(fault); err != nil {
			return err
		}
		return r.PaidOn.UnmarshalText([]byte(paid))
	})
	return out, err
}

// GetRoster gives a list. Error: roster.unknown.
func (tx *Tx) GetRoster(id string) (*RosterRecord, error) {
	found, err := tx.rosters(`WHERE roster_id = $1`, id)
	if err == nil && len(found) == 0 {
		err = jaring.NewError(jaring.NotFound, "roster.unknown")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// FindRosters gives the lists of an agreement, the newest first.
func (tx *Tx) FindRosters(agreement string) ([]*RosterRecord, error) {
	return tx.rosters(`WHERE agreement_id = $1 ORDER BY roster_id DESC`, agreement)
}

// RostersIn gives up to limit lists that wait in one of the states, the oldest first.
func (tx *Tx) RostersIn(states []jaring.RosterState, limit int) ([]*RosterRecord, error) {
	return tx.rosters(`WHERE state IN (`+marks(2, len(states))+`) ORDER BY roster_id LIMIT $1`, append([]any{int64(limit)}, texts(states)...)...)
}

// RosterKeys gives the wrapped keys of lists that are not under a data key, to be wrapped anew.
func (tx *Tx) RosterKeys(dataID string, limit int) ([]*RosterRecord, error) {
	return tx.rosters(`WHERE key_id <> $1 AND roster_key IS NOT NULL ORDER BY roster_id LIMIT $2`, dataID, int64(limit))
}

// RewrapRoster keeps a list's key under another data key, unless it was rewrapped since.
func (tx *Tx) RewrapRoster(id, oldKeyID string, wrapped []byte, keyID string) error {
	return tx.queue(`UPDATE roster SET roster_key = $3, key_id = $4 WHERE roster_id = $1 AND key_id = $2`, id, oldKeyID, wrapped, keyID)
}

// PutRosterFile keeps the sealed pieces of a list's file in the place of those before; next gives one after the other,
// nil behind the last.
func (tx *Tx) PutRosterFile(id string, next func() ([]byte, error)) error {
	if err := tx.DropRosterFile(id); err != nil {
		return err
	}
	part := int64(-1)
	_, err := tx.copyIn("roster_part", []string{"roster_id", "part", "sealed"}, func() ([]any, error) {
		sealed, err := next()
		if err != nil || sealed == nil {
			return nil, err
		}
		part++
		return []any{id, part, sealed}, nil
	})
	return err
}

// DropRosterFile forgets a list's file.
func (tx *Tx) DropRosterFile(id string) error {
	return tx.queue(`DELETE FROM roster_part WHERE roster_id = $1`, id)
}

// RosterPiece gives a sealed piece of a list's file; nil when there is none.
func (tx *Tx) RosterPiece(id string, part int) (sealed []byte, err error) {
	_, err = tx.one(`SELECT sealed FROM roster_part WHERE roster_id = $1 AND part = $2`, []any{id, int64(part)}, &sealed)
	return sealed, err
}
