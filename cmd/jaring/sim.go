package main

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"jaring/internal/core"
)

// A demo has no fund behind it, so it brings its own: a simulated core in the same
// process, whose state lies beside the demo's keys.

// simSuffix is put behind the name of a demo's key file to name the state of its core.
const simSuffix = ".core"

// How long the simulated core takes to answer: overnight while a demo is built, a few
// seconds while somebody watches.
const (
	simOvernight = 20 * time.Hour
	simWatched   = 5 * time.Second
)

// simulate opens the simulated core of a demo. Whoever opens it closes the simulator.
func simulate(state string, delay time.Duration, now func() time.Time) (core.Port, *core.Simulator, error) {
	sim, err := core.NewSimulator(core.SimulatorOptions{Seed: 1, Delay: delay, State: state, Now: now})
	if err != nil {
		return nil, nil, err
	}
	port, err := core.NewREST("http://127.0.0.1", core.RESTOptions{Transport: inProcess{sim.Handler()}})
	return port, sim, err
}

// inProcess answers requests by a handler, without a network.
type inProcess struct{ handler http.Handler }

// RoundTrip answers r.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &recorded{header: http.Header{}, status: http.StatusOK}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	p.handler.ServeHTTP(w, r)
	return &http.Response{StatusCode: w.status, Status: http.StatusText(w.status), Header: w.header, Request: r,
		Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), ProtoMajor: 1, ProtoMinor: 1}, nil
}

type recorded struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *recorded) Header() http.Header         { return w.header }
func (w *recorded) WriteHeader(status int)      { w.status = status }
func (w *recorded) Write(p []byte) (int, error) { return w.body.Write(p) }
