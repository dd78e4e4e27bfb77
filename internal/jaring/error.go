package jaring

import (
	"errors"
	"strings"
)

// Code says what kind of failure an Error is. The set is closed: a door (HTTP,
// command line) decides by Code alone.
type Code string

// The closed set of codes.
const (
	Invalid         Code = "invalid"         // the input breaks a rule; the fields say which
	Unauthenticated Code = "unauthenticated" // nobody is logged in, or the signature is wrong
	Forbidden       Code = "forbidden"       // this actor may not do this act here
	NotFound        Code = "not_found"       // no such thing, or not for this actor's eyes
	Conflict        Code = "conflict"        // the world moved on: somebody was first
	Held            Code = "held"            // kept, waits for something earlier
	Unavailable     Code = "unavailable"     // try again later; nothing was done
	Internal        Code = "internal"        // our fault
)

// Args are the values that a translation of an Error's Key needs. They never
// hold a whole NIK or a mother's name: they end up in logs and answers.
type Args map[string]any

// Error is the one error type of Jaring. Key names the rule that was broken; it
// is the API's stable code and the translation key at once.
type Error struct {
	Code  Code
	Key   string
	Field string // JSON pointer into the input without the leading slash: "consent/at"; empty when no single field is to blame
	Args  Args
	Err   error // the cause, for the log only; never shown
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code) + ": " + e.Key)
	if e.Field != "" {
		b.WriteString(" (" + e.Field + ")")
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// At returns a copy of e that blames field.
func (e *Error) At(field string) *Error {
	c := *e
	c.Field = field
	return &c
}

// NewError makes an Error from its code, key and pairs of argument name and value.
func NewError(code Code, key string, pairs ...any) *Error {
	return &Error{Code: code, Key: key, Args: pairsToArgs(pairs)}
}

// InternalError wraps a cause that is our fault.
func InternalError(cause error) *Error {
	return &Error{Code: Internal, Key: "error.internal", Err: cause}
}

func pairsToArgs(pairs []any) Args {
	if len(pairs) == 0 {
		return nil
	}
	args := make(Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return args
}

// Errors are several findings at once, all of code Invalid: a form is judged
// whole, never one field after the other.
type Errors []*Error

func (es Errors) Error() string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// OrNil is es as an error, or nil when there is none.
func (es Errors) OrNil() error {
	if len(es) == 0 {
		return nil
	}
	return es
}

// CodeOf is the code of err: Invalid for Errors, Internal for a foreign error,
// empty for nil.
func CodeOf(err error) Code {
	var es Errors
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &es):
		return Invalid
	case errors.As(err, &e):
		return e.Code
	}
	return Internal
}

// KeyOf is the key of err's first Error, or empty.
func KeyOf(err error) string {
	var es Errors
	var e *Error
	switch {
	case errors.As(err, &es) && len(es) > 0:
		return es[0].Key
	case errors.As(err, &e):
		return e.Key
	}
	return ""
}
