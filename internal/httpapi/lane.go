package httpapi

import (
	"strconv"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type marketOut struct {
	Body struct {
		Place placeItem  `json:"place"`
		Lanes []laneItem `json:"lanes"`
	}
}

type laneItem struct {
	LaneID jaring.LaneID `json:"lane_id"`
	Name   string        `json:"name"`
	Trade  string        `json:"trade"`
	Ord    int           `json:"ord"`
	X      int           `json:"x" doc:"on the plan, in tiles"`
	Y      int           `json:"y"`
	W      int           `json:"w"`
	H      int           `json:"h"`
	Lots   []lotItem     `json:"lots"`
}

type lotItem struct {
	LotID  jaring.LotID `json:"lot_id"`
	Number string       `json:"number"`
	Origin string       `json:"origin" enum:"plan,counted"`
}

func (s *server) getLanes(c *call, in *ByID) (*marketOut, error) {
	return s.market(c, jaring.PlaceID(in.ID))
}

func (s *server) market(c *call, id jaring.PlaceID) (*marketOut, error) {
	m, err := s.App.Market(c, id)
	if err != nil {
		return nil, err
	}
	out := &marketOut{}
	out.Body.Place = placeItem{PlaceID: m.Place.ID, Name: m.Place.Name, Kind: m.Place.Kind}
	if found, ok := s.App.Areas.Get(area.Code(m.Place.Village)); ok {
		out.Body.Place.Village = s.areaItem(found)
	}
	out.Body.Lanes = make([]laneItem, len(m.Lanes))
	for i, l := range m.Lanes {
		item := laneItem{LaneID: l.ID, Name: l.Name, Trade: l.Trade, Ord: l.Ord, X: l.X, Y: l.Y, W: l.W, H: l.H, Lots: []lotItem{}}
		for _, lot := range m.Lots[l.ID] {
			item.Lots = append(item.Lots, lotItem{lot.ID, lot.Number, string(lot.Origin)})
		}
		out.Body.Lanes[i] = item
	}
	return out, nil
}

// lanesBody is the plan of a market: lane by lane, or as lines of text.
type lanesBody struct {
	Lanes []laneBody `json:"lanes,omitempty" maxItems:"200"`
	Lines string     `json:"lines,omitempty" doc:"instead of lanes: a line for each, as in C; sayur; 1-40, 42"`
}

type laneBody struct {
	LaneID string   `json:"lane_id,omitempty" format:"uuid"`
	Name   string   `json:"name"`
	Trade  string   `json:"trade,omitempty"`
	X      int      `json:"x,omitempty"`
	Y      int      `json:"y,omitempty"`
	W      int      `json:"w,omitempty"`
	H      int      `json:"h,omitempty"`
	Lots   []string `json:"lots,omitempty" doc:"numbers; or first and last"`
	First  int      `json:"first,omitempty"`
	Last   int      `json:"last,omitempty"`
}

// domain gives the lanes, with all faults of their ranges.
func (b lanesBody) domain() (forms []jaring.LaneForm, err error) {
	if b.Lines != "" {
		return jaring.ParseLanes(b.Lines)
	}
	var es jaring.Errors
	for i, l := range b.Lanes {
		f := jaring.LaneForm{ID: jaring.LaneID(l.LaneID), Name: l.Name, Trade: l.Trade, X: l.X, Y: l.Y, W: l.W, H: l.H, Numbers: l.Lots}
		if l.First != 0 || l.Last != 0 {
			numbers, err := jaring.LotRange(l.First, l.Last)
			if err != nil {
				es = append(es, jaring.NewError(jaring.Invalid, "lot.range", "max", jaring.MaxLots).At("lanes/"+strconv.Itoa(i)+"/first"))
			}
			f.Numbers = append(f.Numbers, numbers...)
		}
		forms = append(forms, f)
	}
	return forms, es.OrNil()
}

// Drawing is the input of a PUT: told again it changes nothing, so it needs no key.
type Drawing struct {
	ByID
	RawBody []byte
}

func (s *server) drawLanes(c *call, in *Drawing) (*marketOut, error) {
	var body lanesBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	forms, err := body.domain()
	if err != nil {
		return nil, err
	}
	id := jaring.PlaceID(in.ID)
	if err := s.App.DrawLanes(c, c.actor, id, forms); err != nil {
		return nil, err
	}
	return s.market(c, id)
}
