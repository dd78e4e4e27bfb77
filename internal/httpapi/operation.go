package httpapi

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"jaring/internal/jaring"
)

// Acting is the input of every route that does an operation: its key and its body.
type Acting struct {
	Key     string `header:"Idempotency-Key" doc:"a UUID in quotes, made once for the act: sending it again gives the first answer again"`
	RawBody []byte
}

// operationOf makes the operation that a screen asks for. The key is the operation's
// id when it is a UUID; any other key gives an id that only this account can have.
// Errors: idempotency.required, idempotency.malformed.
func (s *server) operationOf(c *call, kind jaring.Act, key string, body []byte) (jaring.Operation, error) {
	id, err := operationKey(c.actor.Account, key)
	return jaring.Operation{ID: id, Kind: kind, TakenAt: s.Now(), ClockTrust: true, Body: body}, err
}

const maxKey = 128

func operationKey(account jaring.AccountID, header string) (jaring.OperationID, error) {
	key := strings.TrimSpace(header)
	if len(key) >= 2 && key[0] == '"' && key[len(key)-1] == '"' {
		key = key[1 : len(key)-1]
	}
	switch {
	case key == "":
		return "", jaring.NewError(jaring.Invalid, "idempotency.required")
	case len(key) > maxKey:
		return "", jaring.NewError(jaring.Invalid, "idempotency.malformed")
	case jaring.IsUUID(strings.ToLower(key)):
		return jaring.OperationID(strings.ToLower(key)), nil
	}
	space := uuid.NewSHA1(uuid.NameSpaceURL, []byte("jaring:"+string(account)))
	return jaring.OperationID(uuid.NewSHA1(space, []byte(key)).String()), nil
}

// act does one operation and gives its outcome; a refusal is an error.
func (s *server) act(c *call, op jaring.Operation) (jaring.Outcome, error) {
	outcomes, err := s.App.Apply(c, c.actor, []jaring.Operation{op})
	if err != nil {
		return jaring.Outcome{}, err
	}
	s.App.Describe(c, c.actor, outcomes)
	o := outcomes[0]
	kind := o.Kind
	if kind == jaring.Same {
		kind = o.First
	}
	switch kind {
	case jaring.ConflictOutcome:
		return o, jaring.NewError(jaring.Conflict, "operation.conflict")
	case jaring.Refused:
		return o, s.refused(c, o)
	}
	return o, nil
}

// refused is a stored refusal as a problem.
func (s *server) refused(c *call, o jaring.Outcome) error {
	code := jaring.Invalid
	key := "error.refused"
	if len(o.Findings) > 0 {
		key = o.Findings[0].Key
	}
	if key == "worker.already_registered" {
		code = jaring.Conflict
	}
	p := problem(c.lang, c.trace, jaring.NewError(code, key))
	p.Errors = wireFindings(c.lang, o.Findings)
	if len(p.Errors) > 0 {
		p.Detail = p.Errors[0].Detail
		if name, _ := o.Findings[0].Args["name"].(string); name != "" {
			p.WorkerID = string(o.Candidate)
		}
	}
	return p
}

// bodyOf documents a body that app reads itself.
func (s *server) bodyOf(body any) *huma.RequestBody {
	schema := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(body), true, "")
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}

// operationID names a route by its act or its address: get-workers-id-history.
func operationID(r route) string {
	path := strings.NewReplacer("{", "", "}", "", "/", "-").Replace(r.path)
	return strings.ToLower(r.method) + path
}
