// Package web carries Jaring's screens inside the binary and serves them.
//
// The screens are a static single page: `npm run build` writes it to
// embedded/site, which is not committed. A fresh clone has only
// embedded/unbuilt.html there, so `go build` works before npm ever ran, and the
// binary then says on every page how to build the screens. `make web` does it;
// the next `go build` carries them.
//
// Every address that is no file answers with the page itself, and the page's own
// router does the rest. Files below _app/immutable have their content's hash in
// the name and may be kept for ever; all else is asked for again each time.
package web

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
)

//go:embed all:embedded
var embedded embed.FS

const (
	site      = "embedded/site"
	page      = "index.html"
	immutable = "/_app/immutable/"

	// announcerStyle is the hash of the one inline style that the page's router
	// sets, on the element that tells screen readers of a new page.
	announcerStyle = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"
)

// types are given here and not taken from the machine, whose table may be empty.
var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// Handler serves the screens. It answers GET and HEAD for every path and is meant
// to stand behind the API's own routes.
func Handler() http.Handler {
	files, err := fs.Sub(embedded, site)
	if err == nil {
		if _, err = fs.Stat(files, page); err == nil {
			return newScreens(files)
		}
	}
	unbuilt, _ := embedded.ReadFile("embedded/unbuilt.html")
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		secure(w.Header(), "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("Content-Type", types[".html"])
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(unbuilt)
	})
}

// Built reports whether this binary carries the screens.
func Built() bool {
	_, err := fs.Stat(embedded, site+"/"+page)
	return err == nil
}

type screens struct {
	files  fs.FS
	policy string
	tags   map[string]string // path → ETag of what is not immutable
}

func newScreens(files fs.FS) *screens {
	s := &screens{files: files, tags: map[string]string{}}
	index, _ := fs.ReadFile(files, page)
	s.policy = policyFor(index)
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix("/"+name, immutable) {
			return err
		}
		body, err := fs.ReadFile(files, name)
		sum := sha256.Sum256(body)
		s.tags[name] = `"` + hex.EncodeToString(sum[:8]) + `"`
		return err
	})
	return s
}

// policyFor allows nothing but our own files, and of inline scripts only those
// that stand in the page as it was built, each by its hash.
func policyFor(index []byte) string {
	scripts := "'self'"
	for _, found := range inlineScript.FindAllSubmatch(index, -1) {
		sum := sha256.Sum256(found[1])
		scripts += " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return strings.Join([]string{
		"default-src 'none'", "script-src " + scripts, "style-src 'self' 'unsafe-hashes' " + announcerStyle,
		"img-src 'self' data:", "media-src 'self'", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
		"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
	}, "; ")
}

func secure(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
}

func (s *screens) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	secure(w.Header(), s.policy)
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" {
		name = page
	}
	if !isFile(s.files, name) {
		if path.Ext(name) != "" && strings.HasPrefix("/"+name, "/_app/") {
			// A chunk of an older version is gone: the page must not be taken for it.
			http.NotFound(w, r)
			return
		}
		name = page
	}
	s.serve(w, r, name)
}

func (s *screens) serve(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	if kind, known := types[path.Ext(name)]; known {
		h.Set("Content-Type", kind)
	} else {
		h.Set("Content-Type", "application/octet-stream")
	}
	if strings.HasPrefix("/"+name, immutable) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", s.tags[name])
		if match := r.Header.Get("If-None-Match"); match != "" && match == s.tags[name] {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Vary", "Accept-Encoding")
	body, err := s.packed(h, r, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body)
}

// packed is the file, compressed when the build left a compressed twin that the
// caller takes.
func (s *screens) packed(h http.Header, r *http.Request, name string) ([]byte, error) {
	taken := r.Header.Get("Accept-Encoding")
	for _, twin := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(taken, twin.coding) {
			continue
		}
		body, err := fs.ReadFile(s.files, name+twin.suffix)
		if err == nil {
			h.Set("Content-Encoding", twin.coding)
			return body, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return fs.ReadFile(s.files, name)
}

// accepts reads an Accept-Encoding header: coding is named and not refused by q=0.
func accepts(header, coding string) bool {
	for _, part := range strings.Split(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q := strings.TrimPrefix(strings.ReplaceAll(quality, " ", ""), "q=")
			return strings.Trim(q, "0.") != "" || q == ""
		}
	}
	return false
}

func isFile(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && !info.IsDir()
}
