package payment

import (
	"net/http"
	"time"

	"jaring/internal/jaring"
)

// Headers of SNAP.
const (
	headerTimestamp = "X-TIMESTAMP"
	headerClientKey = "X-CLIENT-KEY"
	headerSignature = "X-SIGNATURE"
	headerPartner   = "X-PARTNER-ID"
	headerExternal  = "X-EXTERNAL-ID"
	headerChannel   = "CHANNEL-ID"
)

// Most characters of what comes in.
const (
	maxPartner   = 36
	maxExternal  = 36
	maxRequestID = 128
	maxTimestamp = 35
	maxBody      = 64 << 10
	maxAnswer    = 1 << 20
)

// wib is the zone of SNAP's days, wherever the office is.
var wib = time.FixedZone("WIB", 7*3600)

// Timestamp is t as X-TIMESTAMP: 2026-11-21T10:30:00+07:00.
func Timestamp(t time.Time) string { return t.In(wib).Format("2006-01-02T15:04:05-07:00") }

// parseTimestamp reads a time that names its zone, with or without a fraction: some banks
// write 2026-11-21T03:30:00.196Z.
func parseTimestamp(s string) (time.Time, error) {
	if len(s) > maxTimestamp {
		return time.Time{}, jaring.NewError(jaring.Invalid, "payment.body_malformed")
	}
	return time.Parse(time.RFC3339, s)
}

// headers are those of one request, read to the letter.
type headers struct {
	timestamp string
	at        time.Time
	signature string
	partner   string
	external  string
}

// readHeaders reads what every request must bring.
func readHeaders(h http.Header) (headers, *refusal) {
	got := headers{timestamp: h.Get(headerTimestamp), signature: h.Get(headerSignature)}
	switch {
	case got.timestamp == "":
		return got, &refusal{InvalidMandatory, headerTimestamp}
	case got.signature == "":
		return got, &refusal{InvalidMandatory, headerSignature}
	}
	at, err := parseTimestamp(got.timestamp)
	if err != nil {
		return got, &refusal{InvalidFormat, headerTimestamp}
	}
	got.at = at
	return got, nil
}

// readPartner adds what a transaction must bring beside.
func (got *headers) readPartner(h http.Header) *refusal {
	got.partner, got.external = h.Get(headerPartner), h.Get(headerExternal)
	switch {
	case got.partner == "":
		return &refusal{InvalidMandatory, headerPartner}
	case got.external == "":
		return &refusal{InvalidMandatory, headerExternal}
	case len(got.partner) > maxPartner:
		return &refusal{InvalidFormat, headerPartner}
	case !isDigits(got.external) || len(got.external) > maxExternal:
		return &refusal{InvalidFormat, headerExternal}
	}
	return nil
}
