package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func built() *screens {
	return newScreens(fstest.MapFS{
		"index.html":               {Data: []byte("<!doctype html><script>boot()</script>")},
		"_app/immutable/a.1.js":    {Data: []byte("plain")},
		"_app/immutable/a.1.js.br": {Data: []byte("packed")},
		"mark.svg":                 {Data: []byte("<svg/>")},
	})
}

func ask(t *testing.T, h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestEveryAddressAnswersWithThePage(t *testing.T) {
	for _, path := range []string{"/", "/home", "/workers/0192", "/../../etc/passwd", "/workers/a.b"} {
		w := ask(t, built(), "GET", path)
		if w.Code != 200 || !strings.Contains(w.Body.String(), "boot()") {
			t.Errorf("%s: %d %q", path, w.Code, w.Body)
		}
		if got := w.Header().Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: the page is cached: %q", path, got)
		}
	}
}

func TestHashedFilesAreKeptForEverAndSentPacked(t *testing.T) {
	w := ask(t, built(), "GET", "/_app/immutable/a.1.js", "Accept-Encoding", "gzip, br")
	if w.Body.String() != "packed" || w.Header().Get("Content-Encoding") != "br" {
		t.Errorf("not packed: %q %v", w.Body, w.Header())
	}
	if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Error("not immutable")
	}
	if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/javascript") {
		t.Errorf("type %q", got)
	}
	for _, refused := range []string{"", "identity", "br;q=0", "br; q=0.0"} {
		if w := ask(t, built(), "GET", "/_app/immutable/a.1.js", "Accept-Encoding", refused); w.Body.String() != "plain" {
			t.Errorf("Accept-Encoding %q got %q", refused, w.Body)
		}
	}
}

func TestAFileOfAnOlderVersionIsGone(t *testing.T) {
	if w := ask(t, built(), "GET", "/_app/immutable/old.9.js"); w.Code != 404 {
		t.Errorf("status %d", w.Code)
	}
}

func TestThePolicyNamesTheScriptOfThePage(t *testing.T) {
	policy := ask(t, built(), "GET", "/").Header().Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self' 'sha256-") || strings.Contains(policy, "unsafe-inline") {
		t.Errorf("policy %q", policy)
	}
	for name, want := range map[string]string{"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
		if got := ask(t, built(), "GET", "/mark.svg").Header().Get(name); got != want {
			t.Errorf("%s = %q", name, got)
		}
	}
}

func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	tag := ask(t, built(), "GET", "/").Header().Get("ETag")
	if w := ask(t, built(), "GET", "/home", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("status %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestOnlyReading(t *testing.T) {
	if w := ask(t, built(), "POST", "/"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("status %d", w.Code)
	}
	if w := ask(t, built(), "HEAD", "/"); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d, %d bytes", w.Code, w.Body.Len())
	}
}

func TestHandlerWorksBuiltOrNot(t *testing.T) {
	w := ask(t, Handler(), "GET", "/")
	if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("status %d, type %q", w.Code, w.Header().Get("Content-Type"))
	}
	if !Built() && !strings.Contains(w.Body.String(), "make web") {
		t.Error("an unbuilt binary does not say how to build the screens")
	}
}
