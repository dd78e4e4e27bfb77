package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"

	"jaring/internal/roster"
)

// Files are built from raw parts, because what matters is what other programs write.

// Cells that are no texts.
type (
	num     string                // a number
	date    float64               // a number that is shown as a date
	fault   string                // an error
	formula struct{ f, v string } // a formula with its result; v "" for none
	yes     bool
	raw     string // a cell as XML
)

// page is one sheet.
type page struct {
	name, state string
	rows        [][]any
	first       int          // number of the first row; 1 when 0
	hidden      map[int]bool // by number
	merged      []string
	bare        bool // without the places of rows and cells
	tail        string
}

// workbook is an XLSX.
type workbook struct {
	pages    []page
	from1904 bool
	strict   bool
	styles   string            // cellXfs besides the usual
	extra    map[string]string // parts, also to replace
	drop     []string
	cut      string // a part whose XML ends early
}

const usualStyles = `<styleSheet xmlns="%s"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\-mmm\-yyyy"/><numFmt numFmtId="165" formatCode="0&quot;day&quot;"/></numFmts>` +
	`<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

func (w workbook) parts() map[string]string {
	ns, rel := "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	if w.strict {
		ns, rel = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
	}
	p := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         fmt.Sprintf(`<Relationships><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, rel),
		"xl/styles.xml":       fmt.Sprintf(usualStyles, ns),
	}
	var sheets, rels strings.Builder
	for i, pg := range w.pages {
		state := ""
		if pg.state != "" {
			state = ` state="` + pg.state + `"`
		}
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d"%s r:id="s%d"/>`, html.EscapeString(pg.name), i+1, state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="s%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rel, i+1)
		p[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = pg.xml(ns)
	}
	fmt.Fprintf(&rels, `<Relationship Id="st" Type="%s/styles" Target="/xl/styles.xml"/>`, rel)
	pr := ""
	if w.from1904 {
		pr = `<workbookPr date1904="1"/>`
	}
	p["xl/workbook.xml"] = fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>`, ns, rel, pr, sheets.String())
	if _, ok := w.extra["xl/sharedStrings.xml"]; ok {
		fmt.Fprintf(&rels, `<Relationship Id="ss" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, rel)
	}
	p["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	for name, text := range w.extra {
		p[name] = text
	}
	for _, name := range w.drop {
		delete(p, name)
	}
	if w.cut != "" {
		p[w.cut] = p[w.cut][:len(p[w.cut])*2/3]
	}
	return p
}

func (w workbook) bytes() []byte { return zipped(w.parts()) }

// zipped packs parts in the order of their names.
func zipped(p map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range sortedKeys(p) {
		f, _ := z.Create(name)
		_, _ = f.Write([]byte(p[name]))
	}
	_ = z.Close()
	return b.Bytes()
}

func (p page) xml(ns string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<worksheet xmlns="%s"><sheetData>`, ns)
	for i, cells := range p.rows {
		n := i + max(1, p.first)
		if cells == nil {
			continue
		}
		if p.bare {
			b.WriteString(`<row>`)
		} else {
			fmt.Fprintf(&b, `<row r="%d"%s>`, n, map[bool]string{true: ` hidden="1"`}[p.hidden[n]])
		}
		for c, cell := range cells {
			at := fmt.Sprintf(` r="%s%d"`, roster.ColumnName(c+1), n)
			if p.bare {
				at = ""
			}
			b.WriteString(cellXMLOf(at, cell))
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	if len(p.merged) > 0 {
		b.WriteString(`<mergeCells>`)
		for _, ref := range p.merged {
			fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, ref)
		}
		b.WriteString(`</mergeCells>`)
	}
	b.WriteString(p.tail + `</worksheet>`)
	return b.String()
}

func cellXMLOf(at string, cell any) string {
	switch v := cell.(type) {
	case nil:
		if at == "" {
			return `<c/>`
		}
		return ""
	case string:
		return `<c` + at + ` t="inlineStr"><is><t xml:space="preserve">` + html.EscapeString(v) + `</t></is></c>`
	case num:
		return `<c` + at + `><v>` + string(v) + `</v></c>`
	case date:
		return fmt.Sprintf(`<c%s s="1"><v>%v</v></c>`, at, float64(v))
	case fault:
		return `<c` + at + ` t="e"><v>` + string(v) + `</v></c>`
	case yes:
		return `<c` + at + ` t="b"><v>1</v></c>`
	case formula:
		if v.v == "" {
			return `<c` + at + `><f>` + html.EscapeString(v.f) + `</f></c>`
		}
		return `<c` + at + ` t="str"><f>` + html.EscapeString(v.f) + `</f><v>` + html.EscapeString(v.v) + `</v></c>`
	case raw:
		return strings.Replace(string(v), "<c", "<c"+at, 1)
	}
	panic("no such cell")
}

// one is a workbook of one sheet.
func one(rows ...[]any) workbook { return workbook{pages: []page{{name: "Daftar", rows: rows}}} }

// heading is the usual one.
var heading = []any{"NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin", "Desa", "Kecamatan", "Pekerjaan", "Penghasilan", "No HP"}

// ok is a row to which there is nothing to say: invented people of Tungkal Harapan, born in
// years that follow each other.
func ok(n int) []any {
	return []any{nik(n), fmt.Sprintf("%s %s", given[n%len(given)], family[n/len(given)%len(family)]), fmt.Sprintf("%02d-11-%d", 1+n%28, 1970+n%30), "P",
		"Tungkal Harapan", "Tungkal Ilir", "Nelayan", "1.000.000", "0812-3456-7890"}
}

var (
	given  = strings.Fields("Nurhayati Rosmala Halimah Jumiati Marsinah Zubaidah Salmah Murni Dahlia Melati Hasnah Umi Novita")
	family = strings.Fields("Rahayu Lestari Wahyuni Handayani Astuti Ningsih Wulandari")
)

// nik is the NIK of ok(n): given to nobody, its serial is above 9000.
func nik(n int) string {
	return fmt.Sprintf("150601%02d11%02d%04d", 41+n%28, (70+n%30)%100, 9001+n%990)
}

// with is a row with some cells replaced: index, value, index, value …
func with(row []any, pairs ...any) []any {
	row = append([]any(nil), row...)
	for i := 0; i < len(pairs); i += 2 {
		row[pairs[i].(int)] = pairs[i+1]
	}
	return row
}

// Columns of the usual heading.
const (
	cNIK = iota
	cName
	cBirth
	cSex
	cVillage
	cDistrict
	cWork
	cIncome
	cPhone
)

// text joins rows to a CSV.
func text(separator string, rows ...[]any) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(separator)
			}
			if cell != nil {
				fmt.Fprint(&b, cell)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func people(from, n int) (rows [][]any) {
	for i := range n {
		rows = append(rows, ok(from+i))
	}
	return rows
}

// list is the heading with rows below it.
func list(rows ...[]any) [][]any { return append([][]any{heading}, rows...) }
