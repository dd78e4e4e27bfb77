package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"jaring/internal/jaring"
	"jaring/internal/ledger"
	"jaring/internal/store"
)

// ChannelDay is what came through a channel on a day, in rupiah.
type ChannelDay struct {
	Channel  string        `json:"channel"`
	N        int           `json:"n"`        // payments, less what was undone
	Amount   jaring.Rupiah `json:"amount"`   // that came
	Reversed jaring.Rupiah `json:"reversed"` // of it undone
	Refunded jaring.Rupiah `json:"refunded"` // that went back
	Suspense jaring.Rupiah `json:"suspense"` // of it without an owner
}

// CashDay is what agents of the office did with cash on a day.
type CashDay struct {
	Taken     jaring.Rupiah `json:"taken"`
	Deposited jaring.Rupiah `json:"deposited"`
	Open      jaring.Rupiah `json:"open"` // in their hands at its end
}

// DayFigures are a day of an office's book, in rupiah. They are what is signed, as they stand here.
type DayFigures struct {
	Office      jaring.OfficeID `json:"office_id"`
	Day         jaring.Day      `json:"day"`
	Channels    []ChannelDay    `json:"channels"`
	Cash        CashDay         `json:"cash"`
	Float       jaring.Rupiah   `json:"float"` // deposited ahead by agents, at its end
	Adjustments jaring.Rupiah   `json:"adjustments"`
	Fund        jaring.Rupiah   `json:"fund"`      // contributions
	Billed      jaring.Rupiah   `json:"billed"`    // to sponsors and employers, less what was called off
	Penalties   jaring.Rupiah   `json:"penalties"` // of those who paid late
	Waits       jaring.Rupiah   `json:"waits"`     // billed, and not the fund's for anybody's month at its end
	Entries     int             `json:"entries"`   // of the ledger
	SumsZero    bool            `json:"sums_zero"`
	Digest      string          `json:"digest"` // of the hashes of those entries, in the order of writing
	// Heads are the places at which the accounts ended: what stands behind them was written later.
	Heads map[ledger.Key]int64 `json:"heads"`
}

// OpenPoint speaks against closing a day, and does not hinder it.
type OpenPoint struct {
	Key    string
	N      int
	Amount jaring.Rupiah
}

// Day is a day of an office's book: as it was closed, or as it stands.
type Day struct {
	DayFigures
	OfficeName string
	Open       []OpenPoint
	Closed     *store.DayClose // nil while it is open
	ByName     string
	Sound      bool // the signature of the close is ours and its figures are the book's
	After      []*ledger.Entry
}

// channels whose clearing accounts make up a day.
var dayChannels = []string{"bank", "qris", "counter"}

// GetDay gives a day of an office's book. A day that was closed shows the figures of its close; what was
// written for it since stands in After. Errors: error.forbidden, error.out_of_area, office.not_found.
func (a *App) GetDay(ctx context.Context, actor jaring.Actor, office jaring.OfficeID, day jaring.Day) (*Day, error) {
	if office == "" {
		office = actor.Office
	}
	if err := actor.May(jaring.ActReadLedger, jaring.Scope{Office: office}); err != nil {
		return nil, err
	}
	if _, err := a.Office(ctx, office); err != nil {
		return nil, err
	}
	if _, err := a.PostLines(ctx); err != nil {
		return nil, err
	}
	d := &Day{OfficeName: a.OfficeName(ctx, office)}
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Closed, err = tx.GetDayClose(office, day); err != nil {
			return err
		}
		var then DayFigures
		if d.Closed != nil {
			if err := json.Unmarshal([]byte(d.Closed.Figures), &then); err != nil {
				return jaring.InternalError(err)
			}
		}
		if d.DayFigures, d.After, err = a.figuresOf(tx, office, day, then.Heads); err != nil {
			return err
		}
		d.Open, err = a.openPoints(tx, office, day, d)
		return err
	})
	if err != nil || d.Closed == nil {
		return d, err
	}
	d.ByName, d.Sound = a.AccountName(ctx, d.Closed.By), a.holds(d.Closed, d.DayFigures)
	return d, json.Unmarshal([]byte(d.Closed.Figures), &d.DayFigures)
}

// holds reports whether a close bears our signature and says what the book says of its entries.
func (a *App) holds(c *store.DayClose, now DayFigures) bool {
	var then DayFigures
	hash := sha256.Sum256([]byte(c.Figures))
	return json.Unmarshal([]byte(c.Figures), &then) == nil && bytes.Equal(hash[:], c.Hash) && a.Vault.Verify([]byte(c.Figures), c.Signature) &&
		then.Digest == now.Digest && then.Entries == now.Entries && then.Fund == now.Fund
}

// CloseDay signs the figures of a day as they stand. Nothing is hindered by it: what is written for the day
// later is shown as written after the close. Errors: date.future, day.closed, ledger.damaged,
// error.forbidden, error.out_of_area, office.not_found, operation.conflict.
func (a *App) CloseDay(ctx context.Context, actor jaring.Actor, op jaring.OperationID, office jaring.OfficeID, day jaring.Day) error {
	if office == "" {
		office = actor.Office
	}
	if err := actor.May(jaring.ActCloseDay, jaring.Scope{Office: office}); err != nil {
		return err
	}
	if day > jaring.DayIn(a.Now(), a.ZoneOf(ctx, office)) {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "date.future").At("day")}
	}
	var c *store.DayClose
	_, err := a.Fresh(ctx, actor, op, jaring.ActCloseDay, []any{office, day}, func() error {
		d, err := a.GetDay(ctx, actor, office, day)
		switch {
		case err != nil:
			return err
		case d.Closed != nil:
			return jaring.NewError(jaring.Conflict, "day.closed", "day", day)
		case !d.SumsZero:
			return jaring.NewError(jaring.Internal, "ledger.damaged")
		}
		c, err = a.signed(actor, d.DayFigures)
		return err
	}, func(tx *store.Tx) error {
		added, err := tx.AddDayClose(c)
		if err == nil && !added {
			err = jaring.NewError(jaring.Conflict, "day.closed", "day", day)
		}
		if err != nil {
			return err
		}
		actor.Office = office
		return a.Tell(tx, actor, string(office), jaring.DayClosed, jaring.Facts{Other: day.String(), Digest: hex.EncodeToString(c.Hash)})
	})
	return err
}

func (a *App) signed(actor jaring.Actor, f DayFigures) (*store.DayClose, error) {
	text, err := json.Marshal(f)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	hash := sha256.Sum256(text)
	c := &store.DayClose{Office: f.Office, Day: f.Day, By: actor.Account, At: a.Now(), Figures: string(text), Hash: hash[:]}
	c.Signature, c.KeyID = a.Vault.Sign(text)
	return c, nil
}

// damageClose is a closed day whose signature is not ours, or of which the book says something else now.
const damageClose = "day.close"

// auditCloses holds every closed day against the book.
func (a *App) auditCloses(tx *store.Tx, report func(Damage)) error {
	closes, err := tx.FindDayCloses()
	if err != nil {
		return err
	}
	for _, c := range closes {
		var then DayFigures
		if json.Unmarshal([]byte(c.Figures), &then) != nil {
			report(Damage{Subject: string(c.Office), Seq: int64(c.Day), What: damageClose})
			continue
		}
		now, _, err := a.figuresOf(tx, c.Office, c.Day, then.Heads)
		if err != nil {
			return err
		}
		if !a.holds(c, now) {
			report(Damage{Subject: string(c.Office), Seq: int64(c.Day), What: damageClose})
		}
	}
	return nil
}
