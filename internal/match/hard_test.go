package match

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"jaring/internal/jaring"
)

// TestHardPairs holds the answers to pairs that were thought out by hand, before
// the weights and without them.
func TestHardPairs(t *testing.T) {
	file, err := os.Open("testdata/hard_pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		left, right, _ := strings.Cut(line, "||")
		a, b := strings.Split(left, "|"), strings.Split(right, "|")
		if len(a) != 7 || len(b) != 7 {
			t.Fatalf("malformed: %s", line)
		}
		want := strings.TrimSpace(a[0])
		e := Score(personOf(t, a[1:]), personOf(t, b[:6]))
		if got := e.Answer(); string(got) != want && (want != "found" || got == Different) {
			t.Errorf("%s: got %s (%d against %s), want %s\n%v", line, got, e.Score, e.Against, want, e.Fields())
		}
	}
	if n < 40 {
		t.Errorf("only %d pairs", n)
	}
}

func personOf(t *testing.T, f []string) Person {
	t.Helper()
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	day, err := jaring.ParseDay(f[1])
	if err != nil {
		t.Fatal(f[1], err)
	}
	p := Person{Name: f[0], BirthDate: day, Sex: jaring.Sex(f[2]), Village: f[3], Phone: f[4], MotherKey: FoldName(f[5])}
	return p
}
