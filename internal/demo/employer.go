package demo

import (
	"context"
	"encoding/json"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// Story D, its beginning: small businesses register, with their workers, and pay by the month. One of them is late.
const (
	ownerSerials = 9550 // serials of these people are above it
	ownerHired   = 40   // days before the present
	ownerBilled  = 18
)

// owners are the invented employers of the demo.
var owners = []struct {
	name, contact, sector string
	size                  jaring.SizeClass
	risk, workers         int
	wage                  jaring.Rupiah
	late                  bool
}{
	{"Konveksi Batanghari Jaya (contoh)", "Bu Tini", "textile", jaring.SizeSmall, 2, 6, 2_600_000, false},
	{"Warung Makan Sederhana Bu Ida (contoh)", "Bu Ida", "food", jaring.SizeMicro, 1, 2, 1_800_000, false},
	{"Bengkel Las Sinar Jaya (contoh)", "Pak Darmo", "services", jaring.SizeMicro, 4, 3, 2_400_000, true},
}

// StoryD is what became of the employers as the system counts them.
type StoryD struct {
	Employers int           `json:"employers"`
	Workers   int           `json:"workers"`
	Protected int           `json:"protected"` // today
	Paid      jaring.Rupiah `json:"paid"`
	Open      jaring.Rupiah `json:"open"`
	Told      []ToldFigure  `json:"told"` // the target and the potential
}

// Tell says the story in one sentence.
func (s *StoryD) Tell() (string, jaring.Args) {
	return "demo.story_d", jaring.Args{"n": s.Employers, "workers": s.Workers, "protected": s.Protected, "sum": s.Open}
}

// keptD is what is known of story D afterwards.
type keptD struct {
	Employers []jaring.EmployerID `json:"employers"`
}

var storyD = story{
	plan:    func(b *builder) int { b.planFigures(reportedD); b.planOwners(); return 0 },
	kept:    func(b *builder) any { return b.owners },
	figures: readStoryD,
}

func (b *builder) planOwners() {
	people := b.apart(ownerSerials, "d")
	hired, billed := b.today.Add(-ownerHired), b.today.Add(-ownerBilled)
	b.on(hired).at(hourDesk+time.Hour, func(ctx context.Context) error { return b.hireByOwners(ctx, people, hired) })
	b.on(billed).at(hourDesk+time.Hour, func(ctx context.Context) error { return b.billOwners(ctx, hired.Month(), billed) })
}

// hireByOwners registers the businesses, and who works there.
func (b *builder) hireByOwners(ctx context.Context, people *crowd, d jaring.Day) error {
	desk, err := b.actor(ctx, b.desk[deskOf(home)])
	if err != nil {
		return err
	}
	for _, o := range owners {
		place := people.village("15.71")
		id, err := b.app.RegisterEmployer(ctx, desk, newOperation(), jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: o.name, Area: string(place.Code), Sector: o.sector,
			RiskClass: o.risk, SizeClass: o.size, ContactName: o.contact})
		if err != nil {
			return err
		}
		b.owners.Employers = append(b.owners.Employers, id)
		for range o.workers {
			e := &entry{person: people.person("15.71", d), months: 1}
			e.birthDate = e.birth
			r := e.form(b.Notice, b.clock.now())
			r.Programs, r.Months, r.MonthlyIncome = nil, 0, nil
			if _, err := b.app.AddEmployee(ctx, desk, newOperation(), id, app.EmployeeForm{Person: r, Wage: o.wage, Position: r.Occupation, From: d}); err != nil {
				return err
			}
		}
	}
	return nil
}

// billOwners bills the month in which they hired; all but the late one pay.
func (b *builder) billOwners(ctx context.Context, month jaring.Month, d jaring.Day) error {
	desk, err := b.actor(ctx, b.desk[deskOf(home)])
	if err != nil {
		return err
	}
	for i, id := range b.owners.Employers {
		bill, err := b.app.BillEmployer(ctx, desk, newOperation(), string(id), month)
		if err != nil {
			return err
		}
		if owners[i].late {
			continue
		}
		paid := wire.Settlement{Amount: bill.ToPay(), Channel: "bank", Reference: "TRF " + bill.Code, PaidOn: d}
		if _, err := b.app.SettleEmployerBill(ctx, desk, newOperation(), string(id), bill.ID, paid); err != nil {
			return err
		}
	}
	b.open = true
	return nil
}

// readStoryD counts the employers by their pages and bills.
func readStoryD(ctx context.Context, h House, kept json.RawMessage) (any, error) {
	var k keptD
	if err := json.Unmarshal(kept, &k); err != nil {
		return nil, err
	}
	out := &StoryD{Employers: len(k.Employers)}
	for _, id := range k.Employers {
		e, err := h.App.GetEmployer(ctx, jaring.System, string(id))
		if err != nil {
			return nil, err
		}
		out.Workers, out.Protected, out.Open = out.Workers+e.Working, out.Protected+e.Protected, out.Open+e.Open
		bills, err := h.App.FindEmployerBills(ctx, jaring.System, string(id))
		if err != nil {
			return nil, err
		}
		for _, b := range bills {
			if b.State == "settled" {
				out.Paid += b.ToPay()
			}
		}
	}
	var err error
	out.Told, err = readFigures(ctx, h.App, h, reportedD)
	return out, err
}
