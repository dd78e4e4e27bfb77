package store

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"jaring/internal/jaring"
)

// decode turns an engine's error into a jaring.Error. A constraint that stands for a
// rule of the trade is known by its table; all else is internal. Values never get
// into the error: engines put them into their details (a NIK must not).
func decode(err error) error {
	if err == nil {
		return nil
	}
	var known *jaring.Error
	var many jaring.Errors
	if errors.As(err, &known) || errors.As(err, &many) || errors.Is(err, errRestart) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: err}
	}
	if table, ok := uniqueViolation(err); ok {
		if key, ok := uniqueKeys[table]; ok {
			return jaring.NewError(jaring.Conflict, key)
		}
	}
	if retryable(err) {
		return &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: bare(err)}
	}
	return jaring.InternalError(bare(err))
}

// uniqueKeys names the rule that a unique key of a table stands for.
var uniqueKeys = map[string]string{
	"account":            "account.login_taken",
	"nik_index":          "worker.already_registered",
	"kpj_index":          "core.kpj_taken",
	"payment_index":      "payment.code_taken",
	"registration_index": "registration_no.taken",
	"operation":          "operation.known",
	"event":              "worker.changed_meanwhile",
}

const (
	sqlStateUnique           = "23505"
	sqliteConstraintUnique   = 2067
	sqliteConstraintPrimary  = 1555
	sqliteUniqueMessageStart = "UNIQUE constraint failed: "
)

// uniqueViolation gives the table whose unique key was hit.
func uniqueViolation(err error) (table string, ok bool) {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == sqlStateUnique {
		return pg.TableName, true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) && (lite.Code() == sqliteConstraintUnique || lite.Code() == sqliteConstraintPrimary) {
		if _, after, found := strings.Cut(lite.Error(), sqliteUniqueMessageStart); found {
			table, _, _ = strings.Cut(after, ".")
		}
		return table, true
	}
	return "", false
}

// retryable tells a failure that another try of the whole transaction may mend.
func retryable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "40P01", "40001", "57P01", "57P02", "57P03":
			return true
		}
		return strings.HasPrefix(pg.Code, "08") || isEventRace(pg)
	}
	var netErr net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.As(err, &netErr) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed")
}

// isEventRace: two acts on one subject took the same place in its chain; the
// second reads the chain's head again.
func isEventRace(pg *pgconn.PgError) bool {
	return pg.Code == sqlStateUnique && pg.TableName == "event"
}

// bare strips what an engine adds about values: the message of a PostgreSQL error is
// kept, its detail (which quotes the row) is not.
func bare(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return errors.New("postgres " + pg.Code + " " + pg.TableName + ": " + pg.Message)
	}
	return err
}

// errRestart makes the caller of a write prepare again: the world moved between
// PREPARE and APPLY.
var errRestart = errors.New("the world moved on; prepare again")
