package httpapi

import (
	"strconv"

	"jaring/internal/jaring"
)

type cohortsIn struct {
	Office   string `query:"office" doc:"the own one when left out"`
	Campaign string `query:"campaign" doc:"instead of an office"`
}

type cohortsOut struct {
	Body struct {
		Items []cohortItem `json:"items"`
	}
}

type cohortItem struct {
	Month  jaring.Month     `json:"month"`
	Joined int64            `json:"joined"`
	Kept   map[string]int64 `json:"kept" doc:"protected 1, 3, 6 and 12 months later; a month that has not come is left out"`
}

func (s *server) cohorts(c *call, in *cohortsIn) (*cohortsOut, error) {
	list, err := s.App.FindCohorts(c, c.actor, jaring.OfficeID(in.Office), jaring.CampaignID(in.Campaign))
	if err != nil {
		return nil, err
	}
	out := &cohortsOut{}
	out.Body.Items = make([]cohortItem, len(list))
	for i, one := range list {
		kept := map[string]int64{}
		for n, k := range one.Kept {
			kept[strconv.Itoa(n)] = k
		}
		out.Body.Items[i] = cohortItem{one.Month, one.Joined, kept}
	}
	return out, nil
}

type rankingIn struct {
	By     string `query:"by" enum:"kept,registered" default:"kept"`
	Months int    `query:"months" doc:"months of joining that count, before the present one; 6 when left out"`
}

type rankingOut struct {
	Body struct {
		By    string       `json:"by" enum:"kept,registered"`
		From  jaring.Month `json:"from"`
		To    jaring.Month `json:"to"`
		Items []rankItem   `json:"items"`
	}
}

type rankItem struct {
	Place      int              `json:"place" doc:"equal ones share it"`
	AgentID    jaring.AccountID `json:"agent_id"`
	Name       string           `json:"name"`
	Registered int64            `json:"registered"`
	Kept       int64            `json:"kept"`
	Protected  int64            `json:"protected" doc:"today, of all whom the agent keeps"`
	Own        bool             `json:"own,omitempty"`
}

func (s *server) ranking(c *call, in *rankingIn) (*rankingOut, error) {
	r, err := s.App.FindRanking(c, c.actor, in.By != "registered", in.Months)
	if err != nil {
		return nil, err
	}
	out := &rankingOut{}
	out.Body.By, out.Body.From, out.Body.To = in.By, r.From, r.To
	out.Body.Items = make([]rankItem, len(r.Agents))
	for i, a := range r.Agents {
		out.Body.Items[i] = rankItem{a.Place, a.Account, a.Name, a.Registered, a.Kept, a.Protected, a.Own}
	}
	return out, nil
}
