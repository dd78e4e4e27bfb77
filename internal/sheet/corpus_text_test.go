package sheet

import (
	"strings"
	"unicode/utf16"

	"jaring/internal/area"
	"jaring/internal/roster"
)

func utf16be(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

// textCorpus are texts of all encodings, separators and line ends.
func textCorpus() []nasty {
	clean := list(people(0, 3)...)
	accents := text(";", list(with(ok(1), cName, "Andr\u00e9 Fran\u00e7ois"))...)
	wide := append([]any(nil), heading...)
	for i := range 291 {
		wide = append(wide, "Kolom "+itoa(i+1))
	}
	huge := strings.Repeat("Jalan panjang ", 75_000)
	return []nasty{
		{name: "csv/comma", file: []byte(text(",", clean...))},
		{name: "csv/semicolon", file: []byte(text(";", clean...))},
		{name: "csv/tab", file: []byte(text("\t", clean...))},
		{name: "csv/pipe", file: []byte(text("|", clean...))},
		{name: "csv/bom", file: []byte("\ufeff" + text(",", clean...))},
		{name: "csv/utf16 little", file: append([]byte("\xff\xfe"), utf16le(accents)...)},
		{name: "csv/utf16 big", file: append([]byte("\xfe\xff"), utf16be(accents)...)},
		{name: "csv/utf16 without mark", file: utf16le(accents)},
		{name: "csv/windows-1252", file: []byte(strings.NewReplacer("\u00e9", "\xe9", "\u00e7", "\xe7").Replace(accents))},
		{name: "csv/two encodings in one file", file: []byte(text(";", list(with(ok(1), cName, "Andr\u00e9"), with(ok(2), cName, "Andr\xe9 Dua"))...))},
		{name: "csv/no encoding at all", file: []byte(text(";", list(with(ok(1), cName, "Andr\x81\x8d"))...))},
		{name: "csv/sep line", file: []byte("sep=;\r\n" + text(";", clean...))},
		{name: "csv/old mac lines", file: []byte(strings.ReplaceAll(text(",", clean...), "\n", "\r"))},
		{name: "csv/windows lines and blank rows count", file: []byte(strings.ReplaceAll(text(",", heading, []any{}, []any{}, with(ok(1), cName, "12345"), []any{}, with(ok(2), cName, "678")), "\n", "\r\n"))},
		{name: "csv/no line end at the end", file: []byte(strings.TrimSuffix(text(",", clean...), "\n"))},
		{name: "csv/line break in a cell", file: []byte(text(",", list(with(ok(1), cName, "\"Nur\nhayati\""), with(ok(2), cName, "1"))...))},
		{name: "csv/quote never closed", file: []byte(text(",", list(append([][]any{ok(1), with(ok(2), cName, `"Rosmala`)}, people(10, 300)...)...)...))},
		{name: "csv/quotes within a name", file: []byte(text(",", list(with(ok(1), cName, `Abdul "Udin" Karim`), with(ok(2), cName, `"Siti ""Iti"" Aminah"`), with(ok(3), cName, `"PT "Maju" Jaya"`))...))},
		{name: "csv/cell of 1 MB", file: []byte(text(",", list(with(ok(1), cName, huge), with(ok(2), cName, `"`+huge+`"`), ok(3))...))},
		{name: "csv/300 columns", file: []byte(text(";", wide, ok(1), ok(2)))},
		{name: "csv/3000 columns", file: []byte(text(";", heading, append(ok(1), strings.Repeat("x;", 3000))))},
		{name: "csv/ragged rows", file: []byte(text(",", list(ok(1)[:7], append(ok(2), "", "", "catatan"), ok(3)[:2])...))},
		{name: "csv/invisible characters", file: []byte(text(",", list(with(ok(1), cNIK, "\u200b"+nik(1)+"\u00a0", cName, " Nurhayati \ufeff", cBirth, "\t02-11-1971 "))...))},
		{name: "csv/formulas as text", file: []byte(text(";", list(with(ok(1), cName, `=HYPERLINK("http://contoh.invalid")`), with(ok(2), cName, "@SUM(A1)"), with(ok(3), cPhone, "+62 812 3456 7890"))...))},
		{name: "csv/nothing", file: nil},
		{name: "csv/only spaces", file: []byte(" \r\n\r\n  ")},
		{name: "csv/only a mark", file: []byte("\ufeff")},
		{name: "csv/binary", file: []byte("NIK,Nama\x00\x01\x02\x03,Pekerjaan")},
	}
}

// columnCorpus are headings and what stands around a list.
func columnCorpus() []nasty {
	english := []any{"OCCUPATION", "Birth Date", "full name", "Sex", "National ID Number", "Village", "monthly income (IDR)", "Mobile Number"}
	turned := func(n int) []any {
		r := ok(n)
		return []any{r[cWork], r[cBirth], r[cName], "F", r[cNIK], r[cVillage], r[cIncome], r[cPhone]}
	}
	loud := []any{"NIK (16 digit) *", "Nama Lengkap Sesuai KTP", "TGL. LAHIR\u00a0(hh-bb-tttt)", "L/P", "Desa/Kel.", "Kec.", "Jenis Pekerjaan", "Penghasilan per bulan (Rp)", "No. HP/WA"}
	printed := [][]any{{"PEMERINTAH KABUPATEN TANJUNG JABUNG BARAT"}, {"DAFTAR PEKERJA RENTAN"}, {}, heading, {"1", "2", "3", "4", "5", "6", "7", "8", "9"},
		ok(1), {"", "Kelurahan Tungkal Harapan"}, ok(2), heading, ok(3), {"", "JUMLAH", "3"}, {}, {"", "", "", "", "", "", "Kuala Tungkal, 21 November 2026"}, {"", "Kepala Dinas"}}
	return []nasty{
		{name: "columns/english, turned around", file: []byte(text(",", english, turned(1), turned(2)))},
		{name: "columns/loud headings", file: []byte(text(";", loud, ok(1), ok(2)))},
		{name: "columns/printed list with titles, numbers, totals, signature", file: []byte(text(";", printed...))},
		{name: "columns/numbers in brackets", file: []byte(text(";", heading, []any{"(1)", "(2)", "(3)", "(4)", "(5)"}, ok(1)))},
		{name: "columns/rows numbered in advance", file: []byte(text(";", append([]any{"No"}, heading...), append([]any{"1"}, ok(1)...), []any{"2"}, []any{"3"}))},
		{name: "columns/no heading", file: []byte(text(",", people(1, 5)...))},
		{name: "columns/birth date is missing", file: []byte(text(",", []any{"NIK", "Nama", "Pekerjaan"}, []any{nik(1), "Nurhayati", "Nelayan"}))},
		{name: "columns/two called NIK", file: []byte(text(",", append(append([]any(nil), heading...), "No. KTP"), append(ok(1), nik(1))))},
		{name: "columns/nobody below", file: []byte(text(",", heading))},
		{name: "columns/only a signature below", file: []byte(text(",", heading, []any{"", "Mengetahui,"}))},
		{name: "columns/place and date in one", file: []byte(text(";", []any{"NIK", "Nama", "Tempat, Tanggal Lahir", "JK", "Desa", "Kecamatan", "Pekerjaan"},
			with(ok(1), cBirth, "Kuala Tungkal, 02-11-1971")[:7], with(ok(2), cBirth, "Jambi, 3 Nopember 1972")[:7], with(ok(3), cBirth, "Jambi")[:7]))},
		{name: "columns/two lines", file: one([]any{"No", "Identitas", nil, "Lahir", nil, "Alamat", nil, "Pekerjaan"},
			[]any{nil, "NIK", "Nama", "Tempat", "Tanggal", "Desa", "Kecamatan"},
			[]any{num("1"), nik(1), "Nurhayati", "Jambi", "02-11-1971", "Tungkal Harapan", "Tungkal Ilir", "Nelayan"}).bytes()},
		{name: "columns/two languages over each other", file: one([]any{"NIK", "Nama", "Tanggal Lahir", "Pekerjaan"}, []any{"National ID", "Name", "Date of birth", "Occupation"},
			[]any{nik(1), "Nurhayati", "02-11-1971", "Nelayan"}).bytes()},
	}
}

// termsCorpus are what agreements ask for.
func termsCorpus() []nasty {
	decile := func(row []any, d any) []any { return append(append([]any(nil), row...), d) }
	withDecile := decile(heading, "Desil")
	return []nasty{
		{name: "terms/income ceiling", terms: roster.Agreement{IncomeCeiling: 1_500_000},
			file: []byte(text(";", list(with(ok(1), cIncome, "1.500.000"), with(ok(2), cIncome, "1.500.001"), with(ok(3), cIncome, ""), with(ok(4), cIncome, "1,5 juta"))...))},
		{name: "terms/occupations", terms: roster.Agreement{Occupations: []string{"Nelayan", "Petani Karet"}},
			file: []byte(text(";", list(ok(1), with(ok(2), cWork, "PETANI  KARET"), with(ok(3), cWork, "Dokter"))...))},
		{name: "terms/decile", terms: roster.Agreement{MaxDecile: 4},
			file: []byte(text(";", withDecile, decile(ok(1), "4"), decile(ok(2), "5"), decile(ok(3), ""), decile(ok(4), "11"), decile(ok(5), "satu")))},
		{name: "terms/places of a village", terms: roster.Agreement{Quota: map[area.Code]int{"15.06.02.1006": 2}, QuotaEach: 1},
			file: []byte(text(";", list(ok(1), with(ok(2), cBirth, "?"), ok(3), ok(4), with(ok(5), cVillage, ""))...))},
		{name: "terms/outside", terms: roster.Agreement{Domicile: []area.Code{"15.06.02"}},
			file: []byte(text(";", list(ok(1), with(ok(2), cVillage, "15.71.01.1001", cDistrict, ""), with(ok(3), cVillage, "Teluk Nilau", cDistrict, ""))...))},
		{name: "terms/ages on the day cover starts", terms: roster.Agreement{Start: 20270101},
			file: []byte(text(";", list(with(ok(1), cNIK, "1506014101629001", cBirth, "01-01-1962"), with(ok(2), cNIK, "1506014201629002", cBirth, "02-01-1962"),
				with(ok(3), cNIK, "1506014101129003", cBirth, "01-01-2012"), with(ok(4), cNIK, "1506014201129004", cBirth, "02-01-2012"))...))},
	}
}
