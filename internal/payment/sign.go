package payment

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"

	"jaring/internal/jaring"
)

// Signed is what the signature of a transaction covers.
type Signed struct {
	Method    string
	Path      string // as it stands in the request line, with its query
	Token     string // without "Bearer "; asymmetric signatures have none
	Body      []byte // as it travels
	Timestamp string // X-TIMESTAMP to the letter
}

// SignToken signs the request for a token: RSA PKCS#1 v1.5 over client key and time.
func SignToken(key *rsa.PrivateKey, clientKey, timestamp string) (string, error) {
	return signRSA(key, clientKey+"|"+timestamp)
}

// VerifyToken proves that who asks for a token holds the key. Error: payment.signature.
func VerifyToken(key *rsa.PublicKey, clientKey, timestamp, signature string) error {
	if !verifiesRSA(key, clientKey+"|"+timestamp, signature) {
		return badSignature()
	}
	return nil
}

// Symmetric signs s by a shared secret: HMAC-SHA-512 over method, path, token, the body's
// hash and time. Error: payment.body_malformed.
func (s Signed) Symmetric(secret string) (string, error) {
	body, err := Minify(s.Body)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(s.mac(secret, body)), nil
}

// VerifySymmetric proves that who sent s knows the secret. Error: payment.signature.
func (s Signed) VerifySymmetric(secret, signature string) error {
	got, err := base64.StdEncoding.DecodeString(signature)
	if err != nil {
		return badSignature()
	}
	return s.eachForm(func(body []byte) bool { return hmac.Equal(got, s.mac(secret, body)) })
}

// Asymmetric signs s by a private key, for banks without tokens. Error: payment.body_malformed.
func (s Signed) Asymmetric(key *rsa.PrivateKey) (string, error) {
	body, err := Minify(s.Body)
	if err != nil {
		return "", err
	}
	return signRSA(key, s.plainText(body))
}

// VerifyAsymmetric proves that who sent s holds the key. Error: payment.signature.
func (s Signed) VerifyAsymmetric(key *rsa.PublicKey, signature string) error {
	return s.eachForm(func(body []byte) bool { return verifiesRSA(key, s.plainText(body), signature) })
}

// eachForm tries the body as it came, without its white space, and once as a partner would
// write it who reads it and writes it again: such partners sign what they write.
func (s Signed) eachForm(holds func(body []byte) bool) error {
	body, err := Minify(s.Body)
	if err != nil {
		return err
	}
	if holds(body) {
		return nil
	}
	if again, ok := restate(body); ok && !bytes.Equal(again, body) && holds(again) {
		return nil
	}
	return badSignature()
}

func (s Signed) tokenText(body []byte) string {
	return s.Method + ":" + s.Path + ":" + s.Token + ":" + digestHex(body) + ":" + s.Timestamp
}

func (s Signed) plainText(body []byte) string {
	return s.Method + ":" + s.Path + ":" + digestHex(body) + ":" + s.Timestamp
}

func (s Signed) mac(secret string, body []byte) []byte {
	m := hmac.New(sha512.New, []byte(secret))
	m.Write([]byte(s.tokenText(body)))
	return m.Sum(nil)
}

// Minify drops the white space that means nothing and keeps everything else to the byte:
// order, escapes, numbers. An empty body stays empty. Error: payment.body_malformed.
func Minify(body []byte) ([]byte, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	if json.Compact(&b, body) != nil {
		return nil, jaring.NewError(jaring.Invalid, "payment.body_malformed")
	}
	return b.Bytes(), nil
}

func digestHex(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func signRSA(key *rsa.PrivateKey, text string) (string, error) {
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		return "", jaring.InternalError(err)
	}
	return base64.StdEncoding.EncodeToString(signature), nil
}

func verifiesRSA(key *rsa.PublicKey, text, signature string) bool {
	raw, err := base64.StdEncoding.DecodeString(signature)
	sum := sha256.Sum256([]byte(text))
	return err == nil && key != nil && rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
}

func badSignature() error { return jaring.NewError(jaring.Unauthenticated, "payment.signature") }
