package outreach

import (
	"context"
	"crypto/sha256"
	"strconv"

	"github.com/google/uuid"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// Hall is the hall of an event as the office sees it.
type Hall struct {
	Campaign  *app.Campaign
	Plan      jaring.HallPlan
	Media     map[jaring.MediaID]jaring.MediaKind // of the slides
	Version   int64
	Entry     jaring.TicketCode // of the page where people sign up; empty when they cannot
	Invited   map[jaring.ParticipantKind]int
	Gate      jaring.GateCount
	Names     map[jaring.ParticipantID]string // of those who were let in twice; for the office alone
	Stands    int
	Queue     map[jaring.QueueState]int
	Rally     store.RallyCount
	Said      []store.AnnouncementRecord
	MayManage bool
}

// GetHall gives how the hall of a campaign stands now. Errors: campaign.not_found, error.forbidden.
func (o *Outreach) GetHall(ctx context.Context, actor jaring.Actor, id jaring.CampaignID) (*Hall, error) {
	c, err := o.CampaignFor(ctx, actor, jaring.ActReadCampaign, id)
	if err != nil {
		return nil, err
	}
	h := &Hall{Campaign: c, MayManage: actor.May(jaring.ActManageCampaign, jaring.Scope{Office: c.Office}) == nil}
	err = o.DB.Snapshot(ctx, func(tx *store.Tx) error { return o.readHall(tx, h) })
	return h, err
}

func (o *Outreach) readHall(tx *store.Tx, h *Hall) error {
	id := h.Campaign.ID
	rec, err := tx.GetHall(id)
	if err != nil {
		return err
	}
	h.Plan, h.Version = rec.Plan, rec.Version
	if h.Plan.SignUp {
		h.Entry = o.entryCode(id)
	}
	media, err := tx.FindMedia(id)
	if err != nil {
		return err
	}
	h.Media = map[jaring.MediaID]jaring.MediaKind{}
	for _, m := range media {
		h.Media[m.ID] = m.Kind
	}
	if h.Invited, err = tx.CountParticipants(id); err != nil {
		return err
	}
	if h.Gate, err = countGate(tx, id); err != nil {
		return err
	}
	h.Names = map[jaring.ParticipantID]string{}
	for _, twice := range h.Gate.Twice {
		if !h.MayManage {
			break
		}
		p, err := tx.GetParticipant(id, twice.Participant)
		if err != nil {
			return err
		}
		h.Names[twice.Participant] = p.Name
	}
	stands, err := tx.FindStands(id, "")
	if err != nil {
		return err
	}
	h.Stands = len(stands)
	if h.Rally, err = tx.CountRally(id, h.Plan.Stamps); err != nil {
		return err
	}
	queue, err := tx.FindConsultations(id)
	if err != nil {
		return err
	}
	h.Queue = map[jaring.QueueState]int{}
	for _, c := range queue {
		h.Queue[c.State]++
	}
	h.Said, err = tx.FindAnnouncements(id, o.Now())
	return err
}

// countGate counts who is in, from all that phones said.
func countGate(tx *store.Tx, id jaring.CampaignID) (jaring.GateCount, error) {
	tickets, err := tx.FindTickets(id)
	if err != nil {
		return jaring.GateCount{}, err
	}
	kinds := make(map[jaring.ParticipantID]jaring.ParticipantKind, len(tickets))
	for _, t := range tickets {
		kinds[t.ID] = t.Kind
	}
	checks, err := tx.FindTicketChecks(id, "")
	return jaring.CountGate(checks, kinds), err
}

// SetHall makes the plan of a hall what it is told to be, for who saw it in a version.
// Errors: those of jaring.NewHallPlan; media.not_found, hall.changed_meanwhile, campaign.not_found, error.forbidden,
// error.out_of_area, operation.conflict.
func (o *Outreach) SetHall(ctx context.Context, actor jaring.Actor, op jaring.OperationID, id jaring.CampaignID, version int64, plan jaring.HallPlan) error {
	said := []any{id, version, plan}
	plan, faults := jaring.NewHallPlan(plan)
	return o.inHall(ctx, actor, jaring.ActManageCampaign, op, id, said, faults, jaring.HallPlanned, "", func(tx *store.Tx) error {
		rec, err := tx.GetHall(id)
		if err != nil {
			return err
		}
		if rec.Version != version {
			return jaring.NewError(jaring.Conflict, "hall.changed_meanwhile")
		}
		if err := keepMedia(tx, id, plan); err != nil {
			return err
		}
		rec.Plan, rec.Version = plan, version+1
		if plan.SignUp && rec.Entry == nil {
			rec.Entry = codeHash(o.entryCode(id))
			if err := tx.AddHallItem(rec.Entry, store.HallItem{Campaign: id, Kind: store.CodeEntry, ID: string(id)}); err != nil {
				return err
			}
		}
		return tx.SetHall(rec)
	})
}

// inHall does one act in the hall of a campaign, once, and tells it. faults are those of what was said: they
// are told to nobody who may not act here.
func (o *Outreach) inHall(ctx context.Context, actor jaring.Actor, act jaring.Act, op jaring.OperationID, id jaring.CampaignID, said any, faults error, kind jaring.EventKind, what string, run func(*store.Tx) error) error {
	c, err := o.hallFor(ctx, actor, act, id)
	if err != nil {
		return err
	}
	if faults != nil {
		return faults
	}
	_, err = o.Once(ctx, actor, op, act, said, func(tx *store.Tx) error {
		if err := run(tx); err != nil || kind == "" {
			return err
		}
		return o.tellHall(tx, actor, c, kind, what)
	})
	return err
}

// tellHall writes an event about the hall of a campaign.
func (o *Outreach) tellHall(tx *store.Tx, actor jaring.Actor, c *app.Campaign, kind jaring.EventKind, what string) error {
	return o.Tell(tx, actor, string(c.ID), kind, jaring.Facts{Campaign: c.ID, Other: what})
}

// partOf is the id of the n-th thing that an operation makes: the same when it is told again.
func partOf(op jaring.OperationID, n int) string {
	space, err := uuid.Parse(string(op))
	if err != nil {
		space = uuid.NameSpaceOID
	}
	return uuid.NewSHA1(space, []byte(strconv.Itoa(n))).String()
}

// hallFor reads a campaign for an act in its hall. Who takes part in it may check tickets, give stamps and
// lead the queue, whatever his office. Errors: campaign.not_found, campaign.is_cancelled, error.forbidden, error.out_of_area.
func (o *Outreach) hallFor(ctx context.Context, actor jaring.Actor, act jaring.Act, id jaring.CampaignID) (*app.Campaign, error) {
	asked := act
	if act == jaring.ActCheckTicket {
		asked = jaring.ActReadCampaign
	}
	c, err := o.CampaignFor(ctx, actor, asked, id)
	if err == nil && act == jaring.ActCheckTicket {
		err = actor.May(act, jaring.Scope{})
	}
	if err == nil && act != jaring.ActReadCampaign && c.State == jaring.CampaignIsCancelled {
		err = jaring.NewError(jaring.Conflict, "campaign.is_cancelled")
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// codeOf makes the code of a ticket or a stand: nobody without our key can, and we can again, to print it.
func (o *Outreach) codeOf(kind, id string) jaring.TicketCode {
	var random [jaring.ReceiptLength]byte
	copy(random[:], o.Vault.Digest256("hall-"+kind, []byte(id)))
	return jaring.NewTicketCode(random)
}

func (o *Outreach) entryCode(id jaring.CampaignID) jaring.TicketCode {
	return o.codeOf(store.CodeEntry, string(id))
}

// codeHash is what is kept of a code, and what phones at gates know tickets by.
func codeHash(code jaring.TicketCode) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

// behind finds what a code of a kind leads to. Error: hall.code_unknown, also for what is no code.
func behind(tx *store.Tx, text, kind string) (store.HallItem, error) {
	code, err := jaring.ParseTicketCode(text)
	if err != nil {
		return store.HallItem{}, jaring.NewError(jaring.NotFound, "hall.code_unknown")
	}
	item, err := tx.GetHallItem(codeHash(code))
	if err == nil && item.Kind != kind {
		err = jaring.NewError(jaring.NotFound, "hall.code_unknown")
	}
	return item, err
}
