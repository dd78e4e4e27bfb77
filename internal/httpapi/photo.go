package httpapi

import (
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type photosOut struct {
	Body struct {
		Items []photoItem `json:"items"`
	}
}

// photoItem is what is known of a photo without opening it.
type photoItem struct {
	PhotoID   jaring.PhotoID   `json:"photo_id"`
	Kind      jaring.PhotoKind `json:"kind" enum:"ktp,stall"`
	Bytes     int              `json:"bytes"`
	TakenAt   time.Time        `json:"taken_at"`
	AgentName string           `json:"agent_name,omitempty"`
}

func (s *server) findPhotos(c *call, in *ByID) (*photosOut, error) {
	photos, err := s.App.FindPhotos(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &photosOut{}
	out.Body.Items = make([]photoItem, len(photos))
	for i, p := range photos {
		out.Body.Items[i] = photoItem{p.ID, p.Kind, p.Bytes, p.TakenAt, p.AgentName}
	}
	return out, nil
}

type photoRevealIn struct {
	ByID
	Photo string `path:"photo_id" format:"uuid"`
	Acting
}

type photoRevealOut struct {
	Body struct {
		Kind    jaring.PhotoKind `json:"kind" enum:"ktp,stall"`
		TakenAt time.Time        `json:"taken_at"`
		JPEG    []byte           `json:"jpeg" doc:"base64"`
	}
}

func (s *server) revealPhoto(c *call, in *photoRevealIn) (*photoRevealOut, error) {
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	var body reasonBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	p, picture, err := s.App.RevealPhoto(c, c.actor, jaring.WorkerID(in.ID), jaring.PhotoID(strings.ToLower(in.Photo)), body.Reason)
	if err != nil {
		return nil, err
	}
	out := &photoRevealOut{}
	out.Body.Kind, out.Body.TakenAt, out.Body.JPEG = p.Kind, p.TakenAt, picture
	return out, nil
}
