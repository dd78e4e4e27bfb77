package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// Problem is an error as RFC 9457 has it, with our code, key and findings.
type Problem struct {
	Type     string    `json:"type"`
	Title    string    `json:"title"`
	Status   int       `json:"status"`
	Detail   string    `json:"detail"`
	Code     string    `json:"code" enum:"invalid,unauthenticated,forbidden,not_found,conflict,held,unavailable,internal"`
	Key      string    `json:"key" doc:"the rule, stable"`
	Trace    string    `json:"trace,omitempty" doc:"to quote when asking for help"`
	WorkerID string    `json:"worker_id,omitempty" doc:"the person that is here already, when the caller may see it"`
	Errors   []Finding `json:"errors,omitempty"`

	cause      error
	retryAfter int
}

// Finding is one thing that a rule says about an input.
type Finding struct {
	Pointer string      `json:"pointer,omitempty" doc:"JSON pointer into the body"`
	Code    string      `json:"code" doc:"key of the rule, stable"`
	Verdict string      `json:"verdict" enum:"reject,hold,warn,pass"`
	Args    jaring.Args `json:"args,omitempty"`
	Detail  string      `json:"detail"`
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Code + ": " + p.Key }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType of a problem.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders adds when to come back.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.retryAfter)}}
}

var statusOf = map[jaring.Code]int{
	jaring.Invalid:         http.StatusUnprocessableEntity,
	jaring.Unauthenticated: http.StatusUnauthorized,
	jaring.Forbidden:       http.StatusForbidden,
	jaring.NotFound:        http.StatusNotFound,
	jaring.Conflict:        http.StatusConflict,
	jaring.Held:            http.StatusAccepted,
	jaring.Unavailable:     http.StatusServiceUnavailable,
	jaring.Internal:        http.StatusInternalServerError,
}

// keyStatus are the few errors whose status says more than their code does.
var keyStatus = map[string]int{
	"error.bad_request":          http.StatusBadRequest,
	"json.empty":                 http.StatusBadRequest,
	"json.malformed":             http.StatusBadRequest,
	"json.trailing":              http.StatusBadRequest,
	"json.too_large":             http.StatusRequestEntityTooLarge,
	"media.too_large":            http.StatusRequestEntityTooLarge,
	"idempotency.required":       http.StatusBadRequest,
	"idempotency.malformed":      http.StatusBadRequest,
	"version.required":           http.StatusPreconditionRequired,
	"worker.changed_meanwhile":   http.StatusPreconditionFailed,
	"campaign.changed_meanwhile": http.StatusPreconditionFailed,
	"error.rate_limited":         http.StatusTooManyRequests,
	"error.method":               http.StatusMethodNotAllowed,
}

// problem turns an error into what the caller is told, in lang. What broke inside is
// told by its trace only.
func problem(lang i18n.Lang, trace string, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var many jaring.Errors
	var one *jaring.Error
	switch {
	case errors.As(err, &many) && len(many) > 0:
		return manyProblems(lang, many)
	case errors.As(err, &one):
		if one.Code == jaring.Internal {
			return internalProblem(lang, trace, err)
		}
		if one.Field != "" {
			return manyProblems(lang, jaring.Errors{one})
		}
	case errors.Is(err, context.Canceled):
		one = jaring.NewError(jaring.Unavailable, "error.unavailable")
	default:
		return internalProblem(lang, trace, err)
	}
	p = &Problem{Type: "about:blank", Status: statusFor(one), Detail: i18n.Text(lang, one.Key, wire.Hide(one.Args)), Code: string(one.Code), Key: one.Key, cause: one.Err}
	p.Title = http.StatusText(p.Status)
	if seconds, ok := one.Args["n"].(int); ok && one.Key == "error.rate_limited" {
		p.retryAfter = seconds
	}
	return p
}

func statusFor(e *jaring.Error) int {
	if status, ok := keyStatus[e.Key]; ok {
		return status
	}
	return statusOf[e.Code]
}

func manyProblems(lang i18n.Lang, es jaring.Errors) *Problem {
	p := &Problem{Type: "about:blank", Status: statusFor(es[0]), Detail: i18n.Text(lang, es[0].Key, wire.Hide(es[0].Args)), Code: string(es[0].Code), Key: es[0].Key}
	p.Title = http.StatusText(p.Status)
	for _, e := range es {
		p.Errors = append(p.Errors, wireFinding(lang, jaring.Finding{Verdict: jaring.Reject, Key: e.Key, Field: e.Field, Args: e.Args}))
	}
	if len(es) > 1 {
		p.Detail = i18n.Text(lang, "error.several", jaring.Args{"n": len(es)})
	}
	return p
}

func internalProblem(lang i18n.Lang, trace string, err error) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError,
		Detail: i18n.Text(lang, "error.internal", jaring.Args{"code": trace}), Code: string(jaring.Internal), Key: "error.internal", Trace: trace, cause: err}
}

// wireFindings are findings in the caller's words.
func wireFindings(lang i18n.Lang, fs []jaring.Finding) []Finding {
	out := make([]Finding, len(fs))
	for i, f := range fs {
		out[i] = wireFinding(lang, f)
	}
	return out
}

func wireFinding(lang i18n.Lang, f jaring.Finding) Finding {
	args := wire.Hide(typed(f.Key, f.Args))
	w := Finding{Code: f.Key, Verdict: f.Verdict.String(), Args: args}
	if f.Field != "" {
		w.Pointer = "/" + strings.TrimPrefix(f.Field, "/")
	}
	key := f.Key
	if name, _ := f.Args["name"].(string); name != "" && i18n.Known(key+".named") {
		key += ".named" // the caller may know who it is
	}
	w.Detail = i18n.Text(lang, key, args)
	return w
}

// typed gives the values of a stored finding the types they had when it was made, so that
// the first answer and its repetition read alike.
func typed(key string, args jaring.Args) jaring.Args {
	out := make(jaring.Args, len(args))
	money := strings.HasPrefix(key, "payment.") || strings.HasPrefix(key, "income.") || key == "roster.income_ceiling"
	for name, value := range args {
		out[name] = value
		switch v := value.(type) {
		case string:
			if day, err := jaring.ParseDay(v); err == nil {
				out[name] = day
			} else if month, err := jaring.ParseMonth(v); err == nil {
				out[name] = month
			}
		case float64:
			if out[name] = int64(v); money {
				out[name] = jaring.Rupiah(v)
			}
		}
	}
	return out
}

// writeProblem answers outside the framework.
func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}
