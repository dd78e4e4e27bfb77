package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jaring/internal/i18n"
)

// newTrace is a short code that a caller can read out.
func newTrace() string {
	var b [5]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// watched is a ResponseWriter that remembers its status.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets the live feed reach the flusher below.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// observe counts, times and logs each request, and answers when a handler panics. The
// log has the route's pattern, never the query, a body or a name.
func (s *server) observe(next http.Handler) http.Handler {
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "jaring_http_seconds", Help: "Time to answer, by route and status class.",
		Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5}}, []string{"route", "status"})
	s.Metrics.MustRegister(seconds)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		c := &call{trace: newTrace()}
		c.Context = context.WithValue(r.Context(), callKey{}, c)
		r = r.WithContext(c.Context)
		c.request = r
		ww := &watched{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				s.panicked(ww, r, c.trace, p)
			}
			s.log(r, ww.status, c.trace, time.Since(start))
			seconds.WithLabelValues(routeName(r), statusClass(ww.status)).Observe(time.Since(start).Seconds())
		}()
		next.ServeHTTP(ww, r)
	})
}

func (s *server) panicked(w *watched, r *http.Request, trace string, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	s.Log.Error("panic", slog.String("trace", trace), slog.String("route", routeName(r)), slog.String("panic", fmt.Sprint(p)), slog.String("stack", string(debug.Stack())))
	if w.status == 0 {
		lang := i18n.Negotiate(r.Header.Get("Accept-Language"))
		writeProblem(w, internalProblem(lang, trace, fmt.Errorf("panic")))
	}
}

func (s *server) log(r *http.Request, status int, trace string, took time.Duration) {
	level := slog.LevelDebug
	if status >= 500 {
		level = slog.LevelError
	}
	if !s.Log.Enabled(r.Context(), level) {
		return
	}
	attrs := []slog.Attr{slog.String("trace", trace), slog.String("method", knownMethod(r.Method)), slog.String("route", routeName(r)), slog.Int("status", status), slog.Duration("took", took)}
	if c := callOf(r.Context()); c != nil && c.problem != nil {
		attrs = append(attrs, slog.String("key", c.problem.Key))
		if c.problem.cause != nil {
			attrs = append(attrs, slog.String("cause", c.problem.cause.Error()))
		}
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

// routeName is the pattern that answered, so that no id or number becomes a label.
func routeName(r *http.Request) string {
	if r.Pattern == "" {
		return "other"
	}
	return r.Pattern
}

func statusClass(status int) string { return strconv.Itoa(status/100) + "xx" }

func (s *server) metricsHandler() http.Handler {
	return promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{})
}
