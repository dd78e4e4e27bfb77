package payment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"jaring/internal/outside"
)

// stateLine is one line of a state file: the keys in the first, then what changed, the
// newest word on a thing last.
type stateLine struct {
	Self    *partyWire `json:"self,omitempty"`
	Ours    *partyWire `json:"ours,omitempty"`
	Account *account   `json:"account,omitempty"`
	QR      *qrCode    `json:"qr,omitempty"`
	Taking  *Taking    `json:"taking,omitempty"`
}

// load reads the state file, if there is to be one, and leaves it open to write on.
func (s *Simulator) load() error {
	if s.opts.State == "" {
		return s.makeKeys()
	}
	state, lines, err := outside.OpenJournal(s.opts.State)
	if err != nil {
		return err
	}
	if s.state = state; len(lines) > 0 {
		err = s.replay(lines)
	} else {
		err = s.begin()
	}
	if err != nil {
		return errors.Join(err, state.Close())
	}
	return nil
}

// begin makes the keys of a bank and keeps them.
func (s *Simulator) begin() error {
	if err := s.makeKeys(); err != nil {
		return err
	}
	self, ours := s.self.wire(), s.bank.Ours.wire()
	return s.keep(stateLine{Self: &self, Ours: &ours})
}

func (s *Simulator) replay(raw []byte) error {
	known := map[string]*Taking{}
	for n, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		var l stateLine
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("line %d: %w", n+1, err)
		}
		switch {
		case n == 0:
			if err := s.replayKeys(l); err != nil {
				return err
			}
		case l.Account != nil:
			s.accounts[l.Account.va().String()] = l.Account
			s.orders[l.Account.Order] = l.Account
		case l.QR != nil:
			s.codes[l.QR.ID] = l.QR
		case l.Taking != nil && known[l.Taking.RequestID] != nil:
			*known[l.Taking.RequestID] = *l.Taking
		case l.Taking != nil:
			known[l.Taking.RequestID] = l.Taking
			s.takings = append(s.takings, l.Taking)
		}
	}
	s.serial = int64(len(s.takings))
	s.askAfterRestart()
	return nil
}

var errForeignState = errors.New("not the state of a simulated bank")

func (s *Simulator) replayKeys(l stateLine) error {
	if l.Self == nil || l.Ours == nil {
		return errForeignState
	}
	self, ok := l.Self.party()
	ours, good := l.Ours.party()
	if !ok || !good || self.Private == nil || ours.Private == nil {
		return errForeignState
	}
	s.setKeys(self, ours)
	return nil
}

// askAfterRestart asks again for every payment that has no answer.
func (s *Simulator) askAfterRestart() {
	now := s.opts.Now()
	for _, t := range s.takings {
		if t.State == TakingWaits {
			s.queue = append(s.queue, &letter{taking: t, external: newExternalID(now), advise: true, due: now})
		}
	}
}

// keep writes l down before anybody hears of it.
func (s *Simulator) keep(l stateLine) error { return s.state.Write(l) }
