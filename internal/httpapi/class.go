package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type classRow struct {
	ClassID    jaring.ClassID  `json:"class_id"`
	Name       string          `json:"name"`
	OfficeID   jaring.OfficeID `json:"office_id"`
	OfficeName string          `json:"office_name"`
	From       jaring.Day      `json:"from" format:"date"`
	To         jaring.Day      `json:"to" format:"date"`
	PlaceID    jaring.PlaceID  `json:"place_id,omitempty"`
	Place      string          `json:"place,omitempty"`
	State      string          `json:"state" enum:"planned,running,closed"`
	Taken      int             `json:"taken"`
	Passed     int             `json:"passed"`
}

func (s *server) classRow(c *call, r *app.ClassRecord) classRow {
	return classRow{ClassID: r.ID, Name: r.Name, OfficeID: r.Office, OfficeName: s.App.OfficeName(c, r.Office), From: r.From, To: r.To,
		PlaceID: r.Place, Place: s.App.PlaceName(c, r.Place), State: string(r.State), Taken: r.Taken, Passed: r.Passed}
}

type classListRow struct {
	classRow
	Seats int `json:"seats"`
}

type classesIn struct {
	Cursor string `query:"cursor" maxLength:"200"`
}

type classesOut struct {
	Body struct {
		Items      []classListRow `json:"items"`
		NextCursor string         `json:"next_cursor,omitempty"`
	}
}

func (s *server) findClasses(c *call, in *classesIn) (*classesOut, error) {
	items, next, err := s.App.FindClasses(c, c.actor, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &classesOut{}
	out.Body.Items, out.Body.NextCursor = []classListRow{}, next
	for _, r := range items {
		out.Body.Items = append(out.Body.Items, classListRow{s.classRow(c, r), r.Seats})
	}
	return out, nil
}

type classBody struct {
	Name     string      `json:"name"`
	OfficeID string      `json:"office_id" format:"uuid"`
	From     jaring.Day  `json:"from" format:"date"`
	To       jaring.Day  `json:"to" format:"date"`
	PlaceID  string      `json:"place_id,omitempty" format:"uuid"`
	PassMark int         `json:"pass_mark" doc:"of 100"`
	Quotas   []quotaBody `json:"quotas"`
}

type quotaBody struct {
	OfficeID string `json:"office_id" format:"uuid"`
	Seats    int    `json:"seats"`
}

func (b classBody) domain() jaring.Class {
	f := jaring.Class{Name: b.Name, Office: jaring.OfficeID(b.OfficeID), From: b.From, To: b.To, Place: jaring.PlaceID(b.PlaceID), PassMark: b.PassMark}
	for _, q := range b.Quotas {
		f.Quotas = append(f.Quotas, jaring.Quota{Office: jaring.OfficeID(q.OfficeID), Seats: q.Seats})
	}
	return f
}

type classAddedOut struct {
	Body struct {
		ClassID jaring.ClassID `json:"class_id"`
	}
}

func (s *server) addClass(c *call, in *Acting) (*classAddedOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body classBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	out := &classAddedOut{}
	out.Body.ClassID, err = s.App.AddClass(c, c.actor, key, body.domain())
	return out, err
}

type classOut struct {
	Body classPage
}

type classPage struct {
	classRow
	PassMark int          `json:"pass_mark"`
	Quotas   []classQuota `json:"quotas"`
	Days     []jaring.Day `json:"days"`
	Seats    []classSeat  `json:"seats"`
	Version  int64        `json:"version"`
}

type classQuota struct {
	OfficeID   jaring.OfficeID `json:"office_id"`
	OfficeName string          `json:"office_name"`
	Seats      int             `json:"seats"`
	Taken      int             `json:"taken"`
}

type classSeat struct {
	ApplicationID jaring.ApplicationID `json:"application_id"`
	Name          string               `json:"name"`
	OfficeID      jaring.OfficeID      `json:"office_id"`
	OfficeName    string               `json:"office_name"`
	Badge         string               `json:"badge"`
	Days          []seatDay            `json:"days"`
	TestScore     *int                 `json:"test_score,omitempty"`
	Practice      string               `json:"practice,omitempty" enum:"done,not_done"`
	Result        string               `json:"result,omitempty" enum:"passed,failed"`
	Note          string               `json:"note,omitempty"`
	AccountID     jaring.AccountID     `json:"account_id,omitempty"`
	Certificate   *seatCertificate     `json:"certificate,omitempty"`
}

type seatDay struct {
	Day jaring.Day `json:"day" format:"date"`
	At  time.Time  `json:"at"`
}

type seatCertificate struct {
	Number string `json:"number"`
	State  string `json:"state" enum:"valid,suspended,revoked,expired,not_begun"`
}

func (s *server) getClass(c *call, in *ByID) (*classOut, error) { return s.classPage(c, in.ID) }

func (s *server) classPage(c *call, id string) (*classOut, error) {
	v, err := s.App.GetClass(c, c.actor, jaring.ClassID(id))
	if err != nil {
		return nil, err
	}
	page := classPage{classRow: s.classRow(c, v.ClassRecord), PassMark: v.PassMark, Days: v.Class.Days(), Seats: []classSeat{}, Version: v.Version}
	for _, q := range v.Quotas {
		page.Quotas = append(page.Quotas, classQuota{q.Office, s.App.OfficeName(c, q.Office), q.Seats, v.TakenOf[q.Office]})
	}
	for _, seat := range v.SeatList {
		page.Seats = append(page.Seats, s.classSeat(c, v, seat))
	}
	return &classOut{page}, nil
}

func (s *server) classSeat(c *call, v *app.ClassView, seat *app.SeatRecord) classSeat {
	out := classSeat{ApplicationID: seat.Application, Name: seat.Name, OfficeID: seat.Office, OfficeName: s.App.OfficeName(c, seat.Office), Badge: seat.Badge,
		Days: []seatDay{}, Practice: string(seat.Practice), Result: string(seat.Result), Note: seat.Note, AccountID: seat.Account}
	if seat.TestScore >= 0 {
		out.TestScore = &seat.TestScore
	}
	for _, a := range seat.Attended {
		out.Days = append(out.Days, seatDay{a.Day, a.At})
	}
	if held := v.Certificates[seat.Account]; held != nil {
		out.Certificate = &seatCertificate{held.Number, string(jaring.CertificateStateOn(held.State, held.From, held.Until, v.Today))}
	}
	return out
}

type seatBody struct {
	ApplicationID string `json:"application_id" format:"uuid"`
	OfficeID      string `json:"office_id,omitempty" format:"uuid" doc:"whose quota; else that of the office at which he applied"`
}

// ids judges ids in a body. Error: id.malformed.
func ids(fields map[string]string) error {
	var es jaring.Errors
	for field, id := range fields {
		if id != "" && !jaring.IsUUID(id) {
			es = append(es, jaring.NewError(jaring.Invalid, "id.malformed").At(field))
		}
	}
	return es.OrNil()
}

func (s *server) takeSeat(c *call, in *actOnOne) (*classOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body seatBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	if body.ApplicationID == "" {
		return nil, jaring.NewError(jaring.Invalid, "field.required").At("application_id")
	}
	if err := ids(map[string]string{"application_id": body.ApplicationID, "office_id": body.OfficeID}); err != nil {
		return nil, err
	}
	if err := s.App.TakeSeat(c, c.actor, key, jaring.ClassID(in.ID), jaring.ApplicationID(body.ApplicationID), jaring.OfficeID(body.OfficeID)); err != nil {
		return nil, err
	}
	return s.classPage(c, in.ID)
}

type seatIn struct {
	ByID
	Application string `path:"application_id" format:"uuid"`
}

func (s *server) leaveSeat(c *call, in *seatIn) (*nothing, error) {
	if !jaring.IsUUID(in.Application) {
		return nil, jaring.NewError(jaring.Invalid, "id.malformed").At("path/application_id")
	}
	return nil, s.App.LeaveSeat(c, c.actor, jaring.ClassID(in.ID), jaring.ApplicationID(in.Application))
}

type attendanceBody struct {
	Badge string `json:"badge" doc:"as scanned, or typed from below the QR"`
}

type attendanceOut struct {
	Body struct {
		Name  string     `json:"name"`
		Day   jaring.Day `json:"day" format:"date"`
		At    time.Time  `json:"at" doc:"when he was first seen that day"`
		Again bool       `json:"again" doc:"he was seen before"`
	}
}

func (s *server) attend(c *call, in *actOnOne) (*attendanceOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body attendanceBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	seen, err := s.App.Attend(c, c.actor, key, jaring.ClassID(in.ID), body.Badge)
	if err != nil {
		return nil, err
	}
	out := &attendanceOut{}
	out.Body.Name, out.Body.Day, out.Body.At, out.Body.Again = seen.Name, seen.Day, seen.At, seen.Again
	return out, nil
}

type resultsBody struct {
	Items []judgedBody `json:"items"`
}

type judgedBody struct {
	ApplicationID string `json:"application_id" format:"uuid"`
	TestScore     int    `json:"test_score" doc:"of 100"`
	Practice      string `json:"practice" enum:"done,not_done"`
	Note          string `json:"note,omitempty"`
}

func (s *server) judgeClass(c *call, in *actOnOne) (*classOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	var body resultsBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	items := make([]jaring.Judged, len(body.Items))
	for i, it := range body.Items {
		items[i] = jaring.Judged{Application: jaring.ApplicationID(it.ApplicationID), TestScore: it.TestScore, Practice: jaring.Practice(it.Practice), Note: it.Note}
	}
	if err := s.App.JudgeClass(c, c.actor, key, jaring.ClassID(in.ID), items); err != nil {
		return nil, err
	}
	return s.classPage(c, in.ID)
}

func (s *server) closeClass(c *call, in *actOnOne) (*classOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	if err := wire.Decode(in.RawBody, &emptyBody{}); err != nil {
		return nil, err
	}
	if err := s.App.CloseClass(c, c.actor, key, jaring.ClassID(in.ID)); err != nil {
		return nil, err
	}
	return s.classPage(c, in.ID)
}
