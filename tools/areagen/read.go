package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"jaring/internal/area"
)

// files are the tables of the source, one per level; columns code and name.
var files = []string{"provinces.csv", "regencies.csv", "districts.csv", "villages.csv"}

// read gives all areas of a directory in the order of their codes.
func read(dir string) ([]area.Area, error) {
	var areas []area.Area
	for i, file := range files {
		rows, err := readFile(filepath.Join(dir, file))
		if err != nil {
			return nil, err
		}
		for _, a := range rows {
			if a.Code.Level() != area.Level(i+1) {
				return nil, fmt.Errorf("%s: code %q does not belong here", file, a.Code)
			}
		}
		areas = append(areas, rows...)
	}
	slices.SortFunc(areas, func(a, b area.Area) int { return cmp.Compare(a.Code, b.Code) })
	return areas, nil
}

func readFile(path string) ([]area.Area, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: empty", path)
	}
	code, name := slices.Index(rows[0], "code"), slices.Index(rows[0], "name")
	if code < 0 || name < 0 {
		return nil, fmt.Errorf("%s: columns code and name are missing", path)
	}
	areas := make([]area.Area, 0, len(rows)-1)
	for _, row := range rows[1:] {
		areas = append(areas, area.Area{Code: area.Code(row[code]), Name: row[name]})
	}
	return areas, nil
}

// checkAliases makes sure that every replaced code is gone and its successor
// there; otherwise an old NIK would be read as a district of today.
func checkAliases(path string, areas []area.Area) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return fmt.Errorf("%s: no aliases (%v)", path, err)
	}
	now := map[string]bool{}
	for _, a := range areas {
		now[string(a.Code)] = true
	}
	for _, row := range rows[1:] {
		if now[row[0]] || !now[row[2]] {
			return fmt.Errorf("%s: %s is still in force or %s is not", path, row[0], row[2])
		}
	}
	return nil
}
