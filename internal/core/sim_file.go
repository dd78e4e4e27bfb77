package core

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// Exchange does one round of the core's side of a file exchange in folder: it takes the
// enrolments away (they hold NIK), writes the answers that are due, and the statement of
// each of the last days that is over and lacks one.
func (s *Simulator) Exchange(folder string) error {
	if err := makeExchange(folder); err != nil {
		return err
	}
	out := filepath.Join(folder, outDir)
	if err := collect(out, enrolmentFile, decodeEnrolment, s.receive); err != nil {
		return err
	}
	if err := collect(out, endingFile, decodeEnding, s.end); err != nil {
		return err
	}
	in := filepath.Join(folder, inDir)
	if err := s.dropAnswers(in); err != nil {
		return err
	}
	s.mu.Lock()
	today := jaring.DayIn(s.opts.Now(), s.opts.Zone)
	s.mu.Unlock()
	for ago := statementDays; ago >= 1; ago-- {
		if err := s.WriteStatement(folder, today.Add(-ago)); err != nil {
			return err
		}
	}
	return nil
}

// statementDays is how many past days an exchange has statements of.
const statementDays = 3

func collect[T any](out, prefix string, decode decoder[T], take func([]T) error) error {
	files, err := arrivals(out, prefix)
	if err != nil {
		return err
	}
	for _, name := range files {
		es, _, err := readDropped(out, name, decode)
		var damaged *jaring.Error
		switch {
		case errors.Is(err, errNotReady):
			continue
		case errors.As(err, &damaged):
			if _, err := putAway(out, name, damagedDir); err != nil {
				return err
			}
			continue
		case err != nil:
			return err
		}
		if err := take(es); err != nil {
			return err
		}
		if err := errors.Join(os.Remove(filepath.Join(out, name)), os.Remove(filepath.Join(out, name+sidecar))); err != nil {
			return err
		}
	}
	return nil
}

// dropAnswers writes what was published since the last round. After a restart all is
// written again: answers may come twice.
func (s *Simulator) dropAnswers(in string) error {
	s.mu.Lock()
	s.publish()
	list, now := s.answers[s.dropped:len(s.answers):len(s.answers)], s.opts.Now()
	s.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	if err := dropLines(in, answerFile, now, list, encodeAnswer); err != nil {
		return err
	}
	s.mu.Lock()
	s.dropped += len(list)
	s.mu.Unlock()
	return nil
}

// WriteStatement writes the statement of day into the exchange in folder, unless there
// is one.
func (s *Simulator) WriteStatement(folder string, day jaring.Day) error {
	in := filepath.Join(folder, inDir)
	if taken(in, statementName(day)) {
		return nil
	}
	s.mu.Lock()
	s.publish()
	rows := s.statement(day)
	s.mu.Unlock()
	return dropNamed(in, statementName(day), rows, encodeStatementRow)
}

// RunExchange does a round each interval until ctx ends. A round that fails is told to
// log and tried again.
func (s *Simulator) RunExchange(ctx context.Context, folder string, interval time.Duration, log *slog.Logger) {
	for {
		if err := s.Exchange(folder); err != nil {
			log.Warn("exchange of files", "error", err)
		}
		if outside.Wait(ctx, interval) != nil {
			return
		}
	}
}
