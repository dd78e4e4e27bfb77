package sheet

import (
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// xlsx is a workbook of Office Open XML, transitional or strict.
type xlsx struct {
	parts    *parts
	sheets   []tab
	from1904 bool
	texts    texts
	isDate   []bool             // by style of a cell
	blocks   map[string][]block // merged, by part, once looked for
}

func (x *xlsx) tabs() []tab { return x.sheets }

// openXLSX reads what all sheets share. Errors: sheet.damaged, sheet.bomb.
func openXLSX(p *parts) (*xlsx, error) {
	x := &xlsx{parts: p, blocks: map[string][]block{}}
	book := "xl/workbook.xml"
	if root, err := x.relations("_rels/.rels", ""); err == nil {
		for _, r := range root {
			if strings.HasSuffix(r.kind, "/officeDocument") {
				book = r.target
			}
		}
	}
	folder, file := path.Split(book)
	rels, err := x.relations(folder+"_rels/"+file+".rels", folder)
	if err != nil {
		return nil, err
	}
	if err := x.workbook(book, rels); err != nil {
		return nil, err
	}
	for _, r := range rels {
		switch {
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			err = x.sharedTexts(r.target)
		case strings.HasSuffix(r.kind, "/styles"):
			err = x.styles(r.target)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(x.sheets) == 0 {
		return nil, damaged(nil)
	}
	return x, nil
}

type relation struct{ kind, target string }

// relations are the parts that a part names, by id.
func (x *xlsx) relations(name, folder string) (map[string]relation, error) {
	all := map[string]relation{}
	err := x.walk(name, func(_ *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return nil
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		all[attr(e, "Id")] = relation{attr(e, "Type"), target}
		return nil
	})
	return all, err
}

func (x *xlsx) workbook(name string, rels map[string]relation) error {
	return x.walk(name, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			x.from1904 = truth(attr(e, "date1904"))
		case "sheet":
			rel, ok := rels[attr(e, "id")]
			if ok && strings.HasSuffix(rel.kind, "/worksheet") {
				state := attr(e, "state")
				x.sheets = append(x.sheets, tab{name: attr(e, "name"), hidden: state == "hidden" || state == "veryHidden", part: rel.target})
			}
		}
		return nil
	})
}

// styles notes which styles show a number as a date.
func (x *xlsx) styles(name string) error {
	codes, inCells := map[int]string{}, false
	return x.walk(name, func(_ *xml.Decoder, e xml.StartElement) error {
		id, _ := strconv.Atoi(attr(e, "numFmtId"))
		switch e.Name.Local {
		case "numFmt":
			codes[id] = attr(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				x.isDate = append(x.isDate, showsDate(id, codes[id]))
			}
		}
		return nil
	})
}

// showsDate reports whether a number format shows a day. ECMA-376 part 1, 18.8.30.
func showsDate(id int, code string) bool {
	if code == "" {
		return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58
	}
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			quoted = !quoted
		case quoted:
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '[':
			bracket = true
		case code[i] == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'd':
			return true
		}
	}
	return false
}

// walk calls found for each element of a part.
func (x *xlsx) walk(name string, found func(*xml.Decoder, xml.StartElement) error) error {
	r, err := x.parts.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		token, err := d.RawToken()
		if isEOF(err) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := found(d, e); err != nil {
				return damaged(err)
			}
		}
	}
}

// isEOF tells the end of a part from a part that was cut off.
func isEOF(err error) bool { return err == io.EOF } //nolint:errorlint // a wrapped end is a cut

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

// texts are the shared texts of a workbook in one piece, because a list has a million of them.
type texts struct {
	all  []byte
	ends []uint32
}

func (t *texts) get(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), true
}

// sharedTexts reads the table of texts. What is pronounced (rPh) is not shown, so it is left out.
func (x *xlsx) sharedTexts(name string) error {
	r, err := x.parts.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	in, spoken := false, false
	for {
		token, err := d.RawToken()
		if isEOF(err) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			in = e.Name.Local == "t"
			spoken = spoken || e.Name.Local == "rPh"
		case xml.EndElement:
			in = false
			switch e.Name.Local {
			case "rPh":
				spoken = false
			case "si":
				x.texts.ends = append(x.texts.ends, uint32(len(x.texts.all)))
			}
		case xml.CharData:
			if in && !spoken {
				x.texts.all = append(x.texts.all, e[:min(len(e), x.parts.limits.Cell+1)]...)
			}
			if int64(len(x.texts.all)) > x.parts.limits.Strings {
				return jaring.NewError(jaring.Invalid, "sheet.bomb")
			}
		}
	}
}
