package demo

import (
	"context"
	"fmt"
	"time"

	"jaring/internal/app"
	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// villageDesk is who acts for a village: the desk of the office that serves it.
func (b *builder) villageDesk(ctx context.Context, v *hamlet) (jaring.Actor, error) {
	return b.actor(ctx, b.desk[deskOf(v.office)])
}

func (v *hamlet) name() string {
	found, _ := area.Load().Get(area.Code(v.code))
	return found.Name
}

func (b *builder) proposeVillage(ctx context.Context, v *hamlet, d jaring.Day) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	b.villages.ids[v.at], err = b.app.ProposeAware(ctx, desk, newOperation(), jaring.Aware{Kind: jaring.AwareVillage, Area: v.code, Officials: v.officials,
		Potential: jaring.Potential{People: v.potential, Source: villageSource, On: d}}, jaring.AwareTaken{Day: d, Reference: "Surat kepala desa"})
	return err
}

func (b *builder) stepVillage(ctx context.Context, v *hamlet, step jaring.AwareStep, d jaring.Day, reference string) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	return b.app.TakeAwareStep(ctx, desk, newOperation(), b.villages.ids[v.at], jaring.AwareTaken{Step: step, Day: d, Reference: reference})
}

func (b *builder) agreeVillage(ctx context.Context, v *hamlet, d jaring.Day) error {
	return b.stepVillage(ctx, v, jaring.StepAgreed, d, fmt.Sprintf("SK Bupati %d/%d", 11+v.at, d.Year()))
}

// positions are what officials of a village do; a village has one of each, and heads of hamlets.
var positions = []string{"Kepala desa", "Sekretaris desa", "Kaur keuangan", "Kaur umum", "Kasi pemerintahan", "Kepala dusun"}

// officialWage is a month's pay of an official: a parameter of the demo.
const officialWage = jaring.Rupiah(2_500_000)

// hireOfficials registers the village government and all its officials.
func (b *builder) hireOfficials(ctx context.Context, v *hamlet, d jaring.Day) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	v.employer, err = b.app.RegisterEmployer(ctx, desk, newOperation(), jaring.EmployerForm{Kind: jaring.EmployerVillage, Name: "Pemerintah Desa " + v.name(), Area: v.code,
		Sector: "government", RiskClass: 1, SizeClass: jaring.SizeSmall, ContactName: "Sekretaris desa"})
	if err != nil {
		return err
	}
	for i := range v.officials {
		e := &entry{person: b.villages.villager(v.code, d), months: 1}
		e.birthDate = e.birth
		r := e.form(b.Notice, b.clock.now())
		r.Programs, r.Months, r.MonthlyIncome = nil, 0, nil
		r.Occupation = positions[min(i, len(positions)-1)]
		if _, err := b.app.AddEmployee(ctx, desk, newOperation(), v.employer, app.EmployeeForm{Person: r, Wage: officialWage, Position: r.Occupation, From: d}); err != nil {
			return err
		}
	}
	return nil
}

// payOfficials bills the village for a month and books its money.
func (b *builder) payOfficials(ctx context.Context, v *hamlet, d jaring.Day) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	bill, err := b.app.BillEmployer(ctx, desk, newOperation(), string(v.employer), d.Month())
	if err != nil {
		return err
	}
	_, err = b.app.SettleEmployerBill(ctx, desk, newOperation(), string(v.employer), bill.ID, wire.Settlement{Amount: bill.Amount, Channel: "bank", Reference: "APBDes " + bill.Code, PaidOn: d})
	b.open = true
	return err
}

// planDialogue plans a dialogue in the village hall.
func (b *builder) planDialogue(ctx context.Context, v *hamlet, d jaring.Day) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	if v.hall, err = b.app.AddPlace(ctx, desk, "hall", "Balai Desa "+v.name(), v.code); err != nil {
		return err
	}
	opens := moment(d.Add(2), hourDesk)
	v.dialogue, err = b.app.PlanCampaign(ctx, desk, newOperation(), jaring.CampaignForm{Kind: jaring.KindDialogue, Name: "Dialog warga " + v.name(), Office: desk.Office, Place: v.hall,
		OpensAt: opens, ClosesAt: opens.Add(3 * time.Hour), SealHours: jaring.DefaultSealHours})
	if err != nil {
		return err
	}
	return b.app.AddAwareDialogue(ctx, desk, newOperation(), b.villages.ids[v.at], v.dialogue)
}

// villageQuestions are what people asked.
var villageQuestions = [][2]string{
	{"Petani yang jatuh dari pohon, biaya rumah sakitnya siapa yang bayar?", "Kecelakaan saat bekerja ditanggung JKK, sesuai aturan yang berlaku."},
	{"Kalau panen gagal dan saya tidak bayar bulan depan?", "Perlindungan berhenti di akhir bulan yang sudah dibayar. Bayar sebelum itu."},
	{"Boleh dibayar untuk setahun sekaligus?", "Boleh. Banyak warga memilih dua belas bulan sesudah panen."},
}

// holdDialogue opens the hall, counts who came, writes down what was asked and closes it.
func (b *builder) holdDialogue(ctx context.Context, v *hamlet, _ jaring.Day) error {
	desk, err := b.villageDesk(ctx, v)
	if err != nil {
		return err
	}
	if err := b.app.MoveCampaign(ctx, desk, newOperation(), v.dialogue, jaring.CampaignIsOpen, ""); err != nil {
		return err
	}
	guests := []jaring.Guest{{Kind: jaring.GuestOfficial, Name: "Pemerintah desa", Heads: v.officials, Came: v.officials, State: jaring.GuestIsAttended},
		{Kind: jaring.GuestCommunity, Name: "Kelompok tani dan nelayan", Heads: 25 + 3*v.at, Came: 22 + 3*v.at, State: jaring.GuestIsAttended},
		{Kind: jaring.GuestCommunity, Name: "Pedagang dan pelaku usaha rumahan", Heads: 14 + v.at, Came: 12 + v.at, State: jaring.GuestIsAttended}}
	if err := b.app.AddGuests(ctx, desk, newOperation(), v.dialogue, guests); err != nil {
		return err
	}
	for _, q := range villageQuestions {
		if err := b.app.PutQuestion(ctx, desk, newOperation(), jaring.Question{Campaign: v.dialogue, Kind: jaring.GuestCommunity, Asked: q[0], Answered: q[1]}); err != nil {
			return err
		}
	}
	return b.app.MoveCampaign(ctx, desk, newOperation(), v.dialogue, jaring.CampaignIsClosed, "")
}

// lookAtVillages lets the calendar look at them, as it does each day.
func (b *builder) lookAtVillages(ctx context.Context) error {
	if _, err := b.app.Fold(ctx); err != nil {
		return err
	}
	_, err := b.app.TurnAware(ctx)
	return err
}
