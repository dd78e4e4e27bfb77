package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type participantRow struct {
	ParticipantID jaring.ParticipantID `json:"participant_id"`
	Kind          string               `json:"kind" enum:"worker,umkm,bank,perisai,official,guest"`
	Name          string               `json:"name"`
	Phone         string               `json:"phone,omitempty"`
	Organisation  string               `json:"organisation,omitempty"`
	Needs         []string             `json:"needs"`
	Consent       bool                 `json:"consent"`
	Via           string               `json:"via" enum:"office,list,self"`
	AddedAt       time.Time            `json:"added_at"`
	Inside        bool                 `json:"inside"`
	Stamps        int                  `json:"stamps"`
	StandID       jaring.StandID       `json:"stand_id,omitempty" doc:"to which he belongs"`
	Stand         string               `json:"stand,omitempty" doc:"its number and name"`
	PrizeAt       time.Time            `json:"prize_at,omitzero"`
	CancelledAt   time.Time            `json:"cancelled_at,omitzero"`
}

type participantsIn struct {
	ByID
	Q      string `query:"q" maxLength:"100" doc:"part of a name or an organisation"`
	Kind   string `query:"kind" enum:"worker,umkm,bank,perisai,official,guest"`
	State  string `query:"state" enum:"in,out,winner" doc:"in: was let in; winner: has the stamps for a prize"`
	Stand  string `query:"stand" format:"uuid" doc:"to which they belong"`
	Cursor string `query:"cursor" maxLength:"400"`
}

type participantsOut struct {
	Body struct {
		Items []participantRow `json:"items"`
		Next  string           `json:"next_cursor,omitempty"`
		Total int              `json:"total" doc:"on the whole list, without those who are cancelled"`
	}
}

func (s *server) findParticipants(c *call, in *participantsIn) (*participantsOut, error) {
	f := outreach.ParticipantFilter{Text: in.Q, Kind: jaring.ParticipantKind(in.Kind), Stand: jaring.StandID(in.Stand), Cursor: in.Cursor}
	if in.State == "winner" {
		f.Winners = true
	} else {
		f.Checked = in.State
	}
	l, err := s.App.FindParticipants(c, c.actor, jaring.CampaignID(in.ID), f)
	if err != nil {
		return nil, err
	}
	out := &participantsOut{}
	out.Body.Items, out.Body.Next = make([]participantRow, len(l.Items)), l.Next
	for _, n := range l.Invited {
		out.Body.Total += n
	}
	for i, p := range l.Items {
		out.Body.Items[i] = participantRow{p.ID, string(p.Kind), p.Name, p.Phone, p.Organisation, needWords(p.Needs), !p.ConsentAt.IsZero(), p.Via, p.AddedAt, p.Checked, p.Stamps, p.Stand, p.At, p.PrizeAt, p.CancelledAt}
	}
	return out, nil
}

func needWords(needs []jaring.Need) []string {
	out := make([]string, len(needs))
	for i, n := range needs {
		out[i] = string(n)
	}
	return out
}

type participantBody struct {
	Kind         string   `json:"kind" enum:"worker,umkm,bank,perisai,official,guest"`
	Name         string   `json:"name"`
	Phone        string   `json:"phone,omitempty"`
	Organisation string   `json:"organisation,omitempty"`
	Needs        []string `json:"needs,omitempty" doc:"wheelchair, sign, guide, seat, companion"`
	Consent      bool     `json:"consent,omitempty"`
	Stand        string   `json:"stand,omitempty" doc:"number of the stand to which he belongs; told by the office alone"`
}

type participantsBody struct {
	Participants []participantBody `json:"participants,omitempty"`
	CSV          string            `json:"csv,omitempty" doc:"in the place of participants: a list with a head, as a spreadsheet gives it"`
}

type participantsAddedOut struct {
	Body struct {
		Added int                    `json:"added"`
		IDs   []jaring.ParticipantID `json:"participant_ids"`
	}
}

func (s *server) addParticipants(c *call, in *actOn) (*participantsAddedOut, error) {
	var body participantsBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	via, forms := jaring.ViaOffice, make([]jaring.ParticipantForm, len(body.Participants))
	for i, p := range body.Participants {
		forms[i] = jaring.ParticipantForm(p)
	}
	if body.CSV != "" {
		via = jaring.ViaList
		if forms, err = jaring.ParseParticipants(body.CSV); err != nil {
			return nil, err
		}
	}
	out := &participantsAddedOut{}
	out.Body.IDs, err = s.App.AddParticipants(c, c.actor, key, jaring.CampaignID(in.ID), via, forms)
	out.Body.Added = len(out.Body.IDs)
	return out, err
}

type participantActBody struct {
	Act   string `json:"act" enum:"cancel,prize,stand"`
	Stand string `json:"stand,omitempty" doc:"to stand: the number of the stand to which he belongs; none when left out"`
}

// ParticipantActIn is an act on one participant of an event.
type ParticipantActIn struct {
	ByID
	Acting
	Participant string `path:"participant_id" maxLength:"36"`
}

func (s *server) actOnParticipant(c *call, in *ParticipantActIn) (*nothing, error) {
	var body participantActBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if body.Act == "stand" {
		return nil, s.App.PlaceParticipant(c, c.actor, key, jaring.CampaignID(in.ID), jaring.ParticipantID(in.Participant), body.Stand)
	}
	return nil, s.App.ActOnParticipant(c, c.actor, key, jaring.CampaignID(in.ID), jaring.ParticipantID(in.Participant), body.Act)
}

// ticketNames are what kept tickets are called.
var ticketNames = map[i18n.Lang]string{i18n.ID: "tiket", i18n.EN: "tickets"}

// ticketsDocument is all tickets of an event on sheets to be cut.
func (s *server) ticketsDocument(c *call, in *ByID) (*documentOut, error) {
	event, tickets, err := s.App.PrintTickets(c, c.actor, jaring.CampaignID(in.ID))
	if err != nil {
		return nil, err
	}
	sheet := document.TicketSheet{Event: event.Name, Day: jaring.DayIn(event.OpensAt, app.Zone(c.actor.Zone))}
	for _, t := range tickets {
		sheet.Tickets = append(sheet.Tickets, document.Ticket{Name: t.Name, Organisation: t.Organisation, Kind: i18n.Text(c.lang, "document.tickets.kind."+string(t.Kind), nil), Code: t.Code.Text(),
			Address: s.address(c.request) + ticketPath(t.Code), Needs: len(t.Needs) > 0})
	}
	return pdf(document.Tickets(sheet, c.lang, s.Now().In(app.Zone(c.actor.Zone))), ticketNames[c.lang])
}

func ticketPath(code jaring.TicketCode) string { return "/tiket/" + string(code) }
