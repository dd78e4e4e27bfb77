package demo

import (
	"context"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/sponsor"
)

// giftDesk is the officer who serves the regency, and giftHead who approves.
func (b *builder) giftDesk(ctx context.Context) (jaring.Actor, error) {
	return b.actor(ctx, b.desk[deskOf(giftOffice)])
}

func (b *builder) giftHead(ctx context.Context) (jaring.Actor, error) {
	return b.actor(ctx, b.desk[headOf(giftOffice)])
}

// pact is an agreement for the people of the regency in the year of the budget.
func (b *builder) pact(kind jaring.SponsorKind, number, decree string, people int, amount jaring.Rupiah) jaring.Agreement {
	return jaring.Agreement{Kind: kind, Number: number, Decree: decree, FirstMonth: b.gift.first, Months: giftMonths, Programs: jaring.Programs{jaring.JKK, jaring.JKM},
		CeilingPeople: people, CeilingAmount: amount, Terms: jaring.Terms{Area: giftRegency, IncomeCeiling: giftCeiling}}
}

// agree makes a sponsor with its agreement, which nobody has approved yet.
func (b *builder) agree(ctx context.Context, s jaring.Sponsor, form jaring.Agreement) (sponsor, agreement string, err error) {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return "", "", err
	}
	if sponsor, err = b.app.AddSponsor(ctx, desk, demoOp(), s); err != nil {
		return "", "", err
	}
	agreement, err = b.app.AddAgreement(ctx, desk, demoOp(), sponsor, form)
	return sponsor, agreement, err
}

func (b *builder) approvePact(ctx context.Context, sponsor, agreement string) error {
	head, err := b.giftHead(ctx)
	if err != nil {
		return err
	}
	return b.app.ApproveAgreement(ctx, head, demoOp(), sponsor, agreement, 1)
}

// placeSome lets a company pay for some of the people before the regency does.
func (b *builder) placeSome(ctx context.Context) (err error) {
	o := &b.gift.other
	form := b.pact(jaring.SponsorCSR, "PKS-CSR 03", "", giftPlaced, giftBudget/10)
	if o.sponsor, o.agreement, err = b.agree(ctx, jaring.Sponsor{Name: "PT Sawit Pantai Timur (contoh)", ContactName: "Budi Hartono", ContactPhone: "0812-0000-0622"}, form); err != nil {
		return err
	}
	if err := b.approvePact(ctx, o.sponsor, o.agreement); err != nil {
		return err
	}
	var some []gifted
	for _, g := range b.gift.list {
		if g.fault == placed {
			some = append(some, g)
		}
	}
	if o.roster, err = b.sendList(ctx, o.sponsor, o.agreement, "karyawan-plasma.xlsx", some); err != nil {
		return err
	}
	if err := b.enrolGift(ctx, o.roster); err != nil {
		return err
	}
	return b.payGift(ctx, o.roster, "CSR-0031")
}

// agreeGift is the officer entering what the regency has agreed to.
func (b *builder) agreeGift(ctx context.Context) (err error) {
	g := &b.gift
	form := b.pact(jaring.SponsorAPBD, "PKS 415.4/12", "SK Bupati 512", giftPeople, giftBudget)
	g.Sponsor, g.Agreement, err = b.agree(ctx, jaring.Sponsor{Name: "Pemerintah Kabupaten Tanjung Jabung Barat (contoh)", ContactName: "Dinas Tenaga Kerja", ContactPhone: "0812-0000-0615"}, form)
	return err
}

// approveGift is the head of the branch letting the agreement pay.
func (b *builder) approveGift(ctx context.Context) error {
	return b.approvePact(ctx, b.gift.Sponsor, b.gift.Agreement)
}

// sendList sends a list and has it judged.
func (b *builder) sendList(ctx context.Context, sponsor, agreement, name string, list []gifted) (id string, err error) {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return "", err
	}
	file, err := giftFile(list, b.crowd.areas, false)
	if err != nil {
		return "", err
	}
	if id, err = b.app.SendRoster(ctx, desk, demoOp(), sponsor, agreement, name, file); err != nil {
		return "", err
	}
	return id, b.app.TurnRosters(ctx)
}

// sendGift sends the regency's list, as it is or mended, and notes what the first check says.
func (b *builder) sendGift(ctx context.Context, mended bool) (err error) {
	g := &b.gift
	if mended {
		desk, err := b.giftDesk(ctx)
		if err != nil {
			return err
		}
		file, err := giftFile(g.list, b.crowd.areas, true)
		if err != nil {
			return err
		}
		if err := b.app.ReplaceRoster(ctx, desk, demoOp(), g.Roster, "pekerja-rentan-2.xlsx", file); err != nil {
			return err
		}
		return b.app.TurnRosters(ctx)
	}
	if g.Roster, err = b.sendList(ctx, g.Sponsor, g.Agreement, "pekerja-rentan.xlsx", g.list); err != nil {
		return err
	}
	r, err := b.app.GetRoster(ctx, jaring.System, g.Roster)
	if err == nil {
		g.First = judgedOf(r)
	}
	return err
}

// enrolGift is the head of the branch approving a list as it stands.
func (b *builder) enrolGift(ctx context.Context, roster string) error {
	head, err := b.giftHead(ctx)
	if err != nil {
		return err
	}
	r, err := b.app.GetRoster(ctx, head, roster)
	if err != nil {
		return err
	}
	if err := b.app.ApproveRoster(ctx, head, demoOp(), roster, sponsor.Approval{Version: r.Version, People: r.People, Amount: r.Amount}); err != nil {
		return err
	}
	return b.app.TurnRosters(ctx)
}

// payGift is the notice of a bank that the money of a list's bill has come.
func (b *builder) payGift(ctx context.Context, roster, reference string) error {
	r, err := b.app.GetRoster(ctx, jaring.System, roster)
	if err != nil {
		return err
	}
	day := jaring.DayIn(b.clock.now(), app.Zone(""))
	n := app.BankNotice{Code: r.Code, Amount: r.Amount, Channel: "bank", Bank: "Bank Contoh", Reference: reference, PaidAt: b.clock.now(), Kept: true}
	err = b.app.BookNotice(ctx, n, func(book *app.BankBook) error {
		done, err := book.Book()
		if err != nil {
			return err
		}
		return book.Add(&app.BankEntry{Partner: "bank-contoh", Day: day, ExternalID: n.Reference, RequestID: n.Reference, Digest: []byte(n.Reference), Code: n.Code,
			Amount: n.Amount, Entry: done.Entry, At: done.At}, true)
	})
	if err != nil {
		return err
	}
	b.open = true
	return b.app.TurnRosters(ctx)
}
