package main

import (
	"context"
	"sync"
	"testing"
	"time"

	"jaring/internal/vault"
)

func TestGate_ThoseUnderWayFinishOthersWait(t *testing.T) {
	var g gate
	ctx := t.Context()
	if err := g.enter(ctx); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	if g.close(short) {
		t.Fatal("closed over somebody under way")
	}
	if err := g.enter(ctx); err != nil { // it is open again
		t.Fatal(err)
	}
	g.leave()
	shut := make(chan bool)
	go func() { shut <- g.close(ctx) }()
	var late sync.WaitGroup
	for g.waiting() == nil {
		time.Sleep(time.Millisecond)
	}
	for range 3 {
		late.Go(func() {
			if err := g.enter(ctx); err != nil {
				t.Error(err)
			}
			g.leave()
		})
	}
	g.leave()
	if !<-shut || !g.close(ctx) { // shut twice is shut
		t.Error("not closed")
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if g.enter(gone) == nil {
		t.Error("passed a shut gate")
	}
	g.open()
	late.Wait()
	g.open() // open twice is open
}

// waiting is non-nil while the gate is shut.
func (g *gate) waiting() chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.shut
}

func TestArrange_PutsTheKeysInUseInFrontAndMissesNone(t *testing.T) {
	ring, err := vault.NewRing("a")
	if err != nil {
		t.Fatal(err)
	}
	old := inUse(ring)
	sealing, err := ring.SealingKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := ring.Rotate("b"); err != nil {
		t.Fatal(err)
	}
	got, err := arrange(ring, old)
	if err != nil || inUse(got) != old || len(got.Index) != 2 || known(got) != known(ring) || inUse(ring) == old {
		t.Errorf("%v: %s", err, inUse(got))
	}
	if told, err := got.SealingKey(); err != nil || told.ID != sealing.ID {
		t.Errorf("phones are told %v, %v before every server has the new keys", told, err)
	}
	ring.Retire()
	if _, err := arrange(ring, old); err == nil {
		t.Error("keys that are not there were arranged")
	}
}
