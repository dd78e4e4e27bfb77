package jaring

import (
	"strings"
	"testing"
	"time"
)

func TestServiceDesk(t *testing.T) {
	office := OfficeID("0196f2a0-0000-7000-8000-000000000001")
	d, err := NewServiceDesk(ServiceDesk{Office: office, Name: " Pojok  layanan ", Place: "Lantai 1", Area: "15.06", Topics: []ServiceTopic{TopicWages, TopicNotRegistered, TopicWages},
		Opens: []ServiceHours{{5, "08.00", "11.30"}, {1, "08:00", "15:00"}}}, anywhere)
	if err != nil || d.Name != "Pojok layanan" || len(d.Topics) != 2 || d.Topics[0] != TopicNotRegistered || d.Opens[0].Day != 1 || d.Opens[1].From != "08:00" {
		t.Fatalf("%+v %v", d, err)
	}
	for at, want := range map[string]bool{"2026-11-20T08:00": true, "2026-11-20T11:30": false, "2026-11-20T07:59": false, "2026-11-22T09:00": false, "2026-11-23T14:59": true} {
		local, _ := time.Parse("2006-01-02T15:04", at)
		if d.OpenAt(local) != want {
			t.Errorf("%s: %t", at, !want)
		}
	}
	_, err = NewServiceDesk(ServiceDesk{Partner: "x", Topics: []ServiceTopic{"cuaca"}, Opens: []ServiceHours{{8, "08:00", "09:00"}, {2, "09:00", "08:00"}, {3, "08:00", "09:00"}, {3, "10:00", "11:00"}}},
		func(string) bool { return false })
	if all, _ := err.(Errors); len(all) != 9 {
		t.Errorf("%d: %v", len(all), err)
	}
	if label := ServiceLabel(Turn{Number: 7, Topic: string(TopicWages)}); label != "B-007" {
		t.Error(label)
	}
	if label := ServiceLabel(Turn{Number: 1000, Topic: string(TopicOther)}); label != "H-1000" {
		t.Error(label)
	}
}

// A number is picked by what is told of it; the next is the first that waits.
func TestPickTurn(t *testing.T) {
	queue := []Turn{{Number: 1, Topic: "a", State: QueueDone}, {Number: 1, Topic: "b", State: QueueWaiting}, {Number: 2, Topic: "a", State: QueueWaiting}}
	itself := func(q Turn) Turn { return q }
	for _, c := range []struct {
		number int
		topic  string
		at     int
		key    string
	}{{0, "", 1, ""}, {0, "a", 2, ""}, {1, "b", 1, ""}, {1, "", 0, ""}, {9, "", -1, "queue.unknown"}, {0, "c", -1, "queue.empty"}} {
		if at, err := PickTurn(queue, itself, c.number, c.topic); at != c.at || KeyOf(err) != c.key {
			t.Errorf("%+v: %d %v", c, at, err)
		}
	}
}

func TestServiceCase(t *testing.T) {
	desk := &ServiceDesk{Topics: []ServiceTopic{TopicNotRegistered}}
	today, now := NewDay(2026, 11, 21), time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	c, err := NewServiceCase(ServiceCase{Topic: TopicNotRegistered, About: "Dua tahun bekerja, belum didaftarkan.", Phone: "0811 7400 01", Year: 2026, No: 12}, desk, today)
	if err != nil || c.State != CaseIsOpen || c.Phone != "+62811740001" || c.Written() != "12/2026" {
		t.Fatalf("%+v %v", c, err)
	}
	if _, err := NewServiceCase(ServiceCase{Topic: TopicWages, Phone: "1", FollowDay: today.Add(-1)}, desk, today); len(err.(Errors)) != 4 {
		t.Error(err)
	}
	steps := []struct {
		step CaseStep
		key  string
	}{
		{CaseStep{To: CaseIsReopened, Note: "lagi"}, "service.not_closed"},
		{CaseStep{To: CaseIsOpen}, "service.state_unknown"},
		{CaseStep{To: CaseIsWaiting}, "field.required"},
		{CaseStep{To: CaseIsWaiting, FollowDay: today.Add(-1)}, "service.day_past"},
		{CaseStep{To: CaseIsWaiting, FollowDay: today}, ""},
		{CaseStep{To: CaseIsWorking, Note: strings.Repeat("x", MaxCaseText+1)}, "field.too_long"},
		{CaseStep{To: CaseIsClosed, Outcome: "menang"}, "service.outcome_unknown"},
		{CaseStep{To: CaseIsClosed, Outcome: CaseRegistered}, "service.registered_whom"},
		{CaseStep{To: CaseIsClosed, Outcome: CaseReferred}, "service.referred_whom"},
		{CaseStep{To: CaseIsClosed, Outcome: CaseSolved, FollowDay: today}, ""},
		{CaseStep{To: CaseIsWorking}, "service.is_closed"},
		{CaseStep{To: CaseIsReopened}, "field.required"},
		{CaseStep{To: CaseIsReopened, Note: "datang lagi"}, ""},
	}
	for _, s := range steps {
		if err := c.Move(s.step, today, now); KeyOf(err) != s.key {
			t.Errorf("%+v: %v", s.step, err)
		}
		if c.State == CaseIsClosed && (c.FollowDay != 0 || c.ClosedAt != now) {
			t.Errorf("%+v", c)
		}
	}
	if c.Outcome != "" || !c.ClosedAt.IsZero() {
		t.Errorf("%+v", c)
	}
	c.Employer = "e"
	if err := c.Move(CaseStep{To: CaseIsClosed, Outcome: CaseRegistered}, today, now); err != nil {
		t.Error(err)
	}
	c.ErasedAt = now
	if err := c.Move(CaseStep{To: CaseIsReopened, Note: "lagi"}, today, now); KeyOf(err) != "service.erased" {
		t.Error(err)
	}
}
