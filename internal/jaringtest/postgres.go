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
	URL   string // of its database postgres, as superuser, over a socket
	dir   string
	end   io.Closer // the watchdog ends the server when this closes
	ended chan error

	once    sync.Once // the schema that databases are copied from
	unready error
}

// clusterSettings differ from PostgreSQL's own in room for many pools at once, and
// in finding a deadlock sooner than after a second.
var clusterSettings = []string{"listen_addresses=", "max_connections=400", "deadlock_timeout=50ms", "logging_collector=off", "log_destination=stderr"}

// watchdog makes the cluster, runs the server, and removes it with all its files when
// its standard input closes: also when the tests were killed and could not clean up. It
// asks the server more than once, because one that has only just begun does not hear. The
// language of the cluster sorts unlike bytes, so that a query which leans on the order
// of bytes without saying so is found out.
const watchdog = `dir=$1 initdb=$2; shift 2
"$initdb" --pgdata "$dir/data" --username jaring --auth trust --encoding UTF8 --locale C.UTF-8 \
	--locale-provider icu --icu-locale id-ID --no-sync --no-instructions </dev/null >"$dir/log" 2>&1 || exit 1
"$@" -D "$dir/data" -k "$dir" </dev/null >>"$dir/log" 2>&1 & server=$!
cat >/dev/null
while :; do kill -QUIT $server; sleep 0.2; done 2>/dev/null & again=$!
wait $server; kill $again
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
	dir, err := os.MkdirTemp(memory(), "jaring-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir, URL: "postgres://jaring@/postgres?host=" + url.QueryEscape(dir), ended: make(chan error, 1)}
	if err := c.start(initdb, server); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := c.awaitAnswer(); err != nil {
		c.end.Close()
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return c, nil
}

func (c *Cluster) start(initdb, server string) error {
	owner, err := giveAway(c.dir)
	if err != nil {
		return err
	}
	args := []string{"-c", watchdog, "watchdog", c.dir, initdb, server}
	for _, s := range clusterSettings {
		args = append(args, "-c", s)
	}
	cmd := exec.Command("/bin/sh", args...)
	cmd.Dir = c.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setsid: true} // a Ctrl-C for the tests reaches it by its input alone
	if c.end, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { c.ended <- cmd.Wait() }()
	return nil
}

func (c *Cluster) awaitAnswer() error {
	for end := time.Now().Add(startWithin); ; {
		conn, err := pgx.Connect(context.Background(), c.URL)
		if err == nil {
			return conn.Close(context.Background())
		}
		select {
		case ended := <-c.ended:
			err = errors.Join(ended, err)
		case <-time.After(20 * time.Millisecond):
			if time.Now().Before(end) {
				continue
			}
		}
		log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
		return fmt.Errorf("the PostgreSQL of the tests does not answer: %w\n%s", err, log)
	}
}

// Stop ends the server and removes its files.
func (c *Cluster) Stop() error {
	return errors.Join(c.end.Close(), <-c.ended)
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
