package httpapi

import (
	"net/http"
	"strconv"
	"strings"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type areaItem struct {
	Code  string     `json:"code"`
	Name  string     `json:"name"`
	Level string     `json:"level" enum:"province,regency,district,village"`
	Kind  string     `json:"kind"`
	Path  []areaName `json:"path" doc:"from the province to the area"`
	Label string     `json:"label" doc:"what stands around the area, nearest first"`
}

type areaName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

var levelNames = map[area.Level]string{area.Province: "province", area.Regency: "regency", area.District: "district", area.Village: "village"}

func (s *server) areaItem(a area.Area) *areaItem {
	item := &areaItem{Code: string(a.Code), Name: a.Name, Level: levelNames[a.Level], Kind: a.Kind.String()}
	path := s.App.Areas.Path(a.Code)
	for _, p := range path {
		item.Path = append(item.Path, areaName{string(p.Code), p.Name})
	}
	for i := len(path) - 2; i >= 0; i-- {
		if item.Label != "" {
			item.Label += " · "
		}
		item.Label += path[i].Name
	}
	return item
}

type findAreasIn struct {
	Q      string `query:"q" maxLength:"200"`
	Within string `query:"within" maxLength:"13"`
	Near   string `query:"near" maxLength:"13"`
	Level  string `query:"level" enum:"province,regency,district,village"`
	Limit  int    `query:"limit"`
}

type areasOut struct {
	Body struct {
		Items []*areaItem `json:"items"`
	}
}

const areaLimit = 8

func (s *server) findAreas(_ *call, in *findAreasIn) (*areasOut, error) {
	q := area.Query{Text: in.Q, Within: area.Code(in.Within), Limit: in.Limit}
	if q.Limit <= 0 || q.Limit > 50 {
		q.Limit = areaLimit
	}
	if in.Near != "" {
		q.Near = []area.Code{area.Code(in.Near)}
	}
	for level, name := range levelNames {
		if name == in.Level {
			q.Levels = []area.Level{level}
		}
	}
	out := &areasOut{}
	out.Body.Items = []*areaItem{}
	for _, hit := range s.App.Areas.Search(q) {
		out.Body.Items = append(out.Body.Items, s.areaItem(hit.Area))
	}
	return out, nil
}

type getAreaIn struct {
	Code string `path:"code" maxLength:"13"`
}

type areaOut struct {
	Body *areaItem
}

func (s *server) getArea(_ *call, in *getAreaIn) (*areaOut, error) {
	code, _ := area.ParseCode(in.Code)
	found, ok := s.App.Areas.Get(code)
	if !ok {
		return nil, jaring.NewError(jaring.NotFound, "area.unknown")
	}
	return &areaOut{s.areaItem(found)}, nil
}

type findPlacesIn struct {
	Q       string `query:"q" maxLength:"120"`
	Village string `query:"village" maxLength:"13"`
}

type placesOut struct {
	Body struct {
		Items []placeItem `json:"items"`
	}
}

type placeItem struct {
	PlaceID jaring.PlaceID `json:"place_id"`
	Name    string         `json:"name"`
	Kind    string         `json:"kind"`
	Village *areaItem      `json:"village,omitempty"`
}

const placeLimit = 50

func (s *server) findPlaces(c *call, in *findPlacesIn) (*placesOut, error) {
	places, err := s.App.FindPlaces(c, in.Q, in.Village, placeLimit)
	if err != nil {
		return nil, err
	}
	out := &placesOut{}
	out.Body.Items = make([]placeItem, len(places))
	for i, p := range places {
		out.Body.Items[i] = placeItem{PlaceID: p.ID, Name: p.Name, Kind: p.Kind}
		if found, ok := s.App.Areas.Get(area.Code(p.Village)); ok {
			out.Body.Items[i].Village = s.areaItem(found)
		}
	}
	return out, nil
}

type placeBody struct {
	Name    string `json:"name"`
	Kind    string `json:"kind" enum:"market,hall,centre"`
	Village string `json:"village"`
}

type placeOut struct {
	Body struct {
		PlaceID jaring.PlaceID `json:"place_id"`
	}
}

func (s *server) addPlace(c *call, in *Acting) (*placeOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body placeBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	id, err := s.App.AddPlaceOnce(c, c.actor, jaring.PlaceID(key), body.Kind, body.Name, body.Village)
	out := &placeOut{}
	out.Body.PlaceID = id
	return out, err
}

// Known is what a caller has already.
type Known struct {
	IfNoneMatch string `header:"If-None-Match" doc:"the ETag of the pack that the caller has"`
}

type packOut struct {
	Status       int
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	ContentType  string `header:"Content-Type"`
	Body         []byte
}

func (s *server) pricePack(_ *call, in *Known) (*packOut, error) {
	return pack(s.App.Book.Pack(), s.App.Book.Version, in.IfNoneMatch), nil
}

type areaPackIn struct {
	Known
	Regency string `path:"regency" maxLength:"5"`
}

func (s *server) areaPack(_ *call, in *areaPackIn) (*packOut, error) {
	body := s.App.Areas.Pack(area.Code(in.Regency))
	if body == nil {
		return nil, jaring.NewError(jaring.NotFound, "area.unknown")
	}
	return pack(body, area.Source, in.IfNoneMatch), nil
}

// pack answers with a pack, or that the one which the caller has is the same.
func pack(body []byte, version, known string) *packOut {
	out := &packOut{Status: http.StatusOK, ETag: strconv.Quote(version), CacheControl: "public, max-age=86400", ContentType: "application/json", Body: body}
	if strings.Contains(known, out.ETag) {
		out.Status, out.ContentType, out.Body = http.StatusNotModified, "", nil
	}
	return out
}
