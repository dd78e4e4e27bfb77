package httpapi

import (
	"jaring/internal/app"
	"jaring/internal/document"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
	"jaring/internal/scheme"
)

// documentOut is a PDF. A browser shows it and offers to keep it under its name.
type documentOut struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

// pdf finishes a document under a name of plain letters.
func pdf(d *document.Doc, name string) (*documentOut, error) {
	file, err := d.Bytes()
	if err != nil {
		return nil, err
	}
	return &documentOut{"application/pdf", `inline; filename="` + name + `.pdf"`, file}, nil
}

// fileNames are what a kept explanation is called.
var fileNames = map[i18n.Lang]struct{ quote, estimate string }{
	i18n.ID: {"mengapa-segini", "apa-yang-keluarga-dapat"},
	i18n.EN: {"why-this-amount", "what-my-family-would-get"},
}

func (s *server) quoteDocument(c *call, in *bodyOnly) (*documentOut, error) {
	quote, err := s.askedQuote(c, in.RawBody)
	if err != nil {
		return nil, err
	}
	return pdf(document.Quote(s.App.Book, &quote, c.lang, s.Now().In(app.Zone(c.actor.Zone))), fileNames[c.lang].quote)
}

func (s *server) benefitDocument(c *call, in *bodyOnly) (*documentOut, error) {
	e, err := s.askedEstimate(c, in.RawBody)
	if err != nil {
		return nil, err
	}
	return pdf(document.Estimate(s.App.Book, &e, c.lang, s.Now().In(app.Zone(c.actor.Zone))), fileNames[c.lang].estimate)
}

// workerQuote explains what was billed to a person. It names the person by name and
// registration number; the NIK stays out of what is printed.
func (s *server) workerQuote(c *call, in *ByID) (*documentOut, error) {
	v, err := s.App.GetWorker(c, c.actor, jaring.WorkerID(in.ID))
	if err != nil {
		return nil, err
	}
	quote := s.billed(v.Worker, v.Membership)
	who := func(key, value string) document.Pair {
		return document.Pair{Name: i18n.Text(c.lang, "document.asked."+key, nil), Value: value}
	}
	d := document.Quote(s.App.Book, &quote, c.lang, s.Now().In(app.Zone(c.actor.Zone)),
		who("name", v.Worker.Name), who("number", string(v.Worker.RegistrationNo)))
	return pdf(d, fileNames[c.lang].quote)
}

// billed is the quote of a membership: with its steps when the rules at hand are those by which
// it was made, else as the bill remembers it.
func (s *server) billed(w *app.Worker, m *app.Membership) scheme.Quote {
	q := app.QuestionOf(w, m, true)
	if quote, err := s.App.Book.Price(q); err == nil && quote.Version == m.Quote.Version {
		return quote
	}
	kept, _ := app.ParseQuoteLines(m.Quote.Lines)
	lines := make([]scheme.Line, len(kept))
	for i, l := range kept {
		lines[i] = scheme.Line{Month: l.Month, Program: l.Program, Amount: l.Amount, Full: max(l.Amount, l.Full)}
	}
	return scheme.Remembered(m.Quote.Version, q, lines)
}
