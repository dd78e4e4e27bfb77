package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

type resultOut struct {
	Body resultBody
}

// resultBody is a board with what is told beside it; its evaluation is a list.
type resultBody struct {
	board
	Winners    []boardAgent  `json:"winners"`
	Evaluation []evaluated   `json:"evaluation" doc:"records that did not count by themselves"`
	Waiting    int           `json:"waiting" doc:"persons who wait for a decision"`
	Balance    resultBalance `json:"balance" doc:"lots are outcomes and those not visited"`
}

type evaluated struct {
	WorkerID    jaring.WorkerID    `json:"worker_id"`
	OperationID jaring.OperationID `json:"operation_id"`
	Agent       string             `json:"agent"`
	Kind        string             `json:"kind" enum:"new,rejoined,repeated"`
	Occupation  string             `json:"occupation"`
	TakenAt     time.Time          `json:"taken_at"`
	ReceivedAt  time.Time          `json:"received_at"`
	Why         string             `json:"why" enum:"clock,outside,late"`
	Waits       bool               `json:"waits" doc:"for a decision"`
	Decided     string             `json:"decided,omitempty" enum:"counted,set_aside"`
	Reason      string             `json:"reason,omitempty"`
}

type resultBalance struct {
	Lots      int  `json:"lots"`
	Outcomes  int  `json:"outcomes"`
	Unvisited int  `json:"unvisited"`
	OK        bool `json:"ok"`
}

func wireResult(r *app.Result) resultBody {
	out := resultBody{board: wireBoard(&r.Board), Winners: make([]boardAgent, len(r.Winners)), Evaluation: make([]evaluated, len(r.Evaluation)),
		Waiting: r.Board.Evaluation, Balance: resultBalance(r.Balance)}
	for i, w := range r.Winners {
		out.Winners[i] = wireAgent(w)
	}
	for i, e := range r.Evaluation {
		out.Evaluation[i] = evaluated{WorkerID: e.Worker, OperationID: e.Operation, Agent: e.AgentName, Kind: string(e.Kind), Occupation: e.Occupation, TakenAt: e.TakenAt,
			ReceivedAt: e.ReceivedAt, Why: string(e.Why), Waits: e.Waits, Decided: string(e.Decided), Reason: e.Reason}
	}
	return out
}

func (s *server) getResult(c *call, in *ByID) (*resultOut, error) {
	return s.resultPage(c, jaring.CampaignID(in.ID))
}

func (s *server) resultPage(c *call, id jaring.CampaignID) (*resultOut, error) {
	r, err := s.App.Result(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	return &resultOut{wireResult(r)}, nil
}

type captureDecisionBody struct {
	Decision string `json:"decision" enum:"counted,set_aside"`
	Reason   string `json:"reason"`
}

// CaptureAct is an act on one record of a sweep.
type CaptureAct struct {
	ByID
	Acting
	Operation string `path:"operation_id" maxLength:"36"`
}

func (s *server) decideCapture(c *call, in *CaptureAct) (*resultOut, error) {
	var body captureDecisionBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	id := jaring.CampaignID(in.ID)
	if err := s.App.DecideCapture(c, c.actor, key, id, jaring.OperationID(in.Operation), jaring.CaptureDecision(body.Decision), body.Reason); err != nil {
		return nil, err
	}
	return s.resultPage(c, id)
}
