package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Graduate is somebody who got a certificate out of a class.
type Graduate struct {
	Application jaring.ApplicationID
	Name        string
	Account     jaring.AccountID
	Login       string
	Password    string // told once, when the account is made
	Number      string // of the certificate

	office *store.OfficeRecord
	fresh  *store.AccountRecord // to be made; nil when there is an account
	draft  *store.CertificateRecord
}

// CertifyClass gives a certificate, and an account where there is none, to all who passed a
// class, sit within the actor's reach and have none from it. Told again it gives the same
// people without their passwords. Errors: those of jaring.NewCertificate; class.not_found,
// class.nobody_passed, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) CertifyClass(ctx context.Context, actor jaring.Actor, id jaring.OperationID, class jaring.ClassID, until jaring.Day, powers []jaring.Power) ([]Graduate, error) {
	if err := actor.May(jaring.ActCertify, jaring.Scope{}); err != nil {
		return nil, err
	}
	c, err := a.class(ctx, actor, class)
	if err != nil {
		return nil, err
	}
	form := CertificateForm{Class: class, From: a.dayOfClass(ctx, c), Until: until, Powers: powers}
	if err := jaring.NewCertificate(form.From, until, form.From, powers); err != nil {
		return nil, err
	}
	rec, err := a.onceOf(actor, id, jaring.ActCertify, []any{class, until, powers})
	if err != nil {
		return nil, err
	}
	for {
		done, err := a.known(ctx, rec)
		if err != nil {
			return nil, err
		}
		if done != nil {
			return a.graduatesOf(ctx, id, class)
		}
		people, err := a.prepareGraduates(ctx, actor, id, form)
		if err != nil {
			return nil, err
		}
		done, err = a.Once(ctx, actor, id, jaring.ActCertify, []any{class, until, powers}, func(tx *store.Tx) error {
			return a.graduate(tx, actor, class, people)
		})
		for _, g := range people {
			a.Forget(g.Account)
		}
		switch key := jaring.KeyOf(err); {
		case key == "account.login_taken" || key == "certificate.number_taken" || done != nil:
			continue // somebody took the log-in meanwhile; or the answer of the first time is due
		case err != nil:
			return nil, err
		}
		return people, nil
	}
}

// prepareGraduates finds who is to be certified and makes all that takes time: passwords,
// numbers, signatures. Error: class.nobody_passed.
func (a *App) prepareGraduates(ctx context.Context, actor jaring.Actor, id jaring.OperationID, form CertificateForm) (people []Graduate, err error) {
	v, err := a.GetClass(ctx, actor, form.Class)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, s := range v.SeatList {
		if s.Result != jaring.Passed || v.Certificates[s.Account] != nil && s.Account != "" || actor.May(jaring.ActCertify, jaring.Scope{Office: s.Office}) != nil {
			continue
		}
		g, err := a.prepareGraduate(ctx, id, form, s, taken)
		if err != nil {
			return nil, err
		}
		if g != nil {
			people = append(people, *g)
		}
	}
	if len(people) == 0 {
		return nil, jaring.NewError(jaring.Conflict, "class.nobody_passed")
	}
	return people, nil
}

// prepareGraduate prepares the certificate of one seat; nil for somebody whose account is
// disabled.
func (a *App) prepareGraduate(ctx context.Context, id jaring.OperationID, form CertificateForm, s *store.SeatRecord, taken map[string]bool) (*Graduate, error) {
	g := &Graduate{Application: s.Application, Name: s.Name, Account: s.Account}
	account, err := a.accountFor(ctx, g, s, taken)
	if err != nil || account.Disabled {
		return nil, err
	}
	if g.office, err = a.Office(ctx, account.Office); err != nil {
		return nil, err
	}
	g.Account, g.Login, form.Account = account.ID, account.Login, account.ID
	g.draft, err = a.draftCertificate(graduateID(id, s.Application), form, account, g.office)
	if err == nil {
		g.Number = g.draft.Number
	}
	return g, err
}

// accountFor gives the account of somebody in a class, or one that is to be made.
func (a *App) accountFor(ctx context.Context, g *Graduate, s *store.SeatRecord, taken map[string]bool) (*store.AccountRecord, error) {
	if s.Account != "" {
		return a.accountOf(ctx, s.Account)
	}
	login, err := a.freeLogin(ctx, s.Name, taken)
	if err != nil {
		return nil, err
	}
	password, hash, err := a.Password(ctx)
	if err != nil {
		return nil, err
	}
	g.Password = password
	g.fresh = &store.AccountRecord{ID: jaring.AccountID(NewID()), Login: login, Name: s.Name, Role: jaring.RoleAgent, Office: s.Office, PasswordHash: hash, AddedAt: a.Now()}
	return g.fresh, nil
}

// graduateID is the id of the certificate that an act gives to somebody.
func graduateID(id jaring.OperationID, application jaring.ApplicationID) jaring.CertificateID {
	return jaring.CertificateID(uuid.NewSHA1(uuid.MustParse(string(id)), []byte(application)).String())
}

// graduate makes the accounts and issues the certificates, all or none.
func (a *App) graduate(tx *store.Tx, actor jaring.Actor, class jaring.ClassID, people []Graduate) error {
	if err := tx.TouchClass(class); err != nil {
		return err
	}
	seats, err := tx.FindSeats(class)
	if err != nil {
		return err
	}
	for _, g := range people {
		still := slices.ContainsFunc(seats, func(s *store.SeatRecord) bool {
			return s.Application == g.Application && s.Result == jaring.Passed && (s.Account == g.Account || s.Account == "" && g.fresh != nil)
		})
		if !still {
			return jaring.NewError(jaring.Conflict, "class.changed_meanwhile")
		}
		if err := a.openAccount(tx, actor, g); err != nil {
			return err
		}
		if err := a.issue(tx, actor, g.draft); err != nil {
			return err
		}
	}
	return nil
}

// openAccount makes the account of an applicant who has none.
func (a *App) openAccount(tx *store.Tx, actor jaring.Actor, g Graduate) error {
	if g.fresh == nil {
		return nil
	}
	if _, err := tx.GetAccountByLogin(g.fresh.Login); jaring.CodeOf(err) != jaring.NotFound {
		if err == nil {
			err = jaring.NewError(jaring.Conflict, "account.login_taken")
		}
		return err
	}
	if err := tx.AddAccount(g.fresh); err != nil {
		return err
	}
	changed, err := tx.SetApplicationAccount(g.Application, g.fresh.ID)
	if err != nil || !changed {
		return restart(err)
	}
	return a.Tell(tx, actor, string(g.fresh.ID), jaring.AccountAdded, jaring.Facts{Other: string(jaring.RoleAgent)})
}

// graduatesOf gives who was certified by an act that was done before.
func (a *App) graduatesOf(ctx context.Context, id jaring.OperationID, class jaring.ClassID) (people []Graduate, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		people = nil
		seats, err := tx.FindSeats(class)
		if err != nil {
			return err
		}
		certificates, err := tx.FindCertificates(accountsOf(seats))
		if err != nil {
			return err
		}
		for _, s := range seats {
			want := graduateID(id, s.Application)
			at := slices.IndexFunc(certificates, func(c *store.CertificateRecord) bool { return c.ID == want })
			if at < 0 {
				continue
			}
			account, err := tx.GetAccount(s.Account)
			if err != nil {
				return err
			}
			people = append(people, Graduate{Application: s.Application, Name: s.Name, Account: s.Account, Login: account.Login, Number: certificates[at].Number})
		}
		return nil
	})
	return people, err
}

// freeLogin makes a log-in of a name that nobody has: rahma.dewi, rahma.dewi2.
func (a *App) freeLogin(ctx context.Context, name string, taken map[string]bool) (login string, err error) {
	stem := loginStem(name)
	for n := 1; ; n++ {
		if login = stem; n > 1 {
			login += strconv.Itoa(n)
		}
		if taken[login] {
			continue
		}
		err = a.DB.Read(ctx, func(tx *store.Tx) error {
			_, err := tx.GetAccountByLogin(login)
			return err
		})
		if jaring.CodeOf(err) == jaring.NotFound {
			taken[login] = true
			return login, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// maxStem is how long a log-in made of a name may be, in characters.
const maxStem = 40

// loginStem is the first and the last word of a name, in small letters.
func loginStem(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	switch n := len(words); {
	case n == 0:
		return "kader"
	case n > 1:
		words = []string{words[0], words[n-1]}
	}
	stem := strings.Join(words, ".")
	if len(stem) > maxStem {
		stem = strings.Trim(stem[:maxStem], ".")
	}
	if len(stem) < 3 {
		stem = "kader." + stem
	}
	return stem
}
