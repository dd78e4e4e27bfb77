package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Kiosk is a screen in a hall that shows one board.
type Kiosk = *store.KioskRecord

// KioskID names a screen without telling its token.
func KioskID(k Kiosk) string {
	text := hex.EncodeToString(k.Hash[:16])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

const (
	maxKiosks    = 20
	maxKioskName = 60
	maxKioskSpan = 90 * 24 * time.Hour
	// kioskAfter is how long a screen shows the result after the seal, unless told otherwise.
	kioskAfter = 7 * 24 * time.Hour
)

// screened are the kinds of campaigns that have something for a screen: a sweep its board, a hall its loop.
var screened = []jaring.CampaignKind{jaring.KindSweep, jaring.KindJamboree, jaring.KindJobFair}

// OpenKiosk gives a token that shows the board or the loop of a campaign until a moment: whoever has it sees
// that and nothing else. It is told here alone; told again under the same id it is the same one.
// Errors: field.required, field.too_long, kiosk.until, kiosk.too_many, campaign.no_board,
// campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) OpenKiosk(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, name string, until time.Time) (Kiosk, string, error) {
	c, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id)
	if err != nil {
		return nil, "", err
	}
	if !slices.Contains(screened, c.Kind) {
		return nil, "", jaring.NewError(jaring.NotFound, "campaign.no_board")
	}
	said := []string{string(id), name, until.Format(time.RFC3339Nano)}
	now := a.Now()
	if until.IsZero() {
		until = c.SealsAt.Add(kioskAfter)
	}
	token := a.kioskToken(op)
	k := &store.KioskRecord{Hash: hashOf(token), Campaign: id, Name: Trim(name), AddedAt: now, AddedBy: actor.Account, Until: until.UTC().Truncate(time.Millisecond), Loops: c.Kind != jaring.KindSweep}
	if err := judgeKiosk(k, now); err != nil {
		return nil, "", err
	}
	_, err = a.Once(ctx, actor, op, jaring.ActManageCampaign, said, func(tx *store.Tx) error {
		open, err := tx.FindKiosks(id)
		if err != nil {
			return err
		}
		if len(open) >= maxKiosks {
			return jaring.NewError(jaring.Conflict, "kiosk.too_many", "max", maxKiosks)
		}
		if err := tx.AddKiosk(k); err != nil {
			return err
		}
		return a.tellCampaign(tx, actor, &c.Campaign, jaring.KioskOpened, jaring.Facts{Other: KioskID(k)})
	})
	return k, token, err
}

func judgeKiosk(k Kiosk, now time.Time) error {
	var es jaring.Errors
	switch n := utf8.RuneCountInString(k.Name); {
	case n == 0:
		es = append(es, jaring.NewError(jaring.Invalid, "field.required").At("name"))
	case n > maxKioskName:
		es = append(es, jaring.NewError(jaring.Invalid, "field.too_long", "max", maxKioskName).At("name"))
	}
	if !k.Until.After(now) || k.Until.Sub(now) > maxKioskSpan {
		es = append(es, jaring.NewError(jaring.Invalid, "kiosk.until", "max", int(maxKioskSpan/(24*time.Hour))).At("until"))
	}
	return es.OrNil()
}

// kioskBytes is the length of a token before it is written: 128 bits that nobody guesses.
const kioskBytes = 16

// kioskToken makes the token of an operation: nobody without our key can, and we can again.
func (a *App) kioskToken(op jaring.OperationID) string {
	return base64.RawURLEncoding.EncodeToString(a.Vault.Digest256("kiosk", []byte(op))[:kioskBytes])
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// CloseKiosk makes a token show nothing any more. Errors: kiosk.not_found, campaign.not_found,
// error.forbidden, error.out_of_area.
func (a *App) CloseKiosk(ctx context.Context, actor jaring.Actor, id jaring.CampaignID, kiosk string) error {
	c, err := a.CampaignFor(ctx, actor, jaring.ActManageCampaign, id)
	if err != nil {
		return err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		all, err := tx.FindKiosks(id)
		if err != nil {
			return err
		}
		for _, k := range all {
			if KioskID(k) != kiosk {
				continue
			}
			if err := tx.RevokeKiosk(k.Hash, a.Now()); err != nil {
				return err
			}
			return a.tellCampaign(tx, actor, &c.Campaign, jaring.KioskClosed, jaring.Facts{Other: kiosk})
		}
		return jaring.NewError(jaring.NotFound, "kiosk.not_found")
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// maxToken bounds what is hashed of a stranger's text.
const maxToken = 64

// WatchKiosk lets whoever has a token see its board again and again; whether the token still holds is
// asked here alone. Errors: kiosk.unknown, kiosk.over, campaign.no_board.
func (a *App) WatchKiosk(ctx context.Context, token string) (BoardFeed, error) {
	c, err := a.KioskCampaign(ctx, token)
	if err != nil {
		return nil, err
	}
	return a.feedOf(c)
}

// KioskCampaign finds the campaign that a screen's token shows. Errors: kiosk.unknown, kiosk.over.
func (a *App) KioskCampaign(ctx context.Context, token string) (c *Campaign, err error) {
	if token == "" || len(token) > maxToken {
		return nil, jaring.NewError(jaring.Forbidden, "kiosk.unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		k, err := tx.GetKiosk(hashOf(token))
		if err != nil {
			return err
		}
		if !a.Now().Before(k.Until) {
			return jaring.NewError(jaring.Forbidden, "kiosk.over")
		}
		c, err = tx.GetCampaign(k.Campaign)
		return err
	})
	return c, err
}
