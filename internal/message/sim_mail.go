package message

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// ServeMail takes mail on l until ctx ends: enough of SMTP for a sender.
func (s *Simulator) ServeMail(ctx context.Context, l net.Listener) error {
	var open sync.WaitGroup
	defer open.Wait()
	running, end := context.WithCancel(ctx)
	defer end()
	stop := context.AfterFunc(running, func() { _ = l.Close() })
	defer stop()
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		open.Go(func() {
			hangUp := context.AfterFunc(running, func() { _ = conn.Close() })
			defer hangUp()
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(time.Minute))
			s.talkMail(conn)
		})
	}
}

// talkMail is one conversation.
func (s *Simulator) talkMail(conn io.ReadWriter) {
	t := textproto.NewReader(bufio.NewReader(io.LimitReader(conn, 1<<20)))
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	say("220 sim.example ESMTP")
	to := ""
	for {
		line, err := t.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO", "HELO":
			say("250 sim.example")
		case "MAIL", "RSET", "NOOP":
			say("250 ok")
		case "RCPT":
			to = s.recipient(rest, say)
		case "DATA":
			if to == "" {
				say("503 to whom?")
				continue
			}
			say("354 go on")
			raw, err := t.ReadDotBytes()
			if err != nil || !s.receiveMail(to, raw, say) {
				return
			}
		case "QUIT":
			say("221 bye")
			return
		default:
			say("502 not known here")
		}
	}
}

func (s *Simulator) recipient(rest string, say func(string)) string {
	_, address, _ := strings.Cut(rest, ":")
	address = strings.Trim(strings.TrimSpace(address), "<>")
	s.mu.Lock()
	busy := take(&s.mischief.Busy)
	s.mu.Unlock()
	switch {
	case busy:
		say("451 later")
	case address == "" || strings.HasPrefix(address, "nobody@"):
		say("550 nobody here")
	default:
		say("250 ok")
		return address
	}
	return ""
}

// receiveMail keeps a mail; false says that the line is to be cut.
func (s *Simulator) receiveMail(to string, raw []byte, say func(string)) bool {
	r, err := readMail(raw)
	if err != nil {
		say("554 not a mail")
		return true
	}
	r.To = to
	s.mu.Lock()
	s.receive(r)
	drop := take(&s.mischief.Drop)
	s.mu.Unlock()
	if !drop {
		say("250 taken")
	}
	return !drop
}

func readMail(raw []byte) (Received, error) {
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return Received{}, err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return Received{}, err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	id, _, _ := strings.Cut(strings.Trim(m.Header.Get("Message-ID"), "<>"), "@")
	if id == "" {
		return Received{}, errors.Join(err, errors.New("no Message-ID"))
	}
	return Received{Channel: Email, ID: id, LetterID: id, Subject: subject, Text: strings.TrimSpace(string(text))}, err
}
