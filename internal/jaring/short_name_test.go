package jaring_test

import (
	"testing"

	"jaring/internal/jaring"
)

func TestShortNames(t *testing.T) {
	for name, want := range map[string]string{
		"Rahma Dewi": "Rahma D.", "Yusuf": "Yusuf", "Muhammad Yusuf Karim": "Muhammad Y.", "H. Ahmad Fauzi": "H. Ahmad F.", "Dr. Hj. Siti Zubaidah, S.Pd": "Dr. Hj. Siti Z.",
		"Siti, S.E.": "Siti", "": "", "  Eko   prasetyo ": "Eko P.", "Dr.": "Dr.", "Ida Élan": "Ida É.",
	} {
		if got := jaring.ShortName(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{"Cabang Jambi": "Jambi", "KCP Batang Hari": "Batang Hari", "Kantor Cabang Jambi": "Jambi", "Jambi": "Jambi", "KCP ": "KCP ", "Kantor Wilayah Sumbagsel": "Wilayah Sumbagsel"} {
		if got := jaring.ShortOffice(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
	for _, c := range [][3]string{{"C", "14", "C-14"}, {"C", "C-14", "C-14"}, {"Los tengah", "3", "Los tengah 3"}, {"", "14", "14"}, {"B", "14a", "14a"}} {
		if got := jaring.LotLabel(c[0], c[1]); got != c[2] {
			t.Errorf("%v is %q", c, got)
		}
	}
}
