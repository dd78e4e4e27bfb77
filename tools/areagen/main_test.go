package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"jaring/internal/area"
)

const embedded = "../../internal/area"

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	data, out := town(t), t.TempDir()
	write(t, filepath.Join(out, "data", "aliases.csv"), "# replaced\nold_code,old_name,new_code,new_name\n14.71,Lama,15.71,Kota Jambi\n")
	var tables [2][]byte
	for i := range tables {
		if err := run(data, out); err != nil {
			t.Fatal(err)
		}
		table, err := os.ReadFile(filepath.Join(out, "areas.bin.gz"))
		if err != nil {
			t.Fatal(err)
		}
		tables[i] = table
	}
	if len(tables[0]) == 0 || !bytes.Equal(tables[0], tables[1]) {
		t.Error("two runs over the same data differ")
	}
}

func TestTheCommittedTableIsWhatItsAreasEncodeTo(t *testing.T) {
	var areas []area.Area
	var walk func(area.Code)
	walk = func(c area.Code) {
		for _, a := range area.Load().Children(c) {
			areas = append(areas, a)
			walk(a.Code)
		}
	}
	walk("")
	table, err := area.Encode(areas)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(filepath.Join(embedded, "areas.bin.gz"))
	if err != nil {
		t.Fatal(err)
	}
	// compared unpacked: another release of Go may compress otherwise
	if !bytes.Equal(unzip(t, table), unzip(t, committed)) {
		t.Error("the committed table differs from its own areas")
	}
	if err := checkAliases(filepath.Join(embedded, "data", "aliases.csv"), areas); err != nil {
		t.Error(err)
	}
	if len(committed) > 1<<20 {
		t.Errorf("the table has %d bytes, more than a megabyte", len(committed))
	}
}

func TestDamagedInputIsNamed(t *testing.T) {
	for name, text := range map[string]string{
		"no columns":  "kode,nama\n15,Jambi\n",
		"other level": "code,name\n15.71,Kota Jambi\n",
		"empty":       "",
		"ragged":      "code,name\n15\n",
	} {
		data := town(t)
		write(t, filepath.Join(data, "provinces.csv"), text)
		if _, err := read(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := read(t.TempDir()); err == nil {
		t.Error("an empty directory passes")
	}
}

func TestAnAliasMustLeadFromAGoneCodeToOneInForce(t *testing.T) {
	areas, err := read(town(t))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "aliases.csv")
	for row, good := range map[string]bool{"14.71,A,15.71,B": true, "15.71,A,15.71,B": false, "14.71,A,16.71,B": false} {
		write(t, file, "old_code,old_name,new_code,new_name\n"+row+"\n")
		if err := checkAliases(file, areas); (err == nil) != good {
			t.Errorf("%s: %v", row, err)
		}
	}
}

func TestUnpackTakesOnlyTheTablesAndStaysInItsDirectory(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	w := tar.NewWriter(z)
	for _, name := range []string{"package/data/provinces.csv", "package/package.json", "package/data/../../../out.csv", "/package/data/x.csv"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: 2}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("ok")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := unpack(&packed, dir); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "provinces.csv" {
		t.Errorf("unpacked %v, %v", files, err)
	}
}

// town writes the tables of one small town and says where.
func town(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"provinces.csv": "code,name\n15,Jambi\n",
		"regencies.csv": "code,province_code,name\n15.71,15,Kota Jambi\n",
		"districts.csv": "code,regency_code,name\n15.71.02,15.71,Jambi Selatan\n15.71.01,15.71,Telanaipura\n",
		"villages.csv":  "code,district_code,name\n15.71.01.1001,15.71.01,\"Simpang \"\"IV\"\" Sipin\"\n",
	} {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func unzip(t *testing.T, packed []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
