package vault_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/vault"
)

func newRing(t *testing.T) *vault.Ring {
	t.Helper()
	r, err := vault.NewRing("uji")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func nik(t *testing.T, digits string) jaring.NIK {
	t.Helper()
	n, err := jaring.ParseNIK(digits)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const (
	one   = jaring.WorkerID("0193a0de-0000-7000-8000-000000000001")
	other = jaring.WorkerID("0193a0de-0000-7000-8000-000000000002")
)

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if jaring.KeyOf(err) != key {
		t.Errorf("%v, want %s", err, key)
	}
}

func TestSealAndOpen(t *testing.T) {
	r := newRing(t)
	for _, text := range [][]byte{nil, []byte("a"), []byte("1571025405849017"), bytes.Repeat([]byte("x"), 1<<20)} {
		sealed, id, err := r.Seal(text, "held:1")
		if err != nil {
			t.Fatal(err)
		}
		if len(text) >= 16 && bytes.Contains(sealed, text) { // a single letter may stand there by chance
			t.Error("the text stands in what is sealed")
		}
		back, err := r.Open(sealed, id, "held:1")
		if err != nil || !bytes.Equal(back, text) {
			t.Errorf("%d bytes: %v", len(text), err)
		}
		again, _, _ := r.Seal(text, "held:1")
		if bytes.Equal(sealed, again) {
			t.Error("the same text seals to the same")
		}
		_, err = r.Open(sealed, id, "held:2")
		wantKey(t, err, "keys.damaged")
		_, err = r.Open(sealed, "data-x", "held:1")
		wantKey(t, err, "keys.unknown")
		_, err = newRing(t).Open(sealed, id, "held:1")
		wantKey(t, err, "keys.unknown")
	}
}

func TestDamagedIsNotOpened(t *testing.T) {
	r := newRing(t)
	sealed, id, err := r.Seal([]byte("rahasia"), "p")
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		_, err := r.Open(bad, id, "p")
		wantKey(t, err, "keys.damaged")
	}
	for n := range sealed {
		_, err := r.Open(sealed[:n], id, "p")
		wantKey(t, err, "keys.damaged")
	}
}

func TestPersonKeys(t *testing.T) {
	r := newRing(t)
	key, wrapped, id, err := r.NewPerson(one)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal([]byte("Halimah"), "mother")
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.OpenPerson(one, wrapped, id)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := again.Open(sealed, "mother"); err != nil || string(text) != "Halimah" {
		t.Errorf("%q %v", text, err)
	}
	_, err = again.Open(sealed, "nik") // purposes do not mix
	wantKey(t, err, "keys.damaged")
	_, err = r.OpenPerson(other, wrapped, id) // nor do persons
	wantKey(t, err, "keys.damaged")
	_, err = r.OpenPerson(one, nil, id)
	wantKey(t, err, "worker.erased")
	second, _, _, err := r.NewPerson(other)
	if err != nil {
		t.Fatal(err)
	}
	_, err = second.Open(sealed, "mother")
	wantKey(t, err, "keys.damaged")
}

func TestRotateAndRetire(t *testing.T) {
	r := newRing(t)
	n := nik(t, "1571025405849017")
	key, wrapped, id, err := r.NewPerson(one)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal([]byte("Halimah"), "mother")
	if err != nil {
		t.Fatal(err)
	}
	oldHash, oldIndex := r.IndexHash(n)
	digest, letters := r.Digest256("worker.register", []byte("{}")), r.CheckLetters(n)
	if err := r.Rotate("baru"); err != nil {
		t.Fatal(err)
	}
	hash, index := r.IndexHash(n)
	if bytes.Equal(hash, oldHash) || index == oldIndex {
		t.Error("the index key is the old one")
	}
	if all := r.IndexHashes(n); len(all) != 2 || !bytes.Equal(all[0], hash) || !bytes.Equal(all[1], oldHash) {
		t.Errorf("%d hashes while two keys are readable", len(all))
	}
	if !bytes.Equal(digest, r.Digest256("worker.register", []byte("{}"))) || letters != r.CheckLetters(n) {
		t.Error("the digest key rotated: a repeated operation looks like another one")
	}
	fresh, freshID, err := r.Rewrap(one, wrapped, id)
	if err != nil || freshID == id {
		t.Fatalf("%s %v", freshID, err)
	}
	r.Retire()
	_, err = r.OpenPerson(one, wrapped, id)
	wantKey(t, err, "keys.unknown")
	again, err := r.OpenPerson(one, fresh, freshID)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := again.Open(sealed, "mother"); err != nil || string(text) != "Halimah" {
		t.Errorf("after the rotation: %q %v", text, err)
	}
	if len(r.IndexHashes(n)) != 1 {
		t.Error("the old index key is still readable")
	}
	_, _, err = r.Rewrap(other, fresh, freshID)
	wantKey(t, err, "keys.damaged")
}

func TestHashesAreKeyedAndForOnePurpose(t *testing.T) {
	r, s := newRing(t), newRing(t)
	n := nik(t, "1571025405849017")
	a, _ := r.IndexHash(n)
	b, _ := s.IndexHash(n)
	if bytes.Equal(a, b) || bytes.Equal(r.MotherHash("halimah"), s.MotherHash("halimah")) || bytes.Equal(r.Digest256("k", []byte("x")), s.Digest256("k", []byte("x"))) {
		t.Error("two installations hash alike")
	}
	if bytes.Equal(r.Digest256("a", []byte("bc")), r.Digest256("ab", []byte("c"))) || bytes.Equal(r.MotherHash("x"), r.Digest256("mother2", []byte("x"))[:16]) {
		t.Error("two purposes hash alike")
	}
	if r.MotherHash("") != nil || !bytes.Equal(r.MotherHash("halimah"), r.MotherHash("halimah")) {
		t.Error("a mother's name")
	}
	if other, _ := r.IndexHash(nik(t, "1571025405849018")); bytes.Equal(a, other) {
		t.Error("two NIK hash alike")
	}
	if letters := r.CheckLetters(n); len(letters) != 2 {
		t.Errorf("letters %q", letters)
	}
}

func TestSignatures(t *testing.T) {
	r := newRing(t)
	signature, id := r.Sign([]byte("akar"))
	if id != r.Signing.ID || !r.Verify([]byte("akar"), signature) {
		t.Error("one's own signature is not known")
	}
	if r.Verify([]byte("akas"), signature) || newRing(t).Verify([]byte("akar"), signature) || r.Verify([]byte("akar"), signature[1:]) || r.Verify([]byte("akar"), nil) {
		t.Error("a wrong signature passes")
	}
}

func TestKeyFile(t *testing.T) {
	r := newRing(t)
	r.Demo = true
	path := filepath.Join(t.TempDir(), "keys.json")
	for range 2 { // the second time over the first
		if err := r.Save(path); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	back, err := vault.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := asJSON(t, r), asJSON(t, back); a != b {
		t.Error("the file holds another ring")
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("%d files beside, %v", len(left), err)
	}
	if err := r.Save(filepath.Join(t.TempDir(), "no", "keys.json")); err == nil {
		t.Error("saved into a folder that is not")
	}
	t.Chdir(t.TempDir())
	if err := r.Save("keys.json"); err != nil {
		t.Errorf("in the folder one is in: %v", err)
	}
}

func asJSON(t *testing.T, r *vault.Ring) string {
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDamagedKeyFiles(t *testing.T) {
	_, err := vault.Load(filepath.Join(t.TempDir(), "none"))
	wantKey(t, err, "keys.unreadable")
	text := asJSON(t, newRing(t))
	for name, c := range map[string]struct{ text, key string }{
		"empty":        {"", "keys.unreadable"},
		"half":         {text[:len(text)/2], "keys.unreadable"},
		"no JSON":      {"kunci", "keys.unreadable"},
		"no ring":      {"{}", "keys.incomplete"},
		"no index":     {without(t, text, "index"), "keys.incomplete"},
		"no data":      {without(t, text, "data"), "keys.incomplete"},
		"no digest":    {without(t, text, "digest"), "keys.incomplete"},
		"no signing":   {without(t, text, "signing"), "keys.incomplete"},
		"no filter":    {without(t, text, "filter"), "keys.incomplete"},
		"a short key":  {strings.Replace(text, `"secret": "`, `"secret": "AAAA`, 1), "keys.incomplete"},
		"bad base64":   {strings.Replace(text, `"secret": "`, `"secret": "§`, 1), "keys.unreadable"},
		"a nameless":   {strings.Replace(text, `"id": "digest`, `"id": "", "was": "digest`, 1), "keys.incomplete"},
		"another kind": {`[]`, "keys.unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := vault.Parse([]byte(c.text))
			wantKey(t, err, c.key)
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells of keys: %v", err)
			}
		})
	}
}

func without(t *testing.T, text, part string) string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	delete(m, part)
	b, _ := json.Marshal(m)
	return string(b)
}

// FuzzParse: a key file that is taken can be used.
func FuzzParse(f *testing.F) {
	r, _ := vault.NewRing("uji")
	var b bytes.Buffer
	_ = r.Write(&b)
	f.Add(b.Bytes())
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := vault.Parse(text)
		if err != nil {
			return
		}
		sealed, id, err := r.Seal([]byte("x"), "p")
		if err != nil {
			t.Fatal(err)
		}
		if back, err := r.Open(sealed, id, "p"); err != nil || string(back) != "x" {
			t.Errorf("%q %v", back, err)
		}
	})
}
