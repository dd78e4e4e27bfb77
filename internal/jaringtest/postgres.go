package jaringtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cluster is a PostgreSQL server of the tests' own. Nothing is relaxed in it: what is
// durable in a test is durable in service.
type Cluster struct {
	URL string // of its database postgres, as superuser, over a socket
	dir string
	end io.Closer // the watchdog ends the server when this closes
	cmd *exec.Cmd
}

// clusterSettings differ from PostgreSQL's own in room for many pools at once, and
// in finding a deadlock sooner than after a second.
var clusterSettings = []string{"listen_addresses=", "max_connections=400", "deadlock_timeout=50ms", "logging_collector=off", "log_destination=stderr"}

// watchdog runs the server and removes it with all its files when its standard input
// closes: also when the tests were killed and could not clean up.
const watchdog = `dir=$1; shift
"$@" </dev/null >"$dir/log" 2>&1 & server=$!
cat >/dev/null
kill -QUIT $server; wait $server
rm -rf "$dir"`

const startWithin = time.Minute

// StartCluster makes a cluster in a temporary folder and waits until it answers.
func StartCluster() (*Cluster, error) {
	initdb, err := program("initdb")
	if err != nil {
		return nil, err
	}
	server, err := program("postgres")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "jaring-pg-")
	if err != nil {
		return nil, err
	}
	owner, err := giveAway(dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c := &Cluster{dir: dir, URL: "postgres://jaring@/postgres?host=" + url.QueryEscape(dir)}
	if err := c.create(initdb, owner); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := c.start(server, owner); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := c.awaitAnswer(); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// create lays the cluster out. Its language sorts unlike bytes, so that a query which
// leans on the order of bytes without saying so is found out.
func (c *Cluster) create(initdb string, owner *syscall.Credential) error {
	cmd := exec.Command(initdb, "--pgdata", c.data(), "--username", "jaring", "--auth", "trust", "--encoding", "UTF8",
		"--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "id-ID", "--no-sync", "--no-instructions")
	cmd.Dir, cmd.SysProcAttr = c.dir, &syscall.SysProcAttr{Credential: owner}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *Cluster) start(server string, owner *syscall.Credential) error {
	args := []string{"-c", watchdog, "watchdog", c.dir, server, "-D", c.data(), "-k", c.dir}
	for _, s := range clusterSettings {
		args = append(args, "-c", s)
	}
	c.cmd = exec.Command("/bin/sh", args...)
	c.cmd.Dir = c.dir
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setsid: true} // a Ctrl-C for the tests reaches it by its input alone
	end, err := c.cmd.StdinPipe()
	if err != nil {
		return err
	}
	c.end = end
	return c.cmd.Start()
}

func (c *Cluster) awaitAnswer() error {
	for end := time.Now().Add(startWithin); ; time.Sleep(20 * time.Millisecond) {
		conn, err := pgx.Connect(context.Background(), c.URL)
		if err == nil {
			return conn.Close(context.Background())
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("the PostgreSQL of the tests does not answer: %w\n%s", err, log)
		}
	}
}

// Stop ends the server and removes its files.
func (c *Cluster) Stop() error {
	err := c.end.Close()
	if e := c.cmd.Wait(); err == nil {
		err = e
	}
	return err
}

// program finds a program of PostgreSQL: the newest of Debian's, else that of PATH.
func program(name string) (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if len(found) > 0 {
		return found[0], nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("the tests need PostgreSQL 15 or later and find no %s: run scripts/setup.sh test (or apt-get install postgresql), or name a server in JARING_TEST_POSTGRES_URL", name)
	}
	return path, nil
}

// version reads 15 from /usr/lib/postgresql/15/bin/postgres.
func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(path, "/")[4])
	return n
}

// giveAway hands dir to a user without rights when the tests run as root, because
// PostgreSQL refuses to; otherwise nothing changes and owner is nil.
func giveAway(dir string) (owner *syscall.Credential, err error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
	}
	return nil, errors.New("the tests run as root, and neither postgres nor nobody exists to run PostgreSQL as")
}

// sharedCluster is the one of this process. Nobody stops it: it goes with the process.
var sharedCluster = sync.OnceValues(StartCluster)
