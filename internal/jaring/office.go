package jaring

import (
	"slices"
	"strconv"
	"strings"
)

// OfficeKinds from the top down.
var OfficeKinds = []string{"fund", "region", "branch", "sub_branch"}

// KindBelow reports whether an office of kind may lie directly under one of kind above:
// it has to be a smaller one.
func KindBelow(kind, above string) bool {
	k, a := slices.Index(OfficeKinds, kind), slices.Index(OfficeKinds, above)
	return a >= 0 && k > a
}

// OfficeArea says that an office serves an area for a while.
type OfficeArea struct {
	Office OfficeID
	Area   string // dotted code; empty serves the whole country
	From   Day    // first day
	To     Day    // last day; none while it lasts
}

// On reports whether the office serves the area on a day.
func (a OfficeArea) On(day Day) bool { return a.From <= day && (a.To == 0 || a.To >= day) }

// after reports whether the office serves the area on some day from day on.
func (a OfficeArea) after(day Day) bool { return a.To == 0 || a.To >= day }

// OfficeForm is an office as somebody adds it.
type OfficeForm struct {
	Parent OfficeID
	Kind   string
	Name   string
	Phone  string   // as it is written; may be empty
	Zone   string   // IANA name
	Areas  []string // dotted codes served from today on
}

// maxOfficeAreas bounds a list: more than the country has regencies.
const maxOfficeAreas = 600

// NewOffice judges an office whole and gives it as it is kept. Its kind and its areas are
// judged beside the parent and by the map. Errors: field.required, field.too_long,
// field.unreadable, office.kind_unknown, phone.office_malformed, office.zone, office.not_found, field.too_many,
// office.area_unknown, office.area_twice, office.area_within.
func NewOffice(f OfficeForm, known func(area string) bool) (OfficeForm, error) {
	j := judge{}
	f.Name = j.text("name", f.Name, maxName, true)
	f.Phone = j.officePhone(f.Phone)
	if !slices.Contains(OfficeKinds, f.Kind) {
		j.reject("kind", "office.kind_unknown")
	}
	if !IsUUID(string(f.Parent)) {
		j.reject("parent_id", "office.not_found")
	}
	if _, err := Zone(f.Zone); err != nil {
		j.errs = append(j.errs, err.(*Error))
	}
	j.errs = append(j.errs, OfficeAreaErrors(f.Areas, known)...)
	return f, j.errs.OrNil()
}

// OfficeName judges another name and gives it as it is kept. Errors: field.required,
// field.too_long, field.unreadable.
func OfficeName(name string) (string, error) {
	j := judge{}
	name = j.text("name", name, maxName, true)
	return name, j.errs.OrNil()
}

// OfficePhone judges whom to call at an office; empty: nobody. Error: phone.office_malformed.
func OfficePhone(phone string) (string, error) {
	j := judge{}
	phone = j.officePhone(phone)
	return phone, j.errs.OrNil()
}

func (j *judge) officePhone(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	phone, err := ParseOfficePhone(text)
	if err != nil {
		j.reject("phone", "phone.office_malformed")
	}
	return phone
}

// OfficeAreaErrors judges the areas that one office is to serve, by themselves: each is
// on the map, none stands there twice or lies in another. Errors as NewOffice has them.
func OfficeAreaErrors(areas []string, known func(area string) bool) (es Errors) {
	if len(areas) > maxOfficeAreas {
		return Errors{NewError(Invalid, "field.too_many", "max", maxOfficeAreas).At("areas")}
	}
	for i, area := range areas {
		at := "areas/" + strconv.Itoa(i)
		switch {
		case !known(area):
			es = append(es, NewError(Invalid, "office.area_unknown").At(at))
		case slices.Contains(areas[:i], area):
			es = append(es, NewError(Invalid, "office.area_twice", "area", area).At(at))
		default:
			if j := slices.IndexFunc(areas, func(other string) bool { return other != area && known(other) && Within(area, other) }); j >= 0 {
				es = append(es, NewError(Invalid, "office.area_within", "area", area, "outer", areas[j]).At(at))
			}
		}
	}
	return es
}

// Within reports whether the area code lies in outer or is it; the empty code is the
// whole country.
func Within(code, outer string) bool {
	return outer == "" || code == outer || strings.HasPrefix(code, outer+".")
}

// TakenAreas judges areas that an office is to serve from a day on against what others
// serve. The closest office of an area is that of the smallest served area around it, and of
// two that serve the same one the lower. On no day may there be two of them, so the same
// area goes to two offices only when one lies under the other. Error: office.area_taken, with the other office's
// id and the first day on which both would serve it.
func TakenAreas(areas []string, from Day, others []OfficeArea, related func(OfficeID) bool) (es Errors) {
	for i, area := range areas {
		for _, o := range others {
			if o.Area == area && o.after(from) && !related(o.Office) {
				es = append(es, NewError(Invalid, "office.area_taken", "area", area, "office", string(o.Office), "date", max(from, o.From)).At("areas/"+strconv.Itoa(i)))
				break
			}
		}
	}
	return es
}

// AreaChange is how the rows of one office change when it serves other areas from a day on.
type AreaChange struct {
	Drop []OfficeArea // were to begin on that day or later
	End  []OfficeArea // To is their last day from now on; none: they go on
	Add  []OfficeArea
}

// Empty reports whether nothing changes.
func (c AreaChange) Empty() bool { return len(c.Drop)+len(c.End)+len(c.Add) == 0 }

// ChangeAreas works out what becomes of an office's rows when it serves areas, and nothing
// else, from a day on. What lies before that day stays as it is; whatever was planned for
// later is replaced.
func ChangeAreas(office OfficeID, rows []OfficeArea, areas []string, from Day) (c AreaChange) {
	covered := map[string]bool{}
	for _, r := range rows {
		stays := slices.Contains(areas, r.Area)
		switch {
		case !r.after(from):
		case r.From > from || r.From == from && !stays:
			c.Drop = append(c.Drop, r)
		case !stays:
			if last := from.Add(-1); r.To != last {
				r.To = last
				c.End = append(c.End, r)
			}
		default:
			covered[r.Area] = true
			if r.To != 0 {
				r.To = 0
				c.End = append(c.End, r)
			}
		}
	}
	for _, area := range areas {
		if !covered[area] {
			c.Add = append(c.Add, OfficeArea{Office: office, Area: area, From: from})
		}
	}
	return c
}
