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
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jaring/internal/jaring"
)

// Decode reads a JSON object into the struct that into points to, strictly: names as they
// are written, each once. It finds all faults at once. What cannot be read at all is
// json.empty, json.malformed (also text that is not UTF-8) or json.trailing; a field that
// nobody knows is field.unknown, one that stands twice json.duplicate, a value of another
// kind field.type, a text with a NUL in it field.unreadable – each with the pointer of its
// place. What is right is read all the same.
func Decode(body []byte, into any) error {
	text := bytes.TrimLeft(body, " \t\r\n")
	if len(text) == 0 {
		return fault("json.empty")
	}
	if at := invalidUTF8(body); at >= 0 {
		return fault("json.malformed", "at", at+1)
	}
	if text[0] == '{' && !suspicious(body) && decodeFast(body, into) {
		return nil
	}
	// Something may be wrong: walk slowly and say what, where.
	dec := json.NewDecoder(bytes.NewReader(body))
	var whole json.RawMessage
	if err := dec.Decode(&whole); err != nil {
		return fault("json.malformed", "at", offset(err, len(body)))
	}
	if _, err := dec.Token(); err != io.EOF {
		return fault("json.trailing")
	}
	w := walker{}
	v := reflect.ValueOf(into).Elem()
	v.SetZero()
	w.object("", whole, v)
	return w.errs.OrNil()
}

// Unreadable tells an error of Decode about the whole body from faults of its fields.
func Unreadable(err error) bool {
	var many jaring.Errors
	return errors.As(err, &many) && len(many) > 0 && many[0].Field == ""
}

func fault(key string, pairs ...any) error {
	return jaring.Errors{jaring.NewError(jaring.Invalid, key, pairs...)}
}

func decodeFast(body []byte, into any) bool {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if dec.Decode(into) != nil {
		return false
	}
	_, err := dec.Token()
	return err == io.EOF
}

func invalidUTF8(body []byte) int {
	if utf8.Valid(body) {
		return -1
	}
	at := 0
	for r, size := utf8.DecodeRune(body); r != utf8.RuneError || size > 1; r, size = utf8.DecodeRune(body[at:]) {
		at += size
	}
	return at
}

func offset(err error, length int) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return int(syntax.Offset)
	}
	return length
}

// maxFaults bounds the answer to a body that is nothing but faults.
const maxFaults = 100

type walker struct{ errs jaring.Errors }

func (w *walker) fail(path, key string, pairs ...any) {
	w.add(jaring.NewError(jaring.Invalid, key, pairs...).At(path))
}

func (w *walker) add(e *jaring.Error) {
	if len(w.errs) < maxFaults {
		w.errs = append(w.errs, e)
	}
}

func (w *walker) value(path string, raw json.RawMessage, v reflect.Value) {
	raw = bytes.TrimSpace(raw)
	_, isText := v.Addr().Interface().(encoding.TextUnmarshaler)
	_, isJSON := v.Addr().Interface().(json.Unmarshaler)
	switch {
	case isJSON && !isText: // it reads itself, null too
		w.leaf(path, raw, v)
	case string(raw) == "null":
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		w.value(path, raw, v.Elem())
	case isText:
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
	var many jaring.Errors
	switch {
	case errors.As(err, &many) && len(many) > 0:
		w.add(many[0].At(path))
	case errors.As(err, &rule):
		w.add(rule.At(path))
	case err != nil:
		w.fail(path, "field.type", "want", kindName(v))
	case v.Kind() == reflect.String && strings.ContainsRune(v.String(), 0):
		w.fail(path, "field.unreadable")
	}
}

func (w *walker) object(path string, raw json.RawMessage, v reflect.Value) {
	raw = bytes.TrimSpace(raw)
	if raw[0] != '{' {
		w.fail(path, "field.type", "want", "object")
		return
	}
	fields, seen := fieldsOf(v.Type()), map[string]bool{}
	eachMember(raw, func(name string, value json.RawMessage) {
		at := strings.TrimPrefix(path+"/"+pointerEscape(name), "/")
		i, known := fields[name]
		switch {
		case !known:
			w.fail(at, "field.unknown", "field", clip(name))
		case seen[name]:
			w.fail(at, "json.duplicate", "field", name)
		default:
			w.value(at, value, v.Field(i))
		}
		seen[name] = true
	})
}

// eachMember reads the members of a JSON object that is known to be well-formed.
func eachMember(object json.RawMessage, f func(name string, value json.RawMessage)) {
	dec := json.NewDecoder(bytes.NewReader(object))
	_, _ = dec.Token()
	for dec.More() {
		name, _ := dec.Token()
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return
		}
		f(name.(string), value)
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

func pointerEscape(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(clip(s))
}

func kindName(v reflect.Value) string {
	switch v.Addr().Interface().(type) {
	case *jaring.Day, *jaring.Month, *time.Time:
		return "date"
	}
	switch v.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "boolean"
	case reflect.Slice:
		return "list"
	case reflect.Struct:
		return "object"
	}
	return "number"
}
