package store_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// sampleEntry is an entry around what an act posts.
func sampleEntry(owner string, office jaring.OfficeID, kind ledger.Kind, ps []ledger.Posting) *ledger.Entry {
	return &ledger.Entry{ID: newID[ledger.EntryID](), Owner: owner, Kind: kind, Day: jaring.NewDay(2026, 11, 21), At: now, Actor: newID[jaring.AccountID](),
		Office: office, Contribution: newID[jaring.ContributionID](), Reference: "TRX 1", Postings: ps}
}

func samplePaid(owner string, office jaring.OfficeID, month jaring.Month) *ledger.Entry {
	kind, ps, _ := ledger.Settle(ledger.Money{Owner: owner, Into: ledger.Clearing("bank"), Amount: 20_000, Charges: []ledger.Charge{{Month: month, Amount: 16_800}}})
	return sampleEntry(owner, office, kind, ps)
}

// addEntry puts an entry at the end of its owner's chain.
func addEntry(tx *store.Tx, e *ledger.Entry) error {
	head, err := tx.LedgerHead(e.Owner)
	if err != nil {
		return err
	}
	return tx.AddEntry(e, head)
}

// postLines does what the job does: it writes the lines of entries whose marks it deletes.
func postLines(t *testing.T, db *store.DB, limit int) (n int) {
	t.Helper()
	var pending []*ledger.Entry
	read(t, db, func(tx *store.Tx) (err error) { pending, err = tx.PendingEntries(limit); return err })
	write(t, db, func(tx *store.Tx) error {
		taken, err := tx.TakePendingEntries(pending)
		n = len(taken)
		var lines []ledger.Line
		for _, e := range taken {
			for _, l := range e.Lines() {
				if l.Account.Account().Shared() {
					lines = append(lines, l)
				}
			}
		}
		return errors.Join(err, tx.AddLines(lines))
	})
	return n
}

func TestLedgerEntries(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		owner, office := newID[string](), newID[jaring.OfficeID]()
		var want []*ledger.Entry
		for i := range 3 {
			e := samplePaid(owner, office, jaring.NewMonth(2026, 11).Add(i))
			write(t, db, func(tx *store.Tx) error { return addEntry(tx, e) })
			want = append(want, e)
		}
		other := samplePaid(newID[string](), office, jaring.NewMonth(2026, 11))
		write(t, db, func(tx *store.Tx) error { return addEntry(tx, other) })
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.FindEntries(owner)
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("entries (-written +read):\n%s", d)
			}
			head, err2 := tx.LedgerHead(owner)
			if d := cmp.Diff(want[2].Head(), head); d != "" || head.Credit != 3*3_200 {
				t.Errorf("head (-want +got):\n%s", d)
			}
			var before ledger.Head
			for _, e := range got {
				if what := e.Broken(before); what != "" {
					t.Errorf("entry %d: %s", e.Seq, what)
				}
				before = e.Head()
			}
			page, err3 := tx.EntriesAfter("", 0, 3)
			rest, err4 := tx.EntriesAfter(page[2].Owner, page[2].Seq, 3)
			if len(page) != 3 || len(rest) != 1 || rest[0].Owner < page[2].Owner {
				t.Errorf("pages of %d and %d entries", len(page), len(rest))
			}
			return errors.Join(err, err2, err3, err4)
		})
		twice := samplePaid(owner, office, jaring.NewMonth(2027, 2))
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.AddEntry(twice, want[1].Head()) })
		wantKey(t, err, jaring.Conflict, "worker.changed_meanwhile")
		twice.Postings = twice.Postings[1:]
		wantKey(t, db.Write(t.Context(), func(tx *store.Tx) error { return addEntry(tx, twice) }), jaring.Internal, "ledger.unbalanced")
	})
}

// The lines of shared accounts are written afterwards, each once, in chains that hold; what an agent
// has in hands is known at once.
func TestLedgerLines(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		office, agent := newID[jaring.OfficeID](), newID[jaring.AccountID]()
		custody := ledger.Key(ledger.Custody(agent))
		for i := range 5 {
			owner := newID[string]()
			kind, ps := ledger.TakeCash(jaring.WorkerID(owner), agent, 16_800)
			write(t, db, func(tx *store.Tx) error { return addEntry(tx, sampleEntry(owner, office, kind, ps)) })
			read(t, db, func(tx *store.Tx) error {
				head, err := tx.LineHead(custody)
				if head.Seq != int64(3*i+1) || head.Balance != jaring.Rupiah(i+1)*16_800 {
					t.Errorf("in hands: %+v", head)
				}
				return err
			})
			kind, ps = ledger.Deposit(ledger.Money{Owner: owner, Into: ledger.Clearing("bank"), Amount: 16_800,
				Charges: []ledger.Charge{{Month: jaring.NewMonth(2026, 11), Amount: 16_000}}}, agent)
			if i < 4 {
				write(t, db, func(tx *store.Tx) error { return addEntry(tx, sampleEntry(owner, office, kind, ps)) })
				write(t, db, func(tx *store.Tx) error {
					kind, ps := ledger.TakeCash(jaring.WorkerID(owner), agent, 16_800)
					return addEntry(tx, sampleEntry(owner, office, kind, ps))
				})
			}
		}
		pending, more := count(t, db, "ledger_pending"), false
		read(t, db, func(tx *store.Tx) (err error) { more, err = tx.HasPendingEntries(); return err })
		if pending != 4 || !more {
			t.Errorf("%d entries wait for lines, %v", pending, more)
		}
		if n := postLines(t, db, 3) + postLines(t, db, 3) + postLines(t, db, 3); n != 4 {
			t.Errorf("%d entries posted", n)
		}
		wantChains(t, db)
		read(t, db, func(tx *store.Tx) error {
			got, err := tx.FindBalances()
			at := func(a ledger.Account) ledger.Key { return ledger.KeyOf(a, office) }
			want := []store.AccountBalance{{Account: at(ledger.Adjustment), Lines: 4, Balance: -3_200}, {Account: at(ledger.Clearing("bank")), Lines: 4, Balance: 67_200},
				{Account: custody, Lines: 13, Balance: 84_000}, {Account: at(ledger.Fund), Lines: 4, Balance: -64_000}}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("balances (-want +got):\n%s", d)
			}
			page, err2 := tx.FindLines(custody, 2, 3)
			if len(page) != 3 || page[0].Seq != 3 || page[0].Day != jaring.NewDay(2026, 11, 21) {
				t.Errorf("lines from the third: %+v", page)
			}
			n := 0
			err3 := tx.EachPendingEntry(func(string, int64) { n++ })
			if n != 0 {
				t.Errorf("%d still wait", n)
			}
			return errors.Join(err, err2, err3)
		})
	})
}

// wantChains walks all lines.
func wantChains(t *testing.T, db *store.DB) {
	t.Helper()
	read(t, db, func(tx *store.Tx) error {
		var last ledger.Line
		return tx.EachLine(func(l *ledger.Line) error {
			head := last.Head()
			if l.Account != last.Account {
				head = ledger.LineHead{}
			}
			if what := l.Broken(head); what != "" {
				t.Errorf("%s %d: %s", l.Account, l.Seq, what)
			}
			last = *l
			return nil
		})
	})
}

// Many at once at one account, and several who post: every line once, no chain torn.
func TestLedgerLinesOfManyAtOnce(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		const each = 25
		office, agent := newID[jaring.OfficeID](), newID[jaring.AccountID]()
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for i := range each {
					owner := newID[string]()
					kind, ps := ledger.TakeCash(jaring.WorkerID(owner), agent, jaring.Rupiah(1+i))
					err := db.Write(t.Context(), func(tx *store.Tx) error {
						if err := addEntry(tx, sampleEntry(owner, office, kind, ps)); err != nil {
							return err
						}
						return addEntry(tx, samplePaid(owner, office, jaring.NewMonth(2026, 11)))
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		posted := make([]int, 3)
		for i := range posted {
			wg.Go(func() { posted[i] = postLines(t, db, 4*each) })
		}
		wg.Wait()
		if n := posted[0] + posted[1] + posted[2]; n != 4*each {
			t.Errorf("%v posted, want %d", posted, 4*each)
		}
		wantChains(t, db)
		if n := count(t, db, "ledger_line WHERE account = $1", string(ledger.Custody(agent))); n != 4*each {
			t.Errorf("%d lines in the agent's account", n)
		}
	})
}
