package payment

import (
	"encoding/json"
	"time"

	"jaring/internal/jaring"
)

// refusal is the case in which a request is refused, and what to say behind its message.
type refusal struct {
	Case
	detail string
}

func (r *refusal) message() string {
	if r.detail == "" {
		return r.Message
	}
	return r.Message + " " + r.detail
}

// fields reads a JSON object name by name, to the letter, and keeps the first fault.
type fields struct {
	raw    map[string]json.RawMessage
	within string // where the object stands, with a dot behind
	fault  *refusal
}

func readFields(body []byte) *fields {
	f := &fields{}
	if json.Unmarshal(body, &f.raw) != nil || f.raw == nil {
		f.blame(BadRequest, "")
	}
	return f
}

func (f *fields) blame(c Case, name string) {
	if f.fault == nil {
		if name != "" {
			name = f.within + name
		}
		f.fault = &refusal{c, name}
	}
}

// given reports whether name has a value, and blames its absence when it must have one.
func (f *fields) given(name string, must bool) bool {
	raw, ok := f.raw[name]
	if ok = ok && string(raw) != "null" && string(raw) != `""`; !ok && must {
		f.blame(InvalidMandatory, name)
	}
	return ok
}

// text is a string of at most limit bytes.
func (f *fields) text(name string, must bool, limit int) (s string) {
	if f.given(name, must) && (json.Unmarshal(f.raw[name], &s) != nil || len(s) > limit) {
		f.blame(InvalidFormat, name)
		return ""
	}
	return s
}

func (f *fields) amount(name string, must bool) jaring.Rupiah {
	if !f.given(name, must) {
		return 0
	}
	inner := f.object(name)
	value, unit := inner.text("value", true, 20), inner.text("currency", true, 3)
	n, err := ParseAmount(value)
	switch {
	case inner.fault != nil:
		f.take(inner)
	case err != nil:
		f.blame(InvalidFormat, name+".value")
	case unit != currency:
		f.blame(InvalidFormat, name+".currency")
	}
	return n
}

// object reads the object under name; take hands its fault on.
func (f *fields) object(name string) *fields {
	inner := &fields{within: f.within + name + "."}
	if f.given(name, true) && (json.Unmarshal(f.raw[name], &inner.raw) != nil || inner.raw == nil) {
		f.blame(InvalidFormat, name)
	}
	return inner
}

func (f *fields) take(inner *fields) {
	if f.fault == nil {
		f.fault = inner.fault
	}
}

// moment is a time with its zone; the zero time when it may be missing and is.
func (f *fields) moment(name string, must bool) time.Time {
	s := f.text(name, must, maxTimestamp)
	if s == "" {
		return time.Time{}
	}
	t, err := parseTimestamp(s)
	if err != nil {
		f.blame(InvalidFormat, name)
	}
	return t
}

// account reads the three fields that name a virtual account and agree with each other.
func (f *fields) account() VA {
	padded, customer, number := f.text("partnerServiceId", true, serviceLength), f.text("customerNo", true, customerLength), f.text("virtualAccountNo", true, serviceLength+customerLength)
	if f.fault != nil {
		return VA{}
	}
	service, ok := parseServiceID(padded)
	if !ok {
		f.blame(InvalidFormat, "partnerServiceId")
		return VA{}
	}
	va, err := NewVA(service, customer)
	switch {
	case err != nil:
		f.blame(InvalidFormat, "customerNo")
	case va.Number() != number:
		f.blame(InvalidFormat, "virtualAccountNo")
	}
	return va
}
