package sponsor

import (
	"encoding/json"
	"slices"
	"strconv"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/match"
	"jaring/internal/roster"
	"jaring/internal/scheme"
	"jaring/internal/store"
)

// priceList prices rows of a list: most of them are alike, so each question is asked once.
type priceList struct {
	book  *scheme.Book
	form  jaring.Agreement
	sums  bool // what a row costs is asked alone, not how it is made up
	known map[priceKey]priced
	quote scheme.Quote // whose room is used again
}

type priceKey struct {
	low    bool
	income jaring.Rupiah
	sector jaring.Sector
	kind   jaring.WorkerKind
	first  jaring.Month
	months int
}

type priced struct {
	total   jaring.Rupiah
	version string
	lines   string
}

// mostPrices bounds what is remembered.
const mostPrices = 4000

func (l *priceList) of(p *jaring.Person, first jaring.Month, months int) (priced, error) {
	k := priceKey{p.LowestBand, p.Income, p.Worker.Sector, p.Worker.Kind, first, months}
	if known, ok := l.known[k]; ok {
		return known, nil
	}
	quote := &l.quote
	if err := l.book.PriceInto(quote, questionOfSponsor(l.form, p, first, months)); err != nil {
		return priced{}, err
	}
	if l.known == nil || len(l.known) >= mostPrices {
		l.known = map[priceKey]priced{}
	}
	made := priced{total: quote.Payable, version: quote.Version}
	if !l.sums {
		made.lines = app.QuoteLines(*quote)
	}
	l.known[k] = made
	return made, nil
}

// bookedPerson is what the book has of somebody on a list.
type bookedPerson struct {
	*app.Record
	paid  []jaring.PaidMonths   // by anybody, or promised by a sponsor
	waits []jaring.MembershipID // that a sponsor has promised to pay
}

// knownOf reads what the book has of persons.
func (a *Sponsors) knownOf(tx *store.Tx, ids []jaring.WorkerID) (map[jaring.WorkerID]*bookedPerson, error) {
	out := map[jaring.WorkerID]*bookedPerson{}
	if len(ids) == 0 {
		return out, nil
	}
	people, heads, err := tx.Payers(ids)
	if err != nil {
		return nil, err
	}
	for id, p := range people {
		k := &bookedPerson{Record: &app.Record{Worker: p.Worker, Membership: app.Present(p.Memberships), All: p.Memberships, Heads: heads[id]}}
		for _, m := range p.Memberships {
			for _, paid := range m.Payments {
				if paid.State == "settled" && paid.Channel != app.SponsorChannel {
					k.paid = append(k.paid, jaring.PaidMonths{From: paid.FirstMonth, To: paid.LastMonth()})
				}
			}
		}
		out[id] = k
	}
	return out, promised(tx, ids, out)
}

// promised adds what sponsors pay, or have promised.
func promised(tx *store.Tx, ids []jaring.WorkerID, out map[jaring.WorkerID]*bookedPerson) error {
	all, err := tx.SponsorshipsOf(ids)
	if err != nil {
		return err
	}
	var sponsors []string
	for _, s := range all {
		if !slices.Contains(sponsors, s.Sponsor) {
			sponsors = append(sponsors, s.Sponsor)
		}
	}
	names := map[string]string{}
	if len(sponsors) > 0 {
		found, err := tx.GetSponsors(sponsors)
		if err != nil {
			return err
		}
		for _, s := range found {
			names[s.ID] = s.Name
		}
	}
	for _, s := range all {
		k := out[s.Worker]
		if k != nil && s.State == sponsorshipWaiting {
			k.waits = append(k.waits, s.Membership)
		}
		if k != nil && s.State != sponsorshipReturned {
			k.paid = append(k.paid, jaring.PaidMonths{By: s.Sponsor, Name: names[s.Sponsor], From: s.First, To: s.First.Add(s.Months - 1)})
		}
	}
	return nil
}

// rosterPlace is a row of a list held against the book.
type rosterPlace struct {
	first    jaring.Month // the months that the sponsor pays for
	months   int
	findings []roster.Finding
	overlaps []jaring.PaidMonths // what others pay of the agreement's months
}

// placeIn finds the months that are left for the sponsor. Findings: roster.book.differs, roster.book.review,
// roster.book.covered (reject); roster.book.similar (hold; args registration); roster.book.self_paid, roster.book.sponsored
// (warn; args from, to, name).
func placeIn(l *listed, first jaring.Month, months int) rosterPlace {
	at, p, k := rosterPlace{first: first, months: months}, &l.person, l.booked
	say := func(v jaring.Verdict, field, key string, pairs ...any) {
		e := jaring.NewError(jaring.Invalid, key, pairs...)
		at.findings = append(at.findings, roster.Finding{Row: l.entry.Row, Finding: jaring.Finding{Verdict: v, Key: key, Field: field, Args: e.Args}})
	}
	if l.like != "" {
		say(jaring.Hold, "name", "roster.book.similar", "registration", string(l.like))
	}
	if k == nil {
		return at
	}
	switch field := differs(p, k.Worker); {
	case field != "":
		say(jaring.Reject, field, "roster.book.differs")
		at.findings[0].Mendable = true
		return at
	case k.Worker.State != jaring.WorkerActive:
		say(jaring.Reject, "nik", "roster.book.review")
		return at
	}
	at.first, at.months = jaring.FreeMonths(first, months, k.paid)
	last := first.Add(months - 1)
	for _, paid := range k.paid {
		if paid.To < first || paid.From > last {
			continue
		}
		paid.From, paid.To = max(paid.From, first), min(paid.To, last)
		at.overlaps = append(at.overlaps, paid)
		if paid.By == "" {
			say(jaring.Warn, "nik", "roster.book.self_paid", "from", paid.From, "to", paid.To)
		} else {
			say(jaring.Warn, "nik", "roster.book.sponsored", "name", paid.Name, "from", paid.From, "to", paid.To)
		}
	}
	if at.months == 0 {
		say(jaring.Reject, "nik", "roster.book.covered")
	}
	return at
}

// differs names the first field in which somebody on a list is not the person whom the NIK belongs to; empty for
// the same person. See differsFrom.
func differs(p *jaring.Person, w *store.WorkerRecord) string {
	switch {
	case p.Worker.BirthDate != w.BirthDate:
		return "birth_date"
	case p.Worker.Sex != w.Sex:
		return "sex"
	}
	said := store.WorkerRecord{Worker: p.Worker, NameFold: match.FoldName(p.Worker.Name)}
	here, there := app.PersonOf(&said), app.PersonOf(w)
	here.NIKKey, there.NIKKey = "same", "same"
	if score := match.Score(here, there); score.Answer() == match.Different {
		return "name"
	}
	return ""
}

// rowText is what is kept of a row until it is enrolled, and after it as what was sent.
func rowText(r jaring.Registration) ([]byte, error) { return json.Marshal(r) }

func rowPurpose(roster string, row int) string { return "row:" + roster + ":" + strconv.Itoa(row) }
