package app

import (
	"context"
	"crypto/rand"
	"slices"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// CertificateForm asks for a certificate.
type CertificateForm struct {
	Account jaring.AccountID
	Class   jaring.ClassID // empty when it comes from no class
	From    jaring.Day
	Until   jaring.Day // last day
	Powers  []jaring.Power
}

// Certify gives an agent a certificate and its number. Errors: those of CertifyOnce.
func (a *App) Certify(ctx context.Context, actor jaring.Actor, account jaring.AccountID, from, until jaring.Day, powers []jaring.Power) (number string, err error) {
	return a.CertifyOnce(ctx, actor, jaring.OperationID(NewID()), CertificateForm{Account: account, From: from, Until: until, Powers: powers})
}

// CertifyOnce is Certify under an id that its sender made: told again it gives the same
// number. Certificates of the agent that run on the new one's first day are replaced,
// unless that day is still to come. Errors: those of jaring.NewCertificate;
// account.not_found, certificate.not_agent, account.disabled, error.forbidden,
// error.out_of_area, operation.conflict.
func (a *App) CertifyOnce(ctx context.Context, actor jaring.Actor, id jaring.OperationID, f CertificateForm) (number string, err error) {
	account, err := a.accountOf(ctx, f.Account)
	if err != nil {
		return "", err
	}
	if err := actor.May(jaring.ActCertify, jaring.Scope{Office: account.Office}); err != nil {
		return "", err
	}
	office, err := a.Office(ctx, account.Office)
	if err != nil {
		return "", err
	}
	if err := mayHold(account, f, jaring.DayIn(a.Now(), Zone(office.Zone))); err != nil {
		return "", err
	}
	for {
		c, err := a.draftCertificate(jaring.CertificateID(id), f, account, office)
		if err != nil {
			return "", err
		}
		again, err := a.Once(ctx, actor, id, jaring.ActCertify, f, func(tx *store.Tx) error { return a.issue(tx, actor, c) })
		a.Forget(account.ID)
		switch {
		case jaring.KeyOf(err) == "certificate.number_taken": // by chance, once in a million years
			continue
		case err != nil:
			return "", err
		case again != nil:
			return a.numberOf(ctx, account.ID, c.ID)
		}
		return c.Number, nil
	}
}

// mayHold judges the form and whether the account is one that certificates are for.
func mayHold(account *store.AccountRecord, f CertificateForm, day jaring.Day) error {
	if err := jaring.NewCertificate(f.From, f.Until, day, f.Powers); err != nil {
		return err
	}
	switch {
	case account.Role != jaring.RoleAgent:
		return jaring.NewError(jaring.Conflict, "certificate.not_agent")
	case account.Disabled:
		return jaring.NewError(jaring.Conflict, "account.disabled")
	}
	return nil
}

// Sizes in bytes.
const codeSecretSize = 32

func codePurpose(id jaring.CertificateID) string { return "certificate-code:" + string(id) }

// draftCertificate makes a certificate with a number, a secret for its codes and a signature.
func (a *App) draftCertificate(id jaring.CertificateID, f CertificateForm, account *store.AccountRecord, office *store.OfficeRecord) (*store.CertificateRecord, error) {
	now, zone := a.Now(), Zone(office.Zone)
	var chance [8]byte
	secret := make([]byte, codeSecretSize)
	_, _ = rand.Read(chance[:]) // never fails: the program ends where chance does
	_, _ = rand.Read(secret)
	c := &store.CertificateRecord{ID: id, Number: jaring.CertificateNo(jaring.DayIn(now, zone).Year(), chance), Account: account.ID, Office: account.Office,
		Class: f.Class, Powers: jaring.ParsePowers(jaring.PowersText(f.Powers)), From: f.From, Until: f.Until, State: jaring.CertificateValid, StateAt: now, IssuedAt: now}
	var err error
	if c.CodeSecret, c.CodeKeyID, err = a.Vault.Seal(secret, codePurpose(id)); err != nil {
		return nil, err
	}
	c.Token, err = a.Vault.SignCertificate(jaring.CertificateToken{Number: c.Number, Name: account.Name, Office: office.Name, Powers: c.Powers,
		From: c.From, Until: c.Until, AsOf: jaring.DayIn(now, zone)})
	return c, err
}

// issue writes a certificate with its event, after those that it replaces were ended.
func (a *App) issue(tx *store.Tx, actor jaring.Actor, c *store.CertificateRecord) error {
	c.IssuedBy = actor.Account
	f := jaring.Facts{Agent: c.Account, Other: c.Number}
	for _, p := range c.Powers {
		f.Fields = append(f.Fields, string(p))
	}
	// First the event: it makes acts on one agent queue up, so that of two certificates
	// at once the later one sees the other.
	if err := a.Tell(tx, actor, string(c.Account), jaring.CertificateIssued, f); err != nil {
		return err
	}
	older, err := tx.FindCertificates([]jaring.AccountID{c.Account})
	if err != nil {
		return err
	}
	if c.From <= jaring.DayIn(c.IssuedAt, Zone(actor.Zone)) {
		if err := a.replace(tx, actor, older, c); err != nil {
			return err
		}
	}
	return tx.AddCertificate(c)
}

// replace revokes those certificates that run on the first day of a new one.
func (a *App) replace(tx *store.Tx, actor jaring.Actor, older []*store.CertificateRecord, by *store.CertificateRecord) error {
	for _, c := range older {
		if c.State == jaring.CertificateIsRevoked || c.From > by.Until || c.Until < by.From {
			continue
		}
		changed, err := tx.SetCertificateState(c.ID, c.State, jaring.CertificateIsRevoked, by.IssuedAt, "")
		if err != nil || !changed {
			return restart(err)
		}
		if err := a.Tell(tx, actor, string(c.Account), jaring.CertificateRevoked,
			jaring.Facts{Agent: c.Account, Other: c.Number, Reasons: []string{"certificate.replaced"}}); err != nil {
			return err
		}
	}
	return nil
}

// restart is err, or that the world moved on.
func restart(err error) error {
	if err == nil {
		err = store.ErrRestart
	}
	return err
}

// numberOf gives the number of a certificate that was issued before.
func (a *App) numberOf(ctx context.Context, account jaring.AccountID, id jaring.CertificateID) (string, error) {
	var all []*store.CertificateRecord
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = tx.FindCertificates([]jaring.AccountID{account})
		return err
	})
	at := slices.IndexFunc(all, func(c *store.CertificateRecord) bool { return c.ID == id })
	if err != nil || at < 0 {
		return "", err
	}
	return all[at].Number, nil
}

// accountOf reads an account. Error: account.not_found.
func (a *App) accountOf(ctx context.Context, id jaring.AccountID) (account *store.AccountRecord, err error) {
	if !jaring.IsUUID(string(id)) {
		return nil, jaring.NewError(jaring.NotFound, "account.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		account, err = tx.GetAccount(id)
		return err
	})
	return account, err
}

// Office gives an office. Error: office.not_found.
func (a *App) Office(ctx context.Context, id jaring.OfficeID) (*store.OfficeRecord, error) {
	byID, err := a.offices.all(ctx, id, a.Now())
	if err != nil {
		return nil, err
	}
	if byID[id] == nil {
		return nil, jaring.NewError(jaring.NotFound, "office.not_found")
	}
	return byID[id], nil
}
