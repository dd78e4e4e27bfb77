package payment

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

// Every response code that Jaring can give or understand, for a person to read.
func TestCodeTable(t *testing.T) {
	var b strings.Builder
	for _, s := range []Service{ServiceInquiry, ServicePayment, ServiceStatus, ServiceCreateVA, ServiceDeleteVA, ServiceMakeQR, ServiceQRNotice, ServiceToken} {
		fmt.Fprintf(&b, "%d %s %s\n", int(s), routes[s].method, routes[s].path)
	}
	for _, c := range Cases {
		code := c.Code(ServicePayment)
		fmt.Fprintf(&b, "%s %s / %s\n", code, c.Message, c.Indonesian)
		s, got, ok := ParseCode(code)
		if !ok || s != ServicePayment || got != c {
			t.Errorf("%s is read as %d %+v", code, s, got)
		}
	}
	golden(t, "codes", b.String())
	for _, bad := range []string{"", "200250", "20025000", "200x500"} {
		if _, _, ok := ParseCode(bad); ok {
			t.Errorf("took %q", bad)
		}
	}
	if s, c, ok := ParseCode("4042699"); !ok || s != ServiceStatus || c.Status != 404 || c.Number != 99 || c.Message != "" {
		t.Error(s, c, ok)
	}
}

// What a bank hears of each of our errors.
func TestErrorsAsCodes(t *testing.T) {
	for _, c := range []struct {
		err      error
		inquiry  string
		payment  string
		settling bool // kept as the answer
	}{
		{nil, "2002400", "2002500", false},
		{jaring.NewError(jaring.NotFound, "payment.code_unknown"), "4042412", "4042512", true},
		{jaring.NewError(jaring.NotFound, "payment.none"), "4042412", "4042512", true},
		{jaring.NewError(jaring.Conflict, "payment.settled"), "4042414", "4042514", true},
		{jaring.NewError(jaring.Conflict, "payment.code_expired"), "4042419", "4042519", true},
		{jaring.NewError(jaring.Invalid, "payment.amount_differs"), "4042413", "4042513", true},
		{jaring.NewError(jaring.Conflict, "payment.notice_conflict"), "4092400", "4092500", true},
		{jaring.NewError(jaring.NotFound, "worker.not_found"), "4042412", "4042512", true},
		{jaring.NewError(jaring.Invalid, "payment.before_registration"), "4042400", "4042500", true},
		{jaring.NewError(jaring.Unavailable, "error.unavailable"), "5002401", "5002501", false},
		{jaring.InternalError(errors.New("x")), "5002400", "5002500", false},
		{errors.New("x"), "5002400", "5002500", false},
	} {
		got := caseOf(c.err)
		if got.Code(ServiceInquiry) != c.inquiry || got.Code(ServicePayment) != c.payment || (refusalOf(c.err) != nil) != c.settling {
			t.Errorf("%v: %s %s", c.err, got.Code(ServiceInquiry), got.Code(ServicePayment))
		}
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]jaring.Rupiah{"16800.00": 16_800, "0.00": 0, "1.00": 1, "9000000000000000.00": 9_000_000_000_000_000} {
		got, err := ParseAmount(text)
		if err != nil || got != want || FormatAmount(got) != text {
			t.Errorf("%s: %d %v", text, got, err)
		}
	}
	for _, text := range []string{"", "16800", "16800.0", "16800.000", "16800.01", "-1.00", "+1.00", " 1.00", "1,000.00", "016800.00", "00.00", ".00", "1e3.00", "9000000000000001.00", "99999999999999999999.00", "١.00"} {
		_, err := ParseAmount(text)
		wantKey(t, err, jaring.Invalid, "payment.amount_malformed")
	}
}

func FuzzParseAmount(f *testing.F) {
	f.Add("16800.00")
	f.Add("-1.00")
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := ParseAmount(text); err == nil && (FormatAmount(r) != text || r < 0 || r > maxAmount) {
			t.Fatalf("%q is %d", text, r)
		}
	})
}

func TestVirtualAccounts(t *testing.T) {
	v, err := NewVA("88899", "12345678901234567890")
	if err != nil || v.ServiceID() != "   88899" || v.Number() != "   8889912345678901234567890" || v.String() != "8889912345678901234567890" || v.IsZero() {
		t.Error(v, err)
	}
	for _, bad := range [][2]string{{"", "1"}, {"123456789", "1"}, {"88 99", "1"}, {"88899", ""}, {"88899", "123456789012345678901"}, {"88899", "1a"}} {
		_, err := NewVA(bad[0], bad[1])
		wantKey(t, err, jaring.Invalid, "payment.code_malformed")
	}
	p, err := NewProfile("token", "88899")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.NewVA("00000000000001"); err != nil {
		t.Error(err)
	}
	_, err = p.NewVA("1")
	wantKey(t, err, jaring.Invalid, "payment.code_malformed")
}

func TestTimestamps(t *testing.T) {
	if got := Timestamp(start); got != "2026-11-21T10:30:00+07:00" {
		t.Error(got)
	}
	for text, ok := range map[string]bool{"2026-11-21T10:30:00+07:00": true, "2024-03-05T10:37:16.196Z": true, "2026-11-21T10:30:00": false,
		"2026-11-21 10:30:00+07:00": false, "2026-11-21T10:30:00.123456789012345678+07:00": false, "": false} {
		if _, err := parseTimestamp(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}
