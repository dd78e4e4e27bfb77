package config

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// parse reads a command line as the binary would.
func parse(t *testing.T, args ...string) *Server {
	t.Helper()
	var s Server
	parser, err := kong.New(&s, kong.Name("serve"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	return &s
}

var named = Operator{Name: "Cabang Jambi", LegalBasis: "UU 27/2022 Ps. 20(2)e", Contact: "data@cabang.example"}

func TestDefaultsAreGoodAndLocal(t *testing.T) {
	s := parse(t)
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	if err := s.MayListen(s.Listen); err != nil {
		t.Error(err)
	}
	if s.Fund != "Badan Penyelenggara (contoh)" || s.Level() != slog.LevelInfo || s.Location().String() != "WIB" {
		t.Errorf("defaults: %+v", s)
	}
}

func TestFlagWinsOverVariable(t *testing.T) {
	t.Setenv("JARING_ZONE", "Asia/Jayapura")
	t.Setenv("JARING_OPERATOR_NAME", "Cabang Jayapura")
	if s := parse(t); s.Location().String() != "WIT" || s.Operator.Name != "Cabang Jayapura" {
		t.Errorf("variables are not read: %+v", s)
	}
	if s := parse(t, "--zone=Asia/Makassar"); s.Location().String() != "WITA" {
		t.Errorf("the flag lost: %s", s.Zone)
	}
}

func TestMayListen(t *testing.T) {
	for _, c := range []struct {
		addr string
		op   Operator
		want string
	}{
		{"127.0.0.1:8080", Operator{}, ""},
		{"127.9.9.9:1", Operator{}, ""},
		{"[::1]:8080", Operator{}, ""},
		{"[::ffff:127.0.0.1]:8080", Operator{}, ""},
		{"localhost:8080", Operator{}, ""},
		{":8080", Operator{}, "config.operator_missing"},
		{"0.0.0.0:8080", Operator{}, "config.operator_missing"},
		{"[::]:8080", Operator{}, "config.operator_missing"},
		{"10.0.0.5:80", Operator{Name: "A", LegalBasis: "B", Contact: " "}, "config.operator_missing"},
		{"localhost.example:80", Operator{}, "config.operator_missing"},
		{"127.0.0.1.example:80", Operator{}, "config.operator_missing"},
		{"0.0.0.0:8080", named, ""},
		{":8080", named, ""},
		{"8080", named, "config.listen"},
		{"", named, "config.listen"},
	} {
		s := &Server{Operator: c.op}
		if got := jaring.KeyOf(s.MayListen(c.addr)); got != c.want {
			t.Errorf("%q with %+v: got %q, want %q", c.addr, c.op, got, c.want)
		}
	}
}

func TestMayListenSaysWhatIsMissing(t *testing.T) {
	s := &Server{Operator: Operator{Name: "Cabang Jambi"}}
	var e *jaring.Error
	if !errors.As(s.MayListen(":80"), &e) {
		t.Fatal("it may listen")
	}
	for _, lang := range i18n.Langs {
		text := i18n.Error(lang, e)
		for _, part := range []string{":80", "--operator-legal-basis", "--operator-contact"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q does not name %s", lang, text, part)
			}
		}
		if strings.Contains(text, "--operator-name") || strings.Contains(text, "{") {
			t.Errorf("%s: %q", lang, text)
		}
	}
}

func TestDemoStaysOnThisMachine(t *testing.T) {
	for addr, want := range map[string]string{"127.0.0.1:8080": "", "0.0.0.0:8080": "config.demo_public", "x": "config.listen"} {
		if got := jaring.KeyOf(DemoMayListen(addr)); got != want {
			t.Errorf("%s: got %q, want %q", addr, got, want)
		}
	}
}

func TestCheckFindsAllAtOnce(t *testing.T) {
	s := &Server{DB: "mysql://x", Listen: "nowhere", Zone: "CET", Core: "http://core.example", LogLevel: "loud"}
	var es jaring.Errors
	if !errors.As(s.Check(), &es) || len(es) != 5 {
		t.Fatalf("findings: %v", es)
	}
	for _, e := range es {
		if !i18n.Known(e.Key) {
			t.Errorf("%s has no text", e.Key)
		}
	}
	if s.Location().String() != "WIB" || s.Level() != slog.LevelInfo {
		t.Error("a bad setting has no fallback")
	}
}

func TestCore(t *testing.T) {
	for core, want := range map[string]bool{
		"": true, "dir:exchange": true, "https://core.example/api": true, "http://127.0.0.1:9000": true, "http://[::1]:9000": true,
		"dir:": false, "http://core.example": false, "ftp://127.0.0.1": false, "https://": false, "%zz": false,
	} {
		if got := isCore(core); got != want {
			t.Errorf("%q: got %v", core, got)
		}
	}
}
