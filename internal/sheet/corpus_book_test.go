package sheet

import (
	"fmt"
	"strings"
)

// bookCorpus are workbooks that are whole, and odd.
func bookCorpus() []nasty {
	wide := append([]any(nil), heading...)
	for i := range 291 {
		wide = append(wide, "Kolom "+itoa(i+1))
	}
	shared := map[string]string{"xl/sharedStrings.xml": `<sst><si><t>Nurhayati</t></si><si><r><t>Ros</t></r><r><rPr><b/></rPr><t xml:space="preserve">mala </t></r></si>` +
		`<si><t>Hali_x000D_mah</t><rPh sb="0" eb="1"><t>SUARA</t></rPh></si><si><t>Umi_x005F_x</t></si></sst>`}
	notes := page{name: "Catatan", rows: [][]any{{"Dikirim oleh dinas"}}}
	daftar := page{name: "Daftar", rows: list(people(1, 2)...)}
	hiddenList := daftar
	hiddenList.name, hiddenList.state = "Lama", "hidden"
	second := daftar
	second.name = "Tahap 2"
	merged := func(refs ...string) workbook {
		w := one(list(ok(1), with(ok(2), cVillage, nil, cDistrict, nil, cWork, nil), with(ok(3), cVillage, nil, cDistrict, nil, cWork, nil, cPhone, nil, cNIK, nil), ok(4))...)
		w.pages[0].merged = refs
		return w
	}
	title := one(append([][]any{{"DAFTAR PEKERJA RENTAN"}, nil, nil}, list(people(1, 2)...)...)...)
	title.pages[0].merged = []string{"A1:I1"}
	far := one(list(people(1, 2)...)...)
	far.pages[0].first = 1_048_574
	bare := one(list(people(1, 2)...)...)
	bare.pages[0].bare = true
	hidden := one(list(people(1, 3)...)...)
	hidden.pages[0].hidden = map[int]bool{3: true}
	mac := one(list(with(ok(1), cBirth, date(24777)), with(ok(2), cBirth, date(26606.75)))...) // 2 November 1971 counted from 1904, and 3 November 1972 counted from 1900
	mac.from1904 = true
	strict := one(list(people(1, 2)...)...)
	strict.strict = true
	return []nasty{
		{name: "xlsx/clean", file: one(list(people(1, 3)...)...).bytes()},
		{name: "xlsx/strict", file: strict.bytes()},
		{name: "xlsx/without places of cells", file: bare.bytes()},
		{name: "xlsx/numbers that were NIK", file: one(list(with(ok(1), cNIK, num("1506014211719002")), with(ok(2), cNIK, num("1.50601431172E+15")), with(ok(3), cNIK, num("1506014411730000")), with(ok(4), cNIK, date(26604)),
			with(ok(5), cNIK, num("150601461175")))...).bytes()},
		{name: "xlsx/other numbers", file: one(list(with(ok(1), cIncome, num("1000000"), cPhone, num("81234567890")), with(ok(2), cIncome, num("1.5E6"), cPhone, num("6.281234567890E12")), with(ok(3), cIncome, num("1000000.5"), cVillage, num("1506021006")), with(ok(4), cIncome, num("-5")))...).bytes()},
		{name: "xlsx/dates", file: one(list(with(ok(1), cBirth, date(26239)), with(ok(2), cBirth, raw(`<c s="2"><v>26606</v></c>`)), with(ok(3), cBirth, num("26972")), with(ok(4), cBirth, raw(`<c s="3"><v>27338</v></c>`)),
			with(ok(5), cBirth, raw(`<c t="d"><v>1975-11-06T00:00:00</v></c>`)), with(ok(6), cBirth, date(60)), with(ok(7), cBirth, date(-1)), with(ok(8), cBirth, date(9e9)))...).bytes()},
		{name: "xlsx/1904", file: mac.bytes()},
		{name: "xlsx/a date where none belongs", file: one(list(with(ok(1), cName, date(26239)), with(ok(2), cPhone, date(26239)))...).bytes()},
		{name: "xlsx/formulas", file: one(list(with(ok(1), cVillage, formula{"VLOOKUP(A2,Data!A:B,2)", "Tungkal Harapan"}), with(ok(2), cVillage, formula{"VLOOKUP(A3,Data!A:B,2)", ""}), with(ok(3), cVillage, fault("#REF!")),
			with(ok(4), cNIK, formula{`"1506"&"01"`, nik(4)}), with(ok(5), cNIK, fault("#N/A")), with(ok(6), cName, formula{`HYPERLINK("http://contoh.invalid")`, ""}))...).bytes()},
		{name: "xlsx/shared texts", file: func() []byte {
			w := one(list(with(ok(1), cName, raw(`<c t="s"><v>0</v></c>`)), with(ok(2), cName, raw(`<c t="s"><v>1</v></c>`)), with(ok(3), cName, raw(`<c t="s"><v>2</v></c>`)), with(ok(4), cName, raw(`<c t="s"><v>3</v></c>`)), with(ok(5), cName, raw(`<c t="s"/>`)))...)
			w.extra = shared
			return w.bytes()
		}()},
		{name: "xlsx/merged villages", file: merged("E2:E4", "F2:F4", "G2:G3").bytes()},
		{name: "xlsx/merged people", file: merged("A3:A4", "E2:F4", "I3:I4", "G2:G4").bytes()},
		{name: "xlsx/title over the list", file: title.bytes()},
		{name: "xlsx/a title of a village between", file: one(list(ok(1), []any{"KELURAHAN TUNGKAL HARAPAN"}, ok(2), []any{nil, "Jumlah", nil, nil, nil, nil, num("2")})...).bytes()},
		{name: "xlsx/hidden row", file: hidden.bytes()},
		{name: "xlsx/hidden sheet beside the list", file: workbook{pages: []page{hiddenList, notes, daftar}}.bytes()},
		{name: "xlsx/list on a hidden sheet only", file: workbook{pages: []page{notes, hiddenList}}.bytes()},
		{name: "xlsx/hidden sheet, named", sheet: "lama", file: workbook{pages: []page{notes, hiddenList}}.bytes()},
		{name: "xlsx/two lists", file: workbook{pages: []page{daftar, second}}.bytes()},
		{name: "xlsx/two lists, one named", sheet: "Tahap 2", file: workbook{pages: []page{daftar, second}}.bytes()},
		{name: "xlsx/named sheet is not there", sheet: "Tahap 3", file: workbook{pages: []page{daftar}}.bytes()},
		{name: "xlsx/no list at all", file: workbook{pages: []page{notes}}.bytes()},
		{name: "xlsx/at the end of the sheet", file: far.bytes()},
		{name: "xlsx/300 columns", file: one(wide, ok(1)).bytes()},
		{name: "xlsx/cell of 1 MB", file: one(list(with(ok(1), cName, strings.Repeat("Panjang ", 131_072)), ok(2))...).bytes()},
		{name: "xlsx/true and false", file: one(list(with(ok(1), cWork, yes(true)), with(ok(2), cSex, yes(true)))...).bytes()},
		{name: "xlsx/line breaks and spaces in headings", file: one([]any{" NIK\n(16 digit)", "Nama\r\nLengkap", "Tanggal\nLahir", "Pekerjaan "}, []any{nik(1), " Nur  hayati ", "02-11-1971", "Nelayan"}).bytes()},
	}
}

// brokenCorpus are workbooks that are damaged, or made to do harm.
func brokenCorpus() []nasty {
	good := one(list(people(1, 50)...)...)
	whole := good.bytes()
	replaced := func(part, text string) []byte {
		w := one(list(people(1, 3)...)...)
		w.extra = map[string]string{part: text}
		return w.bytes()
	}
	without := func(part string) []byte {
		w := one(list(people(1, 3)...)...)
		w.drop = []string{part}
		return w.bytes()
	}
	cut := good
	cut.cut = "xl/worksheets/sheet1.xml"
	crc := append([]byte(nil), whole...)
	crc[len(crc)/2] ^= 0x55
	sheet := "xl/worksheets/sheet1.xml"
	laughs := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
	blank := `<worksheet><sheetData>` + strings.Repeat(`<row r="1"/>`, 1) + strings.Repeat(" ", 40<<20) + `</sheetData></worksheet>`
	return []nasty{
		{name: "broken/cut off", file: whole[:len(whole)*2/3]},
		{name: "broken/only the beginning", file: whole[:40]},
		{name: "broken/a bit is wrong", file: crc},
		{name: "broken/the sheet's XML ends early", file: cut.bytes()},
		{name: "broken/no workbook", file: without("xl/workbook.xml")},
		{name: "broken/no sheet", file: without(sheet)},
		{name: "broken/no relations", file: without("xl/_rels/workbook.xml.rels")},
		{name: "broken/no styles", file: without("xl/styles.xml")},
		{name: "broken/text that is not there", file: replaced(sheet, `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>`)},
		{name: "broken/rows out of order", file: replaced(sheet, `<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>`)},
		{name: "broken/row beyond the end", file: replaced(sheet, `<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>`)},
		{name: "broken/column beyond the end", file: replaced(sheet, `<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>`)},
		{name: "broken/not XML", file: replaced(sheet, `NIK,Nama`)},
		{name: "broken/XML of UTF-16", file: replaced(sheet, `<?xml version="1.0" encoding="UTF-16"?><worksheet/>`)},
		{name: "bomb/entities", file: replaced(sheet, laughs)},
		{name: "bomb/sheet", file: replaced(sheet, blank)},
		{name: "bomb/shared texts", file: replaced("xl/sharedStrings.xml", `<sst><si><t>`+strings.Repeat("A", 40<<20)+`</t></si></sst>`)},
		{name: "bomb/many parts", file: func() []byte {
			p := good.parts()
			for i := range 6000 {
				p[fmt.Sprintf("xl/media/%d", i)] = ""
			}
			return zipped(p)
		}()},
		{name: "bomb/3000 columns", file: func() []byte {
			row := make([]any, 3000)
			row[2999] = "x"
			return one(heading, row).bytes()
		}()},
	}
}
