package jaringtest

import (
	"sync"
	"time"
)

// Clock is a clock that tests wind on.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock starts a clock that stands still at a time.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now is what the clock says.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Wind moves the clock on.
func (c *Clock) Wind(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
