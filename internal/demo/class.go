package demo

import (
	"context"
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

// class is story A's first day and all that leads to it: people apply, come to the
// office, are chosen, sit in class and are certified.
type class struct {
	id      jaring.ClassID
	on      jaring.Day // the first of its two days
	cadre   []*agent   // as in cadre; their accounts are made when they are certified
	applied map[jaring.ApplicationID]*applicant
}

// applicant is somebody who wants to be a kader.
type applicant struct {
	kader      int // in cadre; -1 for somebody else
	office     string
	name       string
	background string
	prospects  int
	village    string
	unfit      string // why the office turns him down; empty when it does not
	absent     bool   // never comes to the office
}

// What happens how many days before the class, and at which hours of its days.
const (
	firstApplies = 28
	lastApplies  = 9
	classAdded   = 30
	decided      = 4

	hourApply   = 10 * time.Hour
	hourPresent = 11 * time.Hour
	hourDecide  = 13 * time.Hour
	hourBadge   = 7*time.Hour + 30*time.Minute
	hourJudge   = 16 * time.Hour
	hourMuster  = 6 * time.Hour // of the second day, before the market opens
	hourPower   = 6*time.Hour + 45*time.Minute
	hourKit     = 7 * time.Hour
)

const passMark = 60

// others are those who apply besides: without workers in view, late, or not to be taken.
var others = []struct {
	office    string
	prospects int
	unfit     string
	absent    bool
}{
	{"jambi", 0, "", false}, {"jambi", 0, "", false}, {"jambi", 6, "", false}, {"jambi", 0, "Belum berusia 18 tahun", false}, {"jambi", 0, "", true},
	{"muaro", 0, "", false}, {"muaro", 0, "Bertugas di instansi yang mengawasi cabang", false},
	{"tebo", 0, "", false}, {"tanjab", 0, "", false}, {"tanjab", 4, "", false}, {"batang", 0, "", false},
}

// planClass draws who applies, and plans what the offices do about it.
func (b *builder) planClass() {
	b.class = class{on: b.today.Add(-sweepAgo - 1), applied: map[jaring.ApplicationID]*applicant{}}
	b.on(b.class.on.Add(-classAdded)).at(hourDesk, b.addClass)
	for i, k := range cadre {
		a := &agent{office: k.office, name: k.name, from: b.class.on.Add(2)}
		b.class.cadre, b.agents = append(b.class.cadre, a), append(b.agents, a)
		b.planApplicant(&applicant{kader: i, office: k.office, name: k.name, background: k.background, prospects: 3 + b.crowd.rand.IntN(28)}, firstApplies-i/2)
	}
	for i, o := range others {
		before := lastApplies // who has workers in view and is late
		if o.prospects == 0 {
			before = firstApplies - i
		}
		b.planApplicant(&applicant{kader: -1, office: o.office, name: b.crowd.name(b.crowd.chance(50)), background: pick(b.crowd.rand, jaring.Backgrounds),
			prospects: o.prospects, unfit: o.unfit, absent: o.absent}, before)
	}
	for _, o := range offices {
		if quotaOf(o.key) > 0 {
			b.on(b.class.on.Add(-decided)).at(hourDecide, func(ctx context.Context) error { return b.choose(ctx, o.key) })
		}
	}
	b.on(b.class.on).at(hourBadge, b.attend)
	b.on(b.class.on).at(hourJudge, b.judge)
	second := b.on(b.class.on.Add(1))
	second.at(hourMuster, b.attend)
	second.at(hourPower, b.graduate)
	second.at(hourKit, b.kitOut)
	second.at(hourDesk+7*time.Hour, b.closeClass)
}

func (b *builder) planApplicant(p *applicant, before int) {
	p.village = string(b.crowd.village(regencyOf(p.office)).Code)
	d := b.class.on.Add(-before)
	var id jaring.ApplicationID
	b.on(d).at(hourApply, func(ctx context.Context) (err error) {
		id, err = b.receive(ctx, p)
		return err
	})
	if p.absent {
		return
	}
	b.on(d.Add(1+b.crowd.rand.IntN(3))).at(hourPresent, func(ctx context.Context) error {
		actor, err := b.actor(ctx, b.desk[deskOf(p.office)])
		if err != nil {
			return err
		}
		return b.app.PresentApplicant(ctx, actor, newOperation(), id)
	})
}

func newOperation() jaring.OperationID { return jaring.OperationID(app.NewID()) }

// receive is one application, as anybody sends it.
func (b *builder) receive(ctx context.Context, p *applicant) (jaring.ApplicationID, error) {
	f := jaring.Application{Office: b.office[p.office], Name: p.name, Phone: b.crowd.phone(), Village: p.village, Background: p.background, Prospects: p.prospects,
		Consent: jaring.Consent{NoticeVersion: b.Notice, Channel: "tap", At: b.clock.now()}}
	if p.prospects > 0 {
		f.ProspectsWhere = pick(b.crowd.rand, []string{"di pasar tempat saya berjualan", "di RT saya", "anggota paguyuban ojek", "kelompok nelayan", "pengrajin di kelurahan saya"})
	}
	id := newOperation()
	_, err := b.app.AddApplication(ctx, id, f)
	b.class.applied[jaring.ApplicationID(id)] = p
	return jaring.ApplicationID(id), err
}

// head is the head of the branch that holds the class.
func (b *builder) head(ctx context.Context) (jaring.Actor, error) {
	return b.actor(ctx, b.desk[headOf(home)])
}

// addClass plans the class with the places of each office.
func (b *builder) addClass(ctx context.Context) error {
	head, err := b.head(ctx)
	if err != nil {
		return err
	}
	f := jaring.Class{Name: "Kelas kader Cabang Jambi", Office: b.office[home], From: b.class.on, To: b.class.on.Add(1), Place: b.place[classHall], PassMark: passMark}
	for _, o := range offices {
		if n := quotaOf(o.key); n > 0 {
			f.Quotas = append(f.Quotas, jaring.Quota{Office: b.office[o.key], Seats: n})
		}
	}
	b.class.id, err = b.app.AddClass(ctx, head, newOperation(), f)
	return err
}

// choose lets an office decide on those who came to it, in the order in which the system
// lists them: who has workers in view first. The places go as long as there are any.
func (b *builder) choose(ctx context.Context, office string) error {
	actor, err := b.actor(ctx, b.desk[deskOf(office)])
	if err != nil {
		return err
	}
	list, err := b.app.FindApplications(ctx, actor, jaring.ApplicationIsPresented, b.office[office], "")
	if err != nil {
		return err
	}
	left := quotaOf(office)
	for _, p := range list.Items {
		if p.Office != b.office[office] {
			continue // of a sub-branch, which decides itself
		}
		to, why := jaring.ApplicationIsAccepted, ""
		switch unfit := b.class.applied[p.ID].unfit; {
		case unfit != "":
			to, why = jaring.ApplicationIsRejected, unfit
		case left == 0:
			to, why = jaring.ApplicationIsWaiting, "Kuota kelas ini sudah penuh"
		}
		if err := b.app.DecideApplication(ctx, actor, newOperation(), p.ID, to, why); err != nil {
			return err
		}
		if to != jaring.ApplicationIsAccepted {
			continue
		}
		left--
		if err := b.app.TakeSeat(ctx, actor, newOperation(), b.class.id, p.ID, b.office[office]); err != nil {
			return err
		}
	}
	return nil
}
