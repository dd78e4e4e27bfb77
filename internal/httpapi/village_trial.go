package httpapi

import (
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type trialIn struct {
	OfficialsPercent int `query:"officials_percent" required:"true"`
	Dialogues        int `query:"dialogues" required:"true"`
	CoveragePercent  int `query:"coverage_percent" required:"true"`
	Months           int `query:"months" required:"true"`
	WarnPoints       int `query:"warn_points" required:"true"`
	WarnMonths       int `query:"warn_months" required:"true"`
}

type trialOut struct {
	Body struct {
		Looked int                        `json:"looked" doc:"programmes that were launched"`
		More   bool                       `json:"more" doc:"there are others, at which this trial did not look"`
		From   map[jaring.AwareColour]int `json:"from" doc:"by the criteria that hold"`
		To     map[jaring.AwareColour]int `json:"to"`
		Turns  []villageTurn              `json:"turns" doc:"whose colour would be another, by area"`
	}
}

type villageTurn struct {
	VillageID  jaring.AwareID     `json:"village_id"`
	Name       string             `json:"name"`
	Regency    areaName           `json:"regency"`
	OfficeName string             `json:"office_name"`
	From       jaring.AwareColour `json:"from" enum:"building,green,amber,red"`
	To         jaring.AwareColour `json:"to" enum:"building,green,amber,red"`
	Reasons    []reasonItem       `json:"reasons" doc:"by the other criteria"`
}

func (s *server) tryCriteria(c *call, in *trialIn) (*trialOut, error) {
	t, err := s.App.TryCriteria(c, c.actor, jaring.AwareCriteria(*in))
	if err != nil {
		return nil, err
	}
	out := &trialOut{}
	b := &out.Body
	b.Looked, b.More, b.From, b.To, b.Turns = t.Looked, t.More, t.From, t.To, []villageTurn{}
	for i := range t.Turns {
		b.Turns = append(b.Turns, wireVillageTurn(c.lang, &t.Turns[i]))
	}
	return out, nil
}

func wireVillageTurn(lang i18n.Lang, t *outreach.AwareTurn) villageTurn {
	return villageTurn{t.ID, t.Name, areaName{string(t.Regency.Code), t.Regency.Name}, t.OfficeName, t.From, t.To, wireReasons(lang, t.Reasons)}
}
