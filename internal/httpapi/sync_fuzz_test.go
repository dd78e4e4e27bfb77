package httpapi

import (
	"encoding/json"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// FuzzSyncBody: a batch is read without a panic, or refused whole; of one that is read,
// each operation is an answer of its own, with an id or none, and what is signed are the
// very bytes that were sent.
func FuzzSyncBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `{"operations":null}`, `{"operations":[]}`, `{"operations":[1,null,"x",{},[]]}`, `{"operations":{}}`,
		`{"device_id":"x","app_version":"1","pack_version":"2","clock":{"now":"2026-11-21T02:30:00Z","last_sync":""},"operations":[{"id":"0193a0de-0000-7000-8000-000000000001","seq":1,"after":["x"],"base_version":3,"kind":"worker.register","agent_id":"y","taken_at":"2026-11-21T02:30:00Z","body":{"nik":"1"}}],"signature":"AAAA"}`,
		`{"operations":[{"id":"a","id":"b"},{"ID":"x"},{"seq":1.5},{"taken_at":5},{"body":{"a":1,"a":2}}]}`,
		`{"operations":[ {"seq" : 1 } , 2 ]}`,
		`{"operations":[{"id":"0193a0de-0000-7000-8000-000000000001","kind":"worker.register","sealed":{"k":"sealing-1","e":"BA==","i":"AAAA","d":""}}]}`,
		`{"operations":[{"id":"0193a0de-0000-7000-8000-000000000001","sealed":{"k":1,"e":"?","i":null},"body":{}},{"sealed":null,"body":null},{"sealed":[]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var body syncBody
		if wire.Decode(text, &body) != nil {
			return
		}
		if len(body.Operations) > app.MaxSync {
			t.Fatalf("%d operations", len(body.Operations))
		}
		var plain struct {
			Operations []json.RawMessage `json:"operations"`
		}
		if err := json.Unmarshal(text, &plain); err != nil || len(plain.Operations) != len(body.Operations) {
			t.Fatalf("%d operations read, %d sent, %v", len(body.Operations), len(plain.Operations), err)
		}
		_ = clockOf(body.Clock.Now)
		for i, raw := range body.Operations {
			if string(raw) != string(plain.Operations[i]) {
				t.Errorf("other bytes are signed: %q, %q", raw, plain.Operations[i])
			}
			op, _, sealed, err := readOperation(raw)
			if op.ID != "" && !jaring.IsUUID(string(op.ID)) || err == nil && (op.ID == "" || len(op.After) > app.MaxSync || sealed != nil && bodied(op.Body)) {
				t.Errorf("%+v %v", op, err)
			}
		}
	})
}
