package demo

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"jaring/internal/acts"
	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
)

// told is what the story tells; what is not told stands as the demo's own script has it.
func told() *StoryA {
	return &StoryA{
		Applications: map[jaring.ApplicationState]int64{"received": 1, "accepted": 25, "waiting_list": 8, "rejected": 2},
		Kader:        map[string]int{"Cabang Jambi": 10, "KCP Muaro Jambi": 4, "KCP Tebo": 4, "KCP Tanjung Jabung Barat": 4, "KCP Batang Hari": 3},
		KaderTotal:   25, KitHandedOut: 74, Registered: 192, New: 187, Rejoined: 5, Paid: 151, Protected: 151, ProgramsEach: 2, Minutes: 120, Best: 20,
		Winners:    []Winner{{1, "Rahma Dewi", "Cabang Jambi", 20, 17}, {2, "Yusnidar Amir", "KCP Batang Hari", 17, 15}, {3, "Bambang Tarigan", "Cabang Jambi", 15, 12}},
		Offices:    []OfficeFigures{{"Jambi", 96, 76}, {"Batang Hari", 29, 25}, {"Tebo", 24, 20}, {"Muaro Jambi", 22, 15}, {"Tanjung Jabung Barat", 21, 15}},
		Lots:       Lots{Total: 412, Registered: 168, Member: 74, Back: 43, Closed: 61, Refused: 38, Unvisited: 28, Balanced: true},
		Evaluation: map[jaring.CaptureDecision]int{jaring.CaptureCounted: 2, jaring.CaptureSetAside: 1}, Late: 1, Sealed: true,
	}
}

// However the days fall and whoever is met, the story comes out as it is told.
func TestStoryA_ComesOutOnAnyDayWithAnySeed(t *testing.T) {
	for name, c := range map[string]struct {
		now  string
		seed uint64
	}{
		"the first":                   {"2026-11-21T09:30:00+07:00", 1},
		"the sweep ends a month":      {"2026-12-09T20:00:00+07:00", 2},
		"the sweep begins a month":    {"2026-12-10T07:00:00+07:00", 3},
		"the seal is on another year": {"2027-01-09T00:30:00+07:00", 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Build(t.Context(), Config{Open: house(t, jaringtest.SQLiteURL(t)), Now: now, Seed: c.seed, Size: 260, Stories: []string{"a"}, Notice: "uji"})
			if err != nil {
				t.Fatal(err)
			}
			got := d.Stories["a"].(*StoryA)
			if gaps := got.Told; len(gaps) != 2 || gaps[0].Value != 430_000 || gaps[1].Value != 380_000 || gaps[0].Kind != jaring.FigureGap || gaps[0].Reached != nil || gaps[0].AsOf != 20161112 || gaps[0].Source == "" {
				t.Errorf("%+v", gaps)
			}
			got.Told = nil // what is beside the gaps is another seed's another number
			if diff := gocmp.Diff(told(), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The same seed on the same day is the same people with the same fates.
func TestBuild_TheSameSeedIsTheSameDemo(t *testing.T) {
	now := time.Date(2026, time.November, 21, 2, 30, 0, 0, time.UTC)
	type fate struct {
		Name, Occupation, Standing string
		Birth                      jaring.Day
		Taken                      time.Time
	}
	build := func() (*Demo, []fate) {
		var acts *acts.Acts
		open := house(t, jaringtest.SQLiteURL(t))
		keep := func(now func() time.Time) House { h := open(now); acts = h.App; return h }
		d, err := Build(t.Context(), Config{Open: keep, Now: now, Seed: 7, Size: 260, Stories: []string{"a"}, Notice: "uji"})
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Logins {
			d.Logins[i].Password = ""
		}
		var fates []fate
		err = acts.EachWorker(t.Context(), func(w *app.Worker) error {
			fates = append(fates, fate{w.Name, w.Occupation, string(w.Standing), w.BirthDate, w.TakenAt})
			return nil
		})
		slices.SortFunc(fates, func(a, b fate) int { return cmp.Or(a.Taken.Compare(b.Taken), strings.Compare(a.Name, b.Name)) })
		if err != nil {
			t.Fatal(err)
		}
		wantCash(t, acts)
		return d, fates
	}
	one, fates := build()
	two, again := build()
	if diff := gocmp.Diff(one, two); diff != "" {
		t.Error(diff)
	}
	if diff := gocmp.Diff(fates, again); diff != "" {
		t.Error(diff)
	}
}
