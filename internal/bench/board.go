package bench

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"

	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// The sweep whose board is measured.
const (
	boardAgents    = 25
	boardCaptures  = 2000
	boardLots      = 412
	boardLaneLots  = 40
	boardTeamSize  = 5
	boardVillage   = "15.71.04.1002"
	captureEvery   = 50 * time.Millisecond // while the board is watched
	computedAnew   = 20
	rawBoardRounds = 20
)

// board measures the board of a sweep over HTTP, with 32 screens that ask as fast as they can
// while registrations arrive, against plain readings of the same rows.
func board(ctx context.Context, b *book, o Options) (r Result, err error) {
	var anew time.Duration
	var id jaring.CampaignID
	m, url, err := b.onCopy(ctx, func(s *site) (m measured, err error) {
		sweep, err := newSweep(ctx, s)
		if err != nil {
			return m, err
		}
		id = sweep.id
		requests := make([][]byte, o.Rows)
		for i := range requests {
			requests[i] = request("GET", "/api/v1/campaigns/"+string(id)+"/board", s.cookie, "", nil)
		}
		stop := sweep.goOn(ctx)
		m, err = shoot(s.addr, Connections, requests, func(status int) bool { return status == http.StatusOK })
		if stopErr := stop(); err == nil {
			err = stopErr
		}
		if err == nil {
			anew, err = sweep.compute(ctx)
		}
		return m, err
	})
	if err != nil {
		return r, err
	}
	raw, err := rawBoard(ctx, url, id)
	if err != nil {
		return r, err
	}
	r = Result{Bench: "board", Engine: b.engine(), Rows: o.Rows, Book: o.Book, Unit: "boards/s", Figure: float64(o.Rows) / m.took.Seconds(), Raw: 1 / raw.Seconds(),
		Note: fmt.Sprintf("%d screens; %d agents, %d registrations, %d stalls; one computed anew takes %.1f ms", Connections, boardAgents, boardCaptures, boardLots, float64(anew.Microseconds())/1000)}
	r.Ratio = r.Figure / r.Raw
	r.P50, r.P99 = quantiles(m.times)
	return r, nil
}

// sweep is a sweep that runs, with people of the book as those who were registered.
type sweep struct {
	*site
	id      jaring.CampaignID
	agents  []jaring.AccountID
	workers []jaring.WorkerID
	lots    []jaring.LotID
	n       int
}

func newSweep(ctx context.Context, s *site) (*sweep, error) {
	by := jaring.System
	by.Office, by.Offices = s.agent.Office, []jaring.OfficeID{s.agent.Office}
	w := &sweep{site: s}
	market, err := s.app.AddPlace(ctx, by, "market", "Pasar uji", boardVillage)
	if err != nil {
		return nil, err
	}
	if err := w.draw(ctx, by, market); err != nil {
		return nil, err
	}
	w.id, err = s.app.PlanCampaign(ctx, by, jaring.OperationID(newID()), jaring.CampaignForm{Kind: jaring.KindSweep, Name: "Grebek uji", Office: s.agent.Office, Place: market,
		OpensAt: time.Now(), ClosesAt: time.Now().Add(2 * time.Hour), SealHours: jaring.DefaultSealHours, Rewards: jaring.DefaultRewards})
	if err != nil {
		return nil, err
	}
	if err := w.gather(ctx, by); err != nil {
		return nil, err
	}
	if err := s.app.MoveCampaign(ctx, by, jaring.OperationID(newID()), w.id, jaring.CampaignIsOpen, ""); err != nil {
		return nil, err
	}
	if err := w.find(ctx); err != nil {
		return nil, err
	}
	return w, w.add(ctx, boardCaptures)
}

// draw makes the lanes and lots of the market.
func (w *sweep) draw(ctx context.Context, by jaring.Actor, market jaring.PlaceID) error {
	var forms []jaring.LaneForm
	for first := 1; first <= boardLots; first += boardLaneLots {
		numbers, err := jaring.LotRange(first, min(first+boardLaneLots-1, boardLots))
		if err != nil {
			return err
		}
		forms = append(forms, jaring.LaneForm{Name: fmt.Sprintf("L%d", len(forms)+1), Trade: "campuran", Numbers: numbers})
	}
	if err := w.app.DrawLanes(ctx, by, market, forms); err != nil {
		return err
	}
	plan, err := w.app.Market(ctx, market)
	if err != nil {
		return err
	}
	for _, lots := range plan.Lots {
		for _, l := range lots {
			w.lots = append(w.lots, l.ID)
		}
	}
	return nil
}

// gather makes the agents and their teams; the book's own agent, who watches, is one of them.
func (w *sweep) gather(ctx context.Context, by jaring.Actor) error {
	w.agents = []jaring.AccountID{w.agent.Account}
	for n := 1; n < boardAgents; n++ {
		id, _, err := w.auth.AddAccount(ctx, jaring.System, auth.NewAccount{Login: fmt.Sprintf("kader%d", n), Name: word(n*7) + " " + word(n*31), Role: jaring.RoleAgent, Office: w.agent.Office})
		if err != nil {
			return err
		}
		w.agents = append(w.agents, id)
	}
	var teams []jaring.Team
	for first := 0; first < len(w.agents); first += boardTeamSize {
		teams = append(teams, jaring.Team{Name: fmt.Sprintf("Regu %d", len(teams)+1), Members: w.agents[first:min(first+boardTeamSize, len(w.agents))]})
	}
	return w.app.SetTeams(ctx, by, jaring.OperationID(newID()), w.id, 1, teams)
}

// find takes people of the book; a small book lends some twice.
func (w *sweep) find(ctx context.Context) error {
	return w.db.Read(ctx, func(tx *store.Tx) error {
		found, err := tx.FindWorkers(store.WorkerQuery{Agent: w.agent.Account, Limit: boardCaptures})
		for _, p := range found {
			w.workers = append(w.workers, p.ID)
		}
		if err == nil && len(w.workers) == 0 {
			err = jaring.NewError(jaring.Invalid, "bench.rows")
		}
		return err
	})
}

// add adds n captures with their stalls.
func (w *sweep) add(ctx context.Context, n int) error {
	now := time.Now()
	err := w.db.Write(ctx, func(tx *store.Tx) error {
		for i := w.n; i < w.n+n; i++ {
			c := jaring.SweepCapture{Campaign: w.id, Worker: w.workers[i%len(w.workers)], Operation: jaring.OperationID(newID()), Agent: w.agents[i%len(w.agents)], Kind: jaring.CaptureNew,
				Lot: w.lots[i%len(w.lots)], Occupation: "pedagang sayur", TakenAt: now.Add(time.Duration(i) * time.Microsecond), ReceivedAt: now, Trusted: true}
			if err := tx.AddSweepCapture(c); err != nil {
				return err
			}
			if err := tx.AddLotVisit(store.LotVisit{Campaign: c.Campaign, Lot: c.Lot, Operation: c.Operation, Outcome: jaring.LotRegistered, Worker: c.Worker, Agent: c.Agent,
				TakenAt: c.TakenAt, ReceivedAt: c.ReceivedAt, Trusted: true}); err != nil {
				return err
			}
		}
		return nil
	})
	w.n += n
	w.app.Changed()
	return err
}

// goOn lets registrations arrive until it is stopped.
func (w *sweep) goOn(ctx context.Context) (stop func() error) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		tick := time.NewTicker(captureEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				done <- nil
				return
			case <-tick.C:
				if err := w.add(context.WithoutCancel(ctx), 1); err != nil {
					done <- err
					return
				}
			}
		}
	}()
	return func() error { cancel(); return <-done }
}

// compute is how long one board takes that nobody has asked for before.
func (w *sweep) compute(ctx context.Context) (time.Duration, error) {
	start := time.Now()
	for range computedAnew {
		w.app.Changed()
		if _, err := w.app.Board(ctx, w.agent, w.id); err != nil {
			return 0, err
		}
	}
	return time.Since(start) / computedAnew, nil
}

// rawBoardSQL are plain readings of the rows that a board is computed from.
var rawBoardSQL = []string{
	`SELECT worker_id, operation_id, agent_id, kind, lot_id, occupation, taken_at, received_at, trusted, decided FROM sweep_capture WHERE campaign_id = $1`,
	`SELECT worker_id, status, merged_into, registered_at FROM worker WHERE worker_id IN (SELECT worker_id FROM sweep_capture WHERE campaign_id = $1)`,
	`SELECT lot_id, operation_id, outcome, taken_at, received_at, trusted FROM lot_visit WHERE campaign_id = $1`,
	`SELECT l.lot_id, l.lane_id, l.number, l.ord FROM lot l JOIN lane n ON n.lane_id = l.lane_id JOIN campaign c ON c.place_id = CAST(n.place_id AS text) WHERE c.campaign_id = $1`,
	`SELECT m.account_id, m.team_id, a.name, a.office_id FROM campaign_member m JOIN account a ON a.account_id = m.account_id WHERE m.campaign_id = $1`,
}

// rawBoard is how long one reading of the rows takes on a plain connection.
func rawBoard(ctx context.Context, url string, id jaring.CampaignID) (time.Duration, error) {
	read := rawBoardPostgres
	if _, ok := isSQLite(url); ok {
		read = rawBoardSQLite
	}
	start := time.Now()
	if err := read(ctx, url, string(id)); err != nil {
		return 0, err
	}
	return time.Since(start) / rawBoardRounds, nil
}

func rawBoardSQLite(ctx context.Context, url, id string) error {
	path, _ := isSQLite(url)
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)&_pragma=cache_size(-16000)")
	if err != nil {
		return err
	}
	defer db.Close()
	for range rawBoardRounds {
		for _, text := range rawBoardSQL {
			rs, err := db.QueryContext(ctx, text, id)
			if err != nil {
				return err
			}
			if err := scanRaw(rs); err != nil {
				return err
			}
		}
	}
	return nil
}

// scanRaw reads rows without looking at them.
func scanRaw(rs *sql.Rows) error {
	defer rs.Close()
	names, err := rs.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rs.Next() {
		if err := rs.Scan(into...); err != nil {
			return err
		}
	}
	return rs.Err()
}

func rawBoardPostgres(ctx context.Context, url, id string) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	for range rawBoardRounds {
		for _, text := range rawBoardSQL {
			rs, err := c.Query(ctx, text, id)
			if err != nil {
				return err
			}
			for rs.Next() {
				_ = rs.RawValues()
			}
			rs.Close()
			if err := rs.Err(); err != nil {
				return err
			}
		}
	}
	return nil
}
