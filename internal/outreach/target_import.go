package outreach

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jaring/internal/app"
	"jaring/internal/jaring"
	"jaring/internal/store"
)

// FigureTable is figures as a file has them: lines of cells, of which the first names the columns.
type FigureTable struct {
	Lines   [][]string
	Kinds   []jaring.FigureKind // that the file may hold; a line that names none is of the first
	Reason  string              // for figures that are there with another value; empty: they are found fault with
	DryRun  bool                // judge, and write nothing
	Default jaring.OfficeID     // of lines that name no office
}

// FigureFinding is what is wrong with a line, as the file counts lines: the heading is 1.
type FigureFinding struct {
	Line int
	Err  *jaring.Error
}

// FigureImport is what a table came to. With a finding nothing was written.
type FigureImport struct {
	Lines    int // that hold a figure
	Added    int
	Changed  int
	Same     int // that were there already
	Findings []FigureFinding
}

// figureColumns are the headings of each field, in Indonesian and English.
var figureColumns = map[string][]string{
	"office": {"office", "kantor"}, "area": {"area", "wilayah"}, "year": {"year", "tahun"}, "kind": {"kind", "jenis"}, "unit": {"unit", "satuan"},
	"part": {"part", "bagian", "segmen", "segment"}, "value": {"value", "nilai", "jumlah"}, "source": {"source", "sumber"}, "as_of": {"as_of", "as of", "per", "tanggal"},
}

// figureNeeds are the columns without which no line says anything.
var figureNeeds = []string{"unit", "value", "source", "as_of"}

// figureWords are what files say for the words of the vocabulary, folded.
var figureWords = map[string]string{
	"sasaran": "target", "potensi": "potential", "celah": "gap", "belum peserta": "gap",
	"orang": "person", "pekerja": "person", "persons": "person", "pemberi kerja": "employer", "badan usaha": "employer", "employers": "employer",
	"semua": "all", "": "all", "umkm": "micro_small", "mikro dan kecil": "micro_small", "msme": "micro_small", "mikro": "micro", "kecil": "small", "menengah": "medium", "besar": "large",
	"bpu": "BPU", "pu": "PU",
}

// ImportFigures brings in a table of figures, all of it or nothing: each line is judged like one that is typed, and
// against those that are there. Errors: figure.column_missing, figure.column_twice, figure.no_lines, reason.too_short,
// error.forbidden.
func (o *Outreach) ImportFigures(ctx context.Context, actor jaring.Actor, t FigureTable) (*FigureImport, error) {
	if err := actor.May(jaring.ActManageTarget, jaring.Scope{}); err != nil {
		return nil, err
	}
	if t.Reason != "" {
		reason, err := app.NeedReason(t.Reason)
		if err != nil {
			return nil, err
		}
		t.Reason = reason
	}
	columns, err := figureHeading(t.Lines)
	if err != nil {
		return nil, err
	}
	offices, err := o.officesByName(ctx)
	if err != nil {
		return nil, err
	}
	in := &figureReader{table: t, columns: columns, offices: offices, seen: map[jaring.Figure]int{}}
	rows, err := in.read(func(f jaring.Figure) (jaring.Figure, error) {
		kept, err := jaring.NewFigure(f, o.dayAt(ctx, f.Office))
		return kept, allFindings(err, o.lookUpFigure(ctx, &kept), actor.May(jaring.ActManageTarget, jaring.Scope{Office: kept.Office}))
	})
	if err != nil {
		return nil, err
	}
	return o.writeFigures(ctx, actor, in, rows)
}

// errDry ends a transaction of which nothing is to stay.
var errDry = errors.New("nothing is written")

// writeFigures holds the rows against those that are there and writes them, when no line has a finding.
func (o *Outreach) writeFigures(ctx context.Context, actor jaring.Actor, in *figureReader, rows []figureAt) (*FigureImport, error) {
	var sum FigureImport
	err := o.DB.Write(ctx, func(tx *store.Tx) error {
		sum = FigureImport{Lines: in.lines, Findings: slices.Clone(in.findings)}
		for _, row := range rows {
			if err := o.writeFigure(tx, actor, in.table, row, &sum); err != nil {
				return err
			}
		}
		if in.table.DryRun || len(sum.Findings) > 0 {
			return errDry
		}
		return nil
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	slices.SortStableFunc(sum.Findings, func(a, b FigureFinding) int { return a.Line - b.Line })
	return &sum, err
}

func (o *Outreach) writeFigure(tx *store.Tx, actor jaring.Actor, t FigureTable, row figureAt, sum *FigureImport) error {
	is, err := tx.GetFigureOf(row.Figure)
	switch {
	case jaring.CodeOf(err) == jaring.NotFound:
		sum.Added++
		return o.addFigure(tx, actor, &Figure{Figure: row.Figure, ID: jaring.FigureID(app.NewID()), Version: 1, MadeBy: actor.Account, MadeAt: o.Now()})
	case err != nil:
		return err
	case is.Figure == row.Figure:
		sum.Same++
		return nil
	case t.Reason == "":
		sum.Findings = append(sum.Findings, FigureFinding{row.line, jaring.NewError(jaring.Invalid, "figure.differs", "is", is.Value, "to", row.Value).At("value")})
		return nil
	}
	sum.Changed++
	is.Figure = row.Figure
	return o.changeFigure(tx, actor, is, t.Reason)
}

// figureHeading finds the columns by their names, in any order and case.
func figureHeading(lines [][]string) (map[string]int, error) {
	columns := map[string]int{}
	if len(lines) < 2 {
		return nil, jaring.NewError(jaring.Invalid, "figure.no_lines")
	}
	for i, cell := range lines[0] {
		for field, names := range figureColumns {
			if !slices.Contains(names, foldCell(cell)) {
				continue
			}
			if _, twice := columns[field]; twice {
				return nil, jaring.NewError(jaring.Invalid, "figure.column_twice", "column", strings.TrimSpace(cell))
			}
			columns[field] = i
		}
	}
	for _, field := range figureNeeds {
		if _, ok := columns[field]; !ok {
			return nil, jaring.NewError(jaring.Invalid, "figure.column_missing", "column", figureColumns[field][len(figureColumns[field])-1], "english", field)
		}
	}
	return columns, nil
}

func foldCell(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(s, "\ufeff")), " "))
}

// officesByName are all offices by their folded names and by their ids; a name that several have is none.
func (o *Outreach) officesByName(ctx context.Context) (map[string]jaring.OfficeID, error) {
	byName := map[string]jaring.OfficeID{}
	err := o.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.FindOffices()
		for _, office := range all {
			name := foldCell(office.Name)
			if _, several := byName[name]; several {
				byName[name] = ""
				continue
			}
			byName[name], byName[string(office.ID)] = office.ID, office.ID
		}
		return err
	})
	return byName, err
}

// figureAt is a figure with its line.
type figureAt struct {
	jaring.Figure
	line int
}

// figureReader makes figures of lines.
type figureReader struct {
	table    FigureTable
	columns  map[string]int
	offices  map[string]jaring.OfficeID
	seen     map[jaring.Figure]int // by of what they speak: the line
	lines    int
	findings []FigureFinding
}

func (in *figureReader) read(judge func(jaring.Figure) (jaring.Figure, error)) (rows []figureAt, err error) {
	for i, cells := range in.table.Lines[1:] {
		line := i + 2
		if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		in.lines++
		f, es := in.figure(cells)
		kept, err := judge(f)
		if err := in.tell(line, es, err); err != nil {
			return nil, err
		}
		of := jaring.Figure{Office: kept.Office, Area: kept.Area, Year: kept.Year, Kind: kept.Kind, Unit: kept.Unit, Part: kept.Part}
		if first, twice := in.seen[of]; twice {
			es = append(es, jaring.NewError(jaring.Invalid, "figure.twice", "line", first))
			in.findings = append(in.findings, FigureFinding{line, es[len(es)-1]})
		}
		in.seen[of] = line
		if len(es) == 0 && err == nil {
			rows = append(rows, figureAt{kept, line})
		}
	}
	if in.lines == 0 {
		return nil, jaring.NewError(jaring.Invalid, "figure.no_lines")
	}
	return rows, nil
}

// tell keeps what is wrong with a line; of one field, what was said first.
func (in *figureReader) tell(line int, es jaring.Errors, err error) error {
	var judged jaring.Errors
	if one := (*jaring.Error)(nil); err != nil && !errors.As(err, &judged) {
		if !errors.As(err, &one) || one.Code == jaring.Internal {
			return err
		}
		judged = jaring.Errors{one}
	}
	blamed := map[string]bool{}
	for _, e := range append(slices.Clone(es), judged...) {
		if e.Field != "" && blamed[e.Field] {
			continue
		}
		blamed[e.Field] = true
		in.findings = append(in.findings, FigureFinding{line, e})
	}
	return nil
}

// figure reads a line; what cannot be read is told beside it.
func (in *figureReader) figure(cells []string) (f jaring.Figure, es jaring.Errors) {
	cell := func(field string) string {
		if i, ok := in.columns[field]; ok && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	word := func(field string) string {
		text := foldCell(cell(field))
		if known, ok := figureWords[text]; ok {
			return known
		}
		return text
	}
	fault := func(field, key string, pairs ...any) {
		es = append(es, jaring.NewError(jaring.Invalid, key, pairs...).At(field))
	}
	f = jaring.Figure{Office: in.table.Default, Area: cell("area"), Kind: in.table.Kinds[0], Unit: jaring.FigureUnit(word("unit")), Part: jaring.FigurePart(word("part")), Source: cell("source")}
	if name := cell("office"); name != "" {
		if f.Office = in.offices[foldCell(name)]; f.Office == "" {
			fault("office_id", "figure.office_unknown", "name", name)
		}
	} else if f.Office == "" {
		fault("office_id", "field.required")
	}
	if text := cell("kind"); text != "" {
		if f.Kind = jaring.FigureKind(word("kind")); !slices.Contains(in.table.Kinds, f.Kind) {
			fault("kind", "figure.kind_other", "text", text)
		}
	}
	if text := cell("year"); text != "" || f.Kind == jaring.FigureTarget {
		year, err := strconv.Atoi(text)
		if f.Year = year; err != nil {
			fault("year", "figure.year_unread", "text", text)
		}
	}
	if n, ok := readWhole(cell("value")); ok {
		f.Value = n
	} else {
		fault("value", "figure.value_unread", "text", cell("value"))
	}
	if day, ok := readDay(cell("as_of")); ok {
		f.AsOf = day
	} else {
		fault("as_of", "figure.day_unread", "text", cell("as_of"))
	}
	return f, es
}

// readWhole reads a whole number with or without marks between its thousands: 36000, 36.000, 36,000.
func readWhole(s string) (int64, bool) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == ',' || r == ' ' || r == '\u00a0' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 || strings.TrimLeft(g, "0123456789") != "" {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(strings.Join(groups, ""), 10, 64)
	return n, err == nil
}

// readDay reads 2026-11-21, 21-11-2026 and 21/11/2026.
func readDay(s string) (jaring.Day, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) == 3 && len(parts[2]) == 4 {
		slices.Reverse(parts)
	}
	if len(parts) != 3 || len(parts[0]) != 4 {
		return 0, false
	}
	for i := range parts[1:] {
		if len(parts[i+1]) == 1 {
			parts[i+1] = "0" + parts[i+1]
		}
	}
	day, err := jaring.ParseDay(strings.Join(parts, "-"))
	return day, err == nil
}
