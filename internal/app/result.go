package app

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Result is what a sweep came to: the board, who is rewarded, what the evaluation looked at, and
// whether the lots add up. It is frozen when the campaign is sealed.
type Result struct {
	Board      Board
	Winners    []BoardAgent
	Evaluation []Evaluated
	Balance    Balance
}

// Evaluated is one capture that did not count by itself.
type Evaluated struct {
	Worker     jaring.WorkerID
	Operation  jaring.OperationID
	Agent      jaring.AccountID
	AgentName  string
	Kind       jaring.CaptureKind
	Occupation string
	TakenAt    time.Time
	ReceivedAt time.Time
	Why        jaring.Why
	Waits      bool // for a decision
	Decided    jaring.CaptureDecision
	Reason     string
}

// Balance tells whether lots are outcomes: each stands in one of them or was not visited.
type Balance struct {
	Lots      int
	Outcomes  int
	Unvisited int
	OK        bool
}

// resultOf computes the result from rows.
func resultOf(r *sweepRows, now time.Time) *Result {
	count := jaring.CountSweep(r.captures, r.persons, windowOf(r.campaign, r.pauses))
	out := &Result{Board: *boardOf(r, count, now)}
	b := &out.Board
	for _, agent := range b.Agents {
		if len(out.Winners) < r.campaign.Rewards && agent.Registered > 0 {
			out.Winners = append(out.Winners, agent)
		}
	}
	out.Evaluation = evaluated(r, count.Doubts)
	out.Balance = Balance{Lots: b.Lots.Total, Outcomes: b.Lots.Outcomes(), Unvisited: b.Lots.Unvisited, OK: b.Lots.Outcomes()+b.Lots.Unvisited == b.Lots.Total}
	return out
}

func evaluated(r *sweepRows, doubts []jaring.Doubt) []Evaluated {
	labels := r.labels()
	out := make([]Evaluated, len(doubts))
	for i, d := range doubts {
		out[i] = Evaluated{Worker: d.Worker, Operation: d.Operation, Agent: d.Agent, AgentName: labels[d.Agent].name, Kind: d.Kind, Occupation: d.Occupation,
			TakenAt: d.TakenAt, ReceivedAt: d.ReceivedAt, Why: d.Why, Waits: d.Waits, Decided: d.Decided, Reason: d.Reason}
	}
	return out
}

func parseResult(text string) (*Result, error) {
	out := &Result{}
	if err := json.Unmarshal([]byte(text), out); err != nil {
		return nil, jaring.InternalError(err)
	}
	return out, nil
}

// Result gives what a sweep has come to: as it was sealed, and besides it what arrived too late; or
// as it stands. An agent is told of the own captures only.
// Errors: campaign.not_found, campaign.no_board, error.forbidden.
func (a *App) Result(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Result, error) {
	c, err := a.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	if c.Kind != jaring.KindSweep {
		return nil, jaring.NewError(jaring.NotFound, "campaign.no_board")
	}
	r, err := a.sweepRows(ctx, id)
	if err != nil {
		return nil, err
	}
	out := resultOf(r, a.Now())
	if r.campaign.State == jaring.CampaignIsSealed {
		late := out.Evaluation
		if out, err = parseResult(r.campaign.Result); err != nil {
			return nil, err
		}
		out.Evaluation = append(out.Evaluation, only(late, func(e Evaluated) bool { return e.Why == jaring.WhyLate })...)
	}
	if actor.Role == jaring.RoleAgent {
		out.Evaluation = only(out.Evaluation, func(e Evaluated) bool { return e.Agent == actor.Account })
	}
	return out, nil
}

func only(all []Evaluated, fits func(Evaluated) bool) []Evaluated {
	out := []Evaluated{}
	for _, e := range all {
		if fits(e) {
			out = append(out, e)
		}
	}
	return out
}

// DecideCapture lets the evaluation count a capture that could not count by itself, or set it aside.
// Whoever took it does not decide on it. Until the seal a decision can be changed.
// Errors: decision.unknown, reason.too_short, capture.not_found, capture.needs_none, approve.self,
// campaign.is_sealed …, campaign.not_found, error.forbidden, error.out_of_area, operation.conflict.
func (a *App) DecideCapture(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, capture jaring.OperationID, decision jaring.CaptureDecision, reason string) error {
	said := []string{string(id), string(capture), string(decision), reason}
	why, err := NeedReason(reason)
	if decision != jaring.CaptureCounted && decision != jaring.CaptureSetAside {
		err = JoinFindings(err, jaring.Errors{jaring.NewError(jaring.Invalid, "decision.unknown").At("decision")})
	}
	if err != nil {
		return err
	}
	if _, err := a.CampaignFor(ctx, actor, jaring.ActEvaluateCampaign, id); err != nil {
		return err
	}
	if !jaring.IsUUID(string(capture)) {
		return jaring.NewError(jaring.NotFound, "capture.not_found")
	}
	_, err = a.Once(ctx, actor, op, jaring.ActEvaluateCampaign, said, func(tx *store.Tx) error {
		return a.decideCapture(tx, actor, id, capture, decision, why)
	})
	return err
}

// decideCapture decides by the rows as they are inside the writer. The event comes first, so that
// a seal and a decision on one campaign queue up.
func (a *App) decideCapture(tx *store.Tx, actor jaring.Actor, id jaring.CampaignID, capture jaring.OperationID, decision jaring.CaptureDecision, reason string) error {
	c, err := tx.GetCampaign(id)
	if err != nil {
		return err
	}
	if err := a.tellCampaign(tx, actor, &c.Campaign, jaring.CaptureDecided, jaring.Facts{Other: string(capture), Fields: []string{string(decision)}, Reason: reason}); err != nil {
		return err
	}
	r, err := readSweep(tx, id)
	if err != nil {
		return err
	}
	if r.campaign.State.Over() {
		return jaring.NewError(jaring.Conflict, "campaign.is_"+string(r.campaign.State))
	}
	for _, d := range jaring.CountSweep(r.captures, r.persons, windowOf(r.campaign, r.pauses)).Doubts {
		if d.Operation != capture || d.Why == jaring.WhyLate {
			continue
		}
		if d.Agent == actor.Account {
			return jaring.NewError(jaring.Forbidden, "approve.self")
		}
		d.Decided, d.DecidedBy, d.DecidedAt, d.Reason = decision, actor.Account, a.Now(), reason
		return tx.DecideSweepCapture(d.SweepCapture)
	}
	if _, err := tx.GetSweepCapture(id, capture); err != nil {
		return err
	}
	return jaring.NewError(jaring.Conflict, "capture.needs_none")
}
