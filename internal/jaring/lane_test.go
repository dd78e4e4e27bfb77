package jaring_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jaring/internal/jaring"
)

func TestParseLanes(t *testing.T) {
	got, err := jaring.ParseLanes("C; sayur ; 1-3, 5, 7A\r\n\n Los tengah;; 10–11\nB\tikan\t1\n")
	want := []jaring.LaneForm{{Name: "C", Trade: " sayur ", Numbers: []string{"1", "2", "3", "5", "7A"}}, {Name: "Los tengah", Numbers: []string{"10", "11"}},
		{Name: "B", Trade: "ikan", Numbers: []string{"1"}}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%v %s", err, d)
	}
	_, err = jaring.ParseLanes("C; sayur\nB; ikan; 1-2\n; x; 1\nA; daging; 9-1\nD; x; 1-99999\n")
	var keys []string
	for _, e := range err.(jaring.Errors) {
		keys = append(keys, e.Key+" "+e.Field)
	}
	if d := cmp.Diff([]string{"lane.line lines", "lane.line lines", "lane.range lines", "lane.range lines"}, keys); d != "" {
		t.Error(d)
	}
	if _, err := jaring.ParseLanes(strings.Repeat("A; x; 1\n", 300)); jaring.KeyOf(err) != "field.too_many" {
		t.Errorf("%v", err)
	}
	if _, err := jaring.ParseLanes("A; x; " + strings.Repeat("1-4000,", 4)); jaring.KeyOf(err) != "lane.range" {
		t.Errorf("%v", err)
	}
}

func FuzzParseLanes(f *testing.F) {
	f.Add("C; sayur; 1-40, 42, 44A\nB\tikan\t1")
	f.Fuzz(func(t *testing.T, text string) {
		forms, err := jaring.ParseLanes(text)
		if err == nil {
			_, lots, _ := jaring.NewLanes("p", forms, at(0))
			seen := map[jaring.LotID]bool{}
			for _, l := range lots {
				if l.ID == "" || seen[l.ID] && len(forms) == 1 {
					t.Fatalf("%q: %+v", text, l)
				}
				seen[l.ID] = true
			}
		}
	})
}

func TestNewLanes(t *testing.T) {
	forms := []jaring.LaneForm{{ID: laneC, Name: " C  utara", Trade: "sayur", Numbers: []string{"1", "2"}}, {ID: "0199f3a0-0000-7000-8000-00000000000d", Name: "D", X: 3, Y: 4, W: 5, H: 6},
		{ID: "0199f3a0-0000-7000-8000-00000000000e", Name: "E", Numbers: make([]string, 0)}}
	lanes, lots, err := jaring.NewLanes("p", forms, at(0))
	if err != nil || len(lots) != 2 || lots[1].Lane != laneC {
		t.Fatalf("%v %+v", err, lots)
	}
	want := []jaring.Lane{{ID: laneC, Place: "p", Name: "C utara", Trade: "sayur", Ord: 0, Y: 11, W: 4, H: 1}, {ID: forms[1].ID, Place: "p", Name: "D", Ord: 1, X: 3, Y: 4, W: 5, H: 6},
		{ID: forms[2].ID, Place: "p", Name: "E", Ord: 2, Y: 13, W: 4, H: 1}}
	if d := cmp.Diff(want, lanes); d != "" {
		t.Error(d)
	}
	bad := []jaring.LaneForm{{Name: "", Trade: strings.Repeat("x", 61)}, {Name: "A", Numbers: []string{"1", "", "01"}}, {Name: " a ", X: -1, W: 401, H: 1}}
	_, _, err = jaring.NewLanes("p", bad, at(0))
	var keys []string
	for _, e := range err.(jaring.Errors) {
		keys = append(keys, e.Field+" "+e.Key)
	}
	want2 := []string{"lanes/0/name field.required", "lanes/0/trade field.too_long", "lanes/1/lots/1 lot.number", "lanes/1/lots/2 lot.twice",
		"lanes/2/name lane.name_twice", "lanes/2/x field.range", "lanes/2/w field.range"}
	if d := cmp.Diff(want2, keys); d != "" {
		t.Error(d)
	}
	if _, _, err := jaring.NewLanes("p", make([]jaring.LaneForm, 201), at(0)); jaring.KeyOf(err) != "field.too_many" {
		t.Errorf("%v", err)
	}
	if _, err := jaring.LotRange(1, 5001); jaring.KeyOf(err) != "lot.range" {
		t.Errorf("%v", err)
	}
}
