package httpapi

import (
	"encoding/json"
	"strconv"
	"strings"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// Acts on one person: the address names the person, the body the rest; together they
// are the body of the operation.

type actOn struct {
	ByID
	Acting
	IfMatch string `header:"If-Match"`
}

type correctionBody struct {
	Fields wire.FieldsToSet `json:"fields"`
	Reason string           `json:"reason"`
}

type withdrawalBody struct {
	Reason string `json:"reason,omitempty"`
}

type mergeBody struct {
	Into   string `json:"into" format:"uuid"`
	Reason string `json:"reason"`
}

type paymentBody struct {
	Amount    jaring.Rupiah `json:"amount"`
	Channel   string        `json:"channel" enum:"bank,qris,counter"`
	Reference string        `json:"reference"`
	PaidOn    jaring.Day    `json:"paid_on" format:"date"`
	// AsReceived: see wire.Settlement.
	AsReceived bool `json:"as_received,omitempty" doc:"the money is there, whatever it should have been: whole months are paid, what is left is credit"`
}

type decisionBody struct {
	Decision string `json:"decision" enum:"accept,reject,same"`
	Reason   string `json:"reason"`
}

// withID reads a body strictly and gives it back with the id that the address names.
func withID(raw []byte, shape any, name, id string) ([]byte, error) {
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	if err := wire.Decode(raw, shape); err != nil {
		return nil, err
	}
	text, err := json.Marshal(shape)
	if err != nil {
		return nil, err
	}
	head := `{"` + name + `":` + strconv.Quote(id)
	if string(text) != "{}" {
		head += ","
	}
	return append([]byte(head), text[1:]...), nil
}

// actOn does an operation on what the address names: name is how the operation calls it, shape its body.
func (s *server) actOn(c *call, in *actOn, act jaring.Act, name string, shape any, version int64) (jaring.Outcome, error) {
	body, err := withID(in.RawBody, shape, name, in.ID)
	if err != nil {
		return jaring.Outcome{}, err
	}
	op, err := s.operationOf(c, act, in.Key, body)
	if err != nil {
		return jaring.Outcome{}, err
	}
	op.BaseVersion = version
	return s.act(c, op)
}

// actOnWorker does an operation on the person of the address and gives the page after it.
func (s *server) actOnWorker(c *call, in *actOn, act jaring.Act, shape any, version int64) (*workerOut, error) {
	o, err := s.actOn(c, in, act, "worker_id", shape, version)
	if err != nil {
		return nil, err
	}
	return s.workerPage(c, o.Worker)
}

func (s *server) correctWorker(c *call, in *actOn) (*workerOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return s.actOnWorker(c, in, jaring.ActCorrectWorker, &correctionBody{}, version)
}

// versionOf reads an If-Match. Error: version.required.
func versionOf(header string) (int64, error) {
	n, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(strings.TrimSpace(header), "W/"), `"`), 10, 64)
	if err != nil || n < 1 {
		return 0, jaring.NewError(jaring.Invalid, "version.required")
	}
	return n, nil
}

func (s *server) withdrawConsent(c *call, in *actOn) (*workerOut, error) {
	return s.actOnWorker(c, in, jaring.ActWithdrawConsent, &withdrawalBody{}, 0)
}

func (s *server) mergeWorker(c *call, in *actOn) (*workerOut, error) {
	return s.actOnWorker(c, in, jaring.ActMergeWorker, &mergeBody{}, 0)
}

func (s *server) settle(c *call, in *actOn) (*workerOut, error) {
	return s.actOnWorker(c, in, jaring.ActSettle, &paymentBody{}, 0)
}

func (s *server) decideReview(c *call, in *actOn) (*workerOut, error) {
	o, err := s.actOn(c, in, jaring.ActDecideReview, "review_id", &decisionBody{}, 0)
	if err != nil {
		return nil, err
	}
	return s.workerPage(c, o.Worker)
}
