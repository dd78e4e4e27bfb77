package httpapi

import (
	"encoding/json"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// sealKey is the office's key as phones are told it.
type sealKey struct {
	KeyID     string `json:"key_id"`
	PublicKey []byte `json:"public_key" doc:"base64 of the raw P-256 point, 65 bytes"`
}

type sealKeyOut struct {
	Body sealKey
}

func (s *server) sealKey(*call, *nothing) (*sealKeyOut, error) {
	out := &sealKeyOut{}
	var err error
	out.Body.KeyID, out.Body.PublicKey, err = s.App.SealingKey()
	return out, err
}

type sealedBody struct {
	ID     string       `json:"id" format:"uuid" doc:"of the operation"`
	Sealed *wire.Sealed `json:"sealed"`
}

type openedOut struct {
	Body struct {
		Body json.RawMessage `json:"body" doc:"as it was before it was sealed"`
	}
}

// openOwn opens a refused record for whoever sent it.
func (s *server) openOwn(c *call, in *Acting) (*openedOut, error) {
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	var body sealedBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if body.Sealed == nil {
		return nil, jaring.Errors{jaring.NewError(jaring.Invalid, "field.required").At("sealed")}
	}
	text, err := s.App.OpenOwn(c, c.actor, jaring.OperationID(body.ID), body.Sealed)
	if err != nil {
		return nil, err
	}
	if !json.Valid(text) { // it was refused for just that
		return nil, jaring.NewError(jaring.Invalid, "seal.damaged")
	}
	out := &openedOut{}
	out.Body.Body = text
	return out, nil
}
