package app

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Templates of letters about self-registration. Both answer what the person did just now, so they go at any hour.
const (
	templateOneTime = "one_time_code"
	templateOrder   = "self_order"
)

// oneTimeDigits are the digits of a code: of its id and our key, so that they are not kept.
func (a *App) oneTimeDigits(id string) string {
	n := binary.BigEndian.Uint64(a.Vault.Digest256("one_time_code", []byte(id)))
	return fmt.Sprintf("%0*d", jaring.OneTimeDigits, n%1_000_000)
}

// AskOneTimeCode sends a code to a phone, which shows that its holder is there. It gives until when the code
// can be typed, and its digits, which a demo shows where no gateway sends letters.
// Errors: those of jaring.ParsePhone; self.code_soon (args n, seconds) for one too soon after the last; self.unknown.
func (a *App) AskOneTimeCode(ctx context.Context, token, phone string) (until time.Time, digits string, err error) {
	if _, err := a.SelfPageOf(ctx, token); err != nil {
		return until, "", err
	}
	number, err := jaring.ParsePhone(phone)
	if err != nil {
		return until, "", jaring.Errors{ruleOf(err).At("phone")}
	}
	now := a.Now()
	c := &store.OneTimeCode{ID: NewID(), Phone: number, MadeAt: now, Until: now.Add(jaring.OneTimeLife)}
	l := &store.SelfLetter{ID: NewID(), Template: templateOneTime, Phone: number, About: c.ID, NotBefore: now, Until: c.Until}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		last, err := tx.LastOneTimeCode(number)
		if err == nil && last != nil {
			if rest := last.MadeAt.Add(jaring.OneTimeRest).Sub(now); rest > 0 {
				err = jaring.NewError(jaring.Conflict, "self.code_soon", "n", int(rest/time.Second)+1)
			}
		}
		if err != nil {
			return err
		}
		if err := tx.AddOneTimeCode(c); err != nil {
			return err
		}
		return tx.AddSelfLetter(l)
	})
	if err != nil {
		return until, "", err
	}
	a.Changed()
	return c.Until, a.oneTimeDigits(c.ID), nil
}

// selfProof says that the holder of a phone typed its code.
type selfProof struct {
	Phone string    `json:"p"`
	Code  string    `json:"c"`
	Until time.Time `json:"u"`
}

// TryOneTimeCode takes a code as it was typed and gives the proof with which the form is sent. Wrong digits, a
// phone that was sent none, and a code that is too old or used up are told alike.
// Errors: self.code_form, self.code_wrong, self.unknown.
func (a *App) TryOneTimeCode(ctx context.Context, token, phone, text string) (proof string, err error) {
	if _, err := a.SelfPageOf(ctx, token); err != nil {
		return "", err
	}
	typed, err := jaring.OneTimeCode(text)
	if err != nil {
		return "", err
	}
	wrong := jaring.Errors{jaring.NewError(jaring.Invalid, "self.code_wrong").At("code")}
	number, err := jaring.ParsePhone(phone)
	if err != nil {
		return "", wrong
	}
	now := a.Now()
	var c *store.OneTimeCode
	right := false
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		right = false
		if c, err = tx.LastOneTimeCode(number); err != nil || c == nil || now.After(c.Until) {
			return err
		}
		same := hmac.Equal([]byte(typed), []byte(a.oneTimeDigits(c.ID)))
		had, err := tx.TryOneTimeCode(c, same, now)
		right = had && same
		return err
	})
	if err == nil && !right {
		err = wrong
	}
	if err != nil {
		return "", err
	}
	return a.writeProof(selfProof{Phone: number, Code: c.ID, Until: now.Add(jaring.SelfProofLife)}), nil
}

func (a *App) writeProof(p selfProof) string {
	text, _ := json.Marshal(p)
	body := base64.RawURLEncoding.EncodeToString(text)
	return body + "." + base64.RawURLEncoding.EncodeToString(a.Vault.Digest256("self_proof", []byte(body)))
}

// readProof reads a proof that holds now. Error: self.proof_over.
func (a *App) readProof(text string) (p selfProof, err error) {
	body, sum, _ := strings.Cut(text, ".")
	given, _ := base64.RawURLEncoding.DecodeString(sum)
	raw, badBody := base64.RawURLEncoding.DecodeString(body)
	if !hmac.Equal(given, a.Vault.Digest256("self_proof", []byte(body))) || badBody != nil || json.Unmarshal(raw, &p) != nil || a.Now().After(p.Until) {
		return p, jaring.NewError(jaring.Conflict, "self.proof_over")
	}
	return p, nil
}

// takeSelfLetters takes up to n letters about self-registration under way. A code that nobody can use any more
// is dropped instead.
func (a *App) takeSelfLetters(ctx context.Context, n int) (letters []Letter, err error) {
	var waiting []*store.SelfLetter
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		waiting, err = tx.FindWaitingSelfLetters(a.Now(), n)
		return err
	})
	for _, w := range waiting {
		if err != nil {
			break
		}
		var l *Letter
		if l, err = a.selfLetter(ctx, w); l != nil && err == nil {
			letters = append(letters, *l)
		}
	}
	return letters, err
}

func (a *App) selfLetter(ctx context.Context, w *store.SelfLetter) (*Letter, error) {
	l := &Letter{ID: w.ID, Template: w.Template, Phone: w.Phone, Zone: Zone(""), self: w}
	moved := false
	err := a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if a.Now().After(w.Until) {
			return tx.DropSelfLetter(w.ID)
		}
		if w.Template == templateOneTime {
			l.Code = a.oneTimeDigits(w.About)
		} else {
			o, err := tx.GetSelfOrder(w.About)
			if err != nil {
				return err
			}
			l.Amount, l.Months, l.Code = o.Amount, o.Months, o.Code
		}
		moved, err = tx.MoveSelfLetter(w, jaring.ReminderWaits, jaring.ReminderUnderWay, a.Now())
		return err
	})
	if err != nil || !moved {
		return nil, err
	}
	return l, nil
}

// selfLetterDone keeps that a letter waits, or forgets it.
func (a *App) selfLetterDone(ctx context.Context, l Letter, p Posted) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		if p.State != jaring.ReminderWaits {
			return tx.DropSelfLetter(l.self.ID)
		}
		next := *l.self
		if next.NotBefore = p.NotBefore; next.NotBefore.IsZero() {
			next.NotBefore = a.Now()
		}
		_, err := tx.MoveSelfLetter(&next, jaring.ReminderUnderWay, jaring.ReminderWaits, time.Time{})
		return err
	})
}
