package bench

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the same driver as the store's

	"jaring/internal/store"
)

// rawOneByOne replays registrations, 32 in flight: on SQLite one writer that commits
// those that wait together, on PostgreSQL two round trips each (claim, then the rest with
// the commit).
func rawOneByOne(ctx context.Context, url string, rows [][2][]store.Statement) (measured, error) {
	if path, ok := isSQLite(url); ok {
		return rawSQLite(ctx, path, rows, 1)
	}
	return rawPostgres(ctx, url, rows, 1)
}

// rawBatches replays registrations by hundreds.
func rawBatches(ctx context.Context, url string, rows [][2][]store.Statement) (measured, error) {
	if path, ok := isSQLite(url); ok {
		return rawSQLite(ctx, path, rows, syncSize)
	}
	return rawPostgres(ctx, url, rows, syncSize)
}

type rawJob struct {
	rows [][2][]store.Statement
	done chan error
}

func rawSQLite(ctx context.Context, path string, rows [][2][]store.Statement, size int) (measured, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-16000)")
	if err != nil {
		return measured{}, err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return measured{}, err
	}
	defer conn.Close()
	jobs := make(chan rawJob, Connections)
	go rawWriter(ctx, conn, jobs)
	defer close(jobs)
	return inFlight(rows, size, func(_ int, part [][2][]store.Statement) error {
		job := rawJob{part, make(chan error, 1)}
		jobs <- job
		return <-job.done
	})
}

// rawWriter commits whoever waits in one transaction.
func rawWriter(ctx context.Context, conn *sql.Conn, jobs chan rawJob) {
	prepared := map[string]*sql.Stmt{}
	exec := func(text string, args []any) error {
		st := prepared[text]
		if st == nil {
			var err error
			if st, err = conn.PrepareContext(ctx, text); err != nil {
				return err
			}
			prepared[text] = st
		}
		_, err := st.ExecContext(ctx, args...)
		return err
	}
	for job := range jobs {
		group := []rawJob{job}
		for more := true; more; {
			select {
			case j, open := <-jobs:
				if more = open; open {
					group = append(group, j)
				}
			default:
				more = false
			}
		}
		err := exec("BEGIN IMMEDIATE", nil)
		for _, j := range group {
			for _, row := range j.rows {
				for _, part := range row {
					for _, s := range part {
						if err == nil {
							err = exec(s.SQL, s.Args)
						}
					}
				}
			}
		}
		if err == nil {
			err = exec("COMMIT", nil)
		}
		for _, j := range group {
			j.done <- err
		}
	}
}

func rawPostgres(ctx context.Context, url string, rows [][2][]store.Statement, size int) (measured, error) {
	conns := make([]*pgx.Conn, Connections)
	for i := range conns {
		c, err := pgx.Connect(ctx, url)
		if err != nil {
			return measured{}, err
		}
		defer c.Close(ctx)
		conns[i] = c
	}
	return inFlight(rows, size, func(worker int, part [][2][]store.Statement) error {
		for step := range 2 {
			batch := &pgx.Batch{}
			if step == 0 {
				batch.Queue("begin")
			}
			for _, row := range part {
				for _, s := range row[step] {
					batch.Queue(s.SQL, s.Args...)
				}
			}
			if step == 1 {
				batch.Queue("commit")
			}
			if err := conns[worker].SendBatch(ctx, batch).Close(); err != nil {
				return err
			}
		}
		return nil
	})
}

// inFlight hands parts of rows to 32 workers.
func inFlight(rows [][2][]store.Statement, size int, do func(worker int, part [][2][]store.Statement) error) (measured, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	start := time.Now()
	for w := range Connections {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				at := int(next.Add(int64(size))) - size
				if at >= len(rows) {
					return
				}
				if err := do(w, rows[at:min(at+size, len(rows))]); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
					return
				}
			}
		}()
	}
	wg.Wait()
	return measured{took: time.Since(start)}, first
}
