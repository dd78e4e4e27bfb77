package httpapi

import (
	"strconv"
	"strings"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// worker is a person's page.
type worker struct {
	workerRow
	BirthDate    jaring.Day   `json:"birth_date"`
	BirthPlace   string       `json:"birth_place,omitempty"`
	Phone        string       `json:"phone,omitempty"`
	Village      *areaItem    `json:"village,omitempty"`
	Address      string       `json:"address,omitempty"`
	MotherKnown  bool         `json:"mother_known"`
	Sector       string       `json:"sector"`
	Kind         string       `json:"kind"`
	PlaceName    string       `json:"place_name,omitempty"`
	Heirs        []wire.Heir  `json:"heirs,omitempty"`
	Membership   *membership  `json:"membership,omitempty"`
	Earlier      []membership `json:"earlier_memberships,omitempty" doc:"of who was registered again after the end, the newest first"`
	Quote        *quoteAnswer `json:"quote,omitempty"`
	Payment      *payment     `json:"payment,omitempty"`
	Cover        cover        `json:"cover"`
	Months       []monthState `json:"months"`
	Version      int64        `json:"version"`
	CheckLetters string       `json:"check_letters"`
	Consent      wire.Consent `json:"consent"`
	Warnings     []Finding    `json:"warnings,omitempty"`
	Review       *reviewState `json:"review,omitempty"`
	MergedInto   string       `json:"merged_into,omitempty"`
	OfficeName   string       `json:"office_name"`
	MayChange    bool         `json:"may_change"`
	Cash         *cashInHands `json:"cash,omitempty" doc:"money that agents hold still: do not ask for it again"`
}

type reviewState struct {
	ReviewID  jaring.ReviewID `json:"review_id"`
	Reasons   []Finding       `json:"reasons"`
	Candidate jaring.WorkerID `json:"candidate_id,omitempty"`
	OpenedAt  time.Time       `json:"opened_at"`
}

type membership struct {
	MembershipID jaring.MembershipID `json:"membership_id"`
	Segment      jaring.Segment      `json:"segment"`
	Programs     []string            `json:"programs"`
	Income       jaring.Rupiah       `json:"income,omitempty"`
	LowestBand   bool                `json:"lowest_band"`
	Sector       jaring.Sector       `json:"sector"`
	Funding      jaring.Funding      `json:"funding"`
	FirstMonth   jaring.Month        `json:"first_month"`
	Months       int                 `json:"months"`
	LastMonth    jaring.Month        `json:"last_month"`
	State        string              `json:"state"`
	RegisteredAt time.Time           `json:"registered_at"`
	PaidAt       time.Time           `json:"paid_at,omitzero"`
	PaidOn       jaring.Day          `json:"paid_on,omitzero"`
	ConfirmedAt  time.Time           `json:"confirmed_at,omitzero"`
	KPJ          string              `json:"kpj,omitempty"`
	CoreState    string              `json:"core_state,omitempty"`
	CoreReason   string              `json:"core_reason,omitempty"`
}

func (s *server) membership(w *app.Worker, m *app.Membership) *membership {
	if m == nil || m.ID == "" {
		return nil
	}
	return &membership{MembershipID: m.ID, Segment: m.Segment, Programs: strings.Split(m.Programs.String(), "+"), Income: m.Income, LowestBand: m.LowestBand,
		Sector: m.Sector, Funding: m.Funding, FirstMonth: m.FirstMonth, Months: m.Months, LastMonth: m.LastMonth(), State: string(m.State),
		RegisteredAt: m.RegisteredAt, PaidAt: m.PaidAt, PaidOn: m.PaidOn, ConfirmedAt: m.ConfirmedAt, KPJ: w.KPJ, CoreState: string(m.CoreState), CoreReason: m.CoreReason}
}

// earlier are the memberships before the present one. What was paid has ended with them.
func (s *server) earlier(v *app.WorkerView) (out []membership) {
	for i := len(v.All) - 1; i >= 0; i-- {
		if v.All[i] == v.Membership {
			continue
		}
		m := s.membership(v.Worker, v.All[i])
		if m.State == string(jaring.StatePaid) || m.State == string(jaring.StateConfirmed) {
			m.State = string(jaring.StateEnded)
		}
		out = append(out, *m)
	}
	return out
}

type payment struct {
	Code      string        `json:"code"`
	Amount    jaring.Rupiah `json:"amount"`
	DueDate   jaring.Day    `json:"due_date,omitzero"`
	State     string        `json:"state"`
	PaidOn    jaring.Day    `json:"paid_on,omitzero"`
	Channel   string        `json:"channel,omitempty"`
	Reference string        `json:"reference,omitempty"`
}

func wirePayment(p *jaring.Payment) *payment {
	if p == nil {
		return nil
	}
	return &payment{p.Code, p.Amount, p.Due, p.State, p.SettledOn, p.Channel, p.Reference}
}

type cover struct {
	Status     string     `json:"status"`
	Since      jaring.Day `json:"since,omitzero"`
	Until      jaring.Day `json:"until,omitzero"`
	GraceUntil jaring.Day `json:"grace_until,omitzero"`
	FullMonths int        `json:"full_months" doc:"full months of cover that have passed, in this stay: what the wait of JKM counts"`
	Months     int        `json:"months_contributed" doc:"months of contribution by now, in this stay, those ahead not counted: what a scholarship of JKM counts"`
	Sentence   string     `json:"sentence"`
	IfPaid     []ifPaid   `json:"if_paid,omitempty"`
}

type ifPaid struct {
	On       jaring.Day `json:"on"`
	Sentence string     `json:"sentence"`
}

type monthState struct {
	Month jaring.Month `json:"month"`
	State string       `json:"state" enum:"protected,paid,waiting,grace,none"`
}

func (s *server) workerOf(c *call, v *app.WorkerView) worker {
	w, m := v.Worker, v.Membership
	if v.Payment != nil && v.Payment.Due == 0 {
		v.Payment.Due = m.Quote.Due
	}
	out := worker{workerRow: s.row(c, w), BirthDate: w.BirthDate, BirthPlace: w.BirthPlace, Phone: w.Phone, Address: w.Address, MotherKnown: w.MotherKnown,
		Sector: string(w.Sector), Kind: string(w.Kind), PlaceName: v.PlaceName, Membership: s.membership(w, m), Earlier: s.earlier(v), Quote: s.quoteOfMembership(c.lang, w, m, true),
		Payment: wirePayment(v.Payment), Cover: coverOf(c.lang, v, s.App.Cover), Months: months(v), Version: w.Version, CheckLetters: w.CheckLetters,
		Consent:  wire.Consent{NoticeVersion: w.Consent.NoticeVersion, Channel: w.Consent.Channel, At: w.Consent.At},
		Warnings: wireFindings(c.lang, w.Findings), MergedInto: string(w.MergedInto), OfficeName: v.OfficeName, MayChange: v.MayChange}
	if found, ok := s.App.Areas.Get(area.Code(w.Village)); ok {
		out.Village = s.areaItem(found)
	}
	for _, h := range w.Heirs {
		out.Heirs = append(out.Heirs, wire.Heir(h))
	}
	if v.Cash != nil {
		out.Cash = &cashInHands{v.Cash.Amount, v.Cash.TakenOn, v.Cash.Day, v.Cash.Agent}
	}
	if v.Review != nil {
		out.Review = &reviewState{v.Review.ID, wireFindings(c.lang, v.Review.Reasons), v.Review.Candidate, v.Review.OpenedAt}
	}
	return out
}

// coverOf says where a person stands, in one sentence, and what a payment would do.
func coverOf(lang i18n.Lang, v *app.WorkerView, settings jaring.CoverSettings) cover {
	c := v.Cover
	out := cover{Status: string(v.Worker.Standing), Since: c.Since, Until: c.Until, GraceUntil: c.GraceUntil, FullMonths: c.FullMonths, Months: c.MonthsBegun}
	args := jaring.Args{"date": c.Until, "until": c.GraceUntil}
	key := "status.pending"
	if v.Worker.Standing == jaring.StandingEnded { // who comes back begins anew
		out.FullMonths, out.Months = 0, 0
	}
	switch v.Worker.Standing {
	case jaring.StandingProtected:
		key = "status.protected"
	case jaring.StandingGrace:
		key, args["date"] = "status.grace", c.Until.Add(1)
	case jaring.StandingEnded:
		key = "status.ended"
	case jaring.StandingPaid:
		key = "status.paid"
	case jaring.StandingReview, jaring.StandingWithdrawn, jaring.StandingMerged, jaring.StandingRejected:
		key = "status." + string(v.Worker.Standing)
	}
	out.Sentence = i18n.Text(lang, key, args)
	if held := v.Cash; held != nil {
		out.Sentence = strings.TrimSuffix(out.Sentence, ".") + ". " + i18n.Text(lang, "cash.in_hands", jaring.Args{"amount": held.Amount, "day": held.TakenOn, "agent": held.Agent, "n": held.Day})
	}
	out.IfPaid = outlooks(lang, v, settings)
	return out
}

// outlooks tells what a payment today would do, and what one after the arrears months.
func outlooks(lang i18n.Lang, v *app.WorkerView, settings jaring.CoverSettings) (out []ifPaid) {
	switch v.Worker.Standing {
	case jaring.StandingWaiting, jaring.StandingGrace, jaring.StandingEnded, jaring.StandingProtected:
	default:
		return nil
	}
	days := []jaring.Day{v.Today}
	if v.Cover.GraceUntil != 0 && v.Worker.Standing != jaring.StandingEnded {
		days = append(days, v.Cover.GraceUntil.Add(1))
	}
	asked, first := askedMonths(v)
	for _, day := range days {
		o := outlookOn(lang, v, day, first, asked, settings)
		out = append(out, ifPaid{o.On, o.Sentence})
	}
	return out
}

// months is this year and the next, month by month.
func months(v *app.WorkerView) []monthState {
	first := jaring.NewMonth(v.Today.Year(), 1)
	for _, m := range v.All {
		if m.FirstMonth != 0 && m.FirstMonth < first {
			first = jaring.NewMonth(m.FirstMonth.Year(), 1)
		}
	}
	var out []monthState
	for month := first; month < jaring.NewMonth(v.Today.Year()+2, 1); month++ {
		out = append(out, monthState{month, v.MonthState(month)})
	}
	return out
}

// quoteOfMembership shows what a membership was priced at; explained, also why, when
// the rules of that version are the ones in force.
func (s *server) quoteOfMembership(lang i18n.Lang, w *app.Worker, m *app.Membership, explained bool) *quoteAnswer {
	if m == nil || m.ID == "" {
		return nil
	}
	if q, err := s.App.Book.Price(app.QuestionOf(w, m, explained)); err == nil && q.Version == m.Quote.Version {
		a := s.wireQuote(lang, &q)
		a.QuoteID = m.Quote.ID
		return a
	}
	a := &quoteAnswer{QuoteID: m.Quote.ID, Version: m.Quote.Version, FirstMonth: m.FirstMonth, LastMonth: m.LastMonth(), CoveredUntil: m.LastMonth().Last(),
		Total: m.Quote.Total, DueDate: m.Quote.Due}
	lines, _ := app.ParseQuoteLines(m.Quote.Lines)
	for _, l := range lines {
		full := max(l.Amount, l.Full)
		if n := len(a.Months); n == 0 || a.Months[n-1].Month != l.Month {
			a.Months = append(a.Months, quoteMonth{Month: l.Month})
		}
		month := &a.Months[len(a.Months)-1]
		month.Total += l.Amount
		month.Full += full
		month.Lines = append(month.Lines, quoteLine{Program: l.Program, Amount: l.Amount, Full: full})
	}
	return a
}

func etag(w *app.Worker) string { return strconv.Quote(strconv.FormatInt(w.Version, 10)) }

func (s *server) areaName(code string) string {
	found, _ := s.App.Areas.Get(area.Code(code))
	return found.Name
}

func parentCode(code string) string {
	if i := strings.LastIndexByte(code, '.'); i > 0 {
		return code[:i]
	}
	return ""
}
