package payment

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"jaring/internal/jaring"
)

// gate is the way into a SNAP server, ours or a simulated bank's: it proves who calls and
// hands on what they say.
type gate struct {
	callers []*caller
	tokens  sealer
	now     func() time.Time
}

// caller is somebody who may call.
type caller struct {
	name       string
	party      Party   // of the caller: its public key and the secret shared with it
	signing    Signing // of its transactions
	skew       time.Duration
	signedFrom string
	bank       *Bank // nil at a simulated bank's gate
}

// request is one that was let in.
type request struct {
	*caller
	service Service
	headers
	body   []byte
	digest [sha256.Size]byte
	*fields
}

// day is the one in which external ids are unique.
func (r *request) day() jaring.Day { return jaring.DayIn(r.at, wib) }

// admit proves who sent r to service and reads it.
func (g *gate) admit(w http.ResponseWriter, r *http.Request, service Service) (*request, *refusal) {
	raw, no := readBody(w, r)
	if no != nil {
		return nil, no
	}
	head, no := readHeaders(r.Header)
	if no == nil {
		no = head.readPartner(r.Header)
	}
	if no != nil {
		return nil, no
	}
	who, token, no := g.caller(r, head.partner)
	if no != nil {
		return nil, no
	}
	signed := Signed{Method: r.Method, Path: signedPath(r, who.signedFrom), Token: token, Body: raw, Timestamp: head.timestamp}
	var err error
	if who.signing == Asymmetric {
		err = signed.VerifyAsymmetric(who.party.Public, head.signature)
	} else {
		err = signed.VerifySymmetric(who.party.ClientSecret, head.signature)
	}
	switch {
	case jaring.CodeOf(err) == jaring.Invalid:
		return nil, &refusal{BadRequest, ""}
	case err != nil:
		return nil, &refusal{Unauthorized, "[Signature]"}
	case g.now().Sub(head.at).Abs() > who.skew:
		return nil, &refusal{Unauthorized, "[" + headerTimestamp + "]"}
	}
	body, _ := Minify(raw) // the signature has seen to it
	got := &request{caller: who, service: service, headers: head, body: body, digest: sha256.Sum256(body), fields: readFields(body)}
	return got, got.fault
}

// readBody reads what is small enough.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &refusal{BadRequest, "[body too large]"}
	case err != nil:
		return nil, &refusal{BadRequest, ""}
	}
	return raw, nil
}

// signedPath is the path as the caller wrote it in the request line, which no proxy may
// rewrite, without the part that this caller leaves out.
func signedPath(r *http.Request, from string) string {
	path := r.RequestURI
	if path == "" || path[0] != '/' {
		path = r.URL.RequestURI()
	}
	if rest, ok := strings.CutPrefix(path, from); ok && strings.HasPrefix(rest, "/") {
		return rest
	}
	return path
}

// caller is who calls: by the token, or by the partner id where there are no tokens.
func (g *gate) caller(r *http.Request, partner string) (who *caller, token string, no *refusal) {
	for _, c := range g.callers {
		if c.signing == Asymmetric && c.party.PartnerID == partner {
			return c, "", nil
		}
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return nil, "", &refusal{TokenMissing, ""}
	}
	clientKey, ok := g.tokens.holder(token)
	who = g.byClientKey(clientKey)
	switch {
	case !ok || who == nil:
		return nil, "", &refusal{InvalidToken, ""}
	case who.party.PartnerID != partner:
		return nil, "", &refusal{Unauthorized, "[" + headerPartner + "]"}
	}
	return who, token, nil
}

func (g *gate) byClientKey(clientKey string) *caller {
	for _, c := range g.callers {
		if c.party.ClientKey == clientKey {
			return c
		}
	}
	return nil
}

// tokenAnswer is what a request for a token gets.
type tokenAnswer struct {
	Code    string `json:"responseCode"`
	Message string `json:"responseMessage"`
	Token   string `json:"accessToken,omitempty"`
	Type    string `json:"tokenType,omitempty"`
	Expires string `json:"expiresIn,omitempty"` // seconds
}

// serveToken is service 73. Who is unknown and whose signature is wrong hear the same.
func (g *gate) serveToken(w http.ResponseWriter, r *http.Request) {
	clientKey, no := g.provesKey(w, r)
	if no != nil {
		writeAnswer(w, no.Status, tokenAnswer{Code: no.Code(ServiceToken), Message: no.message()})
		return
	}
	writeAnswer(w, http.StatusOK, tokenAnswer{Code: Successful.Code(ServiceToken), Message: Successful.Message,
		Token: g.tokens.issue(clientKey), Type: "Bearer", Expires: seconds(g.tokens.life)})
}

func (g *gate) provesKey(w http.ResponseWriter, r *http.Request) (clientKey string, no *refusal) {
	raw, no := readBody(w, r)
	if no != nil {
		return "", no
	}
	head, no := readHeaders(r.Header)
	if no != nil {
		return "", no
	}
	clientKey = r.Header.Get(headerClientKey)
	if clientKey == "" {
		return "", &refusal{InvalidMandatory, headerClientKey}
	}
	who := g.byClientKey(clientKey)
	switch {
	case who == nil, VerifyToken(who.party.Public, clientKey, head.timestamp, head.signature) != nil:
		return "", &refusal{Unauthorized, "[Signature]"}
	case g.now().Sub(head.at).Abs() > who.skew:
		return "", &refusal{Unauthorized, "[" + headerTimestamp + "]"}
	}
	f := readFields(raw)
	if kind := f.text("grantType", true, 40); f.fault == nil && kind != "client_credentials" {
		f.blame(InvalidFormat, "grantType")
	}
	return clientKey, f.fault
}

// encode writes v as it will travel and be signed: no escapes that a partner would undo,
// no line end.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, jaring.InternalError(err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func writeAnswer(w http.ResponseWriter, status int, v any) {
	raw, err := encode(v)
	if err != nil {
		status, raw = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}
