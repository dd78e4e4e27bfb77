package outreach_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
)

// box is a box of an MP4 with so many bytes in it.
func box(name string, n int) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(8+n))
	return append(append(out, name...), bytes.Repeat([]byte{7}, n)...)
}

// film is a whole MP4 as far as its boxes go; it is longer than a part that is read at once.
func film() []byte {
	return bytes.Join([][]byte{box("ftyp", 16), box("moov", 300), box("mdat", 600_000), box("free", 3)}, nil)
}

// huge is a PNG of a few bytes that says it has 3.6 thousand million points.
func huge() []byte {
	head := append([]byte("IHDR"), 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, head...), crc32.ChecksumIEEE(head))
}

// photo is a picture of w by h points that is hard to compress, with half of it seen through.
func photo(t testing.TB, w, h int) []byte {
	p := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint32(9)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			p.SetNRGBA(x, y, color.NRGBA{uint8(seed >> 24), uint8(x), uint8(y), uint8(255 - 128*(x&1))})
		}
	}
	var out bytes.Buffer
	must(t, png.Encode(&out, p))
	return out.Bytes()
}

// A picture is drawn anew and small; what is no picture and no film, or not whole, or huge, is refused; what no slide
// names any more is gone.
func TestHall_SlidesHavePicturesAndFilms(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id := h.plan(t, jaring.KindJamboree, nil)
		send := func(actor jaring.Actor, file []byte) (jaring.MediaID, error) {
			return h.AddMedia(ctx, actor, op(), id, bytes.NewReader(file))
		}
		whole := photo(t, 2400, 40)
		for name, bad := range map[string]struct {
			key  string
			file []byte
		}{
			"nothing": {"field.required", nil}, "a PDF that is called .jpg": {"media.kind_unknown", []byte("%PDF-1.7 and more")}, "a damaged picture": {"media.broken", whole[:len(whole)/2]},
			"only a head": {"media.broken", []byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 16}}, "a huge picture": {"media.too_wide", huge()}, "half a film": {"media.broken", film()[:5000]},
			"a film without pictures": {"media.broken", append(box("ftyp", 8), box("moov", 8)...)}, "a long film": {"media.too_large", append(film(), make([]byte, jaring.MaxFilm)...)},
			"a heavy picture": {"media.too_large", append(bytes.Clone(whole), make([]byte, jaring.MaxPictureSent)...)},
		} {
			if _, err := send(h.Officer, bad.file); jaring.KeyOf(err) != bad.key {
				t.Errorf("%s: %v, want %s", name, err, bad.key)
			}
		}
		_, err := send(h.Auditor, whole)
		wantKey(t, err, "error.forbidden")

		one := op()
		first, err := h.AddMedia(ctx, h.Officer, one, id, bytes.NewReader(whole))
		must(t, err)
		if again, err := h.AddMedia(ctx, h.Officer, one, id, bytes.NewReader(whole)); err != nil || again != first {
			t.Errorf("%s %v", again, err)
		}
		_, err = h.AddMedia(ctx, h.Officer, one, id, bytes.NewReader(film()))
		wantKey(t, err, "operation.conflict")
		second, err := send(h.Officer, film())
		must(t, err)
		slides := []jaring.Slide{{Title: "Stan", Media: first}, {Title: "Film", Media: second}, {Title: "Kata"}}
		lost := append(slides[:2:2], jaring.Slide{Title: "Hilang", Media: jaring.MediaID(jaringtest.NewID())})
		wantKey(t, h.SetHall(ctx, h.Officer, op(), id, 0, jaring.HallPlan{Gates: []string{"A"}, Slides: lost}), "media.not_found")
		must(t, h.SetHall(ctx, h.Officer, op(), id, 0, jaring.HallPlan{Gates: []string{"A"}, Slides: slides}))
		h.showsMedia(t, id, first, second)

		must(t, h.SetHall(ctx, h.Officer, op(), id, 1, jaring.HallPlan{Gates: []string{"A"}, Slides: slides[1:]}))
		_, err = h.GetMedia(ctx, h.Officer, id, first)
		wantKey(t, err, "media.not_found")
		if hall, err := h.GetHall(ctx, h.Officer, id); err != nil || len(hall.Media) != 1 || hall.Media[second] != jaring.MediaIsFilm {
			t.Errorf("%+v %v", hall.Media, err)
		}
	})
}

// showsMedia looks at a picture and a film as the office and a screen see them.
func (h *house) showsMedia(t *testing.T, id jaring.CampaignID, picture, movie jaring.MediaID) {
	ctx := t.Context()
	m, err := h.GetMedia(ctx, h.Auditor, id, picture)
	must(t, err)
	content, err := io.ReadAll(m.Content)
	must(t, err)
	if p, err := jpeg.DecodeConfig(bytes.NewReader(content)); err != nil || p.Width != jaring.PictureWidth || p.Height != 32 || len(content) > jaring.MaxPictureKept {
		t.Errorf("%+v, %d bytes, %v", p, len(content), err)
	}
	_, token, err := h.OpenKiosk(ctx, h.Officer, op(), id, "Layar panggung", time.Time{})
	must(t, err)
	m, err = h.GetLoopMedia(ctx, token, movie)
	must(t, err)
	if _, err := m.Content.Seek(599_000, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(m.Content); err != nil || !bytes.Equal(rest, film()[599_000:]) {
		t.Errorf("%d bytes, %v", len(rest), err)
	}
	_, err = h.GetLoopMedia(ctx, "salah", movie)
	wantKey(t, err, "kiosk.unknown")
	_, err = h.GetMedia(ctx, h.Officer, id, "salah")
	wantKey(t, err, "media.not_found")
}

// Who is met at a stand, and who belongs to it, stands there by its id, and a note never gets lost for a stand that is not there.
func TestHall_StandsHaveTheirPeopleAndLeads(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		id, tickets := h.hallOf(t)
		stand, err := h.SetStand(ctx, h.Officer, op(), id, outreach.StandForm{Stand: jaring.Stand{Number: "A 12", Name: "Batik Siti", Kind: jaring.StandUMKM}})
		must(t, err)
		met := h.note(t, h.Agent, map[string]any{"name": "Udin", "campaign_id": id, "stand_id": stand})
		o, err := h.Do(h.Agent, jaring.ActNoteLead, map[string]any{"name": "Wati", "campaign_id": id, "stand_id": jaringtest.NewID(), "stand": "dekat pintu"})
		if err != nil || o.Kind != jaring.Accepted || len(o.Findings) != 1 || o.Findings[0].Key != "stand.not_found" {
			t.Errorf("%+v %v", o, err)
		}
		l, err := h.FindLeads(ctx, h.Officer, outreach.LeadFilter{Stand: stand})
		if err != nil || len(l.Rows) != 1 || l.Rows[0].ID != met || l.Rows[0].Stand != "A 12 · Batik Siti" || l.Counts[jaring.LeadIsInterested] != 1 {
			t.Errorf("%+v %v", l, err)
		}
		must(t, h.PlaceParticipant(ctx, h.Officer, op(), id, tickets[0].ID, "a12"))
		wantKey(t, h.PlaceParticipant(ctx, h.Officer, op(), id, tickets[0].ID, "99"), "participant.stand_unknown")
		wantKey(t, h.PlaceParticipant(ctx, h.Agent, op(), id, tickets[0].ID, ""), "error.forbidden")
		_, err = h.AddParticipants(ctx, h.Officer, op(), id, jaring.ViaList, []jaring.ParticipantForm{{Kind: "umkm", Name: "Tono", Stand: " A12 "}})
		must(t, err)
		_, err = h.AddParticipants(ctx, h.Officer, op(), id, jaring.ViaList, []jaring.ParticipantForm{{Kind: "umkm", Name: "Tini", Stand: "7"}})
		wantKey(t, err, "participant.stand_unknown")
		people, err := h.FindParticipants(ctx, h.Officer, id, outreach.ParticipantFilter{Stand: stand})
		if err != nil || len(people.Items) != 2 || people.Items[0].At != "A 12 · Batik Siti" {
			t.Errorf("%+v %v", people, err)
		}
		stands, err := h.FindStands(ctx, h.Officer, id, "")
		if err != nil || stands[0].People != 2 || stands[0].Leads != 1 {
			t.Errorf("%+v %v", stands[0].StandRecord, err)
		}
		must(t, h.PlaceParticipant(ctx, h.Officer, op(), id, tickets[0].ID, ""))
		if people, err = h.FindParticipants(ctx, h.Officer, id, outreach.ParticipantFilter{Stand: stand}); err != nil || len(people.Items) != 1 {
			t.Errorf("%+v %v", people, err)
		}
	})
}
