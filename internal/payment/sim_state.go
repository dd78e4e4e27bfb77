package payment

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
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

// load reads the state file, if there is to be one, and leaves it open to write on. A last
// line that a crash cut off is cut away.
func (s *Simulator) load() (err error) {
	if s.opts.State == "" {
		return s.makeKeys()
	}
	f, err := os.OpenFile(s.opts.State, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	raw, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	whole := raw[:bytes.LastIndexByte(raw, '\n')+1]
	if err := f.Truncate(int64(len(whole))); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	s.state = f
	if len(whole) > 0 {
		return s.replay(whole)
	}
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
func (s *Simulator) keep(l stateLine) error {
	if s.state == nil {
		return nil
	}
	raw, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = s.state.Write(append(raw, '\n'))
	return err
}
