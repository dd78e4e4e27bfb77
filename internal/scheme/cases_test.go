package scheme

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

// golden.csv are worked cases of an analyst; edges.csv stand on both sides of every edge: first and last months and days,
// rows, caps, ages, years and waits, each with its source.
func TestRunCases_GoldenCasesAllComeOut(t *testing.T) {
	for _, file := range []string{"testdata/golden.csv", "testdata/edges.csv"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		report, err := RunCases(bytes.NewReader(text))
		if err != nil || report.Cases != strings.Count(string(text), "\n")-1 {
			t.Fatalf("%s: %d cases, %v", file, report.Cases, err)
		}
		for _, f := range report.Findings {
			t.Errorf("%s line %d %s: got %q, expected %q, %v", file, f.Line, f.ID, f.Got, f.Expected, f.Err)
		}
	}
}

// oneCase runs a single case.
func oneCase(t testing.TB, kind, inputs, expected string) Report {
	t.Helper()
	report, err := RunCases(strings.NewReader("id,kind,inputs,expected\nX," + kind + "," + inputs + "," + expected + "\n"))
	if err != nil || report.Cases != 1 {
		t.Fatalf("%d cases, %v", report.Cases, err)
	}
	return report
}

func TestRunCases_WhatIsUnknownIsADifferenceNotAPass(t *testing.T) {
	for _, c := range [][4]string{
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkq", "10000", "case.value"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;colour=red;output=jkk", "10000", "case.key"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;sector=other;output=jkk", "10000", "case.key"},
		{"contribution", "segment=BPU;month=2025-6;income=1000000;programs=JKK;output=jkk", "10000", "month.malformed"},
		{"contribution", "segment=BPU;month=2025-06;income=1e6;programs=JKK;output=jkk", "10000", "case.number"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKX;output=jkk", "10000", "program.unknown"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK", "10000", "case.missing"},
		{"contribution", "segment=BPU;month=2025-06;programs=JKK;output=jkk", "10000", "case.missing"},
		{"contribution", "segment=BPU;segment=BPU;month=2025-06;income=1;programs=JKK;output=jkk", "10000", "case.twice"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkk;", "10000", "case.pair"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkk", "ten", "case.expected"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;output=jkm", "6800", "case.output"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JKK;output=employer", "0", "case.output"},
		{"contribution", "segment=BPU;month=2025-06;income=1000000;programs=JP;output=total", "0", "program.not_for_segment"},
		{"contribution", "segment=BPU;month=2010-06;income=1000000;programs=JKK;output=jkk", "10000", "scheme.no_rule"},
		{"adjustment", "segment=BPU;month=2026-06;income=1000000;programs=JKK;sector=sea;output=total", "10000", "case.value"},
		{"adjustment", "segment=BPU;first_month=2026-06;months=0;income=1000000;programs=JKK;output=total", "0", "case.months"},
		{"benefit", "program=JKK;transport=land+air;claimed=1;output=reimbursed", "1", "case.pairs"},
		{"benefit", "program=JKM;transport=land;claimed=1;output=reimbursed", "1", "case.output"},
		{"benefit", "program=JP;output=cash", "1", "case.value"},
		{"benefit", "program=JKK;cause=partial_anatomical;loss=some_finger;wage=1;output=lump_sum", "1", "loss.unknown"},
		{"benefit", "program=JKK;cause=partial_anatomical;table_pct=101;wage=1;output=lump_sum", "1", "case.number"},
		{"benefit", "program=JHT;due=1;days_late=1;output=compensation", "1", "program.no_rule"},
		{"benefit", "program=JKM;death=2018-01-01;output=cash", "42000000", "scheme.no_rule"},
		{"eligibility", "segment=PU;action=register;age_years=30", "ELIGIBLE", "case.value"},
		{"eligibility", "program=JKK;accident=2025-01-01;claim=2024-01-01", "IN_TIME", "case.order"},
		{"eligibility", "nik=3515140508689999;dob=1968-02-31;sex=M", "OK", "date.impossible"},
		{"eligibility", "segment=BPU", "VALID", "case.missing"},
		{"wedding", "segment=BPU", "VALID", "case.kind"},
	} {
		report := oneCase(t, c[0], c[1], c[2])
		if report.Differ() != 1 || jaring.KeyOf(report.Findings[0].Err) != c[3] {
			t.Errorf("%s %s: want %s, got %+v", c[0], c[1], c[3], report.Findings)
		}
	}
}

// TestRunCases_ByRule are worked by hand from the rules, each named by its source.
func TestRunCases_ByRule(t *testing.T) {
	for _, c := range [][4]string{
		{"PP 44/2015 Lampiran II, top row", "contribution", "segment=BPU;month=2025-06;income=99000000;programs=JHT+JKK;output=total", "621000"},
		{"PP 44/2015, nothing earned", "contribution", "segment=BPU;month=2025-06;income=0;programs=mandatory;output=total", "16800"},
		{"Perpres 109/2013, micro", "contribution", "segment=PU;month=2026-04;wage=3000000;risk_class=II;employer_size=micro;programs=mandatory;output=employer", "25200"},
		{"PP 44/2015, class V", "contribution", "segment=PU;month=2026-06;wage=10000000;risk_class=V;program=JKK;output=jkk", "174000"},
		{"PP 44/2015, paid by the day", "contribution", "segment=PU;month=2026-06;pay=daily;daily_wage=120000;program=JKM;output=employer", "9000"},
		{"PP 45/2015, cap of 2024", "contribution", "segment=PU;month=2024-02;wage=15000000;program=JP;output=total", "286788"},
		{"PP 6/2025, JKP costs nothing on top", "contribution", "segment=PU;month=2026-06;wage=10000000;risk_class=I;programs=JKK+JKP;output=total", "24000"},
		{"PP 49/2020, PU", "adjustment", "segment=PU;month=2020-10;wage=5000000;risk_class=I;program=JKK;paid_up_to=2020-07;output=employer", "120"},
		{"PP 49/2020 Pasal 17", "adjustment", "segment=PU;month=2020-10;wage=5000000;program=JP;employer_size=large;paid_up_to=2020-07;output=total", "1500"},
		{"PP 49/2020 Pasal 17, small", "adjustment", "segment=PU;month=2020-10;wage=5000000;program=JP;employer_size=small;paid_up_to=2020-07;output=total", "150000"},
		{"PP 49/2020, JHT not cut", "adjustment", "segment=BPU;month=2020-10;income=1000000;programs=JKK+JKM+JHT;paid_up_to=2020-07;output=total", "20168"},
		{"PP 7/2025, other industry", "adjustment", "segment=PU;month=2025-06;wage=4000000;risk_class=III;industry=other;workers=500;program=JKK;output=employer", "35600"},
		{"PP 7/2025, not paid up", "adjustment", "segment=PU;month=2025-06;wage=4000000;risk_class=III;industry=toys;workers=50;paid_up_to=2024-12;program=JKK;output=employer", "35600"},
		{"PP 50/2025, public money leaves no credit", "adjustment", "segment=BPU;sector=transport;funding=apbd;paid_months=2026-01..2026-03;paid=50400;income=1000000;programs=JKK+JKM;output=credit_carried_forward", "0"},
		{"PP 49/2020, no penalty for BPU", "adjustment", "segment=BPU;month=2020-10;contribution_due=16800;months_late=2;output=penalty", "0"},
		{"Permenaker 1/2025, three months", "benefit", "program=JKM;segment=BPU;death=2026-05-10;months_covered=3;output=cash", "42000000"},
		{"Permenaker 1/2025, not for PU", "benefit", "program=JKM;segment=PU;death=2026-05-10;months_covered=1;output=cash", "42000000"},
		{"Permenaker 1/2025, the day before", "benefit", "program=JKM;segment=BPU;death=2025-02-23;months_covered=0;output=cash", "42000000"},
		{"PP 82/2019, JKM with school", "benefit", "program=JKM;segment=BPU;death=2026-05-10;months_covered=40;months_contributed=40;children=2;output=maximum_package", "216000000"},
		{"PP 82/2019, JKM without school", "benefit", "program=JKM;segment=BPU;death=2026-05-10;months_covered=35;months_contributed=35;children=2;output=maximum_package", "42000000"},
		{"PP 82/2019, total disability", "benefit", "program=JKK;cause=total_permanent_disability;wage=2000000;children=1;output=maximum_package", "211000000"},
		{"PP 44/2015, floor of a work death", "benefit", "program=JKK;segment=PU;cause=work_death;wage=400000;output=death_cash", "20000000"},
		{"PP 44/2015, loss of function", "benefit", "program=JKK;cause=partial_function;loss=right_arm_from_shoulder;table_pct=40;function_loss_pct=50;wage=1000000;output=lump_sum", "16000000"},
		{"PP 44/2015, row of the table", "benefit", "program=JKK;cause=partial_anatomical;loss=both_eyes;wage=1000000;output=lump_sum", "56000000"},
		{"PP 82/2019, STMB month 13", "benefit", "program=JKK;wage=1000001;stmb_months=13;output=stmb_total", "12500013"},
		{"PP 82/2019, three modes", "benefit", "program=JKK;transport=air+sea+land;claimed=1000000+9000000+5000001;output=reimbursed", "8000000"},
		{"PP 82/2019, home care within the cap", "benefit", "program=JKK;homecare_claimed=15000000;months=12;output=covered", "15000000"},
		{"PP 82/2019, part of the path", "benefit", "program=JKM;months_contributed=36;children=1;full_path=SD..SMA;output=scholarship_max", "24000000"},
		{"PP 46/2015 Pasal 22, housing", "benefit", "program=JHT;balance=50000000;years=10;purpose=housing;output=max_partial", "15000000"},
		{"PP 46/2015 Pasal 22, too early", "benefit", "program=JHT;balance=50000000;years=9;purpose=other;output=max_partial", "0"},
		{"Permen 44/2015 Pasal 19(4)", "benefit", "program=JKM;due=42000000;days_late=2;output=compensation", "840000"},
		{"Perdir 22/2022 item 12", "eligibility", "segment=BPU;unpaid_months=3;output=status", "ARREARS"},
		{"Perdir 22/2022 item 12, arrears", "eligibility", "segment=BPU;action=pay_arrears;unpaid_months=4", "NOT_ALLOWED"},
		{"Perpres 109/2013, micro list", "eligibility", "segment=PU;employer_size=micro;output=mandatory_programs", "JKM+JKK"},
		{"PP 6/2025 Pasal 4", "eligibility", "program=JKP;employer_size=micro;programs=JHT+JKK+JKM;jkn=yes;age=53;citizen=yes", "ELIGIBLE"},
		{"PP 6/2025 Pasal 4, no JKN", "eligibility", "program=JKP;employer_size=large;programs=JKK+JKM+JHT+JP;jkn=no;age=30;citizen=yes", "NOT_ELIGIBLE"},
		{"PP 82/2019, last day of five years", "eligibility", "program=JKK;accident=2020-01-10;claim=2025-01-10", "IN_TIME"},
		{"PP 44/2015 Pasal 26, two years", "eligibility", "program=JKK;accident=2018-01-10;claim=2020-01-11", "EXPIRED"},
		{"PP 44/2015, PU due in the next month", "eligibility", "segment=PU;contribution_month=2026-07;output=due_date", "2026-08-18"},
		{"NIK of a woman", "eligibility", "nik=3515144508689999;dob=1968-08-05;sex=F;today=2026-11-21", "OK"},
		{"NIK with an impossible day", "eligibility", "nik=3515143102689999;dob=1968-08-05;sex=M;today=2026-11-21", "WARN"},
		{"NIK of a child", "eligibility", "nik=3515140508159999;dob=2015-08-05;sex=M;today=2026-11-21", "WARN"},
	} {
		if report := oneCase(t, c[1], c[2], c[3]); report.Differ() != 0 {
			f := report.Findings[0]
			t.Errorf("%s: got %q, want %s, %v", c[0], f.Got, c[3], f.Err)
		}
	}
}

func TestRunCases_AFileThatIsNone(t *testing.T) {
	for key, text := range map[string]string{"cases.malformed": "", "cases.column": "id,kind,inputs\n"} {
		if _, err := RunCases(strings.NewReader(text)); jaring.KeyOf(err) != key {
			t.Errorf("want %s, got %v", key, err)
		}
	}
	if r, err := RunCases(strings.NewReader("\ufeffexpected,inputs,kind,id\r\n")); err != nil || r.Cases != 0 {
		t.Errorf("columns in another order: %v", err)
	}
	if r, _ := RunCases(strings.NewReader("id,kind,inputs,expected\nA,benefit\n")); r.Differ() != 1 {
		t.Error("a short row is a difference")
	}
}

// FuzzCases: no case can bring the rules to panic or to a failure of ours.
func FuzzCases(f *testing.F) {
	text, err := os.ReadFile("testdata/golden.csv")
	if err != nil {
		f.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if parts := strings.Split(line, ","); i > 0 && len(parts) > 3 {
			f.Add(parts[1], parts[2])
		}
	}
	f.Fuzz(func(t *testing.T, kind, inputs string) {
		in, err := parseInputs(kind, inputs)
		if err != nil {
			return
		}
		got, err := Load().work(in)
		if err != nil && jaring.CodeOf(err) != jaring.Invalid {
			t.Fatalf("not a finding: %v", err)
		}
		if err == nil && (got == "" || got[0] == '-') {
			t.Fatalf("answer %q", got)
		}
	})
}
