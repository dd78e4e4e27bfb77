package auth

import (
	_ "embed"
	"encoding/base32"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jaring/internal/jaring"
)

// Lengths of a password: the least in characters, the most in bytes. There are no
// rules on composition (NIST SP 800-63B, 5.1.1.2).
const (
	minPassword = 10
	maxPassword = 256
)

//go:embed usual.txt
var usualText string

// usual are passwords of at least minPassword characters that everybody tries first.
var usual = func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(usualText) {
		all[strings.TrimSpace(line)] = true
	}
	return all
}()

// CheckPassword judges a new password for a log-in. Errors: password.too_short,
// password.too_long, password.is_login, password.usual.
func CheckPassword(login, password string) error {
	key := strings.ToLower(norm.NFKC.String(password))
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return jaring.NewError(jaring.Invalid, "password.too_short", "min", minPassword).At("password")
	case len(password) > maxPassword:
		return jaring.NewError(jaring.Invalid, "password.too_long", "max", maxPassword).At("password")
	case key == Login(login):
		return jaring.NewError(jaring.Invalid, "password.is_login").At("password")
	case usual[key]:
		return jaring.NewError(jaring.Invalid, "password.usual").At("password")
	}
	return nil
}

// Length of a log-in name.
const (
	minLogin = 3
	maxLogin = 64
)

// Login is a log-in name as it is kept: lower case, without blanks around it.
func Login(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// checkLogin judges a name as Login made it. Error: account.login_malformed.
func checkLogin(login string) error {
	bad := func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789._-@", r) }
	if len(login) < minLogin || len(login) > maxLogin || strings.ContainsFunc(login, bad) {
		return jaring.NewError(jaring.Invalid, "account.login_malformed", "min", minLogin, "max", maxLogin).At("login")
	}
	return nil
}

// readable has no letters that look like others when read out or written down.
var readable = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz123456789").WithPadding(base32.NoPadding)

// oneTimePassword is 80 random bits as four groups of four.
func oneTimePassword() string {
	s := readable.EncodeToString(randomBytes(10))
	return strings.Join([]string{s[:4], s[4:8], s[8:12], s[12:]}, "-")
}
