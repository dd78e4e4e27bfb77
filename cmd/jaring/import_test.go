package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Figures come in from files: judged by line, whole or not at all, and found again as they were said.
func TestImport(t *testing.T) {
	flags, _ := demoAt(t, "sqlite:"+filepath.Join(t.TempDir(), "demo.db"), "--story", "", "--size", "0")
	bring := func(what, text string, more ...string) (int, string, string) {
		return command(t, append(append([]string{"import", what, "--csv", tempFile(t, "figures.csv", text)}, more...), flags...)...)
	}
	const targets = "\ufeffKantor;Tahun;Satuan;Bagian;Jumlah;Sumber;Per\r\n\r\nCabang Jambi;2026;orang;BPU;36.000;Laporan;5/1/2026\r\n"
	if code, _, talk := bring("targets", targets, "--dry-run"); code != 0 || !strings.Contains(talk, "1") {
		t.Errorf("%d %s", code, talk)
	}
	var sum struct {
		Added, Same, Lines int
		Written            bool
		Findings           []importFinding
	}
	code, out, talk := bring("targets", targets, "--json")
	if err := json.Unmarshal([]byte(out), &sum); err != nil || code != 0 || sum.Added != 1 || sum.Lines != 1 || !sum.Written {
		t.Fatalf("%d %s %s %v", code, out, talk, err)
	}
	code, out, talk = bring("targets", strings.Replace(targets, "36.000", "40.000", 1))
	if code != 1 || !strings.Contains(out, "Baris 3: ") || !strings.Contains(out, "36.000") || !strings.Contains(talk, "Tidak ada yang ditulis") {
		t.Errorf("%d %s %s", code, out, talk)
	}
	if code, _, talk = bring("targets", strings.Replace(targets, "36.000", "40.000", 1), "--reason", "revisi tengah tahun"); code != 0 {
		t.Errorf("%d %s", code, talk)
	}
	gap := "office,kind,unit,part,value,source,as_of,area\nCabang Jambi,celah,orang,PU,380000,\"Laporan, 2016\",2016-11-12,15\n"
	if code, _, talk = bring("potentials", gap); code != 0 {
		t.Errorf("%d %s", code, talk)
	}
	if code, out, _ = bring("targets", gap); code != 1 || !strings.Contains(out, "celah") {
		t.Errorf("%d %s", code, out)
	}
	for _, text := range []string{"", "unit,value\n1,2\n", "\x00\x01"} {
		if code, _, _ = bring("targets", text); code != 2 {
			t.Errorf("%q: %d", text, code)
		}
	}
}
