package demo

import "testing"

// wantStoryD holds the employers of a demo against what it made of them.
func wantStoryD(t *testing.T, d *Demo) {
	t.Helper()
	s, ok := d.Stories["d"].(*StoryD)
	if !ok || s.Employers != len(owners) || s.Workers != 11 || s.Protected != 8 || s.Paid <= 0 || s.Open <= 0 {
		t.Errorf("%+v", s)
	}
}
