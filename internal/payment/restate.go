package payment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// restate writes JSON as a partner does who reads it and writes it again, the way
// JSON.stringify does: the order of names stays, letters stand unescaped, only quotes,
// backslashes and control characters are escaped. Numbers stay as they are written. ok is
// false for what is no JSON, and for an object that says one name twice: the partner
// would sign the second and we might believe the first.
func restate(body []byte) (again []byte, ok bool) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var b bytes.Buffer
	if !restateValue(&b, d) {
		return nil, false
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, false
	}
	return b.Bytes(), true
}

func restateValue(b *bytes.Buffer, d *json.Decoder) bool {
	t, err := d.Token()
	if err != nil {
		return false
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			return restateObject(b, d)
		}
		return restateArray(b, d)
	case string:
		quote(b, v)
	case nil:
		b.WriteString("null")
	default:
		fmt.Fprint(b, v) // true, false, a number
	}
	return true
}

func restateObject(b *bytes.Buffer, d *json.Decoder) bool {
	seen := map[string]bool{}
	b.WriteByte('{')
	for d.More() {
		t, err := d.Token()
		name, isText := t.(string)
		if err != nil || !isText || seen[name] {
			return false
		}
		if len(seen) > 0 {
			b.WriteByte(',')
		}
		seen[name] = true
		quote(b, name)
		b.WriteByte(':')
		if !restateValue(b, d) {
			return false
		}
	}
	b.WriteByte('}')
	_, err := d.Token()
	return err == nil
}

func restateArray(b *bytes.Buffer, d *json.Decoder) bool {
	b.WriteByte('[')
	for first := true; d.More(); first = false {
		if !first {
			b.WriteByte(',')
		}
		if !restateValue(b, d) {
			return false
		}
	}
	b.WriteByte(']')
	_, err := d.Token()
	return err == nil
}

// escapes of JSON.stringify; other control characters become \u00xx.
var escapes = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func quote(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch escaped, ok := escapes[r]; {
		case ok:
			b.WriteString(escaped)
		case r < 0x20:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
