package httpapi

import (
	"encoding/hex"
	"time"

	"jaring/internal/app"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// DayOfOffice names a day of an office's book.
type DayOfOffice struct {
	Day    string `path:"day" format:"date"`
	Office string `query:"office" maxLength:"36" doc:"one's own when left out"`
}

// dayAsked reads the day of an address. Errors: date.malformed, date.impossible.
func dayAsked(text string) (jaring.Day, error) {
	day, err := jaring.ParseDay(text)
	if err != nil {
		return 0, jaring.NewError(jaring.Invalid, "date.malformed").At("day")
	}
	return day, nil
}

type dayOut struct {
	Body struct {
		Day         jaring.Day       `json:"day" format:"date"`
		OfficeID    jaring.OfficeID  `json:"office_id"`
		OfficeName  string           `json:"office_name"`
		Channels    []app.ChannelDay `json:"channels"`
		Cash        app.CashDay      `json:"cash"`
		Float       jaring.Rupiah    `json:"float" doc:"deposited ahead by agents, at the end of the day"`
		Adjustments jaring.Rupiah    `json:"adjustments"`
		Fund        jaring.Rupiah    `json:"fund" doc:"contributions"`
		Billed      jaring.Rupiah    `json:"billed" doc:"to sponsors and employers, less what was called off"`
		Penalties   jaring.Rupiah    `json:"penalties" doc:"of those who paid late"`
		Waits       jaring.Rupiah    `json:"waits" doc:"billed, and not the fund's for anybody's month at the end of the day"`
		Entries     int              `json:"entries"`
		SumsZero    bool             `json:"sums_zero"`
		Open        []dayPoint       `json:"open" doc:"what speaks against closing; it does not hinder it"`
		Closed      *dayClosed       `json:"closed,omitempty"`
		After       []lateEntry      `json:"after,omitempty" doc:"written for this day after it was closed"`
	}
}

type dayPoint struct {
	Key    string        `json:"key"`
	Text   string        `json:"text"`
	N      int           `json:"n,omitempty"`
	Amount jaring.Rupiah `json:"amount,omitempty"`
}

type dayClosed struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Hash  string    `json:"hash" doc:"SHA-256 of the figures that were signed"`
	Sound bool      `json:"sound" doc:"the signature is this server's, and the book still says the same"`
}

type lateEntry struct {
	EntryID string        `json:"entry_id"`
	Kind    string        `json:"kind"`
	Text    string        `json:"text"`
	At      time.Time     `json:"at"`
	Actor   string        `json:"actor_name"`
	Amount  jaring.Rupiah `json:"amount" doc:"that came in; negative when it went out"`
}

func (s *server) getDay(c *call, in *DayOfOffice) (*dayOut, error) {
	office, err := officeAsked(in.Office)
	if err != nil {
		return nil, err
	}
	day, err := dayAsked(in.Day)
	if err != nil {
		return nil, err
	}
	return s.day(c, office, day)
}

func (s *server) day(c *call, office jaring.OfficeID, day jaring.Day) (*dayOut, error) {
	d, err := s.App.GetDay(c, c.actor, office, day)
	if err != nil {
		return nil, err
	}
	out := &dayOut{}
	b := &out.Body
	b.Day, b.OfficeID, b.OfficeName, b.Channels, b.Cash, b.Float = d.Day, d.Office, d.OfficeName, d.Channels, d.Cash, d.Float
	b.Billed, b.Penalties, b.Waits = d.Billed, d.Penalties, d.Waits
	b.Adjustments, b.Fund, b.Entries, b.SumsZero, b.Open = d.Adjustments, d.Fund, d.Entries, d.SumsZero, []dayPoint{}
	for _, p := range d.Open {
		b.Open = append(b.Open, dayPoint{p.Key, i18n.Text(c.lang, p.Key, jaring.Args{"n": p.N, "amount": p.Amount}), p.N, p.Amount})
	}
	if d.Closed != nil {
		b.Closed = &dayClosed{d.Closed.At, d.ByName, hex.EncodeToString(d.Closed.Hash), d.Sound}
	}
	for _, e := range d.After {
		b.After = append(b.After, lateEntry{string(e.ID), string(e.Kind), i18n.Text(c.lang, "ledger.kind."+string(e.Kind), nil), e.At, s.App.AccountName(c, e.Actor), app.LedgerItem{Entry: e}.Received()})
	}
	return out, nil
}

type dayBody struct {
	OfficeID string `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
}

// ClosingDay is the input that closes a day.
type ClosingDay struct {
	Day string `path:"day" format:"date"`
	Acting
}

func (s *server) closeDay(c *call, in *ClosingDay) (*dayOut, error) {
	var body dayBody
	key, err := s.said(c, &in.Acting, &body)
	if err != nil {
		return nil, err
	}
	office, err := officeAsked(body.OfficeID)
	if err != nil {
		return nil, err
	}
	day, err := dayAsked(in.Day)
	if err != nil {
		return nil, err
	}
	if err := s.App.CloseDay(c, c.actor, key, office, day); err != nil {
		return nil, err
	}
	return s.day(c, office, day)
}
