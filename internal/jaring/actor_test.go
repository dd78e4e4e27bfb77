package jaring

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The offices of the matrix: a branch with a sub-branch below it, and a sibling.
const (
	ownOffice  OfficeID  = "own"
	subOffice  OfficeID  = "sub"
	sibling    OfficeID  = "sibling"
	self       AccountID = "self"
	otherAgent AccountID = "other"
)

// mayTable is who holds which power, as the trade wants it: x may.
const mayTable = `
act                  admin  branch_head  officer  agent  auditor
worker.register      -      x            x        x      -
worker.find          -      x            x        x      x
worker.get           -      x            x        x      x
worker.correct       -      x            x        x      -
worker.reveal_nik    -      x            x        -      -
worker.merge         -      x            x        -      -
consent.withdraw     -      x            x        x      -
contribution.settle  -      x            x        -      -
contribution.ask     -      x            x        x      -
contribution.reverse -      x            -        -      -
ledger.read          -      x            x        -      x
review.decide        -      x            x        -      -
review.find          -      x            x        -      x
home.read            x      x            x        x      x
audit.read           x      x            -        -      x
place.add            x      x            x        -      -
device.enrol         -      x            x        x      -
device.sync          -      x            x        x      -
account.manage       x      -            -        -      -
office.manage        x      -            -        -      -
agent.find           x      x            x        -      x
application.decide   -      x            x        -      -
class.manage         -      x            x        -      -
certificate.issue    -      x            -        -      -
certificate.stop     -      x            -        -      -
kit.manage           -      x            x        -      -
territory.assign     -      x            x        -      -
campaign.manage      -      x            x        -      -
campaign.read        x      x            x        x      x
employer.manage      -      x            x        -      -
employer.register    -      x            x        x      -
employer.find        -      x            x        x      x
employee.add         -      x            x        x      -
guest.manage         -      x            x        -      -
guest.mark           -      x            x        x      -
partner.manage       -      x            x        -      -
partner.find         -      x            x        -      x
lead.note            -      x            x        x      -
lead.find            -      x            x        x      x
ticket.check         -      x            x        x      -
campaign.evaluate    -      x            -        -      -
lot.record           -      x            x        x      -
photo.add            -      x            x        x      -
office.find          x      x            x        -      x
worker.remind        -      x            x        x      -
contribution.rescue  -      x            x        x      -
cash.take            -      x            x        x      -
cash.deposit         -      x            x        x      -
cash.read            -      x            x        -      x
cash.block           -      x            -        -      -
case.find            -      x            x        -      x
case.decide          -      x            x        -      -
suspense.assign      -      x            x        -      -
suspense.refund      -      x            -        -      -
credit.refund        -      x            -        -      -
statement.add        -      x            x        -      -
day.close            -      x            -        -      -
group.manage         -      x            x        -      -
group.find           -      x            x        -      x
target.manage        x      x            -        -      -
target.find          x      x            x        -      x
village.manage       -      x            x        -      -
village.find         -      x            x        -      x
village.criteria     x      -            -        -      -
sponsor.manage       -      x            x        -      -
sponsor.approve      -      x            -        -      -
sponsor.find         -      x            x        -      x
service.manage       -      x            x        -      -
service.serve        -      x            x        -      -
service.find         -      x            x        -      x
`

// reach is one thing that an act may touch, and whether an agent and everybody else
// reaches it.
type reach struct {
	name          string
	scope         Scope
	agent, others bool
}

var reaches = []reach{
	{"nothing in particular", Scope{}, true, true},
	{"the own office", Scope{Office: ownOffice}, true, true},
	{"the own office, served area", Scope{Office: ownOffice, Area: "15.71.01"}, true, true},
	{"a sub-office", Scope{Office: subOffice}, false, true},
	{"a sub-office, its area", Scope{Office: subOffice, Area: "15.09.02.2001"}, false, true},
	{"a sibling office", Scope{Office: sibling}, false, false},
	{"a sibling office, foreign area", Scope{Office: sibling, Area: "16.71"}, false, false},
	{"a sibling office, served area", Scope{Office: sibling, Area: "15.71.01.1001"}, false, true},
	{"served area, no office", Scope{Area: "15.71"}, false, true},
	{"inside a served area", Scope{Area: "15.71.01.1001"}, false, true},
	{"above a served area", Scope{Area: "15"}, false, false},
	{"an area whose code begins alike", Scope{Area: "15.710"}, false, false},
	{"foreign area", Scope{Area: "16.71.01"}, false, false},
	{"own record", Scope{Office: ownOffice, Area: "15.71.01.1001", Agent: self}, true, true},
	{"own record, taken in a foreign area", Scope{Office: ownOffice, Area: "16.71", Agent: self}, true, true},
	{"own record, kept by a sibling office", Scope{Office: sibling, Area: "16.71", Agent: self}, true, false},
	{"other agent's record in the own office", Scope{Office: ownOffice, Area: "15.71.01.1001", Agent: otherAgent}, false, true},
	{"other agent's record in a sub-office", Scope{Office: subOffice, Area: "15.09", Agent: otherAgent}, false, true},
	{"other agent's record elsewhere", Scope{Office: sibling, Area: "16.71", Agent: otherAgent}, false, false},
}

func readMayTable(t *testing.T) map[Act]map[Role]bool {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(mayTable), "\n")
	roles := strings.Fields(lines[0])[1:]
	table := map[Act]map[Role]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		if len(cells) != len(roles)+1 {
			t.Fatalf("table: %q", line)
		}
		row := map[Role]bool{}
		for i, role := range roles {
			row[Role(role)] = cells[i+1] == "x"
		}
		table[Act(cells[0])] = row
	}
	return table
}

func actorAs(role Role) Actor {
	return Actor{Account: self, Role: role, Office: ownOffice, Offices: []OfficeID{ownOffice, subOffice}, Areas: []string{"15.71", "15.09"}}
}

func TestActorMayMatrix(t *testing.T) {
	table := readMayTable(t)
	for _, act := range Acts() {
		if table[act] == nil {
			t.Errorf("%s is not in the table; say who may do it", act)
		}
	}
	if len(table) != len(Acts()) {
		t.Errorf("the table has %d acts, the house %d", len(table), len(Acts()))
	}
	cases := 0
	for act, row := range table {
		for _, role := range Roles {
			for _, r := range reaches {
				cases++
				reached := r.others
				if role == RoleAgent {
					reached = r.agent
				}
				want := ""
				switch {
				case !row[role]:
					want = "error.forbidden"
				case !reached:
					want = "error.out_of_area"
				}
				if got := KeyOf(actorAs(role).May(act, r.scope)); got != want {
					t.Errorf("%s as %s on %s: got %q, want %q", act, role, r.name, got, want)
				}
			}
		}
	}
	if want := len(table) * len(Roles) * len(reaches); cases != want {
		t.Errorf("%d cases, want %d", cases, want)
	}
}

func TestActorMayOutsideTheMatrix(t *testing.T) {
	for _, r := range reaches {
		for _, act := range Acts() {
			name := fmt.Sprintf("%s on %s", act, r.name)
			if err := System.May(act, r.scope); err != nil {
				t.Errorf("Jaring itself, %s: %v", name, err)
			}
			if got := CodeOf((Actor{}).May(act, r.scope)); got != Unauthenticated {
				t.Errorf("nobody, %s: %q", name, got)
			}
			nameless := actorAs(RoleBranchHead)
			nameless.Account = ""
			if got := CodeOf(nameless.May(act, r.scope)); got != Unauthenticated {
				t.Errorf("a role without an account, %s: %q", name, got)
			}
			if got := KeyOf(actorAs("king").May(act, r.scope)); got != "error.forbidden" {
				t.Errorf("a role that is none, %s: %q", name, got)
			}
		}
	}
	if actorAs(RoleOfficer).May("worker.eat", Scope{}) == nil {
		t.Error("an act that is none is allowed")
	}
	if slices.Contains(Roles, RoleSystem) {
		t.Error("a person may hold the role of Jaring itself")
	}
}

func TestServesTheWholeCountry(t *testing.T) {
	a := Actor{Account: self, Role: RoleAuditor, Office: ownOffice, Offices: []OfficeID{ownOffice}, Areas: []string{""}}
	for _, scope := range []Scope{{Area: "11"}, {Area: "96.71.01.1001"}, {Office: sibling, Area: "16.71"}} {
		if err := a.May(ActGetWorker, scope); err != nil {
			t.Errorf("%v: %v", scope, err)
		}
	}
	if a.May(ActGetWorker, Scope{Office: sibling}) == nil {
		t.Error("a sibling's record without an area is reached")
	}
}
