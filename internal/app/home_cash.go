package app

import (
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// fillCash counts what waits because of cash that was taken up to a day.
func (h *Home) fillCash(tx *store.Tx, actor jaring.Actor, until jaring.Day) error {
	if actor.Role == jaring.RoleAgent {
		own, err := tx.FindOpenReceipts(actor.Account)
		for _, c := range own {
			if c.TakenOn <= until {
				h.OldCash++
			}
		}
		return err
	}
	if !actor.Can(jaring.ActReadCash) {
		return nil
	}
	cases, err := tx.CountCases(actor.Offices)
	if err != nil {
		return err
	}
	for _, n := range cases {
		h.Cases += n
	}
	open, err := tx.FindOpenCash(actor.Offices)
	old := map[jaring.AccountID]bool{}
	for _, c := range open {
		if c.Day <= until {
			old[c.Agent] = true
		}
	}
	h.OldCash = int64(len(old))
	return err
}
