package jaring

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// CertificateToken is what the QR of a certificate says to somebody without a network:
// who the bearer is, for which office, what he may do and until when, and as of which day
// the list of stopped certificates was known. Never a NIK.
type CertificateToken struct {
	Version int     `json:"v"`
	Number  string  `json:"n"`
	Name    string  `json:"nm"`
	Office  string  `json:"o"`
	Powers  []Power `json:"p"`
	From    Day     `json:"f"`
	Until   Day     `json:"u"`
	KeyID   string  `json:"k"`
	AsOf    Day     `json:"r"`
}

const (
	tokenHead      = "JRC1."
	tokenVersion   = 1
	tokenSignature = 64   // bytes: ECDSA P-256, r and s
	maxToken       = 2048 // characters; a QR holds no more that can be scanned
)

var token64 = base64.RawURLEncoding.Strict()

// SignedText is what the signature of a token stands over.
func (t CertificateToken) SignedText() string {
	t.Version = tokenVersion
	text, _ := json.Marshal(t)
	return tokenHead + token64.EncodeToString(text)
}

// TokenText puts a signature behind the text that it stands over.
func TokenText(signed string, signature []byte) string {
	return signed + "." + token64.EncodeToString(signature)
}

// ParseCertificateToken reads a token, in the one form that is written. It does not judge the
// signature: signed is what that stands over. Error: certificate.token_malformed.
func ParseCertificateToken(text string) (t CertificateToken, signed string, signature []byte, err error) {
	malformed := NewError(Invalid, "certificate.token_malformed")
	at := strings.LastIndexByte(text, '.')
	if len(text) > maxToken || at < len(tokenHead) || !strings.HasPrefix(text, tokenHead) {
		return t, "", nil, malformed
	}
	payload, err := token64.DecodeString(text[len(tokenHead):at])
	if err != nil {
		return t, "", nil, malformed
	}
	if signature, err = token64.DecodeString(text[at+1:]); err != nil || len(signature) != tokenSignature {
		return t, "", nil, malformed
	}
	dec := json.NewDecoder(bytes.NewReader(payload))
	dec.DisallowUnknownFields()
	if dec.Decode(&t) != nil || t.Version != tokenVersion || t.SignedText() != text[:at] {
		return CertificateToken{}, "", nil, malformed
	}
	return t, text[:at], signature, nil
}

// codeDigits is how long a 60-second code is.
const codeDigits = 6

// CertificateCode is the code of a minute: six digits of HMAC-SHA256 over the count of
// minutes since 1970 as eight bytes, the highest first; the digits are its first four bytes
// as a number, modulo a million.
func CertificateCode(secret []byte, at time.Time) string {
	var minute [8]byte
	binary.BigEndian.PutUint64(minute[:], uint64(at.Unix()/60))
	h := hmac.New(sha256.New, secret)
	h.Write(minute[:])
	return fmt.Sprintf("%0*d", codeDigits, binary.BigEndian.Uint32(h.Sum(nil))%1_000_000)
}

// sameText compares without telling by its time where two texts differ.
func sameText(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
