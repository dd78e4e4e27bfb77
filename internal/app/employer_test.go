package app_test

import (
	"encoding/json"
	"sync"
	"testing"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/wire"
)

// workshop is a small business of the town, with the form that made it.
func workshop(t *testing.T, town *jaringtest.Town, change func(*jaring.EmployerForm)) jaring.EmployerID {
	t.Helper()
	f := jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: "Bengkel Las Sinar Jaya", Area: jaringtest.Legok, Sector: "services", RiskClass: 3,
		SizeClass: jaring.SizeSmall, ContactName: "Pak Darmo", ContactPhone: "0812-3456-7890"}
	if change != nil {
		change(&f)
	}
	id, err := town.App.RegisterEmployer(t.Context(), town.Officer, op(), f)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// employee is the form of the n-th person of the town as a worker.
func employee(t *testing.T, n int, wage jaring.Rupiah, change func(*wire.Registration)) app.EmployeeForm {
	t.Helper()
	f := app.EmployeeForm{Wage: wage, Position: "tukang las"}
	if err := json.Unmarshal(jaringtest.JSON(jaringtest.Person(n)), &f.Person); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&f.Person)
	}
	return f
}

func hire(t *testing.T, town *jaringtest.Town, id jaring.EmployerID, n int, wage jaring.Rupiah) *app.Employed {
	t.Helper()
	e, err := town.App.AddEmployee(t.Context(), town.Officer, op(), id, employee(t, n, wage, nil))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestRegisterEmployer(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, one := t.Context(), op()
		f := jaring.EmployerForm{Kind: jaring.EmployerIndividual, Name: "Warung Bu Tini", NIB: "91 2000 1234567", Area: jaringtest.Legok, RiskClass: 1,
			SizeClass: jaring.SizeMicro, Extra: []string{"jht"}, ContactName: "Bu Tini"}
		for range 2 {
			if id, err := town.App.RegisterEmployer(ctx, town.Officer, one, f); err != nil || id != jaring.EmployerID(one) {
				t.Fatal(id, err)
			}
		}
		_, err := town.App.RegisterEmployer(ctx, town.Officer, op(), f)
		wantKey(t, err, jaring.Conflict, "employer.nib_taken")
		_, err = town.App.RegisterEmployer(ctx, town.Auditor, op(), f)
		wantKey(t, err, jaring.Forbidden, "error.forbidden")
		f.Office = town.Palembang
		_, err = town.App.RegisterEmployer(ctx, town.Officer, op(), f)
		wantKey(t, err, jaring.Forbidden, "error.out_of_area")
		_, err = town.App.RegisterEmployer(ctx, town.Officer, op(), jaring.EmployerForm{Kind: "firma", NIB: "12", Area: "99.99", Extra: []string{"JKP"}})
		if all, _ := err.(jaring.Errors); len(all) != 8 {
			t.Errorf("all at once: %v", err)
		}
		v, err := town.App.GetEmployer(ctx, town.Auditor, string(one))
		if err != nil || v.NIB != "9120001234567" || v.Programs.String() != "JKK+JKM+JHT" {
			t.Fatalf("%+v %v", v, err)
		}
		f.Office, f.SizeClass = "", jaring.SizeMedium
		if err := town.App.ChangeEmployer(ctx, town.Officer, op(), string(one), v.Version, f); err != nil {
			t.Fatal(err)
		}
		err = town.App.ChangeEmployer(ctx, town.Officer, op(), string(one), v.Version, f)
		wantKey(t, err, jaring.Conflict, "employer.changed_meanwhile")
	})
}

// A new person, one who is an own-account worker already, and all that cannot be.
func TestAddEmployee(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		ctx, one := t.Context(), op()
		id := workshop(t, town, nil)
		own := town.Register(town.Agent, 1) // BPU
		f := employee(t, 2, 3_000_000, nil)
		first, err := town.App.AddEmployee(ctx, town.Officer, one, id, f)
		if err != nil || first.Known || first.Outcome.Kind != jaring.Accepted || first.RegistrationNo == "" {
			t.Fatalf("%+v %v", first, err)
		}
		again, err := town.App.AddEmployee(ctx, town.Officer, one, id, f)
		if err != nil || again.Worker != first.Worker || again.Outcome.Kind != jaring.Same {
			t.Fatalf("%+v %v", again, err)
		}
		known, err := town.App.AddEmployee(ctx, town.Officer, op(), id, employee(t, 1, 2_500_000, nil))
		if err != nil || !known.Known || known.Worker != own {
			t.Fatalf("%+v %v", known, err)
		}
		v, err := town.App.GetWorker(ctx, town.Officer, own)
		if err != nil || len(v.All) != 2 || v.Membership.Segment != jaring.BPU || v.All[1].Segment != jaring.PU || v.All[1].Programs.String() != "JKK+JKM+JHT" {
			t.Fatalf("%+v %v", v, err)
		}
		_, err = town.App.AddEmployee(ctx, town.Officer, op(), id, employee(t, 1, 2_500_000, nil))
		wantKey(t, err, jaring.Conflict, "employee.already")
		_, err = town.App.AddEmployee(ctx, town.Officer, op(), id, employee(t, 1, 2_500_000, func(p *wire.Registration) { p.Name = "Siti Zubaidah" }))
		wantKey(t, err, jaring.Conflict, "employee.differs")
		_, err = town.Do(town.Officer, jaring.ActContribute, map[string]any{"worker_id": first.Worker, "months": 1})
		wantKey(t, err, jaring.Conflict, "contribution.by_employer")
		old := employee(t, 3, 3_000_000, func(p *wire.Registration) {
			birth := jaring.NewDay(1950, 5, 17)
			p.BirthDate, p.NIK = birth.String(), jaringtest.SyntheticNIK("157104", birth, jaring.Sex(p.Sex), 9001)
		})
		if e, err := town.App.AddEmployee(ctx, town.Officer, op(), id, old); err != nil || e.Outcome.Kind != jaring.Accepted {
			t.Errorf("the entry age of BPU is no rule of PU: %+v %v", e, err)
		}
		bad := employee(t, 4, 0, func(p *wire.Registration) { p.NIK, p.Consent = "157", nil })
		bad.From = jaring.DayIn(town.Now(), app.Zone("")).Add(1)
		_, err = town.App.AddEmployee(ctx, town.Officer, op(), id, bad)
		if all, _ := err.(jaring.Errors); len(all) != 4 {
			t.Errorf("all at once: %v", err)
		}
		page, err := town.App.GetEmployer(ctx, town.Officer, string(id))
		if err != nil || len(page.People) != 3 || page.Working != 3 || page.Protected != 0 {
			t.Fatalf("%+v %v", page, err)
		}
		wantSound(t, town)
	})
}

// However many desks and phones enter one NIK at the same moment, it is one record.
func TestOneNIKIsOneRecordUnderRaces(t *testing.T) {
	onBoth(t, func(t *testing.T, town *jaringtest.Town) {
		id := workshop(t, town, nil)
		var wg sync.WaitGroup
		workers := make([]jaring.WorkerID, 6)
		for i := range workers {
			wg.Go(func() {
				if i%3 == 0 {
					if o, err := town.Do(town.Agent, jaring.ActRegisterWorker, jaringtest.Person(1)); err == nil && o.Kind == jaring.Accepted {
						workers[i] = o.Worker
					}
					return
				}
				if e, err := town.App.AddEmployee(t.Context(), town.Officer, op(), id, employee(t, 1, 3_000_000, nil)); err == nil {
					workers[i] = e.Worker
				} else if jaring.KeyOf(err) != "employee.already" {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		seen := map[jaring.WorkerID]bool{}
		for _, w := range workers {
			if w != "" {
				seen[w] = true
			}
		}
		page, err := town.App.GetEmployer(t.Context(), town.Officer, string(id))
		if err != nil || len(seen) != 1 || len(page.People) != 1 {
			t.Fatalf("%v %+v %v", seen, page, err)
		}
		v, err := town.App.GetWorker(t.Context(), town.Officer, page.People[0].Worker.ID)
		if err != nil || len(v.All) != 2 { // one as own-account worker, one as wage worker, whoever came first
			t.Errorf("%d memberships, %v", len(v.All), err)
		}
		wantSound(t, town)
	})
}
