package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"jaring/internal/outside"
)

// stateHead is the first line of a state file; decisions follow, one a line.
type stateHead struct {
	Core  string `json:"core"`
	Epoch string `json:"epoch"`
	Seed  uint64 `json:"seed"`
}

const simulated = "simulated"

// load reads the state file at path and leaves it open to write on.
func (s *Simulator) load(path string) error {
	state, lines, err := outside.OpenJournal(path)
	if err != nil {
		return err
	}
	if s.state = state; len(lines) == 0 {
		err = state.Write(stateHead{simulated, s.epoch, s.opts.Seed})
	} else {
		err = s.replay(lines)
	}
	if err != nil {
		return errors.Join(err, state.Close())
	}
	return nil
}

func (s *Simulator) replay(raw []byte) error {
	first, rest, _ := bytes.Cut(raw, []byte("\n"))
	var head stateHead
	if json.Unmarshal(first, &head) != nil || head.Core != simulated || head.Seed != s.opts.Seed {
		return fmt.Errorf("not the state of a simulated core with seed %d", s.opts.Seed)
	}
	s.epoch = head.Epoch
	decisions, err := readLines(bytes.NewReader(rest), decodeDecision)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		s.apply(d)
	}
	s.publish()
	return nil
}

func decodeDecision(raw []byte) (d decision, fault string) {
	if json.Unmarshal(raw, &d) != nil {
		return d, notJSON
	}
	_, fault = d.Answer.answer()
	return d, fault
}

// keep writes d down before anybody hears of it.
func (s *Simulator) keep(d decision) error { return s.state.Write(d) }
