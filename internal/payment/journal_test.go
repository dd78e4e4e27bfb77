package payment

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jaring/internal/jaring"
)

func notice(external, request string, amount jaring.Rupiah) Notice {
	n := Notice{Bank: "bank", Partner: "P", Day: 20261121, ExternalID: external, RequestID: request, VA: VA{"88899", "1"}, Amount: amount, PaidAt: start}
	n.Digest = sha256.Sum256(fmt.Append(nil, request, amount))
	return n
}

func book(booked *int) func(context.Context) (Receipt, error) {
	return func(context.Context) (Receipt, error) {
		*booked++
		return Receipt{Bill: Bill{Name: fmt.Sprint(*booked)}}, nil
	}
}

func TestSettleByRule(t *testing.T) {
	first := notice("1", "A", 100)
	advise := func(n Notice) Notice { n.Advise = true; return n }
	strict := func(n Notice) Notice { n.Strict = true; return n }
	on := func(n Notice, day jaring.Day) Notice { n.Day = day; return n }
	of := func(n Notice, partner string) Notice { n.Partner = partner; return n }
	for _, c := range []struct {
		rule   string
		next   Notice
		key    string
		booked int
	}{
		{"the same again", first, "", 1},
		{"the same under a new external id", notice("2", "A", 100), "", 1},
		{"the same on another day", on(first, 20261122), "", 1},
		{"asked again under a new external id", advise(notice("2", "A", 100)), "", 1},
		{"asked again under the same external id", advise(first), "", 1},
		{"the same external id, another amount", notice("1", "A", 200), "payment.notice_conflict", 1},
		{"the same external id, another payment", notice("1", "B", 100), "payment.notice_conflict", 1},
		{"the same payment, another amount", notice("2", "A", 200), "payment.notice_conflict", 1},
		{"asked again with another amount", advise(notice("2", "A", 200)), "payment.notice_conflict", 1},
		{"asked again for another payment under its external id", advise(notice("1", "B", 100)), "payment.notice_conflict", 1},
		{"repeated at a strict bank", strict(first), "payment.notice_conflict", 1},
		{"asked again at a strict bank", strict(advise(notice("2", "A", 100))), "", 1},
		{"another payment", notice("2", "B", 100), "", 2},
		{"another payment under its external id, another day", on(notice("1", "B", 100), 20261122), "", 2},
		{"the same numbers at another bank", of(first, "Q"), "", 2},
	} {
		m, booked := NewMemory(), 0
		if _, err := m.Once(t.Context(), first, book(&booked)); err != nil {
			t.Fatal(err)
		}
		r, err := m.Once(t.Context(), c.next, book(&booked))
		if jaring.KeyOf(err) != c.key || booked != c.booked || err == nil && r.Bill.Name != fmt.Sprint(c.booked) {
			t.Errorf("%s: %v, %d booked, receipt %+v", c.rule, err, booked, r)
		}
	}
}

func TestAdviceIsTheFirstNoticeWhenNothingCame(t *testing.T) {
	m, booked := NewMemory(), 0
	n := notice("1", "A", 100)
	n.Advise = true
	if _, err := m.Once(t.Context(), n, book(&booked)); err != nil || booked != 1 {
		t.Error(err, booked)
	}
}

// A refusal is an answer and stays; a fault of ours is none.
func TestSettleKeepsRefusalsOnly(t *testing.T) {
	m, booked := NewMemory(), 0
	answer := func(err error) func(context.Context) (Receipt, error) {
		return func(context.Context) (Receipt, error) { return Receipt{}, err }
	}
	for _, err := range []error{jaring.NewError(jaring.Unavailable, "error.unavailable"), jaring.InternalError(context.Canceled), errors.New("broken")} {
		if _, got := m.Once(t.Context(), notice("1", "A", 100), answer(err)); !errors.Is(got, err) {
			t.Error(got)
		}
	}
	if _, err := m.Once(t.Context(), notice("1", "A", 100), book(&booked)); err != nil || booked != 1 {
		t.Fatal("a fault was kept for an answer:", err)
	}
	refused := jaring.NewError(jaring.NotFound, "payment.code_unknown")
	_, err := m.Once(t.Context(), notice("2", "B", 100), answer(refused))
	wantKey(t, err, jaring.NotFound, "payment.code_unknown")
	for _, n := range []Notice{notice("2", "B", 100), notice("3", "B", 100)} {
		_, err = m.Once(t.Context(), n, book(&booked))
		wantKey(t, err, jaring.NotFound, "payment.code_unknown")
	}
	if booked != 1 {
		t.Error("a refusal did not stay")
	}
}

// Any order and doubling of notices gives one settlement for each payment, and each
// notice of it hears the same.
func TestAnyOrderSettlesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payments := rapid.IntRange(1, 5).Draw(t, "payments")
		count := rapid.IntRange(1, 40).Draw(t, "notices")
		m, booked, heard := NewMemory(), map[string]int{}, map[string]string{}
		for i := range count {
			p := rapid.IntRange(0, payments-1).Draw(t, "payment")
			n := notice(fmt.Sprint("9", p, rapid.IntRange(0, 3).Draw(t, "external")), fmt.Sprint("R", p), jaring.Rupiah(100+p))
			n.Advise = rapid.Bool().Draw(t, "advise")
			n.Day = n.Day + jaring.Day(rapid.IntRange(0, 1).Draw(t, "day"))
			fails := rapid.Bool().Draw(t, "fails") && i%3 == 0
			r, err := m.Once(context.Background(), n, func(context.Context) (Receipt, error) {
				if fails {
					return Receipt{}, jaring.NewError(jaring.Unavailable, "error.unavailable")
				}
				booked[n.RequestID]++
				return Receipt{Bill: Bill{Name: fmt.Sprint(i)}}, nil
			})
			if err != nil {
				if !fails || booked[n.RequestID] > 0 {
					t.Fatalf("notice %d: %v", i, err)
				}
				continue
			}
			if before, ok := heard[n.RequestID]; ok && before != r.Bill.Name {
				t.Fatalf("notice %d heard %s, an earlier one %s", i, r.Bill.Name, before)
			}
			heard[n.RequestID] = r.Bill.Name
		}
		for id, times := range booked {
			if times != 1 {
				t.Fatalf("%s was booked %d times", id, times)
			}
		}
	})
}

// States only go up, so whatever the order of messages, the last state is the same.
func TestStatesAreMonotonic(t *testing.T) {
	all := []State{StateUnknown, StateIssued, StatePending, StateExpired, StateDeleted, StatePaid}
	rapid.Check(t, func(t *rapid.T) {
		news := rapid.SliceOf(rapid.SampledFrom(all)).Draw(t, "news")
		forth, back := StateUnknown, StateUnknown
		for i := range news {
			before := forth
			forth, back = forth.Advance(news[i]), back.Advance(news[len(news)-1-i])
			if before == StatePaid && forth != StatePaid {
				t.Fatalf("paid became %s", forth)
			}
		}
		if forth != back {
			t.Fatalf("%v: %s one way, %s the other", news, forth, back)
		}
	})
}

func TestSeenForgets(t *testing.T) {
	s := seen{most: 3}
	one, two := sha256.Sum256([]byte("1")), sha256.Sum256([]byte("2"))
	if s.conflicts("P", 20261121, "1", one, false) || s.conflicts("P", 20261121, "1", one, false) || !s.conflicts("P", 20261121, "1", two, false) || !s.conflicts("P", 20261121, "1", one, true) {
		t.Error("does not remember")
	}
	for i := range 10 {
		s.conflicts("P", 20261121, fmt.Sprint("x", i), one, false)
	}
	if len(s.ids) > 3 {
		t.Error("remembers too much:", len(s.ids))
	}
	if s.conflicts("P", 20261122, "x9", two, false) {
		t.Error("remembers yesterday")
	}
}
