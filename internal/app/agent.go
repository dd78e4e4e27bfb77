package app

import (
	"context"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AgentRow is an agent as lists show him.
type AgentRow struct {
	Account     *store.AccountRecord
	OfficeName  string
	Certificate *store.CertificateRecord // of today, else the newest; nil when there is none
	StateToday  jaring.CertificateState  // of the certificate
	Registered  int64                    // persons in the book whom he registered
	Protected   int64                    // of these, confirmed and covered today
	Territory   []Territory
	Kit         int // things that he has
}

// agentCursor is where a page of agents ends.
type agentCursor = store.AgentCursor

// FindAgents gives the agents of the offices that the actor reaches, or of one of them with
// those below it, by name, from the one behind cursor. text is a part of a name or a
// log-in. Errors: error.forbidden, error.out_of_area, cursor.malformed.
func (a *App) FindAgents(ctx context.Context, actor jaring.Actor, office jaring.OfficeID, text, cursor string) (rows []AgentRow, next string, err error) {
	offices, err := a.OfficesAsked(ctx, actor, jaring.ActFindAgent, office)
	if err != nil {
		return nil, "", err
	}
	q := store.AgentQuery{Offices: offices, Text: Trim(text), Limit: MaxPage}
	if err := OpenCursor(cursor, &q.After); err != nil || cursor != "" && !jaring.IsUUID(string(q.After.ID)) {
		return nil, "", BadCursor()
	}
	day := Today(actor, a.Now())
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		accounts, err := tx.FindAgents(q)
		if err != nil {
			return err
		}
		rows, err = a.agentRows(tx, accounts, day)
		return err
	})
	for i := range rows {
		rows[i].OfficeName = a.offices.name(ctx, rows[i].Account.Office, a.Now())
	}
	if err == nil && len(rows) == MaxPage {
		last := rows[MaxPage-1].Account
		next = CloseCursor(agentCursor{Name: last.Name, ID: last.ID})
	}
	return rows, next, err
}

// agentRows puts beside accounts what lists show of agents.
func (a *App) agentRows(tx *store.Tx, accounts []*store.AccountRecord, day jaring.Day) ([]AgentRow, error) {
	ids := make([]jaring.AccountID, len(accounts))
	for i, account := range accounts {
		ids[i] = account.ID
	}
	certificates, err := tx.FindCertificates(ids)
	if err != nil {
		return nil, err
	}
	gauges, err := tx.FindGaugesOf(ids)
	if err != nil {
		return nil, err
	}
	kit, err := tx.FindKitOf(ids)
	if err != nil {
		return nil, err
	}
	territory, err := a.territories(tx, ids, day)
	if err != nil {
		return nil, err
	}
	own := map[jaring.AccountID][]*store.CertificateRecord{}
	for _, c := range certificates {
		own[c.Account] = append(own[c.Account], c)
	}
	things := map[jaring.AccountID]int{}
	for _, k := range kit {
		things[k.Account]++
	}
	rows := make([]AgentRow, len(accounts))
	for i, account := range accounts {
		r := AgentRow{Account: account, Certificate: certificateOn(own[account.ID], day),
			Registered: inBook(gauges[account.ID]), Protected: gauges[account.ID][jaring.StandingProtected], Territory: territory[account.ID], Kit: things[account.ID]}
		if c := r.Certificate; c != nil {
			r.StateToday = jaring.CertificateStateOn(c.State, c.From, c.Until, day)
		}
		rows[i] = r
	}
	return rows, nil
}

// inBook is how many persons are in the book by their standings.
func inBook(now map[jaring.Standing]int64) (n int64) {
	for standing, some := range now {
		switch standing {
		case jaring.StandingMerged, jaring.StandingRejected, jaring.StandingWithdrawn, jaring.StandingReview:
		default:
			n += some
		}
	}
	return n
}

// AgentView is an agent's page.
type AgentView struct {
	AgentRow
	Phone        string                     // as he told it when he applied
	Certificates []*store.CertificateRecord // the newest first
	Things       []*store.KitRecord
	Class        *store.ClassRecord // out of which his newest certificate came; nil for none
	HasPhoto     bool
	Today        jaring.Day
}

// GetAgent gives an agent's page. Errors: account.not_found, also for one out of reach and
// for somebody who is no agent; error.forbidden.
func (a *App) GetAgent(ctx context.Context, actor jaring.Actor, id jaring.AccountID) (*AgentView, error) {
	account, err := a.agent(ctx, actor, jaring.ActFindAgent, id)
	if err != nil {
		if key := jaring.KeyOf(err); actor.Can(jaring.ActFindAgent) && (key == "error.out_of_area" || key == "agent.not_agent") {
			err = jaring.NewError(jaring.NotFound, "account.not_found")
		}
		return nil, err
	}
	v := &AgentView{Today: Today(actor, a.Now())}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := a.agentRows(tx, []*store.AccountRecord{account}, v.Today)
		if err != nil {
			return err
		}
		v.AgentRow = rows[0]
		if v.Certificates, err = tx.FindCertificates([]jaring.AccountID{id}); err != nil {
			return err
		}
		if v.Things, err = tx.FindKitOf([]jaring.AccountID{id}); err != nil {
			return err
		}
		return v.more(tx)
	})
	v.OfficeName = a.offices.name(ctx, account.Office, a.Now())
	return v, err
}

// more reads what only the page of an agent shows.
func (v *AgentView) more(tx *store.Tx) error {
	p, err := tx.GetApplicationOf(v.Account.ID)
	if err != nil {
		return err
	}
	if p != nil {
		v.Phone = p.Phone
	}
	photo, err := tx.Photo(v.Account.ID)
	if err != nil {
		return err
	}
	v.HasPhoto = len(photo) > 0
	for _, c := range v.Certificates {
		if c.Class != "" {
			v.Class, err = tx.GetClass(c.Class)
			return err
		}
	}
	return nil
}

// agent reads the account of an agent that the actor may do act on. Errors:
// account.not_found, agent.not_agent, error.forbidden, error.out_of_area.
func (a *App) agent(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.AccountID) (*store.AccountRecord, error) {
	if err := actor.May(act, jaring.Scope{}); err != nil {
		return nil, err
	}
	account, err := a.accountOf(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := actor.May(act, jaring.Scope{Office: account.Office}); err != nil {
		return nil, err
	}
	if account.Role != jaring.RoleAgent {
		return nil, jaring.NewError(jaring.Conflict, "agent.not_agent")
	}
	return account, nil
}

// SetAgentPhoto keeps a photo of an agent for the public page, without what a camera writes
// into it besides the picture. Errors: those of jaring.CleanJPEG; account.not_found,
// agent.not_agent, error.forbidden, error.out_of_area.
func (a *App) SetAgentPhoto(ctx context.Context, actor jaring.Actor, agent jaring.AccountID, photo []byte) error {
	if _, err := a.agent(ctx, actor, jaring.ActCertify, agent); err != nil {
		return err
	}
	clean, err := jaring.CleanJPEG(photo, maxAgentPhoto)
	if err != nil {
		return err
	}
	at := a.Now()
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := a.Tell(tx, actor, string(agent), jaring.AgentPhotoSet, jaring.Facts{Agent: agent}); err != nil {
			return err
		}
		return tx.SetPhoto(agent, clean, at)
	})
	if err == nil {
		a.Changed()
	}
	return err
}

// maxAgentPhoto is how large a photo for the public page may be, in bytes.
const maxAgentPhoto = 60_000
