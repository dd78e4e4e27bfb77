package jobs_test

import (
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/jobs"
	"jaring/internal/store"
)

// Once a day the data of those who were turned down long ago goes; nothing else does.
func TestApplications_AreEmptiedADayAfterTheirTime(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		w := newTown(t, db)
		ctx, start := t.Context(), w.clock.now()
		op := func() jaring.OperationID { return jaring.OperationID(app.NewID()) }
		id := op()
		_, err := w.AddApplication(ctx, id, jaring.Application{Office: w.officer.Office, Name: "Calon Lama", Phone: "081234567890", Background: "other",
			Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: start}})
		w.must(err)
		w.must(w.PresentApplicant(ctx, w.officer, op(), jaring.ApplicationID(id)))
		w.must(w.DecideApplication(ctx, w.officer, op(), jaring.ApplicationID(id), jaring.ApplicationIsRejected, "belum cukup umur"))
		for _, step := range []struct {
			days int
			gone bool
		}{{0, false}, {jaring.DefaultRejectedDays, false}, {jaring.DefaultRejectedDays + 1, true}} {
			w.clock.set(start.Add(time.Duration(step.days) * 24 * time.Hour))
			w.must(jobs.New(jobs.Config{App: w.Acts}).Once(ctx))
			p, err := w.GetApplication(ctx, w.officer, jaring.ApplicationID(id))
			if w.must(err); (p.Name == "" && p.Phone == "") != step.gone || p.State != jaring.ApplicationIsRejected {
				t.Errorf("after %d days: %+v", step.days, p)
			}
		}
	})
}
