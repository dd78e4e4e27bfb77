package message

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The letters of GSM 03.38, of which an SMS holds 160. The second row costs two each.
const (
	gsmLetters = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmDoubled = "^{}\\[~]|€\f"
)

// maxSMS is the most that one SMS holds.
const maxSMS = 160

// typewriter is what printers' signs become.
var typewriter = strings.NewReplacer("–", "-", "—", "-", "−", "-", "‘", "'", "’", "'", "“", `"`, "”", `"`, "…", "...", "\u00a0", " ", "•", "*", "→", "->")

// foldGSM writes s with the letters of an SMS: accents that it lacks are dropped, what it
// lacks altogether becomes a question mark.
func foldGSM(s string) string {
	var b strings.Builder
	for _, r := range typewriter.Replace(norm.NFC.String(s)) {
		if isGSM(r) {
			b.WriteRune(r)
			continue
		}
		written := false
		for _, part := range norm.NFD.String(string(r)) {
			if isGSM(part) && !unicode.Is(unicode.Mn, part) {
				b.WriteRune(part)
				written = true
			}
		}
		if !written && !unicode.Is(unicode.Mn, r) {
			b.WriteByte('?')
		}
	}
	return b.String()
}

func isGSM(r rune) bool {
	return strings.ContainsRune(gsmLetters, r) || strings.ContainsRune(gsmDoubled, r)
}

// lengthGSM is how much of an SMS s takes, when it is all of GSM's letters.
func lengthGSM(s string) int {
	n := 0
	for _, r := range s {
		n++
		if strings.ContainsRune(gsmDoubled, r) {
			n++
		}
	}
	return n
}
