package httpapi

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// frameworkError is what the framework says about a request that did not reach its handler.
func frameworkError(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
	if message == noBody {
		errs = append(errs, jaring.NewError(jaring.Invalid, "json.empty"))
	}
	max := int64(defaultMaxBody)
	if op := ctx.Operation(); op != nil {
		max = op.MaxBodyBytes
	}
	c := callOf(ctx.Context())
	if c == nil {
		return frameworkProblem(i18n.Negotiate(ctx.Header("Accept-Language")), "", status, max, errs...)
	}
	c.problem = frameworkProblem(c.lang, c.trace, status, max, errs...)
	return c.problem
}

func frameworkProblem(lang i18n.Lang, trace string, status int, max int64, errs ...error) *Problem {
	code, key := jaring.Invalid, "error.bad_request"
	switch status {
	case http.StatusRequestEntityTooLarge:
		key = "json.too_large"
	case http.StatusNotFound:
		code, key = jaring.NotFound, "error.not_found"
	case http.StatusInternalServerError:
		code, key = jaring.Internal, "error.internal"
	case http.StatusRequestTimeout, http.StatusServiceUnavailable:
		code, key = jaring.Unavailable, "error.unavailable"
	}
	for _, err := range errs {
		var rule *jaring.Error
		if errors.As(err, &rule) {
			key = rule.Key
		}
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: string(code), Key: key,
		Detail: i18n.Text(lang, key, jaring.Args{"code": trace, "max": max})}
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			p.Errors = append(p.Errors, Finding{Pointer: pointerOf(detail.Location), Code: "field.malformed", Verdict: jaring.Reject.String(),
				Detail: i18n.Text(lang, "field.malformed", nil)})
		}
	}
	return p
}

// noBody is what the framework says when there is none.
const noBody = "request body is required"

// pointerOf is the framework's name of a place, without what a stranger may have written
// into it: path.id becomes /path/id.
func pointerOf(location string) string {
	return "/" + strings.ReplaceAll(strange.ReplaceAllString(location, ""), ".", "/")
}

var strange = regexp.MustCompile(`[^a-zA-Z_.\-]`)

func init() {
	huma.NewErrorWithContext = frameworkError
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return frameworkProblem(i18n.Negotiate(""), "", status, defaultMaxBody, errs...)
	}
}
