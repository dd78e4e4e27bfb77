package app

import (
	"context"
	"encoding/base64"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// SelfSource is where a QR code of self-registration hangs, with the token that it shows. The token is made
// of the source's id, so that the code can be printed again and is not kept.
type SelfSource struct {
	store.SelfSourceRecord
	Token string
}

// selfToken makes the token of a source: nobody without our key can, and we can again.
func (a *App) selfToken(id string) string {
	return base64.RawURLEncoding.EncodeToString(a.Vault.Digest256("self", []byte(id))[:kioskBytes])
}

// SelfPath is where the QR code of a whole campaign leads now, empty when it has none.
func (a *App) SelfPath(tx *store.Tx, id jaring.CampaignID) (string, error) {
	found, err := tx.FindSelfSources(id)
	for _, s := range found {
		if s.Stand == "" && s.Until.After(a.Now()) {
			return "/daftar/" + a.selfToken(s.ID), err
		}
	}
	return "", err
}

// OpenSelfSource gives a QR code by which people register themselves at a campaign, or at one stand of it,
// until a moment; left out, until the day after it closes. In a sweep agents register, nobody else.
// Errors: those of jaring.NewSelfSource, self.not_in_sweep, self.too_many, campaign.is_sealed,
// campaign.is_cancelled, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) OpenSelfSource(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, stand string, until time.Time) (*SelfSource, error) {
	c, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id)
	switch {
	case err != nil:
		return nil, err
	case c.Kind == jaring.KindSweep:
		return nil, jaring.NewError(jaring.Conflict, "self.not_in_sweep")
	case c.State.Over():
		return nil, jaring.NewError(jaring.Conflict, "campaign.is_"+string(c.State))
	}
	said := []any{"open", id, stand, until}
	now := a.Now()
	if until.IsZero() {
		until = now.Add(24 * time.Hour)
		if c.ClosesAt.After(now) {
			until = c.ClosesAt.Add(24 * time.Hour)
		}
	}
	s := &SelfSource{Token: a.selfToken(string(op))}
	s.ID, s.Hash, s.AddedAt, s.AddedBy = string(op), hashOf(s.Token), now, actor.Account
	s.SelfSource, err = jaring.NewSelfSource(jaring.SelfSource{Office: c.Office, Campaign: id, Stand: stand, Until: until}, now)
	if err != nil {
		return nil, err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageCampaign, said, func(tx *store.Tx) error {
		open, err := tx.FindSelfSources(id)
		if err == nil && len(open) >= jaring.MaxSelfSources {
			err = jaring.NewError(jaring.Conflict, "self.too_many", "max", jaring.MaxSelfSources)
		}
		if err != nil {
			return err
		}
		if err := tx.AddSelfSource(&s.SelfSourceRecord); err != nil {
			return err
		}
		return a.tellCampaign(tx, actor, &c.Campaign, jaring.SelfSourceOpened, jaring.Facts{Other: s.ID})
	})
	return s, err
}

// FindSelfSources gives the open sources of a campaign with what came by them.
// Errors: campaign.not_found, error.forbidden, error.out_of_area.
func (a *App) FindSelfSources(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (out []SelfSource, err error) {
	if _, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id); err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindSelfSources(id)
		out = make([]SelfSource, len(found))
		for i, s := range found {
			out[i] = SelfSource{*s, a.selfToken(s.ID)}
		}
		return err
	})
	return out, err
}

// CloseSelfSource makes a source open nothing any more. Errors: self.unknown, campaign.not_found,
// error.forbidden, error.out_of_area, operation.conflict.
func (a *App) CloseSelfSource(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, source string) error {
	c, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id)
	if err != nil {
		return err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageCampaign, []any{"close", id, source}, func(tx *store.Tx) error {
		hash := hashOf(a.selfToken(source))
		s, err := tx.GetSelfSource(hash)
		if err == nil && s.Campaign != id {
			err = jaring.NewError(jaring.NotFound, "self.unknown")
		}
		if err != nil {
			return err
		}
		if err := tx.RevokeSelfSource(hash, a.Now()); err != nil {
			return err
		}
		return a.tellCampaign(tx, actor, &c.Campaign, jaring.SelfSourceClosed, jaring.Facts{Other: source})
	})
	return err
}

// SelfPage is what the form shows of where it was opened.
type SelfPage struct {
	Source   *store.SelfSourceRecord
	Campaign string
	Office   string
	Zone     *time.Location
}

// SelfPageOf opens the form of a token. A token that is wrong, revoked or too old is told alike.
// Error: self.unknown.
func (a *App) SelfPageOf(ctx context.Context, token string) (*SelfPage, error) {
	unknown := jaring.NewError(jaring.NotFound, "self.unknown")
	if token == "" || len(token) > maxToken {
		return nil, unknown
	}
	p := &SelfPage{}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if p.Source, err = tx.GetSelfSource(hashOf(token)); err != nil {
			return err
		}
		c, err := tx.GetCampaign(p.Source.Campaign)
		if err == nil {
			p.Campaign = c.Name
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if !p.Source.Until.After(a.Now()) {
		return nil, unknown
	}
	office, err := a.Office(ctx, p.Source.Office)
	if err != nil {
		return nil, err
	}
	p.Office, p.Zone = office.Name, Zone(office.Zone)
	return p, nil
}
