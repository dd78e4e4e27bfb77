package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

func purposePhoto(id jaring.PhotoID) string { return "photo:" + string(id) }

// preparePhoto keeps a photo of a person under the person's key. A photo of a record that
// was merged meanwhile goes to the surviving one.
func (a *App) preparePhoto(ctx context.Context, actor jaring.Actor, op *jaring.Operation, rec *store.OperationRecord) (*plan, error) {
	var body wire.Photo
	if err := wire.Decode(op.Body, &body); err != nil {
		return nil, err
	}
	picture, err := jaring.NewPhoto(body.JPEG)
	if err := JoinFindings(photoFaults(body, err)); err != nil {
		return nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActAddPhoto, body.Worker, body.RegisteredBy)
	if err != nil {
		return nil, err
	}
	w, key, err := a.photoOf(ctx, r.Worker)
	if err != nil {
		return nil, err
	}
	p := &store.PhotoRecord{Worker: w.ID, ID: jaring.PhotoID(op.ID), Kind: jaring.PhotoKind(body.Kind), Bytes: len(picture), TakenAt: earlier(body.TakenAt, op.TakenAt), Agent: actor.Account}
	if p.Sealed, err = key.Seal(picture, purposePhoto(p.ID)); err != nil {
		return nil, err
	}
	rec.Outcome.Worker = w.ID
	return &plan{record: rec, run: func(tx *store.Tx, _ bool) (jaring.Outcome, error) { return rec.Outcome, a.addPhoto(tx, actor, p) }}, nil
}

// photoFaults are the faults of a form with a picture, fault that of the picture.
func photoFaults(body wire.Photo, fault error) error {
	var es jaring.Errors
	if e, ok := fault.(*jaring.Error); ok && e != nil {
		es = append(es, e.At("jpeg"))
	}
	if !slices.Contains(jaring.PhotoKinds, jaring.PhotoKind(body.Kind)) {
		es = append(es, jaring.NewError(jaring.Invalid, "photo.kind_unknown").At("kind"))
	}
	if body.TakenAt.IsZero() {
		es = append(es, jaring.NewError(jaring.Invalid, "field.required").At("taken_at"))
	}
	return es.OrNil()
}

// earlier is when a photo was taken: never after the operation that tells of it.
func earlier(photo, operation time.Time) time.Time {
	if photo.After(operation) {
		return operation
	}
	return photo.UTC().Truncate(time.Millisecond)
}

// photoOf finds the record that a person's photos are kept with, and its key.
// Errors: worker.closed, worker.erased.
func (a *App) photoOf(ctx context.Context, w *store.WorkerRecord) (*store.WorkerRecord, vault.PersonKey, error) {
	for range maxPreparations { // a merged record leads to another one, which may be merged too
		if w.State != jaring.WorkerMerged {
			break
		}
		err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
			w, err = tx.GetWorker(w.MergedInto)
			return err
		})
		if err != nil {
			return nil, vault.PersonKey{}, err
		}
	}
	if !stands(w) {
		return nil, vault.PersonKey{}, jaring.NewError(jaring.Conflict, "worker.closed")
	}
	key, err := a.Vault.OpenPerson(w.ID, w.PersonKey, w.PersonKeyID)
	return w, key, err
}

// addPhoto keeps a photo of a record that stands still. Error: photo.too_many.
func (a *App) addPhoto(tx *store.Tx, actor jaring.Actor, p *store.PhotoRecord) error {
	r, err := LoadRecord(tx, p.Worker)
	if err != nil {
		return err
	}
	if !stands(r.Worker) || len(r.Worker.PersonKey) == 0 {
		return store.ErrRestart
	}
	have, err := tx.FindPhotos(p.Worker)
	if err != nil {
		return err
	}
	if len(have) >= jaring.MaxPhotos {
		return jaring.NewError(jaring.Conflict, "photo.too_many", "max", jaring.MaxPhotos)
	}
	// The event comes first: it makes two photos of one person wait for each other.
	if err := a.TellOf(tx, actor, r, r.Worker.Standing, jaring.PhotoAdded, func(f *jaring.Facts) {
		sum := sha256.Sum256(p.Sealed)
		f.Other, f.Fields, f.Digest = string(p.ID), []string{"photo_" + string(p.Kind)}, hex.EncodeToString(sum[:])
	}); err != nil {
		return err
	}
	return tx.AddPhoto(p)
}

// PhotoItem is what is known of a photo without opening it.
type PhotoItem struct {
	store.PhotoRecord
	AgentName string
}

// FindPhotos gives what is known of a person's photos, the oldest first.
// Errors: worker.not_found, error.forbidden.
func (a *App) FindPhotos(ctx context.Context, actor jaring.Actor, id jaring.WorkerID) (items []PhotoItem, err error) {
	var photos []store.PhotoRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		w, err := tx.GetWorker(id)
		if err != nil {
			return err
		}
		if err := reach(actor, jaring.ActGetWorker, w); err != nil {
			return err
		}
		photos, err = tx.FindPhotos(id)
		return err
	})
	for _, p := range photos {
		items = append(items, PhotoItem{p, a.AccountName(ctx, p.Agent)})
	}
	return items, err
}

// RevealPhoto shows a photo to somebody who needs it, and writes down who and why before it
// does: a card shows the whole NIK.
// Errors: reason.too_short, worker.not_found, error.forbidden, worker.erased, photo.not_found.
func (a *App) RevealPhoto(ctx context.Context, actor jaring.Actor, id jaring.WorkerID, photo jaring.PhotoID, why string) (*store.PhotoRecord, []byte, error) {
	reason, err := NeedReason(why)
	if err != nil {
		return nil, nil, err
	}
	r, err := a.subject(ctx, actor, jaring.ActRevealNIK, string(id), "")
	if err != nil {
		return nil, nil, err
	}
	key, err := a.Vault.OpenPerson(id, r.Worker.PersonKey, r.Worker.PersonKeyID)
	if err != nil {
		return nil, nil, err
	}
	var p *store.PhotoRecord
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		p, err = tx.GetPhoto(id, photo)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	picture, err := key.Open(p.Sealed, purposePhoto(p.ID))
	if err != nil {
		return nil, nil, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		return a.TellOf(tx, actor, r, r.Worker.Standing, jaring.PhotoRevealed, func(f *jaring.Facts) {
			f.Reason, f.Other, f.Fields = reason, string(p.ID), []string{"photo_" + string(p.Kind)}
		})
	})
	if err != nil {
		return nil, nil, err
	}
	a.Changed()
	return p, picture, nil
}
