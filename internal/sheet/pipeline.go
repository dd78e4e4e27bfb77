package sheet

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// A list goes through three hands at once: one reads lines, some judge rows by themselves, and the caller's
// goroutine judges them among each other, in their order. What comes out is the same as by one hand.

// batchRows is how many rows are handed on, and asked about, at once.
const batchRows = 500

// batch is some lines on their way.
type batch struct {
	lines []waiting
	done  chan struct{} // closed once the rows are prepared
	err   error         // of the preparing
}

// waiting is a row, or a line that is nobody's.
type waiting struct {
	row   roster.Row
	aside *roster.Line
	ready roster.Prepared
}

// through reads and judges all of a list. Nothing of it goes on when it returns.
func (c *check) through(l *Roster) (err error) {
	ordered, jobs, quit := make(chan *batch, 4), make(chan *batch, 4), make(chan struct{})
	var hands sync.WaitGroup
	var readErr error
	hands.Go(func() {
		defer close(ordered)
		defer close(jobs)
		readErr = guarded(func() error { return read(l, ordered, jobs, quit) })
	})
	for range max(1, runtime.GOMAXPROCS(0)-1) {
		hands.Go(func() {
			for b := range jobs {
				b.err = guarded(func() error { return b.prepare(c.judge) })
				close(b.done)
			}
		})
	}
	defer func() {
		close(quit)
		for range ordered { // the reader may stand with a batch in its hands
		}
		if hands.Wait(); err == nil {
			err = readErr
		}
	}()
	return c.inOrder(ordered)
}

// inOrder finishes batches as they were read.
func (c *check) inOrder(ordered <-chan *batch) error {
	for b := range ordered {
		<-b.done
		if b.err != nil {
			return b.err
		}
		if err := c.finish(b); err != nil {
			return err
		}
	}
	return nil
}

// read hands on the lines of a list in batches, until quit is closed.
func read(l *Roster, ordered, jobs chan<- *batch, quit <-chan struct{}) error {
	b := &batch{done: make(chan struct{})}
	hand := func() error {
		for _, next := range []chan<- *batch{jobs, ordered} {
			select {
			case next <- b:
			case <-quit:
				return errStop
			}
		}
		b = &batch{done: make(chan struct{}), lines: make([]waiting, 0, batchRows)}
		return nil
	}
	add := func(w waiting) error {
		if b.lines = append(b.lines, w); len(b.lines) < batchRows {
			return nil
		}
		return hand()
	}
	err := l.Each(func(row roster.Row) error { return add(waiting{row: row}) },
		func(line roster.Line) error { return add(waiting{aside: &roster.Line{Number: line.Number}}) })
	if len(b.lines) > 0 && !errors.Is(err, errStop) { // also what was read before the damage
		if stopped := hand(); err == nil {
			err = stopped
		}
	}
	return err
}

func (b *batch) prepare(j *roster.Judge) error {
	for i := range b.lines {
		if w := &b.lines[i]; w.aside == nil {
			w.ready = j.Prepare(w.row)
		}
	}
	return nil
}

// guarded turns a panic in a goroutine of ours into an error, because nobody else could.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = jaring.InternalError(fmt.Errorf("reading a list: %v", p))
		}
	}()
	return do()
}
