package payment

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
)

func TestBankFileRoundTrip(t *testing.T) {
	w := newTown(t, "strict")
	b := w.sim.Bank()
	b.Profile.SignedFrom, b.Profile.Skew = "/snap", 90*time.Second
	other := b
	other.Name, other.Merchant = "other", Merchant{}
	other.Theirs.PartnerID, other.Theirs.ClientKey = "OTHER", "other"
	var file bytes.Buffer
	if err := WriteBanks(&file, []Bank{b, other}); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	if strings.Count(text, "PRIVATE KEY") != 4 || strings.Contains(text, formatPrivate(w.sim.self.Private)) {
		t.Error("the file must hold our private key and not the bank's")
	}
	got, err := ReadBanks(&file)
	if err != nil || len(got) != 2 {
		t.Fatal(err)
	}
	for i, want := range []Bank{b, other} {
		if !got[i].Ours.Private.Equal(want.Ours.Private) || !got[i].Theirs.Public.Equal(want.Theirs.Public) || got[i].Theirs.Private != nil {
			t.Error("other keys")
		}
		got[i].Ours, got[i].Theirs, want.Ours, want.Theirs = Party{}, Party{}, Party{}, Party{}
		if got[i] != want {
			t.Errorf("got  %+v\nwant %+v", got[i], want)
		}
	}
}

func TestBankFileRefuses(t *testing.T) {
	w := newTown(t, "token")
	var file bytes.Buffer
	b := w.sim.Bank()
	if err := WriteBanks(&file, []Bank{b}); err != nil {
		t.Fatal(err)
	}
	good := file.String()
	entry := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(good), "["), "]")
	for _, c := range []struct{ rule, text, part string }{
		{"no JSON", "bank", "json"},
		{"an unknown name", strings.Replace(good, `"name"`, `"nama"`, 1), "json"},
		{"no name", strings.Replace(good, `"bank-sim"`, `""`, 1), "name"},
		{"no address", strings.Replace(good, `"http://127.0.0.1"`, `""`, 1), "base"},
		{"plain http elsewhere", strings.Replace(good, `http://127.0.0.1`, `http://bank.example`, 1), "base"},
		{"a password in the address", strings.Replace(good, `http://127.0.0.1`, `https://a:b@bank.example`, 1), "base"},
		{"no channel", strings.Replace(good, `"95221"`, `""`, 1), "channel"},
		{"a spoilt key of theirs", strings.Replace(good, "BEGIN PUBLIC KEY", "BEGIN KEY", 1), "theirs"},
		{"a spoilt key of ours", strings.Replace(good, "BEGIN PRIVATE KEY", "BEGIN KEY", 1), "ours"},
		{"no secret", strings.Replace(good, b.Theirs.ClientSecret, "", 1), "theirs"},
		{"none of ours", strings.Replace(good, b.Ours.ClientSecret, "", 1), "ours"},
		{"no way of signing", strings.Replace(good, `"symmetric"`, `"trust"`, 1), "profile"},
		{"no repeat", strings.Replace(good, `"first"`, `"second"`, 1), "profile"},
		{"digits", strings.Replace(good, `"customer_digits": 14`, `"customer_digits": 21`, 1), "profile"},
		{"one bank twice", "[" + entry + "," + entry + "]", "theirs"},
	} {
		_, err := ReadBanks(strings.NewReader(c.text))
		wantKey(t, err, jaring.Invalid, "payment.bank_malformed")
		if e := err.(*jaring.Error); e.Args["part"] != c.part {
			t.Errorf("%s: blames %v", c.rule, e.Args)
		}
		if said := fmt.Sprint(err); strings.Contains(said, b.Theirs.ClientSecret) || strings.Contains(said, "KEY") {
			t.Error("tells a secret:", said)
		}
	}
	_, err := ReadBanks(strings.NewReader(strings.Replace(good, `"88899"`, `"x"`, 1)))
	wantKey(t, err, jaring.Invalid, "payment.code_malformed")
	if banks, err := ReadBanks(strings.NewReader(strings.Replace(good, `"skew_seconds": 300`, `"skew_seconds": 0`, 1))); err != nil || banks[0].Profile.Skew != defaultSkew {
		t.Error(err)
	}
	if _, err := NewClient(Bank{}, ClientOptions{}); jaring.KeyOf(err) != "payment.bank_malformed" {
		t.Error(err)
	}
	if _, err := NewServer([]Bank{{}}, nil, ServerOptions{}); jaring.KeyOf(err) != "payment.bank_malformed" {
		t.Error(err)
	}
}

// Older tools write a private key as PKCS#1.
func TestKeysOfOlderTools(t *testing.T) {
	w := newTown(t, "token")
	key := w.sim.self.Private
	old := formatPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), nil)
	if got, ok := parsePrivate(old); !ok || !got.Equal(key) {
		t.Error("not read")
	}
	for _, bad := range []string{"", "x", formatPEM("PRIVATE KEY", []byte("x"), nil)} {
		if _, ok := parsePrivate(bad); ok {
			t.Error("took a private key out of", bad)
		}
		if _, ok := parsePublic(bad); ok {
			t.Error("took a public key out of", bad)
		}
	}
}

// A bank that leaves out the front of our path when it signs.
func TestSignedFrom(t *testing.T) {
	w := newTown(t, "token")
	w.shop.owe("8889900000000000001", 16_800)
	s := spoiler{town: w, token: w.tokenFor(t), before: func(s *Signed) { s.Path = strings.TrimPrefix(s.Path, "/snap") }}
	if _, raw := s.send(t, ServiceInquiry, "1", goodInquiry); codeOf(t, raw) != "4012400" {
		t.Error(raw)
	}
	w.server.gate.callers[0].signedFrom = "/snap"
	if _, raw := s.send(t, ServiceInquiry, "2", goodInquiry); codeOf(t, raw) != "2002400" {
		t.Error(raw)
	}
}
