package jaring_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

func TestReceiptCode(t *testing.T) {
	code, err := jaring.ParseReceiptCode(" 7kq2-m4xn p9trw")
	if err != nil || code != "7KQ2M4XNP9TRW" || code.Text() != "7KQ2-M4XN-P9TRW" || code.End() != "TRW" {
		t.Errorf("%q %v", code, err)
	}
	for _, bad := range []string{"", "7KQ2M4XNP9TR", "7KQ2M4XNP9TRWW", "7KQ2M4XNP9TR0", "7KQ2M4XNP9TRI", "7KQ2M4XNP9TRÄ"} {
		if _, err := jaring.ParseReceiptCode(bad); jaring.KeyOf(err) != "receipt.code_malformed" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// A code that was made is read back however it is written down, and holds all the bits.
func TestReceiptCode_IsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SliceOfN(rapid.ByteMax(31), jaring.ReceiptLength, jaring.ReceiptLength).Draw(t, "bits")
		code := jaring.NewReceiptCode([jaring.ReceiptLength]byte(bits))
		again, err := jaring.ParseReceiptCode(strings.ToLower(code.Text()))
		if err != nil || again != code {
			t.Fatalf("%q, read %q: %v", code, again, err)
		}
		for i, b := range bits {
			if jaring.ReceiptLetters[b] != code[i] {
				t.Fatalf("bit %d is lost", i)
			}
		}
	})
}

func TestReceipt_SignedText(t *testing.T) {
	r := jaring.Receipt{Device: "d", Counter: 7, Code: "7KQ2M4XNP9TRW", Amount: 16_800, Months: 1, TakenAt: "2026-11-21T02:30:00.000Z", About: "w"}
	if got := string(r.SignedText()); got != "jaring-receipt-1\nd\n7\n7KQ2M4XNP9TRW\n16800\n1\n2026-11-21T02:30:00.000Z\nw\n" {
		t.Errorf("%q", got)
	}
}

func TestCashSettings_Check(t *testing.T) {
	if err := jaring.DefaultCashSettings().Check(); err != nil {
		t.Error(err)
	}
	for _, s := range []jaring.CashSettings{{}, {Limit: -1, Days: 1, BranchDay: 3}, {Limit: 1, Days: 0, BranchDay: 3}, {Limit: 1, Days: 4, BranchDay: 3}} {
		if jaring.KeyOf(s.Check()) != "cash.settings" {
			t.Errorf("%+v: taken", s)
		}
	}
}

func TestCashSettings_MayTake(t *testing.T) {
	s := jaring.DefaultCashSettings()
	for _, c := range []struct {
		open    jaring.Rupiah
		blocked string
		want    string
	}{{0, "", ""}, {499_999, "", ""}, {500_000, "", "cash.over_limit"}, {0, "hilang kabar", "cash.blocked"}} {
		if got := jaring.KeyOf(s.MayTake(c.open, c.blocked)); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.open, c.blocked, got, c.want)
		}
	}
}
