package wire_test

import (
	"strings"
	"testing"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// form has a field of every kind that bodies have.
type form struct {
	Text  string         `json:"text"`
	Yes   bool           `json:"yes"`
	Count int            `json:"count"`
	Money *jaring.Rupiah `json:"money,omitempty"`
	Day   jaring.Day     `json:"day"`
	Month jaring.Month   `json:"month"`
	At    time.Time      `json:"at"`
	List  []string       `json:"list"`
	Inner *inner         `json:"inner"`
	Many  []inner        `json:"many"`
}

type inner struct {
	Name string `json:"name"`
	N    int64  `json:"n"`
}

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want string // field key, in order
	}{
		"all":                  {`{"text":"a","yes":true,"count":1,"money":5,"day":"2026-11-21","month":"2026-11","at":"2026-11-21T00:00:00Z","list":["a"],"inner":{"name":"x","n":1},"many":[{"n":2}]}`, ""},
		"none":                 {`{}`, ""},
		"nulls":                {`{"text":null,"money":null,"day":null,"at":null,"list":null,"inner":null}`, ""},
		"blanks around":        {" \n{ \"text\" : \"a\" }\t", ""},
		"empty":                {"", " json.empty"},
		"blank":                {"  \n", " json.empty"},
		"no JSON":              {"text=a", " json.malformed"},
		"open":                 {`{"text":"a"`, " json.malformed"},
		"trailing":             {`{"text":"a"} x`, " json.trailing"},
		"two":                  {`{"text":"a"}{"text":"b"}`, " json.trailing"},
		"not UTF-8":            {"{\"text\":\"\xff\"}", " json.malformed"},
		"null":                 {"null", " field.type"},
		"list":                 {`[{"text":"a"}]`, " field.type"},
		"text":                 {`"a"`, " field.type"},
		"unknown":              {`{"tekst":"a"}`, "tekst field.unknown"},
		"another case":         {`{"Text":"a"}`, "Text field.unknown"},
		"twice":                {`{"text":"a","text":"b"}`, "text json.duplicate"},
		"twice, escaped":       {`{"text":"a","\u0074ext":"b"}`, "text json.duplicate"},
		"twice inside":         {`{"inner":{"n":1,"n":2}}`, "inner/n json.duplicate"},
		"twice in a list":      {`{"many":[{"n":1},{"n":1,"n":2}]}`, "many/1/n json.duplicate"},
		"same in two objects":  {`{"many":[{"n":1},{"n":1}],"inner":{"n":1}}`, ""},
		"a colon in a text":    {`{"text":"\"text\":","list":["text","text","a:b"]}`, ""},
		"wrong kinds":          {`{"text":1,"yes":"x","count":"1","money":"5","day":5,"list":{},"inner":[],"many":{}}`, "text field.type,yes field.type,count field.type,money field.type,day field.type,list field.type,inner field.type,many field.type"},
		"wrong kinds inside":   {`{"list":["a",1],"many":[{"n":"x"},5]}`, "list/1 field.type,many/0/n field.type,many/1 field.type"},
		"fractions":            {`{"count":1.5,"money":1e3}`, "count field.type,money field.type"},
		"too large":            {`{"count":99999999999999999999,"money":1e400}`, "count field.type,money field.type"},
		"rules of values":      {`{"day":"2026-02-31","month":"2026-13","at":"kemarin"}`, "day date.impossible,month month.malformed,at field.type"},
		"NUL":                  {`{"text":"a\u0000b","list":["\u0000"]}`, "text field.unreadable,list/0 field.unreadable"},
		"NUL that is none":     {`{"text":"a\\u0000b"}`, ""},
		"slashes in a name":    {`{"a/b~c":1}`, "a~1b~0c field.unknown"},
		"a NIK as a name":      {`{"1571025405849017":1}`, " field.unknown"},
		"a NIK inside a name":  {`{"x1571-0254-0584-9017y":1}`, "x---y field.unknown"},
		"what is right counts": {`{"text":"a","tekst":1}`, "tekst field.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			f := form{Text: "old"}
			err := wire.Decode([]byte(c.body), &f)
			var got []string
			many, _ := err.(jaring.Errors)
			for _, e := range many {
				got = append(got, e.Field+" "+e.Key)
			}
			if strings.Join(got, ",") != c.want || (err == nil) != (c.want == "") {
				t.Errorf("got %q, want %q", strings.Join(got, ","), c.want)
			}
			if strings.HasPrefix(name, "what is right") && f.Text != "a" {
				t.Errorf("text %q", f.Text)
			}
			unreadable := strings.HasPrefix(c.want, " ") && c.want != " field.unknown"
			if wire.Unreadable(err) != (unreadable || c.want == " field.unknown") {
				t.Errorf("unreadable: %t", wire.Unreadable(err))
			}
		})
	}
}

func TestDecodeSaysWhatIsWanted(t *testing.T) {
	err := wire.Decode([]byte(`{"text":1,"yes":1,"count":"1","money":"5","day":5,"month":{},"at":7,"list":1,"inner":1,"many":1}`), &form{})
	want := map[string]string{"text": "text", "yes": "boolean", "count": "number", "money": "number", "day": "date", "month": "date", "at": "date", "list": "list", "inner": "object", "many": "list"}
	for _, e := range err.(jaring.Errors) {
		if e.Args["want"] != want[e.Field] {
			t.Errorf("%s: %v, want %s", e.Field, e.Args["want"], want[e.Field])
		}
	}
}

func TestDecodeBoundsItsAnswer(t *testing.T) {
	body := `{"x":1` + strings.Repeat(`,"x":1`, 10_000) + `}`
	if n := len(wire.Decode([]byte(body), &form{}).(jaring.Errors)); n != 100 {
		t.Errorf("%d findings", n)
	}
	long := `{"` + strings.Repeat("é", 10_000) + `":1}`
	if e := wire.Decode([]byte(long), &form{}).(jaring.Errors)[0]; len(e.Field) > 40 || len(e.Args["field"].(string)) > 40 {
		t.Errorf("%d bytes of a stranger's text", len(e.Field))
	}
}

func TestHide(t *testing.T) {
	for text, want := range map[string]string{
		"1571025405849017": "••••", "a 1571 0254 0584 9017 b": "a •••• b", "1571-0254-0584-9017": "••••", "１５７１０２５４０５８４９０１７": "••••",
		"2026-11-21": "2026-11-21", "Rp45.600": "Rp45.600", "REG 26-0000-04G": "REG 26-0000-04G", "": "",
	} {
		args := jaring.Args{"text": text, "n": 1571025405849017 % 100}
		if got := wire.Hide(args)["text"]; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if args["text"] != text {
			t.Errorf("%q was changed in place", text)
		}
	}
	if got := wire.Hide(jaring.Args{"text": strings.Repeat("ä", 5000)})["text"].(string); len(got) > 210 {
		t.Errorf("%d bytes", len(got))
	}
}

// Bytes travel as base64, the pictures and seals of phones.
func TestDecodeReadsBytes(t *testing.T) {
	var photo wire.Photo
	if err := wire.Decode([]byte(`{"kind":"ktp","jpeg":"/9j/","taken_at":"2026-11-21T02:30:00Z"}`), &photo); err != nil || string(photo.JPEG) != "\xff\xd8\xff" {
		t.Errorf("%x %v", photo.JPEG, err)
	}
	for _, body := range []string{`{"jpeg":"?"}`, `{"jpeg":5}`, `{"taken_at":"kemarin"}`} {
		if err := wire.Decode([]byte(body), &photo); jaring.KeyOf(err) != "field.type" {
			t.Errorf("%s: %v", body, err)
		}
	}
	var sealed wire.Sealed
	if err := wire.Decode([]byte(`{"k":"sealing-1","e":"BA==","i":"","d":"AA=="}`), &sealed); err != nil || sealed.Point[0] != 4 || len(sealed.IV) != 0 {
		t.Errorf("%+v %v", sealed, err)
	}
}
