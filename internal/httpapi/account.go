package httpapi

import (
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type accountsIn struct {
	Cursor string `query:"cursor" maxLength:"120"`
}

type accountsOut struct {
	Body struct {
		Items      []accountItem `json:"items"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
}

type accountItem struct {
	AccountID jaring.AccountID `json:"account_id"`
	Login     string           `json:"login"`
	Name      string           `json:"name"`
	Role      string           `json:"role"`
	OfficeID  jaring.OfficeID  `json:"office_id"`
	Disabled  bool             `json:"disabled"`
}

const accountPage = 100

func (s *server) findAccounts(c *call, in *accountsIn) (*accountsOut, error) {
	accounts, err := s.Auth.FindAccounts(c, c.actor, in.Cursor, accountPage)
	if err != nil {
		return nil, err
	}
	out := &accountsOut{}
	out.Body.Items = make([]accountItem, len(accounts))
	for i, a := range accounts {
		out.Body.Items[i] = accountItem{a.ID, a.Login, a.Name, string(a.Role), a.Office, a.Disabled}
	}
	if len(accounts) == accountPage {
		out.Body.NextCursor = accounts[len(accounts)-1].Login
	}
	return out, nil
}

type accountBody struct {
	Login    string `json:"login"`
	Name     string `json:"name"`
	Role     string `json:"role" enum:"admin,branch_head,officer,agent,auditor"`
	OfficeID string `json:"office_id" format:"uuid"`
}

type accountOut struct {
	Body struct {
		AccountID       jaring.AccountID `json:"account_id"`
		OneTimePassword string           `json:"one_time_password"`
	}
}

func (s *server) addAccount(c *call, in *Acting) (*accountOut, error) {
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	var body accountBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	id, password, err := s.Auth.AddAccount(c, c.actor, auth.NewAccount{Login: body.Login, Name: body.Name, Role: jaring.Role(body.Role), Office: jaring.OfficeID(body.OfficeID)})
	if err != nil {
		return nil, err
	}
	out := &accountOut{}
	out.Body.AccountID, out.Body.OneTimePassword = id, password
	return out, nil
}

func (s *server) disableAccount(c *call, in *ByID) (*nothing, error) {
	return nil, s.Auth.DisableAccount(c, c.actor, jaring.AccountID(in.ID))
}
