package bench

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/sheet"
	"jaring/internal/sponsor"
)

// rosterWhole measures a list's check, and then its whole way from the file to people in the book.
func rosterWhole(o Options, tell func(Result)) error {
	if err := rosterCheck(o, tell); err != nil {
		return err
	}
	r, err := rosterEnrol(context.Background(), o)
	if err == nil {
		tell(r)
	}
	return err
}

// rosterEnrol sends a list as CSV, has it judged against the book and staged, and enters its people in one
// transaction; raw is the engine that puts the same rows into the same tables, grouped or by COPY.
func rosterEnrol(ctx context.Context, o Options) (r Result, err error) {
	b, err := newBook(ctx, o)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, b.remove(ctx)) }()
	bare, err := b.copy(ctx)
	if err != nil {
		return r, err
	}
	var steps [2]time.Duration
	ours, url, err := b.onCopy(ctx, func(s *site) (m measured, err error) {
		peak, stop := watchHeap()
		defer stop()
		steps, r.Rows, m.times, err = enrolList(ctx, s, o.Rows)
		m.took = steps[0] + steps[1]
		r.Note = fmt.Sprintf("checked and staged in %.2f s, enrolled in %.2f s, heap at most %d MB, process %d MB; p50 and p99 are of a page of findings",
			steps[0].Seconds(), steps[1].Seconds(), peak.Load()>>20, residentPeak()>>20)
		return m, err
	})
	if err != nil {
		return r, fmt.Errorf("figure: %w", err)
	}
	r.Bench, r.Engine, r.Book, r.Unit = "roster enrol", b.engine(), o.Book, "rows/s"
	r.Figure = float64(r.Rows) / ours.took.Seconds()
	r.P50, r.P99 = quantiles(ours.times)
	if r.Rows > mostRaw {
		return r, nil
	}
	took, err := rawEnrol(ctx, url, b.address(bare))
	if err != nil {
		return r, fmt.Errorf("raw: %w", err)
	}
	r.Raw = float64(r.Rows) / took.Seconds()
	r.Ratio = r.Figure / r.Raw
	return r, nil
}

// mostRaw is up to how many rows the raw engine is asked too: it holds them all in memory.
const mostRaw = 200_000

// residentPeak is the most memory that this process ever had, in bytes; 0 where the system does not tell.
func residentPeak() (bytes int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(rest, &bytes)
		}
	}
	return bytes << 10
}

// pagesRead is how many pages of findings are looked at, from the first on.
const pagesRead = 40

// readPages looks at pages of what was found.
func readPages(ctx context.Context, s *site, who jaring.Actor, id string) (each []time.Duration, err error) {
	for cursor, n := "", 0; n < pagesRead; n++ {
		start := time.Now()
		if _, cursor, err = s.app.FindRosterFindings(ctx, who, id, sponsor.FindingsAsked{Cursor: cursor}); err != nil {
			return nil, err
		}
		each = append(each, time.Since(start))
	}
	return each, nil
}

// enrolList lets a list of so many rows come in, and gives how long it took to judge it and to enter its people, and
// each page of findings.
func enrolList(ctx context.Context, s *site, n int) (steps [2]time.Duration, people int, pages []time.Duration, err error) {
	maker, checker, err := hands(ctx, s)
	if err != nil {
		return steps, 0, nil, err
	}
	giver, err := s.app.AddSponsor(ctx, maker, jaring.OperationID(newID()), jaring.Sponsor{Name: "Kabupaten uji", ContactName: "Uji"})
	if err != nil {
		return steps, 0, nil, err
	}
	month := jaring.DayIn(time.Now(), app.Zone("")).Month()
	agreement, err := s.app.AddAgreement(ctx, maker, jaring.OperationID(newID()), giver, jaring.Agreement{Kind: jaring.SponsorAPBD, Number: "1", Decree: "1", FirstMonth: month, Months: 12,
		Programs: jaring.Programs{jaring.JKK, jaring.JKM}, CeilingAmount: 10_000_000_000_000, CeilingPeople: 10_000_000, Terms: jaring.Terms{Area: string(regency)}})
	if err != nil {
		return steps, 0, nil, err
	}
	if err := s.app.ApproveAgreement(ctx, checker, jaring.OperationID(newID()), giver, agreement, 1); err != nil {
		return steps, 0, nil, err
	}
	start := time.Now()
	id, err := s.app.StreamRoster(ctx, maker, jaring.OperationID(newID()), giver, agreement, "daftar.csv", listText(n))
	if err == nil {
		err = s.app.TurnRosters(ctx)
	}
	if err != nil {
		return steps, 0, nil, err
	}
	steps[0] = time.Since(start)
	v, err := s.app.GetRoster(ctx, checker, id)
	if err != nil || v.State != jaring.RosterReady {
		return steps, 0, nil, errors.Join(err, fmt.Errorf("the list is %s", v.State))
	}
	if pages, err = readPages(ctx, s, maker, id); err != nil {
		return steps, 0, nil, err
	}
	start = time.Now()
	err = s.app.ApproveRoster(ctx, checker, jaring.OperationID(newID()), id, sponsor.Approval{Version: v.Version, People: v.People, Amount: v.Amount})
	if err == nil {
		err = s.app.TurnRosters(ctx)
	}
	steps[1] = time.Since(start)
	if err != nil {
		return steps, 0, nil, err
	}
	if v, err = s.app.GetRoster(ctx, checker, id); err == nil && v.State != jaring.RosterToPay {
		err = fmt.Errorf("the list is %s", v.State)
	}
	return steps, n, pages, err
}

// hands are two people who may make and approve, and the opening of spreadsheets.
func hands(ctx context.Context, s *site) (maker, checker jaring.Actor, err error) {
	s.app.OpenRoster = func(r io.ReaderAt, size int64) (app.RosterFile, error) {
		return sheet.OpenRoster(r, size, i18n.ID, sheet.Options{})
	}
	hire := func(login, name string, role jaring.Role) (actor jaring.Actor) {
		if err != nil {
			return actor
		}
		id, _, e := s.auth.AddAccount(ctx, jaring.System, auth.NewAccount{Login: login, Name: name, Role: role, Office: s.agent.Office})
		if err = e; err == nil {
			actor, err = s.auth.ActorOfAccount(ctx, id)
		}
		return actor
	}
	return hire("pembuat", "Pembuat Daftar", jaring.RoleOfficer), hire("pemeriksa", "Pemeriksa Daftar", jaring.RoleBranchHead), err
}

// listText is a list of so many rows as CSV, made while it is read.
func listText(n int) io.Reader {
	in, to := io.Pipe()
	go func() {
		out := csv.NewWriter(to)
		err := errors.Join(out.Write(listHeading), eachListed(n, out.Write))
		out.Flush()
		_ = to.CloseWithError(errors.Join(err, out.Error()))
	}()
	return in
}
