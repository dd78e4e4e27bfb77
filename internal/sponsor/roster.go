package sponsor

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/vault"
)

// MaxRosterFile is the largest list that is taken, in bytes: about a million rows as CSV.
const MaxRosterFile = 256 << 20

// maxFileName is how much of a file's name is kept, in bytes.
const maxFileName = 120

// SendRoster takes a sponsor's list under an approved agreement; it is judged soon after. Its id is the operation's.
// Errors: sponsor.unknown, agreement.unknown, agreement.not_approved, agreement.over, sheet.empty, sheet.too_large,
// error.forbidden, operation.conflict.
func (a *Sponsors) SendRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, name string, file []byte) (id string, err error) {
	return a.StreamRoster(ctx, actor, op, sponsor, agreement, name, bytes.NewReader(file))
}

// StreamRoster is SendRoster for a file that is still coming in.
func (a *Sponsors) StreamRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, sponsor, agreement, name string, file io.Reader) (id string, err error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement)
	if err != nil {
		return "", err
	}
	if err := a.mayTake(ctx, s, g); err != nil {
		return "", err
	}
	key, wrapped, keyID, err := a.Vault.NewPerson(jaring.WorkerID(op))
	if err != nil {
		return "", err
	}
	in, err := spoolFile(key, file, string(op), 1)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	r := &store.RosterRecord{ID: string(op), Sponsor: s.ID, Agreement: g.ID, Office: s.Office, Version: 1, State: jaring.RosterReceived, FileName: app.Clip(app.Trim(name), maxFileName),
		FileSize: in.size, Key: wrapped, KeyID: keyID, MadeBy: actor.Account, MadeAt: a.Now(), Hands: []jaring.AccountID{actor.Account}, TermsOf: g.Version}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"roster", sponsor, agreement, name, a.said(in)}, func(tx *store.Tx) error {
		if err := tx.AddRoster(r); err != nil {
			return err
		}
		if err := tx.PutRosterFile(r.ID, in.each()); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, r, jaring.RosterSent, jaring.Facts{Other: g.ID})
	})
	return r.ID, err
}

// said is what a file says, for whoever compares whether it is the same.
func (a *Sponsors) said(in *spool) string {
	return hex.EncodeToString(a.Vault.Digest256("roster", in.sum))
}

// mayTake asks whether a list may come in under an agreement now.
func (a *Sponsors) mayTake(ctx context.Context, s *store.SponsorRecord, g *store.AgreementRecord) error {
	switch {
	case g.State != agreementApproved:
		return jaring.NewError(jaring.Conflict, "agreement.not_approved")
	case g.LastMonth() < jaring.DayIn(a.Now(), a.ZoneOf(ctx, s.Office)).Month():
		return jaring.NewError(jaring.Conflict, "agreement.over", "month", g.LastMonth())
	}
	return nil
}

// tellOfRoster writes an event about a list, at its office.
func (a *Sponsors) tellOfRoster(tx *store.Tx, actor jaring.Actor, r *store.RosterRecord, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = r.Office
	return a.Tell(tx, actor, r.ID, kind, f)
}

func piecePurpose(id string, version int64, n int) string {
	return fmt.Sprintf("roster:%s:%d:%d", id, version, n)
}

func (a *Sponsors) rosterKey(r *store.RosterRecord) (vault.PersonKey, error) {
	return a.Vault.OpenPerson(jaring.WorkerID(r.ID), r.Key, r.KeyID)
}

// rosterFor finds a list and asks whether the actor may do act there. Errors: roster.unknown, error.forbidden.
func (a *Sponsors) rosterFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*store.RosterRecord, error) {
	return app.KeptBy(ctx, a.App, actor, act, id, "roster.unknown", (*store.Tx).GetRoster, func(r *store.RosterRecord) jaring.OfficeID { return r.Office })
}

// ReplaceRoster takes a list's file once more, mended; all that was said of the one before is forgotten.
// Errors: those of SendRoster, roster.unknown, roster.closed.
func (a *Sponsors) ReplaceRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, name string, file []byte) error {
	return a.ReplaceByStream(ctx, actor, op, id, name, bytes.NewReader(file))
}

// ReplaceByStream is ReplaceRoster for a file that is still coming in.
func (a *Sponsors) ReplaceByStream(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id, name string, file io.Reader) (err error) {
	r, err := a.rosterFor(ctx, actor, jaring.ActManageSponsor, id)
	if err != nil {
		return err
	}
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, r.Sponsor, r.Agreement)
	if err != nil {
		return err
	}
	if err := a.mayTake(ctx, s, g); err != nil {
		return err
	}
	key, err := a.rosterKey(r)
	if err != nil {
		return err
	}
	in, err := spoolFile(key, file, id, r.Version+1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"roster again", id, name, a.said(in)}, func(tx *store.Tx) error {
		now, err := tx.GetRoster(id)
		switch {
		case err != nil:
			return err
		case !now.State.Open():
			return jaring.NewError(jaring.Conflict, "roster.closed")
		case now.Version != r.Version: // the pieces are sealed for the version behind the one that was found
			return jaring.NewError(jaring.Conflict, "roster.changed_meanwhile")
		}
		next := store.RosterRecord{ID: id, Office: now.Office, Version: now.Version + 1, State: jaring.RosterReceived, FileName: app.Clip(app.Trim(name), maxFileName),
			FileSize: in.size, Hands: now.Hands, TermsOf: g.Version, Turn: now.Turn}
		if !slices.Contains(next.Hands, actor.Account) {
			next.Hands = append(next.Hands, actor.Account)
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
		if err := tx.PutRosterFile(id, in.each()); err != nil {
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
func (a *Sponsors) CancelRoster(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id string) error {
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
		if err := tx.DropRosterFile(id); err != nil {
			return err
		}
		return a.tellOfRoster(tx, actor, &next, jaring.RosterCancelled, jaring.Facts{Other: now.Agreement})
	})
	return err
}
