package sponsor

import (
	"context"
	"slices"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// ProofCard is a printed proof of cover for somebody without a phone.
type ProofCard struct {
	RegistrationNo jaring.RegistrationNo
	Name           string // short
	Code           jaring.ReceiptCode
	From, To       jaring.Month // what the sponsor pays for
}

// Cards are the cards of an agreement's people, by village and name.
type Cards struct {
	Sponsor    string
	OfficeName string
	Cards      []ProofCard
}

// cardCode is the code on somebody's card: sixty-five bits that only who has the key can make, so that a sheet can be
// printed again and nobody keeps the codes.
func (a *Sponsors) cardCode(worker jaring.WorkerID) jaring.ReceiptCode {
	return jaring.NewReceiptCode([jaring.ReceiptLength]byte(a.Vault.Digest256("card code", []byte(worker))))
}

func (a *Sponsors) cardHash(code jaring.ReceiptCode) []byte {
	return a.Vault.Digest256("card", []byte(code))
}

// PrintCards gives the cards of those for whom an agreement pays now, and lets their codes be asked. Who printed them is
// written down. Errors: sponsor.unknown, agreement.unknown, error.forbidden.
func (a *Sponsors) PrintCards(ctx context.Context, actor jaring.Actor, sponsor, agreement string) (*Cards, error) {
	s, g, err := a.agreementFor(ctx, actor, jaring.ActManageSponsor, sponsor, agreement)
	if err != nil {
		return nil, err
	}
	month := jaring.DayIn(a.Now(), a.ZoneOf(ctx, s.Office)).Month()
	out := &Cards{Sponsor: s.Name, OfficeName: a.OfficeName(ctx, s.Office)}
	hashes := map[jaring.WorkerID][]byte{}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		out.Cards = nil
		ids, err := rostersOf(tx, g.ID)
		if err != nil {
			return err
		}
		people, err := tx.FindSponsored(store.PersonQuery{Rosters: ids})
		slices.SortStableFunc(people, byVillage)
		for _, p := range people {
			to := p.First.Add(p.Months - 1)
			if p.State != sponsorshipCovered || to < month {
				continue
			}
			code := a.cardCode(p.Worker)
			hashes[p.Worker] = a.cardHash(code)
			out.Cards = append(out.Cards, ProofCard{p.RegistrationNo, jaring.ShortName(p.Name), code, p.First, to})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.DB.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddCards(hashes); err != nil {
			return err
		}
		return a.tellOfSponsor(tx, actor, s, jaring.CardsPrinted, jaring.Facts{Other: g.ID})
	})
}

// byVillage puts people in the order in which cards are handed out.
func byVillage(x, y store.SponsoredPerson) int {
	switch {
	case x.Area != y.Area:
		return compare(x.Area, y.Area)
	case x.Name != y.Name:
		return compare(x.Name, y.Name)
	}
	return compare(x.Worker, y.Worker)
}

func compare[T ~string](x, y T) int {
	if x < y {
		return -1
	}
	return 1
}

// CheckedCard is what whoever holds a card and knows the birth date is told: no name.
type CheckedCard struct {
	Standing   jaring.Standing
	Protected  bool
	Until      jaring.Day // of the present run; 0 while nothing is covered
	Programs   jaring.Programs
	Payer      string // the sponsor; empty for who pays alone
	OfficeName string // whom to ask
}

// CheckCard tells whether the bearer of a card is protected today. A wrong code and a wrong date are one answer, and
// cost the same work. Errors: card.unknown, receipt.code_malformed.
func (a *Sponsors) CheckCard(ctx context.Context, text string, birth jaring.Day) (out *CheckedCard, err error) {
	code, err := jaring.ParseReceiptCode(text)
	if err != nil {
		return nil, err
	}
	day := app.Today(jaring.System, a.Now())
	var office jaring.OfficeID
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		worker, err := tx.CardOf(a.cardHash(code))
		if err != nil {
			return err
		}
		known := worker != ""
		if !known {
			worker = app.Stranger
		}
		r, err := app.LoadRecord(tx, worker)
		if err != nil && jaring.CodeOf(err) != jaring.NotFound {
			return err
		}
		if err != nil || !known || r.Worker.BirthDate != birth {
			return jaring.NewError(jaring.NotFound, "card.unknown")
		}
		cover := jaring.CoverOn(app.CoverHistory(r.Worker, r.Membership), day, a.Cover)
		office = r.Worker.Office
		out = &CheckedCard{Standing: app.StandingOn(r.Worker, r.Membership, day, a.Cover), Protected: cover.Protected() && r.Worker.State == jaring.WorkerActive, Programs: cover.Programs}
		if cover.Until != 0 {
			out.Until = cover.Until
		}
		out.Payer, err = payerOf(tx, worker, day.Month())
		return err
	})
	if err == nil {
		out.OfficeName = a.OfficeName(ctx, office)
	}
	return out, err
}

// payerOf is the sponsor who pays for somebody in a month.
func payerOf(tx *store.Tx, worker jaring.WorkerID, month jaring.Month) (string, error) {
	lines, err := tx.SponsorshipsOf([]jaring.WorkerID{worker})
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		if l.State == sponsorshipCovered && l.First <= month && month < l.First.Add(l.Months) {
			s, err := tx.GetSponsor(l.Sponsor)
			if err != nil {
				return "", err
			}
			return s.Name, nil
		}
	}
	return "", nil
}
