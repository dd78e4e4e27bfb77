package outreach_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"jaring/internal/app"
	"jaring/internal/forecast"
	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/outreach"
	"jaring/internal/wire"
)

var sourced = jaring.Figure{Year: 2026, Kind: jaring.FigureTarget, Unit: jaring.UnitPerson, Part: jaring.PartAll, Value: 400, Source: "Surat wilayah 7/2026", AsOf: 20260105}

// figure is sourced with something else.
func figure(change func(*jaring.Figure)) jaring.Figure {
	f := sourced
	change(&f)
	return f
}

// rowOf is the list's row of a figure.
func (h *house) rowOf(t testing.TB, actor jaring.Actor, year int, id jaring.FigureID) *outreach.FigureRow {
	t.Helper()
	l, err := h.FindFigures(t.Context(), actor, year)
	must(t, err)
	i := slices.IndexFunc(l.Rows, func(r outreach.FigureRow) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &l.Rows[i]
}

// A figure without a source is none; one is there once; what it was stays readable; nobody far away sees it.
func TestFiguresComeWithTheirSource(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		one := op()
		for range 2 { // told twice it is one
			id, err := h.AddFigure(ctx, h.Head, one, sourced)
			must(t, err)
			if id != jaring.FigureID(one) {
				t.Error(id)
			}
		}
		_, err := h.AddFigure(ctx, h.Head, op(), sourced)
		wantKey(t, err, "figure.exists")
		_, err = h.AddFigure(ctx, h.Head, op(), figure(func(f *jaring.Figure) { f.Source, f.Area, f.Office = " ", "15.99", h.Palembang }))
		if got := findings(err); got != "source:field.required area:area.unknown" {
			t.Error(got)
		}
		for who, actor := range map[string]jaring.Actor{"error.out_of_area": h.Head, "error.forbidden": h.Officer} {
			_, err = h.AddFigure(ctx, actor, op(), figure(func(f *jaring.Figure) { f.Office = h.Palembang }))
			wantKey(t, err, who)
		}
		id := jaring.FigureID(one)
		change := op()
		for range 2 {
			must(t, h.ChangeFigure(ctx, h.Head, change, id, 1, 450, "Revisi surat wilayah", 20260701, "ditambah pertengahan tahun"))
		}
		wantKey(t, h.ChangeFigure(ctx, h.Head, op(), id, 2, 450, "Revisi surat wilayah", 20260701, "ditambah pertengahan tahun"), "figure.same")
		wantKey(t, h.ChangeFigure(ctx, h.Head, op(), id, 1, 500, "Lagi", 20260701, "terlambat melihatnya"), "figure.changed_meanwhile")
		if got := findings(h.ChangeFigure(ctx, h.Head, op(), id, 2, 0, "", 20261231, "x")); got != "value:field.range source:field.required as_of:figure.day reason:reason.too_short" {
			t.Error(got)
		}
		v, err := h.GetFigure(ctx, h.Auditor, id)
		if err != nil || v.Value != 450 || len(v.Lines) != 2 || v.Lines[1].Value != 400 || v.Lines[0].Reason == "" || v.By[h.Head.Account] != h.Head.Name || v.MayManage {
			t.Fatalf("%+v %v", v, err)
		}
		_, err = h.GetFigure(ctx, h.FarOfficer, id)
		wantKey(t, err, "figure.unknown")
		if h.rowOf(t, h.FarOfficer, 2026, id) != nil || h.rowOf(t, h.Head, 2025, id) != nil || !h.rowOf(t, h.Head, 0, id).MayManage {
			t.Error("seen where it is not, or not where it is")
		}
		wantKey(t, h.WithdrawFigure(ctx, h.Admin, op(), id, "ya"), "reason.too_short")
		gone := op()
		for range 2 {
			must(t, h.WithdrawFigure(ctx, h.Head, gone, id, "salah kantor"))
		}
		if h.rowOf(t, h.Head, 2026, id) != nil {
			t.Error("still there")
		}
		wantKey(t, h.WithdrawFigure(ctx, h.Head, op(), id, "salah kantor"), "figure.unknown")
		_, err = h.AddFigure(ctx, h.Head, op(), sourced)
		must(t, err)
	})
}

func findings(err error) string {
	var out []string
	es, _ := err.(jaring.Errors)
	for _, e := range es {
		out = append(out, e.Field+":"+e.Key)
	}
	return strings.Join(out, " ")
}

// hires registers an employer of a size at an office with somebody who works there.
func (h *house) hires(t testing.TB, office jaring.OfficeID, size jaring.SizeClass, n int) {
	t.Helper()
	id, err := h.RegisterEmployer(t.Context(), h.Head, op(), jaring.EmployerForm{Office: office, Kind: jaring.EmployerBusiness, Name: "CV Maju", Area: jaringtest.Legok, Sector: "textile",
		RiskClass: 1, SizeClass: size, ContactName: "Bu Tini"})
	must(t, err)
	var person wire.Registration
	must(t, json.Unmarshal(jaringtest.JSON(jaringtest.Person(n)), &person))
	_, err = h.AddEmployee(t.Context(), h.Head, op(), id, app.EmployeeForm{Person: person, Wage: 3_000_000, Position: "staf"})
	must(t, err)
}

// What is reached is counted, by unit and part and for the offices below too; where it goes is told by whole months;
// a figure of persons never meets employers.
func TestTheCourseOfATarget(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		add := func(change func(*jaring.Figure)) jaring.FigureID {
			id, err := h.AddFigure(ctx, h.Admin, op(), figure(func(f *jaring.Figure) { f.Office, f.Year = h.Branch, 2027; change(f) }))
			must(t, err)
			return id
		}
		all := add(func(*jaring.Figure) {})
		bpu := add(func(f *jaring.Figure) { f.Part = jaring.PartBPU })
		pu := add(func(f *jaring.Figure) { f.Part, f.Area = jaring.PartPU, "15" })
		small := add(func(f *jaring.Figure) { f.Unit, f.Part, f.Value = jaring.UnitEmployer, jaring.PartMicroSmall, 12 })
		gap := add(func(f *jaring.Figure) {
			f.Kind, f.Part, f.AsOf, f.Area = jaring.FigureGap, jaring.PartBPU, 20161112, "15"
		})
		firms := add(func(f *jaring.Figure) { f.Kind, f.Unit, f.AsOf = jaring.FigurePotential, jaring.UnitEmployer, 20261101 })
		people := add(func(f *jaring.Figure) { f.Kind, f.Part = jaring.FigurePotential, jaring.PartMicroSmall })
		below := add(func(f *jaring.Figure) { f.Office = h.Batanghari })
		if r := h.rowOf(t, h.Head, 2027, all); r.Course != nil || r.Value != 400 {
			t.Errorf("a year that has not begun: %+v", r)
		}
		n := 0
		for _, month := range [][2]int{{2, 1}, {3, 0}, {1, 1}, {2, 0}, {1, 1}} { // November to March: own account, employed
			for range month[0] {
				n++
				h.Register(h.Agent, n)
			}
			for range month[1] {
				n++
				h.hires(t, h.Branch, []jaring.SizeClass{jaring.SizeMicro, jaring.SizeLarge}[n%2], n)
			}
			h.Pass(31 * 24 * time.Hour)
		}
		h.Pass(-31 * 24 * time.Hour) // 25 March 2027
		_, err := h.Fold(ctx)
		must(t, err)
		row := func(id jaring.FigureID) *outreach.FigureRow { return h.rowOf(t, h.Auditor, 2027, id) }
		for id, want := range map[jaring.FigureID]forecast.Course{
			all:   {Reached: 6, Expected: forecast.Range{Low: 6 + 9*2, Mid: 6 + 9*5/2, High: 6 + 1 + 9*3}, Whole: 4}, // 3, 3, 2, 2 in whole months; 2 in this one
			bpu:   {Reached: 4, Expected: forecast.Range{Low: 4 + 9*7/4, Mid: 4 + 1 + 9*2, High: 4 + 1 + 9*9/4}, Whole: 4},
			pu:    {Reached: 2, Expected: forecast.Range{Low: 2, Mid: 2 + 9/2, High: 2 + 9}, Whole: 4},
			below: {},
		} {
			if r := row(id); r.Course.Course != want || r.Course.Paced != (want.Whole > 0) {
				t.Errorf("%s %s: %+v, want %+v", r.Part, r.OfficeName, r.Course, want)
			}
		}
		if c := row(all).Course; len(c.Months) != 3 || c.Months[0].N != 2 || c.DaysLeft < 150 || c.DaysLeft > 205 || c.Need != (394_000+int64(c.DaysLeft)-1)/int64(c.DaysLeft) || c.Pace < 50 {
			t.Errorf("%+v", c)
		}
		if c := row(small).Course; c.Reached > 2 || row(small).Value != 12 {
			t.Errorf("%+v", c)
		}
		if r := row(gap); r.Known.Since != 9 || r.Course != nil || r.AreaName != "Jambi" {
			t.Errorf("%+v", r)
		}
		if r := row(firms); r.Known.Registered != 3 || r.Known.Since != 2 {
			t.Errorf("%+v", r.Known)
		}
		if row(people).Known != nil {
			t.Error("persons by size of business are not counted")
		}
		h.Pass(365 * 24 * time.Hour)
		if c := row(all).Course; c.Expected != (forecast.Range{Low: 6, Mid: 6, High: 6}) || c.Need != 0 || len(c.Months) != 12 {
			t.Errorf("a year that is over: %+v", c)
		}
	})
}

func table(text string) (lines [][]string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Split(strings.TrimSpace(line), ";"))
	}
	return lines
}

// A file enters whole or not at all, and says line by line what is wrong with it.
func TestImportOfFigures(t *testing.T) {
	h := newHouse(t, jaringtest.SQLite(t))
	ctx := t.Context()
	read := func(text string, change func(*outreach.FigureTable)) *outreach.FigureImport {
		t.Helper()
		in := outreach.FigureTable{Lines: table(text), Kinds: []jaring.FigureKind{jaring.FigureTarget}}
		if change != nil {
			change(&in)
		}
		sum, err := h.ImportFigures(ctx, jaring.System, in)
		must(t, err)
		return sum
	}
	const good = "Kantor;Tahun;Satuan;Segmen;Jumlah;Sumber;Per\ncabang  jambi;2026;Orang;BPU;36.000;Laporan 2018;11/1/2026\n;;;;;;\nKCP Batang Hari;2026;pemberi kerja;UMKM;1,441;Laporan 2021;2026-01-02\n"
	if sum := read(good, func(in *outreach.FigureTable) { in.DryRun = true }); sum.Added != 2 || sum.Lines != 2 {
		t.Errorf("%+v", sum)
	}
	if sum := read(good, nil); sum.Added != 2 || len(sum.Findings) != 0 {
		t.Errorf("nothing stays of a dry run: %+v", sum)
	}
	if sum := read(good, nil); sum.Same != 2 || sum.Added != 0 {
		t.Errorf("%+v", sum)
	}
	other := strings.Replace(good, "36.000", "40.000", 1)
	if sum := read(other, nil); len(sum.Findings) != 1 || sum.Findings[0].Line != 2 || sum.Findings[0].Err.Key != "figure.differs" {
		t.Errorf("%+v", sum)
	}
	if sum := read(other, func(in *outreach.FigureTable) { in.Reason = "revisi pertengahan tahun" }); sum.Changed != 1 || sum.Same != 1 {
		t.Errorf("%+v", sum)
	}
	l, err := h.FindFigures(ctx, h.Head, 2026)
	if err != nil || len(l.Rows) != 2 || l.Rows[0].Value != 40_000 || l.Rows[0].AsOf != 20260111 || l.Rows[1].Value != 1441 || l.Rows[1].Part != jaring.PartMicroSmall {
		t.Errorf("%+v %v", l, err)
	}
	bad := "per;unit;value;source;kantor;tahun;jenis\n2026-13-01;kepala;36.00;;Cabang Mars;dua;potensi\n2026-01-01;person;5;Surat;Cabang Palembang;2026;\n2026-01-01;person;6;Surat;Cabang Palembang;2026;sasaran\n"
	var told []string
	for _, f := range read(bad, nil).Findings {
		told = append(told, string('0'+rune(f.Line))+" "+f.Err.Field+":"+f.Err.Key)
	}
	want := []string{"2 office_id:figure.office_unknown", "2 kind:figure.kind_other", "2 year:figure.year_unread", "2 value:figure.value_unread", "2 as_of:figure.day_unread", "2 unit:figure.unit_unknown",
		"2 source:field.required", "4 :figure.twice"}
	if !slices.Equal(told, want) {
		t.Errorf("%q", told)
	}
	if l, err = h.FindFigures(ctx, h.FarOfficer, 2026); err != nil || len(l.Rows) != 0 {
		t.Errorf("a file with findings left something: %+v %v", l, err)
	}
	for text, key := range map[string]string{"unit;value\n": "figure.no_lines", "unit;value\n1;2": "figure.column_missing", "unit;satuan\n1;2": "figure.column_twice", "satuan;nilai;sumber;per\n;\n": "figure.no_lines"} {
		_, err := h.ImportFigures(ctx, jaring.System, outreach.FigureTable{Lines: table(text), Kinds: jaring.FigureKinds})
		wantKey(t, err, key)
	}
	_, err = h.ImportFigures(ctx, h.Officer, outreach.FigureTable{})
	wantKey(t, err, "error.forbidden")
}
