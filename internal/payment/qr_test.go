package payment

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

func TestQRVectors(t *testing.T) {
	v := readVectors(t).QRIS
	if got := checksum(v.CRC.Input); got != v.CRC.CRC {
		t.Errorf("checksum %s, want %s", got, v.CRC.CRC)
	}
	q, err := ParseQR(v.Dynamic)
	want := QR{Content: v.Dynamic, Dynamic: true, Amount: 16_800, NMID: "ID1020000000001", Merchant: "JARING UJI COBA", City: "BANTUL", Bill: "JRG2026110001", Terminal: "A01"}
	if err != nil || q != want {
		t.Errorf("%v %+v", err, q)
	}
	q, err = ParseQR(v.Static)
	if err != nil || q.Dynamic || q.Amount != 0 || q.NMID != want.NMID {
		t.Errorf("%v %+v", err, q)
	}
	_, err = ParseQR(v.Tampered)
	wantKey(t, err, jaring.Invalid, "payment.qr_checksum")
	for _, s := range v.InvalidCRC {
		_, err := ParseQR(s)
		wantKey(t, err, jaring.Invalid, "payment.qr_checksum")
	}
	for _, s := range v.Valid { // EMV codes of other countries
		if _, err := openEMV(s); err != nil {
			t.Error(err)
		}
		_, err := ParseQR(s)
		wantKey(t, err, jaring.Invalid, "payment.qr_foreign")
	}
}

// code builds a QR text with some entries changed; an empty value leaves one out.
func code(change map[string]string) string {
	base := []tlv{{"00", "01"}, {"01", "12"}, {"51", "0014ID.CO.QRIS.WWW0215ID1020000000001"}, {"52", "6399"}, {"53", "360"}, {"54", "16800"},
		{"55", ""}, {"58", "ID"}, {"59", "JARING"}, {"60", "BANTUL"}, {"62", ""}}
	var b strings.Builder
	for _, e := range base {
		if v, ok := change[e.tag]; ok {
			e.value = v
		}
		if e.value != "" {
			b.WriteString(entry(e.tag, e.value))
		}
	}
	return b.String() + change["+"] + checksumTag + checksum(b.String()+change["+"]+checksumTag)
}

func TestQRRefuses(t *testing.T) {
	for _, c := range []struct {
		rule string
		text string
		key  string
		tag  string
	}{
		{"as it should be", code(nil), "", ""},
		{"empty", "", "payment.qr_malformed", "63"},
		{"no checksum", "000201", "payment.qr_malformed", "63"},
		{"version", code(map[string]string{"00": "02"}), "payment.qr_malformed", "00"},
		{"neither static nor dynamic", code(map[string]string{"01": "13"}), "payment.qr_malformed", "01"},
		{"no kind of merchant", code(map[string]string{"52": ""}), "payment.qr_malformed", "52"},
		{"dollars", code(map[string]string{"53": "840"}), "payment.qr_foreign", ""},
		{"another country", code(map[string]string{"58": "MY"}), "payment.qr_foreign", ""},
		{"no name", code(map[string]string{"59": ""}), "payment.qr_malformed", "59"},
		{"a long name", code(map[string]string{"59": strings.Repeat("N", 26)}), "payment.qr_malformed", "59"},
		{"no city", code(map[string]string{"60": ""}), "payment.qr_malformed", "60"},
		{"a name that is no text", code(map[string]string{"59": "\xff"}), "payment.qr_malformed", "59"},
		{"not of the national scheme", code(map[string]string{"51": ""}), "payment.qr_foreign", ""},
		{"another scheme", code(map[string]string{"51": "0014ID.CO.QXXX.WWW"}), "payment.qr_foreign", ""},
		{"no merchant id", code(map[string]string{"51": "0014ID.CO.QRIS.WWW"}), "payment.qr_malformed", "51"},
		{"a merchant id with letters", code(map[string]string{"51": "0014ID.CO.QRIS.WWW0204IDX1"}), "payment.qr_malformed", "51"},
		{"broken inside", code(map[string]string{"51": "0014ID"}), "payment.qr_malformed", "51"},
		{"broken extras", code(map[string]string{"62": "05"}), "payment.qr_malformed", "62"},
		{"zero", code(map[string]string{"54": "0"}), "payment.qr_malformed", "54"},
		{"sen", code(map[string]string{"54": "16800.50"}), "payment.qr_malformed", "54"},
		{"a comma", code(map[string]string{"54": "16,800"}), "payment.qr_malformed", "54"},
		{"minus", code(map[string]string{"54": "-16800"}), "payment.qr_malformed", "54"},
		{"only sen", code(map[string]string{"54": ".00"}), "payment.qr_malformed", "54"},
		{"a point at the end", code(map[string]string{"54": "16800."}), "payment.qr_malformed", "54"},
		{"too many digits", code(map[string]string{"54": "16800000000000"}), "payment.qr_malformed", "54"},
		{"a tag twice", code(map[string]string{"+": entry("59", "LAIN")}), "payment.qr_malformed", "59"},
		{"a length beyond the end", code(map[string]string{"+": "9999"}), "payment.qr_malformed", "99"},
		{"no tag", code(map[string]string{"+": "X901A"}), "payment.qr_malformed", "?"},
		{"the checksum inside another entry", code(map[string]string{"+": "9908"}), "payment.qr_malformed", "63"},
		{"too long", code(map[string]string{"+": entry("80", strings.Repeat("x", 99)) + entry("81", strings.Repeat("x", 99)) + entry("82", strings.Repeat("x", 99)) + entry("83", strings.Repeat("x", 99))}), "payment.qr_malformed", "63"},
	} {
		_, err := ParseQR(c.text)
		if jaring.KeyOf(err) != c.key {
			t.Errorf("%s: %v", c.rule, err)
			continue
		}
		if e, ok := err.(*jaring.Error); ok && c.tag != "" && e.Args["tag"] != c.tag {
			t.Errorf("%s: blames %v, want %s", c.rule, e.Args["tag"], c.tag)
		}
	}
}

func TestQRAmounts(t *testing.T) {
	for text, want := range map[string]jaring.Rupiah{"16800": 16_800, "16800.0": 16_800, "39000.00": 39_000, "016800": 16_800, "1": 1} {
		q, err := ParseQR(code(map[string]string{"54": text}))
		if err != nil || q.Amount != want {
			t.Errorf("%s: %v %v", text, q.Amount, err)
		}
	}
}

func TestQRCheck(t *testing.T) {
	v := readVectors(t).QRIS
	q, _ := ParseQR(v.Dynamic)
	static, _ := ParseQR(v.Static)
	tip, err := ParseQR(code(map[string]string{"55": "01"}))
	if err != nil {
		t.Fatal(err)
	}
	const us = "ID1020000000001"
	for _, c := range []struct {
		rule   string
		qr     QR
		amount jaring.Rupiah
		nmid   string
		key    string
	}{
		{"ours", q, 16_800, us, ""},
		{"another amount", q, 16_900, us, "payment.qr_amount"},
		{"another merchant", q, 16_800, "ID1020000000002", "payment.qr_merchant"},
		{"static", static, 16_800, us, "payment.qr_static"},
		{"with a tip", tip, 16_800, us, "payment.qr_amount"},
	} {
		if err := c.qr.Check(c.amount, c.nmid); jaring.KeyOf(err) != c.key {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
}

func TestQRPicture(t *testing.T) {
	q, _ := ParseQR(readVectors(t).QRIS.Dynamic)
	for _, size := range []int{1, 300, 800} {
		raw, err := q.PNG(size)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		side := img.Bounds().Dx()
		if side != img.Bounds().Dy() || side > max(size, 100) || size > 100 && side < size*3/4 {
			t.Errorf("asked %d, got %d", size, side)
		}
		r, _, _, _ := img.At(0, 0).RGBA()
		if r != 0xFFFF {
			t.Error("no white border")
		}
	}
	if _, err := (QR{Content: strings.Repeat("x", 5000)}).PNG(300); jaring.KeyOf(err) != "error.internal" {
		t.Error(err)
	}
}

func FuzzParseQR(f *testing.F) {
	v := readVectors(f).QRIS
	for _, s := range append([]string{v.Static, v.Dynamic, v.Tampered, code(nil), "63046304"}, append(v.Valid, v.InvalidCRC...)...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQR(s)
		if err != nil {
			return
		}
		again, err := ParseQR(q.Content)
		if err != nil || again != q || q.Amount < 0 || q.NMID == "" || q.Merchant == "" {
			t.Fatalf("%+v, then %+v (%v)", q, again, err)
		}
		// One bit changed is always found: that is what the checksum is for.
		for i := range s {
			spoilt := []byte(s)
			spoilt[i] ^= 1
			if _, err := ParseQR(string(spoilt)); err == nil {
				t.Fatalf("took %q for %q", spoilt, s)
			}
		}
	})
}
