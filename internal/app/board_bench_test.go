package app_test

import (
	"fmt"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

// BenchmarkBoard computes the board of a sweep with 2,000 registrations anew each time.
func BenchmarkBoard(b *testing.B) {
	town := jaringtest.NewTown(b, jaringtest.SQLite(b))
	id, err := town.App.PlanCampaign(b.Context(), town.Officer, newOp(), sweepForm(town))
	if err != nil {
		b.Fatal(err)
	}
	if err := town.App.DrawLanes(b.Context(), town.Officer, town.Market, []jaring.LaneForm{{Name: "C", Numbers: hundreds(412)}}); err != nil {
		b.Fatal(err)
	}
	if err := town.App.MoveCampaign(b.Context(), town.Officer, newOp(), id, jaring.CampaignIsOpen, ""); err != nil {
		b.Fatal(err)
	}
	market, err := town.App.Market(b.Context(), town.Market)
	if err != nil {
		b.Fatal(err)
	}
	const people, captures = 300, 2000
	workers := make([]jaring.WorkerID, people)
	for n := range workers {
		workers[n] = town.Register(town.Agent, n)
	}
	lots := market.Lots[market.Lanes[0].ID]
	err = town.DB.Write(b.Context(), func(tx *store.Tx) error {
		for n := range captures {
			c := jaring.SweepCapture{Campaign: id, Worker: workers[n%people], Operation: newOp(), Agent: town.Agent.Account, Kind: jaring.CaptureNew, Lot: lots[n%len(lots)].ID,
				Occupation: "pedagang sayur", TakenAt: town.Now().Add(time.Duration(n) * time.Millisecond), ReceivedAt: town.Now(), Trusted: true}
			if err := tx.AddSweepCapture(c); err != nil {
				return err
			}
			if err := tx.AddLotVisit(store.LotVisit{Campaign: id, Lot: c.Lot, Operation: c.Operation, Outcome: jaring.LotRegistered, Worker: c.Worker, Agent: c.Agent, TakenAt: c.TakenAt, ReceivedAt: c.ReceivedAt, Trusted: true}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		town.App.Changed()
		if _, err := town.App.Board(b.Context(), town.Officer, id); err != nil {
			b.Fatal(err)
		}
	}
}

func hundreds(n int) (numbers []string) {
	for i := range n {
		numbers = append(numbers, fmt.Sprint(i+1))
	}
	return numbers
}
