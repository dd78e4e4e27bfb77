package matchtest

import (
	"slices"
	"time"

	"jaring/internal/match"
)

// Report is what match made of labelled pairs. A pair counts as found when the
// answer is same or maybe: either way a person looks before a second record counts.
type Report struct {
	Pairs     int
	True      int // pairs that are one person
	Found     int // pairs answered same or maybe
	Precision float64
	Recall    float64

	// The answer "same" alone, stricter.
	SamePrecision, SameRecall float64

	// BlockingRecall is the share of true pairs that have a key in common.
	// EndToEndRecall is the share found and with a key in common: what a store sees.
	BlockingRecall, EndToEndRecall float64

	// Candidates is how many records share a key with somebody, expected at
	// Nation people: on average, by key.
	Candidates map[byte]float64

	ComparisonsPerSecond float64
	Kinds                []KindReport
}

// KindReport is one kind of pair. Right: found if one person, else not found.
type KindReport struct {
	Kind         string
	Same         bool
	Pairs, Right int
}

// Nation is the number of people for which Report.Candidates is told.
const Nation = 45_000_000

// Run makes n pairs of seed and measures match on them. The clock is for
// ComparisonsPerSecond alone, on one core, of prepared records; nil leaves it out.
func Run(seed uint64, n int, clock func() time.Time) Report {
	pairs := Pairs(seed, n)
	report := count(pairs)
	report.Candidates = candidates(seed)
	if clock != nil {
		report.ComparisonsPerSecond = speed(pairs, clock)
	}
	return report
}

func count(pairs []Pair) Report {
	r := Report{Pairs: len(pairs)}
	kinds := map[string]*KindReport{}
	var order []string
	var foundTrue, same, sameTrue, blocked, endToEnd int
	for _, p := range pairs {
		verdict := match.Decide(p.A, []match.Person{p.B})
		found := verdict.Answer != match.Different
		meet := shareKey(p.A, p.B)
		r.True += one(p.Same)
		r.Found += one(found)
		foundTrue += one(found && p.Same)
		same += one(verdict.Answer == match.Same)
		sameTrue += one(verdict.Answer == match.Same && p.Same)
		blocked += one(p.Same && meet)
		endToEnd += one(p.Same && meet && found)
		if kinds[p.Kind] == nil {
			kinds[p.Kind] = &KindReport{Kind: p.Kind, Same: p.Same}
			order = append(order, p.Kind)
		}
		kinds[p.Kind].Pairs++
		kinds[p.Kind].Right += one(found == p.Same)
	}
	r.Precision, r.Recall = share(foundTrue, r.Found), share(foundTrue, r.True)
	r.SamePrecision, r.SameRecall = share(sameTrue, same), share(sameTrue, r.True)
	r.BlockingRecall, r.EndToEndRecall = share(blocked, r.True), share(endToEnd, r.True)
	for _, kind := range order {
		r.Kinds = append(r.Kinds, *kinds[kind])
	}
	return r
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func shareKey(a, b match.Person) bool {
	keys := match.Keys(b)
	return slices.ContainsFunc(match.Keys(a), func(k string) bool { return slices.Contains(keys, k) })
}

// speed compares neighbours in the list for a fifth of a second at least.
func speed(pairs []Pair, clock func() time.Time) float64 {
	people := make([]match.Person, 0, 2*len(pairs))
	for _, p := range pairs {
		people = append(people, p.A.Prepared(), p.B.Prepared())
	}
	if len(people) == 0 {
		return 0
	}
	begin, done := clock(), 0
	for {
		for i := 1; i < len(people); i++ {
			match.Score(people[i-1], people[i])
		}
		done += len(people) - 1
		if passed := clock().Sub(begin); passed > 200*time.Millisecond {
			return float64(done) / passed.Seconds()
		}
	}
}

// candidates draws people, counts how often two share a key, and scales it to
// the nation. Each of a sample is a stranger to the others, so equal keys are chance.
func candidates(seed uint64) map[byte]float64 {
	const sample = 80_000
	r := &random{state: ^seed}
	keys := map[string]int{}
	for range sample {
		h := r.human()
		for _, k := range match.Keys(r.record(h)) {
			keys[k]++
		}
	}
	expected := map[byte]float64{}
	for k, n := range keys {
		expected[k[0]] += float64(n) * float64(n-1)
	}
	for kind, pairs := range expected {
		expected[kind] = pairs / sample / (sample - 1) * Nation
	}
	return expected
}
