package httpapi

import (
	"fmt"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"jaring/internal/app"
	"jaring/internal/auth"
	"jaring/internal/jaring"
	"jaring/internal/wire"
)

// ByCode names a payment code.
type ByCode struct {
	Code string `path:"code" maxLength:"20"`
}

type payOut struct {
	Body struct {
		Amount jaring.Rupiah `json:"amount"`
		Name   string        `json:"name" doc:"short: enough to know that the code is right"`
		Months int           `json:"months"`
		DueDay jaring.Day    `json:"due_day,omitzero" format:"date"`
		State  string        `json:"state" enum:"waiting,paid,closed"`
		Cash   bool          `json:"cash" doc:"an agent may take it in cash; not so the bill of a sponsor, an employer or a group"`
		Banks  []payBank     `json:"banks" doc:"that make a virtual account or a QR code for it on demand"`
	}
}

type payBank struct {
	Name string `json:"name"`
	VA   bool   `json:"va"`
	QR   bool   `json:"qr"`
}

func (s *server) getPay(c *call, in *ByCode) (*payOut, error) {
	if err := s.Auth.AllowPublic(auth.PublicPay, c.remote); err != nil {
		return nil, err
	}
	p, err := s.App.GetPay(c, in.Code)
	if err != nil {
		return nil, err
	}
	out := &payOut{}
	b := &out.Body
	b.Amount, b.Name, b.Months, b.DueDay, b.State, b.Cash, b.Banks = p.Amount, p.Name, p.Months, p.Due, p.State, p.Cash, []payBank{}
	if p.State == "waiting" {
		for _, o := range s.App.Offers() {
			b.Banks = append(b.Banks, payBank{o.Name, o.VA, o.QR})
		}
	}
	return out, nil
}

type bankBody struct {
	Bank string `json:"bank" doc:"as /public/pays names it"`
}

// Ordering is the input that has a bank make something for a payment code. Asked again it gives what was made.
type Ordering struct {
	ByCode
	Acting
}

type vaOut struct {
	Body struct {
		Bank      string        `json:"bank"`
		Number    string        `json:"number"`
		Amount    jaring.Rupiah `json:"amount"`
		ExpiresAt time.Time     `json:"expires_at"`
	}
}

func (s *server) ordered(c *call, in *Ordering) (bank string, err error) {
	if err := s.Auth.AllowPublic(auth.PublicPay, c.remote); err != nil {
		return "", err
	}
	var body bankBody
	err = wire.Decode(in.RawBody, &body)
	return body.Bank, err
}

func (s *server) makeVA(c *call, in *Ordering) (*vaOut, error) {
	bank, err := s.ordered(c, in)
	if err != nil {
		return nil, err
	}
	made, err := s.App.MakeVA(c, in.Code, bank)
	if err != nil {
		return nil, err
	}
	out := &vaOut{}
	out.Body.Bank, out.Body.Number, out.Body.Amount, out.Body.ExpiresAt = made.Bank, made.Content, made.Amount, made.Expires
	return out, nil
}

type qrOut struct {
	Body struct {
		Content   string        `json:"content"`
		SVG       string        `json:"svg"`
		Amount    jaring.Rupiah `json:"amount"`
		ExpiresAt time.Time     `json:"expires_at"`
	}
}

func (s *server) makeQR(c *call, in *Ordering) (*qrOut, error) {
	bank, err := s.ordered(c, in)
	if err != nil {
		return nil, err
	}
	made, err := s.App.MakeQR(c, in.Code, bank)
	if err != nil {
		return nil, err
	}
	out := &qrOut{}
	out.Body.Content, out.Body.Amount, out.Body.ExpiresAt = made.Content, made.Amount, made.Expires
	out.Body.SVG, err = qrSVG(made)
	return out, err
}

// quietSVG is the white border that readers want round a code, in modules.
const quietSVG = 4

// qrSVG draws what a code says, a module a unit wide. Error: error.internal.
func qrSVG(made *app.BankCode) (string, error) {
	code, err := qr.Encode(made.Content, qr.M, qr.Auto)
	if err != nil {
		return "", jaring.InternalError(err)
	}
	n := code.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := range n {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quietSVG, y+quietSVG)
			}
		}
	}
	side := n + 2*quietSVG
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		side, side, side, side, path.String()), nil
}
