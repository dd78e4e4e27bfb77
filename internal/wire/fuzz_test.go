package wire_test

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"jaring/internal/jaring"
	"jaring/internal/jaringtest"
	"jaring/internal/wire"
)

// strict says, by the simplest means there are, whether a body is one object of known
// names, each once, with values of the right kinds and no NUL in a text.
func strict(body []byte, into any) bool {
	if !utf8.Valid(body) {
		return false
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if dec.Decode(into) != nil {
		return false
	}
	if _, err := dec.Token(); err != io.EOF {
		return false
	}
	names := namesOf(reflect.TypeOf(into).Elem(), map[string]bool{})
	return clean(json.NewDecoder(bytes.NewReader(body)), names, true)
}

// namesOf are all names of members below a type.
func namesOf(t reflect.Type, into map[string]bool) map[string]bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return namesOf(t.Elem(), into)
	case reflect.Struct:
		for i := range t.NumField() {
			if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" {
				into[name] = true
				namesOf(t.Field(i).Type, into)
			}
		}
	}
	return into
}

// clean walks over one value.
func clean(dec *json.Decoder, names map[string]bool, top bool) bool {
	token, err := dec.Token()
	if err != nil {
		return false
	}
	switch v := token.(type) {
	case string:
		return !top && !strings.ContainsRune(v, 0)
	case json.Delim:
		if top && v != '{' {
			return false
		}
		seen := map[string]bool{}
		for dec.More() {
			if v == '{' {
				name, err := dec.Token()
				if err != nil || !names[name.(string)] || seen[name.(string)] {
					return false
				}
				seen[name.(string)] = true
			}
			if !clean(dec, names, false) {
				return false
			}
		}
		_, err := dec.Token()
		return err == nil
	}
	return !top
}

// FuzzDecode: it never panics, takes exactly what the strict reading takes, reads the same
// into the fields, and blames a place for each fault.
func FuzzDecode(f *testing.F) {
	f.Add(jaringtest.JSON(jaringtest.Person(1)))
	for _, seed := range []string{`{}`, ``, `null`, `[]`, `{"nik":"1","nik":"2"}`, `{"NIK":"1"}`, `{"name":"\u0000"}`, `{"heirs":[{"name":"a","name":"b"}]}`, "{\"name\":\"\xff\"}",
		`{"consent":{"at":"2026-11-21T00:00:00Z"}} `, `{"months":1e2}`, `{"ſex":"M"}`, `{"months" : 3 , "confirmed" : [ "a" ] }`, `{"x":{"a":[1,{"b":"}"}]}}`,
		`{"lot":{"lane_id":"0193a0de-0000-7000-8000-000000000001","number":"C-14"}}`, `{"lot":null,"lot":{}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got, want wire.Registration
		err := wire.Decode(body, &got)
		if ok := strict(body, &want); ok != (err == nil) {
			t.Fatalf("strict says %t, Decode %v: %q", ok, err, body)
		}
		if err == nil {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%+v, want %+v", got, want)
			}
			return
		}
		many, ok := err.(jaring.Errors)
		if !ok || len(many) == 0 {
			t.Fatalf("%T %v", err, err)
		}
		for _, e := range many {
			if e.Code != jaring.Invalid || e.Key == "" || !utf8.ValidString(e.Field) || strings.ContainsFunc(e.Field, func(r rune) bool { return r < ' ' }) {
				t.Errorf("%+v", e)
			}
			if len(many) > 1 && e.Field == "" && e.Key != "field.unknown" {
				t.Errorf("%s blames nothing", e.Key)
			}
		}
	})
}
