package store

import (
	"time"

	"jaring/internal/jaring"
)

// ReviewRecord is a second look that is due or was done.
type ReviewRecord struct {
	ID        jaring.ReviewID
	Worker    jaring.WorkerID
	State     string // open, accepted, rejected, same
	Reasons   []jaring.Finding
	Candidate jaring.WorkerID
	Office    jaring.OfficeID
	OpenedAt  time.Time
	DecidedAt time.Time
	DecidedBy jaring.AccountID
	Reason    string
}

const reviewColumns = `worker_id, review_id, state, reasons, candidate_id, office_id, opened_at, decided_at, decided_by, reason`

// AddReview opens a second look.
func (tx *Tx) AddReview(v *ReviewRecord) error {
	return tx.queue(`INSERT INTO review (`+reviewColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		string(v.Worker), string(v.ID), v.State, findingsText(v.Reasons), string(v.Candidate), string(v.Office), millis(v.OpenedAt),
		millis(v.DecidedAt), string(v.DecidedBy), v.Reason)
}

// DecideReview closes an open review. Error: review.decided when it was closed already.
func (tx *Tx) DecideReview(v *ReviewRecord) error {
	n, err := tx.exec(`UPDATE review SET state = $3, decided_at = $4, decided_by = $5, reason = $6 WHERE worker_id = $1 AND review_id = $2 AND state = 'open'`,
		string(v.Worker), string(v.ID), v.State, millis(v.DecidedAt), string(v.DecidedBy), v.Reason)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.Conflict, "review.decided")
	}
	return err
}

// FindReviews gives open reviews of the offices, newest first, before an id.
func (tx *Tx) FindReviews(offices []jaring.OfficeID, before jaring.ReviewID, limit int) ([]*ReviewRecord, error) {
	if before == "" {
		before = lastUUID
	}
	args := append([]any{string(before), int64(limit)}, texts(offices)...)
	return tx.reviews(`WHERE state = 'open' AND review_id < $1 AND office_id IN (`+marks(3, len(offices))+`) ORDER BY review_id DESC LIMIT $2`, args...)
}

// GetReview gives one review by its id. Error: review.not_found.
func (tx *Tx) GetReview(id jaring.ReviewID) (*ReviewRecord, error) {
	vs, err := tx.reviews(`WHERE review_id = $1`, string(id))
	if err == nil && len(vs) == 0 {
		err = jaring.NewError(jaring.NotFound, "review.not_found")
	}
	if err != nil {
		return nil, err
	}
	return vs[0], nil
}

// OpenReviewOf gives a person's open review, nil when there is none.
func (tx *Tx) OpenReviewOf(id jaring.WorkerID) (*ReviewRecord, error) {
	vs, err := tx.reviews(`WHERE worker_id = $1 AND state = 'open' LIMIT 1`, string(id))
	if err != nil || len(vs) == 0 {
		return nil, err
	}
	return vs[0], nil
}

func (tx *Tx) reviews(where string, args ...any) (out []*ReviewRecord, err error) {
	err = tx.each(`SELECT `+reviewColumns+` FROM review `+where, args, func(r rows) error {
		v := &ReviewRecord{}
		var reasons string
		var opened, decided int64
		if err := r.Scan(&v.Worker, &v.ID, &v.State, &reasons, &v.Candidate, &v.Office, &opened, &decided, &v.DecidedBy, &v.Reason); err != nil {
			return err
		}
		v.OpenedAt, v.DecidedAt = moment(opened), moment(decided)
		var err error
		v.Reasons, err = ParseFindings(reasons)
		out = append(out, v)
		return err
	})
	return out, err
}
