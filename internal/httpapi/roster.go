package httpapi

import (
	"io"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/sponsor"
	"jaring/internal/wire"
)

type rosterHead struct {
	RosterID   string        `json:"roster_id"`
	State      string        `json:"state" enum:"received,judging,judged,unreadable,cancelled,approved,enrolled,paid,started"`
	FileName   string        `json:"file_name"`
	MadeAt     time.Time     `json:"made_at"`
	People     int           `json:"people" doc:"who may come along, or did"`
	Amount     jaring.Rupiah `json:"amount"`
	Code       string        `json:"code,omitempty" doc:"under which the bill is paid"`
	EnrolledAt time.Time     `json:"enrolled_at,omitzero"`
	StartedAt  time.Time     `json:"started_at,omitzero"`
}

func wireRosterHead(r *sponsor.RosterRow) rosterHead {
	return rosterHead{r.ID, string(r.State), r.FileName, r.MadeAt, r.People, r.Amount, r.Code, r.EnrolledAt, r.StartedAt}
}

type rosterOut struct {
	Body struct {
		rosterHead
		SponsorID   string        `json:"sponsor_id"`
		SponsorName string        `json:"sponsor_name"`
		AgreementID string        `json:"agreement_id"`
		Number      string        `json:"agreement_number"`
		OfficeName  string        `json:"office_name"`
		Version     int64         `json:"version" doc:"one more each time that the file is sent or a row is mended"`
		FileSize    int64         `json:"file_size" doc:"bytes"`
		Judged      int           `json:"judged" doc:"rows so far"`
		Rows        int           `json:"rows"`
		OK          int           `json:"ok"`
		Warned      int           `json:"warned"`
		Held        int           `json:"held" doc:"a person looks first; they do not come along"`
		Rejected    int           `json:"rejected"`
		Mendable    int           `json:"mendable" doc:"of the rejected"`
		LeftOut     int           `json:"left_out" doc:"of the rejected: by whoever mends the list"`
		Findings    int           `json:"findings"`
		Kinds       []foundKind   `json:"kinds" doc:"findings by kind, the most frequent first"`
		Stops       []string      `json:"stops" doc:"codes of findings of the whole file that keep it from being approved"`
		Fresh       int           `json:"fresh" doc:"of people: who is not in the book yet"`
		Collisions  []collision   `json:"collisions" doc:"who pays already; these months are not paid twice"`
		Faults      []Finding     `json:"faults" doc:"why the file cannot be read, or why an approved list came back"`
		MadeBy      []string      `json:"made_by" doc:"names of who sent it"`
		ApprovedBy  string        `json:"approved_by,omitempty"`
		ApprovedAt  time.Time     `json:"approved_at,omitzero"`
		MayApprove  bool          `json:"may_approve"`
		WhyNot      string        `json:"why_not,omitempty" doc:"why the caller may not approve, in words"`
		LeftAmount  jaring.Rupiah `json:"left_amount" doc:"of the agreement, before this list"`
		LeftPeople  int           `json:"left_people"`
		PaidOn      jaring.Day    `json:"paid_on,omitzero" format:"date"`
		Channel     string        `json:"channel,omitempty"`
		Reference   string        `json:"reference,omitempty"`
		Covered     int           `json:"covered" doc:"people who started"`
		Returned    jaring.Rupiah `json:"returned" doc:"for people who could not start: the sponsor's credit"`
	}
}

type collision struct {
	SponsorID string        `json:"sponsor_id,omitempty" doc:"left out for people who pay themselves"`
	Name      string        `json:"name,omitempty"`
	People    int           `json:"people"`
	From      jaring.Month  `json:"from,omitzero" doc:"the first of these months"`
	To        jaring.Month  `json:"to,omitzero"`
	Months    int           `json:"months" doc:"of all these people together"`
	Saved     jaring.Rupiah `json:"saved"`
}

// byPayer adds up what one payer pays in several spans of months.
func byPayer(list []sponsor.Collision) []collision {
	out := []collision{}
	for _, x := range list {
		if last := len(out) - 1; last >= 0 && out[last].SponsorID == x.By {
			c := &out[last]
			c.From, c.To = min(c.From, x.From), max(c.To, x.To)
			c.People, c.Months, c.Saved = c.People+x.People, c.Months+x.Months, c.Saved+x.Saved
			continue
		}
		out = append(out, collision{x.By, x.Name, x.People, x.From, x.To, x.Months, x.Saved})
	}
	return out
}

func (s *server) getRoster(c *call, in *ByID) (*rosterOut, error) {
	v, err := s.App.GetRoster(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &rosterOut{}
	b := &out.Body
	b.rosterHead, b.SponsorID, b.SponsorName, b.AgreementID, b.Number, b.OfficeName = wireRosterHead(v.RosterRecord), v.Payer.ID, v.Payer.Name, v.Pact.ID, v.Pact.Number, v.OfficeName
	b.Version, b.FileSize, b.Judged = v.Seen(), v.FileSize, v.Judged
	b.Rows, b.OK, b.Warned, b.Held, b.Rejected, b.Mendable, b.Findings = v.Sums.Rows, v.Sums.OK, v.Sums.Warned, v.Sums.Held, v.Sums.Rejected, v.Sums.Mendable, v.Sums.Findings
	b.Fresh, b.Collisions, b.Faults, b.MadeBy = v.Fresh, byPayer(v.Sums.Collisions), wireFindings(c.lang, v.Fault), v.HandNames
	b.LeftOut, b.Kinds, b.Stops = v.Sums.LeftOut, wireKinds(c.lang, v.Sums.Kinds), append([]string{}, v.Sums.Stops...)
	b.ApprovedBy, b.ApprovedAt, b.MayApprove = v.ApproverName, v.ApprovedAt, v.MayApprove == nil
	if v.MayApprove != nil && v.State == jaring.RosterReady {
		b.WhyNot = problem(c.lang, "", v.MayApprove).Detail
	}
	b.LeftAmount, b.LeftPeople = v.Pact.CeilingAmount-v.Pact.UsedAmount, v.Pact.CeilingPeople-v.Pact.UsedPeople
	b.PaidOn, b.Channel, b.Reference, b.Covered, b.Returned = v.PaidOn, v.Channel, v.Reference, v.Covered, v.Returned
	return out, nil
}

// ListFile is a short spreadsheet in the body of a request.
type ListFile struct {
	Key     string `header:"Idempotency-Key" doc:"a UUID in quotes, made once for the act: sending it again gives the first answer again"`
	Name    string `query:"name" maxLength:"120" doc:"the name of the file"`
	RawBody []byte `contentType:"application/octet-stream"`
}

// sendRosterIn is a short list under an agreement.
type sendRosterIn struct {
	AgreementOf
	ListFile
}

// ListStream is a spreadsheet of any length in the body of a request, read while it comes in.
type ListStream struct {
	Key  string `header:"Idempotency-Key" doc:"a UUID in quotes, made once for the act: sending it again gives the first answer again"`
	Name string `query:"name" maxLength:"120" doc:"the name of the file"`
	file io.Reader
}

// Resolve keeps the body.
func (f *ListStream) Resolve(c huma.Context) []error {
	_ = c.SetReadDeadline(time.Now().Add(rosterPatience))
	f.file = c.BodyReader()
	return nil
}

type streamRosterIn struct {
	AgreementOf
	ListStream
}

func (s *server) sendRoster(c *call, in *streamRosterIn) (*rosterOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	id, err := s.App.StreamRoster(c, c.actor, key, in.ID, strings.ToLower(in.Agreement), in.Name, in.file)
	if err != nil {
		return nil, err
	}
	return s.getRoster(c, &ByID{id})
}

type replaceRosterIn struct {
	ByID
	ListStream
}

func (s *server) replaceRoster(c *call, in *replaceRosterIn) (*rosterOut, error) {
	key, err := operationKey(c.actor.Account, in.Key)
	if err != nil {
		return nil, err
	}
	if err := s.App.ReplaceByStream(c, c.actor, key, in.ID, in.Name, in.file); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

func (s *server) cancelRoster(c *call, in *actOnOne) (*rosterOut, error) {
	key, err := s.said(c, &in.Acting, &emptyBody{})
	if err != nil {
		return nil, err
	}
	if err := s.App.CancelRoster(c, c.actor, key, in.ID); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

func (s *server) withdrawRoster(c *call, in *actOnOne) (*rosterOut, error) {
	var body reasonBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.WithdrawRoster(c, c.actor, key, in.ID, body.Reason); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

type rosterApprovalBody struct {
	Version int64         `json:"version" doc:"of the list, as the second person saw it"`
	People  int           `json:"people"`
	Amount  jaring.Rupiah `json:"amount"`
}

func (s *server) approveRoster(c *call, in *actOnOne) (*rosterOut, error) {
	var body rosterApprovalBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.ApproveRoster(c, c.actor, key, in.ID, sponsor.Approval(body)); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

func (s *server) settleRoster(c *call, in *actOnOne) (*rosterOut, error) {
	var body groupPaymentBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.SettleRoster(c, c.actor, key, in.ID, wire.Settlement{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, PaidOn: body.PaidOn}); err != nil {
		return nil, err
	}
	return s.getRoster(c, &in.ByID)
}

type rosterPeopleIn struct {
	ByID
	Cursor string `query:"cursor" maxLength:"400"`
}

type rosterPeopleOut struct {
	Body struct {
		Items      []rosterPerson `json:"items"`
		NextCursor string         `json:"next_cursor,omitempty"`
	}
}

type rosterPerson struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Name           string                `json:"name"`
	Standing       string                `json:"standing"`
	Row            int                   `json:"row" doc:"of the spreadsheet"`
	From           jaring.Month          `json:"from"`
	To             jaring.Month          `json:"to"`
	Amount         jaring.Rupiah         `json:"amount"`
	State          string                `json:"state" enum:"waiting,covered,returned"`
	Why            string                `json:"why,omitempty" doc:"the money went back, in words"`
}

func (s *server) findRosterPeople(c *call, in *rosterPeopleIn) (*rosterPeopleOut, error) {
	list, next, err := s.App.FindRosterPeople(c, c.actor, in.ID, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &rosterPeopleOut{}
	out.Body.Items, out.Body.NextCursor = []rosterPerson{}, next
	for _, p := range list {
		it := rosterPerson{p.Worker.ID, p.Worker.RegistrationNo, p.Worker.Name, string(p.Worker.Standing), p.Row, p.First, p.First.Add(p.Months - 1), p.Amount, p.State, ""}
		if p.Why != "" {
			it.Why = i18n.Text(c.lang, p.Why, nil)
		}
		out.Body.Items = append(out.Body.Items, it)
	}
	return out, nil
}
