package e2e

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"jaring/internal/auth"
	trade "jaring/internal/jaring"
)

// phone signs batches in the name of the agent that enrolled it.
type phone struct {
	key *ecdsa.PrivateKey
	id  string
}

// enrol makes a phone known to the server.
func (c *caller) enrol(t testing.TB) *phone {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(map[string]string{"name": "HP uji", "public_key": base64.StdEncoding.EncodeToString(spki)})
	answer, err := c.do(http.MethodPost, "/devices", newKey(), text)
	if err != nil || answer.status != http.StatusCreated {
		t.Fatalf("enrol: %v %v", answer, err)
	}
	var made struct {
		ID string `json:"device_id"`
	}
	if err := json.Unmarshal(answer.body, &made); err != nil {
		t.Fatal(err)
	}
	return &phone{key, made.ID}
}

// operation is one operation as a phone keeps it.
func operation(key, kind string, seq int, taken time.Time, body []byte) []byte {
	return fmt.Appendf(nil, `{"id":%q,"seq":%d,"kind":%q,"taken_at":%q,"body":%s}`, key, seq, kind, taken.UTC().Format(time.RFC3339), body)
}

// sign is a batch as it travels: the operations stay the same bytes, the clock is now.
func (p *phone) sign(operations [][]byte) []byte {
	now := time.Now().UTC().Format(time.RFC3339)
	sum := sha256.Sum256(auth.SignedText(auth.Batch{Device: trade.DeviceID(p.id), AppVersion: "e2e", PackVersion: "e2e", Now: now, Operations: operations}))
	r, s, err := ecdsa.Sign(rand.Reader, p.key, sum[:])
	if err != nil {
		panic(err) // only where no random can be had
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return fmt.Appendf(nil, `{"device_id":%q,"app_version":"e2e","pack_version":"e2e","clock":{"now":%q},"operations":[%s],"signature":%q}`,
		p.id, now, bytes.Join(operations, []byte(",")), base64.StdEncoding.EncodeToString(signature))
}

// outcome is what a phone is told of one operation.
type outcome struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	First   string `json:"first"`
	Worker  string `json:"worker_id"`
	Number  string `json:"registration_no"`
	Detail  string `json:"detail"`
}

// sync sends a batch. Without error and with a final reply there is an outcome for each operation.
func (c *caller) sync(p *phone, operations [][]byte) ([]outcome, reply, error) {
	r, err := c.do(http.MethodPost, "/sync", "", p.sign(operations))
	if err != nil || r.status != http.StatusOK {
		return nil, r, err
	}
	var told struct {
		Outcomes []outcome `json:"outcomes"`
	}
	if err := json.Unmarshal(r.body, &told); err != nil {
		return nil, r, err
	}
	if len(told.Outcomes) != len(operations) {
		return nil, r, fmt.Errorf("%d outcomes for %d operations", len(told.Outcomes), len(operations))
	}
	return told.Outcomes, r, nil
}
