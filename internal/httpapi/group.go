package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

type findGroupsIn struct {
	Q      string `query:"q" maxLength:"100"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type groupsOut struct {
	Body struct {
		Items      []groupItem `json:"items"`
		NextCursor string      `json:"next_cursor,omitempty"`
	}
}

type groupHead struct {
	GroupID     string          `json:"group_id"`
	Name        string          `json:"name"`
	Kind        string          `json:"kind" enum:"association,ojek,other"`
	OfficeID    jaring.OfficeID `json:"office_id"`
	OfficeName  string          `json:"office_name"`
	ContactName string          `json:"contact_name"`
	Protected   int             `json:"protected" doc:"members who are, today"`
	OpenBill    *openGroupBill  `json:"open_bill,omitempty"`
}

type groupItem struct {
	groupHead
	Members int `json:"members"`
}

type openGroupBill struct {
	BillID string        `json:"bill_id"`
	Amount jaring.Rupiah `json:"amount"`
}

func wireGroup(g *app.GroupRow) groupHead {
	it := groupHead{GroupID: g.ID, Name: g.Name, Kind: string(g.Kind), OfficeID: g.Office, OfficeName: g.OfficeName, ContactName: g.Contact, Protected: g.Protected}
	if b := g.OpenBill; b != nil {
		it.OpenBill = &openGroupBill{b.ID, b.Amount}
	}
	return it
}

func (s *server) findGroups(c *call, in *findGroupsIn) (*groupsOut, error) {
	rows, next, err := s.App.FindGroups(c, c.actor, in.Q, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &groupsOut{}
	out.Body.Items, out.Body.NextCursor = []groupItem{}, next
	for _, g := range rows {
		out.Body.Items = append(out.Body.Items, groupItem{wireGroup(g), g.Members})
	}
	return out, nil
}

type groupBody struct {
	Name         string `json:"name"`
	Kind         string `json:"kind" enum:"association,ojek,other"`
	ContactName  string `json:"contact_name"`
	ContactPhone string `json:"contact_phone,omitempty"`
	OfficeID     string `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
}

type groupAddedOut struct {
	Body struct {
		GroupID string `json:"group_id"`
	}
}

func (s *server) addGroup(c *call, in *Acting) (*groupAddedOut, error) {
	var body groupBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	out := &groupAddedOut{}
	out.Body.GroupID, err = s.App.AddGroup(c, c.actor, key, jaring.Group{Office: jaring.OfficeID(body.OfficeID), Name: body.Name, Kind: jaring.GroupKind(body.Kind),
		ContactName: body.ContactName, ContactPhone: body.ContactPhone})
	return out, err
}

type groupOut struct {
	Body struct {
		groupHead
		ContactPhone string        `json:"contact_phone,omitempty"`
		Members      []groupMember `json:"members" doc:"by name"`
		Bills        []groupBill   `json:"bills" doc:"the newest first"`
	}
}

type groupMember struct {
	WorkerID       jaring.WorkerID       `json:"worker_id"`
	Name           string                `json:"name"`
	RegistrationNo jaring.RegistrationNo `json:"registration_no"`
	Standing       string                `json:"standing"`
	CoveredUntil   jaring.Day            `json:"covered_until,omitzero" format:"date" doc:"last day that is paid"`
	Since          jaring.Day            `json:"since" format:"date"`
}

func (s *server) getGroup(c *call, in *ByID) (*groupOut, error) {
	v, err := s.App.GetGroup(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &groupOut{}
	b := &out.Body
	b.groupHead, b.ContactPhone, b.Members, b.Bills = wireGroup(&v.GroupRow), v.Phone, []groupMember{}, []groupBill{}
	for _, m := range v.People {
		it := groupMember{WorkerID: m.Worker.ID, Name: m.Worker.Name, RegistrationNo: m.Worker.RegistrationNo, Standing: string(m.Worker.Standing), Since: m.Since}
		if m.Worker.PaidTo != 0 {
			it.CoveredUntil = m.Worker.PaidTo.Last()
		}
		b.Members = append(b.Members, it)
	}
	for _, bill := range v.Bills {
		b.Bills = append(b.Bills, wireGroupBill(c.lang, bill))
	}
	return out, nil
}

type membersBody struct {
	Workers []jaring.WorkerID `json:"workers" maxItems:"500"`
}

type joinedOut struct {
	Body struct {
		Added   int `json:"added"`
		Already int `json:"already"`
	}
}

func (s *server) joinGroup(c *call, in *actOnOne) (*joinedOut, error) {
	var body membersBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	out := &joinedOut{}
	out.Body.Added, out.Body.Already, err = s.App.JoinGroup(c, c.actor, key, in.ID, body.Workers)
	return out, err
}

// OfGroup names something of a group.
type OfGroup struct {
	ByID
	Worker string `path:"worker_id" format:"uuid"`
}

func (s *server) leaveGroup(c *call, in *OfGroup) (*struct{}, error) {
	return nil, s.App.LeaveGroup(c, c.actor, in.ID, jaring.WorkerID(in.Worker))
}

type groupBill struct {
	BillID    string        `json:"bill_id"`
	Code      string        `json:"code"`
	Amount    jaring.Rupiah `json:"amount"`
	Months    int           `json:"months"`
	State     string        `json:"state" enum:"waiting,settled,cancelled"`
	MadeAt    time.Time     `json:"made_at"`
	Lines     []groupLine   `json:"lines"`
	Skipped   []groupLeft   `json:"skipped" doc:"members who are not in it"`
	PaidOn    jaring.Day    `json:"paid_on,omitzero" format:"date"`
	Channel   string        `json:"channel,omitempty"`
	Reference string        `json:"reference,omitempty"`
}

type groupLine struct {
	WorkerID jaring.WorkerID `json:"worker_id"`
	Name     string          `json:"name"`
	From     jaring.Month    `json:"from"`
	To       jaring.Month    `json:"to"`
	Amount   jaring.Rupiah   `json:"amount"`
	Outcome  string          `json:"outcome,omitempty" enum:"covered,credited,suspended" doc:"what became of the money"`
}

type groupLeft struct {
	WorkerID jaring.WorkerID `json:"worker_id"`
	Name     string          `json:"name"`
	Why      string          `json:"why"`
	WhyText  string          `json:"why_text"`
}

func wireGroupBill(lang i18n.Lang, b *app.GroupBill) groupBill {
	out := groupBill{BillID: b.ID, Code: b.Code, Amount: b.Amount, Months: b.Months, State: b.State, MadeAt: b.MadeAt, Lines: []groupLine{}, Skipped: []groupLeft{},
		PaidOn: b.PaidOn, Channel: b.Channel, Reference: b.Reference}
	for _, l := range b.Lines {
		out.Lines = append(out.Lines, groupLine{l.Worker, l.Name, l.From, l.To, l.Amount, l.Outcome})
	}
	for _, m := range b.Left {
		out.Skipped = append(out.Skipped, groupLeft{m.Worker, m.Name, m.Why, whyText(lang, "group.why.", m.Why)})
	}
	return out
}

type groupBillOut struct {
	Body groupBill
}

type groupBillBody struct {
	Months  int               `json:"months" minimum:"1"`
	Workers []jaring.WorkerID `json:"workers,omitempty" doc:"all members when left out"`
}

func (s *server) billGroup(c *call, in *actOnOne) (*groupBillOut, error) {
	var body groupBillBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	b, err := s.App.BillGroup(c, c.actor, key, in.ID, body.Months, body.Workers)
	if err != nil {
		return nil, err
	}
	return &groupBillOut{wireGroupBill(c.lang, b)}, nil
}

// OfBill names a bill of a group.
type OfBill struct {
	ByID
	Bill string `path:"bill_id" format:"uuid"`
}

func (s *server) cancelGroupBill(c *call, in *OfBill) (*struct{}, error) {
	return nil, s.App.CancelGroupBill(c, c.actor, in.ID, in.Bill)
}

type groupPaymentBody struct {
	Amount    jaring.Rupiah `json:"amount"`
	Channel   string        `json:"channel" enum:"bank,qris,counter"`
	Reference string        `json:"reference"`
	PaidOn    jaring.Day    `json:"paid_on" format:"date"`
}

// PayingBill is the input that settles a bill of a group.
type PayingBill struct {
	OfBill
	Acting
}

func (s *server) settleGroupBill(c *call, in *PayingBill) (*groupBillOut, error) {
	var body groupPaymentBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	paid := wire.Settlement{Amount: body.Amount, Channel: body.Channel, Reference: body.Reference, PaidOn: body.PaidOn}
	b, err := s.App.SettleGroupBill(c, c.actor, key, in.ID, in.Bill, paid)
	if err != nil {
		return nil, err
	}
	return &groupBillOut{wireGroupBill(c.lang, b)}, nil
}
