// Package wire holds what travels: the strict reading of JSON and the bodies of
// operations. A body is kept verbatim and may be read again long after it came, so its
// shape belongs neither to the HTTP door nor to the acts.
package wire

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"jaring/internal/jaring"
)

// Decode reads a JSON object into the struct that into points to. It finds all faults at
// once: what is no JSON (json.malformed), a field nobody knows (field.unknown), a value
// of another kind (field.type) – each with the pointer of its place.
func Decode(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err == nil {
		if _, err := dec.Token(); err == io.EOF {
			return nil
		}
		return jaring.Errors{jaring.NewError(jaring.Invalid, "json.malformed", "at", int(dec.InputOffset()))}
	}
	// Something is wrong: walk slowly and say what, where.
	var probe any
	if err := json.Unmarshal(body, &probe); err != nil {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "json.malformed", "at", offset(err))}
	}
	w := walker{}
	w.value("", body, reflect.ValueOf(into).Elem())
	return w.errs.OrNil()
}

func offset(err error) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return int(syntax.Offset)
	}
	return 0
}

type walker struct{ errs jaring.Errors }

func (w *walker) fail(path, key string, pairs ...any) {
	w.errs = append(w.errs, jaring.NewError(jaring.Invalid, key, pairs...).At(path))
}

func (w *walker) value(path string, raw json.RawMessage, v reflect.Value) {
	raw = bytes.TrimSpace(raw)
	if string(raw) == "null" {
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		w.value(path, raw, v.Elem())
		return
	}
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	_, isJSON := v.Addr().Interface().(json.Unmarshaler)
	switch {
	case isText || isJSON:
		w.leaf(path, raw, v)
	case v.Kind() == reflect.Struct:
		w.object(path, raw, v)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		w.list(path, raw, v)
	default:
		w.leaf(path, raw, v)
	}
}

func (w *walker) leaf(path string, raw json.RawMessage, v reflect.Value) {
	err := json.Unmarshal(raw, v.Addr().Interface())
	var rule *jaring.Error
	switch {
	case errors.As(err, &rule):
		w.errs = append(w.errs, rule.At(path))
	case err != nil:
		w.fail(path, "field.type", "want", kindName(v))
	}
}

func (w *walker) object(path string, raw json.RawMessage, v reflect.Value) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		w.fail(path, "field.type", "want", "object")
		return
	}
	fields := fieldsOf(v.Type())
	for _, name := range sortedNames(members) {
		at := strings.TrimPrefix(path+"/"+pointerEscape(name), "/")
		i, known := fields[name]
		if !known {
			w.fail(at, "field.unknown", "field", clip(name))
			continue
		}
		w.value(at, members[name], v.Field(i))
	}
}

func (w *walker) list(path string, raw json.RawMessage, v reflect.Value) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		w.fail(path, "field.type", "want", "list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		w.value(path+"/"+strconv.Itoa(i), item, v.Index(i))
	}
}

func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = i
		}
	}
	return fields
}

func sortedNames(m map[string]json.RawMessage) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names) // a fixed order makes a fixed answer
	return names
}

func pointerEscape(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(clip(s))
}

// clip keeps what a stranger sent short: a member's name may hold anything, digits of
// a NIK too.
func clip(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r < ' ' {
			return -1
		}
		return r
	}, s)
	if len(clean) > 40 {
		clean = clean[:40]
	}
	return strings.ToValidUTF8(clean, "")
}

func kindName(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64, reflect.Int32:
		return "number"
	}
	return "date"
}
