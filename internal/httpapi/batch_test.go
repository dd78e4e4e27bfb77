package httpapi_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// batch is what a phone sends, put together from texts as a phone does it.
type batch struct {
	door       *door
	device     jaring.DeviceID
	now        string
	operations []string
	seq        int
}

func newBatch(d *door, phone jaringtest.Phone) *batch {
	return &batch{door: d, device: phone.ID, now: d.Now().Format(time.RFC3339)}
}

// operation is one operation of a batch with the fields that a test changes.
type operation struct {
	ID          string   `json:"id"`
	Seq         int      `json:"seq"`
	After       []string `json:"after,omitempty"`
	BaseVersion int64    `json:"base_version,omitempty"`
	Kind        string   `json:"kind"`
	AgentID     string   `json:"agent_id,omitempty"`
	TakenAt     string   `json:"taken_at"`
	Body        any      `json:"body"`
}

// add puts an operation of now at the end and gives its id.
func (b *batch) add(kind jaring.Act, body any, change ...func(*operation)) string {
	b.seq++
	o := operation{ID: jaringtest.NewID(), Seq: b.seq, Kind: string(kind), TakenAt: b.now, Body: body}
	for _, f := range change {
		f(&o)
	}
	b.operations = append(b.operations, string(jaringtest.JSON(o)))
	return o.ID
}

// text is the whole message under a signature.
func (b *batch) text(signature string) string {
	head := map[string]any{"device_id": b.device, "app_version": "1.0.0", "pack_version": "2026-11",
		"clock": map[string]string{"now": b.now, "last_sync": ""}, "signature": signature}
	text := string(jaringtest.JSON(head))
	return strings.TrimSuffix(text, "}") + `,"operations":[` + strings.Join(b.operations, ",") + `]}`
}

// signed is the message as the phone signs it.
func (b *batch) signed(phone jaringtest.Phone) string {
	s := auth.Batch{Device: b.device, AppVersion: "1.0.0", PackVersion: "2026-11", Now: b.now}
	for _, op := range b.operations {
		s.Operations = append(s.Operations, []byte(op))
	}
	sum := sha256.Sum256(auth.SignedText(s))
	r, t, err := ecdsa.Sign(rand.Reader, phone.Key, sum[:])
	if err != nil {
		b.door.t.Fatal(err)
	}
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	t.FillBytes(raw[32:])
	return b.text(base64.StdEncoding.EncodeToString(raw))
}

// outcome is one answer of a batch.
type outcome struct {
	ID             string
	Outcome, First string
	WorkerID       string `json:"worker_id"`
	RegistrationNo string `json:"registration_no"`
	Detail         string
	Findings       []struct {
		Pointer, Code, Verdict, Detail string
		Args                           map[string]any
	}
	raw json.RawMessage
}

// send sends the batch and gives one outcome for each operation; every sentence in it is
// one for people.
func (b *batch) send(phone jaringtest.Phone) []outcome {
	b.door.t.Helper()
	answer := b.door.send(ask{method: "POST", path: "/sync", body: b.signed(phone)}).want(b.door.t, 200, "")
	var out struct{ Outcomes []json.RawMessage }
	answer.into(b.door.t, &out)
	if len(out.Outcomes) != len(b.operations) {
		b.door.t.Fatalf("%d outcomes for %d operations: %s", len(out.Outcomes), len(b.operations), answer.text)
	}
	outcomes := make([]outcome, len(out.Outcomes))
	for i, raw := range out.Outcomes {
		if err := json.Unmarshal(raw, &outcomes[i]); err != nil {
			b.door.t.Fatal(err)
		}
		outcomes[i].raw = raw
		for _, f := range outcomes[i].Findings {
			sentence(b.door.t, "sync", f.Code, f.Detail)
		}
	}
	return outcomes
}

// did lists outcomes in short: accepted, refused:sync.other_agent.
func did(outcomes []outcome) []string {
	out := make([]string, len(outcomes))
	for i, o := range outcomes {
		out[i] = o.Outcome
		if len(o.Findings) > 0 {
			out[i] += ":" + o.Findings[0].Code
		}
	}
	return out
}
