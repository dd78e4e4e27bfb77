package store

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"jaring/internal/jaring"
)

// OperationRecord is an operation as it is remembered: enough to tell a repetition
// from a conflict and to give the first answer again.
type OperationRecord struct {
	ID         jaring.OperationID
	Kind       jaring.Act
	Digest     []byte // keyed
	Account    jaring.AccountID
	Device     jaring.DeviceID
	Seq        int64
	TakenAt    time.Time
	ReceivedAt time.Time
	Outcome    jaring.Outcome
}

type outcomeJSON struct {
	Membership jaring.MembershipID `json:"membership,omitempty"`
	Candidate  jaring.WorkerID     `json:"candidate,omitempty"`
	Findings   string              `json:"findings,omitempty"`
}

func outcomeText(o jaring.Outcome) string {
	b, _ := json.Marshal(outcomeJSON{o.Membership, o.Candidate, findingsText(o.Findings)})
	return string(b)
}

// FindOperations gives those of ids that have been answered already.
func (tx *Tx) FindOperations(ids []jaring.OperationID) (map[jaring.OperationID]*OperationRecord, error) {
	out := map[jaring.OperationID]*OperationRecord{}
	if len(ids) == 0 {
		return out, nil
	}
	err := tx.each(`SELECT operation_id, kind, digest, account_id, device_id, seq, taken_at, received_at, outcome, worker_id, detail
		FROM operation WHERE operation_id IN (`+marks(1, len(ids))+`)`, texts(ids), func(r rows) error {
		o := &OperationRecord{}
		var taken, received int64
		var detail string
		if err := r.Scan(&o.ID, &o.Kind, &o.Digest, &o.Account, &o.Device, &o.Seq, &taken, &received, &o.Outcome.Kind, &o.Outcome.Worker, &detail); err != nil {
			return err
		}
		var d outcomeJSON
		if err := json.Unmarshal([]byte(detail), &d); err != nil {
			return err
		}
		findings, err := ParseFindings(d.Findings)
		o.Outcome.Operation, o.Outcome.Membership, o.Outcome.Candidate, o.Outcome.Findings = o.ID, d.Membership, d.Candidate, findings
		o.TakenAt, o.ReceivedAt = moment(taken), moment(received)
		out[o.ID] = o
		return err
	})
	return out, err
}

// NIKClaim asks for a NIK in the name of a person.
type NIKClaim struct {
	Hashes [][]byte // under every readable index key, the one in use first
	KeyID  string
	Worker jaring.WorkerID
}

// Claim inserts the operations and asks for the NIKs in one round trip. It fails with
// ErrRestart when one of the operations is known by now. taken[i] is true when claim i's
// NIK belongs to somebody already.
func (tx *Tx) Claim(ops []*OperationRecord, claims []NIKClaim) (taken []bool, err error) {
	stmts := make([]statement, 0, len(ops)+len(claims))
	for _, o := range ops {
		stmts = append(stmts, statement{`INSERT INTO operation (operation_id, kind, digest, account_id, device_id, seq, taken_at, received_at, outcome, worker_id, detail)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING`, operationArgs(o)})
	}
	order := claimOrder(claims)
	for _, i := range order {
		c := claims[i]
		stmts = append(stmts, statement{`INSERT INTO nik_index (nik_hmac, key_id, worker_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			[]any{c.Hashes[0], c.KeyID, string(c.Worker)}})
	}
	affected, err := tx.execMany(stmts)
	if err != nil {
		return nil, err
	}
	for i := range ops {
		if affected[i] == 0 {
			return nil, errRestart
		}
	}
	taken = make([]bool, len(claims))
	for n, i := range order {
		c := claims[i]
		taken[i] = affected[len(ops)+n] == 0
		if !taken[i] && len(c.Hashes) > 1 {
			if taken[i], err = tx.underOlderKey(c); err != nil {
				return nil, err
			}
		}
	}
	return taken, nil
}

// claimOrder is the order of hashes: two batches that ask for the same NIKs never wait
// for each other in a ring. Of equal ones the first stays first.
func claimOrder(claims []NIKClaim) []int {
	order := make([]int, len(claims))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(claims[a].Hashes[0], claims[b].Hashes[0]) })
	return order
}

// underOlderKey looks, while a rotation of index keys runs, whether the NIK stands
// under a key that is being retired; then the claim is taken back.
func (tx *Tx) underOlderKey(c NIKClaim) (bool, error) {
	id, err := tx.NIKOwner(c.Hashes[1:])
	if err != nil || id == "" {
		return false, err
	}
	return true, tx.queue(`DELETE FROM nik_index WHERE nik_hmac = $1 AND worker_id = $2`, c.Hashes[0], string(c.Worker))
}

func operationArgs(o *OperationRecord) []any {
	return []any{string(o.ID), string(o.Kind), o.Digest, string(o.Account), string(o.Device), o.Seq, millis(o.TakenAt), millis(o.ReceivedAt),
		string(o.Outcome.Kind), string(o.Outcome.Worker), outcomeText(o.Outcome)}
}

// SetOutcome changes the answer of an operation claimed in this transaction.
func (tx *Tx) SetOutcome(o jaring.Outcome) error {
	return tx.queue(`UPDATE operation SET outcome = $2, worker_id = $3, detail = $4 WHERE operation_id = $1`,
		string(o.Operation), string(o.Kind), string(o.Worker), outcomeText(o))
}

// NIKOwner gives the person a NIK belongs to, by any of its hashes; empty for nobody.
func (tx *Tx) NIKOwner(hashes [][]byte) (jaring.WorkerID, error) {
	owner := jaring.WorkerID("")
	err := tx.each(`SELECT worker_id FROM nik_index WHERE nik_hmac IN (`+marks(1, len(hashes))+`)`, anys(hashes), func(r rows) error {
		return r.Scan(&owner)
	})
	return owner, err
}

// DropNIK frees the NIK of a person whose record does not stand.
func (tx *Tx) DropNIK(id jaring.WorkerID) error {
	return tx.queue(`DELETE FROM nik_index WHERE worker_id = $1`, string(id))
}

// AddCapture keeps what was sent, sealed under the person's key.
func (tx *Tx) AddCapture(worker jaring.WorkerID, op jaring.OperationID, sealed []byte) error {
	return tx.queue(`INSERT INTO capture (worker_id, operation_id, sealed) VALUES ($1, $2, $3)`, string(worker), string(op), sealed)
}

// GetCapture gives what was sent in an operation, sealed under the person's key.
// Error: capture.not_found.
func (tx *Tx) GetCapture(worker jaring.WorkerID, op jaring.OperationID) (sealed []byte, err error) {
	found, err := tx.one(`SELECT sealed FROM capture WHERE worker_id = $1 AND operation_id = $2`, []any{string(worker), string(op)}, &sealed)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "capture.not_found")
	}
	return sealed, err
}

// ErrRestart says that the world moved on between PREPARE and APPLY.
var ErrRestart = errRestart

// LeadNIK makes the NIK of a merged record lead to the surviving one.
func (tx *Tx) LeadNIK(from, to jaring.WorkerID) error {
	return tx.queue(`UPDATE nik_index SET worker_id = $2 WHERE worker_id = $1`, string(from), string(to))
}
