package app_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func photo(n int, of fields) fields {
	body := fields{"kind": "ktp", "jpeg": jaringtest.JPEG(n), "taken_at": jaringtest.Noon.Format(time.RFC3339)}
	for name, value := range of {
		body[name] = value
	}
	return body
}

func TestPhotosAreSealedAndOpenedInSight(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		phone := town.Enrol(town.Agent)
		register := town.Operation(jaring.ActRegisterWorker, jaringtest.Person(1))
		add := town.Operation(jaring.ActAddPhoto, photo(1, fields{"registered_by": register.ID}))
		add.After = []jaring.OperationID{register.ID}
		send := func(ops ...jaring.Operation) []jaring.Outcome {
			t.Helper()
			out, err := town.App.Sync(t.Context(), town.Agent, app.SyncBatch{Device: phone.ID, ClockNow: town.Now(), Operation: ops})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if out := send(add); out[0].Kind != jaring.HeldEarlier { // the photo came first
			t.Fatalf("%+v", out)
		}
		id := send(register)[0].Worker
		if out := send(add); out[0].Kind != jaring.Same || out[0].First != jaring.Accepted || out[0].Worker != id {
			t.Errorf("told again: %+v", out)
		}
		photos, err := town.App.FindPhotos(t.Context(), town.Officer, id)
		if err != nil || len(photos) != 1 || photos[0].Kind != jaring.PhotoKTP || photos[0].AgentName != town.Agent.Name || photos[0].Sealed != nil || !photos[0].TakenAt.Equal(jaringtest.Noon) {
			t.Fatalf("%+v %v", photos, err)
		}
		p, picture, err := town.App.RevealPhoto(t.Context(), town.Officer, id, photos[0].ID, "dibandingkan dengan NIK")
		if err != nil || !bytes.Equal(picture, jaringtest.JPEG(1)) || bytes.Contains(p.Sealed, picture[20:60]) {
			t.Errorf("%d bytes, %v", len(picture), err)
		}
		history, err := town.App.FindHistory(t.Context(), town.Officer, id)
		if err != nil || history[0].Kind != jaring.PhotoRevealed || history[0].Facts.Reason != "dibandingkan dengan NIK" || history[1].Kind != jaring.PhotoAdded || len(history[1].Facts.Digest) != 64 {
			t.Errorf("%+v %v", history[0], err)
		}
		_, _, err = town.App.RevealPhoto(t.Context(), town.Agent, id, photos[0].ID, "ingin melihat")
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		_, _, err = town.App.RevealPhoto(t.Context(), town.Officer, id, photos[0].ID, "x")
		wantKey(t, err, jaring.Invalid, "reason.too_short")
		_, _, err = town.App.RevealPhoto(t.Context(), town.Officer, id, jaring.PhotoID(jaringtest.NewID()), "dibandingkan")
		wantKey(t, err, jaring.NotFound, "photo.not_found")
		_, err = town.App.FindPhotos(t.Context(), town.FarOfficer, id)
		wantKey(t, err, jaring.NotFound, "worker.not_found")
		wantSound(t, town)
	})
}

func TestPhotosThatAreRefused(t *testing.T) {
	town := liteTown(t)
	id, other, gone := town.Register(town.Agent, 1), town.Register(town.Second, 2), town.Register(town.Agent, 3)
	if err := withdraw(town, town.Agent, gone); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		change fields
		code   jaring.Code
		key    string
	}{
		{fields{"kind": "selfie"}, jaring.Invalid, "photo.kind_unknown"},
		{fields{"jpeg": "AAAA"}, jaring.Invalid, "photo.not_jpeg"},
		{fields{"jpeg": "%%%"}, jaring.Invalid, "field.type"},
		{fields{"jpeg": jaringtest.WithSegment(jaringtest.JPEG(1), 0xE1, "Exif")}, jaring.Invalid, "photo.has_exif"},
		{fields{"jpeg": make([]byte, jaring.MaxPhoto+1)}, jaring.Invalid, "photo.too_large"},
		{fields{"taken_at": nil}, jaring.Invalid, "field.required"},
		{fields{"worker_id": other}, jaring.Forbidden, "error.out_of_area"},
		{fields{"worker_id": gone}, jaring.Conflict, "worker.closed"},
		{fields{"worker_id": "x"}, jaring.Invalid, "id.malformed"},
		{fields{"worker_id": ""}, jaring.Invalid, "field.required"},
		{fields{"worker_id": "", "registered_by": jaringtest.NewID()}, jaring.NotFound, "operation.earlier_refused"},
	} {
		body := photo(1, fields{"worker_id": id})
		for name, value := range c.change {
			body[name] = value
		}
		_, err := town.Do(town.Agent, jaring.ActAddPhoto, body)
		wantKey(t, err, c.code, c.key)
	}
	for n := range jaring.MaxPhotos {
		if _, err := town.Do(town.Agent, jaring.ActAddPhoto, photo(n, fields{"worker_id": id, "kind": "stall"})); err != nil {
			t.Fatal(err)
		}
	}
	_, err := town.Do(town.Agent, jaring.ActAddPhoto, photo(1, fields{"worker_id": id}))
	wantKey(t, err, jaring.Conflict, "photo.too_many")
}

// A photo that comes after its record was merged goes to the surviving one.
func TestPhotosFollowAMerge(t *testing.T) {
	town := liteTown(t)
	one, two := town.Register(town.Agent, 1), town.Register(town.Second, 2)
	if _, err := merge(town, town.Officer, one, two); err != nil {
		t.Fatal(err)
	}
	o, err := town.Do(town.Agent, jaring.ActAddPhoto, photo(1, fields{"worker_id": one}))
	if err != nil || o.Worker != two {
		t.Fatalf("%+v %v", o, err)
	}
	photos, err := town.App.FindPhotos(t.Context(), town.Officer, two)
	if err != nil || len(photos) != 1 {
		t.Fatalf("%+v %v", photos, err)
	}
	if _, picture, err := town.App.RevealPhoto(t.Context(), town.Officer, two, photos[0].ID, "dibandingkan"); err != nil || !slices.Equal(picture, jaringtest.JPEG(1)) {
		t.Error(err)
	}
	audit, _, err := town.App.FindAudit(t.Context(), town.Auditor, "")
	if err != nil || !slices.ContainsFunc(audit, func(i app.HistoryItem) bool {
		return i.Kind == jaring.PhotoRevealed && strings.Contains(i.Facts.Reason, "dibandingkan")
	}) {
		t.Errorf("the audit does not show who saw the photo: %v", err)
	}
}
