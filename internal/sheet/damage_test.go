package sheet

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"jaring/internal/area"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/roster"
)

// survive reads a file of any content: what comes out is findings or a sentence, never a crash and
// never another error.
func survive(t *testing.T, file []byte) {
	t.Helper()
	limits := DefaultLimits()
	limits.Unpacked, limits.Strings = 4<<20, 1<<20
	l, err := OpenRoster(bytes.NewReader(file), int64(len(file)), i18n.EN, Options{Limits: limits})
	if err == nil {
		err = l.Listen(roster.NewJudge(roster.Agreement{Area: "15.06"}, area.Load(), today), Listening{Tell: func(f roster.Finding) error {
			Say(i18n.ID, f)
			return nil
		}})
	}
	var e *jaring.Error
	if err != nil && (!errors.As(err, &e) || e.Code != jaring.Invalid || !i18n.Known(e.Key)) {
		t.Fatalf("%v is no sentence for whoever sent it", err)
	}
}

// TestDamage cuts and scratches each file of the corpus that is not too large for it.
func TestDamage(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 6))
	for _, n := range corpus() {
		if len(n.file) == 0 || len(n.file) > 1<<16 {
			continue
		}
		for range 4 {
			survive(t, n.file[:random.IntN(len(n.file))])
			scratched := bytes.Clone(n.file)
			for range 1 + random.IntN(4) {
				scratched[random.IntN(len(scratched))] = byte(random.IntN(256))
			}
			survive(t, scratched)
		}
	}
}

// TestScratchedSheets damages the XML within a zip that is whole.
func TestScratchedSheets(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 6))
	book := one(list(people(1, 4)...)...)
	book.pages[0].merged = []string{"E2:E4"}
	for part := range book.parts() {
		for range 12 {
			p := book.parts()
			text := []byte(p[part])
			for range 1 + random.IntN(3) {
				text[random.IntN(len(text))] = byte(32 + random.IntN(95))
			}
			p[part] = string(text)
			survive(t, zipped(p))
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, n := range textCorpus() {
		if len(n.file) < 1<<14 {
			f.Add(n.file)
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) { survive(t, file) })
}

func FuzzSheet(f *testing.F) {
	f.Add(one(list(people(1, 2)...)...).parts()["xl/worksheets/sheet1.xml"])
	f.Fuzz(func(t *testing.T, text string) {
		w := one(nil)
		w.extra = map[string]string{"xl/worksheets/sheet1.xml": text}
		survive(t, w.bytes())
	})
}
