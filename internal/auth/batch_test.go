package auth_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/auth"
	"jaring/internal/jaring"
)

func sampleBatch() auth.Batch {
	return auth.Batch{
		Device: "0193a0de-0000-7000-8000-000000000001", AppVersion: "1.2.0", PackVersion: "2026-11",
		Now: "2026-11-21T02:41:00Z", LastSync: "2026-11-20T09:00:00Z",
		Operations: [][]byte{[]byte(`{"id":"a","seq":1}`), []byte(`{"id":"b","seq":2}`), []byte(`{"id":"c","seq":3}`)},
	}
}

func TestSignedTextIsAsTheWireSays(t *testing.T) {
	b := sampleBatch()
	sum := func(op []byte) string { h := sha256.Sum256(op); return hex.EncodeToString(h[:]) }
	want := "jaring-sync-1\n0193a0de-0000-7000-8000-000000000001\n1.2.0\n2026-11\n2026-11-21T02:41:00Z\n2026-11-20T09:00:00Z\n" +
		sum(b.Operations[0]) + "\n" + sum(b.Operations[1]) + "\n" + sum(b.Operations[2]) + "\n"
	if got := string(auth.SignedText(b)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	first := auth.Batch{Operations: [][]byte{[]byte("abc")}}
	// SHA-256 of "abc" by FIPS 180-2, appendix B.1.
	if got := string(auth.SignedText(first)); got != "jaring-sync-1\n\n\n\n\n\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n" {
		t.Errorf("got %q", got)
	}
}

func TestVerifyBatch(t *testing.T) {
	p := newPhone(t)
	signature := p.sign(t, sampleBatch())
	raw, _ := base64.StdEncoding.DecodeString(signature)
	as := func(f func(raw []byte) []byte) string { return base64.StdEncoding.EncodeToString(f(bytes.Clone(raw))) }
	for _, c := range []struct {
		name, signature, key string
		change               func(b *auth.Batch)
	}{
		{"as signed", signature, "", nil},
		{"none", "", "sync.signature_missing", nil},
		{"by another phone", newPhone(t).sign(t, sampleBatch()), "sync.signature_wrong", nil},
		{"not base64", "§" + signature[1:], "sync.signature_wrong", nil},
		{"a line break behind", signature + "\n", "sync.signature_wrong", nil},
		{"a line break inside", signature[:40] + "\r\n" + signature[40:], "sync.signature_wrong", nil},
		{"base64 for URLs", "-_" + signature[2:], "sync.signature_wrong", nil},
		{"without padding", strings.TrimRight(signature, "="), "sync.signature_wrong", nil},
		{"too short", as(func(r []byte) []byte { return r[:63] }), "sync.signature_wrong", nil},
		{"too long", as(func(r []byte) []byte { return append(r, 0) }), "sync.signature_wrong", nil},
		{"zeros", as(func(r []byte) []byte { return make([]byte, 64) }), "sync.signature_wrong", nil},
		{"r and s swapped", as(func(r []byte) []byte { return append(r[32:], r[:32]...) }), "sync.signature_wrong", nil},
		{"one bit", as(func(r []byte) []byte { r[40] ^= 1; return r }), "sync.signature_wrong", nil},
		{"another device", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Device = "0193a0de-0000-7000-8000-000000000002" }},
		{"another app version", signature, "sync.signature_wrong", func(b *auth.Batch) { b.AppVersion = "1.2.1" }},
		{"another pack", signature, "sync.signature_wrong", func(b *auth.Batch) { b.PackVersion = "" }},
		{"another clock", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Now = "2026-11-22T02:41:00Z" }},
		{"no last sync", signature, "sync.signature_wrong", func(b *auth.Batch) { b.LastSync = "" }},
		{"an operation changed", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Operations[1] = []byte(`{"id":"b","seq":9}`) }},
		{"a blank added", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Operations[1] = []byte(`{"id":"b", "seq":2}`) }},
		{"reordered", signature, "sync.signature_wrong", func(b *auth.Batch) { slices.Reverse(b.Operations) }},
		{"one left out", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Operations = b.Operations[:2] }},
		{"one twice", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Operations = append(b.Operations, b.Operations[2]) }},
		{"empty", signature, "sync.signature_wrong", func(b *auth.Batch) { b.Operations = nil }},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := sampleBatch()
			if c.change != nil {
				c.change(&b)
			}
			err := auth.VerifyBatch(&p.key.PublicKey, b, c.signature)
			if jaring.KeyOf(err) != c.key || c.key != "" && jaring.CodeOf(err) != jaring.Unauthenticated {
				t.Errorf("got %v, want %q", err, c.key)
			}
		})
	}
}

func TestLineBreaksInTheHeadAreNeverSigned(t *testing.T) {
	p := newPhone(t)
	// Two heads of one text: the break moves from one field to the next.
	a, b := sampleBatch(), sampleBatch()
	a.AppVersion, a.PackVersion = "1\n2", "3"
	b.AppVersion, b.PackVersion = "1", "2\n3"
	if !bytes.Equal(auth.SignedText(a), auth.SignedText(b)) {
		t.Fatal("the texts differ; the guard is not needed")
	}
	for _, batch := range []auth.Batch{a, b} {
		if err := auth.VerifyBatch(&p.key.PublicKey, batch, p.sign(t, batch)); jaring.KeyOf(err) != "sync.signature_wrong" {
			t.Errorf("got %v", err)
		}
	}
}

func TestNoTwoBatchesShareAText(t *testing.T) {
	// Few letters, so that fields often look alike; hashes as fields, so that a head
	// may try to pass for an operation.
	field := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("a1 \r\t")), 0, 2, -1), rapid.StringMatching(`[0-9a-f]{64}`))
	operation := rapid.SliceOfN(rapid.SampledFrom([]byte("ab\n")), 0, 2)
	batch := rapid.Custom(func(t *rapid.T) auth.Batch {
		return auth.Batch{Device: jaring.DeviceID(field.Draw(t, "device")), AppVersion: field.Draw(t, "app"), PackVersion: field.Draw(t, "pack"),
			Now: field.Draw(t, "now"), LastSync: field.Draw(t, "last"), Operations: rapid.SliceOfN(operation, 0, 3).Draw(t, "operations")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a := batch.Draw(t, "a")
		b := batch.Draw(t, "b")
		if rapid.Bool().Draw(t, "near") { // a neighbour: one thing differs, or nothing
			b = a
			switch rapid.IntRange(0, 3).Draw(t, "where") {
			case 0:
				b.LastSync = field.Draw(t, "other")
			case 1:
				b.AppVersion, b.PackVersion = a.PackVersion, a.AppVersion
			case 2:
				b.Operations = append(slices.Clone(a.Operations), operation.Draw(t, "more"))
			case 3:
				b.Operations = slices.Clone(a.Operations)
				slices.Reverse(b.Operations)
			}
		}
		equal := reflect.DeepEqual(a, b)
		if same := bytes.Equal(auth.SignedText(a), auth.SignedText(b)); same != equal {
			t.Fatalf("same text %v, same batch %v:\n%+v\n%+v", same, equal, a, b)
		}
	})
}

func FuzzVerifyBatch(f *testing.F) {
	p := newPhone(f)
	b := sampleBatch()
	good := p.sign(f, b)
	f.Add(good, "1.2.0", []byte(`{}`))
	f.Add("", "\n", []byte(nil))
	f.Add(strings.Repeat("A", 86)+"==", "1", []byte("x"))
	f.Fuzz(func(t *testing.T, signature, app string, op []byte) {
		b := sampleBatch()
		b.AppVersion, b.Operations = app, append(b.Operations, op)
		if err := auth.VerifyBatch(&p.key.PublicKey, b, signature); jaring.CodeOf(err) != jaring.Unauthenticated {
			t.Errorf("a batch that nobody signed: %v", err)
		}
	})
}

func FuzzParseKey(f *testing.F) {
	f.Add(newPhone(f).spki)
	f.Add([]byte(nil))
	f.Add([]byte{0x30, 0x80, 0, 0})
	f.Fuzz(func(t *testing.T, spki []byte) {
		key, err := auth.ParseKey(spki)
		if err != nil {
			if jaring.KeyOf(err) != "device.key_malformed" {
				t.Errorf("got %v", err)
			}
			return
		}
		if again, err := x509.MarshalPKIXPublicKey(key); err != nil || !bytes.Equal(again, spki) {
			t.Errorf("a key has two forms: %x", spki)
		}
	})
}

func BenchmarkVerifyBatchOf100(b *testing.B) {
	p := newPhone(b)
	batch := sampleBatch()
	batch.Operations = slices.Repeat([][]byte{bytes.Repeat([]byte("x"), 800)}, 100)
	signature := p.sign(b, batch)
	for b.Loop() {
		if err := auth.VerifyBatch(&p.key.PublicKey, batch, signature); err != nil {
			b.Fatal(err)
		}
	}
}
