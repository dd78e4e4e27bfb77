package bench

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
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
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return measured{}, err
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return measured{}, err
	}
	device, err := s.auth.Enrol(ctx, s.agent, "HP uji", spki)
	if err != nil {
		return measured{}, err
	}
	var requests [][]byte
	for first := 0; first < o.Rows; first += syncSize {
		text, err := signedBatch(key, device, o.Book+first, min(syncSize, o.Rows-first))
		if err != nil {
			return measured{}, err
		}
		requests = append(requests, request("POST", "/api/v1/sync", "", "", text))
	}
	return shoot(s.addr, Connections, requests, func(status int) bool { return status == 200 })
}

// signedBatch is the body of a phone's batch.
func signedBatch(key *ecdsa.PrivateKey, device jaring.DeviceID, first, n int) ([]byte, error) {
	now := time.Now().UTC().Format(time.RFC3339)
	b := auth.Batch{Device: device, AppVersion: "bench", PackVersion: "bench", Now: now}
	for i := range n {
		b.Operations = append(b.Operations, fmt.Appendf(nil, `{"id":%q,"seq":%d,"kind":"worker.register","taken_at":%q,"body":%s}`, newID(), i+1, now, body(first+i)))
	}
	sum := sha256.Sum256(auth.SignedText(b))
	r, sg, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		return nil, err
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	sg.FillBytes(signature[32:])
	return fmt.Appendf(nil, `{"device_id":%q,"app_version":"bench","pack_version":"bench","clock":{"now":%q},"operations":[%s],"signature":%q}`,
		string(device), now, bytes.Join(b.Operations, []byte(",")), base64.StdEncoding.EncodeToString(signature)), nil
}
