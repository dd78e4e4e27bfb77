package httpapi

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/semaphore"

	"jaring/internal/acts"
	"jaring/internal/auth"
)

// Config is what the door stands on.
type Config struct {
	App      *acts.Acts
	Auth     *auth.Service
	Log      *slog.Logger
	Metrics  *prometheus.Registry
	Hook     http.Handler // where a message gateway reports; nil: nowhere
	Gateway  bool         // letters are sent
	Web      http.Handler // the screens; nil in tests of the API alone
	Live     *Live
	Fund     string // name of the fund
	Operator string // who runs this server
	Address  string // where the public reaches it, for what is printed; empty: as the caller did
	Version  string
	Demo     bool
	Ready    func() error // nil: always ready
	Secure   bool         // cookies over TLS only
	Now      func() time.Time
}

// server holds what handlers share.
type server struct {
	Config
	api     huma.API
	listed  []route
	turns   *semaphore.Weighted // of batches: first come, first served
	written writtenBoards
}

// NoticeVersion is the privacy notice that screens show and consents name.
const NoticeVersion = "2026-11"

// New makes the handler of the whole server.
func New(c Config) http.Handler {
	if c.Live == nil {
		c.Live = NewLive()
	}
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &server{Config: c, turns: semaphore.NewWeighted(batchesAtOnce())}
	mux := http.NewServeMux()
	s.api = humago.New(mux, openAPI(c.Version))
	s.routes()
	s.plain(mux)
	return s.wrap(mux)
}

func openAPI(version string) huma.Config {
	config := huma.DefaultConfig("Jaring", version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/v1/openapi", "", "/api/v1/schemas"
	config.CreateHooks = nil // no $schema links in answers
	config.Info.Description = "Jaring is free software, not a product of and not affiliated with BPJS Ketenagakerjaan."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	return config
}

// wrap puts around the mux what every request passes.
func (s *server) wrap(mux http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(s.denyCrossOrigin))
	return s.observe(finishBody(s.identify(cross.Handler(mux))))
}

// anyAPI matches what no route does.
const anyAPI = "/api/"

// plain are the addresses that are no part of the API proper.
func (s *server) plain(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.metricsHandler())
	mux.HandleFunc("GET /api/docs", s.docs)
	mux.HandleFunc("GET /api/v1/live", s.live)
	s.describeLive()
	mux.HandleFunc("GET /api/v1/campaigns/{id}/live", s.boardLive)
	mux.HandleFunc("GET /api/v1/kiosk/live", s.kioskLive)
	s.describeBoards()
	mux.HandleFunc("GET /api/v1/campaigns/{id}/media/{media_id}", s.hallMedia)
	mux.HandleFunc("GET /api/v1/kiosk/media/{media_id}", s.loopMedia)
	s.describeMedia()
	mux.HandleFunc(anyAPI, s.unknownRoute(mux))
	if s.Hook != nil {
		mux.Handle("/hooks/whatsapp", s.Hook)
	}
	if s.Web != nil {
		mux.Handle("/", s.Web)
	}
}

func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	if s.Ready != nil {
		if err := s.Ready(); err != nil {
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }
