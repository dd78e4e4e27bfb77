package jaringtest

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"jaring/internal/jaring"
)

// TakeCash is an operation of now by which a phone tells of cash that was taken, with the receipt that it
// signed. about names the worker ("worker_id") or the operation that registers the worker ("registered_by").
func (t *Town) TakeCash(phone Phone, counter int64, about map[string]any, months int, amount jaring.Rupiah) (jaring.ReceiptCode, jaring.Operation) {
	t.T.Helper()
	var random [jaring.ReceiptLength]byte
	_, err := rand.Read(random[:])
	t.must(err)
	r := jaring.Receipt{Device: phone.ID, Counter: counter, Code: jaring.NewReceiptCode(random), Amount: amount, Months: months,
		TakenAt: t.Now().Format("2006-01-02T15:04:05Z")}
	for _, id := range about {
		r.About = id.(string)
	}
	body := map[string]any{"months": months, "amount": amount, "code": r.Code.Text(), "counter": counter, "signature": phone.sign(t, r.SignedText())}
	for k, v := range about {
		body[k] = v
	}
	return r.Code, t.Operation(jaring.ActTakeCash, body)
}

// sign signs a text as a phone does.
func (p Phone) sign(t *Town, text []byte) string {
	t.T.Helper()
	sum := sha256.Sum256(text)
	r, s, err := ecdsa.Sign(rand.Reader, p.Key, sum[:])
	t.must(err)
	raw := make([]byte, 64)
	r.FillBytes(raw[:32])
	s.FillBytes(raw[32:])
	return base64.StdEncoding.EncodeToString(raw)
}
