// Command areagen writes the table of official areas that package area embeds.
//
//	go run ./tools/areagen                 fetches the data with npm
//	go run ./tools/areagen -data DIR       takes the CSV files from DIR
//
// The same input gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"jaring/internal/area"
)

func main() {
	data := flag.String("data", "", "directory with provinces.csv, regencies.csv, districts.csv, villages.csv; empty: fetch "+npmPackage)
	out := flag.String("out", filepath.Join("internal", "area"), "directory of package area")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "areagen:", err)
		os.Exit(1)
	}
}

func run(data, out string) error {
	if data == "" {
		dir, err := os.MkdirTemp("", "areagen")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if data, err = fetch(dir); err != nil {
			return err
		}
	}
	areas, err := read(data)
	if err != nil {
		return err
	}
	table, err := area.Encode(areas)
	if err != nil {
		return err
	}
	if err := checkAliases(filepath.Join(out, "data", "aliases.csv"), areas); err != nil {
		return err
	}
	file := filepath.Join(out, "areas.bin.gz")
	if err := os.WriteFile(file, table, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d areas, %d bytes\n", file, len(areas), len(table))
	return nil
}
