package store

import (
	"context"
	"errors"
	"io"
	"net"
	"regexp"
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
		return unavailable(err)
	}
	if table, ok := uniqueViolation(err); ok {
		if key, ok := uniqueKeys[table]; ok {
			return jaring.NewError(jaring.Conflict, key)
		}
	}
	if retryable(err) || isBusy(err) || isShort(err) {
		return unavailable(err)
	}
	return jaring.InternalError(bare(err))
}

func unavailable(cause error) error {
	return &jaring.Error{Code: jaring.Unavailable, Key: "error.unavailable", Err: bare(cause)}
}

// uniqueKeys names the rule that a unique key of a table stands for.
var uniqueKeys = map[string]string{
	"account":            "account.login_taken",
	"certificate":        "certificate.number_taken",
	"application":        "application.number_taken",
	"class_seat":         "class.seated",
	"kit_item":           "kit.serial_taken",
	"nik_index":          "worker.already_registered",
	"kpj_index":          "core.kpj_taken",
	"payment_index":      "payment.code_taken",
	"receipt_index":      "receipt.code_used",
	"registration_index": "registration_no.taken",
	"operation":          "operation.known",
	"event":              "worker.changed_meanwhile",
	"ledger_entry":       "worker.changed_meanwhile",
	"ledger_line":        "worker.changed_meanwhile",
}

const (
	sqlStateUnique           = "23505"
	sqliteConstraintUnique   = 2067
	sqliteConstraintPrimary  = 1555
	sqliteBusy               = 5
	sqliteIO                 = 10
	sqliteFull               = 13
	sqliteUniqueMessageStart = "UNIQUE constraint failed: "
)

// uniqueViolation gives the table whose unique key was hit.
func uniqueViolation(err error) (table string, ok bool) {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == sqlStateUnique {
		return unsharded(pg.TableName), true
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

// unsharded takes off what Citus puts behind the name of a table for each of its shards.
func unsharded(table string) string { return shardSuffix.ReplaceAllString(table, "") }

var shardSuffix = regexp.MustCompile(`_[0-9]{6,}$`)

// isBusy tells that another process held SQLite's writer for longer than we wait.
func isBusy(err error) bool {
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == sqliteBusy
}

// isShort tells that the machine lacks room, or its disk failed us: nothing was written,
// and nothing is wrong with what was asked.
func isShort(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "53")
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code()&0xff == sqliteFull || lite.Code()&0xff == sqliteIO)
}

// retryable tells a failure that another try of the whole transaction may mend.
func retryable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "40P01", "40001", "57P01", "57P02", "57P03":
			return true
		}
		return strings.HasPrefix(pg.Code, "08") || isChainRace(pg)
	}
	return isBroken(err)
}

// isBroken tells that a connection was cut, or could not be made.
func isBroken(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03" || strings.HasPrefix(pg.Code, "08")
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false // the caller went away, not the server
	}
	var netErr net.Error
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.As(err, &netErr) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed")
}

// isChainRace: two acts took the same place in a chain, or told of the same payment; the
// second reads again what the first has left.
func isChainRace(err error) bool {
	table, _ := uniqueViolation(err)
	switch table {
	case "event", "ledger_entry", "ledger_line", "bank_notice", "bank_payment":
		return true
	}
	return false
}

// bare is err with a text that shows no value of a row. PostgreSQL puts values into the
// detail of an error and, for bad data (class 22), into its message; drivers quote what
// they cannot convert. The chain below stays whole for errors.Is.
func bare(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		text := "postgres " + pg.Code + " " + pg.TableName
		if !strings.HasPrefix(pg.Code, "22") {
			text += ": " + pg.Message
		}
		return &quiet{text, err}
	}
	return &quiet{quoted.ReplaceAllString(err.Error(), "…"), err}
}

// quoted is what a driver's text may hold of a value: what stands in quotes, and
// figures as long as those of a person.
var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|[0-9]{6,}`)

type quiet struct {
	text string
	err  error
}

func (q *quiet) Error() string { return q.text }

func (q *quiet) Unwrap() error { return q.err }

// errRestart makes the caller of a write prepare again: the world moved between
// PREPARE and APPLY.
var errRestart = errors.New("the world moved on; prepare again")
