package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// Cursors is the input of lists that go on behind a cursor.
type Cursors struct {
	Cursor string `query:"cursor" maxLength:"400"`
}

type suspensesOut struct {
	Body struct {
		Items      []suspenseItem `json:"items"`
		NextCursor string         `json:"next_cursor,omitempty"`
		Counts     suspenseCounts `json:"counts"`
	}
}

type suspenseCounts struct {
	Open int64 `json:"open"`
}

type suspenseOut struct {
	Body suspenseItem
}

type suspenseItem struct {
	SuspenseID      string          `json:"suspense_id"`
	OfficeID        jaring.OfficeID `json:"office_id"`
	OfficeName      string          `json:"office_name"`
	Code            string          `json:"code" doc:"that was paid, as the channel said it"`
	Channel         string          `json:"channel"`
	Bank            string          `json:"bank"`
	Reference       string          `json:"reference"`
	Amount          jaring.Rupiah   `json:"amount"`
	PaidOn          jaring.Day      `json:"paid_on" format:"date"`
	Why             string          `json:"why"`
	WhyText         string          `json:"why_text"`
	At              time.Time       `json:"at"`
	State           string          `json:"state" enum:"open,assigned,refunded"`
	WorkerID        jaring.WorkerID `json:"worker_id,omitempty" doc:"whose it was found to be"`
	WorkerName      string          `json:"worker_name,omitempty"`
	BillCode        string          `json:"bill_code,omitempty"`
	RefundReference string          `json:"refund_reference,omitempty"`
	Reason          string          `json:"reason,omitempty"`
	DecidedBy       string          `json:"decided_by,omitempty"`
	DecidedAt       time.Time       `json:"decided_at,omitzero"`
}

func (s *server) suspenseItem(c *call, k *app.Suspense) suspenseItem {
	it := suspenseItem{SuspenseID: k.ID, OfficeID: k.Office, OfficeName: k.OfficeName, Code: k.Code, Channel: k.Channel, Bank: k.Bank, Reference: k.Reference, Amount: k.Amount,
		PaidOn: k.PaidOn, Why: k.Why, WhyText: whyText(c.lang, "suspense.why.", k.Why), At: k.At, State: k.State}
	if d := k.Decision; d != nil {
		it.WorkerID, it.WorkerName, it.BillCode, it.RefundReference, it.Reason = d.Worker, k.WorkerName, d.BillCode, d.Reference, d.Reason
		it.DecidedBy, it.DecidedAt = s.App.AccountName(c, d.By), d.At
	}
	return it
}

// whyText is the sentence of a rule in a list, where the sums of the rule itself are not at hand.
func whyText(lang i18n.Lang, list, key string) string {
	if i18n.Known(list + key) {
		return i18n.Text(lang, list+key, nil)
	}
	return i18n.Text(lang, list+"other", nil)
}

func (s *server) findSuspense(c *call, in *Cursors) (*suspensesOut, error) {
	cases, next, err := s.App.FindSuspenseCases(c, c.actor, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &suspensesOut{}
	out.Body.Items, out.Body.NextCursor = []suspenseItem{}, next
	if out.Body.Counts.Open, err = s.App.CountSuspense(c, c.actor); err != nil {
		return nil, err
	}
	for _, k := range cases {
		out.Body.Items = append(out.Body.Items, s.suspenseItem(c, k))
	}
	return out, nil
}

func (s *server) getSuspense(c *call, in *ByID) (*suspenseOut, error) { return s.suspense(c, in.ID) }

func (s *server) suspense(c *call, id string) (*suspenseOut, error) {
	k, err := s.App.GetSuspense(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	return &suspenseOut{s.suspenseItem(c, k)}, nil
}

// assignmentBody names one of the two.
type assignmentBody struct {
	WorkerID string `json:"worker_id,omitempty" format:"uuid"`
	BillCode string `json:"bill_code,omitempty" doc:"a payment code: of a worker, a group or a deposit"`
}

func (s *server) assignSuspense(c *call, in *actOnOne) (*suspenseOut, error) {
	var body assignmentBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.AssignSuspense(c, c.actor, key, in.ID, jaring.WorkerID(body.WorkerID), body.BillCode); err != nil {
		return nil, err
	}
	return s.suspense(c, in.ID)
}

type refundBody struct {
	Reference string `json:"reference" doc:"of the transfer back"`
	Reason    string `json:"reason" minLength:"5"`
}

func (s *server) refundSuspense(c *call, in *actOnOne) (*suspenseOut, error) {
	var body refundBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	if err := s.App.RefundSuspense(c, c.actor, key, in.ID, body.Reference, body.Reason); err != nil {
		return nil, err
	}
	return s.suspense(c, in.ID)
}
