package bench

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
	"jaring/internal/sheet"
)

// mostXLSX is how many rows of the measured list are measured as XLSX too: a sheet of it unpacks to
// ten times the text.
const mostXLSX = 50_000

// rosterCheck measures how fast a sponsor's list is read and judged, as CSV and as XLSX. Beside it stands the
// reading alone: encoding/csv, and the row stream of excelize.
func rosterCheck(o Options, tell func(Result)) (err error) {
	dir, err := os.MkdirTemp("", "jaring-bench-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for _, kind := range []struct {
		engine string
		rows   int
		write  func(string, int) error
		raw    func(string) (int, error)
	}{{"csv", o.Rows, writeCSV, readCSV}, {"xlsx", min(o.Rows, mostXLSX), writeXLSX, readXLSX}} {
		path := filepath.Join(dir, "list."+kind.engine)
		if err := kind.write(path, kind.rows); err != nil {
			return err
		}
		r, err := checkList(path, kind.engine, kind.rows)
		if err != nil {
			return err
		}
		start := time.Now()
		n, err := kind.raw(path)
		if err != nil || n != kind.rows+1 {
			return errors.Join(err, fmt.Errorf("raw: %d rows", n))
		}
		r.Raw = float64(kind.rows) / time.Since(start).Seconds()
		r.Ratio = r.Figure / r.Raw
		tell(r)
	}
	return nil
}

// regency is where the people of the list live.
const regency = area.Code("15.06")

// checkList reads and judges a list of so many rows.
func checkList(path, engine string, rows int) (r Result, err error) {
	area.Load()
	start := time.Now()
	peak, stop := watchHeap()
	file, err := sheet.OpenFile(path, i18n.ID, sheet.Options{})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	judge := roster.NewJudge(roster.Agreement{Area: regency}, area.Load(), jaring.DayIn(start, time.UTC))
	findings := 0
	err = file.Listen(judge, sheet.Listening{Tell: func(f roster.Finding) error {
		findings += min(1, len(sheet.Say(i18n.ID, f).Message))
		return nil
	}})
	took := time.Since(start)
	stop()
	if sum := judge.Sum(); err != nil || sum.Rows != rows {
		return r, errors.Join(err, fmt.Errorf("%d of %d rows", sum.Rows, rows))
	}
	return Result{Bench: "roster", Engine: engine, Rows: rows, Unit: "rows/s", Figure: float64(rows) / took.Seconds(),
		Note: fmt.Sprintf("checked in %.1f s, %d findings, heap at most %d MB", took.Seconds(), findings, peak.Load()>>20)}, nil
}

var listHeading = []string{"No", "NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Desa", "Alamat", "Pekerjaan", "Penghasilan", "No HP", "Nama Ibu"}

// eachListed invents people of the regency, one of a hundred with something to correct. No two have one NIK.
func eachListed(n int, yield func([]string) error) error {
	var villages []string
	for _, district := range area.Load().Children(regency) {
		for _, v := range area.Load().Children(district.Code) {
			villages = append(villages, v.Name+", Kec. "+district.Name)
		}
	}
	serials := map[string]int{}
	row := make([]string, len(listHeading))
	for i := range n {
		day, month, year := 1+i%28, 1+i/28%12, 1965+i/336%40
		offset, sex := 0, "L"
		if i/13440%2 == 1 {
			offset, sex = 40, "P"
		}
		head := fmt.Sprintf("1506%02d%02d%02d%02d", 1+i/26880%13, day+offset, month, year%100)
		serials[head]++
		row = append(row[:0], strconv.Itoa(i+1), fmt.Sprintf("%s%04d", head, 9000+serials[head]), word(i)+" "+word(i/7), fmt.Sprintf("%02d-%02d-%d", day, month, year), sex,
			villages[i%len(villages)], fmt.Sprintf("RT %02d RW %02d", 1+i%24, 1+i%8), "Nelayan", strconv.Itoa(900_000+i%2000*1000), fmt.Sprintf("0812%08d", i), word(i/3)+" "+word(i/11))
		if i%100 == 99 {
			row[5] += "x"
		}
		if err := yield(row); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(path string, rows int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriter(file)
	out := csv.NewWriter(buffered)
	err = errors.Join(out.Write(listHeading), eachListed(rows, out.Write))
	out.Flush()
	return errors.Join(err, out.Error(), buffered.Flush(), file.Close())
}

func readCSV(path string) (n int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	in := csv.NewReader(bufio.NewReader(file))
	in.ReuseRecord = true
	for {
		if _, err := in.Read(); err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, err
		}
		n++
	}
}

func writeXLSX(path string, rows int) error {
	file := excelize.NewFile()
	defer file.Close()
	out, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	line := 0
	write := func(row []string) error {
		line++
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		return out.SetRow("A"+strconv.Itoa(line), cells)
	}
	return errors.Join(write(listHeading), eachListed(rows, write), out.Flush(), file.SaveAs(path))
}

func readXLSX(path string) (n int, err error) {
	file, err := excelize.OpenFile(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	rows, err := file.Rows("Sheet1")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Close()
}
