package scheme

import (
	"slices"

	"jaring/internal/jaring"
)

// Settings are the points that the law leaves open or that sources tell in two
// ways. Each is a word of a closed list; docs/rules/open-points.md gives the
// reasons for the defaults.
type Settings struct {
	// BandGap: what an income in the Rp1.000 gap between two rows pays.
	// lower_edge (default): the row below, because the next has not begun; none: an error.
	BandGap string `json:"bpu.band_gap"`
	// OwnerRelief: does PP 50/2025 relieve a BPU who employs others?
	// excluded (default), included.
	OwnerRelief string `json:"relief.employer_owner"`
	// VillageBudget: is APBDes a public budget in the sense of PP 50/2025 art 3?
	// own (default: the article names APBN and APBD alone), like_apbd.
	VillageBudget string `json:"funding.apbdes"`
	// UnstatedPaidUp: a condition "paid up to" of which the question says nothing.
	// met (default), not_met.
	UnstatedPaidUp string `json:"relief.unstated_paid_up"`
	// JointLeave: is cuti bersama a holiday for due dates? working (default), holiday.
	JointLeave string `json:"due.joint_leave"`
	// Rounding of a PU contribution to the rupiah: half_up (default), down, up.
	Rounding Rounding `json:"pu.rounding"`
	// BenefitBase of a BPU: stated_income (default), band_base.
	BenefitBase string `json:"bpu.benefit_base"`
	// DeathWait: whom the first three months concern: bpu (default), all.
	DeathWait string `json:"jkm.wait_for"`
}

// DefaultSettings are the stated defaults.
func DefaultSettings() Settings {
	return Settings{
		BandGap: "lower_edge", OwnerRelief: "excluded", VillageBudget: "own", UnstatedPaidUp: "met",
		JointLeave: "working", Rounding: HalfUp, BenefitBase: "stated_income", DeathWait: "bpu",
	}
}

// check refuses unknown words. Error: scheme.setting.unknown.
func (s Settings) check() (errs jaring.Errors) {
	one := func(name, value string, allowed ...string) {
		if !slices.Contains(allowed, value) {
			errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.setting.unknown", "setting", name, "value", value))
		}
	}
	one("bpu.band_gap", s.BandGap, "lower_edge", "none")
	one("relief.employer_owner", s.OwnerRelief, "excluded", "included")
	one("funding.apbdes", s.VillageBudget, "own", "like_apbd")
	one("relief.unstated_paid_up", s.UnstatedPaidUp, "met", "not_met")
	one("due.joint_leave", s.JointLeave, "working", "holiday")
	one("pu.rounding", string(s.Rounding), string(HalfUp), string(Down), string(Up))
	one("bpu.benefit_base", s.BenefitBase, "stated_income", "band_base")
	one("jkm.wait_for", s.DeathWait, "bpu", "all")
	return errs
}
