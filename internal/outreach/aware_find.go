package outreach

import (
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/forecast"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// AwareRow is a programme in a list, as the newest look found it.
type AwareRow struct {
	*Aware
	Name       string // of the village or the market
	District   area.Area
	Regency    area.Area
	OfficeName string
	Month      jaring.AwareMonth // zero before the first look
}

// AwareFilter asks for programmes.
type AwareFilter struct {
	Area   string // dotted code in which they lie; empty: anywhere
	Cursor string
}

// AwareList is a part of the programmes.
type AwareList struct {
	Rows     []AwareRow
	Next     string
	Region   *AwareRegion // when a regency was asked for
	Criteria jaring.AwareCriteria
}

// AwareRegion is how far a regency has come: of all its villages, with a programme or without.
type AwareRegion struct {
	Area     area.Area
	Villages int // desa and kelurahan
	InSteps  map[jaring.AwareStep]int
	InColour map[jaring.AwareColour]int // of those that were launched
}

// Aware is how many villages stand: launched and not lost.
func (r *AwareRegion) Aware() int {
	return r.InColour[jaring.AwareGreen] + r.InColour[jaring.AwareAmber]
}

// maxAware is how many programmes a page of a list holds: the villages of any regency.
const maxAware = 1000

// FindAware gives the programmes of the actor's offices by area. Errors: error.forbidden, cursor.malformed,
// area.unknown.
func (o *Outreach) FindAware(ctx context.Context, actor jaring.Actor, f AwareFilter) (*AwareList, error) {
	offices, err := o.officesOf(ctx, actor)
	if err != nil {
		return nil, err
	}
	var after store.AwareCursor
	if err := app.OpenCursor(f.Cursor, &after); err != nil || after.ID != "" && !jaring.IsUUID(string(after.ID)) {
		return nil, jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	within, known := o.Areas.Get(area.Code(f.Area))
	if f.Area != "" && !known {
		return nil, jaring.NewError(jaring.Invalid, "area.unknown", "code", f.Area).At("area")
	}
	l := &AwareList{}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindAware(offices, f.Area, after, maxAware)
		if err != nil {
			return err
		}
		if l.Criteria, _, err = criteriaOf(tx); err != nil {
			return err
		}
		l.Rows, err = o.awareRows(tx, found)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range l.Rows {
		l.Rows[i].OfficeName = o.OfficeName(ctx, l.Rows[i].Office)
	}
	if len(l.Rows) == maxAware {
		last := l.Rows[maxAware-1]
		l.Next = app.CloseCursor(store.AwareCursor{Area: last.Area, ID: last.ID})
	}
	if within.Level == area.Regency && f.Cursor == "" {
		l.Region = o.regionOf(within, l.Rows)
	}
	return l, nil
}

// officesOf are the offices whose programmes an actor may find. Error: error.forbidden.
func (o *Outreach) officesOf(ctx context.Context, actor jaring.Actor) (ids []jaring.OfficeID, err error) {
	if err := actor.May(jaring.ActFindAware, jaring.Scope{}); err != nil || actor.Role != jaring.RoleSystem {
		return actor.Offices, err
	}
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		ids = nil
		for _, office := range all {
			ids = append(ids, office.ID)
		}
		return err
	})
	return ids, err
}

// awareRows puts names and the newest months beside programmes.
func (o *Outreach) awareRows(tx *store.Tx, found []*Aware) ([]AwareRow, error) {
	rows := make([]AwareRow, len(found))
	ids := make([]jaring.AwareID, len(found))
	for i, a := range found {
		ids[i] = a.ID
		rows[i] = AwareRow{Aware: a}
		if err := o.nameAware(tx, &rows[i]); err != nil {
			return nil, err
		}
	}
	for some := range slices.Chunk(ids, 200) {
		months, err := tx.LatestAwareMonths(some)
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if m, ok := months[rows[i].ID]; ok {
				rows[i].Month = m
			}
		}
	}
	return rows, nil
}

func (o *Outreach) nameAware(tx *store.Tx, r *AwareRow) error {
	for _, at := range o.Areas.Path(area.Code(r.Area)) {
		switch at.Level {
		case area.Regency:
			r.Regency = at
		case area.District:
			r.District = at
		case area.Village:
			r.Name = at.Name
		}
	}
	if r.Kind != jaring.AwareMarket {
		return nil
	}
	place, err := tx.GetPlace(r.Place)
	if err == nil {
		r.Name = place.Name
	}
	return err
}

// regionOf counts a regency by the programmes of its villages; markets are no villages.
func (o *Outreach) regionOf(regency area.Area, rows []AwareRow) *AwareRegion {
	r := &AwareRegion{Area: regency, InSteps: map[jaring.AwareStep]int{}, InColour: map[jaring.AwareColour]int{}}
	for _, d := range o.Areas.Children(regency.Code) {
		r.Villages += len(o.Areas.Children(d.Code))
	}
	for i := range rows {
		if rows[i].Kind == jaring.AwareVillage {
			r.InSteps[rows[i].Step]++
			r.InColour[rows[i].Colour]++
		}
	}
	return r
}

// AwareView is a programme's page, as the book stands now.
type AwareView struct {
	AwareRow
	Criteria    jaring.AwareCriteria
	OwnCriteria bool // nobody has set others: Jaring's defaults hold
	Road        []jaring.AwareTaken
	Lines       []jaring.AwareTaken // all that was written about steps
	By          map[jaring.AccountID]string
	Facts       jaring.AwareFacts
	Verdict     jaring.AwareVerdict
	Missing     error // why the next step cannot be taken; nil when it can, or when there is none
	Past        []jaring.AwareMonth
	Forecast    *AwareForecast // nil while too few months are known
	Employer    jaring.EmployerID
	Officials   []AwareOfficial
	Dialogues   []AwareDialogue
	Token       string
	MayManage   bool
}

// AwareForecast is where the number of protected people goes at the pace seen.
type AwareForecast struct {
	Pace forecast.Pace
	Loss forecast.Loss // of the threshold; zero months are not in sight
	Next forecast.Range
	At   jaring.Month // of Next
}

// GetAware gives a programme's page. Errors: aware.unknown, error.forbidden.
func (o *Outreach) GetAware(ctx context.Context, actor jaring.Actor, id jaring.AwareID) (*AwareView, error) {
	a, err := o.awareFor(ctx, actor, jaring.ActFindAware, id)
	if err != nil {
		return nil, err
	}
	v := &AwareView{AwareRow: AwareRow{Aware: a, OfficeName: o.OfficeName(ctx, a.Office)}, Token: o.AwareToken(a), By: map[jaring.AccountID]string{},
		MayManage: actor.May(jaring.ActManageAware, jaring.Scope{Office: a.Office}) == nil}
	today := o.dayAt(ctx, a.Office)
	err = o.DB.Read(ctx, func(tx *store.Tx) error {
		if err := o.nameAware(tx, &v.AwareRow); err != nil {
			return err
		}
		if v.Criteria, v.OwnCriteria, err = criteriaOf(tx); err != nil {
			return err
		}
		if v.Lines, err = tx.FindAwareSteps(a.ID); err != nil {
			return err
		}
		l, err := o.look(tx, a, v.Criteria, today)
		if err != nil {
			return err
		}
		v.show(l)
		return v.names(tx)
	})
	return v, err
}

// show takes over what a look found.
func (v *AwareView) show(l *awareLook) {
	v.Road, v.Facts, v.Verdict, v.Past, v.Month = jaring.AwareRoad(v.Lines), l.facts, l.AwareVerdict, l.past, l.AwareMonth
	v.Employer, v.Officials, v.Dialogues = l.officials.employer, l.officials.people, l.dialogues
	if l.paced {
		v.Forecast = &AwareForecast{Pace: l.pace, Loss: l.loss, Next: l.next, At: l.Month.Add(v.Criteria.WarnMonths)}
	}
	if n := len(v.Road); n < len(jaring.AwareSteps) {
		v.Missing = v.Criteria.Allow(jaring.AwareSteps[n], v.Facts)
	}
}

// names finds who wrote about steps.
func (v *AwareView) names(tx *store.Tx) error {
	for _, s := range v.Lines {
		if _, known := v.By[s.By]; known || s.By == "" {
			continue
		}
		account, err := tx.GetAccount(s.By)
		if err != nil {
			return err
		}
		v.By[s.By] = account.Name
	}
	return nil
}

// AwarePublic is what anybody may know of a village or a market: numbers alone.
type AwarePublic struct {
	AwareRow
	Criteria jaring.AwareCriteria
	Road     []jaring.AwareTaken
	Verdict  jaring.AwareVerdict
	Past     []jaring.AwareMonth
	Held     int // dialogues
	Today    jaring.Day
}

// maxAwareToken bounds what is hashed of a stranger's text.
const maxAwareToken = 64

// PublicAware gives the page that a board's code opens. Error: aware.unknown.
func (o *Outreach) PublicAware(ctx context.Context, token string) (*AwarePublic, error) {
	if token == "" || len(token) > maxAwareToken {
		return nil, jaring.NewError(jaring.NotFound, "aware.unknown")
	}
	v := &AwarePublic{}
	err := o.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Aware, err = tx.GetAwareOfToken(awareHash(token)); err != nil {
			return err
		}
		if v.Criteria, _, err = criteriaOf(tx); err != nil {
			return err
		}
		lines, err := tx.FindAwareSteps(v.ID)
		if err != nil {
			return err
		}
		v.Road, v.Today = jaring.AwareRoad(lines), jaring.DayIn(o.Now(), app.Zone(""))
		l, err := o.look(tx, v.Aware, v.Criteria, v.Today)
		if err != nil {
			return err
		}
		v.Verdict, v.Past, v.Held = l.AwareVerdict, l.past, l.Dialogues
		return o.nameAware(tx, &v.AwareRow)
	})
	if err != nil {
		return nil, err
	}
	v.OfficeName = o.OfficeName(ctx, v.Office)
	return v, nil
}
