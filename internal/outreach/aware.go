package outreach

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Aware is the programme of a village or a market as the store has it.
type Aware = store.AwareRecord

// awareFor finds a programme and asks whether the actor may do act there. Errors: aware.unknown, error.forbidden.
func (o *Outreach) awareFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.AwareID) (*Aware, error) {
	return app.KeptBy(ctx, o.App, actor, act, string(id), "aware.unknown", (*store.Tx).GetAware, func(a *Aware) jaring.OfficeID { return a.Office })
}

// dayAt is today at an office.
func (o *Outreach) dayAt(ctx context.Context, office jaring.OfficeID) jaring.Day {
	zone := ""
	if at, err := o.Office(ctx, office); err == nil {
		zone = at.Zone
	}
	return jaring.DayIn(o.Now(), app.Zone(zone))
}

// ProposeAware begins the programme of a village or a market, under the id that its sender made: told again
// it gives the same. day is when it was proposed, and reference where that stands. An empty office is the
// actor's own. Errors: those of jaring.NewAware and jaring.NewStep; aware.exists, aware.not_village,
// village.unknown, place.not_found, office.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (o *Outreach) ProposeAware(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f jaring.Aware, s jaring.AwareTaken) (jaring.AwareID, error) {
	if f.Office == "" {
		f.Office = actor.Office
	}
	if err := actor.May(jaring.ActManageAware, jaring.Scope{}); err != nil {
		return "", err
	}
	today := o.dayAt(ctx, f.Office)
	said := []any{"propose", f, s}
	kept, err := jaring.NewAware(f, today)
	s.Step, s.By, s.At = jaring.StepProposed, actor.Account, o.Now()
	first, faulty := jaring.NewStep(nil, s, today, jaring.AwareCriteria{}, jaring.AwareFacts{})
	if err := allFindings(err, faulty, o.lookUpAware(ctx, &kept)); err != nil {
		return "", err
	}
	for _, scope := range []jaring.Scope{{Office: kept.Office}, {Area: kept.Area}} {
		if err := actor.May(jaring.ActManageAware, scope); err != nil {
			return "", err
		}
	}
	a := &Aware{ID: jaring.AwareID(op), Aware: kept, Step: jaring.StepProposed, Colour: jaring.AwareBuilding, TokenNo: 1, Version: 1, MadeBy: actor.Account, MadeAt: o.Now()}
	a.TokenHash = awareHash(o.AwareToken(a))
	_, err = o.Once(ctx, actor, op, jaring.ActManageAware, said, func(tx *store.Tx) error {
		added, err := tx.AddAware(a)
		if err == nil && !added {
			err = jaring.NewError(jaring.Conflict, "aware.exists")
		}
		if err == nil {
			err = tx.AddAwareStep(a.ID, 1, &first)
		}
		if err != nil {
			return err
		}
		return o.tellAware(tx, actor, a, jaring.AwareProposedEvent, jaring.Facts{Other: string(kept.Kind)})
	})
	return a.ID, err
}

// allFindings puts findings of several judges together; what is no finding goes first.
func allFindings(errs ...error) error {
	var all jaring.Errors
	for _, err := range errs {
		switch e := err.(type) {
		case nil:
		case jaring.Errors:
			all = append(all, e...)
		default:
			return err
		}
	}
	return all.OrNil()
}

// lookUpAware finds what a programme names. A market lies where its place does.
func (o *Outreach) lookUpAware(ctx context.Context, a *jaring.Aware) error {
	if _, err := o.Office(ctx, a.Office); jaring.CodeOf(err) == jaring.NotFound {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "office.not_found").At("office_id")}
	} else if err != nil {
		return err
	}
	if a.Kind == jaring.AwareMarket {
		return o.DB.Read(ctx, func(tx *store.Tx) error {
			if !jaring.IsUUID(string(a.Place)) {
				return jaring.Errors{jaring.NewError(jaring.Invalid, "place.not_found").At("place_id")}
			}
			place, err := tx.GetPlace(a.Place)
			switch {
			case jaring.CodeOf(err) == jaring.NotFound:
				return jaring.Errors{jaring.NewError(jaring.Invalid, "place.not_found").At("place_id")}
			case err == nil:
				a.Area = place.Village
			}
			return err
		})
	}
	found, known := o.Areas.Get(area.Code(a.Area))
	switch {
	case !known:
		return jaring.Errors{jaring.NewError(jaring.Invalid, "village.unknown").At("area")}
	case found.Level != area.Village:
		return jaring.Errors{jaring.NewError(jaring.Invalid, "aware.not_village").At("area")}
	}
	return nil
}

// tellAware writes an event about a programme, at its office.
func (o *Outreach) tellAware(tx *store.Tx, actor jaring.Actor, a *Aware, kind jaring.EventKind, f jaring.Facts) error {
	actor.Office = a.Office
	return o.Tell(tx, actor, string(a.ID), kind, f)
}

// changeAware does one change of a programme, once. change alters it as it is inside the writer and writes
// what belongs to it; version 0 stands for any.
func (o *Outreach) changeAware(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, version int64, said []any,
	change func(*store.Tx, *Aware) (jaring.EventKind, jaring.Facts, error)) error {
	if _, err := o.awareFor(ctx, actor, jaring.ActManageAware, id); err != nil {
		return err
	}
	_, err := o.Once(ctx, actor, op, jaring.ActManageAware, append(said, id, version), func(tx *store.Tx) error {
		a, err := tx.GetAware(string(id))
		if err == nil && version != 0 && a.Version != version {
			err = jaring.NewError(jaring.Conflict, "aware.changed_meanwhile")
		}
		if err != nil {
			return err
		}
		kind, facts, err := change(tx, a)
		if err != nil {
			return err
		}
		a.Version++
		if err := tx.UpdateAware(a); err != nil {
			return err
		}
		return o.tellAware(tx, actor, a, kind, facts)
	})
	return err
}

// ChangeAware sets what the village says of itself: how many officials and working people it has. Errors:
// those of jaring.Aware.Change; aware.unknown, aware.changed_meanwhile, error.forbidden, operation.conflict.
func (o *Outreach) ChangeAware(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID, version int64, officials int, p jaring.Potential) error {
	today := o.dayAt(ctx, actor.Office)
	return o.changeAware(ctx, actor, op, id, version, []any{"change", officials, p}, func(_ *store.Tx, a *Aware) (jaring.EventKind, jaring.Facts, error) {
		changed, err := a.Change(officials, p, today)
		a.Aware = changed
		return jaring.AwareChanged, jaring.Facts{}, err
	})
}

// settingCriteria is where the criteria are set; empty stands for the defaults.
const settingCriteria = "aware.criteria"

// Criteria gives what is asked of villages and markets, and whether that is the stated default.
func (o *Outreach) Criteria(ctx context.Context) (c jaring.AwareCriteria, isDefault bool, err error) {
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		c, isDefault, err = criteriaOf(tx)
		return err
	})
	return c, isDefault, err
}

func criteriaOf(tx *store.Tx) (c jaring.AwareCriteria, isDefault bool, err error) {
	text, err := tx.Setting(settingCriteria)
	if err != nil || text == "" {
		return jaring.DefaultAwareCriteria(), true, err
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, false, jaring.InternalError(err)
	}
	return c, c == jaring.DefaultAwareCriteria(), nil
}

// criteriaSubject is of whom the event of set criteria speaks.
const criteriaSubject = "00000000-0000-0000-0000-000000000041"

// SetCriteria sets what is asked of every village and market from now on; months that are over keep what they
// were judged by. Errors: those of jaring.NewAwareCriteria; error.forbidden, operation.conflict.
func (o *Outreach) SetCriteria(ctx context.Context, actor jaring.Actor, op jaring.OperationID, c jaring.AwareCriteria) error {
	if err := actor.May(jaring.ActSetAware, jaring.Scope{}); err != nil {
		return err
	}
	c, err := jaring.NewAwareCriteria(c)
	if err != nil {
		return err
	}
	text, err := json.Marshal(c)
	if err != nil {
		return jaring.InternalError(err)
	}
	_, err = o.Once(ctx, actor, op, jaring.ActSetAware, c, func(tx *store.Tx) error {
		if err := tx.SetSetting(settingCriteria, string(text)); err != nil {
			return err
		}
		return o.Tell(tx, actor, criteriaSubject, jaring.AwareCriteriaSet, jaring.Facts{})
	})
	return err
}

// tokenBytes is the length of a public page's token before it is written: 128 bits that nobody guesses.
const tokenBytes = 16

// AwareToken is the token of a programme's public page: nobody without our key can make it, and we can again,
// so that a board is printed a second time with the same code.
func (o *Outreach) AwareToken(a *Aware) string {
	return base64.RawURLEncoding.EncodeToString(o.Vault.Digest256("village", []byte(string(a.ID)+"/"+strconv.FormatInt(a.TokenNo, 10)))[:tokenBytes])
}

func awareHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// RenewAwareToken gives the public page another address: boards that hang show nothing any more.
// Errors: aware.unknown, error.forbidden, operation.conflict.
func (o *Outreach) RenewAwareToken(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.AwareID) error {
	return o.changeAware(ctx, actor, op, id, 0, []any{"token"}, func(_ *store.Tx, a *Aware) (jaring.EventKind, jaring.Facts, error) {
		a.TokenNo++
		a.TokenHash = awareHash(o.AwareToken(a))
		return jaring.AwareTokenRenewed, jaring.Facts{}, nil
	})
}
