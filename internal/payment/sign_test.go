package payment

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

// signedVector is a signature as others have made it.
type signedVector struct {
	PublicKey    string `json:"public_key_pem"`
	ClientKey    string `json:"client_key"`
	ClientSecret string `json:"client_secret"`
	Token        string `json:"access_token"`
	Method       string `json:"method"`
	Path         string `json:"path"`
	Raw          string `json:"raw_body"`
	Minified     string `json:"minified_body"`
	Hash         string `json:"body_sha256_hex"`
	Timestamp    string `json:"timestamp"`
	Text         string `json:"string_to_sign"`
	Signature    string `json:"x_signature"`
}

type vectors struct {
	Token      signedVector `json:"snap_access_token_b2b"`
	Symmetric  signedVector `json:"snap_transaction_symmetric"`
	Asymmetric signedVector `json:"snap_transaction_asymmetric"`
	Midtrans   signedVector `json:"snap_public_midtrans"`
	QRIS       struct {
		Static     string   `json:"synthetic_static"`
		Dynamic    string   `json:"synthetic_dynamic_16800"`
		Tampered   string   `json:"tampered_must_fail"`
		Valid      []string `json:"public_valid"`
		InvalidCRC []string `json:"public_invalid_crc"`
		CRC        struct {
			Input string `json:"input"`
			CRC   string `json:"crc"`
		} `json:"crc16_check"`
	} `json:"qris"`
}

func readVectors(t testing.TB) (v vectors) {
	t.Helper()
	raw, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func (v signedVector) signed() Signed {
	body := v.Raw
	if body == "" {
		body = v.Minified
	}
	return Signed{v.Method, v.Path, v.Token, []byte(body), v.Timestamp}
}

func TestTokenVector(t *testing.T) {
	v := readVectors(t).Token
	key, ok := parsePublic(v.PublicKey)
	if !ok {
		t.Fatal("the key cannot be read")
	}
	if err := VerifyToken(key, v.ClientKey, v.Timestamp, v.Signature); err != nil {
		t.Error(err)
	}
	for _, bad := range [][3]string{{v.ClientKey + "2", v.Timestamp, v.Signature}, {v.ClientKey, "2026-11-21T10:30:01+07:00", v.Signature},
		{v.ClientKey, v.Timestamp, v.Signature[4:]}, {v.ClientKey, v.Timestamp, "no base64"}, {v.ClientKey, v.Timestamp, ""}} {
		wantKey(t, VerifyToken(key, bad[0], bad[1], bad[2]), jaring.Unauthenticated, "payment.signature")
	}
	wantKey(t, VerifyToken(nil, v.ClientKey, v.Timestamp, v.Signature), jaring.Unauthenticated, "payment.signature")
}

func TestSymmetricVectors(t *testing.T) {
	all := readVectors(t)
	for _, v := range []signedVector{all.Symmetric, all.Midtrans} {
		s := v.signed()
		body, err := Minify(s.Body)
		if err != nil || string(body) != v.Minified || digestHex(body) != v.Hash {
			t.Errorf("%v\ngot  %s\nwant %s", err, body, v.Minified)
		}
		if v.Text != "" && s.tokenText(body) != v.Text {
			t.Errorf("got %s", s.tokenText(body))
		}
		if got, err := s.Symmetric(v.ClientSecret); err != nil || got != v.Signature {
			t.Errorf("%v: %s", err, got)
		}
		if err := s.VerifySymmetric(v.ClientSecret, v.Signature); err != nil {
			t.Error(err)
		}
		for _, spoil := range []func(*Signed){
			func(s *Signed) { s.Method = "PUT" }, func(s *Signed) { s.Path += "/" }, func(s *Signed) { s.Token += "x" },
			func(s *Signed) { s.Timestamp = strings.Replace(s.Timestamp, "2", "3", 1) },
			func(s *Signed) { s.Body = append([]byte(nil), strings.Replace(string(s.Body), "1", "2", 1)...) },
		} {
			bad := v.signed()
			spoil(&bad)
			wantKey(t, bad.VerifySymmetric(v.ClientSecret, v.Signature), jaring.Unauthenticated, "payment.signature")
		}
		wantKey(t, s.VerifySymmetric(v.ClientSecret+"x", v.Signature), jaring.Unauthenticated, "payment.signature")
	}
}

func TestAsymmetricVector(t *testing.T) {
	all := readVectors(t)
	key, _ := parsePublic(all.Token.PublicKey)
	v := all.Asymmetric
	v.Timestamp = all.Symmetric.Timestamp
	s := v.signed()
	if got := s.plainText([]byte(v.Minified)); got != v.Text {
		t.Errorf("got %s", got)
	}
	if err := s.VerifyAsymmetric(key, v.Signature); err != nil {
		t.Error(err)
	}
	s.Body = []byte(all.Symmetric.Raw) // the same with white space
	if err := s.VerifyAsymmetric(key, v.Signature); err != nil {
		t.Error(err)
	}
	s.Timestamp = "2026-11-21T10:30:00Z"
	wantKey(t, s.VerifyAsymmetric(key, v.Signature), jaring.Unauthenticated, "payment.signature")
}

func TestSigningAndVerifyingAgree(t *testing.T) {
	w := newTown(t, "token")
	key := w.sim.Bank().Ours.Private
	for _, body := range []string{"", "  ", `{}`, `{ "a" : "&<>é\u0026\u2028" , "n" : 1.0 }`, `"text"`, `[1, 2]`} {
		s := Signed{"POST", "/v1.0/x?y=1", "t", []byte(body), "2026-11-21T10:30:00+07:00"}
		mac, err := s.Symmetric("secret")
		if err != nil || s.VerifySymmetric("secret", mac) != nil {
			t.Error(body, err)
		}
		signature, err := s.Asymmetric(key)
		if err != nil || s.VerifyAsymmetric(&key.PublicKey, signature) != nil {
			t.Error(body, err)
		}
	}
	s := Signed{Body: []byte("{")}
	_, err := s.Symmetric("secret")
	wantKey(t, err, jaring.Invalid, "payment.body_malformed")
	_, err = s.Asymmetric(key)
	wantKey(t, err, jaring.Invalid, "payment.body_malformed")
	wantKey(t, s.VerifySymmetric("secret", ""), jaring.Invalid, "payment.body_malformed")
	if digestHex(nil) != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Error("an empty body has a hash of its own")
	}
}

// A partner that reads and writes again before it signs: what travels is escaped, what was
// signed is not. The other way round is no second form, it is the first.
func TestSecondForm(t *testing.T) {
	sent := Signed{"POST", "/v1.0/transfer-va/payment", "t", []byte(`{"catatan":"Bu Siti \u0026 Pak Budi \u00e9","jalan":"a\/b","n":1.50}`), "2026-11-21T10:30:00+07:00"}
	signed := sent
	signed.Body = []byte(`{"catatan":"Bu Siti & Pak Budi é","jalan":"a/b","n":1.50}`)
	mac, _ := signed.Symmetric("secret")
	if err := sent.VerifySymmetric("secret", mac); err != nil {
		t.Error(err)
	}
	mac, _ = sent.Symmetric("secret")
	wantKey(t, signed.VerifySymmetric("secret", mac), jaring.Unauthenticated, "payment.signature")
	twice := sent
	twice.Body = []byte(`{"a":"1","a":"\u0032"}`)
	signed.Body = []byte(`{"a":"1","a":"2"}`)
	mac, _ = signed.Symmetric("secret")
	wantKey(t, twice.VerifySymmetric("secret", mac), jaring.Unauthenticated, "payment.signature")
}

func TestRestate(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{ "b":1, "a":[true,false,null,{}] }`, `{"b":1,"a":[true,false,null,{}]}`},
		{`"\u0026\u003c\/\u00e9\ud83d\ude00"`, `"&</é😀"`},
		{`"\u0001\b\f\n\r\t\"\\"`, `"\u0001\b\f\n\r\t\"\\"`},
		{"\"\u2028\u007f\"", "\"\u2028\u007f\""},
		{`[1.50, 1e3, -0, 12345678901234567890]`, `[1.50,1e3,-0,12345678901234567890]`},
		{`[]`, `[]`},
		{`{"a":1,"a":1}`, ""},
		{`{"a":1}x`, ""},
		{`{"a":`, ""},
		{`[1`, ""},
		{`{`, ""},
		{``, ""},
	} {
		got, ok := restate([]byte(c.body))
		if string(got) != c.want || ok != (c.want != "") {
			t.Errorf("%s: %s %v", c.body, got, ok)
		}
	}
}

// What was restated means the same, and restating it again changes nothing.
func FuzzRestate(f *testing.F) {
	f.Add(`{"a":"\u0026","b":[1,{"c":null}]}`)
	f.Add(`"\ud800"`)
	f.Fuzz(func(t *testing.T, body string) {
		small, err := Minify([]byte(body))
		if err != nil {
			return
		}
		again, ok := restate(small)
		if !ok {
			return
		}
		twice, ok := restate(again)
		if !ok || string(twice) != string(again) {
			t.Fatalf("%q, then %q", again, twice)
		}
		var a, b any
		if json.Unmarshal(small, &a) == nil && (json.Unmarshal(again, &b) != nil || !equalJSON(a, b)) {
			t.Fatalf("%q means something else than %q", again, small)
		}
	})
}

func equalJSON(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
