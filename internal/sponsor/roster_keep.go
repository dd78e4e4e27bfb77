package sponsor

import (
	"context"

	"jaring/internal/store"
)

// rosterKeeper writes judged rows while the next ones are held against the book.
type rosterKeeper struct {
	rows  chan judgedRows
	ended chan struct{}
	err   error // of the first write that failed; read once ended is closed
}

// judgedRows is one chunk of a list, and where the list stands before and behind it.
type judgedRows struct {
	was, now store.RosterRecord
	rows     []store.RosterRow
	findings []store.RosterFinding
}

func (a *Sponsors) keepRows(ctx context.Context) *rosterKeeper {
	k := &rosterKeeper{rows: make(chan judgedRows, 1), ended: make(chan struct{})}
	go func() {
		defer close(k.ended)
		for c := range k.rows {
			k.err = a.DB.Write(ctx, func(tx *store.Tx) error {
				if err := moveRoster(tx, &c.now, &c.was); err != nil {
					return err
				}
				return tx.AddRosterRows(c.now.ID, c.rows, c.findings)
			})
			if k.err != nil {
				return
			}
		}
	}()
	return k
}

// keep hands a chunk on. Error: of a chunk before it, such as roster.changed_meanwhile.
func (k *rosterKeeper) keep(c judgedRows) error {
	select {
	case k.rows <- c:
		return nil
	case <-k.ended:
		return k.err
	}
}

// end waits until all is written. Error: as of keep.
func (k *rosterKeeper) end() error {
	close(k.rows)
	<-k.ended
	return k.err
}
