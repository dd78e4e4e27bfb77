package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"jaring/internal/auth"
	"jaring/internal/i18n"
	"jaring/internal/store"
)

// account runs `jaring account …` as the command line does.
func account(t *testing.T, url string, args ...string) (out, talk string, err error) {
	t.Helper()
	var cli struct {
		Account AccountCmd `cmd:""`
	}
	parser, err := kong.New(&cli)
	if err != nil {
		t.Fatal(err)
	}
	k, err := parser.Parse(append(append([]string{"account"}, args...), "--db", url, "--lang", "en"))
	if err != nil {
		return "", "", err
	}
	var o, e bytes.Buffer
	command := k.Selected().Target.Addr().Interface().(interface {
		print(out, talk io.Writer) error
	})
	err = command.print(&o, &e)
	return o.String(), e.String(), err
}

func logIn(t *testing.T, url, login, password string) error {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, _, err = auth.New(db, auth.Options{}).LogIn(t.Context(), login, password, "127.0.0.1")
	return err
}

func TestAccount_TheFirstOneFoundsTheOffice(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "jaring.db")
	out, talk, err := account(t, url, "add", "--login", "Root", "--name", "Kepala", "--role", "admin", "--office", "Cabang Jambi", "--area", "15")
	if err != nil || !strings.Contains(talk, "root") || strings.Count(out, "\n") != 1 {
		t.Fatalf("out %q, talk %q, %v", out, talk, err)
	}
	first := strings.TrimSpace(out)
	if err := logIn(t, url, "root", first); err != nil {
		t.Errorf("the password on stdout does not open the door: %v", err)
	}
	out, _, err = account(t, url, "add", "--login", "siti", "--name", "Siti", "--role", "officer", "--office", "cabang jambi", "--json")
	var got struct {
		ID       string `json:"account_id"`
		Login    string `json:"login"`
		Password string `json:"one_time_password"`
	}
	if err != nil || json.Unmarshal([]byte(out), &got) != nil || got.ID == "" || got.Login != "siti" || got.Password == "" {
		t.Fatalf("out %q, %v", out, err)
	}
	out, _, err = account(t, url, "list")
	if err != nil || out != "root  admin    Cabang Jambi  Kepala  \nsiti  officer  Cabang Jambi  Siti    \n" {
		t.Errorf("list %q, %v", out, err)
	}
	out, _, err = account(t, url, "password", "--login", "root")
	if err != nil || logIn(t, url, "root", strings.TrimSpace(out)) != nil || logIn(t, url, "root", first) == nil {
		t.Errorf("the new password: %q, %v", out, err)
	}
	if _, _, err = account(t, url, "disable", "--login", "siti"); err != nil {
		t.Fatal(err)
	}
	out, _, err = account(t, url, "list", "--json")
	if err != nil || strings.Count(out, "\n") != 2 || !strings.Contains(out, `"disabled":true`) {
		t.Errorf("list %q, %v", out, err)
	}
	if logIn(t, url, "siti", got.Password) == nil {
		t.Error("a disabled account logs in")
	}
}

func TestAccount_WrongUse(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "jaring.db")
	add := func(login, office string) []string {
		return []string{"add", "--login", login, "--name", "Siti", "--role", "officer", "--office", office}
	}
	if _, talk, err := account(t, url, add("a b", "Jambi")...); !errors.Is(err, errWrongUse) || !strings.HasPrefix(talk, "login: ") {
		t.Errorf("talk %q, %v", talk, err)
	}
	if out, _, err := account(t, url, "list"); err != nil || out != "" {
		t.Errorf("list of nobody %q, %v", out, err)
	}
	if _, _, err := account(t, url, add("siti", "Jambi")...); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, says string
		args       []string
		want       error
	}{
		{"an office that is none", "There is no office “Tebo”. There are: Jambi.", add("budi", "Tebo"), errWrongUse},
		{"a log-in that is taken", i18n.Text(i18n.EN, "account.login_taken", nil), add("SITI", "Jambi"), errAnswerNo},
		{"an account that is none", i18n.Text(i18n.EN, "account.not_found", nil), []string{"disable", "--login", "budi"}, errWrongUse},
		{"a password of nobody", i18n.Text(i18n.EN, "account.not_found", nil), []string{"password", "--login", "budi"}, errWrongUse},
	} {
		out, talk, err := account(t, url, c.args...)
		if !errors.Is(err, c.want) || out != "" || !strings.Contains(talk, c.says) {
			t.Errorf("%s: out %q, talk %q, %v", c.name, out, talk, err)
		}
	}
	if _, _, err := account(t, url, "add", "--login", "x", "--name", "x", "--role", "system", "--office", "Jambi"); err == nil {
		t.Error("an account may be Jaring itself")
	}
}
