package store

import (
	"time"

	"jaring/internal/jaring"
)

// SweepCapture and LotVisit are rows of a sweep as the vocabulary has them.
type (
	SweepCapture = jaring.SweepCapture
	LotVisit     = jaring.LotVisit
)

const captureColumns = `campaign_id, worker_id, operation_id, agent_id, kind, lot_id, occupation, taken_at, received_at, trusted`

// AddSweepCapture notes that somebody was registered, or tried, in a sweep. An operation that is
// done again leaves it as it was.
func (tx *Tx) AddSweepCapture(c SweepCapture) error {
	return tx.queue(`INSERT INTO sweep_capture (`+captureColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT DO NOTHING`,
		string(c.Campaign), string(c.Worker), string(c.Operation), string(c.Agent), string(c.Kind), string(c.Lot), c.Occupation,
		millis(c.TakenAt), millis(c.ReceivedAt), bit(c.Trusted))
}

// FindSweepCaptures gives all captures of a campaign.
func (tx *Tx) FindSweepCaptures(id jaring.CampaignID) ([]SweepCapture, error) {
	return tx.sweepCaptures(`WHERE campaign_id = $1`, string(id))
}

// GetSweepCapture gives the capture of one operation. Error: capture.not_found.
func (tx *Tx) GetSweepCapture(id jaring.CampaignID, op jaring.OperationID) (SweepCapture, error) {
	cs, err := tx.sweepCaptures(`WHERE campaign_id = $1 AND operation_id = $2`, string(id), string(op))
	if err == nil && len(cs) == 0 {
		err = jaring.NewError(jaring.NotFound, "capture.not_found")
	}
	if err != nil {
		return SweepCapture{}, err
	}
	return cs[0], nil
}

func (tx *Tx) sweepCaptures(where string, args ...any) (out []SweepCapture, err error) {
	err = tx.each(`SELECT `+captureColumns+`, decided, decided_by, decided_at, reason FROM sweep_capture `+where, args, func(r rows) error {
		var c SweepCapture
		var taken, received, trusted, decided int64
		err := r.Scan(&c.Campaign, &c.Worker, &c.Operation, &c.Agent, &c.Kind, &c.Lot, &c.Occupation, &taken, &received, &trusted,
			&c.Decided, &c.DecidedBy, &decided, &c.Reason)
		c.TakenAt, c.ReceivedAt, c.Trusted, c.DecidedAt = moment(taken), moment(received), trusted != 0, moment(decided)
		out = append(out, c)
		return err
	})
	return out, err
}

// DecideSweepCapture keeps what the evaluation made of a capture.
func (tx *Tx) DecideSweepCapture(c SweepCapture) error {
	return tx.queue(`UPDATE sweep_capture SET decided = $4, decided_by = $5, decided_at = $6, reason = $7 WHERE campaign_id = $1 AND worker_id = $2 AND operation_id = $3`,
		string(c.Campaign), string(c.Worker), string(c.Operation), string(c.Decided), string(c.DecidedBy), millis(c.DecidedAt), c.Reason)
}

const visitColumns = `campaign_id, lot_id, operation_id, outcome, reason, back_at, worker_id, agent_id, taken_at, received_at, trusted`

// AddLotVisit notes what an operation said of a lot. One that is done again leaves it as it was.
func (tx *Tx) AddLotVisit(v LotVisit) error {
	return tx.queue(`INSERT INTO lot_visit (`+visitColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT DO NOTHING`,
		string(v.Campaign), string(v.Lot), string(v.Operation), string(v.Outcome), v.Reason, v.BackAt, string(v.Worker), string(v.Agent),
		millis(v.TakenAt), millis(v.ReceivedAt), bit(v.Trusted))
}

// FindLotVisits gives all that was said of the lots in a campaign.
func (tx *Tx) FindLotVisits(id jaring.CampaignID) (out []LotVisit, err error) {
	err = tx.each(`SELECT `+visitColumns+` FROM lot_visit WHERE campaign_id = $1`, []any{string(id)}, func(r rows) error {
		var v LotVisit
		var taken, received, trusted int64
		err := r.Scan(&v.Campaign, &v.Lot, &v.Operation, &v.Outcome, &v.Reason, &v.BackAt, &v.Worker, &v.Agent, &taken, &received, &trusted)
		v.TakenAt, v.ReceivedAt, v.Trusted = moment(taken), moment(received), trusted != 0
		out = append(out, v)
		return err
	})
	return out, err
}

// FindLotWords is FindLotVisits without what only their readers need: who said it, of whom, and why.
func (tx *Tx) FindLotWords(id jaring.CampaignID) (out []LotVisit, err error) {
	err = tx.each(`SELECT lot_id, operation_id, outcome, back_at, taken_at, received_at, trusted FROM lot_visit WHERE campaign_id = $1`, []any{string(id)}, func(r rows) error {
		v := LotVisit{Campaign: id}
		var taken, received, trusted int64
		err := r.Scan(&v.Lot, &v.Operation, &v.Outcome, &v.BackAt, &taken, &received, &trusted)
		v.TakenAt, v.ReceivedAt, v.Trusted = moment(taken), moment(received), trusted != 0
		out = append(out, v)
		return err
	})
	return out, err
}

// PersonNow is what the board needs to know of a record.
type PersonNow struct {
	Standing     jaring.Standing
	MergedInto   jaring.WorkerID
	RegisteredAt time.Time
}

// personBatches are how many records one question names: few sizes, so that an engine has few
// statements to remember. What is left over asks for its last record again.
var personBatches = []int{16, 128, 512}

// FindPersonsNow gives where the records of ids stand.
func (tx *Tx) FindPersonsNow(ids []jaring.WorkerID) (map[jaring.WorkerID]PersonNow, error) {
	out := make(map[jaring.WorkerID]PersonNow, len(ids))
	for len(ids) > 0 {
		batch := padded(ids)
		err := tx.each(`SELECT worker_id, status, merged_into, registered_at FROM worker WHERE worker_id IN (`+marks(1, len(batch))+`)`, texts(batch), func(r rows) error {
			var id jaring.WorkerID
			var p PersonNow
			var at int64
			err := r.Scan(&id, &p.Standing, &p.MergedInto, &at)
			p.RegisteredAt = moment(at)
			out[id] = p
			return err
		})
		if err != nil {
			return nil, err
		}
		ids = ids[min(len(ids), len(batch)):]
	}
	return out, nil
}

// padded is the front of ids, made as long as one of the batches.
func padded(ids []jaring.WorkerID) []jaring.WorkerID {
	size := personBatches[len(personBatches)-1]
	for _, s := range personBatches {
		if len(ids) <= s {
			size = s
			break
		}
	}
	batch := make([]jaring.WorkerID, size)
	for i := range batch {
		batch[i] = ids[min(i, len(ids)-1)]
	}
	return batch
}
