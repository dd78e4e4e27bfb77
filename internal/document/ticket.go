package document

import (
	"time"

	"github.com/boombuler/barcode/qr"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// TicketSheet is the tickets of an event.
type TicketSheet struct {
	Event   string
	Day     jaring.Day
	Tickets []Ticket
}

// Ticket lets one person in. Its code leads to the page of the ticket; at a gate a phone reads it.
type Ticket struct {
	Name         string
	Organisation string
	Kind         string
	Code         string // 4-4-5, for hands
	Address      string
	Needs        bool // somebody at the gate has something to prepare
}

// Sizes of tickets in millimetres: two beside each other, four rows on a sheet, to be cut out.
const (
	ticketHigh = 56.0
	ticketGap  = 4.0
	ticketPad  = 4.0
	ticketCode = 34.0
)

// Tickets are the tickets of an event on sheets to be cut.
func Tickets(s TicketSheet, lang i18n.Lang, at time.Time) *Doc {
	d := New(A4, lang, at)
	d.Title(d.Say("document.tickets.title", nil))
	d.Lead(d.Say("document.tickets.lead", jaring.Args{"n": len(s.Tickets), "event": s.Event, "date": s.Day}))
	if len(s.Tickets) == 0 {
		d.Text(d.Say("document.tickets.none", nil))
	}
	for i := 0; i < len(s.Tickets); i += 2 {
		row := s.Tickets[i:min(i+2, len(s.Tickets))]
		d.add(func(p *page) { p.tickets(s.Event, row) })
	}
	return d
}

func (p *page) tickets(event string, row []Ticket) {
	p.need(ticketHigh + ticketGap)
	wide := (p.room() - ticketGap) / 2
	for i, t := range row {
		p.ticket(event, t, p.left()+float64(i)*(wide+ticketGap), wide)
	}
	p.y += ticketHigh + ticketGap
}

// ticket sets one ticket with its left at x.
func (p *page) ticket(event string, t Ticket, x, wide float64) {
	p.pdf.SetLineWidth(0.2)
	p.pdf.SetDrawColor(0, 0, 0)
	p.pdf.Rect(x, p.y, wide, ticketHigh, "D")
	left := x + wide - ticketPad - ticketCode
	p.tagQR(t.Address, qr.M, left, p.y+ticketPad, ticketCode)
	below := p.y + ticketHigh - ticketPad - p.high(faceNote)
	p.write(faceNote, x+ticketPad, below, t.Code)
	room := left - x - ticketPad - 2
	y := p.column(faceNote, x+ticketPad, p.y+ticketPad, firstLines(p.lines(faceNote, event, room), 2)) + 2
	y = p.column(faceHeading, x+ticketPad, y, firstLines(p.lines(faceHeading, t.Name, room), 2)) + 1
	if t.Organisation != "" {
		y = p.column(faceText, x+ticketPad, y, firstLines(p.lines(faceText, t.Organisation, room), 1)) + 1
	}
	kind := t.Kind
	if t.Needs {
		kind += " *"
	}
	p.column(faceStrong, x+ticketPad, y, firstLines(p.lines(faceStrong, kind, room), 1))
}
