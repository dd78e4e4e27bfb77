package jaring

import "strings"

// Role is what somebody is to the office.
type Role string

// Roles.
const (
	RoleAdmin      Role = "admin"       // sets up offices and accounts
	RoleBranchHead Role = "branch_head" // approves, sees all of the branch
	RoleOfficer    Role = "officer"     // registers, checks, corrects, takes payments to the book
	RoleAgent      Role = "agent"       // kader, Perisai: registers in the field
	RoleAuditor    Role = "auditor"     // reads who did what, changes nothing
	RoleSystem     Role = "system"      // jobs of Jaring itself; nobody logs in as it
)

// Roles that a person can hold.
var Roles = []Role{RoleAdmin, RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor}

// Act is something that an actor may be allowed to do. Its name is the operation's
// name and the stem of its event.
type Act string

// Acts.
const (
	ActRegisterWorker  Act = "worker.register"
	ActFindWorker      Act = "worker.find"
	ActGetWorker       Act = "worker.get"
	ActCorrectWorker   Act = "worker.correct"
	ActRevealNIK       Act = "worker.reveal_nik"
	ActMergeWorker     Act = "worker.merge"
	ActWithdrawConsent Act = "consent.withdraw"
	ActSettle          Act = "contribution.settle"
	ActContribute      Act = "contribution.ask"
	ActReverse         Act = "contribution.reverse"
	ActReadLedger      Act = "ledger.read"
	ActTakeCash        Act = "cash.take"
	ActDepositCash     Act = "cash.deposit"
	ActReadCash        Act = "cash.read"
	ActBlockCash       Act = "cash.block"
	ActFindCase        Act = "case.find"
	ActDecideCase      Act = "case.decide"
	ActAssignSuspense  Act = "suspense.assign"
	ActRefundSuspense  Act = "suspense.refund"
	ActRefundCredit    Act = "credit.refund"
	ActAddStatement    Act = "statement.add"
	ActCloseDay        Act = "day.close"
	ActManageGroup     Act = "group.manage"
	ActManageAware     Act = "village.manage"
	ActFindAware       Act = "village.find"
	ActSetAware        Act = "village.criteria"
	ActManageTarget    Act = "target.manage"
	ActFindTarget      Act = "target.find"
	ActFindGroup       Act = "group.find"
	ActManageEmployer  Act = "employer.manage"
	ActAddEmployee     Act = "employee.add"
	ActFindEmployer    Act = "employer.find"
	ActManageSponsor   Act = "sponsor.manage"
	ActApproveSponsor  Act = "sponsor.approve"
	ActFindSponsor     Act = "sponsor.find"
	ActRemind          Act = "worker.remind"
	ActRescue          Act = "contribution.rescue"
	ActDecideReview    Act = "review.decide"
	ActFindReview      Act = "review.find"
	ActReadHome        Act = "home.read"
	ActReadAudit       Act = "audit.read"
	ActAddPlace        Act = "place.add"
	ActEnrolDevice     Act = "device.enrol"
	ActSync            Act = "device.sync"
	ActManageAccount   Act = "account.manage"
	ActManageOffice    Act = "office.manage"
	ActFindOffice      Act = "office.find"

	ActFindAgent         Act = "agent.find"
	ActDecideApplication Act = "application.decide"
	ActManageClass       Act = "class.manage"
	ActCertify           Act = "certificate.issue"
	ActStopCertificate   Act = "certificate.stop"
	ActManageKit         Act = "kit.manage"
	ActAssignTerritory   Act = "territory.assign"
	ActManageCampaign    Act = "campaign.manage"
	ActReadCampaign      Act = "campaign.read"
	ActEvaluateCampaign  Act = "campaign.evaluate"
	ActRecordLot         Act = "lot.record"
	ActAddPhoto          Act = "photo.add"
	ActManageGuest       Act = "guest.manage"
	ActMarkGuest         Act = "guest.mark"
	ActManagePartner     Act = "partner.manage"
	ActFindPartner       Act = "partner.find"
	ActNoteLead          Act = "lead.note"
	ActFindLead          Act = "lead.find"
)

// powers is the whole table of who may do what; everything else is forbidden.
var powers = map[Act][]Role{
	ActRegisterWorker:  {RoleBranchHead, RoleOfficer, RoleAgent},
	ActFindWorker:      {RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActGetWorker:       {RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActCorrectWorker:   {RoleBranchHead, RoleOfficer, RoleAgent},
	ActRevealNIK:       {RoleBranchHead, RoleOfficer},
	ActMergeWorker:     {RoleBranchHead, RoleOfficer},
	ActWithdrawConsent: {RoleBranchHead, RoleOfficer, RoleAgent},
	ActSettle:          {RoleBranchHead, RoleOfficer},
	ActContribute:      {RoleBranchHead, RoleOfficer, RoleAgent},
	ActReverse:         {RoleBranchHead},
	ActReadLedger:      {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActTakeCash:        {RoleBranchHead, RoleOfficer, RoleAgent},
	ActDepositCash:     {RoleBranchHead, RoleOfficer, RoleAgent},
	ActReadCash:        {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActBlockCash:       {RoleBranchHead},
	ActFindCase:        {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActDecideCase:      {RoleBranchHead, RoleOfficer},
	ActAssignSuspense:  {RoleBranchHead, RoleOfficer},
	ActRefundSuspense:  {RoleBranchHead},
	ActRefundCredit:    {RoleBranchHead},
	ActAddStatement:    {RoleBranchHead, RoleOfficer},
	ActCloseDay:        {RoleBranchHead},
	ActManageGroup:     {RoleBranchHead, RoleOfficer},
	ActFindGroup:       {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActManageAware:     {RoleBranchHead, RoleOfficer},
	ActFindAware:       {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActSetAware:        {RoleAdmin},
	ActManageTarget:    {RoleAdmin, RoleBranchHead},
	ActFindTarget:      {RoleAdmin, RoleBranchHead, RoleOfficer, RoleAuditor},
	ActManageEmployer:  {RoleBranchHead, RoleOfficer},
	ActAddEmployee:     {RoleBranchHead, RoleOfficer, RoleAgent},
	ActFindEmployer:    {RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActManageSponsor:   {RoleBranchHead, RoleOfficer},
	ActApproveSponsor:  {RoleBranchHead},
	ActFindSponsor:     {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActRemind:          {RoleBranchHead, RoleOfficer, RoleAgent},
	ActRescue:          {RoleBranchHead, RoleOfficer, RoleAgent},
	ActDecideReview:    {RoleBranchHead, RoleOfficer},
	ActFindReview:      {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActReadHome:        {RoleAdmin, RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActReadAudit:       {RoleAdmin, RoleBranchHead, RoleAuditor},
	ActAddPlace:        {RoleAdmin, RoleBranchHead, RoleOfficer},
	ActEnrolDevice:     {RoleAgent, RoleOfficer, RoleBranchHead},
	ActSync:            {RoleAgent, RoleOfficer, RoleBranchHead},
	ActManageAccount:   {RoleAdmin},
	ActManageOffice:    {RoleAdmin},
	ActFindOffice:      {RoleAdmin, RoleBranchHead, RoleOfficer, RoleAuditor},

	ActFindAgent:         {RoleAdmin, RoleBranchHead, RoleOfficer, RoleAuditor},
	ActDecideApplication: {RoleBranchHead, RoleOfficer},
	ActManageClass:       {RoleBranchHead, RoleOfficer},
	ActCertify:           {RoleBranchHead},
	ActStopCertificate:   {RoleBranchHead},
	ActManageKit:         {RoleBranchHead, RoleOfficer},
	ActAssignTerritory:   {RoleBranchHead, RoleOfficer},
	ActManageCampaign:    {RoleBranchHead, RoleOfficer},
	ActReadCampaign:      {RoleAdmin, RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActEvaluateCampaign:  {RoleBranchHead},
	ActRecordLot:         {RoleBranchHead, RoleOfficer, RoleAgent},
	ActRegisterEmployer:  {RoleBranchHead, RoleOfficer, RoleAgent},
	ActAddPhoto:          {RoleBranchHead, RoleOfficer, RoleAgent},
	ActCheckTicket:       {RoleBranchHead, RoleOfficer, RoleAgent},
	ActManageGuest:       {RoleBranchHead, RoleOfficer},
	ActMarkGuest:         {RoleBranchHead, RoleOfficer, RoleAgent},
	ActManagePartner:     {RoleBranchHead, RoleOfficer},
	ActFindPartner:       {RoleBranchHead, RoleOfficer, RoleAuditor},
	ActNoteLead:          {RoleBranchHead, RoleOfficer, RoleAgent},
	ActFindLead:          {RoleBranchHead, RoleOfficer, RoleAgent, RoleAuditor},
	ActManageService:     {RoleBranchHead, RoleOfficer},
	ActServe:             {RoleBranchHead, RoleOfficer},
	ActFindService:       {RoleBranchHead, RoleOfficer, RoleAuditor},
}

// Acts lists every act, for tests and for the log-in answer.
func Acts() []Act {
	acts := make([]Act, 0, len(powers))
	for a := range powers {
		acts = append(acts, a)
	}
	return acts
}

// Actor is who acts: an account with its role, its office and the areas that the
// office serves today.
type Actor struct {
	Account AccountID
	Name    string
	Role    Role
	Office  OfficeID
	Zone    string     // IANA name of the office's time zone
	Offices []OfficeID // the office and all below it
	Areas   []string   // dotted area codes that those offices serve; "" serves the whole country
	Device  DeviceID   // the phone that signed, when it was one
	Licence Licence    // an agent's certificate
}

// System is Jaring's own jobs.
var System = Actor{Role: RoleSystem, Name: "Jaring"}

// Scope is what an act touches: the office that keeps the record and the area of
// the person or place. Both empty means the act touches nothing in particular.
type Scope struct {
	Office OfficeID
	Area   string // dotted area code
	Agent  AccountID
}

// Can reports whether the role holds the power, wherever it is used.
func (a Actor) Can(act Act) bool {
	if a.Role == RoleSystem {
		return true
	}
	for _, r := range powers[act] {
		if r == a.Role {
			return true
		}
	}
	return false
}

// May decides whether the actor may do act on scope. An agent reaches only the
// records that he made himself; everybody else those of the own office and the
// ones below, or of the areas these serve. It is the only such decision in Jaring.
// Errors: error.unauthenticated, error.forbidden, error.out_of_area.
func (a Actor) May(act Act, scope Scope) error {
	switch {
	case a.Role == RoleSystem:
		return nil
	case a.Account == "":
		return NewError(Unauthenticated, "error.unauthenticated")
	case !a.Can(act):
		return NewError(Forbidden, "error.forbidden")
	case !a.reaches(scope):
		return NewError(Forbidden, "error.out_of_area")
	}
	return nil
}

func (a Actor) reaches(s Scope) bool {
	if s == (Scope{}) {
		return true
	}
	if a.Role == RoleAgent {
		return s.Agent == a.Account || s.Agent == "" && s.Office == a.Office
	}
	if s.Office != "" {
		for _, o := range a.Offices {
			if o == s.Office {
				return true
			}
		}
	}
	return s.Area != "" && a.Serves(s.Area)
}

// Serves reports whether code lies in one of the actor's areas.
func (a Actor) Serves(code string) bool {
	for _, area := range a.Areas {
		if area == "" || code == area || strings.HasPrefix(code, area+".") {
			return true
		}
	}
	return false
}
