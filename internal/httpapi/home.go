package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/backup"
	"jaring/internal/jaring"
)

type homeOut struct {
	Body struct {
		AsOf       time.Time   `json:"as_of"`
		Office     string      `json:"office"`
		Registered int64       `json:"registered"`
		Protected  int64       `json:"protected"`
		Paid       int64       `json:"paid"`
		Waiting    int64       `json:"waiting"`
		Grace      int64       `json:"grace"`
		Ended      int64       `json:"ended"`
		ReviewOpen int64       `json:"review_open"`
		ByMonth    []homeMonth `json:"by_month"`
		Recent     []workerRow `json:"recent"`
		Tasks      []homeTask  `json:"tasks"`

		BackupTestedAt *time.Time `json:"backup_tested_at,omitempty" doc:"to an admin: the moment of the newest backup that was restored and verified"`
	}
}

type homeMonth struct {
	Month      jaring.Month `json:"month"`
	New        int64        `json:"new" doc:"registered in the month"`
	Registered int64        `json:"registered" doc:"in the book at the end of the month"`
	Protected  int64        `json:"protected"`
}

type homeTask struct {
	Kind      string      `json:"kind" enum:"review,payment,core_rejected,sweep,case,cash" doc:"case: about cash, that are open; cash: agents, or own receipts, with cash that should be deposited"`
	Count     int64       `json:"count"`
	Href      string      `json:"href"`
	Campaigns []homeSweep `json:"campaigns,omitempty" doc:"the sweeps of today"`
}

type homeSweep struct {
	CampaignID jaring.CampaignID `json:"campaign_id"`
	Name       string            `json:"name"`
	State      string            `json:"state" enum:"planned,open,paused,closed"`
	Registered int64             `json:"registered"`
}

func (s *server) home(c *call, _ *nothing) (*homeOut, error) {
	h, err := s.App.Home(c, c.actor)
	if err != nil {
		return nil, err
	}
	out := &homeOut{}
	b := &out.Body
	b.AsOf, b.Office, b.Registered = h.AsOf.UTC(), h.OfficeName, h.Registered
	b.Protected, b.Paid, b.Waiting = h.Now[jaring.StandingProtected], h.Now[jaring.StandingPaid], h.Now[jaring.StandingWaiting]
	b.Grace, b.Ended, b.ReviewOpen = h.Now[jaring.StandingGrace], h.Now[jaring.StandingEnded], h.Now[jaring.StandingReview]
	for _, m := range h.Months {
		b.ByMonth = append(b.ByMonth, homeMonth(m))
	}
	b.Recent = s.rows(c, h.Recent)
	sweeps, err := s.App.SweepsToday(c, c.actor)
	if err != nil {
		return nil, err
	}
	b.Tasks = append(sweepTask(sweeps), tasksOf(c.actor, h)...)
	if c.actor.Role == jaring.RoleAdmin {
		if at, err := backup.LastTested(c, s.App.App); err != nil || !at.IsZero() {
			b.BackupTestedAt = &at
			return out, err
		}
	}
	return out, nil
}

// sweepTask is the task of a day on which a market is swept.
func sweepTask(rows []app.CampaignRow) []homeTask {
	if len(rows) == 0 {
		return []homeTask{}
	}
	t := homeTask{Kind: "sweep", Count: int64(len(rows)), Href: "/campaigns"}
	for _, r := range rows {
		t.Campaigns = append(t.Campaigns, homeSweep{r.ID, r.Name, string(r.State), r.Registered})
	}
	if len(rows) == 1 {
		t.Href += "/" + string(rows[0].ID)
	}
	return []homeTask{t}
}

// tasksOf is what waits for the actor, only of the kinds he can do something about.
func tasksOf(actor jaring.Actor, h *app.Home) []homeTask {
	tasks := []homeTask{}
	put := func(act jaring.Act, kind string, n int64, href string) {
		if n > 0 && actor.Can(act) {
			tasks = append(tasks, homeTask{Kind: kind, Count: n, Href: href})
		}
	}
	put(jaring.ActDecideCase, "case", h.Cases, "/cases")
	if actor.Role == jaring.RoleAgent {
		put(jaring.ActDepositCash, "cash", h.OldCash, "/field/money")
	} else {
		put(jaring.ActReadCash, "cash", h.OldCash, "/cash")
	}
	put(jaring.ActDecideReview, "review", h.Now[jaring.StandingReview], "/reviews")
	put(jaring.ActSettle, "core_rejected", h.Rejected, "/workers?status=paid")
	put(jaring.ActRegisterWorker, "payment", h.Now[jaring.StandingWaiting], "/workers?status=waiting")
	return tasks
}

type reviewsIn struct {
	Cursor string `query:"cursor" maxLength:"36"`
}

type reviewsOut struct {
	Body struct {
		Items      []reviewItem `json:"items"`
		NextCursor string       `json:"next_cursor,omitempty"`
	}
}

type reviewItem struct {
	ReviewID  jaring.ReviewID `json:"review_id"`
	Worker    workerRow       `json:"worker"`
	Reasons   []Finding       `json:"reasons"`
	Candidate *workerRow      `json:"candidate,omitempty"`
	OpenedAt  time.Time       `json:"opened_at"`
}

func (s *server) findReviews(c *call, in *reviewsIn) (*reviewsOut, error) {
	if in.Cursor != "" && !jaring.IsUUID(in.Cursor) {
		return nil, jaring.NewError(jaring.Invalid, "cursor.malformed").At("cursor")
	}
	items, next, err := s.App.FindReviews(c, c.actor, jaring.ReviewID(in.Cursor))
	if err != nil {
		return nil, err
	}
	out := &reviewsOut{}
	out.Body.NextCursor, out.Body.Items = string(next), make([]reviewItem, len(items))
	for i, it := range items {
		out.Body.Items[i] = reviewItem{ReviewID: it.Review.ID, Worker: s.row(c, it.Worker), Reasons: wireFindings(c.lang, it.Review.Reasons), OpenedAt: it.Review.OpenedAt}
		if it.Candidate != nil {
			row := s.row(c, it.Candidate)
			out.Body.Items[i].Candidate = &row
		}
	}
	return out, nil
}

type auditIn struct {
	Cursor string `query:"cursor" maxLength:"36"`
}

type auditOut struct {
	Body struct {
		Items      []historyItem `json:"items"`
		NextCursor string        `json:"next_cursor,omitempty"`
	}
}

func (s *server) audit(c *call, in *auditIn) (*auditOut, error) {
	items, next, err := s.App.FindAudit(c, c.actor, jaring.EventID(in.Cursor))
	if err != nil {
		return nil, err
	}
	out := &auditOut{}
	out.Body.Items, out.Body.NextCursor = historyItems(c.lang, items, true), string(next)
	return out, nil
}
