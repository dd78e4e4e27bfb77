package httpapi

import (
	"net/http"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// registered is the answer to a registration.
type registered struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Outcome        string                `json:"outcome" enum:"accepted,review"`
	Membership     *membership           `json:"membership,omitempty"`
	Quote          *quoteAnswer          `json:"quote,omitempty"`
	Payment        *payment              `json:"payment,omitempty"`
	Warnings       []Finding             `json:"warnings,omitempty"`
	Reasons        []Finding             `json:"reasons,omitempty" doc:"why a second look is due"`
	Candidate      *candidate            `json:"candidate,omitempty" doc:"who may be the same person"`
}

type candidate struct {
	WorkerID     jaring.WorkerID `json:"worker_id"`
	Name         string          `json:"name"`
	VillageName  string          `json:"village_name,omitempty"`
	RegisteredOn jaring.Day      `json:"registered_on"`
}

type registeredOut struct {
	Status int
	Body   registered
}

func (s *server) registerWorker(c *call, in *Acting) (*registeredOut, error) {
	op, err := s.operationOf(c, jaring.ActRegisterWorker, in.Key, in.RawBody)
	if err != nil {
		return nil, err
	}
	o, err := s.act(c, op)
	if err != nil {
		return nil, err
	}
	made, err := s.App.RegisteredBy(c, o)
	if err != nil {
		return nil, err
	}
	kind := o.Kind
	if kind == jaring.Same {
		kind = o.First
	}
	out := &registeredOut{Status: http.StatusCreated, Body: registered{WorkerID: made.Worker.ID, RegistrationNo: made.Worker.RegistrationNo, Outcome: string(kind),
		Membership: s.membership(made.Worker, made.Membership), Quote: s.quoteOfMembership(c.lang, made.Worker, made.Membership, false)}}
	if kind == jaring.Review {
		out.Status, out.Body.Reasons = http.StatusAccepted, wireFindings(c.lang, o.Findings)
		out.Body.Candidate = s.candidateOf(c, o.Candidate)
		return out, nil
	}
	out.Body.Payment, out.Body.Warnings = wirePayment(made.Payment), wireFindings(c.lang, o.Findings)
	return out, nil
}

// candidateOf shows who may be the same person to an actor who reaches that person.
func (s *server) candidateOf(c *call, id jaring.WorkerID) *candidate {
	if id == "" {
		return nil
	}
	v, err := s.App.GetWorker(c, c.actor, id)
	if err != nil {
		return nil
	}
	return &candidate{id, v.Worker.Name, s.areaName(v.Worker.Village), jaring.DayIn(v.Worker.RegisteredAt, app.Zone(c.actor.Zone))}
}

type nikBody struct {
	NIK string `json:"nik"`
}

type lookupOut struct {
	Body struct {
		Found  bool       `json:"found"`
		Worker *workerRow `json:"worker,omitempty"`
	}
}

type bodyOnly struct {
	RawBody []byte
}

func (s *server) lookUpWorker(c *call, in *bodyOnly) (*lookupOut, error) {
	var body nikBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	w, err := s.App.LookUpWorker(c, c.actor, body.NIK)
	if err != nil {
		return nil, err
	}
	out := &lookupOut{}
	if w != nil {
		row := s.row(c, w)
		out.Body.Found, out.Body.Worker = true, &row
	}
	return out, nil
}

type listIn struct {
	Q      string `query:"q" maxLength:"120"`
	Status string `query:"status"`
	Cursor string `query:"cursor" maxLength:"400"`
	Limit  int    `query:"limit"`
}

type listOut struct {
	Body struct {
		Items      []workerRow      `json:"items"`
		NextCursor string           `json:"next_cursor,omitempty"`
		Counts     map[string]int64 `json:"counts"`
		Total      int64            `json:"total"`
	}
}

func (s *server) findWorkers(c *call, in *listIn) (*listOut, error) {
	list, err := s.App.FindWorkers(c, c.actor, app.ListQuery{Text: in.Q, Standing: jaring.Standing(in.Status), Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &listOut{}
	out.Body.Items, out.Body.NextCursor, out.Body.Total = s.rows(c, list.Workers), list.Next, list.Total
	out.Body.Counts = map[string]int64{"all": 0}
	for standing, n := range list.Counts {
		out.Body.Counts[string(standing)] = n
		out.Body.Counts["all"] += n
	}
	return out, nil
}

// ByID takes the id of the address. It is exported because huma looks into embedded structs
// only when they are.
type ByID struct {
	ID string `path:"id" format:"uuid"`
}

// check makes the id of an address the one way in which ids are written.
// Error: id.malformed.
func (b *ByID) check() error {
	if b.ID = strings.ToLower(b.ID); !jaring.IsUUID(b.ID) {
		return jaring.NewError(jaring.Invalid, "id.malformed").At("path/id")
	}
	return nil
}

type workerOut struct {
	ETag string `header:"ETag"`
	Body worker
}

func (s *server) getWorker(c *call, in *ByID) (*workerOut, error) {
	return s.workerPage(c, jaring.WorkerID(in.ID))
}

func (s *server) workerPage(c *call, id jaring.WorkerID) (*workerOut, error) {
	v, err := s.App.GetWorker(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	return &workerOut{ETag: etag(v.Worker), Body: s.workerOf(c, v)}, nil
}

type historyOut struct {
	Body struct {
		Items []historyItem `json:"items"`
	}
}

type historyItem struct {
	EventID    jaring.EventID `json:"event_id"`
	Kind       string         `json:"kind"`
	At         time.Time      `json:"at"`
	ActorName  string         `json:"actor_name"`
	OfficeName string         `json:"office_name,omitempty"`
	Sentence   string         `json:"sentence"`
	Reason     string         `json:"reason,omitempty"`
	Subject    string         `json:"subject,omitempty" doc:"what it happened to; only in the audit"`
}

func (s *server) history(c *call, in *ByID) (*historyOut, error) {
	items, err := s.App.FindHistory(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &historyOut{}
	out.Body.Items = historyItems(c.lang, items, false)
	return out, nil
}

func historyItems(lang i18n.Lang, items []app.HistoryItem, subject bool) []historyItem {
	out := make([]historyItem, len(items))
	for i, it := range items {
		out[i] = historyItem{EventID: it.ID, Kind: string(it.Kind), At: it.At, ActorName: it.ActorName, OfficeName: it.OfficeName,
			Sentence: eventSentence(lang, it), Reason: it.Facts.Reason}
		if subject {
			out[i].Subject = it.Event.Subject
		}
	}
	return out
}

// eventSentence says what happened, in one sentence.
func eventSentence(lang i18n.Lang, it app.HistoryItem) string {
	f := it.Facts
	fields := make([]string, len(f.Fields))
	for i, name := range f.Fields {
		fields[i] = i18n.Text(lang, "field.name."+name, nil)
	}
	args := jaring.Args{"amount": f.Amount, "from": f.From, "to": f.To, "until": f.To.Last(), "fields": join(fields), "channel": "", "reason": ""}
	switch it.Kind {
	case jaring.OfficeRenamed, jaring.OfficePhoneSet:
		args["name"] = f.Other
	case jaring.CashOverdue:
		args["n"] = f.Other
	case jaring.OfficeAreasSet, jaring.DayClosed:
		args["day"], _ = jaring.ParseDay(f.Other)
	}
	if f.Channel != "" {
		args["channel"] = i18n.Text(lang, "payment.channel."+f.Channel, nil)
	}
	if it.Kind == jaring.CoreRefused && f.Reason != "" {
		args["reason"] = i18n.Text(lang, f.Reason, nil)
	}
	key := "event." + string(it.Kind)
	if f.From == f.To && i18n.Known(key+".one") {
		key += ".one" // one month is not a span
	}
	return i18n.Text(lang, key, args)
}

func join(words []string) string {
	out := ""
	for i, w := range words {
		if i > 0 {
			out += ", "
		}
		out += w
	}
	return out
}

type reasonBody struct {
	Reason string `json:"reason" minLength:"5"`
}

type revealIn struct {
	ByID
	Acting
}

type revealOut struct {
	Body struct {
		NIK string `json:"nik"`
	}
}

func (s *server) revealNIK(c *call, in *revealIn) (*revealOut, error) {
	if _, err := operationKey(c.actor.Account, in.Key); err != nil {
		return nil, err
	}
	var body reasonBody
	if err := wire.Decode(in.RawBody, &body); err != nil {
		return nil, err
	}
	digits, err := s.App.RevealNIK(c, c.actor, jaring.WorkerID(in.ID), body.Reason)
	if err != nil {
		return nil, err
	}
	out := &revealOut{}
	out.Body.NIK = digits
	return out, nil
}

func (s *server) row(c *call, w *app.Worker) workerRow {
	return workerRow{WorkerID: w.ID, RegistrationNo: w.RegistrationNo, Name: w.Name, NIKMask: jaring.MaskNIK(w.Province), BirthYear: w.BirthDate.Year(),
		Sex: w.Sex, Occupation: w.Occupation, VillageName: s.areaName(w.Village), DistrictName: s.areaName(parentCode(w.Village)), Status: string(w.Standing),
		CoveredUntil: w.CoveredUntil, KPJ: w.KPJ, RegisteredAt: w.RegisteredAt, AgentName: s.App.AccountName(c, w.Agent)}
}

func (s *server) rows(c *call, ws []*app.Worker) []workerRow {
	out := make([]workerRow, len(ws))
	for i, w := range ws {
		out[i] = s.row(c, w)
	}
	return out
}

// workerRow is a person in a list.
type workerRow struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	NIKMask        string                `json:"nik_mask"`
	BirthYear      int                   `json:"birth_year"`
	Sex            jaring.Sex            `json:"sex"`
	Occupation     string                `json:"occupation"`
	VillageName    string                `json:"village_name,omitempty"`
	DistrictName   string                `json:"district_name,omitempty"`
	Status         string                `json:"status"`
	CoveredUntil   jaring.Day            `json:"covered_until,omitzero"`
	KPJ            string                `json:"kpj,omitempty"`
	RegisteredAt   time.Time             `json:"registered_at"`
	AgentName      string                `json:"agent_name,omitempty"`
}
