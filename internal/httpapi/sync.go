package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// syncBody is a phone's batch. Operations stay raw until the signature over their
// exact bytes is checked.
type syncBody struct {
	DeviceID    string         `json:"device_id"`
	AppVersion  string         `json:"app_version"`
	PackVersion string         `json:"pack_version"`
	Clock       syncClock      `json:"clock"`
	Operations  syncOperations `json:"operations" maxItems:"100"`
	Signature   string         `json:"signature" doc:"base64 of ECDSA P-256 (r||s)"`
}

// syncOperations are the operations as they were sent; of too many none is kept.
type syncOperations []json.RawMessage

// UnmarshalJSON reads the list no further than it may be long. Error: sync.too_many.
func (ops *syncOperations) UnmarshalJSON(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	if start, err := dec.Token(); err != nil || start != json.Delim('[') {
		return errors.New("no list")
	}
	for *ops = nil; dec.More(); {
		if len(*ops) == app.MaxSync {
			return jaring.NewError(jaring.Invalid, "sync.too_many", "max", app.MaxSync)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		*ops = append(*ops, raw)
	}
	return nil
}

type syncClock struct {
	Now      string `json:"now" format:"date-time"`
	LastSync string `json:"last_sync,omitempty"`
}

// syncOperation is one operation of a batch.
type syncOperation struct {
	ID          string          `json:"id"`
	Seq         int64           `json:"seq"`
	After       []string        `json:"after,omitempty"`
	BaseVersion int64           `json:"base_version,omitempty"`
	Kind        string          `json:"kind"`
	AgentID     string          `json:"agent_id,omitempty"`
	TakenAt     time.Time       `json:"taken_at"`
	Body        json.RawMessage `json:"body,omitempty"`
	Sealed      *wire.Sealed    `json:"sealed,omitempty" doc:"in the place of body: the body, sealed to the office's key"`
}

type syncOut struct {
	Body struct {
		Outcomes    []syncOutcome `json:"outcomes"`
		ServerTime  time.Time     `json:"server_time"`
		PackVersion string        `json:"pack_version"`
	}
}

type syncOutcome struct {
	ID             string          `json:"id"`
	Outcome        string          `json:"outcome" enum:"accepted,same,review,held,refused,conflict"`
	First          string          `json:"first,omitempty" doc:"for same: what the first answer was"`
	WorkerID       jaring.WorkerID `json:"worker_id,omitempty"`
	RegistrationNo string          `json:"registration_no,omitempty"`
	PaidFrom       string          `json:"paid_from,omitempty" enum:"cash,float" doc:"of cash.take: float pays at once; cash covers nothing until it is deposited"`
	Findings       []Finding       `json:"findings,omitempty"`
	Detail         string          `json:"detail,omitempty"`
}

func (s *server) sync(c *call, in *bodyOnly) (*syncOut, error) {
	var body syncBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	actor, err := s.signer(c, &body)
	if err != nil {
		return nil, err
	}
	if err := s.turns.Acquire(c, 1); err != nil { // the phone left before its turn
		return nil, &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: err}
	}
	defer s.turns.Release(1)
	batch := app.SyncBatch{Device: jaring.DeviceID(body.DeviceID), ClockNow: clockOf(body.Clock.Now)}
	answers := make([]syncOutcome, len(body.Operations))
	var at []int
	for i, raw := range body.Operations {
		op, agent, sealed, err := readOperation(raw)
		if err == nil && sealed != nil {
			err = s.openSealed(&op, sealed)
		}
		if err != nil {
			answers[i] = s.unreadable(c, op, err)
			continue
		}
		batch.Operation, batch.Agents, at = append(batch.Operation, op), append(batch.Agents, agent), append(at, i)
	}
	outcomes, err := s.App.Sync(c, actor, batch)
	if err != nil {
		return nil, err
	}
	numbers, err := s.App.RegistrationNumbers(c, outcomes)
	if err != nil {
		return nil, err
	}
	for n, o := range outcomes {
		answers[at[n]] = s.syncOutcome(c, o, numbers[o.Worker])
	}
	out := &syncOut{}
	out.Body.Outcomes, out.Body.ServerTime, out.Body.PackVersion = answers, s.Now().UTC(), s.App.Book.Version
	return out, nil
}

// batchesAtOnce is how many batches are done at the same time. When a thousand phones find
// signal at once the others wait in the order in which they came: the first are answered
// soon, and none is overtaken. A few at once keep all cores and the group commit busy.
func batchesAtOnce() int64 { return int64(4 * max(2, runtime.GOMAXPROCS(0))) }

// signer finds out whose phone signed the batch.
func (s *server) signer(c *call, body *syncBody) (jaring.Actor, error) {
	b := auth.Batch{Device: jaring.DeviceID(body.DeviceID), AppVersion: body.AppVersion, PackVersion: body.PackVersion, Now: body.Clock.Now, LastSync: body.Clock.LastSync}
	for _, raw := range body.Operations {
		b.Operations = append(b.Operations, raw)
	}
	return s.Auth.ActorOfBatch(c, b, body.Signature)
}

// clockOf is the phone's clock; no time at all when it is unreadable, which makes it untrusted.
func clockOf(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// readOperation reads one operation of a batch strictly. What is sealed has no body yet.
func readOperation(raw []byte) (jaring.Operation, jaring.AccountID, *wire.Sealed, error) {
	var o syncOperation
	err := wire.Decode(raw, &o)
	op := jaring.Operation{ID: jaring.OperationID(o.ID), Kind: jaring.Act(o.Kind), Seq: o.Seq, BaseVersion: o.BaseVersion, TakenAt: o.TakenAt, Body: o.Body}
	var errs jaring.Errors
	if many, ok := err.(jaring.Errors); ok {
		errs = many
	}
	if !jaring.IsUUID(o.ID) {
		errs = append(errs, jaring.NewError(jaring.Invalid, "id.malformed").At("id"))
		op.ID = ""
	}
	if len(o.After) > app.MaxSync {
		errs = append(errs, jaring.NewError(jaring.Invalid, "field.too_many", "max", app.MaxSync).At("after"))
		o.After = nil
	}
	for _, id := range o.After {
		if !jaring.IsUUID(id) {
			errs = append(errs, jaring.NewError(jaring.Invalid, "id.malformed").At("after"))
		}
		op.After = append(op.After, jaring.OperationID(id))
	}
	if o.Sealed != nil && bodied(o.Body) {
		errs = append(errs, jaring.NewError(jaring.Invalid, "seal.with_body").At("sealed"))
	}
	return op, jaring.AccountID(o.AgentID), o.Sealed, errs.OrNil()
}

// bodied tells a body from none.
func bodied(body []byte) bool { return len(body) > 0 && string(body) != "null" }

// openSealed puts the opened body into an operation. Errors: those of app.OpenSealed.
func (s *server) openSealed(op *jaring.Operation, sealed *wire.Sealed) (err error) {
	op.Body, err = s.App.OpenSealed(op.ID, sealed)
	if why, ok := err.(*jaring.Error); ok {
		return jaring.Errors{why.At("sealed")}
	}
	return err
}

// unreadable answers an operation that cannot be read: nothing of it is stored, the
// phone sets it aside and shows it.
func (s *server) unreadable(c *call, op jaring.Operation, err error) syncOutcome {
	p := problem(c.lang, c.trace, err)
	return syncOutcome{ID: string(op.ID), Outcome: string(jaring.Refused), Findings: p.Errors, Detail: p.Detail}
}

func (s *server) syncOutcome(c *call, o jaring.Outcome, number jaring.RegistrationNo) syncOutcome {
	out := syncOutcome{ID: string(o.Operation), Outcome: string(o.Kind), First: string(o.First), WorkerID: o.Worker, RegistrationNo: string(number),
		Findings: wireFindings(c.lang, o.Findings)}
	for _, f := range o.Findings {
		if from, ok := strings.CutPrefix(f.Key, "cash.paid_"); ok {
			out.PaidFrom = from
		}
	}
	if len(out.Findings) > 0 {
		out.Detail = out.Findings[0].Detail
	}
	return out
}
