package demo

import (
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// The villages go all their steps; one is about to be lost, and it is said when. On another day too.
func TestStoryB_VillagesStandAndOneFades(t *testing.T) {
	for _, day := range []string{"2026-11-21T09:30:00+07:00", "2027-02-12T20:00:00+07:00"} {
		t.Run(day, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, day)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Build(t.Context(), Config{Open: house(t, jaringtest.SQLiteURL(t)), Now: now, Seed: 1, Size: 155, Stories: []string{"b"}, Notice: "uji"})
			if err != nil {
				t.Fatal(err)
			}
			s := d.Stories["b"].(*StoryB)
			if len(s.Villages) != 5 || s.Steps[jaring.StepKept] != 5 || s.Colours[jaring.AwareGreen] != 4 || s.Colours[jaring.AwareAmber] != 1 || s.Aware != 1 || s.Of != 124 ||
				s.Officers != 34 || s.Came != 244 || s.Enrolled < 150 {
				t.Errorf("%+v", s)
			}
			if aim := s.Target; len(aim) != 1 || aim[0].Value != 36_000 || aim[0].Year != now.Year() || aim[0].Source == "" || *aim[0].Reached == 0 || *aim[0].Reached >= int64(s.Enrolled)+155 {
				t.Errorf("%+v", aim)
			}
			fades := s.Villages[4]
			if fades.Name != "Bram Itam Raya" || fades.Colour != jaring.AwareAmber || fades.Loss <= jaring.DayIn(now, time.UTC).Month() || s.Villages[0].Name != "Sungai Baung" {
				t.Errorf("%+v", fades)
			}
		})
	}
}
