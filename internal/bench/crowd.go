package bench

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/vault"
)

// What a phone brings when signal comes back after a morning in the market, and what one brings
// that was without signal for days.
const (
	crowdOps = 20
	queueOps = 500
)

// Crowd is what `bench sync` adds to its result: many phones at once, and one with a full
// queue. All that they send is sealed and signed. Its JSON is stable.
type Crowd struct {
	Phones        int     `json:"phones"`                // at once, with 20 registrations each
	PhoneP50      float64 `json:"phone_p50_ms"`          // from the common start until a phone has its answer
	PhoneWorst    float64 `json:"phone_worst_ms"`        //
	WorstToMedian float64 `json:"phone_worst_to_median"` // none starves: at most 10
	QueueOps      int     `json:"queue_ops"`             // of one phone, in batches of 100
	QueueSeconds  float64 `json:"queue_s"`
}

func (c *Crowd) print(w io.Writer) {
	fmt.Fprintf(w, "\n%-14s %d phones at once with %d each: median %.0f ms, worst %.0f ms, ratio %.2f; %d queued on one phone: %.2f s",
		"", c.Phones, crowdOps, c.PhoneP50, c.PhoneWorst, c.WorstToMedian, c.QueueOps, c.QueueSeconds)
}

// sync100 measures registrations by signed batches of 100 over HTTP against the raw engine,
// and then a crowd of phones on another copy of the book.
func sync100(ctx context.Context, b *book, o Options) (Result, error) {
	r, err := b.compare(ctx, o, "sync", bySync, rawBatches)
	if err != nil || o.Phones == 0 {
		return r, err
	}
	_, _, err = b.onCopy(ctx, func(s *site) (measured, error) {
		var err error
		r.Crowd, err = s.crowd(ctx, o)
		return measured{}, err
	})
	return r, err
}

// crowd lets many phones send at once, and then one with a full queue.
func (s *site) crowd(ctx context.Context, o Options) (*Crowd, error) {
	next := o.Book // people who are not in the book
	phones := make([]*pocket, o.Phones+1)
	if err := each32(len(phones), func(i int) (err error) {
		phones[i], err = s.enrol(ctx)
		return err
	}); err != nil {
		return nil, err
	}
	if err := each32(o.Phones, func(i int) error { return phones[i].pack(s, next+i*crowdOps, crowdOps) }); err != nil {
		return nil, err
	}
	times, err := atOnce(s.addr, phones[:o.Phones])
	if err != nil {
		return nil, err
	}
	last := phones[o.Phones]
	if err := last.pack(s, next+o.Phones*crowdOps, queueOps); err != nil {
		return nil, err
	}
	start := time.Now()
	if err := last.send(s.addr); err != nil {
		return nil, err
	}
	c := &Crowd{Phones: o.Phones, QueueOps: queueOps, QueueSeconds: time.Since(start).Seconds()}
	c.PhoneP50, _ = quantiles(times)
	c.PhoneWorst = float64(slices.Max(times).Microseconds()) / 1000
	c.WorstToMedian = c.PhoneWorst / c.PhoneP50
	return c, nil
}

// each32 does n things, 32 at once.
func each32(n int, f func(i int) error) error {
	var all sync.WaitGroup
	errs := make([]error, Connections)
	for w := range Connections {
		all.Go(func() {
			for i := w; i < n && errs[w] == nil; i += Connections {
				errs[w] = f(i)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// pocket is a phone with the batches that it will send.
type pocket struct {
	key      *ecdsa.PrivateKey
	device   jaring.DeviceID
	requests [][]byte
}

func (s *site) enrol(ctx context.Context) (*pocket, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return nil, err
	}
	device, err := s.auth.Enrol(ctx, s.agent, "HP uji", spki)
	return &pocket{key: key, device: device}, err
}

// pack seals and signs n registrations from the first person on.
func (p *pocket) pack(s *site, first, n int) error {
	keyID, public, err := s.app.SealingKey()
	if err != nil {
		return err
	}
	for n > 0 {
		size := min(n, syncSize)
		ops := make([][]byte, size)
		for i := range ops {
			if ops[i], err = sealedOperation(keyID, public, i+1, body(first+i)); err != nil {
				return err
			}
		}
		text, err := signedBatch(p.key, p.device, ops)
		if err != nil {
			return err
		}
		p.requests = append(p.requests, request("POST", "/api/v1/sync", "", "", text))
		first, n = first+size, n-size
	}
	return nil
}

func sealedOperation(keyID string, public []byte, seq int, body []byte) ([]byte, error) {
	id := newID()
	sealed, err := vault.SealFor(public, keyID, jaring.OperationID(id), body)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `{"id":%q,"seq":%d,"kind":"worker.register","taken_at":%q,"sealed":{"k":%q,"e":%q,"i":%q,"d":%q}}`,
		id, seq, stamp(), keyID, base64Text(sealed.Point), base64Text(sealed.IV), base64Text(sealed.Text)), nil
}

// atOnce lets phones send at the same moment and gives how long each waited from then.
func atOnce(addr string, phones []*pocket) ([]time.Duration, error) {
	times, errs := make([]time.Duration, len(phones)), make([]error, len(phones))
	var ready, all sync.WaitGroup
	start := make(chan time.Time)
	ready.Add(len(phones))
	for i, p := range phones {
		all.Go(func() {
			ready.Done()
			<-start
			began := time.Now()
			errs[i] = p.send(addr)
			times[i] = time.Since(began)
		})
	}
	ready.Wait()
	close(start)
	all.Wait()
	return times, errors.Join(errs...)
}

// send sends a phone's batches one after the other. What is refused is a fault of the measurement.
func (p *pocket) send(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for _, r := range p.requests {
		if _, err := conn.Write(r); err != nil {
			return err
		}
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(answer.Body)
		if err = errors.Join(err, answer.Body.Close()); err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK || bytes.Contains(text, []byte(`"outcome":"refused"`)) {
			return fmt.Errorf("answered %d: %.300s", answer.StatusCode, text)
		}
	}
	return nil
}
