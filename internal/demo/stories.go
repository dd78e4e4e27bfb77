package demo

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"

	"jaring/internal/area"
	"jaring/internal/jaring"
)

// story is one tale that the demo lives through. A tale has a file story_<key>.go and stands in stories.
type story struct {
	// plan draws what will happen and puts it on its days, before anything does. It gives how many own-account
	// workers, of those whom agents try to register, are its own. Who is invented comes out of b.crowd for story A
	// alone; the others take a crowd of their own from b.apart, so that no tale changes another's people.
	plan func(b *builder) (met int)
	// live does what is done at the present, behind the last day; nil for nothing.
	live func(ctx context.Context, b *builder) error
	// kept is what has to be known to count the tale later; it is put down as JSON.
	kept func(b *builder) any
	// figures counts the tale as the system has it now, by nothing but what was kept of it.
	figures func(ctx context.Context, h House, kept json.RawMessage) (any, error)
}

// stories are the tales by their keys.
var stories = map[string]story{"a": storyA, "b": storyB, "c": storyC, "d": storyD, "e": storyE}

// Stories are the keys of the tales that a demo may live through, in order.
func Stories() []string {
	keys := make([]string, 0, len(stories))
	for key := range stories {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Teller is a tale's figures that can be said in one sentence: a key with its arguments.
type Teller interface {
	Tell() (key string, args jaring.Args)
}

// chosen are the tales of this demo, in order.
func (c Config) chosen() (keys []string) {
	for _, key := range Stories() {
		if slices.Contains(c.Stories, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// apart is a crowd of a tale's own, whose numbers are above first and whose chances are nobody else's.
func (b *builder) apart(first int, key string) *crowd {
	c := newCrowd(b.Seed, area.Load())
	c.first, c.rand = first, rand.New(rand.NewPCG(b.Seed, uint64(key[0])))
	return c
}

// finish lets each tale do what is done at the present, and gives what has to be known of it.
func (b *builder) finish(ctx context.Context) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for _, key := range b.chosen() {
		s := stories[key]
		if s.live != nil {
			if err := s.live(ctx, b); err != nil {
				return nil, err
			}
		}
		text, err := json.Marshal(s.kept(b))
		if err != nil {
			return nil, err
		}
		out[key] = text
	}
	return out, nil
}

// readStories counts the tales that a demo has lived through.
func readStories(ctx context.Context, h House, built whole) (map[string]any, error) {
	out := map[string]any{}
	for key, kept := range built.Stories {
		s, known := stories[key]
		if !known {
			continue
		}
		figures, err := s.figures(ctx, h, kept)
		if err != nil {
			return nil, err
		}
		out[key] = figures
	}
	return out, nil
}
