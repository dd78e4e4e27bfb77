package scheme

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"jaring/internal/jaring"
)

// Settings are the points that the law leaves open or that sources tell in two
// ways. Each is a word of a closed list, the first of which is the default;
// docs/rules/open-points.md gives the reasons for the defaults.
type Settings struct {
	// BandGap: what an income in the Rp1.000 gap between two rows pays.
	// lower_edge: the row below, because the next has not begun; none: an error.
	BandGap string `json:"bpu.band_gap"`
	// OwnerRelief: does PP 50/2025 relieve a BPU who employs others? excluded, included.
	OwnerRelief string `json:"relief.employer_owner"`
	// VillageBudget: is APBDes a public budget in the sense of PP 50/2025 art 3?
	// own: the article names APBN and APBD alone; like_apbd.
	VillageBudget string `json:"funding.apbdes"`
	// UnstatedPaidUp: a condition "paid up to" of which the question says nothing. met, not_met.
	UnstatedPaidUp string `json:"relief.unstated_paid_up"`
	// JointLeave: is cuti bersama a holiday for due dates? working, holiday.
	JointLeave string `json:"due.joint_leave"`
	// Rounding of a PU contribution to the rupiah: half_up, down, up.
	Rounding Rounding `json:"pu.rounding"`
	// PenaltyGrowth: does the penalty of PU bear a penalty itself? simple, compound.
	PenaltyGrowth string `json:"pu.penalty_growth"`
	// BenefitBase of a BPU: stated_income, band_base.
	BenefitBase string `json:"bpu.benefit_base"`
	// DeathWait: whom the first three months concern: bpu, all.
	DeathWait string `json:"jkm.wait_for"`
	// WaitEdge: when the wait is over. full: so many full months have passed;
	// begun: the last of them has begun.
	WaitEdge string `json:"jkm.wait_edge"`
	// ClaimEdge: is the same day of the last year still in time? included, excluded.
	ClaimEdge string `json:"jkk.claim_edge"`
}

// point is an open point: its name, its words, the default first, and where it stands.
type point struct {
	name  string
	words []string
	of    func(*Settings) *string
}

var settings = []point{
	{"bpu.band_gap", []string{"lower_edge", "none"}, func(s *Settings) *string { return &s.BandGap }},
	{"relief.employer_owner", []string{"excluded", "included"}, func(s *Settings) *string { return &s.OwnerRelief }},
	{"funding.apbdes", []string{"own", "like_apbd"}, func(s *Settings) *string { return &s.VillageBudget }},
	{"relief.unstated_paid_up", []string{"met", "not_met"}, func(s *Settings) *string { return &s.UnstatedPaidUp }},
	{"due.joint_leave", []string{"working", "holiday"}, func(s *Settings) *string { return &s.JointLeave }},
	{"pu.rounding", []string{string(HalfUp), string(Down), string(Up)}, func(s *Settings) *string { return (*string)(&s.Rounding) }},
	{"pu.penalty_growth", []string{"simple", "compound"}, func(s *Settings) *string { return &s.PenaltyGrowth }},
	{"bpu.benefit_base", []string{"stated_income", "band_base"}, func(s *Settings) *string { return &s.BenefitBase }},
	{"jkm.wait_for", []string{"bpu", "all"}, func(s *Settings) *string { return &s.DeathWait }},
	{"jkm.wait_edge", []string{"full", "begun"}, func(s *Settings) *string { return &s.WaitEdge }},
	{"jkk.claim_edge", []string{"included", "excluded"}, func(s *Settings) *string { return &s.ClaimEdge }},
}

// Setting is one open point as it is decided: the words to choose from, the default first.
type Setting struct {
	Name, Value string
	Words       []string
}

// All are the settings in the order of docs/rules/open-points.md.
func (s Settings) All() []Setting {
	all := make([]Setting, len(settings))
	for i, x := range settings {
		all[i] = Setting{x.name, *x.of(&s), slices.Clone(x.words)}
	}
	return all
}

// DefaultSettings are the stated defaults.
func DefaultSettings() (s Settings) {
	for _, x := range settings {
		*x.of(&s) = x.words[0]
	}
	return s
}

// ReadSettings reads {"name": "word", …}; what it leaves out keeps its default. Errors, all at
// once: scheme.setting.malformed, scheme.setting.name for a name that is none,
// scheme.setting.unknown for a word that is none.
func ReadSettings(text []byte) (Settings, error) {
	s := DefaultSettings()
	said := map[string]string{}
	d := json.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&said); err != nil {
		return s, jaring.NewError(jaring.Invalid, "scheme.setting.malformed", "text", err.Error())
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return s, jaring.NewError(jaring.Invalid, "scheme.setting.malformed", "text", "more than one object")
	}
	var errs jaring.Errors
	for _, name := range sortedKeys(said) {
		i := slices.IndexFunc(settings, func(x point) bool { return x.name == name })
		if i < 0 {
			errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.setting.name", "setting", name, "choices", settingNames()))
			continue
		}
		*settings[i].of(&s) = said[name]
	}
	return s, append(errs, s.check()...).OrNil()
}

func settingNames() string {
	names := make([]string, len(settings))
	for i, x := range settings {
		names[i] = x.name
	}
	return strings.Join(names, ", ")
}

// check refuses unknown words. Error: scheme.setting.unknown.
func (s Settings) check() (errs jaring.Errors) {
	for _, x := range s.All() {
		if !slices.Contains(x.Words, x.Value) {
			errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.setting.unknown", "setting", x.Name, "value", x.Value, "choices", strings.Join(x.Words, ", ")))
		}
	}
	return errs
}
