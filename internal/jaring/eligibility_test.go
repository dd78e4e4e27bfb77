package jaring

import "testing"

func TestEntryAge_Perdir22of2022_Under65(t *testing.T) {
	today := dayOf(t, "2026-11-21")
	for birth, want := range map[string]Verdict{
		"1961-11-22": Pass,   // 64 until tomorrow
		"1961-11-21": Reject, // 65 today
		"2011-11-21": Pass,   // 15 today
		"2011-11-22": Hold,
	} {
		if got := Worst(EntryAge(dayOf(t, birth), today)); got != want {
			t.Errorf("born %s: %v, want %v", birth, got, want)
		}
	}
}

func TestMayContinue_Perdir22of2022_AtAnyAgeWhoJoinedInTime(t *testing.T) {
	if !MayContinue(63) || MayContinue(65) {
		t.Error("the age at joining decides")
	}
}

func TestMayPayArrears_Perdir22of2022Item12_ThreeMonths(t *testing.T) {
	if !MayPayArrears(3) || MayPayArrears(4) {
		t.Error("three months, not four")
	}
}

func TestCheckPrograms_Permenaker5of2021Art31(t *testing.T) {
	for _, c := range []struct {
		kind   WorkerKind
		wanted Programs
		faults int
	}{
		{SelfEmployed, Programs{JKK, JKM}, 0},
		{SelfEmployed, Programs{JKK, JKM, JHT}, 0},
		{SelfEmployed, Programs{JHT}, 2},
		{EmployerOwner, Programs{JKK, JKM}, 1},
		{EmployerOwner, Programs{JKK, JKM, JHT}, 0},
		{SelfEmployed, Programs{JKK, JKM, JP}, 1},
	} {
		if got := CheckPrograms(c.kind, c.wanted); len(got) != c.faults {
			t.Errorf("%s %s: %v", c.kind, c.wanted, got)
		}
	}
}
