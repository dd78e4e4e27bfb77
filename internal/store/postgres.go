package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"jaring/internal/jaring"
)

// postgresDB is PostgreSQL, or Citus on it.
type postgresDB struct {
	db       *DB
	pool     *pgxpool.Pool
	done     atomic.Bool
	patience time.Duration // for one try of a write; a server that vanished says nothing
	types    copyTypes
}

// postgresSettings would lose an acknowledged commit when off.
var postgresSettings = []string{"synchronous_commit", "fsync"}

func openPostgres(ctx context.Context, url string, db *DB) (*postgresDB, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, jaring.NewError(jaring.Invalid, "store.url", "url", redact(url))
	}
	if config.MaxConns < minConns {
		config.MaxConns = minConns
	}
	config.AfterConnect = assertPostgres
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return &postgresDB{db: db, pool: pool, patience: writePatience}, nil
}

// writePatience is for one try of a write, the wait for others' locks included.
const writePatience = 30 * time.Second

const minConns = 32

func assertPostgres(ctx context.Context, c *pgx.Conn) error {
	for _, name := range postgresSettings {
		var got string
		if err := c.QueryRow(ctx, "SELECT current_setting($1)", name).Scan(&got); err != nil {
			return err
		}
		if got == "off" {
			return jaring.NewError(jaring.Internal, "store.unsafe_setting", "setting", name, "got", got, "want", "on")
		}
	}
	return nil
}

func (p *postgresDB) dialect() Dialect { return Postgres }

func (p *postgresDB) close() error {
	p.done.Store(true)
	p.pool.Close()
	return nil
}

func (p *postgresDB) read(ctx context.Context, snapshot bool, f func(*Tx) error) error {
	return p.retry(ctx, func() error {
		c, err := p.pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer c.Release()
		tx := &Tx{conn: &pgConn{ctx: ctx, c: c.Conn(), types: &p.types}, dialect: Postgres, reading: true}
		if !snapshot {
			return run(tx, f)
		}
		if _, err := c.Exec(ctx, "begin isolation level repeatable read read only"); err != nil {
			return err
		}
		err = run(tx, f)
		_, e := c.Exec(context.WithoutCancel(ctx), "rollback")
		return errors.Join(err, e)
	})
}

func (p *postgresDB) write(ctx context.Context, f func(*Tx) error) error {
	return p.retry(ctx, func() error {
		// What has begun is not the caller's to cancel.
		lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.patience)
		defer cancel()
		return p.attempt(ctx, lasting, f)
	})
}

func (p *postgresDB) bulk(ctx context.Context, f func(*Tx) error) error {
	return p.retry(ctx, func() error { return p.attempt(ctx, context.WithoutCancel(ctx), f) })
}

// attempt runs f in one transaction. BEGIN travels with f's first statement and
// COMMIT with its last queued ones.
func (p *postgresDB) attempt(ctx, lasting context.Context, f func(*Tx) error) error {
	pooled, err := p.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer pooled.Release()
	c := &pgConn{ctx: lasting, c: pooled.Conn(), tx: true, types: &p.types}
	if err = p.db.fail("begin"); err == nil {
		err = run(&Tx{conn: c, dialect: Postgres}, f)
	}
	if err == nil {
		err = p.db.fail("commit")
	}
	if err == nil {
		err = c.commit()
	}
	if err == nil {
		return p.db.fail("committed")
	}
	if c.begun && !pooled.Conn().IsClosed() && pooled.Conn().PgConn().TxStatus() != 'I' {
		if _, e := pooled.Exec(c.ctx, "rollback"); e != nil {
			err = errors.Join(err, e)
		}
	}
	return err
}

// retry repeats a whole transaction that met a deadlock, a serialisation failure or a
// broken connection. After a broken commit its outcome is unknown; the operation's
// id, made before the first try, tells the second one. All tries together wait about
// 1.3 seconds; whoever asks again later is told the same.
func (p *postgresDB) retry(ctx context.Context, f func() error) error {
	wait := 5 * time.Millisecond
	for try := 1; ; try++ {
		err := f()
		if err != nil && p.done.Load() {
			return errClosed()
		}
		if err == nil || try == maxTries || !retryable(err) {
			return err
		}
		if isBroken(err) {
			p.pool.Reset() // what cut one connection has mostly cut the idle ones too
		}
		select {
		case <-time.After(wait/2 + rand.N(wait)): // apart from those that it met
			wait *= 2
		case <-ctx.Done():
			return fmt.Errorf("%w after %w", ctx.Err(), err)
		}
	}
}

const maxTries = 9
