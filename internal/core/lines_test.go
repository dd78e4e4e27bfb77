package core

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"jaring/internal/jaringtest"
)

func TestReadLines(t *testing.T) {
	for _, c := range []struct {
		rule, text string
		n          int
		fault      string
	}{
		{"nothing", "", 0, ""},
		{"one without an end", strings.TrimSuffix(rejection(1), "\n"), 1, ""},
		{"Windows ends and empty lines", strings.ReplaceAll(rejection(1)+"\n"+rejection(2)+"\n\n", "\n", "\r\n"), 2, ""},
		{"a byte order mark", "\ufeff" + rejection(1), 0, "line 1: json"},
		{"two values on a line", strings.TrimSpace(rejection(1)) + rejection(2), 0, "line 1: json"},
		{"zero bytes", rejection(1) + "\x00\x00\n", 0, "line 2: json"},
		{"too long", rejection(1) + strings.Repeat("x", maxLine+1), 0, "line 2: line_length"},
	} {
		answers, err := readLines(strings.NewReader(c.text), decodeAnswer)
		if fault := ""; err != nil {
			if fault = err.Error(); fault != c.fault {
				t.Errorf("%s: %s", c.rule, fault)
			}
		} else if c.fault != "" || len(answers) != c.n {
			t.Errorf("%s: %d answers", c.rule, len(answers))
		}
	}
}

// What can be read can be written and read again, and says the same; what cannot be
// read is not told.
func FuzzReadLines(f *testing.F) {
	e, _ := encodeEnrolment(enrolment(1))
	row, _ := encodeStatementRow(stated(1))
	ack, _ := encodeAnswer(Answer{MessageID: goodID, Verdict: Acknowledged, KPJ: "26000000901", Programs: enrolment(1).Programs, From: 24321, To: 24322, On: day})
	for _, text := range []string{rejection(1) + rejection(2), string(e), string(row), string(ack) + "\n" + rejection(1), "{}", "\n\n", "[", "\xff", `{"message_id":1504030101709001}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		again(t, text, decodeAnswer, encodeAnswer)
		again(t, text, decodeStatementRow, encodeStatementRow)
		again(t, text, decodeEnrolment, encodeEnrolment)
	})
}

func again[T any](t *testing.T, text []byte, decode decoder[T], encode func(T) ([]byte, error)) {
	values, err := readLines(bytes.NewReader(text), decode)
	if err != nil {
		for _, word := range strings.Fields(string(text)) {
			if len(word) > 24 && strings.Contains(err.Error(), word) {
				t.Fatal("the error tells the text")
			}
		}
		return
	}
	var b bytes.Buffer
	if err := writeLines(&b, values, encode); err != nil {
		t.Fatal(err)
	}
	twice, err := readLines(&b, decode)
	if err != nil || len(twice) != len(values) || len(values) > 0 && !reflect.DeepEqual(values, twice) {
		t.Fatalf("%v: %v became %v", err, values, twice)
	}
}

func BenchmarkReadAnswers(b *testing.B) {
	var text strings.Builder
	const n = 10_000
	for i := range n {
		raw, _ := encodeAnswer(Answer{MessageID: enrolment(i).MessageID, Verdict: Acknowledged, KPJ: "26000000901",
			Programs: enrolment(1).Programs, From: 24321, To: 24322, On: day})
		text.Write(append(raw, '\n'))
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if answers, err := readLines(strings.NewReader(text.String()), decodeAnswer); err != nil || len(answers) != n {
			b.Fatal(err)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

func BenchmarkSendREST(b *testing.B) {
	es := enrolments(perRequest)
	sim, _ := newSimulator(b, SimulatorOptions{})
	client, _ := newClient(b, sim, RESTOptions{})
	for b.Loop() {
		if err := client.Send(b.Context(), es); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(perRequest*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

func BenchmarkSendFile(b *testing.B) {
	es := enrolments(perRequest)
	c := jaringtest.NewClock(start)
	x, _ := newFiles(b, c.Now)
	for b.Loop() {
		c.Wind(1e9)
		if err := x.Send(b.Context(), es); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(perRequest*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
