package demo

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// The service desk of story E: the labour office opens it on the evening of the ceremony. Who comes takes a number;
// what cannot be answered at once becomes a case with a day to come back to it.
const (
	deskName    = "Pojok Layanan Ketenagakerjaan"
	deskPlace   = "Kantor Dinas Tenaga Kerja, lantai 1"
	deskPartner = "Dinas Tenaga Kerja Kabupaten (contoh)"
	deskUnion   = "Serikat Pekerja Pesisir (contoh)"
	deskOwner   = "Gudang Kopra Pesisir (contoh)" // who had registered nobody
)

// deskDays are the days of its queue by what people came about, counted from the evening on; the last is today.
var deskDays = []struct {
	after  int // days behind the evening; -1 is today
	hour   time.Duration
	topics string // a letter each
	missed int    // of them, who were gone when they were called
	waits  int    // who still wait
}{
	{0, 21 * time.Hour, "ABFGGA", 0, 0},
	{1, 9 * time.Hour, "AAFGBGHF", 1, 0},
	{4, 9 * time.Hour, "BAGGCFA", 0, 0},
	{5, 9 * time.Hour, "AFGDBGEGH", 2, 0},
	{-1, 8 * time.Hour, "AGBFGCG", 0, 4},
}

// deskCase is a case of the demo: nobody in it exists.
type deskCase struct {
	after   int // days behind the evening; negative: before today
	topic   jaring.ServiceTopic
	about   string
	name    string
	follow  int // days to the day to come back
	refer   bool
	link    bool // the employer is registered and linked
	outcome jaring.CaseOutcome
	within  int // days until it was closed
}

var deskCases = []deskCase{
	{1, jaring.TopicNotRegistered, "Dua tahun bekerja di gudang kopra, tiga orang, belum didaftarkan.", "Yusniar Nasution", 7, false, true, jaring.CaseRegistered, 9},
	{1, jaring.TopicClaim, "Suami meninggal bulan lalu, belum tahu cara mengajukan santunan.", "Marlina Hutapea", 3, false, false, jaring.CaseClaimed, 6},
	{4, jaring.TopicWages, "Upah dua bulan belum dibayar di bengkel.", "Hendra Saputra", 7, true, false, jaring.CaseReferred, 10},
	{4, jaring.TopicInformation, "Bertanya apakah pedagang keliling boleh ikut.", "", 0, false, false, jaring.CaseInformed, 0},
	{5, jaring.TopicAccident, "Jatuh dari tangga saat memanen, biaya rumah sakit.", "Syamsul Bahri", 2, false, false, jaring.CaseSolved, 12},
	{5, jaring.TopicLayoff, "Kontrak diputus, bertanya tentang pesangon.", "Ratih Kusuma", 5, false, false, jaring.CaseUnreachable, 30},
	{-9, jaring.TopicNotRegistered, "Perusahaan memotong iuran, kartu belum pernah diterima.", "Fitri Handayani", 7, false, false, "", 0},
	{-6, jaring.TopicWages, "Upah lembur panen tidak dihitung.", "Bambang Irawan", 6, true, false, "", 0},
	{-3, jaring.TopicDeath, "Ahli waris nelayan menanyakan santunan kematian.", "Nurbaiti Rambe", 5, false, false, "", 0},
	{-1, jaring.TopicOther, "Alamat di kartu salah ketik.", "", 0, false, false, "", 0},
}

// DeskFigures is the service desk as the system counts it.
type DeskFigures struct {
	Opened   jaring.Day                  `json:"opened"`
	Numbers  int                         `json:"numbers"`
	Served   int                         `json:"served"`
	Missed   int                         `json:"missed"`
	OwnPhone int                         `json:"own_phone"`
	Cases    int                         `json:"cases"`
	Closed   int                         `json:"closed"`
	Due      int                         `json:"due"` // to come back to today or before
	Topics   map[jaring.ServiceTopic]int `json:"topics"`
}

// planDesk puts the desk on its days.
func (b *builder) planDesk() {
	evening := b.giftEvening()
	b.on(evening).at(eveningOpens+eveningLasts/2, b.openPojok)
	for _, d := range deskDays {
		on := evening.Add(d.after)
		if d.after < 0 {
			on = b.today
		}
		if on > b.today {
			continue
		}
		b.gift.DeskDays = append(b.gift.DeskDays, on)
		b.on(on).at(d.hour, func(ctx context.Context) error { return b.queueAt(ctx, d.topics, d.missed, d.waits) })
	}
	for _, c := range deskCases {
		on := evening.Add(c.after)
		if c.after < 0 {
			on = b.today.Add(c.after)
		}
		if on < evening || c.outcome != "" && on.Add(c.within) > b.today {
			continue
		}
		var id jaring.ServiceCaseID
		b.on(on).at(10*time.Hour, func(ctx context.Context) (err error) {
			id, err = b.bringCase(ctx, &c, on)
			return err
		})
		if c.outcome != "" {
			b.on(on.Add(c.within)).at(11*time.Hour, func(ctx context.Context) error { return b.closeCase(ctx, &c, id) })
		}
	}
}

// openPojok adds the labour office as a partner, which opens its desk.
func (b *builder) openPojok(ctx context.Context) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	keeper, err := b.app.AddPartner(ctx, desk, demoOp(), jaring.Partner{Kind: jaring.PartnerLabourOffice, Name: deskPartner, ContactName: "Rusdi Hakim", Agreement: "MoU 560/31"})
	if err != nil {
		return err
	}
	if b.gift.union, err = b.app.AddPartner(ctx, desk, demoOp(), jaring.Partner{Kind: jaring.PartnerUnion, Name: deskUnion, ContactName: "Tarmizi Yunus"}); err != nil {
		return err
	}
	d := jaring.ServiceDesk{Office: desk.Office, Partner: keeper, Name: deskName, Place: deskPlace, Area: giftRegency, Topics: jaring.ServiceTopics, ByPhone: true}
	for day := 1; day <= 6; day++ {
		d.Opens = append(d.Opens, jaring.ServiceHours{Day: day, From: "08:00", Until: "16:00"})
	}
	b.gift.Desk, err = b.app.OpenService(ctx, desk, demoOp(), d)
	return err
}

// queueAt lets people take numbers, every third on the own phone while it is open, and two windows call them.
func (b *builder) queueAt(ctx context.Context, letters string, missed, waits int) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	v, err := b.app.GetService(ctx, desk, b.gift.Desk)
	if err != nil {
		return err
	}
	for i, letter := range letters {
		topic := jaring.ServiceTopics[letter-'A']
		if i%3 == 2 && v.OpenNow {
			_, err = b.app.TakeOwnNumber(ctx, demoOp(), string(v.Entry), topic)
		} else {
			_, err = b.app.TakeServiceNumber(ctx, desk, demoOp(), v.ID, topic)
		}
		if err != nil {
			return err
		}
	}
	q, err := b.app.FindServiceQueue(ctx, desk, v.ID, 0)
	if err != nil {
		return err
	}
	for i, t := range q.Rows[:len(q.Rows)-waits] {
		topic, window := jaring.ServiceTopic(t.Topic), []string{"Loket 1", "Loket 2"}[i%2]
		if err := b.app.MoveServiceNumber(ctx, desk, demoOp(), v.ID, t.Number, topic, jaring.QueueCalled, window); err != nil {
			return err
		}
		to := jaring.QueueDone
		switch {
		case i < missed:
			to = jaring.QueueNoShow
		case waits > 0 && i >= len(q.Rows)-waits-2:
			continue // who sits there now
		}
		if err := b.app.MoveServiceNumber(ctx, desk, demoOp(), v.ID, t.Number, topic, to, ""); err != nil {
			return err
		}
	}
	return nil
}

// bringCase notes a case on its day.
func (b *builder) bringCase(ctx context.Context, c *deskCase, on jaring.Day) (jaring.ServiceCaseID, error) {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return "", err
	}
	form := jaring.ServiceCase{Topic: c.topic, About: c.about, Name: c.name}
	if c.name != "" {
		form.Phone = "0812-0000-0677"
	}
	if c.follow > 0 {
		form.FollowDay = on.Add(c.follow)
	}
	id, err := b.app.OpenServiceCase(ctx, desk, demoOp(), b.gift.Desk, form)
	if err == nil && c.refer {
		err = b.app.ReferServiceCase(ctx, desk, demoOp(), b.gift.Desk, id, b.gift.union, "Mohon didampingi.")
	}
	return id, err
}

// closeCase closes a case; whoever had registered nobody is registered first.
func (b *builder) closeCase(ctx context.Context, c *deskCase, id jaring.ServiceCaseID) error {
	desk, err := b.giftDesk(ctx)
	if err != nil {
		return err
	}
	if c.link {
		employer, err := b.app.RegisterEmployer(ctx, desk, demoOp(), jaring.EmployerForm{Kind: jaring.EmployerBusiness, Name: deskOwner, Area: eveningVillage, Sector: "trade", RiskClass: 2,
			SizeClass: jaring.SizeMicro, ContactName: "Pak Darwis"})
		if err != nil {
			return err
		}
		if err := b.app.LinkServiceCase(ctx, desk, demoOp(), b.gift.Desk, id, "", employer); err != nil {
			return err
		}
	}
	return b.app.MoveServiceCase(ctx, desk, demoOp(), b.gift.Desk, id, jaring.CaseStep{To: jaring.CaseIsClosed, Outcome: c.outcome})
}

// readDesk counts the desk by its page and the queues of its days.
func (s *StoryE) readDesk(ctx context.Context, h House, k *keptE) error {
	acts := h.App
	v, err := acts.GetService(ctx, jaring.System, k.Desk)
	if err != nil {
		return err
	}
	f := &DeskFigures{Opened: jaring.DayIn(v.MadeAt, app.Zone("")), Due: v.Cases.Today + v.Cases.Overdue, Closed: v.Cases.States[jaring.CaseIsClosed], Topics: v.Cases.Topics}
	for _, n := range f.Topics {
		f.Cases += n
	}
	for _, day := range k.DeskDays {
		q, err := acts.FindServiceQueue(ctx, jaring.System, k.Desk, day)
		if err != nil {
			return err
		}
		for _, t := range q.Rows {
			f.Numbers++
			if t.OwnPhone {
				f.OwnPhone++
			}
			switch t.State {
			case jaring.QueueDone:
				f.Served++
			case jaring.QueueNoShow:
				f.Missed++
			}
		}
	}
	s.Desk = f
	return nil
}
