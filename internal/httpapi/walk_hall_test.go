package httpapi_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// halls walks through the hall of a jamboree: the list, a gate, a stand, the queue, the exchange, the screen.
func (g *golden) halls() {
	var made struct {
		CampaignID string `json:"campaign_id"`
	}
	plan := sweepOf(g.door, "Jambore Perisai dan UMKM")
	plan["kind"] = "jamboree"
	g.post(g.Officer, "/campaigns", plan).into(g.t, &made)
	path := "/campaigns/" + made.CampaignID
	g.post(g.Officer, path+"/state", map[string]any{"to": "open"}).want(g.t, http.StatusOK, "")
	g.take("hall-post", "/campaigns/{id}/hall", ask{actor: g.Officer, method: "POST", path: path + "/hall", body: map[string]any{"version": 0, "gates": []string{"Utara", "Selatan"}, "topics": []string{"KUR"}, "stamps": 1,
		"sign_up": true, "slides": []any{map[string]any{"title": "Kecelakaan kerja ditanggung", "text": "Sejak hari iuran dibayar."}}}})
	g.media(path)
	g.take("hall-post-faulty", "/campaigns/{id}/hall", ask{actor: g.Officer, method: "POST", path: path + "/hall", body: map[string]any{"version": 0, "gates": []string{"Utara", "utara"}, "slides": []any{map[string]any{"title": ""}}}})
	g.take("participants-post", "/campaigns/{id}/participants", ask{actor: g.Officer, method: "POST", path: path + "/participants", body: map[string]any{"csv": "Nama;Jenis;HP;Usaha;Kebutuhan\nSiti Aminah;UMKM;081234567890;Batik Siti;kursi roda\nAnton;bank;;;"}})
	g.take("participants-post-faulty", "/campaigns/{id}/participants", ask{actor: g.Officer, method: "POST", path: path + "/participants", body: map[string]any{"csv": "Nama;Jenis;HP\nSiti;raja;12"}})
	g.take("participants-post-headless.en", "/campaigns/{id}/participants", ask{actor: g.Officer, method: "POST", path: path + "/participants", lang: "en", body: map[string]any{"csv": "siapa\nSiti"}})
	var list struct {
		Items []struct {
			ID string `json:"participant_id"`
		}
	}
	g.take("participants", "/campaigns/{id}/participants", ask{actor: g.Officer, method: "GET", path: path + "/participants"}).into(g.t, &list)
	g.take("tickets-document", "/campaigns/{id}/tickets/document", ask{actor: g.Officer, method: "GET", path: path + "/tickets/document"})
	codes := g.tickets(made.CampaignID)
	g.take("public-tickets", "/public/tickets/{code}", ask{method: "GET", path: "/public/tickets/" + codes[0]})
	g.take("public-tickets-unknown.en", "/public/tickets/{code}", ask{method: "GET", path: "/public/tickets/AAAA-AAAA-AAAAA", lang: "en"})
	g.take("participants-act-early", "/campaigns/{id}/participants/{participant_id}", ask{actor: g.Officer, method: "POST", path: path + "/participants/" + list.Items[0].ID, body: map[string]any{"act": "prize"}})
	g.stands(path, codes[1])
	g.take("participants-act", "/campaigns/{id}/participants/{participant_id}", ask{actor: g.Officer, method: "POST", path: path + "/participants/" + list.Items[0].ID, body: map[string]any{"act": "cancel"}})
	g.counters(path, codes[1])
	g.screen(path)
	g.entry(path)
}

// media sends a picture and a film for the slides, and looks at them as a screen does: whole, in part and again.
func (g *golden) media(path string) {
	file := ask{actor: g.Officer, method: "POST", path: path + "/media", body: jaringtest.JPEG(7), key: "new"}
	var made struct {
		ID   string `json:"media_id"`
		Path string
	}
	g.take("media-post", "/campaigns/{id}/media", file).into(g.t, &made)
	file.body = []byte("%PDF-1.7 that is called .jpg")
	g.take("media-post-faulty", "/campaigns/{id}/media", file)
	file.body, file.lang = append(jaringtest.JPEG(7), make([]byte, jaring.MaxPictureSent)...), "en"
	g.take("media-post-large.en", "/campaigns/{id}/media", file)
	g.post(g.Officer, path+"/hall", map[string]any{"version": 1, "gates": []string{"Utara", "Selatan"}, "topics": []string{"KUR"}, "stamps": 1, "sign_up": true,
		"slides": []any{map[string]any{"title": "Kecelakaan kerja ditanggung", "text": "Sejak hari iuran dibayar.", "media_id": made.ID}}}).want(g.t, http.StatusOK, "")
	var kiosk struct{ Token string }
	g.post(g.Officer, path+"/kiosks", map[string]any{"name": "Layar pintu"}).into(g.t, &kiosk)
	at := "/kiosk/media/" + made.ID
	whole := g.send(ask{method: "GET", path: at + "?k=" + kiosk.Token})
	part := g.send(ask{method: "GET", path: at, headers: map[string]string{"Authorization": "Kiosk " + kiosk.Token, "Range": "bytes=2-5"}})
	if whole.StatusCode != http.StatusOK || whole.Header.Get("Content-Type") != "image/jpeg" || part.StatusCode != http.StatusPartialContent || !bytes.Equal(part.text, whole.text[2:6]) {
		g.t.Errorf("%d %s, %d %q", whole.StatusCode, whole.Header.Get("Content-Type"), part.StatusCode, part.text)
	}
	if again := g.send(ask{method: "GET", path: at + "?k=" + kiosk.Token, headers: map[string]string{"If-None-Match": whole.Header.Get("ETag")}}); again.StatusCode != http.StatusNotModified {
		g.t.Errorf("%d", again.StatusCode)
	}
	g.get(jaring.Actor{}, at+"?k=salah").want(g.t, http.StatusForbidden, "kiosk.unknown")
	g.get(jaring.Actor{}, strings.TrimPrefix(made.Path, "/api/v1")).want(g.t, http.StatusUnauthorized, "error.unauthenticated")
	if seen := g.get(g.Head, strings.TrimPrefix(made.Path, "/api/v1")); !bytes.Equal(seen.text, whole.text) {
		g.t.Errorf("%d bytes for the office", len(seen.text))
	}
	g.get(g.Head, path+"/media/salah").want(g.t, http.StatusNotFound, "media.not_found")
}

// tickets lets the first two of an event in at two gates and gives their codes by name.
func (g *golden) tickets(id string) (codes []string) {
	_, tickets, err := g.App.PrintTickets(g.t.Context(), g.Officer, jaring.CampaignID(id))
	if err != nil {
		g.t.Fatal(err)
	}
	for _, t := range tickets {
		codes = append(codes, t.Code.Text())
	}
	for _, gate := range []string{"Utara", "Selatan"} {
		if o, err := g.Do(g.Officer, jaring.ActCheckTicket, map[string]any{"campaign_id": id, "code": codes[1], "gate": gate}); err != nil || o.Kind != jaring.Accepted {
			g.t.Fatalf("%+v %v", o, err)
		}
	}
	a := g.get(g.Officer, "/field/gate").want(g.t, http.StatusOK, "")
	if strings.Contains(string(a.text), "Siti") || !strings.Contains(string(a.text), `"inside":1`) {
		g.t.Errorf("%s", a.text)
	}
	g.asked["GET /field/gate"] = true
	return codes
}

func (g *golden) stands(path, ticket string) {
	stand := map[string]any{"number": "12", "name": "SMP Negeri 4", "kind": "school", "owner": "SMP Negeri 4", "contact_name": "Bu Rina", "team": 9, "public": true,
		"products": []any{map[string]any{"name": "Sandal batik", "price": 35_000, "jpeg": jaringtest.JPEG(3)}}}
	var made struct {
		Items []struct {
			StandID  string `json:"stand_id"`
			Code     string `json:"code"`
			Products []struct {
				ProductID string `json:"product_id"`
			} `json:"products"`
		} `json:"items"`
	}
	g.take("stands-post", "/campaigns/{id}/stands", ask{actor: g.Officer, method: "POST", path: path + "/stands", body: stand}).into(g.t, &made)
	g.take("stands-post-faulty", "/campaigns/{id}/stands", ask{actor: g.Officer, method: "POST", path: path + "/stands", body: map[string]any{"number": "", "name": "", "kind": "school", "team": 900, "products": []any{map[string]any{"name": "A", "jpeg": []byte("GIF")}}}})
	g.take("stands", "/campaigns/{id}/stands", ask{actor: g.Head, method: "GET", path: path + "/stands?q=smp"})
	code := made.Items[0].Code
	g.take("public-stands", "/public/stands/{code}", ask{method: "GET", path: "/public/stands/" + code})
	if a := g.get(jaring.Actor{}, "/public/stands/"+code+"/photos/"+made.Items[0].Products[0].ProductID); a.Header.Get("Content-Type") != "image/jpeg" || !bytes.HasPrefix(a.text, []byte{0xff, 0xd8}) {
		g.t.Errorf("%d %s", a.StatusCode, a.Header.Get("Content-Type"))
	}
	g.asked["GET /public/stands/{code}/photos/{product_id}"] = true
	if _, err := g.Do(g.Officer, jaring.ActGiveStamp, map[string]any{"campaign_id": strings.TrimPrefix(path, "/campaigns/"), "code": ticket, "stand_id": made.Items[0].StandID}); err != nil {
		g.t.Fatal(err)
	}
}

// counters are the desk of the queue and that of the exchange.
func (g *golden) counters(path, ticket string) {
	queue := ask{actor: g.Officer, method: "POST", path: path + "/queue", body: map[string]any{"act": "take", "topic": "KUR", "ticket": ticket}}
	g.take("queue-post", "/campaigns/{id}/queue", queue)
	queue.body = map[string]any{"act": "called", "desk": "Meja 1"}
	g.take("queue-post-called", "/campaigns/{id}/queue", queue)
	g.take("queue-post-empty.en", "/campaigns/{id}/queue", ask{actor: g.Officer, method: "POST", path: path + "/queue", lang: "en", body: queue.body})
	g.take("queue", "/campaigns/{id}/queue", ask{actor: g.Head, method: "GET", path: path + "/queue"})
	g.take("offers-post", "/campaigns/{id}/offers", ask{actor: g.Officer, method: "POST", path: path + "/offers", body: map[string]any{"ticket": ticket, "side": "offer", "category": "packaging", "text": "Kardus cetak", "consent": true}})
	g.take("offers-post-faulty", "/campaigns/{id}/offers", ask{actor: g.Officer, method: "POST", path: path + "/offers", body: map[string]any{"side": "pinjam", "category": "emas"}})
	g.take("offers", "/campaigns/{id}/offers", ask{actor: g.Head, method: "GET", path: path + "/offers"})
}

func (g *golden) screen(path string) {
	g.take("announcements-post", "/campaigns/{id}/announcements", ask{actor: g.Officer, method: "POST", path: path + "/announcements", body: map[string]any{"text": "Makan siang di tenda timur", "minutes": 15}})
	g.take("announcements-post-faulty", "/campaigns/{id}/announcements", ask{actor: g.Officer, method: "POST", path: path + "/announcements", body: map[string]any{"minutes": 99_999}})
	g.take("hall", "/campaigns/{id}/hall", ask{actor: g.Head, method: "GET", path: path + "/hall"})
	var kiosk struct {
		Token, Path string
	}
	g.post(g.Officer, path+"/kiosks", map[string]any{"name": "Layar panggung"}).into(g.t, &kiosk)
	if !strings.HasPrefix(kiosk.Path, "/board/loop?k=") {
		g.t.Error(kiosk.Path)
	}
	g.take("kiosk-loop", "/kiosk/loop", ask{method: "GET", headers: map[string]string{"Authorization": "Kiosk " + kiosk.Token}})
	g.take("kiosk-loop-unknown.en", "/kiosk/loop", ask{method: "GET", path: "/kiosk/loop?k=salah", lang: "en"})
	g.get(jaring.Actor{}, "/kiosk/board?k="+kiosk.Token).want(g.t, http.StatusNotFound, "campaign.no_board")
}

func (g *golden) entry(path string) {
	var hall struct {
		EntryPath string `json:"entry_path"`
	}
	g.get(g.Officer, path+"/hall").into(g.t, &hall)
	code := strings.TrimPrefix(hall.EntryPath, "/ikut/")
	g.take("public-halls", "/public/halls/{code}", ask{method: "GET", path: "/public/halls/" + code})
	g.take("public-halls-post", "/public/halls/{code}", ask{method: "POST", path: "/public/halls/" + code, body: map[string]any{"kind": "worker", "name": "Dewi Lestari", "consent": true}})
	g.take("public-halls-post-faulty", "/public/halls/{code}", ask{method: "POST", path: "/public/halls/" + code, body: map[string]any{"kind": "", "name": "", "phone": "12"}})
	g.take("public-halls-unknown", "/public/halls/{code}", ask{method: "GET", path: "/public/halls/AAAAAAAAAAAAA"})
}

// BenchmarkPublicTicket is the page of a ticket as the door serves it.
func BenchmarkPublicTicket(b *testing.B) {
	d := newDoor(b, jaringtest.SQLite(b))
	g := &golden{door: d}
	id, err := d.App.PlanCampaign(b.Context(), d.Officer, newOp(), jaring.CampaignForm{Kind: jaring.KindJamboree, Name: "Jambore", Office: d.Branch, Place: d.Market, OpensAt: d.Now(), ClosesAt: d.Now().Add(time.Hour), SealHours: 24})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := g.App.AddParticipants(b.Context(), d.Officer, newOp(), id, jaring.ViaList, []jaring.ParticipantForm{{Kind: "umkm", Name: "Siti"}}); err != nil {
		b.Fatal(err)
	}
	_, tickets, err := g.App.PrintTickets(b.Context(), d.Officer, id)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if a := d.get(jaring.Actor{}, "/public/tickets/"+string(tickets[0].Code)); a.StatusCode != http.StatusOK && a.StatusCode != http.StatusTooManyRequests {
			b.Fatal(a.StatusCode)
		}
	}
}
