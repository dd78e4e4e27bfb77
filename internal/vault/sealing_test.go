package vault

import (
	"bytes"
	"crypto/ecdh"
	"crypto/x509"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"jaring/internal/jaring"
)

var update = flag.Bool("update", false, "write the vectors that the phone's own sealing is tried with")

const sealedOp = jaring.OperationID("0193a0de-0000-7000-8000-00000000000a")

func sealingRing(t testing.TB) *Ring {
	t.Helper()
	r, err := NewRing("uji")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func sealFor(t testing.TB, r *Ring, text []byte) Sealed {
	t.Helper()
	key, err := r.SealingKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := SealFor(key.Public(), key.ID, sealedOp, text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealing_OnlyTheOfficeOpensAndOnlyForThatOperation(t *testing.T) {
	r := sealingRing(t)
	for _, text := range [][]byte{nil, []byte(`{"nik":"1571025405849017"}`), bytes.Repeat([]byte("x"), 300_000)} {
		s := sealFor(t, r, text)
		if len(text) > 0 && bytes.Contains(s.Text, text) {
			t.Error("the text stands in what is sealed")
		}
		if back, err := r.OpenSealed(s, sealedOp); err != nil || !bytes.Equal(back, text) {
			t.Errorf("%d bytes: %v", len(text), err)
		}
		wantSealError(t, r, s, "0193a0de-0000-7000-8000-00000000000b", "seal.damaged")
		wantSealError(t, sealingRing(t), s, sealedOp, "seal.key_unknown")
		if again := sealFor(t, r, text); bytes.Equal(again.Point, s.Point) || bytes.Equal(again.IV, s.IV) {
			t.Error("two texts share a key pair")
		}
	}
}

func wantSealError(t *testing.T, r *Ring, s Sealed, operation jaring.OperationID, key string) {
	t.Helper()
	if _, err := r.OpenSealed(s, operation); jaring.KeyOf(err) != key || jaring.CodeOf(err) != jaring.Invalid {
		t.Errorf("%v, want %s", err, key)
	}
}

func TestSealing_DamagedIsNotOpened(t *testing.T) {
	r := sealingRing(t)
	good := sealFor(t, r, []byte(`{"name":"Siti"}`))
	parts := map[string]func(*Sealed) *[]byte{"point": func(s *Sealed) *[]byte { return &s.Point }, "iv": func(s *Sealed) *[]byte { return &s.IV },
		"text": func(s *Sealed) *[]byte { return &s.Text }}
	for name, part := range parts {
		whole := *part(&good)
		for i := range whole {
			bad := good
			*part(&bad) = bytes.Clone(whole)
			(*part(&bad))[i] ^= 1
			wantSealError(t, r, bad, sealedOp, "seal.damaged")
		}
		for _, other := range [][]byte{nil, whole[:len(whole)-1], append(bytes.Clone(whole), 0), make([]byte, len(whole))} {
			bad := good
			*part(&bad) = other
			wantSealError(t, r, bad, sealedOp, "seal.damaged")
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// A key file from before there was sealing has a sealing key all the same, always the same.
func TestSealing_AnOldKeyFileHasAKey(t *testing.T) {
	r := sealingRing(t)
	var file bytes.Buffer
	if err := r.Write(&file); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file.Bytes(), []byte("sealing")) {
		t.Error("a key set that was never changed has a sealing key of its own")
	}
	same, err := Parse(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if text, err := same.OpenSealed(sealFor(t, r, []byte("{}")), sealedOp); err != nil || string(text) != "{}" {
		t.Errorf("%s, %v", text, err)
	}
}

// Phones keep records for longer than a change of keys takes, however often it happens.
func TestSealing_OldKeysStayReadable(t *testing.T) {
	r := sealingRing(t)
	kept := []Sealed{sealFor(t, r, []byte("0"))}
	for n := range 3 {
		before, _ := r.SealingKey()
		if err := r.Rotate("lagi"); err != nil {
			t.Fatal(err)
		}
		r.UseOlderSealing()
		if older, err := r.SealingKey(); err != nil || older.ID != before.ID || !bytes.Equal(older.Public(), before.Public()) {
			t.Errorf("while some server lacks the new key: %v, want %s, %v", older, before.ID, err)
		}
		var file bytes.Buffer
		if err := r.Write(&file); err != nil {
			t.Fatal(err)
		}
		var err error
		if r, err = Parse(file.Bytes()); err != nil {
			t.Fatal(err)
		}
		if now, err := r.SealingKey(); err != nil || now.ID == before.ID {
			t.Errorf("after change %d phones are told %v, %v", n, now, err)
		}
		kept = append(kept, sealFor(t, r, []byte{'1' + byte(n)}))
		r.Retire()
	}
	for n, s := range kept {
		if text, err := r.OpenSealed(s, sealedOp); err != nil || string(text) != string(rune('0'+n)) {
			t.Errorf("sealed under key %d: %q, %v", n, text, err)
		}
	}
}

// vectorFile holds what this room sealed with keys that are known: the phone's own sealing
// must come to the same.
type vectorFile struct {
	KeyID      string   `json:"key_id"`
	PublicKey  []byte   `json:"public_key"`  // raw point
	PrivateKey []byte   `json:"private_key"` // PKCS #8
	Cases      []vector `json:"cases"`
}

type vector struct {
	Operation jaring.OperationID `json:"operation_id"`
	Own       []byte             `json:"own_key"` // PKCS #8 of the key pair that a phone throws away
	Body      string             `json:"body"`
	Sealed    struct {
		KeyID string `json:"k"`
		Point []byte `json:"e"`
		IV    []byte `json:"i"`
		Text  []byte `json:"d"`
	} `json:"sealed"`
}

func TestSealing_Vectors(t *testing.T) {
	r := &Ring{Signing: Key{ID: "signing-uji", Secret: bytes.Repeat([]byte{7}, keySize)}}
	key, err := r.SealingKey()
	if err != nil {
		t.Fatal(err)
	}
	file := vectorFile{KeyID: key.ID, PublicKey: key.Public(), PrivateKey: pkcs8(t, key.private)}
	for i, body := range []string{"", "{}", `{"nik":"1571025405849017","name":"Siti Aminah","months":3}`, `{"name":"Nurhayati – “Yati”","address":"Lr. Damai №4"}`} {
		own, err := pointKey([]byte{byte(i)}, "uji")
		if err != nil {
			t.Fatal(err)
		}
		v := vector{Operation: "0193a0de-0000-7000-8000-00000000000" + jaring.OperationID("1234"[i]), Own: pkcs8(t, own), Body: body}
		s, err := sealWith(own, bytes.Repeat([]byte{byte(i)}, ivSize), key.Public(), key.ID, v.Operation, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		v.Sealed.KeyID, v.Sealed.Point, v.Sealed.IV, v.Sealed.Text = s.KeyID, s.Point, s.IV, s.Text
		file.Cases = append(file.Cases, v)
		if text, err := r.OpenSealed(s, v.Operation); err != nil || string(text) != body {
			t.Errorf("%q, %v", text, err)
		}
	}
	text, _ := json.MarshalIndent(file, "", "  ")
	path := filepath.Join("..", "..", "web", "src", "lib", "offline", "testdata", "seal.json")
	if *update {
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(path); err != nil || !bytes.Equal(bytes.TrimSpace(have), text) {
		t.Errorf("the vectors are others than sealed now; phones could not send: %v", err)
	}
}

func pkcs8(t *testing.T, key *ecdh.PrivateKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// Whatever comes as sealed opens or is refused by rule, and does not open under another id.
func FuzzOpenSealed(f *testing.F) {
	r := &Ring{Signing: Key{ID: "s", Secret: bytes.Repeat([]byte{1}, keySize)}}
	good := sealFor(f, r, []byte("{}"))
	f.Add(good.KeyID, good.Point, good.IV, good.Text, string(sealedOp))
	f.Add(good.KeyID, good.Point[1:], good.IV, []byte{}, "")
	f.Add("", append([]byte{4}, make([]byte, 64)...), good.IV, good.Text, "x")
	f.Fuzz(func(t *testing.T, id string, point, iv, text []byte, operation string) {
		opened, err := r.OpenSealed(Sealed{id, point, iv, text}, jaring.OperationID(operation))
		if err != nil && jaring.CodeOf(err) != jaring.Invalid {
			t.Errorf("broke: %v", err)
		}
		if err == nil && operation == string(sealedOp) && bytes.Equal(point, good.Point) && string(opened) != "{}" {
			t.Errorf("forged: %q", opened)
		}
	})
}

func BenchmarkOpenSealed(b *testing.B) {
	r := sealingRing(b)
	s := sealFor(b, r, bytes.Repeat([]byte("x"), 600))
	for b.Loop() {
		if _, err := r.OpenSealed(s, sealedOp); err != nil {
			b.Fatal(err)
		}
	}
}
