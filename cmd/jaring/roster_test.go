package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// write puts a text into a file of its own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	listed  = "NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan\n"
	clean   = "1506016111809001;Nurhayati;21-11-1980;P;Tungkal Harapan;Nelayan;1.000.000\n"
	damaged = "1,50601E+15;Sarpin;31-02-1978;L;Tunggal Harapan;Nelayan;1.000.000\n"
)

func TestRosterCheckAnswersAsStated(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		code int
	}{"clean": {listed + clean, 0}, "something is rejected": {listed + clean + damaged, 1}, "a web page": {"<html>", 2}, "no heading": {clean, 2}} {
		if code, _, talk := command(t, "roster", "check", write(t, "list.csv", c.text), "--area", "15.06"); code != c.code {
			t.Errorf("%s: exit %d, want %d: %s", name, code, c.code, talk)
		}
	}
	if code, out, talk := command(t, "roster", "check", "nowhere.xlsx", "--json"); code != 2 || out != "" || !strings.Contains(talk, "nowhere.xlsx") {
		t.Errorf("exit %d, %q, %q", code, out, talk)
	}
	if code, _, _ := command(t, "roster", "check", write(t, "list.csv", listed+clean), "--area", "99"); code != 2 {
		t.Errorf("an area that does not exist: exit %d", code)
	}
}

func TestRosterCheckJSON(t *testing.T) {
	code, out, talk := command(t, "roster", "check", write(t, "list.csv", listed+clean+damaged), "--area", "1506", "--json")
	var got struct {
		Rows, OK, Warned, Rejected, Held, Mendable *int
		Findings                                   []map[string]any
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 1 || talk != "" {
		t.Fatalf("exit %d, %v, %q", code, err, talk)
	}
	if *got.Rows != 2 || *got.OK != 1 || *got.Warned != 0 || *got.Rejected != 1 || *got.Held != 0 || *got.Mendable != 1 || len(got.Findings) != 3 {
		t.Fatalf("%s", out)
	}
	first := got.Findings[0]
	if first["row"] != 3.0 || first["field"] != "nik" || first["verdict"] != "reject" || first["code"] != "nik.damaged" || first["message"] == "" || first["suggestion"] != "" {
		t.Errorf("%v", first)
	}
	if last := got.Findings[2]; last["code"] != "area.not_found" || last["suggestion"] != "Tungkal Harapan, Kec. Tungkal Ilir" {
		t.Errorf("%v", last)
	}
}

// TestRosterCheckManyFindings goes through the file in which findings wait.
func TestRosterCheckManyFindings(t *testing.T) {
	const many = 12_000
	code, out, _ := command(t, "roster", "check", write(t, "list.csv", listed+strings.Repeat(damaged, many)), "--area", "15.06", "--json")
	var got struct {
		Rows, Rejected int
		Findings       []struct{ Row int }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 1 || got.Rows != many || got.Rejected != many || got.Findings[len(got.Findings)-1].Row != many+1 {
		t.Fatalf("exit %d, %v, %d rows, %d findings", code, err, got.Rows, len(got.Findings))
	}
}

func TestRosterTerms(t *testing.T) {
	t.Setenv("JARING_LANG", "id")
	list := write(t, "list.csv", listed+clean)
	if code, out, _ := command(t, "roster", "check", list, "--terms", write(t, "terms.json", `{"area":"15.06","income_ceiling":900000,"start":"2027-01-01"}`)); code != 1 || !strings.Contains(out, "Rp900.000") {
		t.Errorf("exit %d: %s", code, out)
	}
	for name, text := range map[string]string{"not JSON": "x", "an unknown term": `{"ceiling":1}`, "no such programme": `{"programs":["ABC"]}`} {
		if code, _, _ := command(t, "roster", "check", list, "--terms", write(t, "terms.json", text)); code != 2 {
			t.Errorf("%s: exit %d", name, code)
		}
	}
}

func TestRosterFindingsAndTemplate(t *testing.T) {
	t.Setenv("JARING_LANG", "id")
	out := filepath.Join(t.TempDir(), "findings.xlsx")
	if code, _, talk := command(t, "roster", "findings", write(t, "list.csv", listed+clean+damaged), out, "--area", "15.06"); code != 1 {
		t.Fatalf("exit %d: %s", code, talk)
	}
	if code, said, _ := command(t, "roster", "check", out, "--area", "15.06"); code != 1 || !strings.Contains(said, "Perbaiki") {
		t.Errorf("what was written reads back with exit %d: %s", code, said)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	empty := filepath.Join(t.TempDir(), "list.xlsx")
	done(t, "roster", "template", empty, "--area", "15.06")
	if code, _, talk := command(t, "roster", "check", empty); code != 2 || !strings.Contains(talk, "satu orang pun") {
		t.Errorf("exit %d: %s", code, talk)
	}
	if code, _, _ := command(t, "roster", "findings", write(t, "list.csv", listed+clean), filepath.Join(t.TempDir(), "no", "such.xlsx")); code != 2 {
		t.Errorf("a folder that does not exist: exit %d", code)
	}
}
