package archtest

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// machine are words of a machine or a workplace. They are put together here so
// that this file does not name them itself.
var machine = []string{"/wo" + "rk/", "../sha" + "red", "/ro" + "ot/", "/ho" + "me/"}

// open are marks of work left undone, in the languages that we program in.
var open = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b|not imple` + `mented|\bt\.Ski` + `p(f|Now)?\(|\b(it|test|describe)\.(ski` + `p|to` + `do|on` + `ly)\b`)

// Words finds paths of a machine in any file, and work left open in code.
func Words(s *Source) (findings []string) {
	for _, f := range s.Files {
		if path.Base(f.Path) == "package-lock.json" {
			continue
		}
		code := slices.Contains([]string{".go", ".ts", ".svelte", ".mjs", ".sh", ".sql"}, path.Ext(f.Path))
		for i, line := range strings.Split(f.Text, "\n") {
			for _, word := range machine {
				if strings.Contains(line, word) {
					findings = append(findings, fmt.Sprintf("%s:%d: names a place outside the project: %s", f.Path, i+1, word))
				}
			}
			if mark := open.FindString(line); code && mark != "" {
				findings = append(findings, fmt.Sprintf("%s:%d: left open: %s", f.Path, i+1, mark))
			}
		}
	}
	return findings
}
