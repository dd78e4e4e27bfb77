package httpapi

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

type kioskItem struct {
	KioskID string    `json:"kiosk_id"`
	Name    string    `json:"name"`
	Until   time.Time `json:"until"`
	AddedAt time.Time `json:"added_at"`
}

type kioskBody struct {
	Name  string    `json:"name"`
	Until time.Time `json:"until,omitzero" doc:"a week after the seal when it is not told"`
}

type kioskOut struct {
	Body struct {
		KioskID string    `json:"kiosk_id"`
		Token   string    `json:"token" doc:"told here alone"`
		Path    string    `json:"path" doc:"of the screen"`
		Until   time.Time `json:"until"`
	}
}

func (s *server) openKiosk(c *call, in *actOn) (*kioskOut, error) {
	var body kioskBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	k, token, err := s.App.OpenKiosk(c, c.actor, key, jaring.CampaignID(in.ID), body.Name, body.Until)
	if err != nil {
		return nil, err
	}
	out := &kioskOut{}
	out.Body.KioskID, out.Body.Token, out.Body.Until = app.KioskID(k), token, k.Until
	out.Body.Path = "/board?" + url.Values{"k": {token}}.Encode()
	if k.Loops {
		out.Body.Path = "/board/loop?" + url.Values{"k": {token}}.Encode()
	}
	return out, nil
}

type kioskIn struct {
	ByID
	Kiosk string `path:"kiosk_id" maxLength:"36"`
}

func (s *server) closeKiosk(c *call, in *kioskIn) (*nothing, error) {
	return nil, s.App.CloseKiosk(c, c.actor, jaring.CampaignID(in.ID), in.Kiosk)
}

type kioskBoardIn struct {
	Authorization string `header:"Authorization" doc:"Kiosk TOKEN"`
	K             string `query:"k" maxLength:"64" doc:"the token, where no header can be sent"`
}

// kioskScheme is how a screen names its token in a header.
const kioskScheme = "Kiosk "

// tokenOf finds a screen's token in a request.
func tokenOf(header, query string) string {
	if token, ok := strings.CutPrefix(header, kioskScheme); ok {
		return token
	}
	return query
}

func (s *server) kioskBoard(c *call, in *kioskBoardIn) (*boardOut, error) {
	feed, err := s.App.WatchKiosk(c, tokenOf(in.Authorization, in.K))
	if err != nil {
		return nil, err
	}
	return s.boardNow(c, feed)
}

// kioskLive is the stream of a screen in a hall.
func (s *server) kioskLive(w http.ResponseWriter, r *http.Request) {
	token := tokenOf(r.Header.Get("Authorization"), r.URL.Query().Get("k"))
	s.streamBoard(w, r, func(c *call) (app.BoardFeed, error) { return s.App.WatchKiosk(c, token) })
}
