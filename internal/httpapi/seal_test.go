package httpapi_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
	"jaring/internal/vault"
	"jaring/internal/wire"
)

// sealKey is the office's key as the door tells it.
func (d *door) sealKey() (id string, public []byte) {
	d.t.Helper()
	var key struct {
		KeyID     string `json:"key_id"`
		PublicKey []byte `json:"public_key"`
	}
	d.send(ask{method: "GET", path: "/packs/seal"}).want(d.t, 200, "").into(d.t, &key)
	return key.KeyID, key.PublicKey
}

// seal seals a body for an operation, as a phone does.
func (d *door) seal(id string, body any) *wire.Sealed {
	d.t.Helper()
	key, public := d.sealKey()
	s, err := vault.SealFor(public, key, jaring.OperationID(id), jaringtest.JSON(body))
	if err != nil {
		d.t.Fatal(err)
	}
	return &wire.Sealed{KeyID: s.KeyID, Point: s.Point, IV: s.IV, Text: s.Text}
}

// addSealed puts a sealed operation of now at the end and gives its id.
func (b *batch) addSealed(kind jaring.Act, body any, change ...func(*wire.Sealed)) string {
	id := jaringtest.NewID()
	s := b.door.seal(id, body)
	for _, f := range change {
		f(s)
	}
	return b.putSealed(id, kind, s)
}

func (b *batch) putSealed(id string, kind jaring.Act, s *wire.Sealed) string {
	b.seq++
	b.operations = append(b.operations, string(jaringtest.JSON(map[string]any{"id": id, "seq": b.seq, "kind": kind, "taken_at": b.now, "sealed": s})))
	return id
}

func TestSyncSealed(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		f := newField(t, db)
		b := f.batch()
		id := b.addSealed(jaring.ActRegisterWorker, jaringtest.Person(1))
		b.addSealed(jaring.ActRegisterWorker, map[string]any{"nik": "15710", "name": "Siti"})
		got := b.send(f.phone)
		f.wantDid(got, "accepted", "refused:field.required")
		f.wantDid(b.send(f.phone), "same", "same:field.required")
		again := f.batch()
		again.putSealed(id, jaring.ActRegisterWorker, f.seal(id, jaringtest.Person(1))) // sealed anew
		again.add(jaring.ActRegisterWorker, jaringtest.Person(1), func(o *operation) { o.ID = id })
		again.putSealed(id, jaring.ActRegisterWorker, f.seal(id, jaringtest.Person(2)))
		f.wantDid(again.send(f.phone), "same", "same", "conflict:operation.conflict")
		var w struct{ Name string }
		f.get(f.Officer, "/workers/"+got[0].WorkerID).want(t, 200, "").into(t, &w)
		if w.Name != jaringtest.Person(1)["name"] {
			t.Errorf("registered %s", w.Name)
		}
	})
}

// Of a batch with seals that cannot be opened the others are done, and nothing of those is stored:
// the same id may come again.
func TestSyncSealsThatDoNotOpen(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	person := jaringtest.Person(1)
	id := b.addSealed(jaring.ActRegisterWorker, person, func(s *wire.Sealed) { s.Text[0] ^= 1 })
	b.addSealed(jaring.ActRegisterWorker, person, func(s *wire.Sealed) { s.Point = s.Point[:64] })
	b.addSealed(jaring.ActRegisterWorker, person, func(s *wire.Sealed) { s.IV = nil })
	b.addSealed(jaring.ActRegisterWorker, person, func(s *wire.Sealed) { s.KeyID = "sealing-0" })
	b.putSealed(jaringtest.NewID(), jaring.ActRegisterWorker, f.seal(id, person)) // another's
	b.operations = append(b.operations, strings.Replace(b.operations[0], `"sealed"`, `"body":{},"sealed"`, 1), strings.Replace(b.operations[0], `"k":`, `"kk":`, 1))
	b.addSealed(jaring.ActRegisterWorker, "bukan objek")
	b.addSealed(jaring.ActRegisterWorker, jaringtest.Person(2))
	f.wantDid(b.send(f.phone), "refused:seal.damaged", "refused:seal.damaged", "refused:seal.damaged", "refused:seal.key_unknown", "refused:seal.damaged",
		"refused:seal.with_body", "refused:field.unknown", "refused:field.type", "accepted")
	mended := f.batch()
	mended.putSealed(id, jaring.ActRegisterWorker, f.seal(id, person))
	f.wantDid(mended.send(f.phone), "accepted")
}

// A sealed record that was refused is opened again for its own sender, and that is written down.
func TestOpenOnesOwnSealedRecord(t *testing.T) {
	f := liteField(t)
	faulty := jaringtest.Person(1)
	faulty["months"] = 0
	id, unsent, done := jaringtest.NewID(), jaringtest.NewID(), jaringtest.NewID()
	refused := f.seal(id, faulty)
	b := f.batch()
	b.putSealed(id, jaring.ActRegisterWorker, refused)
	accepted := f.seal(done, jaringtest.Person(2))
	b.putSealed(done, jaring.ActRegisterWorker, accepted)
	f.wantDid(b.send(f.phone), "refused:months.range", "accepted")
	open := func(actor jaring.Actor, id string, s *wire.Sealed) reply {
		return f.send(ask{actor: actor, method: "POST", path: "/sealed/open", key: "new", body: map[string]any{"id": id, "sealed": s}})
	}
	var out struct{ Body json.RawMessage }
	open(f.Agent, id, refused).want(t, 200, "").into(t, &out)
	if string(out.Body) != string(jaringtest.JSON(faulty)) {
		t.Errorf("%s", out.Body)
	}
	open(f.Agent, unsent, f.seal(unsent, faulty)).want(t, 200, "")
	open(f.Second, id, refused).want(t, 403, "seal.not_own")
	open(f.Agent, done, accepted).want(t, 409, "seal.done")
	open(f.Agent, unsent, refused).want(t, 422, "seal.damaged")
	open(f.Agent, "x", refused).want(t, 422, "id.malformed")
	open(f.Agent, id, nil).want(t, 422, "field.required")
	open(f.Auditor, id, refused).want(t, 403, "error.forbidden")
	open(jaring.Actor{}, id, refused).want(t, 401, "error.unauthenticated")
	var audit struct{ Items []struct{ Kind string } }
	f.get(f.Auditor, "/audit").into(t, &audit)
	opened := 0
	for _, item := range audit.Items {
		if item.Kind == string(jaring.BodyOpened) {
			opened++
		}
	}
	if opened != 2 {
		t.Errorf("%d openings in the audit", opened)
	}
	if strings.Contains(f.log.String(), faulty["nik"].(string)) {
		t.Error("a NIK stands in the log")
	}
}

// A phone's photo comes in an operation of its own, after the registration, and is shown to
// a desk that says why.
func TestSyncPhoto(t *testing.T) {
	f := liteField(t)
	b := f.batch()
	id := b.addSealed(jaring.ActRegisterWorker, jaringtest.Person(1))
	worker := b.send(f.phone)[0].WorkerID
	p := f.batch()
	large := jaringtest.WithSegment(jaringtest.JPEG(3), 0xE2, strings.Repeat("x", 60_000))
	photo := p.addSealed(jaring.ActAddPhoto, map[string]any{"registered_by": id, "kind": "ktp", "jpeg": large, "taken_at": p.now})
	f.wantDid(p.send(f.phone), "accepted")
	f.wantDid(p.send(f.phone), "same")
	var list struct {
		Items []struct {
			PhotoID string `json:"photo_id"`
			Kind    string
			Bytes   int
		}
	}
	f.get(f.Agent, "/workers/"+worker+"/photos").want(t, 200, "").into(t, &list)
	if len(list.Items) != 1 || list.Items[0].PhotoID != photo || list.Items[0].Bytes != len(jaringtest.JPEG(3)) {
		t.Fatalf("%+v", list)
	}
	path := "/workers/" + worker + "/photos/" + photo + "/reveal"
	var shown struct{ Kind, JPEG string }
	f.send(ask{actor: f.Officer, method: "POST", path: path, key: "new", body: map[string]any{"reason": "dibandingkan dengan NIK"}}).want(t, 200, "").into(t, &shown)
	if shown.JPEG != base64.StdEncoding.EncodeToString(jaringtest.JPEG(3)) {
		t.Error("another picture")
	}
	f.send(ask{actor: f.Officer, method: "POST", path: path, key: "new", body: map[string]any{}}).want(t, 422, "reason.too_short")
	f.send(ask{actor: f.Officer, method: "POST", path: strings.Replace(path, photo, "x", 1), key: "new", body: map[string]any{"reason": "dibandingkan"}}).want(t, 422, "error.bad_request")
}

// phones asks the routes of what phones seal and send.
func (g *golden) phones() {
	g.take("packs-seal", "/packs/seal", ask{method: "GET"})
	id := jaringtest.NewID()
	sealed := g.seal(id, map[string]any{"name": "Siti", "months": 0})
	open := ask{actor: g.Agent, method: "POST", body: map[string]any{"id": id, "sealed": sealed}}
	g.take("sealed-open", "/sealed/open", open)
	sealed.Text[0] ^= 1
	g.take("sealed-open-damaged", "/sealed/open", open)
	open.lang = "en"
	g.take("sealed-open-damaged.en", "/sealed/open", open)
	worker := g.Register(g.Agent, 30)
	o, err := g.Do(g.Agent, jaring.ActAddPhoto, map[string]any{"worker_id": worker, "kind": "stall", "jpeg": jaringtest.JPEG(1), "taken_at": g.Now()})
	if err != nil {
		g.t.Fatal(err)
	}
	path := "/workers/" + string(worker) + "/photos"
	g.take("workers-id-photos", "/workers/{id}/photos", ask{actor: g.Officer, method: "GET", path: path})
	reveal := ask{actor: g.Officer, method: "POST", path: path + "/" + string(o.Operation) + "/reveal", body: map[string]any{"reason": "klaim kecelakaan"}}
	g.take("workers-id-photos-id-reveal", "/workers/{id}/photos/{photo_id}/reveal", reveal)
	reveal.actor = g.Agent
	g.take("workers-id-photos-id-reveal-agent.en", "/workers/{id}/photos/{photo_id}/reveal", ask{actor: g.Agent, method: "POST", path: reveal.path, body: reveal.body, lang: "en"})
}

// sealedAsk asks to open a record that never arrived.
func (d *door) sealedAsk() map[string]any {
	id := jaringtest.NewID()
	return map[string]any{"id": id, "sealed": d.seal(id, map[string]any{})}
}
