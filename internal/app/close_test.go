package app_test

import (
	"testing"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

func withdraw(town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID) error {
	_, err := town.Do(actor, jaring.ActWithdrawConsent, map[string]any{"worker_id": id, "reason": "berubah pikiran"})
	return err
}

func merge(town *jaringtest.Town, actor jaring.Actor, from, into jaring.WorkerID) (jaring.Outcome, error) {
	return town.Do(actor, jaring.ActMergeWorker, map[string]any{"worker_id": from, "into": into, "reason": "orang yang sama"})
}

func decide(t *testing.T, town *jaringtest.Town, actor jaring.Actor, id jaring.WorkerID, decision string) error {
	t.Helper()
	v, err := town.App.GetWorker(t.Context(), town.Auditor, id)
	if err != nil {
		t.Fatal(err)
	}
	if v.Review == nil {
		t.Fatal("no second look is open")
	}
	_, err = town.Do(actor, jaring.ActDecideReview, map[string]any{"review_id": v.Review.ID, "decision": decision, "reason": "KTP sudah dilihat"})
	return err
}

// doubtful registers somebody who is like the n-th person, under another NIK.
func doubtful(t *testing.T, town *jaringtest.Town, actor jaring.Actor, n int) jaring.WorkerID {
	t.Helper()
	body := jaringtest.Person(n)
	body["nik"] = body["nik"].(string)[:12] + "9888"
	o, err := town.Do(actor, jaring.ActRegisterWorker, body)
	if err != nil || o.Kind != jaring.Review {
		t.Fatalf("%+v %v", o, err)
	}
	return o.Worker
}

func TestWithdrawalClosesTheRecordAndFreesTheNIK(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := town.Register(town.Agent, 1)
		if err := withdraw(town, town.Agent, id); err != nil {
			t.Fatal(err)
		}
		v := view(t, town, id)
		if v.Worker.State != jaring.WorkerWithdrawn || v.Worker.Standing != jaring.StandingWithdrawn || v.Payment != nil || v.Membership.State != jaring.StateWithdrawn {
			t.Errorf("%s %s %+v %s", v.Worker.State, v.Worker.Standing, v.Payment, v.Membership.State)
		}
		if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != "" {
			t.Errorf("the NIK still leads to %s", got)
		}
		wantKey(t, pay(town, town.Officer, id), jaring.Conflict, "payment.none")
		wantKey(t, withdraw(town, town.Agent, id), jaring.Conflict, "worker.closed")
		_, err := correct(town, town.Agent, id, fields{"name": "Lain"})
		wantKey(t, err, jaring.Conflict, "worker.closed")
		if again := town.Register(town.Second, 1); again == id {
			t.Error("the closed record came back")
		}
		wantSound(t, town)
	})
}

// Who is protected and withdraws is moved by no calendar any more.
func TestWithdrawalEndsTheCalendar(t *testing.T) {
	town := liteTown(t)
	id := town.Register(town.Agent, 1)
	protect(t, town, id, "10000000001")
	if err := withdraw(town, town.Agent, id); err != nil {
		t.Fatal(err)
	}
	town.Pass(400 * day)
	if moved, err := town.App.Age(t.Context()); moved != 0 || err != nil {
		t.Errorf("%d moved, %v", moved, err)
	}
	history, err := town.App.FindHistory(t.Context(), town.Officer, id)
	if err != nil || history[0].Kind != jaring.ConsentWithdrawn {
		t.Errorf("last is %s, %v", history[0].Kind, err)
	}
	wantSound(t, town)
}

func TestMergeLeadsToTheSurvivor(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		one, two, three := town.Register(town.Agent, 1), town.Register(town.Agent, 2), town.Register(town.Second, 3)
		if o, err := merge(town, town.Officer, one, two); err != nil || o.Worker != two {
			t.Fatal(o, err)
		}
		v := view(t, town, one)
		if v.Worker.MergedInto != two || v.Worker.Standing != jaring.StandingMerged || v.Payment != nil {
			t.Errorf("%+v", v.Worker)
		}
		if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != two {
			t.Errorf("the NIK leads to %s, want %s", got, two)
		}
		o, err := town.Do(town.Second, jaring.ActRegisterWorker, jaringtest.Person(1))
		if err != nil || o.Kind != jaring.Refused || o.Candidate != two {
			t.Errorf("registered again: %+v %v", o, err)
		}
		if _, err := merge(town, town.Officer, two, three); err != nil {
			t.Fatal(err)
		}
		if got := lookUp(t, town, jaringtest.Person(1)["nik"]); got != three {
			t.Errorf("after two merges the NIK leads to %s, want %s", got, three)
		}
		if err := withdraw(town, town.Second, three); err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= 3; n++ {
			if got := lookUp(t, town, jaringtest.Person(n)["nik"]); got != "" {
				t.Errorf("NIK %d leads to a closed record", n)
			}
		}
		wantSound(t, town)
	})
}

func TestMergesThatAreRefused(t *testing.T) {
	town := liteTown(t)
	one, two, paid, gone := town.Register(town.Agent, 1), town.Register(town.Agent, 2), town.Register(town.Agent, 3), town.Register(town.Agent, 4)
	town.Register(town.Agent, 5)
	held := doubtful(t, town, town.Agent, 5)
	if err := pay(town, town.Officer, paid); err != nil {
		t.Fatal(err)
	}
	if err := withdraw(town, town.Agent, gone); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		from, into jaring.WorkerID
		code       jaring.Code
		key        string
	}{
		{"into itself", one, one, jaring.Invalid, "merge.same_record"},
		{"paid", paid, one, jaring.Conflict, "merge.paid"},
		{"into a closed one", one, gone, jaring.Conflict, "merge.target_closed"},
		{"into one under review", one, held, jaring.Conflict, "merge.target_closed"},
		{"a closed one", gone, one, jaring.Conflict, "worker.closed"},
		{"into nobody", one, jaring.WorkerID(jaringtest.NewID()), jaring.NotFound, "worker.not_found"},
		{"into nonsense", one, "x", jaring.Invalid, "id.malformed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := merge(town, town.Officer, c.from, c.into)
			wantKey(t, err, c.code, c.key)
		})
	}
	_, err := merge(town, town.Agent, one, two)
	wantKey(t, err, jaring.Forbidden, "error.forbidden")
	if o, err := merge(town, town.Officer, held, one); err != nil || o.Worker != one {
		t.Errorf("one under review into another: %+v %v", o, err)
	}
	if _, err := merge(town, town.Officer, one, paid); err != nil {
		t.Errorf("into a paid one: %v", err)
	}
	wantSound(t, town)
}

func TestSecondLook(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		var first, held [4]jaring.WorkerID
		for i := range first {
			first[i] = town.Register(town.Agent, i)
			held[i] = doubtful(t, town, town.Agent, i)
			if v := view(t, town, held[i]); v.Payment != nil || v.Worker.Standing != jaring.StandingReview || v.Review.Candidate != first[i] {
				t.Errorf("%d under review: %+v %+v", i, v.Worker.Standing, v.Review)
			}
		}
		for i, decision := range []string{"accept", "reject", "same"} {
			if err := decide(t, town, town.Officer, held[i], decision); err != nil {
				t.Fatal(decision, err)
			}
		}
		if v := view(t, town, held[0]); v.Worker.Standing != jaring.StandingWaiting || v.Payment == nil || v.Payment.Amount != 45_600 || v.Review != nil {
			t.Errorf("accepted: %+v %+v", v.Worker.Standing, v.Payment)
		}
		if err := pay(town, town.Officer, held[0]); err != nil {
			t.Errorf("the accepted one pays: %v", err)
		}
		nik := jaringtest.Person(1)["nik"].(string)[:12] + "9888"
		if v := view(t, town, held[1]); v.Worker.State != jaring.WorkerRejected || lookUp(t, town, nik) != "" {
			t.Errorf("rejected: %s, NIK leads to %q", v.Worker.State, lookUp(t, town, nik))
		}
		nik = jaringtest.Person(2)["nik"].(string)[:12] + "9888"
		if v := view(t, town, held[2]); v.Worker.MergedInto != first[2] || lookUp(t, town, nik) != first[2] {
			t.Errorf("same: %s", v.Worker.MergedInto)
		}
		wantKey(t, decide(t, town, town.Officer, held[3], "vielleicht"), jaring.Invalid, "decision.unknown")
		reviews, _, err := town.App.FindReviews(t.Context(), town.Officer, "")
		if err != nil || len(reviews) != 1 || reviews[0].Worker.ID != held[3] || reviews[0].Candidate.ID != first[3] {
			t.Errorf("open: %+v %v", reviews, err)
		}
		wantSound(t, town)
	})
}

// Whoever registered a person is not the second pair of eyes.
func TestSecondLookAtOnesOwn(t *testing.T) {
	town := liteTown(t)
	town.Register(town.Officer, 1)
	id := doubtful(t, town, town.Officer, 1)
	wantKey(t, decide(t, town, town.Officer, id, "accept"), jaring.Forbidden, "approve.self")
	if err := decide(t, town, town.Head, id, "accept"); err != nil {
		t.Error(err)
	}
	odd := jaringtest.Person(7)
	odd["nik"] = odd["nik"].(string)[:12] + "0000"
	o, err := town.Do(town.Agent, jaring.ActRegisterWorker, odd)
	if err != nil {
		t.Fatal(err)
	}
	wantKey(t, decide(t, town, town.Officer, o.Worker, "same"), jaring.Conflict, "review.no_candidate")
}
