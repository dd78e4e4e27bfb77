package bench

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
)

// syncSize is how many operations a phone sends at once.
const syncSize = 100

// bySync posts signed batches of 100 registrations.
func bySync(ctx context.Context, s *site, o Options) (measured, error) {
	p, err := s.enrol(ctx)
	if err != nil {
		return measured{}, err
	}
	var requests [][]byte
	for first := 0; first < o.Rows; first += syncSize {
		ops := make([][]byte, min(syncSize, o.Rows-first))
		for i := range ops {
			ops[i] = fmt.Appendf(nil, `{"id":%q,"seq":%d,"kind":"worker.register","taken_at":%q,"body":%s}`, newID(), i+1, stamp(), body(o.Book+first+i))
		}
		text, err := signedBatch(p.key, p.device, ops)
		if err != nil {
			return measured{}, err
		}
		requests = append(requests, request("POST", "/api/v1/sync", "", "", text))
	}
	return shoot(s.addr, Connections, requests, func(status int) bool { return status == 200 })
}

func stamp() string { return time.Now().UTC().Format(time.RFC3339) }

func base64Text(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// signedBatch is the body of a phone's batch.
func signedBatch(key *ecdsa.PrivateKey, device jaring.DeviceID, ops [][]byte) ([]byte, error) {
	now := stamp()
	sum := sha256.Sum256(auth.SignedText(auth.Batch{Device: device, AppVersion: "bench", PackVersion: "bench", Now: now, Operations: ops}))
	r, sg, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		return nil, err
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	sg.FillBytes(signature[32:])
	return fmt.Appendf(nil, `{"device_id":%q,"app_version":"bench","pack_version":"bench","clock":{"now":%q},"operations":[%s],"signature":%q}`,
		string(device), now, bytes.Join(ops, []byte(",")), base64Text(signature)), nil
}
