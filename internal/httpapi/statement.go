package httpapi

import (
	"time"

	"jaring/internal/app"
	"jaring/internal/jaring"
)

type statementBody struct {
	Channel string     `json:"channel" enum:"bank,qris,counter"`
	Bank    string     `json:"bank,omitempty" doc:"our name for it"`
	From    jaring.Day `json:"from,omitzero" format:"date" doc:"left out: the first day of the file"`
	To      jaring.Day `json:"to,omitzero" format:"date"`
	CSV     string     `json:"csv" doc:"columns for date and amount, and if there are, reference and text, in any order"`
}

type statementItem struct {
	StatementID string          `json:"statement_id"`
	OfficeID    jaring.OfficeID `json:"office_id"`
	OfficeName  string          `json:"office_name"`
	Channel     string          `json:"channel"`
	Bank        string          `json:"bank"`
	From        jaring.Day      `json:"from" format:"date"`
	To          jaring.Day      `json:"to" format:"date"`
	Rows        int             `json:"rows"`
	Sum         jaring.Rupiah   `json:"sum"`
	MadeBy      string          `json:"made_by"`
	MadeAt      time.Time       `json:"made_at"`
}

func (s *server) statementItem(c *call, r *app.StatementRecord) statementItem {
	return statementItem{r.ID, r.Office, s.App.OfficeName(c, r.Office), r.Channel, r.Bank, r.From, r.To, r.Lines, r.Amount, s.App.AccountName(c, r.MadeBy), r.MadeAt}
}

type statementOut struct {
	Body struct {
		statementItem
		BookSum jaring.Rupiah `json:"book_sum" doc:"of the book's side"`
		Matched struct {
			N   int           `json:"n"`
			Sum jaring.Rupiah `json:"sum"`
		} `json:"matched"`
		OnlyBank []bankLine  `json:"only_bank"`
		OnlyBook []bookLine  `json:"only_book"`
		Differs  []bothLines `json:"differs"`
	}
}

type bankLine struct {
	Row       int           `json:"row" doc:"the line of the file"`
	Day       jaring.Day    `json:"day" format:"date"`
	Reference string        `json:"reference"`
	Amount    jaring.Rupiah `json:"amount"`
	Text      string        `json:"text"`
}

type bookLine struct {
	Day        jaring.Day      `json:"day" format:"date"`
	Reference  string          `json:"reference"`
	Amount     jaring.Rupiah   `json:"amount"`
	WorkerID   jaring.WorkerID `json:"worker_id,omitempty"`
	WorkerName string          `json:"worker_name,omitempty"`
	EntryID    string          `json:"entry_id"`
}

type bothLines struct {
	Row       int           `json:"row"`
	Reference string        `json:"reference"`
	Bank      jaring.Rupiah `json:"bank"`
	Book      jaring.Rupiah `json:"book"`
}

func (s *server) addStatement(c *call, in *Acting) (*statementOut, error) {
	var body statementBody
	key, err := s.said(c, in, &body)
	if err != nil {
		return nil, err
	}
	id, err := s.App.AddStatement(c, c.actor, key, app.StatementForm(body))
	if err != nil {
		return nil, err
	}
	return s.statement(c, id)
}

func (s *server) getStatement(c *call, in *ByID) (*statementOut, error) { return s.statement(c, in.ID) }

func (s *server) statement(c *call, id string) (*statementOut, error) {
	r, err := s.App.GetStatement(c, c.actor, id)
	if err != nil {
		return nil, err
	}
	out := &statementOut{}
	b := &out.Body
	b.statementItem, b.BookSum, b.Matched.N, b.Matched.Sum = s.statementItem(c, r.StatementRecord), r.BookSum, r.Matched, r.MatchedSum
	b.OnlyBank, b.OnlyBook, b.Differs = []bankLine{}, []bookLine{}, []bothLines{}
	for _, l := range r.OnlyBank {
		b.OnlyBank = append(b.OnlyBank, bankLine{l.Place, l.Day, l.Reference, l.Amount, l.Said})
	}
	for _, k := range r.OnlyBook {
		b.OnlyBook = append(b.OnlyBook, bookLine{k.Day, k.Reference, k.Amount, k.Worker, k.WorkerName, k.Entry})
	}
	for _, d := range r.Differs {
		b.Differs = append(b.Differs, bothLines{d.Place, d.Reference, d.Bank, d.Book})
	}
	return out, nil
}

type statementsOut struct {
	Body struct {
		Items      []statementItem `json:"items"`
		NextCursor string          `json:"next_cursor,omitempty"`
	}
}

func (s *server) findStatements(c *call, in *Cursors) (*statementsOut, error) {
	all, next, err := s.App.FindStatements(c, c.actor, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := &statementsOut{}
	out.Body.Items, out.Body.NextCursor = []statementItem{}, next
	for _, r := range all {
		out.Body.Items = append(out.Body.Items, s.statementItem(c, r))
	}
	return out, nil
}
