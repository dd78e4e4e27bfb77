package jaring

import (
	"strings"
	"testing"
	"time"
)

func TestCertificateNo(t *testing.T) {
	seen := map[string]bool{}
	for i := range 250 {
		chance := [certificateDigits]byte{byte(i), byte(i * 7), byte(i >> 3), 3, 4, byte(i * 31), 6, 255}
		no := CertificateNo(2026, chance)
		if len(no) != len("SK-26-K7F3-9M2XA") || !strings.HasPrefix(no, "SK-26-") || strings.Trim(no[6:7], "0123456789") == "" {
			t.Fatal(no)
		}
		seen[no] = true
		for _, text := range []string{no, strings.ToLower(no), strings.ReplaceAll(no, "-", ""), strings.ReplaceAll(no, "-", " "),
			"SK" + strings.NewReplacer("0", "O", "1", "l").Replace(no[2:])} {
			if got, err := ParseCertificateNo(text); got != no || err != nil {
				t.Errorf("%q read as %q %v", text, got, err)
			}
		}
	}
	if len(seen) != 250 {
		t.Errorf("%d numbers of 250", len(seen))
	}
	no := CertificateNo(2026, [8]byte{1, 2, 3, 4, 5, 6, 7, 8})
	for i := 3; i < len(no); i++ { // one wrong character is found
		if no[i] == '-' {
			continue
		}
		for _, c := range crockford {
			if wrong := no[:i] + string(c) + no[i+1:]; wrong != no {
				if got, err := ParseCertificateNo(wrong); err == nil {
					t.Errorf("%s is taken as %s", wrong, got)
				}
			}
		}
	}
	for _, text := range []string{"", "SK", "26-K7F3-9M2XA", "KD-26-K7F3-9M2XA", "SK-26-K7F3-9M2X", "SK-26-K7F3-9M2XAA", "SK-2É-K7F3-9M2XA", strings.Repeat("S", 500)} {
		if _, err := ParseCertificateNo(text); KeyOf(err) != "certificate.unknown" || CodeOf(err) != NotFound {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestNewCertificate(t *testing.T) {
	today := NewDay(2026, 11, 21)
	for _, c := range []struct {
		name        string
		from, until Day
		powers      []Power
		want        string // fields and keys
	}{
		{"a year", today, today.Add(364), Powers, ""},
		{"one day, today", today, today, []Power{PowerRegister}, ""},
		{"three years but a day", NewDay(2026, 1, 1), NewDay(2028, 12, 31), Powers, ""},
		{"three years and a day", NewDay(2026, 1, 1), NewDay(2029, 1, 1), Powers, "until certificate.too_long"},
		{"a year too many typed", today, NewDay(2126, 11, 20), Powers, "until certificate.too_long"},
		{"over already", today.Add(-9), today.Add(-1), Powers, "until certificate.until_past"},
		{"the other way round", today.Add(9), today.Add(8), Powers, "until certificate.until_before_from"},
		{"nothing", 0, 0, nil, "from field.required; until field.required; powers field.required"},
		{"a power that there is not", today, today, []Power{PowerCash, "fly"}, "powers power.unknown"},
	} {
		var got []string
		if err := NewCertificate(c.from, c.until, today, c.powers); err != nil {
			for _, e := range err.(Errors) {
				got = append(got, e.Field+" "+e.Key)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestCertificateStates(t *testing.T) {
	from, until := NewDay(2026, 11, 12), NewDay(2027, 11, 11)
	for _, c := range []struct {
		kept CertificateState
		day  Day
		want CertificateState
	}{
		{CertificateValid, from.Add(-1), CertificateIsNotBegun}, {CertificateValid, from, CertificateValid}, {CertificateValid, until, CertificateValid},
		{CertificateValid, until.Add(1), CertificateIsExpired}, {CertificateIsStopped, until.Add(1), CertificateIsStopped}, {CertificateIsRevoked, from, CertificateIsRevoked},
	} {
		if got := CertificateStateOn(c.kept, from, until, c.day); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.kept, c.day, got, c.want)
		}
	}
	steps := map[[2]CertificateState]EventKind{
		{CertificateValid, CertificateIsStopped}: CertificateSuspended, {CertificateValid, CertificateIsRevoked}: CertificateRevoked,
		{CertificateIsStopped, CertificateValid}: CertificateResumed, {CertificateIsStopped, CertificateIsRevoked}: CertificateRevoked,
	}
	all := []CertificateState{CertificateValid, CertificateIsStopped, CertificateIsRevoked, CertificateIsExpired, CertificateIsNotBegun, ""}
	for _, was := range all[:3] {
		for _, is := range all {
			want, may := steps[[2]CertificateState{was, is}]
			if got, ok := was.Next(is); got != want || ok != may {
				t.Errorf("%s to %s: %q %t", was, is, got, ok)
			}
		}
	}
}

func TestPowersText(t *testing.T) {
	if got := PowersText([]Power{PowerCash, PowerRegister, PowerCash}); got != "register+cash" {
		t.Error(got)
	}
	if got := ParsePowers("cash"); len(got) != 1 || got[0] != PowerCash {
		t.Error(got)
	}
	if got := ParsePowers(""); got != nil {
		t.Error(got)
	}
}

// The codes are written down once: phones make them by the same rule.
func TestCertificateCode(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	at := time.Date(2026, 11, 21, 2, 41, 7, 0, time.UTC)
	code := CertificateCode(secret, at)
	if code != "578901" {
		t.Errorf("%s", code)
	}
	for _, c := range []struct {
		later time.Duration
		want  CodeAnswer
	}{
		{0, CodeRight}, {52 * time.Second, CodeRight}, {112 * time.Second, CodeRight}, {113 * time.Second, CodeOld}, {10 * time.Minute, CodeOld}, {11 * time.Minute, CodeWrong},
		{-time.Minute, CodeWrong},
	} {
		if got := CheckCode(secret, code, at.Add(c.later)); got != c.want {
			t.Errorf("after %s: %s, want %s", c.later, got, c.want)
		}
	}
	for _, wrong := range []string{"", "46717", "5789010", "578902", "٥٧٨٩٠١"} {
		if got := CheckCode(secret, wrong, at); got != CodeWrong {
			t.Errorf("%q: %s", wrong, got)
		}
	}
}

func TestLicenceOfADay(t *testing.T) {
	old := Licence{Number: "old", Powers: Powers, From: NewDay(2026, 1, 1), Until: NewDay(2026, 12, 31)}
	fresh := Licence{Number: "fresh", Powers: []Power{PowerRegister}, From: NewDay(2027, 1, 1), Until: NewDay(2027, 12, 31), Others: []Licence{old}}
	at := time.Date(2026, 12, 31, 3, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		day  Day
		p    Power
		want string
	}{
		{NewDay(2026, 12, 31), PowerCash, ""}, // taken by the old one, sent under the new one
		{NewDay(2027, 1, 1), PowerRegister, ""},
		{NewDay(2027, 1, 1), PowerCash, "certificate.power_missing"},
		{NewDay(2025, 12, 31), PowerRegister, "certificate.not_begun"},
		{NewDay(2028, 1, 1), PowerRegister, "certificate.ended"},
	} {
		if got := KeyOf(fresh.Allows(c.p, at, c.day)); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.p, c.day, got, c.want)
		}
	}
	fresh.From = NewDay(2026, 6, 1) // both run: the newer one decides
	if got := fresh.On(NewDay(2026, 7, 1)).Number; got != "fresh" {
		t.Error(got)
	}
}

func token() CertificateToken {
	return CertificateToken{Number: "SK-26-K7F3-9M2XA", Name: "Rahma & Dewi <i>", Office: "Cabang Jambi", Powers: Powers, From: NewDay(2026, 11, 12),
		Until: NewDay(2027, 11, 11), KeyID: "certificate-0123456789ab", AsOf: NewDay(2026, 11, 21)}
}

func TestCertificateToken(t *testing.T) {
	signed := token().SignedText()
	signature := make([]byte, 64)
	text := TokenText(signed, signature)
	back, over, sign, err := ParseCertificateToken(text)
	if err != nil || back.Name != token().Name || back.Until != token().Until || over != signed || len(sign) != 64 || back.Version != 1 {
		t.Fatalf("%+v %v", back, err)
	}
	if len(text) > 450 {
		t.Errorf("%d characters: too many for a code that is scanned from a badge", len(text))
	}
	other := token()
	other.Version = 2
	bad := []string{"", "JRC1.", "JRC1..", "JRC2" + text[4:], text + "A", text[:len(text)-1], strings.Replace(text, ".", "=.", 1), text + "=", " " + text,
		"JRC1." + token64.EncodeToString([]byte(`{"v":1}`)) + "." + token64.EncodeToString(signature),
		"JRC1." + token64.EncodeToString([]byte(`{"v":1,"nik":"1571025405849017"}`)) + "." + token64.EncodeToString(signature),
		"JRC1." + token64.EncodeToString([]byte(`[]`)) + "." + token64.EncodeToString(signature), strings.Repeat("A", 5000)}
	for _, text := range bad {
		if _, _, _, err := ParseCertificateToken(text); KeyOf(err) != "certificate.token_malformed" {
			t.Errorf("%.60q: %v", text, err)
		}
	}
}

// FuzzParseCertificateToken: what is taken is written in one way only, and nothing breaks it.
func FuzzParseCertificateToken(f *testing.F) {
	f.Add(TokenText(token().SignedText(), make([]byte, 64)))
	f.Add("JRC1.e30.AAAA")
	f.Add("JRC1." + token64.EncodeToString([]byte(`{"v":1,"n":"","nm":"","o":"","p":null,"f":"","u":"","k":"","r":""}`)) + "." + token64.EncodeToString(make([]byte, 64)))
	f.Fuzz(func(t *testing.T, text string) {
		back, signed, signature, err := ParseCertificateToken(text)
		if err == nil && TokenText(back.SignedText(), signature) != text {
			t.Errorf("%q is read as %q", text, TokenText(back.SignedText(), signature))
		}
		if err == nil && back.SignedText() != signed {
			t.Errorf("%q: the signature stands over another text", text)
		}
	})
}
