package app

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"jaring/internal/jaring"
	"jaring/internal/store"
	"jaring/internal/wire"
)

// selfKind is the kind of bill that somebody ordered for himself.
const selfKind = "self"

// SelfForm is what somebody sends from the own phone.
type SelfForm struct {
	Token        string
	Proof        string // of TryOneTimeCode
	Kind         jaring.SelfKind
	Business     *jaring.OwnBusiness // an owner's; nil for who works alone
	Registration json.RawMessage     // the body of a registration; phone, campaign and kind are set here
}

// SelfOrder is what whoever registered himself is told: what to pay and under which code. It is the same
// whether the person was known before or not.
type SelfOrder = store.SelfOrder

// actSelf names the act of whoever registers himself; nobody holds it as a power.
const actSelf jaring.Act = "worker.register_self"

// RegisterSelf takes a registration from the phone of the person. The answer tells nothing about who is in
// the book: each form that can be read makes an order with its price and a code of the same kind. Paid, it
// pays the months of the person whom the form made or met; where a person must look first, the desk has
// the money until then.
// Errors: self.unknown, self.proof_over, self.kind_unknown, those of jaring.NewOwnBusiness, of a
// registration's form (all findings at once), operation.conflict.
func (a *App) RegisterSelf(ctx context.Context, op jaring.OperationID, f SelfForm) (*SelfOrder, error) {
	page, err := a.SelfPageOf(ctx, f.Token)
	if err != nil {
		return nil, err
	}
	proof, err := a.readProof(f.Proof)
	if err != nil {
		return nil, err
	}
	actor := a.selfActor(ctx, page.Source)
	entry, o, err := a.judgeSelf(actor, op, page.Source, proof, f)
	if err != nil {
		return nil, err
	}
	if err := a.enterSelf(ctx, actor, entry, o); err != nil {
		return nil, err
	}
	if err := a.enterBusiness(ctx, actor, op, f, o); err != nil {
		return nil, err
	}
	return o, a.addSelfOrder(ctx, actor, op, f, o)
}

// idBeside is the id of an act that goes with another, always the same for it.
func idBeside(op jaring.OperationID, what string) jaring.OperationID {
	return jaring.OperationID(uuid.NewSHA1(uuid.MustParse(string(op)), []byte(what)).String())
}

// enterBusiness makes an employer of an owner's business, with the size, risk and trade of the settings until the
// office has looked: it bills nothing before somebody there has entered the workers.
func (a *App) enterBusiness(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f SelfForm, o *SelfOrder) error {
	if o.Kind != jaring.SelfOwner {
		return nil
	}
	var person wire.Registration
	if err := json.Unmarshal(f.Registration, &person); err != nil {
		return jaring.InternalError(err)
	}
	id, err := a.RegisterEmployer(ctx, actor, idBeside(op, "employer"), jaring.EmployerForm{Office: o.Office, Kind: jaring.EmployerBusiness, Name: f.Business.Name,
		Area: f.Business.Village, Sector: a.Employers.SelfSector, RiskClass: a.Employers.SelfRisk, SizeClass: a.Employers.SelfSize, ContactName: person.Name, ContactPhone: o.Phone,
		Source: jaring.EmployerSource{Campaign: o.Campaign, Stand: o.Stand}})
	o.Employer = string(id)
	return err
}

// selfActor is who stands behind a source: Jaring itself, at the office that hung the code up, in the name of
// the account that did. A code keeps its power when that account goes.
func (a *App) selfActor(ctx context.Context, s *store.SelfSourceRecord) jaring.Actor {
	actor, err := a.Actor(ctx, s.AddedBy)
	if err != nil {
		actor = jaring.Actor{Account: s.AddedBy}
	}
	actor.Role, actor.Office = jaring.RoleSystem, s.Office
	return actor
}

// judgeSelf reads, judges and prices a form, and fills the order as far as the form alone says.
func (a *App) judgeSelf(actor jaring.Actor, op jaring.OperationID, s *store.SelfSourceRecord, proof selfProof, f SelfForm) (*jaring.Operation, *SelfOrder, error) {
	var body wire.Registration
	if err := wire.Decode(f.Registration, &body); wire.Unreadable(err) {
		return nil, nil, err
	}
	body.Phone, body.Campaign, body.Lot, body.Confirmed, body.Payer, body.Kind = proof.Phone, string(s.Campaign), nil, nil, "", string(jaring.SelfEmployed)
	o := &SelfOrder{ID: string(op), Source: s.ID, Campaign: s.Campaign, Office: s.Office, Stand: s.Stand, Kind: f.Kind, Phone: proof.Phone, State: "waiting", MadeAt: a.Now()}
	errs := []error{jaring.CheckSelfKind(f.Kind)}
	if f.Kind == jaring.SelfOwner {
		body.Kind = string(jaring.EmployerOwner)
		errs = append(errs, a.judgeBusiness(f.Business, o))
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, nil, jaring.InternalError(err)
	}
	register := &jaring.Operation{ID: op, Kind: jaring.ActRegisterWorker, TakenAt: o.MadeAt, ClockTrust: true, Body: text}
	_, quote, unfit := a.judgeEntry(&entry{op: register, day: Today(actor, o.MadeAt)})
	o.Amount, o.Months = quote.Payable, quote.Question.Months
	return register, o, JoinFindings(append(errs, unfit)...)
}

func (a *App) judgeBusiness(b *jaring.OwnBusiness, o *SelfOrder) error {
	if b == nil {
		b = &jaring.OwnBusiness{}
	}
	judged, err := jaring.NewOwnBusiness(*b, a.VillageKnown)
	if err != nil {
		return err
	}
	text, err := json.Marshal(judged)
	o.Business = string(text)
	return err
}

// enterSelf registers, or meets who is there, and notes it in the order; what it comes to is told to nobody.
func (a *App) enterSelf(ctx context.Context, actor jaring.Actor, register *jaring.Operation, o *SelfOrder) error {
	outcomes, err := a.Apply(ctx, actor, []jaring.Operation{*register})
	switch {
	case err != nil && !IsRule(err), errors.Is(err, store.ErrRestart):
		return err
	case jaring.KeyOf(err) == "operation.conflict":
		return err
	case err != nil: // a rule that the form could not know: the desk looks at the order
		return nil
	}
	out := outcomes[0]
	switch out.Kind {
	case jaring.ConflictOutcome:
		return jaring.NewError(jaring.Conflict, "operation.conflict")
	case jaring.Refused:
		o.Worker = out.Candidate
	default:
		o.Worker, o.Fresh = out.Worker, true
	}
	return nil
}

// addSelfOrder keeps an order with its code and its letter, under an id of its own that follows from op.
func (a *App) addSelfOrder(ctx context.Context, actor jaring.Actor, op jaring.OperationID, f SelfForm, o *SelfOrder) error {
	id := idBeside(op, selfKind)
	said := []any{f.Token, f.Kind, f.Business, string(f.Registration)}
	var err error
	if o.Code, err = a.NewBillCode(ctx); err != nil {
		return err
	}
	again, err := a.Once(ctx, jaring.Actor{Office: actor.Office}, id, actSelf, said, func(tx *store.Tx) error {
		if err := tx.AddSelfOrder(o); err != nil {
			return err
		}
		if err := tx.AddBillCode(store.BillCode{Code: o.Code, Kind: selfKind, Owner: o.ID, Bill: o.ID}); err != nil {
			return err
		}
		l := &store.SelfLetter{ID: NewID(), Template: templateOrder, Phone: o.Phone, About: o.ID, NotBefore: a.Now(), Until: o.MadeAt.Add(jaring.MaxSelfSpan)}
		if err := tx.AddSelfLetter(l); err != nil {
			return err
		}
		return a.Tell(tx, actor, o.ID, jaring.SelfRegistered, jaring.Facts{Campaign: o.Campaign, Amount: o.Amount, Other: o.Stand})
	})
	if err != nil || again == nil {
		return err
	}
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		known, err := tx.GetSelfOrder(o.ID)
		if err == nil {
			*o = *known
		}
		return err
	})
}
