package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"jaring/internal/store"
)

// Connections is how many requests are in flight, in the figure and in the raw run.
const Connections = 32

// Options say what to measure.
type Options struct {
	URL  string // of a PostgreSQL database; empty for SQLite in a temporary folder
	Rows int    // operations measured
	Book int    // workers in the book before
	// Phones is how many phones send at once in sync; 0 for none.
	Phones int
	Log    io.Writer
}

// register measures registrations over HTTP, everything on, against the raw engine.
func register(ctx context.Context, b *book, o Options) (Result, error) {
	return b.compare(ctx, o, "register", overHTTP, rawOneByOne)
}

type measured struct {
	took  time.Duration
	times []time.Duration
}

// compare measures the figure on one copy of a book and the raw engine on another.
func (b *book) compare(ctx context.Context, o Options, name string, figure func(context.Context, *site, Options) (measured, error),
	raw func(context.Context, string, [][2][]store.Statement) (measured, error)) (r Result, err error) {
	ours, _, err := b.onCopy(ctx, func(s *site) (measured, error) { return figure(ctx, s, o) })
	if err != nil {
		return r, fmt.Errorf("figure: %w", err)
	}
	theirs, err := b.rawRun(ctx, o, raw)
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	r = Result{Bench: name, Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "registrations/s",
		Figure: float64(o.Rows) / ours.took.Seconds(), Raw: float64(o.Rows) / theirs.took.Seconds()}
	r.Ratio = r.Figure / r.Raw
	r.P50, r.P99 = quantiles(ours.times)
	return r, nil
}

// rawRun prepares the rows outside the clock and replays their statements on a plain
// connection of the same driver.
func (b *book) rawRun(ctx context.Context, o Options, raw func(context.Context, string, [][2][]store.Statement) (measured, error)) (measured, error) {
	statements := make([][2][]store.Statement, o.Rows)
	_, url, err := b.onCopy(ctx, func(s *site) (_ measured, err error) {
		for i := range statements {
			if statements[i], err = statementsOf(ctx, s, o.Book+i); err != nil {
				break
			}
		}
		return measured{}, err
	})
	if err != nil {
		return measured{}, err
	}
	return raw(ctx, url, statements)
}

// statementsOf are the statements of the n-th registration: those that claim, and the rest.
func statementsOf(ctx context.Context, s *site, n int) (out [2][]store.Statement, err error) {
	p, err := s.app.Prepare(ctx, s.agent, registration(n))
	if err != nil {
		return out, err
	}
	if out[0], err = store.Record(s.db.Dialect(), p.Claim); err != nil {
		return out, err
	}
	out[1], err = store.Record(s.db.Dialect(), p.Insert)
	return out, err
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// overHTTP posts one registration a request on 32 kept connections.
func overHTTP(ctx context.Context, s *site, o Options) (measured, error) {
	requests := make([][]byte, o.Rows)
	for i := range requests {
		requests[i] = request("POST", "/api/v1/workers", s.cookie, `"`+newID()+`"`, body(o.Book+i))
	}
	return shoot(s.addr, Connections, requests, func(status int) bool { return status == http.StatusCreated || status == http.StatusAccepted })
}

// request is the text of an HTTP request.
func request(method, path, cookie, key string, body []byte) []byte {
	head := method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: jaring_session=" + cookie + "\r\n"
	if key != "" {
		head += "Idempotency-Key: " + key + "\r\n"
	}
	if body != nil {
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	return append([]byte(head+"\r\n"), body...)
}

// shoot sends requests over n kept connections, each as soon as its connection is free.
func shoot(addr string, n int, requests [][]byte, good func(status int) bool) (measured, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, n)
	times := make([][]time.Duration, n)
	start := time.Now()
	for c := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				errs[c] = err
				return
			}
			defer conn.Close()
			reader := bufio.NewReader(conn)
			for {
				i := int(next.Add(1)) - 1
				if i >= len(requests) {
					return
				}
				sent := time.Now()
				if errs[c] = roundTrip(conn, reader, requests[i], good); errs[c] != nil {
					return
				}
				times[c] = append(times[c], time.Since(sent))
			}
		}()
	}
	wg.Wait()
	m := measured{took: time.Since(start)}
	for _, t := range times {
		m.times = append(m.times, t...)
	}
	return m, errors.Join(errs...)
}

func roundTrip(conn net.Conn, reader *bufio.Reader, request []byte, good func(int) bool) error {
	if _, err := conn.Write(request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if !good(answer.StatusCode) {
		text, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("answered %d: %.300s", answer.StatusCode, text)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
