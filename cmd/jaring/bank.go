package main

import (
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"jaring/internal/acts"
	"jaring/internal/jaring"
	"jaring/internal/jobs"
	"jaring/internal/payment"
	"jaring/internal/vault"
)

// bankFlags name the banks that may tell of payments.
type bankFlags struct {
	Banks string `env:"JARING_BANKS" placeholder:"FILE" help:"Banks that ask for bills and tell of payments under /snap/v1.0/…, as JSON with their keys. Empty: none may call."`
}

// banks reads the file of banks. Errors: payment.banks_unreadable, those of payment.ReadBanks.
func (f bankFlags) banks() ([]payment.Bank, error) {
	if f.Banks == "" {
		return nil, nil
	}
	file, err := os.Open(f.Banks)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "payment.banks_unreadable", "path", f.Banks).At("banks")
	}
	banks, err := payment.ReadBanks(file)
	return banks, errors.Join(err, file.Close())
}

// callBanks lets acts have codes made at the banks of the file.
func (srv *server) callBanks(acts *acts.Acts) {
	if len(srv.banks) == 0 {
		return
	}
	counters, err := jobs.NewCounters(srv.banks, payment.ClientOptions{})
	if err != nil { // they were checked when they were read
		srv.log.Error("no bank can be called", slog.String("error", err.Error()))
		return
	}
	acts.Banks = counters
}

// snapPath is where banks call; what they sign is the whole path of the request.
const snapPath = "/snap"

// withBanks lets the banks of the file call; everything else goes to next. Their tokens are sealed with a
// key of the house, so that each server of a database takes those of the others.
func (srv *server) withBanks(acts *acts.Acts, ring *vault.Ring, next http.Handler) http.Handler {
	if len(srv.banks) == 0 {
		return next
	}
	snap, err := payment.NewServer(srv.banks, jobs.NewTill(acts), payment.ServerOptions{TokenKey: ring.Digest256("bank.token", nil), Log: srv.log})
	if err != nil { // they were checked when they were read
		srv.log.Error("no bank may call", slog.String("error", err.Error()))
		return next
	}
	banks := http.StripPrefix(snapPath, snap)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, snapPath+"/") {
			banks.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
