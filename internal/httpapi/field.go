package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// fieldPack is what an agent's phone carries for the day.
type fieldPack struct {
	ServerTime  time.Time       `json:"server_time"`
	Certificate ownCertificate  `json:"certificate"`
	Campaigns   []fieldCampaign `json:"campaigns"`
	Own         fieldOwn        `json:"own"`
	Territory   []fieldArea     `json:"territory"`
	Areas       []string        `json:"areas" doc:"that the office serves, from regencies down: whose villages a phone carries"`
	Seal        sealKey         `json:"seal"`
}

type fieldCampaign struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	State      string            `json:"state" enum:"planned,open,paused,closed"`
	OpensAt    time.Time         `json:"opens_at"`
	ClosesAt   time.Time         `json:"closes_at"`
	SealsAt    time.Time         `json:"seals_at"`
	PlaceID    jaring.PlaceID    `json:"place_id"`
	PlaceName  string            `json:"place_name"`
	Team       string            `json:"team,omitempty"`
	Lanes      []fieldLane       `json:"lanes"`
}

type fieldLane struct {
	LaneID jaring.LaneID `json:"lane_id"`
	Name   string        `json:"name"`
	Trade  string        `json:"trade"`
	Mine   bool          `json:"mine" doc:"the own team walks it"`
	Lots   []fieldLot    `json:"lots"`
}

type fieldLot struct {
	Number  string `json:"number"`
	Outcome string `json:"outcome,omitempty" enum:"registered,member,back,closed,refused,visited"`
	BackAt  string `json:"back_at,omitempty"`
}

type fieldOwn struct {
	Registered int64      `json:"registered"`
	Protected  int64      `json:"protected"`
	Today      int64      `json:"today"`
	Rank       *fieldRank `json:"rank,omitempty"`
}

type fieldRank struct {
	Rank       int               `json:"rank"`
	Of         int               `json:"of"`
	CampaignID jaring.CampaignID `json:"campaign_id"`
	ToNext     int               `json:"to_next" doc:"how many more make one place better"`
}

type fieldArea struct {
	Kind  string `json:"kind" enum:"village,place"`
	Value string `json:"value"`
	Label string `json:"label"`
}

type fieldOut struct {
	Status int
	ETag   string `header:"ETag"`
	Body   *fieldPack
}

// field gives the pack, or that the one which the phone has is the same but for the time.
func (s *server) field(c *call, in *Known) (*fieldOut, error) {
	f, err := s.App.Field(c, c.actor)
	if err != nil {
		return nil, err
	}
	body := wireField(f)
	body.Areas = carriedAreas(c.actor)
	if body.Certificate, err = s.certificateOf(c); err != nil {
		return nil, err
	}
	if body.Seal.KeyID, body.Seal.PublicKey, err = s.App.SealingKey(); err != nil {
		return nil, err
	}
	now, asOf := s.Now().UTC(), body.Certificate.RevocationsAsOf
	body.Certificate.ServerTime, body.Certificate.RevocationsAsOf = time.Time{}, time.Time{} // they change by themselves
	text, err := json.Marshal(body)
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	sum := sha256.Sum256(text)
	out := &fieldOut{Status: http.StatusOK, ETag: `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`, Body: body}
	if in.IfNoneMatch == out.ETag {
		return &fieldOut{Status: http.StatusNotModified, ETag: out.ETag}, nil
	}
	body.ServerTime, body.Certificate.ServerTime, body.Certificate.RevocationsAsOf = now, now, asOf
	return out, nil
}

// carriedAreas are areas small enough that a phone can carry their villages.
func carriedAreas(actor jaring.Actor) []string {
	areas := []string{}
	for _, code := range actor.Areas {
		if strings.Contains(code, ".") && len(areas) < mostCarried {
			areas = append(areas, code)
		}
	}
	return areas
}

// mostCarried is how many areas of the office a phone carries: a regency is about 10 kB.
const mostCarried = 3

func wireField(f *app.Field) *fieldPack {
	out := &fieldPack{Campaigns: make([]fieldCampaign, len(f.Campaigns)), Territory: make([]fieldArea, len(f.Territory)),
		Own: fieldOwn{Registered: f.Own.Registered, Protected: f.Own.Protected, Today: f.Own.Today}}
	for i, c := range f.Campaigns {
		item := fieldCampaign{CampaignID: c.ID, Name: c.Name, State: string(c.State), OpensAt: c.OpensAt, ClosesAt: c.ClosesAt, SealsAt: c.SealsAt,
			PlaceID: c.Place, PlaceName: c.PlaceName, Team: c.Team, Lanes: make([]fieldLane, len(c.Lanes))}
		for j, l := range c.Lanes {
			lane := fieldLane{LaneID: l.ID, Name: l.Name, Trade: l.Trade, Mine: l.Mine, Lots: make([]fieldLot, len(l.Lots))}
			for k, lot := range l.Lots {
				lane.Lots[k] = fieldLot{lot.Number, string(lot.Outcome), lot.BackAt}
			}
			item.Lanes[j] = lane
		}
		out.Campaigns[i] = item
	}
	for i, t := range f.Territory {
		out.Territory[i] = fieldArea{string(t.Kind), t.Value, t.Label}
	}
	if r := f.Own.Rank; r != nil {
		out.Own.Rank = &fieldRank{r.Rank, r.Of, r.Campaign, r.ToNext}
	}
	return out
}
