package app

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// RosterFile is a list in an opened spreadsheet. Check judges its rows in order: entry gets each, tell what there is
// to say of them and of the file. Errors: that the file cannot be read, and those of either.
type RosterFile interface {
	Check(j *roster.Judge, tell func(roster.Finding) error, entry func(*roster.Entry) error) error
}

// RosterOpener opens a spreadsheet and finds the list in it.
type RosterOpener func(r io.ReaderAt, size int64) (RosterFile, error)

// MaxRosterFile is the largest list that is taken, in bytes: about a million rows as CSV.
const MaxRosterFile = 128 << 20

// maxFileName is how much of a file's name is kept, in bytes.
const maxFileName = 120

// SendRoster takes a sponsor's list under an approved agreement; it is judged soon after. Its id is the operation's.
// Errors: sponsor.unknown, agreement.unknown, agreement.not_approved, agreement.over, sheet.empty, sheet.too_large,
// error.forbidden, operation.conflict.
func (a *App) SendRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, name string, file []byte) (id string, err error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement)
	if err != nil {
		return "", err
	}
	if err := a.mayTake(ctx, s, g, file); err != nil {
		return "", err
	}
	key, wrapped, keyID, err := a.Vault.NewPerson(jaring.WorkerID(op))
	if err != nil {
		return "", err
	}
	r := &store.RosterRecord{ID: string(op), Sponsor: s.ID, Agreement: g.ID, Office: s.Office, Version: 1, State: jaring.RosterReceived, FileName: clip(trim(name), maxFileName),
		FileSize: int64(len(file)), Key: wrapped, KeyID: keyID, MadeBy: actor.Account, MadeAt: a.Now(), Hands: []jaring.AccountID{actor.Account}, TermsOf: g.Version}
	pieces, err := sealPieces(key, file, r.ID, r.Version)
	if err != nil {
		return "", err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"roster", sponsor, agreement, name, hex.EncodeToString(a.Vault.Digest256("roster", file))}, func(tx *store.Tx) error {
		if err := tx.AddRoster(r); err != nil {
			return err
		}
		if err := tx.PutRosterFile(r.ID, pieces); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, r, jaring.RosterSent, jaring.Facts{Other: g.ID})
	})
	return r.ID, err
}

// mayTake asks whether a list of this size may come in under an agreement now.
func (a *App) mayTake(ctx context.Context, s *store.SponsorRecord, g *store.AgreementRecord, file []byte) error {
	switch {
	case g.State != agreementApproved:
		return jaring.NewError(jaring.Conflict, "agreement.not_approved")
	case g.LastMonth() < jaring.DayIn(a.Now(), a.zoneOf(ctx, s.Office)).Month():
		return jaring.NewError(jaring.Conflict, "agreement.over", "month", g.LastMonth())
	case len(file) == 0:
		return jaring.NewError(jaring.Invalid, "sheet.empty")
	case len(file) > MaxRosterFile:
		return jaring.NewError(jaring.Invalid, "sheet.too_large", "max", MaxRosterFile>>20)
	}
	return nil
}

// tellOfRoster writes an event about a list, at its office.
func (a *App) tellOfRoster(tx *store.Tx, actor jaring.Actor, r *store.RosterRecord, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = r.Office
	return a.Tell(tx, actor, r.ID, kind, f)
}

// pieceSize is how much of a file one row keeps.
const pieceSize = 1 << 20

func piecePurpose(id string, version int64, n int) string {
	return fmt.Sprintf("roster:%s:%d:%d", id, version, n)
}

func sealPieces(key vault.PersonKey, file []byte, id string, version int64) (pieces [][]byte, err error) {
	for part := range slices.Chunk(file, pieceSize) {
		sealed, err := key.Seal(part, piecePurpose(id, version, len(pieces)))
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, sealed)
	}
	return pieces, nil
}

// rosterFile reads the file of a list.
func (a *App) rosterFile(ctx context.Context, r *store.RosterRecord, key vault.PersonKey) (file []byte, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		file = make([]byte, 0, r.FileSize)
		return tx.EachRosterPiece(r.ID, func(n int, sealed []byte) error {
			part, err := key.Open(sealed, piecePurpose(r.ID, r.Version, n))
			file = append(file, part...)
			return err
		})
	})
	return file, err
}

func (a *App) rosterKey(r *store.RosterRecord) (vault.PersonKey, error) {
	return a.Vault.OpenPerson(jaring.WorkerID(r.ID), r.Key, r.KeyID)
}

// rosterFor finds a list and asks whether the actor may do act there. Errors: roster.unknown, error.forbidden.
func (a *App) rosterFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*store.RosterRecord, error) {
	return KeptBy(ctx, a, actor, act, id, "roster.unknown", (*store.Tx).GetRoster, func(r *store.RosterRecord) jaring.OfficeID { return r.Office })
}

// ReplaceRoster takes a list's file once more, mended; all that was said of the one before is forgotten.
// Errors: those of SendRoster, roster.unknown, roster.closed.
func (a *App) ReplaceRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, name string, file []byte) error {
	r, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id)
	if err != nil {
		return err
	}
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, r.Sponsor, r.Agreement)
	if err != nil {
		return err
	}
	if err := a.mayTake(ctx, s, g, file); err != nil {
		return err
	}
	key, err := a.rosterKey(r)
	if err != nil {
		return err
	}
	said := []any{"roster again", id, name, hex.EncodeToString(a.Vault.Digest256("roster", file))}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, said, func(tx *store.Tx) error {
		now, err := tx.GetRoster(id)
		if err != nil {
			return err
		}
		if !now.State.Open() {
			return jaring.NewError(jaring.Conflict, "roster.closed")
		}
		next := store.RosterRecord{ID: id, Office: now.Office, Version: now.Version + 1, State: jaring.RosterReceived, FileName: clip(trim(name), maxFileName),
			FileSize: int64(len(file)), Hands: now.Hands, TermsOf: g.Version, Turn: now.Turn}
		if !slices.Contains(next.Hands, actor.Account) {
			next.Hands = append(next.Hands, actor.Account)
		}
		pieces, err := sealPieces(key, file, id, next.Version)
		if err != nil {
			return err
		}
		if err := moveRoster(tx, &next, now); err != nil {
			return err
		}
		if err := tx.ClearRoster(id); err != nil {
			return err
		}
		if err := tx.DropRosterMends(id); err != nil {
			return err
		}
		if err := tx.PutRosterFile(id, pieces); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, &next, jaring.RosterSent, jaring.Facts{Other: r.Agreement})
	})
	return err
}

// moveRoster writes next in the place of now. Error: roster.changed_meanwhile.
func moveRoster(tx *store.Tx, next, now *store.RosterRecord) error {
	done, err := tx.MoveRoster(next, now)
	if err == nil && !done {
		err = jaring.NewError(jaring.Conflict, "roster.changed_meanwhile")
	}
	return err
}

// CancelRoster calls a list off that is not approved yet, and forgets all that was read of it.
// Errors: roster.unknown, roster.closed, error.forbidden, operation.conflict.
func (a *App) CancelRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string) error {
	if _, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id); err != nil {
		return err
	}
	_, err := a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"roster cancel", id}, func(tx *store.Tx) error {
		now, err := tx.GetRoster(id)
		if err != nil {
			return err
		}
		if !now.State.Open() {
			return jaring.NewError(jaring.Conflict, "roster.closed")
		}
		next := *now
		next.State = jaring.RosterStopped
		if err := moveRoster(tx, &next, now); err != nil {
			return err
		}
		if err := tx.ClearRoster(id); err != nil {
			return err
		}
		if err := tx.DropRosterMends(id); err != nil {
			return err
		}
		if err := tx.PutRosterFile(id, nil); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, &next, jaring.RosterCancelled, jaring.Facts{Other: now.Agreement})
	})
	return err
}
