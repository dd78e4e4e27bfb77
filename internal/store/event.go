package store

import (
	"encoding/json"

	"jaring/internal/jaring"
)

// AddEvent puts an event at the end of its subject's chain and marks it as not yet
// folded into the counters. It reads the chain's head first; NewSubjectEvent does not.
func (tx *Tx) AddEvent(e *jaring.Event) error {
	if err := tx.lockChain(e.Subject); err != nil {
		return err
	}
	var h ChainHead
	if _, err := tx.one(chainHead, []any{e.Subject}, &h.Seq, &h.Hash); err != nil {
		return err
	}
	return tx.addEventAfter(e, h.Seq, h.Hash)
}

const chainHead = `SELECT seq, hash FROM event WHERE subject_id = $1 ORDER BY seq DESC LIMIT 1`

// ChainHead is the end of a subject's chain of events.
type ChainHead struct {
	Seq  int64
	Hash []byte
}

// AddEventBehind is AddEvent by somebody who has read the end of the chain before this transaction.
// Error: worker.changed_meanwhile when another event stands there since.
func (tx *Tx) AddEventBehind(e *jaring.Event, head ChainHead) error {
	return tx.addEventAfter(e, head.Seq, head.Hash)
}

// AddFirstEvent starts the chain of a subject that did not exist before this transaction.
func (tx *Tx) AddFirstEvent(e *jaring.Event) error { return tx.addEventAfter(e, 0, nil) }

func (tx *Tx) addEventAfter(e *jaring.Event, seq int64, hash []byte) error {
	e.Seal(seq, hash)
	err := tx.queue(`INSERT INTO event (subject_id, seq, event_id, kind, at, actor_id, office_id, facts, prev_hash, hash) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		eventArgs(e)...)
	if err != nil {
		return err
	}
	return tx.queue(`INSERT INTO event_pending (subject_id, seq) VALUES ($1, $2)`, e.Subject, e.Seq)
}

const eventColumns = `subject_id, seq, event_id, kind, at, actor_id, office_id, facts, prev_hash, hash`

func scanEvent(r rows) (*jaring.Event, error) {
	e := &jaring.Event{}
	var at int64
	var facts string
	err := r.Scan(&e.Subject, &e.Seq, &e.ID, &e.Kind, &at, &e.Actor, &e.Office, &facts, &e.PrevHash, &e.Hash)
	e.At, e.Facts = moment(at), []byte(facts)
	return e, err
}

func (tx *Tx) events(where string, args ...any) (out []*jaring.Event, err error) {
	err = tx.each(`SELECT `+eventColumns+` FROM event `+where, args, func(r rows) error {
		e, err := scanEvent(r)
		out = append(out, e)
		return err
	})
	return out, err
}

// FindEvents gives the chain of one subject, oldest first.
func (tx *Tx) FindEvents(subject string) ([]*jaring.Event, error) {
	return tx.events(`WHERE subject_id = $1 ORDER BY seq`, subject)
}

// FindEventsOfKinds gives the newest events of the kinds at the offices, newest first,
// before a given event id (empty: from the newest).
func (tx *Tx) FindEventsOfKinds(kinds []jaring.EventKind, offices []jaring.OfficeID, before jaring.EventID, limit int) ([]*jaring.Event, error) {
	if before == "" {
		before = lastUUID
	}
	args := append(append([]any{string(before), int64(limit)}, texts(kinds)...), texts(offices)...)
	return tx.events(`WHERE event_id < $1 AND kind IN (`+marks(3, len(kinds))+`) AND office_id IN (`+marks(3+len(kinds), len(offices))+`) ORDER BY event_id DESC LIMIT $2`, args...)
}

const lastUUID = "ffffffff-ffff-ffff-ffff-ffffffffffff"

// EachEvent walks all events in the order of subjects and their chains.
func (tx *Tx) EachEvent(f func(*jaring.Event) error) error {
	return tx.each(`SELECT `+eventColumns+` FROM event ORDER BY subject_id, seq`, nil, func(r rows) error {
		e, err := scanEvent(r)
		if err != nil {
			return err
		}
		return f(e)
	})
}

// PendingEvents gives up to limit events that are not yet in the counters.
func (tx *Tx) PendingEvents(limit int) ([]*jaring.Event, error) {
	return tx.events(`WHERE (subject_id, seq) IN (SELECT subject_id, seq FROM event_pending LIMIT $1)`, int64(limit))
}

// TakePending deletes the pending mark of an event: whoever deletes it may count it.
func (tx *Tx) TakePending(events []*jaring.Event) ([]*jaring.Event, error) {
	stmts := make([]statement, len(events))
	for i, e := range events {
		stmts[i] = statement{`DELETE FROM event_pending WHERE subject_id = $1 AND seq = $2`, []any{e.Subject, e.Seq}}
	}
	affected, err := tx.execMany(stmts)
	if err != nil {
		return nil, err
	}
	var taken []*jaring.Event
	for i, n := range affected {
		if n == 1 {
			taken = append(taken, events[i])
		}
	}
	return taken, nil
}

// FactsText is what the store keeps of an event's facts.
func FactsText(f jaring.Facts) []byte {
	b, _ := json.Marshal(f)
	return b
}

// ParseFacts reads what the store keeps of an event's facts.
func ParseFacts(text []byte) (f jaring.Facts, err error) {
	if len(text) > 0 {
		err = json.Unmarshal(text, &f)
	}
	return f, err
}
