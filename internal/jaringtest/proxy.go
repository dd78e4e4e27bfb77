package jaringtest

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Cut is a moment at which a Proxy ends a connection.
type Cut int32

// Moments.
const (
	NoCut        Cut = iota
	CutRequest       // the next thing that a client says does not arrive
	CutCommitted     // a commit has happened; its answer does not arrive
	CutStall         // nothing arrives any more, either way, and nobody says so
)

// Proxy stands between a client and a PostgreSQL server and cuts connections.
type Proxy struct {
	URL     string
	cut     atomic.Int32
	chance  atomic.Int64 // one in so many messages ends its connection; 0 for never
	cuts    atomic.Int64
	stalled chan struct{}

	network, address string
	mu               sync.Mutex
	open             map[net.Conn]bool
}

// NewProxy starts a proxy before the server of url, until the test ends.
func NewProxy(t testing.TB, server string) *Proxy {
	t.Helper()
	config, err := pgx.ParseConfig(server)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{open: map[net.Conn]bool{}, stalled: make(chan struct{})}
	p.network, p.address = "tcp", net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if filepath.IsAbs(config.Host) {
		p.network, p.address = "unix", filepath.Join(config.Host, fmt.Sprintf(".s.PGSQL.%d", config.Port))
	}
	p.URL = throughPort(t, server, listener.Addr().(*net.TCPAddr).Port)
	go p.serve(listener)
	t.Cleanup(func() {
		listener.Close()
		close(p.stalled)
		p.CutAll()
	})
	return p
}

// throughPort is server's URL by way of a local port.
func throughPort(t testing.TB, server string, port int) string {
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Del("port")
	q.Del("host")
	q.Set("sslmode", "disable")
	u.Host = fmt.Sprintf("127.0.0.1:%d", port)
	u.RawQuery = spaced(q)
	return u.String()
}

// Cut ends one connection at the next such moment.
func (p *Proxy) Cut(when Cut) { p.cut.Store(int32(when)) }

// CutOneIn ends each connection by chance: at one of n messages; 0 stops it.
func (p *Proxy) CutOneIn(n int) { p.chance.Store(int64(n)) }

// Cuts is how often a connection was cut.
func (p *Proxy) Cuts() int64 { return p.cuts.Load() }

// CutAll ends all connections that are open now.
func (p *Proxy) CutAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}

func (p *Proxy) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial(p.network, p.address)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.open[client], p.open[server] = true, true
		p.mu.Unlock()
		var both sync.WaitGroup
		both.Go(func() { p.pump(server, client, p.requestArrives) })
		both.Go(func() { p.pump(client, server, p.answerArrives) })
		go func() {
			both.Wait()
			p.mu.Lock()
			defer p.mu.Unlock()
			delete(p.open, client)
			delete(p.open, server)
		}()
	}
}

func (p *Proxy) pump(to io.WriteCloser, from io.ReadCloser, arrives func([]byte) bool) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if Cut(p.cut.Load()) == CutStall {
			<-p.stalled
			return
		}
		if !arrives(buffer[:n]) {
			p.cuts.Add(1)
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (p *Proxy) requestArrives([]byte) bool {
	return !p.cut.CompareAndSwap(int32(CutRequest), int32(NoCut)) && !p.byChance()
}

func (p *Proxy) answerArrives(answer []byte) bool {
	committed := bytes.Contains(answer, []byte("COMMIT\x00"))
	return !(committed && p.cut.CompareAndSwap(int32(CutCommitted), int32(NoCut))) && !p.byChance()
}

func (p *Proxy) byChance() bool {
	n := p.chance.Load()
	return n > 0 && rand.Int64N(n) == 0
}
