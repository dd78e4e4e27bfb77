package app_test

import (
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// payers is how many payments are in flight.
const payers = 32

// BenchmarkSettle settles first contributions, 32 in flight, each durable when it returns.
func BenchmarkSettle(b *testing.B) {
	for name, open := range map[string]func(testing.TB) *store.DB{"sqlite": jaringtest.SQLite, "postgres": jaringtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			town := jaringtest.NewTown(b, open(b))
			var ops []jaring.Operation
			for n := 0; len(ops) < b.N; n++ {
				o, err := town.Do(town.Agent, jaring.ActRegisterWorker, jaringtest.Person(n))
				if err != nil {
					b.Fatal(err)
				}
				if o.Kind == jaring.Accepted { // some are alike, and a person looks
					ops = append(ops, town.Operation(jaring.ActSettle, settlement(town, o.Worker)))
				}
			}
			var next atomic.Int64
			var wg sync.WaitGroup
			worked := cpu(b)
			b.ResetTimer()
			for range payers {
				wg.Go(func() {
					for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
						if _, err := town.App.Apply(b.Context(), town.Officer, ops[i:i+1]); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "settled/s")
			b.ReportMetric(float64((cpu(b)-worked).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// cpu is what this process has worked so far: on a busy machine a better measure than the clock.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
