package store

import (
	"time"

	"jaring/internal/jaring"
)

// RescueRecord is that somebody else pays a contribution.
type RescueRecord struct {
	ID           string
	Worker       jaring.WorkerID
	Contribution jaring.ContributionID
	PayerKind    jaring.PayerKind
	PayerName    string
	MadeBy       jaring.AccountID
	MadeAt       time.Time
}

const rescueColumns = `worker_id, rescue_id, contribution_id, payer_kind, payer_name, made_by, made_at`

// AddRescue inserts a rescue that a token leads to.
func (tx *Tx) AddRescue(r *RescueRecord, tokenHash []byte) error {
	err := tx.queue(`INSERT INTO rescue (`+rescueColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(r.Worker), r.ID, string(r.Contribution), string(r.PayerKind), r.PayerName, string(r.MadeBy), millis(r.MadeAt))
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO rescue_index (token_hash, worker_id, rescue_id) VALUES ($1, $2, $3)`, tokenHash, string(r.Worker), r.ID)
}

func (tx *Tx) rescues(where string, args ...any) (out []*RescueRecord, err error) {
	err = tx.each(`SELECT `+rescueColumns+` FROM rescue `+where, args, func(r rows) error {
		s := &RescueRecord{}
		var made int64
		err := r.Scan(&s.Worker, &s.ID, &s.Contribution, &s.PayerKind, &s.PayerName, &s.MadeBy, &made)
		s.MadeAt = moment(made)
		out = append(out, s)
		return err
	})
	return out, err
}

// RescueOf gives who else pays a contribution; nil for nobody.
func (tx *Tx) RescueOf(worker jaring.WorkerID, contribution jaring.ContributionID) (*RescueRecord, error) {
	found, err := tx.rescues(`WHERE worker_id = $1 AND contribution_id = $2`, string(worker), string(contribution))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// RescueOfToken gives what a token leads to. Error: rescue.unknown.
func (tx *Tx) RescueOfToken(hash []byte) (*RescueRecord, error) {
	var worker jaring.WorkerID
	var id string
	found, err := tx.one(`SELECT worker_id, rescue_id FROM rescue_index WHERE token_hash = $1`, []any{hash}, &worker, &id)
	if err != nil {
		return nil, err
	}
	var all []*RescueRecord
	if found {
		all, err = tx.rescues(`WHERE worker_id = $1 AND rescue_id = $2`, string(worker), id)
	}
	if err == nil && len(all) == 0 {
		err = jaring.NewError(jaring.NotFound, "rescue.unknown")
	}
	if err != nil {
		return nil, err
	}
	return all[0], nil
}
