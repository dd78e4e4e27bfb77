package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Board gives a campaign as it stands. Many may ask at once: one computes for all.
// Errors: campaign.not_found, campaign.no_board, error.forbidden.
func (a *App) Board(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Board, error) {
	feed, err := a.WatchBoard(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return feed(ctx, 0)
}

// BoardFeed gives a board as it stands, not older than stale.
type BoardFeed func(ctx context.Context, stale time.Duration) (*Board, error)

// WatchBoard lets an actor see a board again and again; whether he still may is asked here alone.
// Errors: campaign.not_found, campaign.no_board, error.forbidden.
func (a *App) WatchBoard(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (BoardFeed, error) {
	c, err := a.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	return a.feedOf(c)
}

func (a *App) feedOf(c *Campaign) (BoardFeed, error) {
	if c.Kind != jaring.KindSweep {
		return nil, jaring.NewError(jaring.NotFound, "campaign.no_board")
	}
	return func(ctx context.Context, stale time.Duration) (*Board, error) {
		return a.boards.get(c.ID, stale, func() (*Board, error) { return a.computeBoard(ctx, c.ID) })
	}, nil
}

// computeBoard computes a board, or gives the one that was frozen.
func (a *App) computeBoard(ctx context.Context, id jaring.CampaignID) (*Board, error) {
	var c *Campaign
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		c, err = tx.GetCampaign(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if c.State == jaring.CampaignIsSealed {
		result, err := parseResult(c.Result)
		if err != nil {
			return nil, err
		}
		return &result.Board, nil
	}
	r, err := a.sweepRows(ctx, id)
	if err != nil {
		return nil, err
	}
	return boardOf(r, jaring.CountSweep(r.captures, r.persons, windowOf(r.campaign, r.pauses)), a.Now()), nil
}

// sweepRows reads all that a board is computed from, in one state of the database.
func (a *App) sweepRows(ctx context.Context, id jaring.CampaignID) (r *sweepRows, err error) {
	err = a.DB.Snapshot(ctx, func(tx *store.Tx) error {
		r, err = readSweep(tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	r.offices, err = a.offices.all(ctx, r.campaign.Office, a.Now())
	return r, err
}

// readSweep reads the rows of a sweep.
func readSweep(tx *store.Tx, id jaring.CampaignID) (r *sweepRows, err error) {
	r = &sweepRows{}
	read := func(f func() error) {
		if err == nil {
			err = f()
		}
	}
	read(func() error { r.campaign, err = tx.GetCampaign(id); return err })
	read(func() error {
		place, err := tx.GetPlace(r.campaign.Place)
		if err == nil {
			r.placeName = place.Name
		}
		return err
	})
	read(func() error { r.pauses, err = tx.FindPauses(id); return err })
	read(func() error { r.members, err = tx.FindMembers(id); return err })
	read(func() error { r.teams, err = tx.FindTeams(id); return err })
	read(func() error { r.captures, err = tx.FindSweepCaptures(id); return err })
	read(func() error { r.persons, err = personsOf(tx, r.captures); return err })
	read(func() error { r.visits, err = tx.FindLotWords(id); return err })
	read(func() error { r.lanes, err = tx.FindLanes(r.campaign.Place); return err })
	read(func() error { r.lots, err = tx.FindLots(r.campaign.Place); return err })
	read(func() error { r.strangers, err = tx.FindAccountsByID(strangersOf(r)); return err })
	return r, err
}

// strangersOf are those who captured somebody without being a member.
func strangersOf(r *sweepRows) (ids []jaring.AccountID) {
	known := map[jaring.AccountID]bool{}
	for _, m := range r.members {
		known[m.Account] = true
	}
	for _, c := range r.captures {
		if !known[c.Agent] {
			known[c.Agent] = true
			ids = append(ids, c.Agent)
		}
	}
	return ids
}

// personsOf finds what the captured records are now, following merges to the record that stands.
func personsOf(tx *store.Tx, captures []jaring.SweepCapture) (map[jaring.WorkerID]jaring.SweepPerson, error) {
	found := map[jaring.WorkerID]store.PersonNow{}
	asked := map[jaring.WorkerID]bool{}
	var ids []jaring.WorkerID
	ask := func(id jaring.WorkerID) {
		if id != "" && !asked[id] {
			asked[id] = true
			ids = append(ids, id)
		}
	}
	for _, c := range captures {
		ask(c.Worker)
	}
	for len(ids) > 0 {
		some, err := tx.FindPersonsNow(ids)
		if err != nil {
			return nil, err
		}
		ids = nil
		for id, p := range some {
			found[id] = p
			ask(p.MergedInto)
		}
	}
	out := make(map[jaring.WorkerID]jaring.SweepPerson, len(captures))
	for _, c := range captures {
		out[c.Worker] = survivorOf(found, c.Worker)
	}
	return out, nil
}

// maxMerges is how many merges one behind the other are followed: a ring would have no end.
const maxMerges = 100

func survivorOf(found map[jaring.WorkerID]store.PersonNow, id jaring.WorkerID) jaring.SweepPerson {
	for range maxMerges {
		p, ok := found[id]
		if !ok {
			break
		}
		if p.MergedInto == "" {
			return jaring.SweepPerson{Survivor: id, Standing: p.Standing, RegisteredAt: p.RegisteredAt}
		}
		id = p.MergedInto
	}
	return jaring.SweepPerson{}
}

// boards keeps the boards that were computed last.
type boards struct {
	mu      sync.Mutex
	slots   map[jaring.CampaignID]*boardSlot
	changes atomic.Uint64 // how often something was committed here
}

// boardSlot is the board of one campaign. Who holds mu computes; the others wait for that.
type boardSlot struct {
	mu      sync.Mutex
	board   *Board
	started time.Time // when its computation began
	changes uint64    // as they were then
}

const (
	boardFresh = 500 * time.Millisecond // what another process committed shows after that
	maxBoards  = 64                     // campaigns that run at once
)

func (b *boards) changed() { b.changes.Add(1) }

// get gives the board of a campaign: the last one, when nothing was committed here since its
// computation began or that was not before the question, less stale; else a new one.
func (b *boards) get(id jaring.CampaignID, stale time.Duration, compute func() (*Board, error)) (*Board, error) {
	asked := time.Now()
	s := b.slot(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.board != nil && (!s.started.Before(asked.Add(-stale)) || s.changes == b.changes.Load() && time.Since(s.started) < boardFresh) {
		return s.board, nil
	}
	started, changes := time.Now(), b.changes.Load()
	board, err := compute()
	if err != nil {
		return nil, err
	}
	s.board, s.started, s.changes = board, started, changes
	return board, nil
}

func (b *boards) slot(id jaring.CampaignID) *boardSlot {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.slots == nil || len(b.slots) >= maxBoards {
		b.slots = map[jaring.CampaignID]*boardSlot{}
	}
	if b.slots[id] == nil {
		b.slots[id] = &boardSlot{}
	}
	return b.slots[id]
}
