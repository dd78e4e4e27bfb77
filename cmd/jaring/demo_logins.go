package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"text/tabwriter"

	"jaring/internal/demo"
	"jaring/internal/jaring"
)

// keepLogins writes the log-ins beside a SQLite database, for its owner alone.
func (c *DemoCmd) keepLogins(logins []demo.Login) error {
	path := sqlitePath(c.DB)
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path+loginsFile, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(loginTable(f, logins), f.Close())
}

func loginTable(w io.Writer, logins []demo.Login) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, l := range logins {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", l.Login, l.Password, l.Role, l.Name, l.Office)
	}
	return table.Flush()
}

// columnGap ends where two blanks or more stand: no name has them.
var columnGap = regexp.MustCompile(`\s{2,}`)

// readLogins reads log-ins as keepLogins wrote them, or as the JSON of a demo.
func readLogins(path string) ([]demo.Login, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(string(text)), "{") {
		var d struct{ Logins []demo.Login }
		err := json.Unmarshal(text, &d)
		return d.Logins, err
	}
	var out []demo.Login
	for line := range strings.Lines(string(text)) {
		if cells := columnGap.Split(strings.TrimSpace(line), -1); len(cells) == 5 {
			out = append(out, demo.Login{Login: cells[0], Password: cells[1], Role: jaring.Role(cells[2]), Name: cells[3], Office: cells[4]})
		}
	}
	if len(out) == 0 {
		return nil, errors.New("no log-ins")
	}
	return out, nil
}
