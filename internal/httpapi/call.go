package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"jaring/internal/auth"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

const cookieName = "jaring_session"

// call is one request on its way: who, in which language, under which trace.
type call struct {
	context.Context
	lang    i18n.Lang
	trace   string
	remote  string
	token   string
	actor   jaring.Actor
	session auth.Session
	authErr error // why there is no actor
	problem *Problem
	request *http.Request // carries the pattern that answered
}

type callKey struct{}

func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// identify finds out who calls, once for every request of the API.
func (s *server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isAPI(r) {
			c := callOf(r.Context())
			c.lang = i18n.Negotiate(r.Header.Get("Accept-Language"), r.URL.Query().Get("lang"))
			if !readable(r) {
				c.problem = problem(c.lang, c.trace, jaring.NewError(jaring.Invalid, "error.bad_request"))
				writeProblem(w, c.problem)
				return
			}
			c.remote, c.authErr = r.RemoteAddr, jaring.NewError(jaring.Unauthenticated, "error.unauthenticated")
			if cookie, err := r.Cookie(cookieName); err == nil {
				c.token = cookie.Value
				c.actor, c.session, c.authErr = s.Auth.Actor(r.Context(), cookie.Value)
			}
			w.Header().Set("Cache-Control", "private, no-store")
		}
		next.ServeHTTP(w, r)
	})
}

// readable tells whether the address of a request is text: databases take no other.
func readable(r *http.Request) bool {
	fine := func(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil || !fine(r.URL.Path) {
		return false
	}
	for _, values := range query {
		if slices.ContainsFunc(values, func(v string) bool { return !fine(v) }) {
			return false
		}
	}
	return true
}

// access says whom a route lets in; what they may do there is app's to say.
type access bool

const (
	members access = false // somebody must be logged in
	public  access = true
)

// route is one line of the list of routes.
type route struct {
	method, path string
	who          access
	act          jaring.Act // what it does, for the matrix of tests; empty when it is nobody's power
	summary      string
	body         any           // type of the JSON body that app reads, for the documentation
	maxBody      int64         // bytes; 0 = 64 KiB
	patience     time.Duration // for the body; 0 = 20 seconds
	raw          bool          // the body is a file, read while it comes in
	status       int           // of success; 0 = 200
	answers      []int         // other statuses that the documentation names
}

const (
	defaultMaxBody  = 64 << 10
	defaultPatience = 20 * time.Second
)

// add puts a route on the API.
func add[I, O any](s *server, r route, f func(*call, *I) (*O, error)) {
	op := huma.Operation{Method: r.method, Path: "/api/v1" + r.path, OperationID: operationID(r), Summary: r.summary, DefaultStatus: r.status,
		MaxBodyBytes: r.maxBody, BodyReadTimeout: r.patience, Errors: append([]int{422, 500}, r.answers...)}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = defaultMaxBody
	}
	if op.BodyReadTimeout == 0 {
		op.BodyReadTimeout = defaultPatience
	}
	if r.who == members {
		op.Security = []map[string][]string{{"session": {}}}
		op.Errors = append(op.Errors, 401, 403)
		op.Middlewares = huma.Middlewares{membersOnly}
	}
	if r.body != nil {
		op.SkipValidateBody = true
		op.RequestBody = s.bodyOf(r.body)
	}
	if r.raw {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}}
	}
	s.listed = append(s.listed, r)
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*O, error) {
		c := callOf(ctx)
		if named, ok := any(in).(interface{ check() error }); ok {
			if err := named.check(); err != nil {
				return nil, c.fail(err)
			}
		}
		out, err := f(c, in)
		if err != nil {
			return nil, c.fail(err)
		}
		return out, nil
	})
}

// membersOnly turns away who is not logged in before anything is read of him.
func membersOnly(ctx huma.Context, next func(huma.Context)) {
	c := callOf(ctx.Context())
	if c.authErr == nil {
		next(ctx)
		return
	}
	_, w := humago.Unwrap(ctx)
	c.problem = problem(c.lang, c.trace, c.authErr)
	writeProblem(w, c.problem)
}

// fail makes the problem that is answered and logged.
func (c *call) fail(err error) error {
	c.problem = problem(c.lang, c.trace, err)
	if h := c.problem.GetHeaders(); h != nil {
		return huma.ErrorWithHeaders(c.problem, h)
	}
	return c.problem
}

// may is a shortcut for routes whose act app does not ask about itself.
func (c *call) may(act jaring.Act) error { return c.actor.May(act, jaring.Scope{}) }

// unknownRoute answers addresses that there are not, and known ones asked by a method that
// they do not take.
func (s *server) unknownRoute(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := callOf(r.Context())
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			other := r.Clone(r.Context())
			other.Method = method
			if _, pattern := mux.Handler(other); pattern != "" && pattern != anyAPI {
				allowed = append(allowed, method)
			}
		}
		c.problem = problem(c.lang, c.trace, jaring.NewError(jaring.NotFound, "error.not_found"))
		if len(allowed) > 0 {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			c.problem = problem(c.lang, c.trace, jaring.NewError(jaring.Invalid, "error.method", "method", knownMethod(r.Method)))
		}
		writeProblem(w, c.problem)
	}
}

// knownMethod is a method's name, unless somebody made it up.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "?"
}

func (s *server) denyCrossOrigin(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, problem(i18n.Negotiate(r.Header.Get("Accept-Language")), "", jaring.NewError(jaring.Forbidden, "error.cross_origin")))
}
