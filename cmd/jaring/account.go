package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"jaring/internal/auth"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AccountCmd manages who may log in, for whoever holds the machine: the first admin
// is made here, and a lost admin password is renewed here.
type AccountCmd struct {
	Add      AccountAddCmd      `cmd:"" help:"Make an account; prints its one-time password."`
	List     AccountListCmd     `cmd:"" help:"List the accounts."`
	Disable  AccountDisableCmd  `cmd:"" help:"Shut an account: no log-in, no session, no signing phone."`
	Password AccountPasswordCmd `cmd:"" help:"Give an account a new one-time password; prints it."`
	Certify  AccountCertifyCmd  `cmd:"" help:"Give an agent a certificate; prints its number."`
}

// accountDB is the way to the accounts that all of these commands share.
type accountDB struct {
	DB   string `name:"db" env:"JARING_DB" default:"sqlite:data/jaring.db" placeholder:"URL" help:"Database: sqlite:PATH or postgres://…"`
	Lang string `enum:"id,en" default:"id" help:"Language: id or en."`
}

// do opens the database for one act and tells what was wrong with the question.
func (c *accountDB) do(talk io.Writer, act func(ctx context.Context, s *auth.Service) error) error {
	ctx := context.Background()
	db, err := store.Open(ctx, c.DB)
	if err == nil {
		err = act(ctx, auth.New(db, auth.Options{}))
		if closeErr := db.Close(); err == nil {
			err = closeErr
		}
	}
	var taken *jaring.Error
	if errors.As(err, &taken) && taken.Code == jaring.Conflict {
		fmt.Fprintln(talk, i18n.Error(i18n.Lang(c.Lang), taken))
		return errAnswerNo
	}
	if err != nil {
		return complain(talk, i18n.Lang(c.Lang), err)
	}
	return nil
}

// AccountAddCmd makes an account.
type AccountAddCmd struct {
	accountDB
	Login  string `required:"" help:"Log-in name: a-z, 0-9 and . _ - @."`
	Name   string `required:"" help:"The person's name."`
	Role   string `required:"" enum:"admin,branch_head,officer,agent,auditor" help:"admin, branch_head, officer, agent or auditor."`
	Office string `required:"" placeholder:"NAME" help:"The office, by name. The first account of a fresh database founds it."`
	Kind   string `enum:"fund,region,branch,sub_branch" default:"branch" help:"Kind of an office founded here: fund, region, branch or sub_branch."`
	Zone   string `default:"Asia/Jakarta" help:"Time zone of an office founded here."`
	Area   string `placeholder:"CODE" help:"Area served by an office founded here, such as 15.71; else the whole country."`
	JSON   bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *AccountAddCmd) Help() string {
	return `Example: jaring account add --db sqlite:data/jaring.db --login siti --name "Siti Aminah" --role officer --office "Cabang Jambi"`
}

// Run prints the one-time password on stdout. Errors: those of auth.AddAccount.
func (c *AccountAddCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *AccountAddCmd) print(out, talk io.Writer) error {
	return c.do(talk, func(ctx context.Context, s *auth.Service) error {
		office, err := c.office(ctx, s)
		if err != nil {
			return err
		}
		id, password, err := s.AddAccount(ctx, jaring.System, auth.NewAccount{Login: c.Login, Name: c.Name, Role: jaring.Role(c.Role), Office: office})
		if err != nil {
			return err
		}
		return printPassword(out, talk, c.Lang, c.JSON, id, auth.Login(c.Login), password)
	})
}

// office finds the office by its name, or founds it where there is none at all.
// Errors: account.office_unknown, account.office_ambiguous.
func (c *AccountAddCmd) office(ctx context.Context, s *auth.Service) (jaring.OfficeID, error) {
	n := auth.NewAccount{Login: c.Login, Name: c.Name, Role: jaring.Role(c.Role), Office: auth.UnknownAccount}
	if err := n.Check(); err != nil {
		return "", err // before an office is founded for nobody
	}
	all, err := s.FindOffices(ctx, jaring.System)
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return s.AddOffice(ctx, jaring.System, auth.NewOffice{Kind: c.Kind, Name: c.Office, Zone: c.Zone, Areas: []string{c.Area}})
	}
	var found []jaring.OfficeID
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
		if strings.EqualFold(o.Name, strings.TrimSpace(c.Office)) {
			found = append(found, o.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", jaring.NewError(jaring.Invalid, "account.office_unknown", "name", c.Office, "choices", strings.Join(names[:min(len(names), 20)], ", ")).At("office")
	}
	return "", jaring.NewError(jaring.Invalid, "account.office_ambiguous", "name", c.Office, "n", len(found)).At("office")
}

func printPassword(out, talk io.Writer, lang string, asJSON bool, id jaring.AccountID, login, password string) error {
	if asJSON {
		return json.NewEncoder(out).Encode(map[string]string{"account_id": string(id), "login": login, "one_time_password": password})
	}
	fmt.Fprintln(talk, i18n.Text(i18n.Lang(lang), "account.password_once", jaring.Args{"login": login}))
	_, err := fmt.Fprintln(out, password)
	return err
}

// AccountListCmd lists accounts.
type AccountListCmd struct {
	accountDB
	JSON bool `name:"json" help:"One JSON object a line instead of text."`
}

// Help is shown below the flags.
func (c *AccountListCmd) Help() string {
	return "Example: jaring account list --db sqlite:data/jaring.db"
}

// Run prints the accounts on stdout, in the order of their log-ins.
func (c *AccountListCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

// accountPage is how many accounts are read at once.
const accountPage = 500

func (c *AccountListCmd) print(out, talk io.Writer) error {
	return c.do(talk, func(ctx context.Context, s *auth.Service) error {
		offices, err := s.FindOffices(ctx, jaring.System)
		if err != nil {
			return err
		}
		name := map[jaring.OfficeID]string{}
		for _, o := range offices {
			name[o.ID] = o.Name
		}
		row, finish := c.rows(out)
		for after := ""; ; {
			page, err := s.FindAccounts(ctx, jaring.System, after, accountPage)
			if err != nil {
				return err
			}
			for _, a := range page {
				if err := row(a, name[a.Office]); err != nil {
					return err
				}
				after = a.Login
			}
			if len(page) < accountPage {
				return finish()
			}
		}
	})
}

// rows gives the writer of one account and what ends the list.
func (c *AccountListCmd) rows(out io.Writer) (row func(a auth.Account, office string) error, finish func() error) {
	if c.JSON {
		e := json.NewEncoder(out)
		return func(a auth.Account, office string) error {
			return e.Encode(map[string]any{"account_id": a.ID, "login": a.Login, "name": a.Name, "role": a.Role,
				"office_id": a.Office, "office": office, "disabled": a.Disabled, "added_at": a.AddedAt})
		}, func() error { return nil }
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	return func(a auth.Account, office string) error {
		shut := ""
		if a.Disabled {
			shut = i18n.Text(i18n.Lang(c.Lang), "account.shut", nil)
		}
		_, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", a.Login, a.Role, office, a.Name, shut)
		return err
	}, table.Flush
}

// AccountDisableCmd shuts an account.
type AccountDisableCmd struct {
	accountDB
	Login string `required:"" help:"Log-in name of the account."`
}

// Help is shown below the flags.
func (c *AccountDisableCmd) Help() string { return "Example: jaring account disable --login siti" }

// Run shuts the account. A running server notices within 30 seconds. Errors:
// account.not_found.
func (c *AccountDisableCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *AccountDisableCmd) print(_, talk io.Writer) error {
	return c.do(talk, func(ctx context.Context, s *auth.Service) error {
		a, err := s.GetAccountByLogin(ctx, jaring.System, c.Login)
		if err != nil {
			return err
		}
		return s.DisableAccount(ctx, jaring.System, a.ID)
	})
}

// AccountPasswordCmd renews a password.
type AccountPasswordCmd struct {
	accountDB
	Login string `required:"" help:"Log-in name of the account."`
	JSON  bool   `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *AccountPasswordCmd) Help() string { return "Example: jaring account password --login siti" }

// Run prints the one-time password on stdout; all sessions of the account end.
// Errors: account.not_found.
func (c *AccountPasswordCmd) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c *AccountPasswordCmd) print(out, talk io.Writer) error {
	return c.do(talk, func(ctx context.Context, s *auth.Service) error {
		a, err := s.GetAccountByLogin(ctx, jaring.System, c.Login)
		if err != nil {
			return err
		}
		password, err := s.ResetPassword(ctx, jaring.System, a.ID)
		if err != nil {
			return err
		}
		return printPassword(out, talk, c.Lang, c.JSON, a.ID, a.Login, password)
	})
}
