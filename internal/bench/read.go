package bench

import (
	"context"
	"encoding/json"
	"net/http"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// lookUp measures finding a person by NIK over HTTP.
func lookUp(ctx context.Context, b *book, o Options) (Result, error) {
	return b.reading(ctx, o, "lookup", func(s *site, i int) ([]byte, error) {
		var asked struct {
			NIK string `json:"nik"`
		}
		if err := json.Unmarshal(body(i), &asked); err != nil {
			return nil, err
		}
		text, err := json.Marshal(asked)
		return request("POST", "/api/v1/workers/lookup", s.cookie, "", text), err
	})
}

// page measures a worker's page over HTTP.
func page(ctx context.Context, b *book, o Options) (Result, error) {
	ids := []jaring.WorkerID{}
	return b.reading(ctx, o, "page", func(s *site, i int) ([]byte, error) {
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

// home measures the home page over HTTP.
func home(ctx context.Context, b *book, o Options) (Result, error) {
	return b.reading(ctx, o, "home", func(s *site, _ int) ([]byte, error) {
		return request("GET", "/api/v1/home", s.cookie, "", nil), nil
	})
}

// reading sends o.Rows requests, one at a time, for what is in a book of o.Book people: its times
// are those of one caller, without a queue.
func (b *book) reading(ctx context.Context, o Options, name string, ask func(*site, int) ([]byte, error)) (r Result, err error) {
	m, _, err := b.onCopy(ctx, func(s *site) (measured, error) {
		requests := make([][]byte, o.Rows)
		for i := range requests {
			var err error
			if requests[i], err = ask(s, i*7919%max(o.Book, 1)); err != nil {
				return measured{}, err
			}
		}
		return shoot(s.addr, 1, requests, func(status int) bool { return status == http.StatusOK })
	})
	if err != nil {
		return r, err
	}
	r = Result{Bench: name, Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "requests/s", Figure: float64(o.Rows) / m.took.Seconds(), Note: "1 in flight"}
	r.P50, r.P99 = quantiles(m.times)
	return r, nil
}
