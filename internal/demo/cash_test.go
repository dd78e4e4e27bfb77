package demo

import (
	"testing"

	"jaring/internal/acts"
	"jaring/internal/jaring"
)

// wantCash wants cash on each way from a hand to cover, and what the branch knows of it.
func wantCash(t *testing.T, acts *acts.Acts) {
	t.Helper()
	head := jaring.Actor{Account: "00000000-0000-7000-8000-000000000001", Role: jaring.RoleAuditor}
	offices, err := acts.FindOffices(t.Context(), jaring.System)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range offices {
		head.Offices = append(head.Offices, o.ID)
	}
	all, err := acts.FindCash(t.Context(), head, "")
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, it := range all.Items {
		list, deposits, _, err := acts.FindAgentReceipts(t.Context(), head, it.Agent, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			states[c.Now+" "+string(c.PaidFrom)]++
		}
		for _, d := range deposits {
			states[d.Kind+" "+d.State]++
		}
	}
	for _, state := range []string{"disputed cash", "in_deposit cash", "open cash", "confirmed cash", "receipts settled", "receipts waiting", "float settled"} {
		if states[state] == 0 {
			t.Errorf("nothing is %s: %v", state, states)
		}
	}
	if states["confirmed float"]+states["deposited float"] == 0 {
		t.Errorf("no float has paid: %v", states)
	}
	cases, _, _, err := acts.FindCases(t.Context(), head, "open", "")
	kinds := map[jaring.CaseKind]int{}
	for _, k := range cases {
		kinds[k.Kind]++
	}
	if err != nil || len(kinds) != 2 || kinds[jaring.CaseDispute] != 1 || kinds[jaring.CaseOverdue] != 1 {
		t.Errorf("cases: %v %v", kinds, err)
	}
}
