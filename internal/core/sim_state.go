package core

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// stateHead is the first line of a state file; decisions follow, one a line.
type stateHead struct {
	Core  string `json:"core"`
	Epoch string `json:"epoch"`
	Seed  uint64 `json:"seed"`
}

const simulated = "simulated"

// load reads the state file at path and leaves it open to write on. A last line that a
// crash cut off was never answered for, and is cut away.
func (s *Simulator) load(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
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
	if len(whole) == 0 {
		return s.write(stateHead{simulated, s.epoch, s.opts.Seed})
	}
	return s.replay(whole)
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
func (s *Simulator) keep(d decision) error {
	if s.state == nil {
		return nil
	}
	return s.write(d)
}

func (s *Simulator) write(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = s.state.Write(append(raw, '\n'))
	return err
}
