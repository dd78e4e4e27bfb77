package demo

import (
	"testing"

	"jaring/internal/jaring"
)

// wantStoryD holds the employers of a demo against what it made of them.
func wantStoryD(t *testing.T, d *Demo) {
	t.Helper()
	s, ok := d.Stories["d"].(*StoryD)
	if !ok || s.Employers != len(owners) || s.Workers != 11 || s.Protected != 8 || s.Paid <= 0 || s.Open <= 0 {
		t.Errorf("%+v", s)
	}
	if told := s.Told; len(told) != 2 || told[0].Value != 1_441 || told[0].Unit != jaring.UnitEmployer || *told[0].Reached != 0 || told[1].Value != 60_000 || told[1].Unit != jaring.UnitPerson || told[1].Registered != nil {
		t.Errorf("%+v", told)
	}
}
