package httpapi

import (
	"math"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type figureItem struct {
	FigureID   jaring.FigureID `json:"figure_id"`
	OfficeID   jaring.OfficeID `json:"office_id" doc:"who keeps it"`
	OfficeName string          `json:"office_name"`
	Area       string          `json:"area,omitempty" doc:"dotted code of which it speaks; left out: of what the office and those below it win"`
	AreaName   string          `json:"area_name,omitempty"`
	Year       int             `json:"year" doc:"of a target; of others the year of their date"`
	Kind       string          `json:"kind" enum:"target,potential,gap" doc:"gap: who was not a member yet on the date; it is no potential"`
	Unit       string          `json:"unit" enum:"person,employer" doc:"figures of two units are never divided by each other"`
	Part       string          `json:"part" enum:"all,BPU,PU,micro_small,micro,small,medium,large"`
	Value      int64           `json:"value"`
	Source     string          `json:"source"`
	AsOf       jaring.Day      `json:"as_of" format:"date" doc:"of the source"`
	Version    int64           `json:"version"`
	MayManage  bool            `json:"may_manage"`
	Course     *figureCourse   `json:"course,omitempty" doc:"of a target whose year has begun"`
	Known      *figureKnown    `json:"known,omitempty" doc:"beside a potential or a gap, when the book counts the same"`
}

type figureCourse struct {
	Reached  int64         `json:"reached" doc:"newly registered in the year, counted"`
	Paced    bool          `json:"paced" doc:"enough whole months were seen to expect anything"`
	Expected int64         `json:"expected" doc:"by the end of the year, at the pace seen"`
	Low      int64         `json:"low"`
	High     int64         `json:"high"`
	Whole    int           `json:"whole" doc:"months that were seen from end to end"`
	Months   []figureMonth `json:"months" doc:"of the year, up to this one"`
	DaysLeft int           `json:"days_left" doc:"working days after today"`
	Need     float64       `json:"need" doc:"each working day that is left, to reach it; 0 when it is reached"`
	Pace     float64       `json:"pace" doc:"each working day of this month and the one before"`
}

type figureMonth struct {
	Month jaring.Month `json:"month"`
	N     int64        `json:"n"`
}

type figureKnown struct {
	Registered int64 `json:"registered" doc:"ever"`
	Since      int64 `json:"since" doc:"in the months after the figure's own"`
}

func wireFigure(r *outreach.FigureRow) figureItem {
	it := figureItem{FigureID: r.ID, OfficeID: r.Office, OfficeName: r.OfficeName, Area: r.Area, AreaName: r.AreaName, Year: r.Year, Kind: string(r.Kind), Unit: string(r.Unit),
		Part: string(r.Part), Value: r.Value, Source: r.Source, AsOf: r.AsOf, Version: r.Version, MayManage: r.MayManage}
	if r.Known != nil {
		it.Known = &figureKnown{r.Known.Registered, r.Known.Since}
	}
	c := r.Course
	if c == nil {
		return it
	}
	it.Course = &figureCourse{Reached: c.Reached, Paced: c.Paced, Expected: c.Expected.Mid, Low: c.Expected.Low, High: c.Expected.High, Whole: c.Whole, Months: []figureMonth{},
		DaysLeft: c.DaysLeft, Need: aDay(c.Need), Pace: aDay(c.Pace)}
	for _, m := range c.Months {
		it.Course.Months = append(it.Course.Months, figureMonth{m.Month, m.N})
	}
	return it
}

// aDay makes thousandths a number with one place behind the point; what is needed is not rounded to nothing.
func aDay(thousandths int64) float64 {
	if thousandths > 0 && thousandths < 100 {
		return 0.1
	}
	return math.Round(float64(thousandths)/100) / 10
}

type findFiguresIn struct {
	Year int `query:"year" minimum:"1992" maximum:"2100" doc:"of the targets; this one when left out"`
}

type figuresOut struct {
	Body struct {
		Year     int             `json:"year"`
		Years    []int           `json:"years" doc:"of which there are targets; the newest first"`
		Today    jaring.Day      `json:"today" format:"date"`
		OfficeID jaring.OfficeID `json:"office_id" doc:"one's own"`
		Items    []figureItem    `json:"items" doc:"targets of the year, potentials, gaps; one's own office first"`
	}
}

func (s *server) findFigures(c *call, in *findFiguresIn) (*figuresOut, error) {
	l, err := s.App.FindFigures(c, c.actor, in.Year)
	if err != nil {
		return nil, err
	}
	out := &figuresOut{}
	b := &out.Body
	b.Year, b.Years, b.Today, b.OfficeID, b.Items = l.Year, append([]int{}, l.Years...), l.Today, c.actor.Office, []figureItem{}
	for i := range l.Rows {
		b.Items = append(b.Items, wireFigure(&l.Rows[i]))
	}
	return out, nil
}

type figureOut struct {
	ETag string `header:"ETag"`
	Body struct {
		figureItem
		History []figureVersion `json:"history" doc:"every version, the newest first"`
	}
}

type figureVersion struct {
	Version int64      `json:"version"`
	Value   int64      `json:"value"`
	Source  string     `json:"source"`
	AsOf    jaring.Day `json:"as_of" format:"date"`
	Reason  string     `json:"reason,omitempty"`
	By      string     `json:"by,omitempty" doc:"left out for a file"`
	At      time.Time  `json:"at"`
}

func (s *server) getFigure(c *call, in *ByID) (*figureOut, error) {
	v, err := s.App.GetFigure(c, c.actor, jaring.FigureID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &figureOut{ETag: etagOf(v.Version)}
	out.Body.figureItem, out.Body.History = wireFigure(&v.FigureRow), []figureVersion{}
	for _, l := range v.Lines {
		out.Body.History = append(out.Body.History, figureVersion{l.Version, l.Value, l.Source, l.AsOf, l.Reason, v.By[l.MadeBy], l.MadeAt.UTC()})
	}
	return out, nil
}

type figureBody struct {
	OfficeID jaring.OfficeID `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
	Area     string          `json:"area,omitempty" doc:"dotted code of which it speaks"`
	Year     int             `json:"year,omitempty" doc:"of a target"`
	Kind     string          `json:"kind" enum:"target,potential,gap"`
	Unit     string          `json:"unit" enum:"person,employer"`
	Part     string          `json:"part" enum:"all,BPU,PU,micro_small,micro,small,medium,large"`
	Value    int64           `json:"value"`
	Source   string          `json:"source"`
	AsOf     jaring.Day      `json:"as_of" format:"date"`
}

func (s *server) addFigure(c *call, in *Acting) (*figureOut, error) {
	var body figureBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.AddFigure(c, c.actor, key, jaring.Figure{Office: body.OfficeID, Area: body.Area, Year: body.Year, Kind: jaring.FigureKind(body.Kind),
		Unit: jaring.FigureUnit(body.Unit), Part: jaring.FigurePart(body.Part), Value: body.Value, Source: body.Source, AsOf: body.AsOf})
	if err != nil {
		return nil, err
	}
	return s.getFigure(c, &ByID{string(id)})
}

type figureChangeBody struct {
	Value  int64      `json:"value"`
	Source string     `json:"source"`
	AsOf   jaring.Day `json:"as_of" format:"date"`
	Reason string     `json:"reason"`
}

func (s *server) changeFigure(c *call, in *actOn) (*figureOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body figureChangeBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.ChangeFigure(c, c.actor, key, jaring.FigureID(in.ID), version, body.Value, body.Source, body.AsOf, body.Reason); err != nil {
		return nil, err
	}
	return s.getFigure(c, &in.ByID)
}

func (s *server) withdrawFigure(c *call, in *actOn) (*struct{}, error) {
	var body reasonBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	return nil, s.App.WithdrawFigure(c, c.actor, key, jaring.FigureID(in.ID), body.Reason)
}
