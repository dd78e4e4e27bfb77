package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// WorkerList is a page of persons.
type WorkerList struct {
	Workers []*store.WorkerRecord
	Next    string // opaque cursor; empty on the last page
	Counts  map[jaring.Standing]int64
	Total   int64 // persons in the asked standing, from the counters
}

// ListQuery asks for a page of persons.
type ListQuery struct {
	Text     string // a name, a registration number, a KPJ or a payment code
	Standing jaring.Standing
	Cursor   string
	Limit    int
}

// Page sizes.
const (
	DefaultPage = 25
	MaxPage     = 200
)

// FindWorkers gives a page of the persons that the actor reaches: the agent's own, or
// those of the office and the ones below. Errors: error.forbidden, cursor.malformed,
// standing.unknown.
func (a *App) FindWorkers(ctx context.Context, actor jaring.Actor, q ListQuery) (*WorkerList, error) {
	if err := actor.May(jaring.ActFindWorker, jaring.Scope{}); err != nil {
		return nil, err
	}
	sq, err := storeQuery(actor, q)
	if err != nil {
		return nil, err
	}
	list := &WorkerList{}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if list.Workers, err = findText(tx, actor, q, sq); err != nil {
			return err
		}
		list.Counts, err = gauges(tx, actor)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(list.Workers) == sq.Limit {
		last := list.Workers[len(list.Workers)-1]
		list.Next = cursorText(last, sq.Name != "")
	}
	for s, n := range list.Counts {
		if q.Standing == "" || s == q.Standing {
			list.Total += n
		}
	}
	return list, nil
}

func storeQuery(actor jaring.Actor, q ListQuery) (store.WorkerQuery, error) {
	sq := store.WorkerQuery{Offices: actor.Offices, Standing: q.Standing, Limit: q.Limit, Name: match.FoldName(q.Text)}
	if actor.Role == jaring.RoleAgent {
		sq.Agent = actor.Account
	}
	if sq.Limit <= 0 || sq.Limit > MaxPage {
		sq.Limit = DefaultPage
	}
	if q.Standing != "" && !slices.Contains(jaring.Standings, q.Standing) {
		return sq, jaring.NewError(jaring.Invalid, "standing.unknown").At("status")
	}
	if q.Cursor == "" {
		return sq, nil
	}
	name, id, ok := parseCursor(q.Cursor)
	if !ok || (name != "") != (sq.Name != "") {
		return sq, jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	sq.Before, sq.After = id, store.NameCursor{NameFold: name, Worker: id}
	return sq, nil
}

// findText answers a number directly and a name by its beginning.
func findText(tx *store.Tx, actor jaring.Actor, q ListQuery, sq store.WorkerQuery) ([]*store.WorkerRecord, error) {
	if id, err := byNumber(tx, q.Text); err != nil || id != "" {
		if err != nil {
			return nil, err
		}
		w, err := tx.GetWorker(id)
		if err != nil || actor.May(jaring.ActGetWorker, scopeOf(w)) != nil {
			return nil, err
		}
		return []*store.WorkerRecord{w}, nil
	}
	if sq.Name == "" && strings.TrimSpace(q.Text) != "" {
		return nil, nil // a number that nobody has, or no letters at all: not everybody
	}
	found, err := tx.FindWorkers(sq)
	if err != nil || sq.Name == "" || len(found) == sq.Limit || sq.After.Worker != "" {
		return found, err
	}
	// A word from the middle of a name: looked for among the newest records only.
	more, err := tx.FindWorkersByWord(sq)
	seen := map[jaring.WorkerID]bool{}
	for _, w := range found {
		seen[w.ID] = true
	}
	for _, w := range more {
		if !seen[w.ID] && len(found) < sq.Limit-1 {
			found = append(found, w)
		}
	}
	return found, err
}

func byNumber(tx *store.Tx, text string) (jaring.WorkerID, error) {
	compact := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if !strings.ContainsAny(compact, "0123456789") {
		return "", nil
	}
	registration, err := jaring.ParseRegistrationNo(text)
	if err != nil {
		registration = ""
	}
	if id, err := tx.WorkerByNumber(registration, compact); err != nil || id != "" {
		return id, err
	}
	return tx.PaymentOfCode(compact)
}

func cursorText(w *store.WorkerRecord, byName bool) string {
	text := string(w.ID)
	if byName {
		text = w.NameFold + "\x00" + text
	}
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

func parseCursor(s string) (name string, id jaring.WorkerID, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "", "", false
	}
	text := string(b)
	if n, rest, found := strings.Cut(text, "\x00"); found {
		name, text = n, rest
	}
	return name, jaring.WorkerID(text), utf8.ValidString(name) && jaring.IsUUID(text)
}

// gauges are how many persons of the actor's reach stand where, from the counters.
func gauges(tx *store.Tx, actor jaring.Actor) (map[jaring.Standing]int64, error) {
	d, value := marginOf(actor)
	counts, err := tx.FindCounts(d, value, 1<<30)
	if err != nil {
		return nil, err
	}
	out := map[jaring.Standing]int64{}
	for _, s := range jaring.Standings {
		out[s] = counts[jaring.Counter{Dimension: d, Value: value, Measure: jaring.Gauge(s)}]
	}
	return out, nil
}

// marginOf is the counters' marginal that an actor looks at.
func marginOf(actor jaring.Actor) (jaring.Dimension, string) {
	if actor.Role == jaring.RoleAgent {
		return jaring.ByAgent, string(actor.Account)
	}
	return jaring.ByOffice, string(actor.Office)
}

// LookUpWorker finds a person by NIK; nil when there is none within the actor's reach.
// Errors: those of the NIK's form, error.forbidden.
func (a *App) LookUpWorker(ctx context.Context, actor jaring.Actor, text string) (*store.WorkerRecord, error) {
	if err := actor.May(jaring.ActFindWorker, jaring.Scope{}); err != nil {
		return nil, err
	}
	nik, nikErr := jaring.ParseNIK(text)
	if nikErr != nil {
		return nil, jaring.Errors{nikErr.At("nik")}
	}
	var w *store.WorkerRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		owner, err := tx.NIKOwner(a.Vault.IndexHashes(nik))
		if err != nil || owner == "" {
			return err
		}
		w, err = tx.GetWorker(owner)
		return err
	})
	if err != nil || w == nil || actor.May(jaring.ActGetWorker, scopeOf(w)) != nil {
		return nil, err
	}
	return w, nil
}
