package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/area"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

var today = jaring.NewDay(2026, 11, 21)

// lineOf is a line of texts.
func lineOf(number int, texts ...string) roster.Line {
	l := roster.Line{Number: number}
	for _, t := range texts {
		l.Cells = append(l.Cells, roster.Cell{Text: t})
	}
	return l
}

func Example() {
	heading, _ := roster.FindHeading([]roster.Line{lineOf(1, "No", "Nama", "No. KTP", "Tgl Lahir", "L/P", "Desa", "Pekerjaan")})
	reading := roster.Reading{Heading: heading}
	judge := roster.NewJudge(roster.Agreement{Area: "15.06"}, area.Load(), today)
	row, _ := reading.Read(lineOf(2, "1", "Nurhayati", "1506016111809001", "21/12/1980", "P", "Tunggal Harapan", "Nelayan"))
	for _, f := range judge.Judge(row).Findings {
		fmt.Println(f.Row, f.Field, f.Verdict, f.Key, f.Suggestion.Value)
	}
	// Output:
	// 2 birth_date warn nik.birth_differs 1980-11-21
	// 2 village reject area.not_found Tungkal Harapan, Kec. Tungkal Ilir
}

func TestHeadings(t *testing.T) {
	for want, headings := range map[roster.Field]string{
		roster.NIK:  "NIK|nik|N I K|No. KTP|Nomor Induk Kependudukan (NIK)|NIK (16 digit)*|NIK Peserta|National ID Number",
		roster.Name: "Nama|NAMA LENGKAP|Nama Sesuai KTP|Nama Pekerja|Full name|Nama Calon Peserta", roster.Mother: "Nama Ibu|Nama Ibu Kandung|Mother's maiden name",
		roster.BirthDate: "Tanggal Lahir|Tgl. Lahir|TGL LAHIR (dd-mm-yyyy)|Tempat, Tanggal Lahir|TTL|Date of Birth", roster.Sex: "L/P|JK|Jenis Kelamin (L/P)|Gender",
		roster.Village: "Desa|Desa/Kelurahan|Kel./Desa|Kode Desa|Village", roster.Occupation: "Pekerjaan|Jenis Pekerjaan|Occupation", roster.Income: "Penghasilan|Penghasilan/bulan (Rp)|Monthly income",
		roster.Phone: "No HP|No. HP/WA|Nomor Telepon|Phone", roster.NoField: "No|Keterangan|No KK|Nama KK|Nama Suami|Tanggal|NIK Ibu|" + strings.Repeat("NIK ", 40),
	} {
		for h := range strings.SplitSeq(headings, "|") {
			if got := roster.MatchHeading(h); got != want && h != "N I K" {
				t.Errorf("%q is %q, want %q", h, got, want)
			}
		}
	}
}

// TestSameRules: a row is rejected for what a single registration is rejected for, neither more nor less,
// where no rule of lists has a say.
func TestSameRules(t *testing.T) {
	heading, ok := roster.FindHeading([]roster.Line{lineOf(1, "NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan")})
	if !ok {
		t.Fatal("no heading")
	}
	known := func(digits string) bool {
		_, k := area.Load().Issuance(digits)
		return k != area.Unknown
	}
	rapid.Check(t, func(t *rapid.T) {
		r := jaring.Registration{
			NIK:       rapid.SampledFrom([]string{"1506016111809001", "1506010101609002", "9906010101609002", "150601", "15060161118O9001", "1506014111200001", "1111111111111111"}).Draw(t, "nik"),
			Name:      rapid.SampledFrom([]string{"Nurhayati", "123", strings.Repeat("x", 130)}).Draw(t, "name"),
			BirthDate: rapid.SampledFrom([]string{"1980-11-21", "1960-01-01", "2020-11-01", "2027-01-01"}).Draw(t, "birth"),
			Sex:       rapid.SampledFrom([]string{"M", "F"}).Draw(t, "sex"), Occupation: rapid.SampledFrom([]string{"Nelayan", ""}).Draw(t, "work"),
			LowestBand: true, Programs: []string{"JKK", "JKM"}, Months: 1, Consent: jaring.Consent{NoticeVersion: "x1", At: today.Time()},
		}
		person, err := jaring.NewWorker(r, today, known, func(string) bool { return true })
		want := map[string]bool{}
		if errs, ok := err.(jaring.Errors); ok {
			for _, e := range errs {
				want[e.Field+" "+e.Key] = true
			}
		}
		reading := roster.Reading{Heading: heading}
		row, sort := reading.Read(lineOf(2, r.NIK, r.Name, r.BirthDate, r.Sex, r.Occupation))
		e := roster.NewJudge(roster.Agreement{Area: "15.06.02.1006"}, area.Load(), today).Judge(row)
		got := map[string]bool{}
		for _, f := range e.Findings {
			if f.Verdict == jaring.Reject {
				got[f.Field+" "+f.Key] = true
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || sort != roster.Person {
			t.Fatalf("got %v, a single registration %v", got, want)
		}
		if err == nil && e.Verdict != jaring.Judge(person.Findings, nil) {
			t.Fatalf("%v, a single registration %v", e.Verdict, jaring.Judge(person.Findings, nil))
		}
	})
}

func TestSerial(t *testing.T) {
	for n, want := range map[int]string{1: "1900-01-01", 59: "1900-02-28", 60: "", 61: "1900-03-01", 29546: "1980-11-21", 0: "", -3: "", 9_999_999: ""} {
		if got := roster.Serial(n, false).String(); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := roster.Serial(29546-1462, true).String(); got != "1980-11-21" {
		t.Error(got)
	}
}

func TestAgreementIsJudged(t *testing.T) {
	bad := roster.Agreement{Area: "99", Domicile: []area.Code{"15", "15.99"}, Quota: map[area.Code]int{"x": 1}, MaxDecile: 11, IncomeCeiling: -1}
	var errs jaring.Errors
	if e, ok := bad.Check(area.Load()).(jaring.Errors); ok {
		errs = e
	}
	if len(errs) != 5 {
		t.Errorf("%d findings: %v", len(errs), errs)
	}
	if err := new(roster.Agreement).Check(area.Load()); err != nil {
		t.Error(err)
	}
}

// FuzzRow: no cell makes the judge fail, and no finding holds a long number of the row.
func FuzzRow(f *testing.F) {
	f.Add("1506016111809001", "Nurhayati", "21-11-1980", "P", "Tungkal Harapan", "1.000.000", "0812-3456-7890")
	f.Add("1,5E+15", "", "Jambi, 31-02-78", "?", "Desa X (15.06.02.1006)", "1,5 juta", "-")
	heading, _ := roster.FindHeading([]roster.Line{lineOf(1, "NIK", "Nama", "Tanggal Lahir", "L/P", "Desa", "Penghasilan", "No HP", "Pekerjaan")})
	f.Fuzz(func(t *testing.T, nik, name, birth, sex, village, income, phone string) {
		reading := roster.Reading{Heading: heading}
		row, _ := reading.Read(lineOf(2, nik, name, birth, sex, village, income, phone, "Nelayan"))
		e := roster.NewJudge(roster.Agreement{Area: "15.06"}, area.Load(), today).Judge(row)
		for _, finding := range e.Findings {
			if len(nik) == 16 && strings.Trim(nik, "0123456789") == "" && strings.Contains(fmt.Sprint(finding.Args, finding.Suggestion), nik) {
				t.Error("the NIK is told")
			}
		}
	})
}
