package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// invented is a regulation that there is not; by it everybody's month costs something else.
const invented = `{"name": "invented for a measurement", "as_of": "2026-11-21", "rules": [{"id": "bench.jkm", "key": "bpu.jkm", "from": "2027-03",
	"replaces": ["bpu.jkm.2015"], "article": "invented", "source": "invented", "mark": "L", "amount": 8000}]}`

// diff measures what a coming regulation does to everybody in the book, against the engine that
// reads the same rows with as many readers and does nothing with them. The engine reads first.
func diff(ctx context.Context, b *book, o Options) (r Result, err error) {
	coming, err := scheme.New(scheme.DefaultSettings(), []byte(invented))
	if err != nil {
		return r, err
	}
	db, err := store.Open(ctx, b.address(b.name))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, raw, err := rawPriced(ctx, db, b.address(b.name))
	if err != nil {
		return r, err
	}
	peak, stop := watchHeap()
	start := time.Now()
	effects, err := app.WhatIf(ctx, db, scheme.Load(), coming, jaring.NewMonth(2027, 3))
	took := time.Since(start)
	stop()
	if err != nil {
		return r, err
	}
	priced := 0
	if len(effects) > 0 {
		priced = effects[0].More // "all"; the regulation asks more of everybody
	}
	if priced != rows {
		return r, fmt.Errorf("%d people in the book, %d of them priced", rows, priced)
	}
	r = Result{Bench: "diff", Engine: b.engine(), Rows: rows, Book: o.Book, Unit: "people/s", Figure: float64(rows) / took.Seconds(), Raw: float64(rows) / raw.Seconds(),
		Note: fmt.Sprintf("%.1f s, heap at most %d MB", took.Seconds(), peak.Load()>>20)}
	r.Ratio = r.Figure / r.Raw
	return r, nil
}

// rawPriced reads what decides the prices on plain connections of the same driver.
func rawPriced(ctx context.Context, db *store.DB, url string) (rows int, took time.Duration, err error) {
	var parts []store.Part
	if err := db.Read(ctx, func(tx *store.Tx) (err error) {
		parts, err = tx.Parts(runtime.GOMAXPROCS(0))
		return err
	}); err != nil {
		return 0, 0, err
	}
	read := rawPricedPostgres
	if _, ok := isSQLite(url); ok {
		read = rawPricedSQLite
	}
	counts, errs := make([]int, len(parts)), make([]error, len(parts))
	var readers sync.WaitGroup
	start := time.Now()
	for i, part := range parts {
		readers.Go(func() { counts[i], errs[i] = read(ctx, url, part) })
	}
	readers.Wait()
	took = time.Since(start)
	for _, n := range counts {
		rows += n
	}
	return rows, took, errors.Join(errs...)
}

func rawPricedSQLite(ctx context.Context, url string, part store.Part) (n int, err error) {
	path, _ := isSQLite(url)
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=cache_size(-16000)")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	rs, err := db.QueryContext(ctx, store.PricedSQL, part.After, part.Until)
	if err != nil {
		return 0, err
	}
	defer rs.Close()
	names, err := rs.Columns()
	if err != nil {
		return 0, err
	}
	cells, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rs.Next() {
		if err := rs.Scan(into...); err != nil {
			return n, err
		}
		n++
	}
	return n, rs.Err()
}

func rawPricedPostgres(ctx context.Context, url string, part store.Part) (n int, err error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer c.Close(ctx)
	rs, err := c.Query(ctx, store.PricedSQL, part.After, part.Until)
	if err != nil {
		return 0, err
	}
	defer rs.Close()
	for rs.Next() {
		_ = rs.RawValues()
		n++
	}
	return n, rs.Err()
}

// watchHeap samples the heap until it is stopped.
func watchHeap() (peak *atomic.Uint64, stop func()) {
	peak = new(atomic.Uint64)
	ticker, done := time.NewTicker(50*time.Millisecond), make(chan struct{})
	go func() {
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-ticker.C:
			case <-done:
				return
			}
		}
	}()
	return peak, func() { ticker.Stop(); close(done) }
}
