package message

import "strings"

// Reply is what somebody asks for by writing back.
type Reply string

// The replies that are understood without a person.
const (
	ReplyOther Reply = "other"
	ReplyStop  Reply = "stop"
	ReplyStart Reply = "start"
)

var replies = map[string]Reply{
	"berhenti": ReplyStop, "stop": ReplyStop, "unsubscribe": ReplyStop, "unsub": ReplyStop, "tolak": ReplyStop, "jangan kirim": ReplyStop,
	"jangan kirim lagi": ReplyStop, "stop pesan": ReplyStop,
	"mulai": ReplyStart, "start": ReplyStart, "daftar lagi": ReplyStart,
}

// ParseReply reads what somebody wrote. Only a message that says nothing else is a stop:
// "jangan berhenti" is for a person to read.
func ParseReply(text string) Reply {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\r\n.,!?\"'()-_*", r) })
	if r, ok := replies[strings.Join(words, " ")]; ok {
		return r
	}
	return ReplyOther
}
