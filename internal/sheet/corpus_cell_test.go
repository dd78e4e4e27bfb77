package sheet

import (
	"fmt"
	"strings"

	"jaring/internal/roster"
)

// column is a list in which one column holds each of the values, one a row.
func column(at int, values ...any) []byte {
	rows := [][]any{heading}
	for i, v := range values {
		rows = append(rows, with(ok(i+1), at, v))
	}
	return []byte(text(";", rows...))
}

// cellCorpus are cells as many hands and programs write them.
func cellCorpus() []nasty {
	var tails [][]any
	for i := range 25 {
		tails = append(tails, with(ok(i+1), cNIK, nik(i + 1)[:15]+"0"))
	}
	swap := func(n, at int) string {
		b := []byte(nik(n))
		b[at-1], b[at] = b[at], b[at-1]
		return string(b)
	}
	return []nasty{
		{name: "nik/made a number", file: column(cNIK, "1.50601E+15", "1,50601E+15", "1,50601e15", "1506014211719002.0", "1506014211719003,00")},
		{name: "nik/marked as text", file: column(cNIK, "'"+nik(1), `="`+nik(2)+`"`, `"=""`+nik(3)+`"""`)},
		{name: "nik/slips of the hand", file: column(cNIK, nik(1)[:15], nik(2)+"1", "15O6"+nik(3)[4:], "1506 0144 1173 9004", "", "-", "tidak ada", "1506.01.461175.9006", "KTP hilang")},
		{name: "nik/last digits of all are gone", file: []byte(text(";", list(tails...)...))},
		{name: "nik/digits exchanged", file: column(cNIK, swap(1, 7), swap(2, 3), swap(3, 11), swap(4, 1), swap(5, 15))},
		{name: "nik/odd", file: column(cNIK, "1506014231719001", "1506010211719002", "9906014311739003", "1571024511759004", "1111111111111111", "1506014611760000", "1506013102789007")},
		{name: "nik/twice", file: []byte(text(";", list(ok(1), ok(2), ok(1), with(ok(3), cName, ok(2)[cName], cBirth, ok(2)[cBirth]), with(ok(4), cName, "MUH. YUSUF"), with(ok(5), cName, "Muhammad Yusuf", cBirth, ok(4)[cBirth]))...))},
		{name: "name/odd", file: column(cName, "", "-", "123", strings.Repeat("Nurhayati ", 14), "Nur\x01hayati", "Hj. Siti Aminah, S.Pd.I")},
		{name: "date/sane forms", file: column(cBirth, "02-11-1971", "3/11/1972", "1973-11-04", "5.11.1974", "6 November 1975", "7 Nop 1976", "8-Nov-1977", "November 9, 1978", "10 11 1979", "1980-11-11 00:00:00", "1981-11-12T00:00:00Z", "13111982", "19831114", "15 NOVEMBER 1984")},
		{name: "date/not sane", file: column(cBirth, "31-02-1978", "29-02-1979", "11/22/1971", "03-11-72", "26272", "1974", "Nov 1975", "7 Nopenber 1976", "21-11-2027", "00-11-1978", "10-13-1979", "10-11-198O", "20111911", "12-11-81 ", "1982-13-11", "", "21-11-1580", "1-2-3-4")},
		{name: "date/day and month exchanged", file: column(cBirth, "11-02-1971", "04-12-1972", "04-11-1937", "05-12-1999")},
		{name: "date/month first in the whole file", file: column(cBirth, "11/02/1971", "11/13/1982", "11/14/1983")},
		{name: "date/four years off", file: column(cBirth, "03-11-1975", "02-11-1968")},
		{name: "age/limits", file: []byte(text(";", list(with(ok(1), cNIK, "1506016111619001", cBirth, "21-11-1961"), with(ok(2), cNIK, "1506016211619002", cBirth, "22-11-1961"),
			with(ok(3), cNIK, "1506016111119003", cBirth, "21-11-2011"), with(ok(4), cNIK, "1506016211119004", cBirth, "22-11-2011"))...))},
		{name: "sex/words", file: column(cSex, "P", "pr", "Perempuan", "WANITA", "F", "female", "W")},
		{name: "sex/missing, unknown, other", file: column(cSex, "", "-", "X", "2", "L", "Laki-laki")},
		{name: "sex/no column at all", file: []byte(text(",", []any{"NIK", "Nama", "Tanggal Lahir", "Pekerjaan"}, []any{nik(1), "Nurhayati", "02-11-1971", "Nelayan"}))},
		{name: "cell/columns that slipped", file: []byte(text(";", list(append([]any{""}, ok(1)[:8]...), with(ok(2), cVillage, nik(2), cWork, nik(3), cPhone, nik(4)))...))},
		{name: "cell/errors as texts", file: column(cVillage, "#N/A", "#REF!", "#ref!")},
		{name: "occupation/missing", file: column(cWork, "", "-", "Nelayan")},
		{name: "income/sane forms", file: column(cIncome, "1000000", "1.000.000", "Rp1.000.000", "Rp. 1.000.000,-", "Rp 1.000.000,00", "1,000,000", "1,000,000.00", "IDR 1.000.000", "1.000.000/bulan", "", "-")},
		{name: "income/not sane", file: column(cIncome, "1,5 juta", "800rb", "1.5 jt", "1-2 juta", "< 1.000.000", "1,000", "16.80", "0", "-500000", "banyak", "99999999999999999999")},
		{name: "phone/forms", file: column(cPhone, "0812-3456-7890", "8123456789", "+62 812 3456 7890", "(0812) 3456789", "", "-", "0", "0812/0813", "021-555", "08123456789 / 08129876543", "8.12E+10")},
	}
}

// villageCorpus are places as lists name them.
func villageCorpus() []nasty {
	place := func(n int, village, district any) []any { return with(ok(n), cVillage, village, cDistrict, district) }
	return []nasty{
		{name: "village/found", file: []byte(text(";", list(place(1, "15.06.02.1006", ""), place(2, "1506021006", ""), place(3, "TUNGKAL HARAPAN", ""), place(4, "Kel. Tungkal Harapan", "Kec. Tungkal Ilir"),
			place(5, "Teluk Nilau", "Pengabuan"), place(6, "Sei Baung", ""), place(7, "Tungkal Harapan Tungkal Ilir", ""), place(8, "Tungkal Harapan, Kec. Tungkal Ilir", ""), place(9, "Kelurahan Merlung", "Merlung"),
			place(10, "Desa Merlung", ""), place(11, "", "Tungkal Ilir"))...))},
		{name: "village/misspelled", file: []byte(text(";", list(place(1, "Tungkal Harapn", "Tungkal Ilir"), place(2, "Tunggal Harapan", ""), place(3, "Bram Itam Rya", "Bram Itam"), place(4, "Sri Wijayaa", ""))...))},
		{name: "village/not there", file: []byte(text(";", list(place(1, "Antah Berantah", ""), place(2, "15.06.02.9999", ""), place(3, "15.06.02", ""), place(4, "Sungai Baung", "Tungkal Ilir"), place(5, "Telanaipura", ""), place(6, "15.71.01.1001", ""), place(7, "?", ""))...))},
		{name: "village/two of one name", file: []byte(text(";", list(place(1, "Merlung", "Merlung"), place(2, "Merlung", ""), place(3, "Merlung, Kec. Merlung (15.06.05.2020)", ""))...))},
		{name: "village/no area is given", terms: roster.Agreement{Area: "-"}, file: []byte(text(";", append(append([]any(nil), heading...), "Kabupaten/Kota"),
			append(place(1, "Sungai Baung", ""), ""), append(place(2, "Sungai Baung", "Pengabuan"), "Tanjung Jabung Barat"), append(place(3, "Sungai Baung", ""), "Kab. Tanjung Jabung Barat"),
			append(place(4, "Sungai Baung Muara Bulian", ""), ""), append(place(5, "Bram Itam Raya", ""), "")))},
		{name: "village/a province", terms: roster.Agreement{Area: "15"}, file: []byte(text(";", list(place(1, "Sungai Baung", ""), place(2, "Sungai Baung", "Muara Bulian"), place(3, "Tebing Tinggi", ""))...))},
		{name: "village/nik from elsewhere", file: []byte(text(";", list(with(ok(1), cNIK, "1571024211719001"), with(ok(2), cNIK, "9101014311729002"), with(ok(3), cNIK, "1599014411739003"))...))},
	}
}

// strangerCorpus are other files under the name of a spreadsheet.
func strangerCorpus() []nasty {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	html := "<html><body><table><tr><td>NIK</td><td>Nama</td></tr></table></body></html>"
	zipOf := func(names ...string) []byte {
		p := map[string]string{}
		for _, n := range names {
			p[n] = "x"
		}
		return zipped(p)
	}
	var out []nasty
	for name, file := range map[string][]byte{
		"old xls": []byte(ole), "xlsx with a password": []byte(ole + string(utf16le("EncryptedPackage"))), "pdf": []byte("%PDF-1.7\n1 0 obj"), "html": []byte(html),
		"html with a mark": []byte("\ufeff\r\n" + html), "xml of 2003": []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), "png": []byte("\x89PNG\r\n\x1a\n"),
		"photo": []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), "ods": zipOf("mimetype", "content.xml"), "xlsb": zipOf("[Content_Types].xml", "xl/workbook.bin"), "docx": zipOf("[Content_Types].xml", "word/document.xml"),
		"zip of a csv": zipOf("daftar.csv"), "gzip": []byte("\x1f\x8b\x08\x00"), "rar": []byte("Rar!\x1a\x07"), "json": []byte(`{"nik":"1"}`), "rtf": []byte(`{\rtf1 NIK}`), "program": []byte("MZ\x90\x00"),
		"prose": []byte("Yth. Bapak Kepala Dinas,\nbersama ini kami kirim daftar pekerja.\n"), "sylk": []byte("ID;PWXL;N;E\r\nC;Y1;X1;K\"NIK\"\r\n"),
	} {
		out = append(out, nasty{name: fmt.Sprintf("stranger/%s", name), file: file})
	}
	return out
}
