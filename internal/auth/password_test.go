package auth_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jaring/internal/auth"
	"jaring/internal/jaring"
)

// The vectors of the reference implementation (phc-winner-argon2, src/test.c).
func TestArgon2idVectors(t *testing.T) {
	for hash, password := range map[string]string{
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc": "password",
		"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4":   "password",
	} {
		if ok, err := auth.HashMatches(hash, password); !ok || err != nil {
			t.Errorf("%s: %v, %v", hash, ok, err)
		}
		if ok, err := auth.HashMatches(hash, password+"."); ok || err != nil {
			t.Errorf("%s with another password: %v, %v", hash, ok, err)
		}
	}
}

func TestHashesAreSaltedAndComposedLettersAreOne(t *testing.T) {
	a, b := auth.NewHash(cheap, "Café Kopi Tubruk"), auth.NewHash(cheap, "Café Kopi Tubruk")
	if a == b {
		t.Error("two hashes of one password are the same")
	}
	if ok, err := auth.HashMatches(a, "Cafe\u0301 Kopi Tubruk"); !ok || err != nil {
		t.Errorf("the same letters composed otherwise: %v, %v", ok, err)
	}
	if ok, _ := auth.HashMatches(a, "café kopi tubruk"); ok {
		t.Error("case is not looked at")
	}
}

func TestMalformedHashes(t *testing.T) {
	for _, text := range []string{
		"", "x", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=256,t=2,p=1$$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
	} {
		if ok, err := auth.HashMatches(text, "password"); ok || err == nil {
			t.Errorf("%s: %v, %v", text, ok, err)
		}
	}
}

func FuzzParseHash(f *testing.F) {
	f.Add(auth.NewHash(cheap, "password"))
	f.Add("$argon2id$v=19$m=+8,t=1,p=1$c29tZXNhbHQ$AAAA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, text string) {
		if again, err := auth.HashText(text); err == nil && again != text {
			t.Errorf("%q was read as %q", text, again)
		}
	})
}

func TestCheckPassword(t *testing.T) {
	for _, c := range []struct{ login, password, key string }{
		{"siti", "ikan lele goreng", ""},
		{"siti", "aaaaaaaaab", ""}, // no rules on composition
		{"siti", "漢字漢字漢字漢字漢字", ""},
		{"siti", "", "password.too_short"},
		{"siti", "123456789", "password.too_short"},
		{"siti", "漢字漢字漢字", "password.too_short"}, // 18 bytes, 6 characters
		{"siti", strings.Repeat("x", 256), ""},
		{"siti", strings.Repeat("x", 257), "password.too_long"},
		{"siti.aminah", "Siti.Aminah", "password.is_login"},
		{"siti.aminah", "siti.aminah2", ""},
		{"siti", "1234567890", "password.usual"},
		{"siti", "Bismillah123", "password.usual"},
		{"siti", "ｐａｓｓｗｏｒｄ１２３", "password.usual"}, // full-width letters are the same letters
	} {
		if err := auth.CheckPassword(c.login, c.password); jaring.KeyOf(err) != c.key {
			t.Errorf("%s, %q: got %v, want %q", c.login, c.password, err, c.key)
		}
	}
}

func TestUsualPasswords(t *testing.T) {
	if n := len(auth.UsualPasswords()); n != 100 {
		t.Errorf("%d usual passwords, want 100", n)
	}
	for p := range auth.UsualPasswords() {
		if err := auth.CheckPassword("siti", p); jaring.KeyOf(err) != "password.usual" {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestOneTimePasswordsPass(t *testing.T) {
	form := regexp.MustCompile(`^[a-hjkmnp-z1-9]{4}(-[a-hjkmnp-z1-9]{4}){3}$`)
	seen := map[string]bool{}
	for range 1000 {
		p := auth.OneTimePassword()
		if seen[p] || !form.MatchString(p) || auth.CheckPassword("siti", p) != nil {
			t.Fatalf("one-time password %q", p)
		}
		seen[p] = true
	}
}

func TestHasherIsBounded(t *testing.T) {
	const slots, most = 2, 2 * auth.WaitersPerSlot
	h := auth.NewHasher(cheap, slots)
	var running, first, turned atomic.Int64
	hold := make(chan struct{})
	var entered, all sync.WaitGroup
	entered.Add(slots + 50)
	for range most + 50 {
		all.Go(func() {
			if err := h.Enter(t.Context()); err != nil {
				if jaring.KeyOf(err) != "error.unavailable" {
					t.Errorf("got %v", err)
				}
				turned.Add(1)
				entered.Done()
				return
			}
			if n := running.Add(1); n > slots {
				t.Errorf("%d hashes at once", n)
			}
			if first.Add(1) <= slots {
				entered.Done()
			}
			<-hold
			running.Add(-1)
			h.Leave()
		})
	}
	entered.Wait() // the slots are taken, the queue is full, and 50 were turned away
	if turned.Load() != 50 || running.Load() != slots {
		t.Errorf("%d turned away, %d run; want 50 and %d", turned.Load(), running.Load(), slots)
	}
	go func() {
		for range most {
			hold <- struct{}{}
		}
	}()
	all.Wait()
}

func TestHasherLetsGoWhoGoesAway(t *testing.T) {
	h := auth.NewHasher(cheap, 1)
	if err := h.Enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 3 * auth.WaitersPerSlot { // nobody stays in the queue behind
		if _, _, err := h.Verify(gone, "", "x"); jaring.KeyOf(err) != "error.unavailable" {
			t.Fatal(err)
		}
	}
	h.Leave()
	if _, _, err := h.Verify(t.Context(), "", "x"); err != nil {
		t.Error(err)
	}
}

func TestLimiterIsBounded(t *testing.T) {
	l := auth.NewLimiter(time.Minute, 2, 100)
	now := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	for i := range 1000 {
		if err := l.Take(fmt.Sprint(i), now); err != nil {
			t.Fatal(err)
		}
		if i%50 == 0 { // a key that is used stays
			_ = l.Take("busy", now)
		}
	}
	if n := l.Len(); n != 100 {
		t.Errorf("%d keys kept, want 100", n)
	}
	if err := l.Take("busy", now); jaring.KeyOf(err) != "error.rate_limited" {
		t.Errorf("a busy key was forgotten: %v", err)
	}
}

func TestAddressKey(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "192.0.2.1:80": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "[::1]:80": "::/64",
		"2001:db8::1": "2001:db8::/64", "2001:db8::ffff:0:0:1": "2001:db8::/64", "fe80::1%eth0": "fe80::/64",
		"": "unknown", "@": "unknown", "localhost:80": "unknown",
	} {
		if got := auth.AddressKey(remote); got != want {
			t.Errorf("%q: got %q, want %q", remote, got, want)
		}
	}
}

func TestMemory(t *testing.T) {
	now := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	m := auth.NewMemory(100)
	for i := range 1000 {
		m.Put(m.Begin(), fmt.Sprint(i), "v", now)
	}
	if n := m.Len(); n > 100 || n < 90 {
		t.Errorf("%d kept, want at most 100 and nearly as many", n)
	}
	m.Put(m.Begin(), "a", "v", now)
	if _, ok := m.Get("a", now.Add(30*time.Second)); ok {
		t.Error("remembered for 30 seconds")
	}
	if _, ok := m.Get("a", now.Add(29*time.Second)); !ok {
		t.Error("forgotten after 29 seconds")
	}
	before := m.Begin()
	m.Forget("a") // while somebody reads the store
	m.Put(before, "a", "stale", now)
	if v, ok := m.Get("a", now); ok {
		t.Errorf("what was read before forgetting is remembered after: %s", v)
	}
	before = m.Begin()
	m.ForgetIf(func(string) bool { return true })
	m.Put(before, "b", "stale", now)
	if m.Len() != 0 {
		t.Error("what was read before forgetting all is remembered after")
	}
}

func BenchmarkHashDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		auth.NewHash(auth.DefaultParameters, "ikan lele goreng")
	}
}
