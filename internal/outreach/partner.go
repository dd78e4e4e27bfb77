package outreach

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/store"
)

// page is how many rows a list gives at once.
const page = 50

// PartnerRow is a partner as lists show it.
type PartnerRow struct {
	*store.PartnerRecord
	store.PartnerFigures
	OfficeName string
	Agreed     bool // an agreement holds today
}

// PartnerView is a partner's page.
type PartnerView struct {
	PartnerRow
	Organises []app.CampaignRow // the one that opens last first
	Pays      []*store.SponsorRecord
	MayManage bool
}

// AddPartner adds a partner at an office; empty names the actor's own. Errors: those of jaring.NewPartner,
// error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) AddPartner(ctx context.Context, actor jaring.Actor, op jaring.OperationID, p jaring.Partner) (jaring.PartnerID, error) {
	if p.Office == "" {
		p.Office = actor.Office
	}
	said := []any{"add", p}
	if err := actor.May(jaring.ActManagePartner, jaring.Scope{}); err != nil {
		return "", err
	}
	p, err := jaring.NewPartner(p)
	if err != nil {
		return "", err
	}
	if _, err := o.Office(ctx, p.Office); err != nil {
		return "", err
	}
	if err := actor.May(jaring.ActManagePartner, jaring.Scope{Office: p.Office}); err != nil {
		return "", err
	}
	row := &store.PartnerRecord{Partner: p, ID: jaring.PartnerID(op), NameFold: match.FoldName(p.Name), Version: 1, MadeBy: actor.Account, MadeAt: o.Now()}
	_, err = o.Once(ctx, actor, op, jaring.ActManagePartner, said, func(tx *store.Tx) error {
		if err := tx.AddPartner(row); err != nil {
			return err
		}
		return o.tellOfPartner(tx, actor, row, jaring.PartnerAdded, string(p.Kind))
	})
	return row.ID, err
}

// tellOfPartner writes an event about a partner, at its office.
func (o *Outreach) tellOfPartner(tx *store.Tx, actor jaring.Actor, p *store.PartnerRecord, kind jaring.EventKind, other string) error {
	actor.Office = p.Office
	return o.Tell(tx, actor, string(p.ID), kind, jaring.Facts{Other: other})
}

// partnerFor finds a partner and asks whether the actor may do act there. Errors: partner.unknown, error.forbidden.
func (o *Outreach) partnerFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.PartnerID) (*store.PartnerRecord, error) {
	return app.KeptBy(ctx, o.App, actor, act, string(id), "partner.unknown", func(tx *store.Tx, id string) (*store.PartnerRecord, error) {
		return tx.GetPartner(jaring.PartnerID(id))
	}, func(p *store.PartnerRecord) jaring.OfficeID { return p.Office })
}

// ChangePartner writes a partner anew that the sender saw in a version; the office stays. Errors: those of
// jaring.NewPartner; partner.unknown, partner.changed_meanwhile, error.forbidden, operation.conflict.
func (o *Outreach) ChangePartner(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.PartnerID, version int64, p jaring.Partner) error {
	is, err := o.partnerFor(ctx, actor, jaring.ActManagePartner, id)
	if err != nil {
		return err
	}
	p.Office = is.Office
	said := []any{id, version, p}
	if p, err = jaring.NewPartner(p); err != nil {
		return err
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManagePartner, said, func(tx *store.Tx) error {
		row := *is
		row.Partner, row.NameFold, row.Version = p, match.FoldName(p.Name), version
		if err := tx.UpdatePartner(&row); err != nil {
			return err
		}
		return o.tellOfPartner(tx, actor, &row, jaring.PartnerChanged, string(p.Kind))
	})
	return err
}

// SetPays says that a sponsor of the office is this partner, or no longer is. Errors: partner.unknown,
// sponsor.unknown, error.forbidden, operation.conflict.
func (o *Outreach) SetPays(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.PartnerID, sponsor string, pays bool) error {
	p, err := o.partnerFor(ctx, actor, jaring.ActManagePartner, id)
	if err != nil {
		return err
	}
	_, err = app.KeptBy(ctx, o.App, actor, jaring.ActManageSponsor, sponsor, "sponsor.unknown", (*store.Tx).GetSponsor, func(s *store.SponsorRecord) jaring.OfficeID { return s.Office })
	if err != nil {
		return err
	}
	to := id
	if !pays {
		to = ""
	}
	_, err = o.Once(ctx, actor, op, jaring.ActManagePartner, []any{id, sponsor, pays}, func(tx *store.Tx) error {
		if err := tx.SetSponsorPartner(sponsor, to); err != nil {
			return err
		}
		return o.tellOfPartner(tx, actor, p, jaring.PartnerPays, sponsor)
	})
	return err
}

// FindPartners gives the partners of the actor's offices whose name holds q, of a kind or of any, by name, behind
// a cursor. Errors: error.forbidden, cursor.malformed.
func (o *Outreach) FindPartners(ctx context.Context, actor jaring.Actor, q string, kind jaring.PartnerKind, cursor string) (rows []*PartnerRow, next string, err error) {
	if err := actor.May(jaring.ActFindPartner, jaring.Scope{}); err != nil {
		return nil, "", err
	}
	var after store.PartnerCursor
	if err := app.OpenCursor(cursor, &after); err != nil || after.ID != "" && !jaring.IsUUID(string(after.ID)) {
		return nil, "", badCursor()
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindPartners(actor.Offices, match.FoldName(q), kind, after, page)
		if err != nil {
			return err
		}
		rows, err = o.partnerRows(tx, found)
		return err
	})
	for _, r := range rows {
		r.OfficeName = o.OfficeName(ctx, r.Office)
	}
	if len(rows) == page {
		last := rows[len(rows)-1]
		next = app.CloseCursor(store.PartnerCursor{NameFold: last.NameFold, ID: last.ID})
	}
	return rows, next, err
}

func badCursor() error { return jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor") }

// partnerRows puts the figures beside partners.
func (o *Outreach) partnerRows(tx *store.Tx, found []*store.PartnerRecord) (rows []*PartnerRow, err error) {
	var ids []jaring.PartnerID
	for _, p := range found {
		ids = append(ids, p.ID)
	}
	figures, err := tx.FindPartnerFigures(ids)
	for _, p := range found {
		rows = append(rows, &PartnerRow{PartnerRecord: p, PartnerFigures: figures[p.ID], Agreed: p.AgreedOn(jaring.DayIn(o.Now(), app.Zone("")))})
	}
	return rows, err
}

// GetPartner gives a partner with what it organises, sends and pays. Errors: partner.unknown, error.forbidden.
func (o *Outreach) GetPartner(ctx context.Context, actor jaring.Actor, id jaring.PartnerID) (*PartnerView, error) {
	p, err := o.partnerFor(ctx, actor, jaring.ActFindPartner, id)
	if err != nil {
		return nil, err
	}
	v := &PartnerView{MayManage: actor.May(jaring.ActManagePartner, jaring.Scope{Office: p.Office}) == nil}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := o.partnerRows(tx, []*store.PartnerRecord{p})
		if err != nil {
			return err
		}
		v.PartnerRow = *rows[0]
		v.Pays, err = tx.FindSponsorsOf(id)
		return err
	})
	if err != nil {
		return nil, err
	}
	v.OfficeName = o.OfficeName(ctx, p.Office)
	v.Organises, err = o.FindCampaigns(ctx, actor, app.CampaignFilter{Partner: id})
	return v, err
}
