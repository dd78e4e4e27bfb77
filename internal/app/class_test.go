package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/store"
)

func newOp() jaring.OperationID { return jaring.OperationID(jaringtest.NewID()) }

func applicant(town *jaringtest.Town, office jaring.OfficeID, n int) jaring.Application {
	return jaring.Application{Office: office, Name: fmt.Sprintf("Calon %c%c", 'A'+n/26, 'a'+n%26), Phone: fmt.Sprintf("0812345%05d", n), Village: jaringtest.Legok,
		Background: "rt_rw", Prospects: n % 3, ProspectsWhere: "pasar", Consent: jaring.Consent{NoticeVersion: "2026-11", Channel: "tap", At: town.Now()}}
}

// accepted is an applicant who came to the office and was accepted by officer.
func accepted(t *testing.T, town *jaringtest.Town, officer jaring.Actor, office jaring.OfficeID, n int) jaring.ApplicationID {
	t.Helper()
	id := newOp()
	_, err := town.App.AddApplication(t.Context(), id, applicant(town, office, n))
	wantError(t, err, "")
	wantError(t, town.App.PresentApplicant(t.Context(), officer, newOp(), jaring.ApplicationID(id)), "")
	wantError(t, town.App.DecideApplication(t.Context(), officer, newOp(), jaring.ApplicationID(id), jaring.ApplicationIsAccepted, ""), "")
	return jaring.ApplicationID(id)
}

func wantError(t *testing.T, err error, key string) {
	t.Helper()
	if got := jaring.KeyOf(err); got != key || err == nil != (key == "") {
		t.Errorf("got %v, want %q", err, key)
	}
}

// storyA is the branch with the sub-branches of the first class, and the seats of each.
func storyA(t *testing.T, town *jaringtest.Town) (officer, head jaring.Actor, quotas []jaring.Quota) {
	t.Helper()
	quotas = []jaring.Quota{{Office: town.Branch, Seats: 10}, {Office: town.Batanghari, Seats: 3}}
	for _, name := range []string{"KCP Muaro Jambi", "KCP Tebo", "KCP Tanjung Jabung Barat"} {
		id, err := town.Auth.AddOffice(t.Context(), jaring.System, auth.NewOffice{Parent: town.Branch, Kind: "sub_branch", Name: name, Zone: "Asia/Jakarta"})
		wantError(t, err, "")
		quotas = append(quotas, jaring.Quota{Office: id, Seats: 4})
	}
	again := func(a jaring.Actor) jaring.Actor {
		now, err := town.Auth.ActorOfAccount(t.Context(), a.Account)
		wantError(t, err, "")
		return now
	}
	return again(town.Officer), again(town.Head), quotas
}

// The class of the first story: 25 seats, 10 of the branch and 3, 4, 4 and 4 of its
// sub-branches, two days, and everybody passes.
func TestTheClassOfStoryA(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a := t.Context(), town.App
		officer, head, quotas := storyA(t, town)
		day := jaring.NewDay(2026, 11, 21)
		class, err := a.AddClass(ctx, officer, newOp(), jaring.Class{Name: "Kelas kader", Office: town.Branch, From: day, To: day.Add(1), Place: town.Market, PassMark: 70, Quotas: quotas})
		wantError(t, err, "")
		n := 0
		for _, q := range quotas {
			for seat := range q.Seats + 1 {
				n++
				id := accepted(t, town, officer, q.Office, n)
				want := ""
				if seat == q.Seats {
					want = "class.full"
				}
				wantError(t, a.TakeSeat(ctx, officer, newOp(), class, id, ""), want)
			}
		}
		v, err := a.GetClass(ctx, officer, class)
		wantError(t, err, "")
		if v.Seats != 25 || v.Taken != 25 || len(v.SeatList) != 25 || v.State != jaring.ClassIsRunning || v.TakenOf[town.Branch] != 10 || v.TakenOf[town.Batanghari] != 3 {
			t.Fatalf("%+v %v", v.ClassRecord, v.TakenOf)
		}
		for i := range 2 {
			if i == 1 {
				town.Pass(24 * time.Hour)
			}
			for _, s := range v.SeatList {
				at, err := a.Attend(ctx, officer, newOp(), class, jaring.BadgeText(s.Badge))
				if wantError(t, err, ""); at == nil || at.Again || at.Name != s.Name || at.Day != day.Add(i) {
					t.Fatalf("%+v", at)
				}
			}
		}
		var judged []jaring.Judged
		for i, s := range v.SeatList {
			judged = append(judged, jaring.Judged{Application: s.Application, TestScore: 70 + i, Practice: jaring.PracticeDone})
		}
		wantError(t, a.JudgeClass(ctx, officer, newOp(), class, judged), "")
		people, err := a.CertifyClass(ctx, head, newOp(), class, day.Add(365), jaring.Powers)
		wantError(t, err, "")
		perOffice, logins := map[jaring.OfficeID]int{}, map[string]bool{}
		for _, g := range people {
			agent, err := town.Auth.ActorOfAccount(ctx, g.Account)
			wantError(t, err, "")
			wantError(t, agent.Licensed(jaring.PowerRegister, town.Now(), day.Add(1)), "")
			perOffice[agent.Office]++
			logins[g.Login] = true
		}
		for _, q := range quotas {
			if perOffice[q.Office] != q.Seats {
				t.Errorf("%d agents of an office that had %d seats", perOffice[q.Office], q.Seats)
			}
		}
		if len(logins) != 25 {
			t.Errorf("%d log-ins", len(logins))
		}
		wantError(t, a.CloseClass(ctx, officer, newOp(), class), "")
		if diffs, _, _, err := a.Recount(ctx); err != nil || len(diffs) > 0 {
			t.Errorf("%v %v", diffs, err)
		}
		if damages, _, _, err := a.Verify(ctx); err != nil || len(damages) > 0 {
			t.Errorf("%+v %v", damages, err)
		}
	})
}

// Two officers and one last seat, many times: one gets it, the other is told so.
func TestTheLastSeat(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
		n := 0
		for range 4 {
			class, err := a.AddClass(ctx, town.Officer, newOp(), jaring.Class{Name: "Kelas", Office: town.Branch, From: day, To: day, Quotas: []jaring.Quota{{Office: town.Branch, Seats: 1}}})
			wantError(t, err, "")
			var who []jaring.ApplicationID
			for range 4 {
				n++
				who = append(who, accepted(t, town, town.Officer, town.Branch, n))
			}
			got, full := race(len(who), func(i int) error {
				actor := []jaring.Actor{town.Officer, town.Head}[i%2]
				return a.TakeSeat(ctx, actor, newOp(), class, who[i], town.Branch)
			}, "class.full")
			v, err := a.GetClass(ctx, town.Officer, class)
			wantError(t, err, "")
			if got != 1 || full != 3 || v.Taken != 1 {
				t.Errorf("%d got the seat, %d were told that it is taken, %d seats taken", got, full, v.Taken)
			}
			wantError(t, a.CloseClass(ctx, town.Officer, newOp(), class), "")
		}
	})
}

// race does n acts at once and counts those that were done and those refused with key.
func race(n int, act func(int) error, key string) (done, refused int) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	for i := range n {
		wait.Go(func() {
			err := act(i)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				done++
			case jaring.KeyOf(err) == key:
				refused++
			}
		})
	}
	wait.Wait()
	return done, refused
}

// One applicant and two classes at once: he sits in one of them. And whoever is turned
// down at that moment sits in none.
func TestNobodySitsTwice(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a, day := t.Context(), town.App, jaring.NewDay(2026, 11, 21)
		var classes []jaring.ClassID
		for range 3 {
			class, err := a.AddClass(ctx, town.Officer, newOp(), jaring.Class{Name: "Kelas", Office: town.Branch, From: day, To: day, Quotas: []jaring.Quota{{Office: town.Branch, Seats: 9}}})
			wantError(t, err, "")
			classes = append(classes, class)
		}
		for n := range 4 {
			id := accepted(t, town, town.Officer, town.Branch, n)
			got, told := race(len(classes), func(i int) error { return a.TakeSeat(ctx, town.Officer, newOp(), classes[i], id, "") }, "class.seated")
			if got != 1 || told != 2 {
				t.Errorf("%d seats, %d refused", got, told)
			}
		}
		for n := range 4 {
			id := accepted(t, town, town.Officer, town.Branch, 10+n)
			done := make([]error, 2)
			race(2, func(i int) error {
				if i == 0 {
					done[i] = a.TakeSeat(ctx, town.Officer, newOp(), classes[0], id, "")
				} else {
					done[i] = a.DecideApplication(ctx, town.Head, newOp(), id, jaring.ApplicationIsRejected, "ternyata pindah")
				}
				return done[i]
			}, "")
			if (done[0] == nil) == (done[1] == nil) {
				t.Errorf("seated: %v, turned down: %v", done[0], done[1])
			}
		}
	})
}

// twice does an act two times under one id and with one more content: the second time
// nothing happens, the third is a conflict.
func twice(t *testing.T, name string, act func(id jaring.OperationID, other bool) (any, error)) {
	t.Helper()
	id := newOp()
	one, err := act(id, false)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	two, err := act(id, false)
	if err != nil || fmt.Sprint(one) != fmt.Sprint(two) {
		t.Errorf("%s told again: %v, first %v: %v", name, two, one, err)
	}
	if _, err := act(id, true); jaring.KeyOf(err) != "operation.conflict" {
		t.Errorf("%s with other content: %v", name, err)
	}
}

func TestEveryActToldAgainIsOneAct(t *testing.T) {
	jaringtest.Databases(t, func(t *testing.T, db *store.DB) {
		town := jaringtest.NewTown(t, db)
		ctx, a, by, day := t.Context(), town.App, town.Head, jaring.NewDay(2026, 11, 21)
		pick := func(other bool, one, two string) string {
			if other {
				return two
			}
			return one
		}
		var someone jaring.ApplicationID
		twice(t, "apply", func(id jaring.OperationID, other bool) (any, error) {
			f := applicant(town, town.Branch, 1)
			f.Background, someone = pick(other, "trader", "union"), jaring.ApplicationID(id)
			return a.AddApplication(ctx, id, f)
		})
		second := accepted(t, town, by, town.Branch, 2)
		twice(t, "present", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.PresentApplicant(ctx, by, id, jaring.ApplicationID(pick(other, string(someone), string(second))))
		})
		twice(t, "decide", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.DecideApplication(ctx, by, id, someone, jaring.ApplicationIsAccepted, pick(other, "", "punya warung"))
		})
		var class jaring.ClassID
		twice(t, "class", func(id jaring.OperationID, other bool) (any, error) {
			class = jaring.ClassID(id)
			return a.AddClass(ctx, by, id, jaring.Class{Name: pick(other, "Kelas", "Kelas lain"), Office: town.Branch, From: day, To: day, Quotas: []jaring.Quota{{Office: town.Branch, Seats: 5}}})
		})
		twice(t, "seat", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.TakeSeat(ctx, by, id, class, jaring.ApplicationID(pick(other, string(someone), string(second))), town.Branch)
		})
		v, err := a.GetClass(ctx, by, class)
		wantError(t, err, "")
		twice(t, "attend", func(id jaring.OperationID, other bool) (any, error) {
			seen, err := a.Attend(ctx, by, id, class, pick(other, v.SeatList[0].Badge, "J7K4M2QX9TRVA"))
			return fmt.Sprint(seen), err
		})
		twice(t, "judge", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.JudgeClass(ctx, by, id, class, []jaring.Judged{{Application: someone, TestScore: 80, Practice: jaring.PracticeDone, Note: pick(other, "", "x")}})
		})
		var agent jaring.AccountID
		twice(t, "certify the class", func(id jaring.OperationID, other bool) (any, error) {
			powers := []jaring.Power{jaring.Power(pick(other, "register", "cash"))}
			people, err := a.CertifyClass(ctx, by, id, class, day.Add(100), powers)
			if err != nil {
				return nil, err
			}
			agent = people[0].Account
			return []any{len(people), people[0].Number, people[0].Login}, nil
		})
		var number string
		twice(t, "certify", func(id jaring.OperationID, other bool) (any, error) {
			no, err := a.CertifyOnce(ctx, by, id, app.CertificateForm{Account: agent, From: day, Until: day.Add(len(pick(other, "a", "ab"))), Powers: jaring.Powers})
			if err == nil {
				number = no
			}
			return no, err
		})
		twice(t, "stop", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.StopCertificate(ctx, by, id, number, jaring.CertificateIsStopped, pick(other, "diperiksa dulu", "alasan lain"))
		})
		twice(t, "close", func(id jaring.OperationID, other bool) (any, error) {
			if other {
				return nil, a.CloseClass(ctx, town.Officer, id, class) // somebody else's act under that id
			}
			return nil, a.CloseClass(ctx, by, id, class)
		})
		twice(t, "add kit", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.AddKit(ctx, by, id, jaring.Jacket, []string{pick(other, "J-1", "J-2")}, town.Branch)
		})
		things, _, err := a.FindKit(ctx, by, "", "", "")
		wantError(t, err, "")
		twice(t, "hand out", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.HandOutKit(ctx, by, id, things[0].ID, jaring.AccountID(pick(other, string(agent), string(town.Agent.Account))))
		})
		twice(t, "take back", func(id jaring.OperationID, other bool) (any, error) {
			return nil, a.ReturnKit(ctx, by, id, things[0].ID, jaring.KitIsWornOut, pick(other, "", "sobek"))
		})
		events(t, db, string(class), jaring.ClassAdded, jaring.SeatTaken, jaring.Attended, jaring.ClassJudged, jaring.ClassClosed)
		events(t, db, string(agent), jaring.AccountAdded, jaring.CertificateIssued, jaring.CertificateIssued, jaring.CertificateRevoked, jaring.CertificateSuspended)
		events(t, db, string(things[0].ID), jaring.KitAdded, jaring.KitHandedOut, jaring.KitReturned)
		events(t, db, string(someone), jaring.ApplicationReceived, jaring.ApplicationPresented, jaring.ApplicationDecided)
	})
}

// events compares the kinds in a subject's chain, and looks for names in them.
func events(t *testing.T, db *store.DB, subject string, want ...jaring.EventKind) {
	t.Helper()
	var got []jaring.EventKind
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		got = nil
		es, err := tx.FindEvents(subject)
		for _, e := range es {
			got = append(got, e.Kind)
			if strings.Contains(string(e.Facts), "Calon") || strings.Contains(string(e.Facts), "+62") {
				t.Errorf("%s tells who it is: %s", e.Kind, e.Facts)
			}
		}
		return err
	})
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, want %v (%v)", got, want, err)
	}
}

// rule finds one of the errors that an act gave, by its field.
func rule(err error, field string) string {
	var es jaring.Errors
	if errors.As(err, &es) {
		for _, e := range es {
			if e.Field == field {
				return e.Key
			}
		}
	}
	var one *jaring.Error
	if errors.As(err, &one) && one.Field == field {
		return one.Key
	}
	return ""
}
