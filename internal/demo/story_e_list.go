package demo

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// What a regency's list is made of: 2,000 people who may come along once the list is mended, and 300 rows that
// stay outside.
const (
	giftPeople = 2000
	giftPlaced = 20 // somebody else pays for them already
)

// fault is what is wrong with a row, and whether it is mended in the second round.
type fault uint8

const (
	sound       fault = iota
	lostDigits        // the spreadsheet made the NIK a number
	twoDigits         // "12-03-80"
	noSuchPlace       // a village that the regency does not have
	noName
	twice    // stands in the list before
	tooOld   // 65 or older
	tooYoung // below working age
	fromAfar // lives in another regency
	tooRich  // above the ceiling of the agreement
	placed   // a company pays already
)

// giftFaults are the rows that are not sound; what is told of them is what comes back as findings.
var giftFaults = []struct {
	fault fault
	n     int
}{{lostDigits, 70}, {twoDigits, 40}, {noSuchPlace, 30}, {noName, 20}, {twice, 110}, {tooOld, 70}, {fromAfar, 50}, {tooRich, 40}, {tooYoung, 10}, {placed, giftPlaced}}

// comes reports whether somebody comes along, at the latest when the row is mended.
func (f fault) comes() bool { return f <= noName }

// gifted is somebody on the regency's list.
type gifted struct {
	person
	fault fault
}

// giftList invents the people of the list, in its order.
func giftList(c *crowd, on jaring.Day) (list []gifted) {
	days := map[jaring.Day]bool{}
	invent := func(f fault) {
		g := gifted{fault: f}
		for g.birth == 0 || days[g.birth] { // nobody sounds like somebody else who is born the same day
			g.person = c.person(giftRegency, on)
		}
		days[g.birth] = true
		g.spoil(c, on)
		g.income = jaring.Rupiah(400+10*c.rand.IntN(65)) * 1000
		if f == tooRich {
			g.income *= 4
		}
		list = append(list, g)
	}
	come := 0
	for _, f := range giftFaults {
		for range f.n {
			invent(f.fault)
		}
		if f.fault.comes() {
			come += f.n
		}
	}
	for ; come < giftPeople; come++ {
		invent(sound)
	}
	c.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	repeatSome(c, list)
	return list
}

// repeatSome makes of each row that is there twice a copy of a sound one before it.
func repeatSome(c *crowd, list []gifted) {
	first := slices.IndexFunc(list, func(g gifted) bool { return g.fault == sound })
	list[0], list[first] = list[first], list[0]
	var sounds []int
	for i := range list {
		switch list[i].fault {
		case sound:
			sounds = append(sounds, i)
		case twice:
			list[i].person = list[pick(c.rand, sounds)].person
		}
	}
}

// spoil makes somebody too old, too young or from elsewhere.
func (g *gifted) spoil(c *crowd, on jaring.Day) {
	switch g.fault {
	case tooOld:
		g.birth = jaring.NewDay(on.Year()-jaring.EntryAgeLimit-1-c.rand.IntN(15), g.birth.MonthNumber(), min(g.birth.DayNumber(), 28))
	case tooYoung:
		g.birth = jaring.NewDay(on.Year()-jaring.EntryAgeMinimum+2, g.birth.MonthNumber(), min(g.birth.DayNumber(), 28))
	case fromAfar:
		g.village = string(c.village(area.Code(neighbour)).Code)
	default:
		return
	}
	g.nik = c.nik(g.person)
}

// neighbour is the regency from which some on the list come.
const neighbour = "15.07"

// giftColumns are the headings as the regency writes them.
var giftColumns = []any{"No", "NIK", "Nama Lengkap", "Tempat, Tgl Lahir", "L/P", "Desa/Kelurahan", "Kecamatan", "Pekerjaan", "Penghasilan/bulan"}

// giftFile is the list as a spreadsheet; mended is how it is sent the second time.
func giftFile(list []gifted, areas *area.Tree, mended bool) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	title := []any{"DAFTAR PEKERJA RENTAN CALON PENERIMA PERLINDUNGAN"}
	for n, cells := range [][]any{title, {}, giftColumns} {
		if err := w.SetRow("A"+strconv.Itoa(n+1), cells); err != nil {
			return nil, err
		}
	}
	for i, g := range list {
		if mended && g.fault.comes() {
			g.fault = sound
		}
		if err := w.SetRow("A"+strconv.Itoa(i+4), g.cells(areas, i)); err != nil {
			return nil, err
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = f.Write(&out)
	return out.Bytes(), err
}

// cells are a row as it is typed: everybody in the regency's offices has a way of his own.
func (g *gifted) cells(areas *area.Tree, i int) []any {
	village, _ := areas.Get(area.Code(g.village))
	district, _ := areas.Get(area.Code(g.village[:8]))
	row := []any{i + 1, g.nik, g.name, g.typedBirth(i), "L", kindWord(village.Kind) + village.Name, district.Name, g.trade.name, typedMoney(g.income, i)}
	if g.female {
		row[4] = "P"
	}
	switch g.fault {
	case lostDigits:
		n, _ := strconv.ParseFloat(g.nik, 64)
		row[1] = n
	case noName:
		row[2] = ""
	case noSuchPlace:
		row[5] = "Dusun Entah " + strconv.Itoa(i)
	case fromAfar:
		row[5], row[6] = g.village, ""
	}
	return row
}

// kindWord tells a village from a town's quarter of the same name.
func kindWord(k area.Kind) string {
	if k == area.Kelurahan {
		return "Kel. "
	}
	return "Desa "
}

var monthWords = strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")

// typedBirth is a birth date in one of the forms that people type.
func (g *gifted) typedBirth(i int) any {
	y, m, d := g.birth.Year(), g.birth.MonthNumber(), g.birth.DayNumber()
	if g.fault == twoDigits {
		return fmt.Sprintf("%s, %02d-%02d-%02d", g.birthPlace, d, m, y%100)
	}
	switch i % 5 {
	case 0:
		return fmt.Sprintf("%d %s %d", d, monthWords[m-1], y)
	case 1:
		return fmt.Sprintf("%02d/%02d/%d", d, m, y)
	case 2:
		return fmt.Sprintf("%d-%02d-%02d", y, m, d)
	case 3:
		return fmt.Sprintf("%s, %02d-%02d-%d", g.birthPlace, d, m, y)
	}
	return fmt.Sprintf("%02d.%02d.%d", d, m, y)
}

// typedMoney is an income in one of the forms that people type.
func typedMoney(r jaring.Rupiah, i int) any {
	switch i % 3 {
	case 0:
		return int(r)
	case 1:
		return r.String()
	}
	return strconv.FormatInt(int64(r), 10)
}
