package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Board gives a campaign as it stands, not older than stale. Many may ask at once: one computes for all.
// Errors: campaign.not_found, campaign.no_board, error.forbidden.
func (a *App) Board(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, stale time.Duration) (*Board, error) {
	c, err := a.campaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	return a.boardFor(ctx, c, stale)
}

// boardFor gives the board of a campaign, not older than stale.
func (a *App) boardFor(ctx context.Context, c *Campaign, stale time.Duration) (*Board, error) {
	if c.Kind != jaring.KindSweep {
		return nil, jaring.NewError(jaring.NotFound, "campaign.no_board")
	}
	if c.State == jaring.CampaignIsSealed {
		result, err := parseResult(c.Result)
		if err != nil {
			return nil, err
		}
		return &result.Board, nil
	}
	return a.boards.get(c.ID, stale, func() (*Board, error) {
		r, err := a.sweepRows(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		return boardOf(r, jaring.CountSweep(r.captures, r.persons, windowOf(r.campaign, r.pauses)), a.Now()), nil
	})
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
	offices, err := a.officeNames(ctx, r.campaign.Office)
	if err != nil {
		return nil, err
	}
	r.name(offices)
	return r, nil
}

// officeNames gives the names of all offices, wanted among them.
func (a *App) officeNames(ctx context.Context, wanted jaring.OfficeID) (map[jaring.OfficeID]string, error) {
	offices, err := a.offices.all(ctx, wanted, a.Now())
	names := make(map[jaring.OfficeID]string, len(offices))
	for id, o := range offices {
		names[id] = o.Name
	}
	return names, err
}

// name puts the names of offices to the rows.
func (r *sweepRows) name(offices map[jaring.OfficeID]string) {
	r.offices, r.officeName = offices, offices[r.campaign.Office]
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
	read(func() error { r.visits, err = tx.FindLotVisits(id); return err })
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
