package jobs

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"jaring/internal/backup"
)

// Metrics are what the jobs count.
type Metrics struct {
	folded, sealed, confirmed, refused, odd, sent prometheus.Counter
	failures                                      *prometheus.CounterVec
	pending, pendingAge, queued, unheard, differs prometheus.Gauge
	rejected, backedUp                            prometheus.Gauge
}

// NewMetrics makes the metrics and registers them.
func NewMetrics(registry prometheus.Registerer) *Metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: "jaring_" + name, Help: help})
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: "jaring_" + name, Help: help})
	}
	m := &Metrics{
		folded:     counter("events_folded_total", "Events brought into the counters."),
		sealed:     counter("hours_sealed_total", "Hours whose signed Merkle root was made."),
		sent:       counter("core_sent_total", "Memberships handed to the fund's core."),
		confirmed:  counter("core_confirmed_total", "Memberships that the core confirmed."),
		refused:    counter("core_refused_total", "Memberships that the core refused."),
		odd:        counter("core_odd_answers_total", "Answers of the core that fit nothing that was sent."),
		failures:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jaring_job_failures_total", Help: "Turns of a job that failed."}, []string{"job"}),
		pending:    gauge("events_pending", "Events not yet in the counters."),
		pendingAge: gauge("events_pending_age_seconds", "Age of the oldest event that is not in the counters."),
		queued:     gauge("core_queued", "Memberships that wait to be handed to the core."),
		unheard:    gauge("core_unheard", "Memberships handed over that the core has not answered."),
		rejected:   gauge("core_rejected", "Memberships that the core refused and nobody has mended."),
		backedUp:   gauge("backup_tested_timestamp_seconds", "Moment of the newest backup that was restored and verified; 0: none."),
		differs:    gauge("core_differences", "Differences found by the last daily reconciliation."),
	}
	m.Register(registry)
	return m
}

// Register registers the metrics on one more registry.
func (m *Metrics) Register(registry prometheus.Registerer) {
	registry.MustRegister(m.folded, m.sealed, m.sent, m.confirmed, m.refused, m.odd, m.failures, m.pending, m.pendingAge, m.queued, m.unheard, m.rejected, m.backedUp, m.differs)
}

// measure reads what waits to be done.
func (r *Runner) measure(ctx context.Context) error {
	b, err := r.App.Backlog(ctx)
	if err != nil {
		return err
	}
	r.Metrics.pending.Set(float64(b.Events))
	r.Metrics.pendingAge.Set(b.Age.Seconds())
	r.Metrics.queued.Set(float64(b.Queued))
	r.Metrics.unheard.Set(float64(b.Unheard))
	r.Metrics.rejected.Set(float64(b.Rejected))
	at, err := backup.LastTested(ctx, r.App.App)
	if err == nil && !at.IsZero() {
		r.Metrics.backedUp.Set(float64(at.Unix()))
	}
	return err
}
