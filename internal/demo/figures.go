package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// Figures are a demo in numbers, as the system counts them.
type Figures struct {
	Registered   int64 `json:"registered"` // in the book: every standing but review, withdrawn, merged and rejected
	Protected    int64 `json:"protected"`
	Paid         int64 `json:"paid"` // with the fund, not confirmed
	Waiting      int64 `json:"waiting"`
	Grace        int64 `json:"grace"`
	Ended        int64 `json:"ended"`
	Review       int64 `json:"review"`
	Withdrawn    int64 `json:"withdrawn"`
	Merged       int64 `json:"merged"`
	Rejected     int64 `json:"rejected"`
	CoreRejected int64 `json:"core_rejected"`
	Offices      int   `json:"offices"`
	Agents       int   `json:"agents"`
}

// StoryA is the class and the sweep as the system counts them.
type StoryA struct {
	Kader      map[string]int `json:"kader"` // by office
	KaderTotal int            `json:"kader_total"`
	Registered int64          `json:"registered"` // by the sweep
	Best       int            `json:"best"`       // of one kader
	Winners    []Winner       `json:"winners"`
}

// Winner is a kader on the podium.
type Winner struct {
	Place      int    `json:"place"`
	Name       string `json:"name"`
	Office     string `json:"office"`
	Registered int    `json:"registered"`
}

// Built tells whether a database is a whole demo.
func Built(ctx context.Context, acts *app.App) (bool, error) {
	built, err := acts.Setting(ctx, SettingBuilt)
	return built != "", err
}

// Read counts a demo that is there.
func Read(ctx context.Context, h House) (*Demo, error) {
	d := &Demo{Stories: map[string]any{}, Logins: []Login{}}
	kader, names, err := roll(ctx, h)
	if err != nil {
		return nil, err
	}
	home, err := homeOfAll(ctx, h)
	if err != nil {
		return nil, err
	}
	now := home.Now
	d.Figures = Figures{Registered: home.Registered, Protected: now[jaring.StandingProtected], Paid: now[jaring.StandingPaid],
		Waiting: now[jaring.StandingWaiting], Grace: now[jaring.StandingGrace], Ended: now[jaring.StandingEnded], Review: now[jaring.StandingReview],
		Withdrawn: now[jaring.StandingWithdrawn], Merged: now[jaring.StandingMerged], Rejected: now[jaring.StandingRejected],
		CoreRejected: home.Rejected, Offices: len(names), Agents: len(kader)}
	text, err := h.App.Setting(ctx, SettingBuilt)
	if err != nil {
		return nil, err
	}
	var built struct{ Campaign jaring.CampaignID }
	if err := json.Unmarshal([]byte(text), &built); err != nil {
		return nil, err
	}
	if built.Campaign != "" {
		d.Stories["a"], err = readStoryA(ctx, h, built.Campaign, kader, names)
	}
	return d, err
}

// kaderOf is an agent as the accounts tell.
type kaderOf struct {
	id     jaring.AccountID
	name   string
	office jaring.OfficeID
}

// roll lists the agents and the names of offices.
func roll(ctx context.Context, h House) (kader []kaderOf, names map[jaring.OfficeID]string, err error) {
	offices, err := h.Auth.FindOffices(ctx, jaring.System)
	if err != nil {
		return nil, nil, err
	}
	names = map[jaring.OfficeID]string{}
	for _, o := range offices {
		names[o.ID] = o.Name
	}
	accounts, err := h.Auth.FindAccounts(ctx, jaring.System, "", 1000)
	for _, a := range accounts {
		if a.Role == jaring.RoleAgent {
			kader = append(kader, kaderOf{a.ID, a.Name, a.Office})
		}
	}
	return kader, names, err
}

// homeOfAll is the home page of whoever sees everything.
func homeOfAll(ctx context.Context, h House) (*app.Home, error) {
	admin, err := h.Auth.GetAccountByLogin(ctx, jaring.System, "admin")
	if err != nil {
		return nil, err
	}
	actor, err := h.Auth.ActorOfAccount(ctx, admin.ID)
	if err != nil {
		return nil, err
	}
	return h.App.Home(ctx, actor)
}

// readStoryA counts the sweep by the records that it left.
func readStoryA(ctx context.Context, h House, campaign jaring.CampaignID, kader []kaderOf, names map[jaring.OfficeID]string) (*StoryA, error) {
	s := &StoryA{Kader: map[string]int{}, Winners: []Winner{}}
	var all []Winner
	for _, k := range kader {
		n, err := countSwept(ctx, h, k.id, campaign)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue // not of the class
		}
		s.Kader[names[k.office]]++
		s.KaderTotal++
		all = append(all, Winner{Name: k.name, Office: names[k.office], Registered: n})
	}
	slices.SortStableFunc(all, func(x, y Winner) int { return cmp.Compare(y.Registered, x.Registered) })
	for i := range all[:min(3, len(all))] {
		all[i].Place = i + 1
		s.Winners = append(s.Winners, all[i])
		s.Best = max(s.Best, all[i].Registered)
	}
	var err error
	s.Registered, err = h.App.Counted(ctx, jaring.Counter{Dimension: jaring.ByCampaign, Value: string(campaign), Measure: jaring.FlowRegistered})
	return s, err
}

// countSwept counts what one agent registered in a campaign, by the agent's own list.
func countSwept(ctx context.Context, h House, id jaring.AccountID, campaign jaring.CampaignID) (n int, err error) {
	actor, err := h.Auth.ActorOfAccount(ctx, id)
	if err != nil {
		return 0, err
	}
	q := app.ListQuery{Limit: 200}
	for {
		page, err := h.App.FindWorkers(ctx, actor, q)
		if err != nil {
			return n, err
		}
		for _, w := range page.Workers {
			if w.Campaign == campaign {
				n++
			}
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return n, nil
		}
	}
}
