package httpapi

import (
	"strconv"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type findVillagesIn struct {
	Area   string `query:"area" maxLength:"13" doc:"dotted code in which they lie; of a regency its whole count is told besides"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type villagesOut struct {
	Body struct {
		Items      []villageItem  `json:"items" doc:"by area"`
		NextCursor string         `json:"next_cursor,omitempty"`
		Region     *villageRegion `json:"region,omitempty" doc:"when the area is a regency"`
	}
}

type villageRegion struct {
	Code     string                     `json:"code"`
	Name     string                     `json:"name"`
	Villages int                        `json:"villages" doc:"desa and kelurahan, with a programme or without"`
	Aware    int                        `json:"aware" doc:"launched and not lost"`
	Steps    map[jaring.AwareStep]int   `json:"steps"`
	Colours  map[jaring.AwareColour]int `json:"colours"`
}

type villageItem struct {
	VillageID  jaring.AwareID     `json:"village_id"`
	Kind       string             `json:"kind" enum:"village,market"`
	Name       string             `json:"name"`
	Area       string             `json:"area"`
	District   areaName           `json:"district"`
	Regency    areaName           `json:"regency"`
	OfficeName string             `json:"office_name"`
	Step       jaring.AwareStep   `json:"step"`
	Colour     jaring.AwareColour `json:"colour" enum:"building,green,amber,red"`
	Protected  int                `json:"protected"`
	Potential  int                `json:"potential" doc:"working people; 0: not known"`
	Need       int                `json:"need" doc:"protected people that the threshold asks for"`
	Officials  int                `json:"officials"`
	Covered    int                `json:"officials_protected"`
	JudgedOn   jaring.Day         `json:"judged_on,omitzero" format:"date"`
}

func wireVillage(r *outreach.AwareRow) villageItem {
	return villageItem{VillageID: r.ID, Kind: string(r.Kind), Name: r.Name, Area: r.Area, District: areaName{string(r.District.Code), r.District.Name},
		Regency: areaName{string(r.Regency.Code), r.Regency.Name}, OfficeName: r.OfficeName, Step: r.Step, Colour: r.Colour, Protected: r.Month.Protected,
		Potential: r.Potential.People, Need: r.Month.Need, Officials: r.Officials, Covered: r.Month.Covered, JudgedOn: r.JudgedOn}
}

func (s *server) findVillages(c *call, in *findVillagesIn) (*villagesOut, error) {
	l, err := s.App.FindAware(c, c.actor, outreach.AwareFilter{Area: in.Area, Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	out := &villagesOut{}
	out.Body.Items, out.Body.NextCursor = make([]villageItem, len(l.Rows)), l.Next
	for i := range l.Rows {
		out.Body.Items[i] = wireVillage(&l.Rows[i])
	}
	if r := l.Region; r != nil {
		out.Body.Region = &villageRegion{string(r.Area.Code), r.Area.Name, r.Villages, r.Aware(), r.InSteps, r.InColour}
	}
	return out, nil
}

type villageBody struct {
	Kind      string           `json:"kind" enum:"village,market"`
	Area      string           `json:"area,omitempty" doc:"dotted code of the village"`
	PlaceID   jaring.PlaceID   `json:"place_id,omitempty" format:"uuid" doc:"of a market"`
	OfficeID  jaring.OfficeID  `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
	Officials int              `json:"officials,omitempty" doc:"how many the village says it has"`
	Potential jaring.Potential `json:"potential,omitzero" doc:"working people, with source and day"`
	Day       jaring.Day       `json:"day" format:"date" doc:"on which it was proposed"`
	Reference string           `json:"reference,omitempty"`
	Note      string           `json:"note,omitempty"`
}

type villageAddedOut struct {
	Body struct {
		VillageID jaring.AwareID `json:"village_id"`
	}
}

func (s *server) proposeVillage(c *call, in *Acting) (*villageAddedOut, error) {
	var body villageBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	out := &villageAddedOut{}
	out.Body.VillageID, err = s.App.ProposeAware(c, c.actor, key, jaring.Aware{Kind: jaring.AwareKind(body.Kind), Office: body.OfficeID, Area: body.Area, Place: body.PlaceID,
		Officials: body.Officials, Potential: body.Potential, Note: body.Note}, jaring.AwareTaken{Day: body.Day, Reference: body.Reference})
	return out, err
}

type criteriaOut struct {
	Body struct {
		jaring.AwareCriteria
		Default bool `json:"is_default" doc:"nobody has set others: these are Jaring's own, the fund's are not public"`
	}
}

func (s *server) getCriteria(c *call, _ *nothing) (*criteriaOut, error) {
	if err := c.may(jaring.ActFindAware); err != nil && c.may(jaring.ActSetAware) != nil {
		return nil, err
	}
	out := &criteriaOut{}
	var err error
	out.Body.AwareCriteria, out.Body.Default, err = s.App.Criteria(c)
	return out, err
}

func (s *server) setCriteria(c *call, in *Acting) (*criteriaOut, error) {
	var body jaring.AwareCriteria
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.SetCriteria(c, c.actor, key, body); err != nil {
		return nil, err
	}
	return s.getCriteria(c, nil)
}

type villageChangeBody struct {
	Officials int              `json:"officials"`
	Potential jaring.Potential `json:"potential"`
}

// ActOnVillage is an act on one programme of the version that the sender saw.
type ActOnVillage struct {
	ByID
	Acting
	IfMatch string `header:"If-Match"`
}

func (s *server) changeVillage(c *call, in *ActOnVillage) (*villageOut, error) {
	version, err := versionOf(in.IfMatch)
	if err != nil {
		return nil, err
	}
	var body villageChangeBody
	return s.onVillage(c, in.ByID, &in.Acting, &body, func(key jaring.OperationID, id jaring.AwareID) error {
		return s.App.ChangeAware(c, c.actor, key, id, version, body.Officials, body.Potential)
	})
}

// onVillage reads a body, does an act and gives the page after it.
func (s *server) onVillage(c *call, id ByID, in *Acting, body any, act func(jaring.OperationID, jaring.AwareID) error) (*villageOut, error) {
	key, err := s.said(c, in, body)
	if err == nil {
		err = act(key, jaring.AwareID(id.ID))
	}
	if err != nil {
		return nil, err
	}
	return s.getVillage(c, &id)
}

type villageStepBody struct {
	Step      jaring.AwareStep `json:"step" enum:"agreed,officials,socialised,launched,kept"`
	Day       jaring.Day       `json:"day" format:"date"`
	Reference string           `json:"reference,omitempty" doc:"number of the decree or the agreement, or where the evidence lies"`
	Note      string           `json:"note,omitempty"`
}

func (s *server) takeVillageStep(c *call, in *actOnOne) (*villageOut, error) {
	var body villageStepBody
	return s.onVillage(c, in.ByID, &in.Acting, &body, func(key jaring.OperationID, id jaring.AwareID) error {
		return s.App.TakeAwareStep(c, c.actor, key, id, jaring.AwareTaken{Step: body.Step, Day: body.Day, Reference: body.Reference, Note: body.Note})
	})
}

type villageCorrectionBody struct {
	Day       jaring.Day `json:"day,omitzero" format:"date"`
	Reference string     `json:"reference,omitempty"`
	Note      string     `json:"note,omitempty"`
	Back      bool       `json:"back,omitempty" doc:"take the last step back"`
	Reason    string     `json:"reason"`
}

type villageCorrectionIn struct {
	ByID
	Acting
	Step string `path:"step" maxLength:"20"`
}

func (s *server) correctVillageStep(c *call, in *villageCorrectionIn) (*villageOut, error) {
	var body villageCorrectionBody
	return s.onVillage(c, in.ByID, &in.Acting, &body, func(key jaring.OperationID, id jaring.AwareID) error {
		step := jaring.AwareStep(in.Step)
		if body.Back {
			return s.App.TakeAwareStepBack(c, c.actor, key, id, step, body.Reason)
		}
		return s.App.CorrectAwareStep(c, c.actor, key, id, jaring.AwareTaken{Step: step, Day: body.Day, Reference: body.Reference, Note: body.Note, Why: body.Reason})
	})
}

type villageDialogueBody struct {
	CampaignID jaring.CampaignID `json:"campaign_id" format:"uuid"`
}

func (s *server) addVillageDialogue(c *call, in *actOnOne) (*villageOut, error) {
	var body villageDialogueBody
	return s.onVillage(c, in.ByID, &in.Acting, &body, func(key jaring.OperationID, id jaring.AwareID) error {
		return s.App.AddAwareDialogue(c, c.actor, key, id, body.CampaignID)
	})
}

func (s *server) judgeVillage(c *call, in *actOnOne) (*villageOut, error) {
	return s.onVillage(c, in.ByID, &in.Acting, &emptyBody{}, func(_ jaring.OperationID, id jaring.AwareID) error {
		return s.App.JudgeAware(c, c.actor, id)
	})
}

func (s *server) renewVillageAddress(c *call, in *actOnOne) (*villageOut, error) {
	return s.onVillage(c, in.ByID, &in.Acting, &emptyBody{}, func(key jaring.OperationID, id jaring.AwareID) error {
		return s.App.RenewAwareToken(c, c.actor, key, id)
	})
}

// etagOf is a version as a caller sends it back.
func etagOf(version int64) string { return strconv.Quote(strconv.FormatInt(version, 10)) }

// reasonItem is why a status is what it is.
type reasonItem struct {
	Key     string `json:"key"`
	Message string `json:"message"`
}

func wireReasons(lang i18n.Lang, reasons []jaring.AwareReason) []reasonItem {
	out := []reasonItem{}
	for _, r := range reasons {
		out = append(out, reasonItem{r.Key, i18n.Text(lang, r.Key, r.Args)})
	}
	return out
}
