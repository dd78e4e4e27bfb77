package message

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"jaring/internal/jaring"
	"jaring/internal/outside"
)

// MailSettings are those of a mail server.
type MailSettings struct {
	Host     string `json:"host"` // HOST:PORT
	From     string `json:"from"` // Jaring Kota Contoh <jaring@kota.example>
	User     string `json:"user"` // empty: the server asks for none
	Password string `json:"password"`
}

// Mailer sends plain e-mail by SMTP, under TLS unless the server is on this machine.
type Mailer struct {
	settings MailSettings
	from     *mail.Address
	now      func() time.Time
}

// NewMailer makes the sender; now nil means the clock. Error: message.settings.
func NewMailer(s MailSettings, now func() time.Time) (*Mailer, error) {
	from, err := mail.ParseAddress(s.From)
	if _, _, split := net.SplitHostPort(s.Host); err != nil || split != nil {
		return nil, jaring.NewError(jaring.Invalid, "message.settings", "part", string(Email))
	}
	if now == nil {
		now = time.Now
	}
	return &Mailer{s, from, now}, nil
}

// Channel is e-mail.
func (m *Mailer) Channel() Channel { return Email }

// Reaches whoever has an address that can be read as one.
func (m *Mailer) Reaches(to Contact) bool {
	a, err := mail.ParseAddress(to.Email)
	return err == nil && a.Address == to.Email
}

// Once is false: a mail server delivers what it gets.
func (m *Mailer) Once() bool { return false }

// compose writes the whole mail.
func (m *Mailer) compose(l Letter) ([]byte, error) {
	t, err := GetTemplate(l.Template)
	if err != nil {
		return nil, err
	}
	subject, err := t.Text(l.lang(), FormSubject, l.Values)
	if err != nil {
		return nil, err
	}
	text, err := t.Text(l.lang(), FormChat, l.Values)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, domain, _ := strings.Cut(m.from.Address, "@")
	for _, line := range []string{
		"From: " + m.from.String(),
		"To: " + (&mail.Address{Address: l.To.Email}).String(),
		"Subject: " + mime.QEncoding.Encode("utf-8", oneLine(subject)),
		"Date: " + m.now().Format(time.RFC1123Z),
		"Message-ID: <" + l.ID + "@" + domain + ">",
		"Auto-Submitted: auto-generated",
		"List-Unsubscribe: <mailto:" + m.from.Address + "?subject=BERHENTI>",
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8",
		"Content-Transfer-Encoding: quoted-printable",
		"",
	} {
		b.WriteString(line + "\r\n")
	}
	q := quotedprintable.NewWriter(&b)
	_, _ = q.Write([]byte(strings.ReplaceAll(text, "\n", "\r\n") + "\r\n")) // a buffer takes all
	_ = q.Close()
	return b.Bytes(), nil
}

// Send hands l to the mail server. Until the server has the whole text nothing was sent; when
// its last word does not come, nobody knows.
func (m *Mailer) Send(ctx context.Context, l Letter) (string, error) {
	text, err := m.compose(l)
	if err != nil {
		return "", err
	}
	c, err := m.dial(ctx)
	if err != nil {
		return "", mailError(err)
	}
	defer c.Close()
	if err := m.greet(c); err != nil {
		return "", mailError(err)
	}
	if err := c.Mail(m.from.Address); err != nil {
		return "", mailError(err)
	}
	if err := c.Rcpt(l.To.Email); err != nil {
		return "", mailError(err)
	}
	w, err := c.Data()
	if err != nil {
		return "", mailError(err)
	}
	if _, err := w.Write(text); err != nil {
		return "", mailError(err) // without its end the server drops it
	}
	if err := w.Close(); err != nil {
		var said *textproto.Error
		if errors.As(err, &said) {
			return "", mailError(err)
		}
		return "", unknownOutcome(err)
	}
	_ = c.Quit() // it is sent
	return l.ID, nil
}

func (m *Mailer) dial(ctx context.Context) (*smtp.Client, error) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", m.settings.Host)
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	host, _, _ := net.SplitHostPort(m.settings.Host)
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return c, nil
}

// errPlain says that a mail server would have us speak in the open.
var errPlain = errors.New("the mail server offers no TLS")

func (m *Mailer) greet(c *smtp.Client) error {
	host, _, _ := net.SplitHostPort(m.settings.Host)
	if ok, _ := c.Extension("STARTTLS"); ok {
		if err := c.StartTLS(&tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}); err != nil {
			return err
		}
	} else if !outside.IsHere(host) {
		return errPlain
	}
	if m.settings.User == "" {
		return nil
	}
	return c.Auth(smtp.PlainAuth("", m.settings.User, m.settings.Password, host))
}

// mailError is what a mail server's no means: 4xx later, 5xx never. Its own words are left
// out: they repeat the address.
func mailError(err error) error {
	var said *textproto.Error
	switch {
	case errors.Is(err, errPlain):
		return noAccess(Email)
	case !errors.As(err, &said):
		return unavailable(err)
	case said.Code >= 400 && said.Code < 500:
		return unavailable(nil)
	case said.Code == 530 || said.Code == 535:
		return noAccess(Email)
	case said.Code == 550 || said.Code == 551 || said.Code == 553 || said.Code == 501:
		return notReachable(Email)
	}
	return refusedBy(Email, said.Code)
}
