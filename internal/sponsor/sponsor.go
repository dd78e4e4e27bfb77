package sponsor

import (
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/match"
	"jaring/internal/store"
)

// Row is a sponsor as lists show it.
type Row struct {
	*store.SponsorRecord
	OfficeName string
	Agreements []*store.AgreementRecord // the newest first
	Money      Money                    // of GetSponsor alone
}

// Money is how a sponsor stands with the fund, in rupiah.
type Money struct {
	Owed   jaring.Rupiah // on bills that wait
	Paid   jaring.Rupiah // that came through channels, less what went back
	Credit jaring.Rupiah // paid for people who could not start
}

// AddSponsor adds a sponsor at an office; empty names the actor's own. Errors: those of jaring.NewSponsor,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *Sponsors) AddSponsor(ctx context.Context, actor jaring.Actor, op jaring.OperationID, s jaring.Sponsor) (id string, err error) {
	if s.Office == "" {
		s.Office = actor.Office
	}
	if err := actor.May(jaring.ActManageSponsor, jaring.Scope{}); err != nil {
		return "", err
	}
	if s, err = jaring.NewSponsor(s); err != nil {
		return "", err
	}
	if _, err := a.Office(ctx, s.Office); err != nil {
		return "", app.AtField(err, "office_id")
	}
	if err := actor.May(jaring.ActManageSponsor, jaring.Scope{Office: s.Office}); err != nil {
		return "", err
	}
	row := &store.SponsorRecord{Sponsor: s, ID: string(op), NameFold: match.FoldName(s.Name), MadeBy: actor.Account, MadeAt: a.Now()}
	_, err = a.Once(ctx, actor, op, jaring.ActManageSponsor, []any{"add", s}, func(tx *store.Tx) error {
		if err := tx.AddSponsor(row); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, row, jaring.SponsorAdded, jaring.Facts{})
	})
	return row.ID, err
}

// tellOfSponsor writes an event about a sponsor, at its office.
func (a *Sponsors) tellOfSponsor(tx *store.Tx, actor jaring.Actor, s *store.SponsorRecord, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = s.Office
	return a.Tell(tx, actor, s.ID, kind, f)
}

// FindSponsors gives the sponsors of the actor's offices whose name holds q, by name, behind a cursor.
// Errors: error.forbidden, cursor.malformed.
func (a *Sponsors) FindSponsors(ctx context.Context, actor jaring.Actor, q, cursor string) (rows []*Row, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActFindSponsor, "")
	if err != nil {
		return nil, "", err
	}
	var after store.SponsorCursor
	if err := app.OpenCursor(cursor, &after); err != nil || after.ID != "" && !jaring.IsUUID(after.ID) {
		return nil, "", app.BadCursor()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows = nil
		found, err := tx.FindSponsors(offices, match.FoldName(q), after, app.DefaultPage)
		for _, s := range found {
			if err != nil {
				return err
			}
			row := &Row{SponsorRecord: s}
			row.Agreements, err = tx.FindAgreements(s.ID)
			rows = append(rows, row)
		}
		return err
	})
	for _, r := range rows {
		r.OfficeName = a.OfficeName(ctx, r.Office)
	}
	if len(rows) == app.DefaultPage {
		last := rows[len(rows)-1]
		next = app.CloseCursor(store.SponsorCursor{NameFold: last.NameFold, ID: last.ID})
	}
	return rows, next, err
}

// sponsorFor finds a sponsor and asks whether the actor may do act there. Errors: sponsor.unknown, error.forbidden.
func (a *Sponsors) sponsorFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id string) (*store.SponsorRecord, error) {
	return app.KeptBy(ctx, a.App, actor, act, id, "sponsor.unknown", (*store.Tx).GetSponsor, func(s *store.SponsorRecord) jaring.OfficeID { return s.Office })
}

// GetSponsor gives a sponsor with its agreements. Errors: sponsor.unknown, error.forbidden.
func (a *Sponsors) GetSponsor(ctx context.Context, actor jaring.Actor, id string) (*Row, error) {
	s, err := a.sponsorFor(ctx, actor, jaring.ActFindSponsor, id)
	if err != nil {
		return nil, err
	}
	row := &Row{SponsorRecord: s, OfficeName: a.OfficeName(ctx, s.Office)}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if row.Agreements, err = tx.FindAgreements(id); err != nil {
			return err
		}
		row.Money, err = sponsorMoney(tx, id)
		return err
	})
	return row, err
}

// sponsorMoney reads how a sponsor stands from the own chain.
func sponsorMoney(tx *store.Tx, id string) (m Money, err error) {
	entries, err := tx.FindEntries(id)
	for _, e := range entries {
		m.Owed, m.Credit = e.Balance, e.Credit
		for _, p := range e.Postings {
			if p.Account.Book() == ledger.BookClearing && !slices.Contains(app.PassingAccounts, p.Account) {
				m.Paid += p.Amount
			}
		}
	}
	return m, err
}

// secondPerson asks whether an actor may approve what others made. Errors: approval.same_account,
// approval.same_person.
func (a *Sponsors) secondPerson(ctx context.Context, actor jaring.Actor, hands []jaring.AccountID) error {
	checker, err := a.signatory(ctx, actor.Account)
	if err != nil {
		return err
	}
	makers := make([]jaring.Signatory, len(hands))
	for i, hand := range hands {
		if makers[i], err = a.signatory(ctx, hand); err != nil {
			return err
		}
	}
	return jaring.SecondPerson(checker, makers)
}

// signatory is what is known of who is behind an account.
func (a *Sponsors) signatory(ctx context.Context, id jaring.AccountID) (s jaring.Signatory, err error) {
	s.Account, s.NameFold = id, match.FoldName(a.AccountName(ctx, id))
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		s.Phones, err = tx.PhoneKeysOf(id)
		return err
	})
	return s, err
}
