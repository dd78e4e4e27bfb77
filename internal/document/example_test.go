package document_test

import (
	"fmt"
	"time"

	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// A document is filled from top to bottom; the time of its making is given.
func Example() {
	at := time.Date(2026, 11, 21, 9, 41, 0, 0, time.FixedZone("WIB", 7*3600))
	d := document.New(document.A4, i18n.ID, at)
	d.Title("Laporan bulan Oktober")
	d.Lead("192 orang terdaftar, 151 terlindungi.")
	d.Pairs(document.Pair{Name: "Kantor", Value: "Cabang (contoh)"})
	d.Heading("Menurut kader")
	d.Table(document.Table{
		Columns: []document.Column{{Head: "Kader", Wide: 3}, {Head: "Terdaftar", Wide: 1, Number: true}, {Head: "Iuran", Wide: 2, Number: true}},
		Rows:    [][]string{{"Rina S.\nPasar Angso Duo", "41", jaring.Rupiah(688_800).String()}},
		Sum:     []string{"Jumlah", "41", jaring.Rupiah(688_800).String()},
	})
	d.QR("https://jaring.invalid/r/7F4K", 24, "7F4K", "Pindai untuk memeriksa laporan ini.")
	file, err := d.Bytes()
	fmt.Println(string(file[:5]), err)
	// Output: %PDF- <nil>
}
