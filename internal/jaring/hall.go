package jaring

import (
	"slices"
	"strconv"
	"strings"
)

// HallPlan is how the hall of an event is laid out.
type HallPlan struct {
	Gates  []string `json:"gates,omitempty"`
	Topics []string `json:"topics,omitempty"` // of consultation
	Stamps int      `json:"stamps,omitempty"` // that win a prize; 0: no rally
	SignUp bool     `json:"sign_up,omitempty"`
	Slides []Slide  `json:"slides,omitempty"`
}

// Slide is one page of the loop on the screen of the hall.
type Slide struct {
	Title string  `json:"title"` // of a picture it is what it shows, in words
	Text  string  `json:"text,omitempty"`
	Media MediaID `json:"media_id,omitempty"` // a picture or a film; empty for none
}

// DefaultHallPlan is the plan of an event of which nobody has said anything.
func DefaultHallPlan() HallPlan { return HallPlan{Gates: []string{"Pintu utama"}, SignUp: false} }

// Bounds of a hall.
const (
	MaxGates      = 20
	MaxTopics     = 20
	MaxSlides     = 30
	MaxHallWord   = 40  // characters of a gate, a topic, a desk
	MaxSlideTitle = 80  // characters
	MaxSlideText  = 300 // characters; more is not read from a chair
	MaxStamps     = 100
)

// NewHallPlan judges a plan whole. Errors: field.required, field.too_long, field.too_many, field.range, hall.twice.
func NewHallPlan(p HallPlan) (HallPlan, error) {
	var es Errors
	p.Gates, es = wordList("gates", p.Gates, MaxGates)
	if len(p.Gates) == 0 && len(es) == 0 {
		es = append(es, NewError(Invalid, "field.required").At("gates"))
	}
	var more Errors
	p.Topics, more = wordList("topics", p.Topics, MaxTopics)
	es = append(es, more...)
	es = append(es, rangeOf("stamps", p.Stamps, 0, MaxStamps)...)
	if len(p.Slides) > MaxSlides {
		es = append(es, NewError(Invalid, "field.too_many", "max", MaxSlides).At("slides"))
	}
	slides := slices.Clone(p.Slides)
	for i := range slides {
		at := SlidePlace(i)
		slides[i].Title, slides[i].Text = squeeze(slides[i].Title), strings.TrimSpace(slides[i].Text)
		es = append(es, lengthOf(at+"title", slides[i].Title, 1, MaxSlideTitle)...)
		es = append(es, lengthOf(at+"text", slides[i].Text, 0, MaxSlideText)...)
		if slides[i].Media != "" && !IsUUID(string(slides[i].Media)) {
			es = append(es, NewError(Invalid, "media.not_found").At(at+"media_id"))
		}
	}
	p.Slides = slides
	return p, es.OrNil()
}

// SlidePlace is where the n-th slide of a plan stands.
func SlidePlace(n int) string { return "slides/" + strconv.Itoa(n) + "/" }

// wordList squeezes short names, none twice.
func wordList(field string, words []string, most int) (out []string, es Errors) {
	if len(words) > most {
		return nil, Errors{NewError(Invalid, "field.too_many", "max", most).At(field)}
	}
	for i, w := range words {
		w = squeeze(w)
		at := field + "/" + strconv.Itoa(i)
		es = append(es, lengthOf(at, w, 1, MaxHallWord)...)
		if slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, w) }) {
			es = append(es, NewError(Invalid, "hall.twice").At(at))
		}
		out = append(out, w)
	}
	return out, es
}

// NewHallWord judges the name of a gate or a desk as a phone or a screen says it. Errors: field.required, field.too_long.
func NewHallWord(field, text string) (string, Errors) {
	text = squeeze(text)
	return text, lengthOf(field, text, 1, MaxHallWord)
}

// NewAnnouncement judges what a screen is to say. Errors: field.required, field.too_long.
func NewAnnouncement(text string, max int) (string, Errors) {
	text = squeeze(text)
	return text, lengthOf("text", text, 1, max)
}
