package scheme

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"sort"
	"strconv"
	"sync"

	"jaring/internal/jaring"
)

//go:embed rules/*.json
var shipped embed.FS

// Book is a loaded, checked and compiled set of rules. It never changes.
type Book struct {
	Version  string     // name and content hash; a bill stores it
	AsOf     jaring.Day // the day on which the newest of the files was last held against its sources
	Settings Settings

	rules  []*Rule // in order of key and start
	byID   map[string]*Rule
	byKey  map[string][]*Rule
	every  map[int]bool        // month×100+day of holidays that return
	single map[jaring.Day]bool // other holidays

	first jaring.Month // first month that the BPU table knows
	bpu   []*bpuMonth  // one entry per month from first; the last holds for all later ones
}

var load = sync.OnceValue(func() *Book {
	b, err := New(DefaultSettings())
	if err != nil {
		panic("scheme: the shipped rules are broken: " + err.Error())
	}
	return b
})

// Load gives the book of the shipped rules with the default settings; it is made
// once.
func Load() *Book { return load() }

// New makes a book from the shipped rules, settings, and more rule files, which
// may end shipped rules by "replaces". Errors, all at once: scheme.file.*,
// scheme.rule.*, scheme.key.*, scheme.setting.*; args name the rule.
func New(settings Settings, more ...[]byte) (*Book, error) {
	files, err := shippedFiles()
	if err != nil {
		return nil, jaring.InternalError(err)
	}
	return NewFrom("id", settings, append(files, more...)...)
}

// NewFrom makes a book from files alone; name begins its Version. Errors as New.
func NewFrom(name string, settings Settings, files ...[]byte) (*Book, error) {
	b := &Book{Settings: settings, byID: map[string]*Rule{}, byKey: map[string][]*Rule{}}
	errs := settings.check()
	for i, file := range files {
		errs = append(errs, b.add(i, file)...)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	if errs = b.replace(); len(errs) == 0 {
		errs = b.check()
	}
	if len(errs) > 0 {
		return nil, errs
	}
	b.compile()
	b.Version = name + "-" + b.hash()
	return b, nil
}

func shippedFiles() ([][]byte, error) {
	entries, err := shipped.ReadDir("rules")
	if err != nil {
		return nil, err
	}
	var files [][]byte
	for _, e := range entries {
		text, err := shipped.ReadFile("rules/" + e.Name())
		if err != nil {
			return nil, err
		}
		files = append(files, text)
	}
	return files, nil
}

type wireFile struct {
	Name  string     `json:"name"`
	AsOf  jaring.Day `json:"as_of"`
	Rules []wireRule `json:"rules"`
}

// add reads one file. Errors: scheme.file.malformed, scheme.file.empty,
// scheme.rule.duplicate and those of wireRule.rule and checkRule.
func (b *Book) add(number int, text []byte) jaring.Errors {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var f wireFile
	if err := d.Decode(&f); err != nil {
		return jaring.Errors{fileError(number, err)}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return jaring.Errors{fileError(number, errors.New("more than one object"))}
	}
	if f.Name == "" || f.AsOf == 0 || len(f.Rules) == 0 {
		return jaring.Errors{jaring.NewError(jaring.Invalid, "scheme.file.empty", "n", number+1)}
	}
	b.AsOf = max(b.AsOf, f.AsOf)
	var errs jaring.Errors
	for _, w := range f.Rules {
		r, err := w.rule()
		if err != nil {
			errs = append(errs, asError(err))
			continue
		}
		if found := checkRule(r); len(found) > 0 {
			errs = append(errs, found...)
			continue
		}
		if b.byID[r.ID] != nil {
			errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.rule.duplicate", "rule", r.ID))
			continue
		}
		b.byID[r.ID] = r
		b.rules = append(b.rules, r)
	}
	return errs
}

func fileError(number int, err error) *jaring.Error {
	key := jaring.KeyOf(err)
	if key == "" {
		key = "scheme.file.malformed"
	}
	e := jaring.NewError(jaring.Invalid, key, "n", number+1, "text", err.Error())
	e.Err = err
	return e
}

func asError(err error) *jaring.Error {
	var e *jaring.Error
	if errors.As(err, &e) {
		return e
	}
	return jaring.InternalError(err)
}

// replace ends every rule that another one replaces, on the day before the other
// begins; a rule that would end before it began is gone. Then it sorts.
func (b *Book) replace() (errs jaring.Errors) {
	gone := map[string]bool{}
	for _, r := range b.rules {
		for _, id := range r.Replaces {
			old := b.byID[id]
			if old == nil || old == r || old.Key != r.Key {
				errs = append(errs, jaring.NewError(jaring.Invalid, "scheme.rule.replaces", "rule", r.ID, "other", id))
				continue
			}
			until := r.From.Add(-1)
			if old.To == 0 || old.To > until {
				old.To = until
			}
			gone[id] = old.To < old.From
		}
	}
	kept := b.rules[:0]
	for _, r := range b.rules {
		if gone[r.ID] {
			delete(b.byID, r.ID)
			continue
		}
		kept = append(kept, r)
	}
	b.rules = kept
	sort.SliceStable(b.rules, func(i, j int) bool {
		x, y := b.rules[i], b.rules[j]
		if x.Key != y.Key {
			return x.Key < y.Key
		}
		if x.From != y.From {
			return x.From < y.From
		}
		return x.ID < y.ID
	})
	for _, r := range b.rules {
		b.byKey[r.Key] = append(b.byKey[r.Key], r)
	}
	return errs
}

// hash is the first 10 hexadecimal digits of the SHA-256 of all rules and settings.
func (b *Book) hash() string {
	h := sha256.New()
	e := json.NewEncoder(h)
	for _, r := range b.rules {
		if err := e.Encode(r); err != nil {
			panic("scheme: a rule cannot be written: " + err.Error())
		}
	}
	if err := e.Encode(b.Settings); err != nil {
		panic("scheme: settings cannot be written: " + err.Error())
	}
	return hex.EncodeToString(h.Sum(nil))[:10]
}

// Rules are all rules by key and start; the caller must not change them.
func (b *Book) Rules() []*Rule { return b.rules }

// GetRule finds a rule by its id. Error: scheme.rule.not_found.
func (b *Book) GetRule(id string) (*Rule, error) {
	if r := b.byID[id]; r != nil {
		return r, nil
	}
	return nil, jaring.NewError(jaring.NotFound, "scheme.rule.not_found", "rule", id)
}

// FindRules are the rules in force on day, by key.
func (b *Book) FindRules(day jaring.Day) []*Rule {
	var found []*Rule
	for _, r := range b.rules {
		if r.inForce(day) {
			found = append(found, r)
		}
	}
	return found
}

// on is the rule of key in force on day. Error: scheme.no_rule when the book
// knows nothing about that day.
func (b *Book) on(key string, day jaring.Day) (*Rule, error) {
	rules := b.byKey[key]
	for i := len(rules) - 1; i >= 0; i-- {
		if rules[i].inForce(day) {
			return rules[i], nil
		}
	}
	return nil, jaring.NewError(jaring.Invalid, "scheme.no_rule", "rule", key, "day", day)
}

// number names a position for a message: 1-based.
func number(i int) string { return strconv.Itoa(i + 1) }
