package store_test

import (
	"fmt"
	"testing"

	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// However many readers share the people, each person is read by one of them.
func TestParts_EverybodyIsInOne(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		for people := range 6 {
			for _, readers := range []int{1, 2, 3, 7} {
				if got := readInParts(t, db, readers); got != people {
					t.Errorf("%d readers read %d of %d people", readers, got, people)
				}
			}
			w := addWorker(t, db)
			write(t, db, func(tx *store.Tx) error { return tx.AddMembership(sampleMembership(w)) })
		}
	})
}

func readInParts(t *testing.T, db *store.DB, readers int) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		parts, err := tx.Parts(readers)
		if err != nil || len(parts) > readers {
			return fmt.Errorf("%v %w", parts, err)
		}
		for _, part := range parts {
			if err := tx.EachPriced(part, func(store.PricedPerson) bool { n++; return true }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return n
}
