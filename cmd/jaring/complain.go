package main

import (
	"errors"
	"fmt"
	"io"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// exitError ends the program with a code of its own; everything there is to say
// has been said.
type exitError struct{ code int }

// The exit codes beside 0, done.
var (
	errAnswerNo = exitError{1} // the answer is no
	errWrongUse = exitError{2} // the question cannot be answered
)

func (e exitError) Error() string {
	if e.code == errAnswerNo.code {
		return "the answer is no"
	}
	return "wrong use"
}

// ExitCode is what the program ends with.
func (e exitError) ExitCode() int { return e.code }

// complain writes every finding of err in lang, one a line, and makes it wrong
// use. Errors that are no findings pass through.
func complain(talk io.Writer, lang i18n.Lang, err error) error {
	found := findings(err)
	if len(found) == 0 {
		return err
	}
	for _, e := range found {
		field := ""
		if e.Field != "" {
			field = e.Field + ": "
		}
		fmt.Fprintf(talk, "%s%s\n", field, i18n.Error(lang, e))
	}
	return errWrongUse
}

// findings are the invalid inputs that err tells of; none for other errors.
func findings(err error) jaring.Errors {
	var several jaring.Errors
	var one *jaring.Error
	switch {
	case errors.As(err, &several):
		return several
	case errors.As(err, &one) && (one.Code == jaring.Invalid || one.Code == jaring.NotFound):
		return jaring.Errors{one}
	}
	return nil
}
