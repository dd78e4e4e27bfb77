package jobs

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// settingAged holds the last day on which the calendar was let act.
const settingAged = "jobs.aged"

// today is the day in western Indonesia, by which the calendar acts.
func (r *Runner) today() jaring.Day { return jaring.DayIn(r.App.Now(), app.Zone("")) }

// ageDue is true once a day, after midnight in western Indonesia.
func (r *Runner) ageDue(ctx context.Context) (bool, error) {
	last, err := r.App.Setting(ctx, settingAged)
	return last < r.today().String(), err
}

// age moves persons whose cover the calendar began, lapsed or ended.
func (r *Runner) age(ctx context.Context) error {
	day := r.today().String()
	n, err := r.App.Age(ctx)
	if n > 0 {
		r.Log.Info("the calendar moved persons", slog.Int("n", n), slog.String("day", day))
	}
	if err != nil {
		return err
	}
	return r.App.SetSetting(ctx, settingAged, day)
}

func (r *Runner) dropExpired(ctx context.Context) error {
	_, err := r.DropExpired(ctx)
	return err
}

// rootLine is a signed root as the file off this machine keeps it, one a line.
type rootLine struct {
	Hour      string `json:"hour"` // its first moment, UTC
	Events    int64  `json:"events"`
	Root      string `json:"root"` // hex
	KeyID     string `json:"key_id"`
	Signature string `json:"signature"` // base64
}

// seal makes the roots of hours that are over. They are published apart, because a
// process may be stopped between the two.
func (r *Runner) seal(ctx context.Context) error {
	n, err := r.App.SealHours(ctx, app.KeepRoot)
	r.Metrics.sealed.Add(float64(n))
	return err
}

// publish appends to the file the roots that it lacks.
func (r *Runner) publish(ctx context.Context) (err error) {
	f, err := os.OpenFile(r.Roots, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	last, end, err := lastRoot(f)
	if err != nil {
		return err
	}
	roots, err := r.App.FindRoots(ctx, last)
	if err != nil || len(roots) == 0 {
		return err
	}
	if err := f.Truncate(end); err != nil { // what a crash cut off
		return err
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return err
	}
	if end > 0 {
		if _, err := io.WriteString(f, "\n"); err != nil {
			return err
		}
	}
	out := json.NewEncoder(f)
	for _, root := range roots {
		line := rootLine{time.UnixMilli(root.Hour).UTC().Format(time.RFC3339), root.Events, hex.EncodeToString(root.Root), root.KeyID,
			base64.StdEncoding.EncodeToString(root.Signature)}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return f.Sync()
}

// lastRoot reads which hour the last whole line of f is about, and where that line ends.
func lastRoot(f *os.File) (hour time.Time, end int64, err error) {
	lines := json.NewDecoder(f)
	for {
		var line rootLine
		err := lines.Decode(&line)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return hour, end, nil
		}
		if err == nil {
			hour, err = time.Parse(time.RFC3339, line.Hour)
		}
		if err != nil {
			return hour, end, fmt.Errorf("%s holds what is no root: %w", f.Name(), err)
		}
		end = lines.InputOffset()
	}
}
