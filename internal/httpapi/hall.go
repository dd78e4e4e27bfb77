package httpapi

import (
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outreach"
)

type hallOut struct {
	Body struct {
		CampaignID jaring.CampaignID `json:"campaign_id"`
		Name       string            `json:"name"`
		Kind       string            `json:"kind"`
		State      string            `json:"state" enum:"planned,open,paused,closed,sealed,cancelled"`
		OpensAt    time.Time         `json:"opens_at"`
		ClosesAt   time.Time         `json:"closes_at"`
		AsOf       time.Time         `json:"as_of"`
		Version    int64             `json:"version" doc:"0: nobody has planned the hall yet"`
		Plan       jaring.HallPlan   `json:"plan"`
		Media      []hallMediaItem   `json:"media" doc:"pictures and films of the slides"`
		EntryPath  string            `json:"entry_path,omitempty" doc:"of the page where people sign up"`
		Kinds      []hallKind        `json:"kinds"`
		Invited    int               `json:"invited"`
		Inside     int               `json:"inside" doc:"each once"`
		Gates      []hallGate        `json:"gates"`
		Twice      []hallTwice       `json:"twice" doc:"tickets that were let in more than once"`
		LastAt     time.Time         `json:"last_at,omitzero"`
		Stands     int               `json:"stands"`
		Queue      map[string]int    `json:"queue" doc:"numbers by state"`
		Rally      hallRally         `json:"rally"`
		Said       []hallSaid        `json:"announcements"`
		MayManage  bool              `json:"may_manage"`
	}
}

type hallMediaItem struct {
	MediaID jaring.MediaID `json:"media_id"`
	Kind    string         `json:"kind" enum:"picture,film"`
	Path    string         `json:"path"`
}

// wireMedia gives the media of a plan in the order of its slides.
func wireMedia(h *outreach.Hall) []hallMediaItem {
	out := []hallMediaItem{}
	for _, s := range h.Plan.Slides {
		if kind, there := h.Media[s.Media]; there {
			out = append(out, hallMediaItem{s.Media, string(kind), mediaPath(h.Campaign.ID, s.Media)})
		}
	}
	return out
}

type hallKind struct {
	Kind    string `json:"kind" enum:"worker,umkm,bank,perisai,official,guest"`
	Invited int    `json:"invited"`
	Inside  int    `json:"inside"`
}

type hallGate struct {
	Gate string `json:"gate"`
	N    int    `json:"n"`
}

type hallTwice struct {
	ParticipantID jaring.ParticipantID `json:"participant_id"`
	Name          string               `json:"name,omitempty" doc:"for those who manage the event"`
	Checks        []hallCheck          `json:"checks"`
}

type hallCheck struct {
	Gate string    `json:"gate"`
	At   time.Time `json:"at"`
}

type hallRally struct {
	Stamps  int `json:"stamps"`
	Walkers int `json:"walkers"`
	Winners int `json:"winners"`
	Prizes  int `json:"prizes"`
}

type hallSaid struct {
	AnnouncementID string    `json:"announcement_id"`
	Text           string    `json:"text"`
	Until          time.Time `json:"until"`
}

func (s *server) getHall(c *call, in *ByID) (*hallOut, error) {
	return s.hallPage(c, jaring.CampaignID(in.ID))
}

func (s *server) hallPage(c *call, id jaring.CampaignID) (*hallOut, error) {
	h, err := s.App.GetHall(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &hallOut{}
	b := &out.Body
	b.CampaignID, b.Name, b.Kind, b.State, b.OpensAt, b.ClosesAt = h.Campaign.ID, h.Campaign.Name, string(h.Campaign.Kind), string(h.Campaign.State), h.Campaign.OpensAt, h.Campaign.ClosesAt
	b.AsOf, b.Version, b.Plan, b.Stands, b.MayManage = s.Now().UTC(), h.Version, h.Plan, h.Stands, h.MayManage
	b.Media = wireMedia(h)
	b.Rally, b.Inside, b.LastAt, b.Queue = hallRally(h.Rally), h.Gate.Inside, h.Gate.LastAt, map[string]int{}
	if h.Entry != "" {
		b.EntryPath = "/ikut/" + string(h.Entry)
	}
	for _, kind := range jaring.ParticipantKinds {
		b.Kinds = append(b.Kinds, hallKind{string(kind), h.Invited[kind], h.Gate.ByKind[kind]})
		b.Invited += h.Invited[kind]
	}
	for _, state := range jaring.QueueStates {
		b.Queue[string(state)] = h.Queue[state]
	}
	b.Gates, b.Twice, b.Said = wireGates(h), wireTwice(h), []hallSaid{}
	for _, a := range h.Said {
		b.Said = append(b.Said, hallSaid{a.ID, a.What, a.Until})
	}
	return out, nil
}

// wireGates gives every gate that is planned, and those that phones named beside them.
func wireGates(h *outreach.Hall) []hallGate {
	n, out := map[string]int{}, []hallGate{}
	for _, g := range h.Gate.ByGate {
		n[g.Gate] = g.N
	}
	for _, gate := range h.Plan.Gates {
		out = append(out, hallGate{gate, n[gate]})
		delete(n, gate)
	}
	for _, g := range h.Gate.ByGate {
		if n[g.Gate] > 0 {
			out = append(out, hallGate(g))
		}
	}
	return out
}

func wireTwice(h *outreach.Hall) []hallTwice {
	out := []hallTwice{}
	for _, t := range h.Gate.Twice {
		row := hallTwice{ParticipantID: t.Participant, Name: h.Names[t.Participant]}
		for _, k := range t.Checks {
			row.Checks = append(row.Checks, hallCheck{k.Gate, k.TakenAt})
		}
		out = append(out, row)
	}
	return out
}

type hallBody struct {
	Version int64          `json:"version" doc:"that was seen; 0 when nobody has planned the hall yet"`
	Gates   []string       `json:"gates"`
	Topics  []string       `json:"topics,omitempty" doc:"of consultation"`
	Stamps  int            `json:"stamps,omitempty" doc:"that win a prize; 0: no rally"`
	SignUp  bool           `json:"sign_up,omitempty" doc:"anybody may sign up by the page of the event"`
	Slides  []jaring.Slide `json:"slides,omitempty"`
}

func (s *server) setHall(c *call, in *actOn) (*hallOut, error) {
	var body hallBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	plan := jaring.HallPlan{Gates: body.Gates, Topics: body.Topics, Stamps: body.Stamps, SignUp: body.SignUp, Slides: body.Slides}
	if err := s.App.SetHall(c, c.actor, key, id, body.Version, plan); err != nil {
		return nil, err
	}
	return s.hallPage(c, id)
}

type announcementBody struct {
	Text    string `json:"text,omitempty"`
	Minutes int    `json:"minutes,omitempty" doc:"10 when it is not told"`
	End     string `json:"end,omitempty" doc:"id of an announcement that is to go"`
}

func (s *server) announce(c *call, in *actOn) (*hallOut, error) {
	var body announcementBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if body.End != "" {
		err = s.App.EndAnnouncement(c, c.actor, key, id, body.End)
	} else {
		err = s.App.Announce(c, c.actor, key, id, body.Text, body.Minutes)
	}
	if err != nil {
		return nil, err
	}
	return s.hallPage(c, id)
}
