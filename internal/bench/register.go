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

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Connections is how many requests are in flight, in the figure and in the raw run.
const Connections = 32

// Options say what to measure.
type Options struct {
	URL  string // of a PostgreSQL database; empty for SQLite in a temporary folder
	Rows int    // operations measured
	Book int    // workers in the book before
	Log  io.Writer
}

// Register measures registrations over HTTP, everything on, against the raw engine.
func Register(ctx context.Context, o Options) (Result, error) {
	return compare(ctx, o, "register", "registrations/s", overHTTP, rawOneByOne)
}

// Sync measures registrations by signed batches of 100 over HTTP against the raw engine.
func Sync(ctx context.Context, o Options) (Result, error) {
	return compare(ctx, o, "sync", "registrations/s", bySync, rawBatches)
}

type measured struct {
	took  time.Duration
	times []time.Duration
}

// compare fills two equal books and measures the figure on one and the raw engine on the other.
func compare(ctx context.Context, o Options, name, unit string, figure func(context.Context, *site, Options) (measured, error),
	raw func(context.Context, string, [][2][]store.Statement) (measured, error)) (Result, error) {
	b, err := newBases(o.URL)
	if err != nil {
		return Result{}, err
	}
	defer b.remove()
	ours, err := onSite(ctx, b, func(s *site) (measured, error) {
		if err := fill(ctx, s, o.Book); err != nil {
			return measured{}, err
		}
		return figure(ctx, s, o)
	})
	if err != nil {
		return Result{}, fmt.Errorf("figure: %w", err)
	}
	theirs, err := rawRun(ctx, b, o, raw)
	if err != nil {
		return Result{}, fmt.Errorf("raw: %w", err)
	}
	r := Result{Bench: name, Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: unit,
		Figure: float64(o.Rows) / ours.took.Seconds(), Raw: float64(o.Rows) / theirs.took.Seconds()}
	r.Ratio = r.Figure / r.Raw
	r.P50, r.P99 = quantiles(ours.times)
	return r, nil
}

func onSite(ctx context.Context, b *bases, f func(*site) (measured, error)) (measured, error) {
	url, err := b.fresh(ctx)
	if err != nil {
		return measured{}, err
	}
	s, err := newSite(ctx, url)
	if err != nil {
		return measured{}, err
	}
	m, err := f(s)
	return m, errors.Join(err, s.close())
}

// rawRun fills a second book, prepares the rows outside the clock, and replays their statements on
// a plain connection of the same driver.
func rawRun(ctx context.Context, b *bases, o Options, raw func(context.Context, string, [][2][]store.Statement) (measured, error)) (measured, error) {
	url, err := b.fresh(ctx)
	if err != nil {
		return measured{}, err
	}
	s, err := newSite(ctx, url)
	if err != nil {
		return measured{}, err
	}
	if err := fill(ctx, s, o.Book); err != nil {
		return measured{}, errors.Join(err, s.close())
	}
	statements := make([][2][]store.Statement, o.Rows)
	for i := range statements {
		if statements[i], err = statementsOf(ctx, s, o.Book+i); err != nil {
			return measured{}, errors.Join(err, s.close())
		}
	}
	if err := s.close(); err != nil {
		return measured{}, err
	}
	return raw(ctx, url, statements)
}

// statementsOf are the statements of the n-th registration: those that claim, and the rest.
func statementsOf(ctx context.Context, s *site, n int) (out [2][]store.Statement, err error) {
	op := jaring.Operation{ID: jaring.OperationID(newID()), Kind: jaring.ActRegisterWorker, TakenAt: time.Now(), ClockTrust: true, Body: body(n)}
	p, err := s.app.Prepare(ctx, s.agent, op)
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

const fillGroup = 500

// fill registers the first n people in bulk and folds their events.
func fill(ctx context.Context, s *site, n int) error {
	for first := 0; first < n; first += fillGroup {
		last := min(n, first+fillGroup)
		prepared := make([]func(*store.Tx) error, 0, 2*fillGroup)
		for i := first; i < last; i++ {
			op := jaring.Operation{ID: jaring.OperationID(newID()), Kind: jaring.ActRegisterWorker, TakenAt: time.Now(), ClockTrust: true, Body: body(i)}
			p, err := s.app.Prepare(ctx, s.agent, op)
			if err != nil {
				return err
			}
			prepared = append(prepared, p.Claim, p.Insert)
		}
		if err := s.db.Bulk(ctx, func(tx *store.Tx) error {
			for _, f := range prepared {
				if err := f(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	_, err := s.app.Fold(ctx)
	return err
}

// overHTTP posts one registration a request on 32 kept connections.
func overHTTP(ctx context.Context, s *site, o Options) (measured, error) {
	requests := make([][]byte, o.Rows)
	for i := range requests {
		requests[i] = request("POST", "/api/v1/workers", s.cookie, `"`+newID()+`"`, body(o.Book+i))
	}
	return shoot(s.addr, requests, func(status int) bool { return status == http.StatusCreated || status == http.StatusAccepted })
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

// shoot sends requests over kept connections, each as soon as its connection is free.
func shoot(addr string, requests [][]byte, good func(status int) bool) (measured, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, Connections)
	times := make([][]time.Duration, Connections)
	start := time.Now()
	for c := range Connections {
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
