package core_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"jaring/internal/core"
	"jaring/internal/jaring"
)

// A branch sends two people to the core, hears of one and is refused the other, and
// compares at the end of the day. In a server the port comes from core.Open and the
// cursor is kept beside what the answers did.
func Example() {
	sim, err := core.NewSimulator(core.SimulatorOptions{Now: func() time.Time { return time.Date(2026, 1, 6, 3, 0, 0, 0, time.UTC) }})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(sim.Handler())
	defer server.Close()
	port, err := core.Open(server.URL, core.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	people := []core.Enrolment{person("1", "3404075512909001", "Siti Aminah"), person("2", "3404075512909002", "Siti Tolak")}
	if err := port.Send(ctx, people); err != nil {
		fmt.Println(err) // unavailable: the same again later
		return
	}

	answers, cursor, err := port.Answers(ctx, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	var view []core.Held
	for _, a := range answers {
		switch a.Verdict {
		case core.Acknowledged:
			fmt.Println("acknowledged, KPJ begins with", a.KPJ[:1], a.Programs, a.From, "to", a.To)
			view = append(view, core.Held{MessageID: a.MessageID, Acknowledged: a.On, KPJ: a.KPJ, Programs: a.Programs, From: a.From, To: a.To})
		case core.Rejected:
			fmt.Println("rejected:", a.Reason.Key())
		}
	}
	answers, _, _ = port.Answers(ctx, cursor)
	fmt.Println("then", len(answers), "more")

	today := view[0].Acknowledged
	rows, err := port.Statement(ctx, today)
	if err != nil {
		fmt.Println(err)
		return
	}
	view[0].To++ // we believe in a month that the core does not know
	report, err := core.Reconcile(today, core.Rows(view), core.Rows(rows), func(d core.Difference) error {
		fmt.Println(d.Kind, d.Ours, d.Theirs)
		return nil
	})
	fmt.Println(report.Differences(), "difference", err)
	// Output:
	// acknowledged, KPJ begins with S JKK+JKM 2026-01 to 2026-03
	// rejected: core.reason.nik_not_found
	// then 0 more
	// months_differ 2026-01…2026-04 2026-01…2026-03
	// 1 difference <nil>
}

func person(n, nik, name string) core.Enrolment {
	worker, membership := jaring.WorkerID("0199b000-0000-7000-8000-00000000000"+n), jaring.MembershipID("0199b000-0000-7000-9000-00000000000"+n)
	number, _ := jaring.ParseNIK(nik)
	return core.Enrolment{
		MessageID: core.NewMessageID(worker, membership), WorkerID: worker, MembershipID: membership,
		NIK: number, Name: name, BirthDate: jaring.NewDay(1990, 12, 15), Sex: jaring.Female,
		Programs: jaring.Programs{jaring.JKK, jaring.JKM}, Funding: jaring.FundingSelf,
		FirstMonth: jaring.NewMonth(2026, 1), LastMonth: jaring.NewMonth(2026, 3), PaidOn: jaring.NewDay(2026, 1, 5), Amount: 50_400,
	}
}
