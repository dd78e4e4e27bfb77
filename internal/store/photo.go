package store

import (
	"time"

	"jaring/internal/jaring"
)

// PhotoRecord is a photo that an agent took, sealed under the person's key.
type PhotoRecord struct {
	Worker  jaring.WorkerID
	ID      jaring.PhotoID
	Kind    jaring.PhotoKind
	Sealed  []byte // nil where only what is known of it was asked for
	Bytes   int    // of the picture
	TakenAt time.Time
	Agent   jaring.AccountID
}

// AddPhoto keeps a photo.
func (tx *Tx) AddPhoto(p *PhotoRecord) error {
	return tx.queue(`INSERT INTO photo (worker_id, photo_id, kind, sealed, bytes, taken_at, agent_id) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		string(p.Worker), string(p.ID), string(p.Kind), p.Sealed, int64(p.Bytes), millis(p.TakenAt), string(p.Agent))
}

// FindPhotos gives what is known of a person's photos, the oldest first, without the pictures.
func (tx *Tx) FindPhotos(worker jaring.WorkerID) (out []PhotoRecord, err error) {
	err = tx.each(`SELECT photo_id, kind, bytes, taken_at, agent_id FROM photo WHERE worker_id = $1 ORDER BY taken_at, photo_id`, []any{string(worker)}, func(r rows) error {
		p := PhotoRecord{Worker: worker}
		var taken int64
		err := r.Scan(&p.ID, &p.Kind, &p.Bytes, &taken, &p.Agent)
		p.TakenAt = moment(taken)
		out = append(out, p)
		return err
	})
	return out, err
}

// GetPhoto gives a person's photo with the sealed picture. Error: photo.not_found.
func (tx *Tx) GetPhoto(worker jaring.WorkerID, id jaring.PhotoID) (*PhotoRecord, error) {
	p := &PhotoRecord{Worker: worker, ID: id}
	var taken int64
	found, err := tx.one(`SELECT kind, sealed, bytes, taken_at, agent_id FROM photo WHERE worker_id = $1 AND photo_id = $2`,
		[]any{string(worker), string(id)}, &p.Kind, &p.Sealed, &p.Bytes, &taken, &p.Agent)
	if err == nil && !found {
		err = jaring.NewError(jaring.NotFound, "photo.not_found")
	}
	if err != nil {
		return nil, err
	}
	p.TakenAt = moment(taken)
	return p, nil
}
