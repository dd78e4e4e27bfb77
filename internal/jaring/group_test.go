package jaring

import "testing"

func TestNewGroup(t *testing.T) {
	good := Group{Office: "01930000-0000-7000-8000-000000000001", Name: "  Paguyuban  Pasar ", Kind: GroupAssociation, ContactName: "Bu Sri", ContactPhone: "0812-3456-7890"}
	g, err := NewGroup(good)
	if err != nil || g.Name != "Paguyuban Pasar" || g.ContactPhone == good.ContactPhone {
		t.Errorf("%+v %v", g, err)
	}
	_, err = NewGroup(Group{Kind: "klub", ContactPhone: "abc"})
	all, _ := err.(Errors)
	want := map[string]string{"name": "field.required", "contact_name": "field.required", "kind": "group.kind_unknown", "office_id": "office.not_found"}
	for _, e := range all {
		if want[e.Field] == e.Key {
			delete(want, e.Field)
		}
	}
	if len(want) > 0 || len(all) != 5 {
		t.Errorf("%v lacks %v", all, want)
	}
}
