package bench

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// LookUp measures finding a person by NIK over HTTP.
func LookUp(ctx context.Context, o Options) (Result, error) {
	return reading(ctx, o, "lookup", func(s *site, i int) ([]byte, error) {
		var b struct {
			NIK string `json:"nik"`
		}
		if err := json.Unmarshal(body(i), &b); err != nil {
			return nil, err
		}
		text, err := json.Marshal(b)
		return request("POST", "/api/v1/workers/lookup", s.cookie, "", text), err
	})
}

// Page measures a worker's page over HTTP.
func Page(ctx context.Context, o Options) (Result, error) {
	ids := []jaring.WorkerID{}
	return reading(ctx, o, "page", func(s *site, i int) ([]byte, error) {
		if len(ids) == 0 {
			err := s.db.Read(ctx, func(tx *store.Tx) error {
				ws, err := tx.FindWorkers(store.WorkerQuery{Agent: s.agent.Account, Limit: 1000})
				for _, w := range ws {
					ids = append(ids, w.ID)
				}
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		return request("GET", "/api/v1/workers/"+string(ids[i%len(ids)]), s.cookie, "", nil), nil
	})
}

// Home measures the home page over HTTP.
func Home(ctx context.Context, o Options) (Result, error) {
	return reading(ctx, o, "home", func(s *site, _ int) ([]byte, error) {
		return request("GET", "/api/v1/home", s.cookie, "", nil), nil
	})
}

// reading sends o.Rows requests for what is in a book of o.Book people.
func reading(ctx context.Context, o Options, name string, ask func(*site, int) ([]byte, error)) (r Result, err error) {
	o.Book = max(o.Book, 1)
	b, err := newBook(ctx, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.remove(ctx)) }()
	m, _, err := b.onCopy(ctx, func(s *site) (measured, error) {
		requests := make([][]byte, o.Rows)
		for i := range requests {
			var err error
			if requests[i], err = ask(s, i*7919%o.Book); err != nil {
				return measured{}, err
			}
		}
		return shoot(s.addr, requests, func(status int) bool { return status == http.StatusOK })
	})
	if err != nil {
		return r, err
	}
	r = Result{Bench: name, Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "requests/s", Figure: float64(o.Rows) / m.took.Seconds(), Note: "32 in flight"}
	r.P50, r.P99 = quantiles(m.times)
	return r, nil
}
