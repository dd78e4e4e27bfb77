package httpapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/document/documenttest"
)

var update = flag.Bool("update", false, "write the answers of today into testdata")

// golden compares answers with those in testdata, a file each, and remembers which
// routes were asked.
type golden struct {
	*door
	write bool
	asked map[string]bool // "GET /workers/{id}"
}

func newGolden(d *door, write bool) *golden {
	return &golden{door: d, write: write, asked: map[string]bool{}}
}

// take asks, compares the answer with the file of that name and gives it. route is the
// address as the list of routes has it.
func (g *golden) take(name, route string, a ask) reply {
	g.t.Helper()
	if a.path == "" {
		a.path = route
	}
	if a.method == http.MethodPost && a.key == "" {
		a.key = "new"
	}
	g.asked[a.method+" "+route] = true
	answer := g.send(a)
	got := goldenText(g.t, answer)
	file := filepath.Join("testdata", name+".json")
	if g.write && *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			g.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		g.t.Errorf("%v; go test -update writes it", err)
		return answer
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		g.t.Errorf("%s: %s", name, diff)
	}
	return answer
}

// goldenText is an answer without what differs from run to run.
func goldenText(t testing.TB, a reply) []byte {
	t.Helper()
	var body any
	switch {
	case a.Header.Get("Content-Type") == "application/pdf":
		body = strings.Split(inDocument.ReplaceAllString(strings.Join(documenttest.Text(t, a.text), "\n"), "…"), "\n")
	case len(a.text) > 0:
		a.into(t, &body)
	}
	headers := map[string]string{}
	for _, name := range []string{"Content-Type", "Content-Disposition", "ETag", "Retry-After", "Cache-Control"} {
		if v := a.Header.Get(name); v != "" {
			headers[name] = v
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(map[string]any{"status": a.StatusCode, "headers": headers, "body": body}); err != nil {
		t.Fatal(err)
	}
	return steady(b.Bytes())
}

var (
	anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	// what is random, and what belongs to the tables of the law and changes with them
	anySecret = regexp.MustCompile(`("(?:one_time_password|demo_code|proof|check_letters|trace|next_cursor|registration_no|pack_version|source|badge|code_secret|public_key|hash|token|path|key_id|code_end)": |"version": )"[^"]*"`)
	// numbers of certificates and applications, the key and the text that prove them, badges
	anyNumber = regexp.MustCompile(`(SK|KD)-\d\d-[0-9A-Z]{4}-[0-9A-Z]{5}|certificate-[0-9a-f]{12}|JRC1\.[\w.-]+|(?:antre|nomor|ikut|stan|stands|tiket|bursa|meja|lamaran)/[2-9A-Z]{13}|antre\?k=[2-9A-Z]{13}|127\.0\.0\.1:\d+|/bantu/[\w-]{22}|/daftar/[\w-]{22}|<svg.*?</svg>|[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5}|K-[2-9A-Z]{4}-[2-9A-Z]{4}|tanda-terima-[2-9A-Z]{3}|…[2-9A-Z]{3}\b|\\"[\w-]{16}\\"`)
)

// inDocument is what a PDF says of that: a registration number, a version of the rules.
var inDocument = regexp.MustCompile(`REG [0-9A-Z-]+|id-[0-9a-f]{10}`)

// steady names ids by the order in which they appear and hides what is random.
func steady(text []byte) []byte {
	seen := map[string]string{}
	text = anyID.ReplaceAllFunc(text, func(id []byte) []byte {
		if _, ok := seen[string(id)]; !ok {
			seen[string(id)] = fmt.Sprintf("id-%d", len(seen)+1)
		}
		return []byte(seen[string(id)])
	})
	return anyNumber.ReplaceAll(anySecret.ReplaceAll(text, []byte(`$1"…"`)), []byte("$1…"))
}
