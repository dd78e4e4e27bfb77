package archtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"jaring/internal/i18n"
)

// decisionLines is the most lines of a decision: context, decision, consequences.
const decisionLines = 40

var (
	fence = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	named = regexp.MustCompile("`((?:cmd|docs|internal|scripts|web)/[\\w./-]+)`")
	link  = regexp.MustCompile(`!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)
)

// Links finds relative links of the docs that lead nowhere, and files that they name and that are not there; a
// decision names what was there when it was made.
func Links(s *Source, root fs.FS) (findings []string) {
	for _, f := range s.Files {
		if path.Ext(f.Path) != ".md" {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(f.Text, ""), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target == "" || strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			if _, err := fs.Stat(root, path.Join(path.Dir(f.Path), target)); err != nil {
				findings = append(findings, fmt.Sprintf("%s: the link %s leads nowhere", f.Path, m[1]))
			}
		}
		if path.Dir(f.Path) == "docs/decisions" {
			continue
		}
		for _, m := range named.FindAllStringSubmatch(f.Text, -1) {
			if _, err := fs.Stat(root, m[1]); err != nil {
				findings = append(findings, fmt.Sprintf("%s: there is no %s", f.Path, m[1]))
			}
		}
	}
	return findings
}

// Decisions finds decisions that nobody will read to the end, and those that have no number of their own by which
// others name them, in the file, in the heading and in the list.
func Decisions(s *Source) (findings []string) {
	const folder = "docs/decisions"
	list, taken := s.text(folder+"/README.md"), map[string]bool{}
	for _, f := range s.Files {
		name := path.Base(f.Path)
		if path.Dir(f.Path) != folder || path.Ext(name) != ".md" || name == "README.md" {
			continue
		}
		if n := strings.Count(f.Text, "\n"); n > decisionLines {
			findings = append(findings, fmt.Sprintf("%s: %d lines, at most %d", f.Path, n, decisionLines))
		}
		number, _, _ := strings.Cut(name, "-")
		heading := "# " + strings.TrimLeft(number, "0") + ". "
		if len(number) != 4 || taken[number] || !strings.HasPrefix(f.Text, heading) || !strings.Contains(list, "]("+name+")") {
			findings = append(findings, fmt.Sprintf("%s: a number of its own, a heading with it and a line in the list", f.Path))
		}
		taken[number] = true
	}
	return findings
}

// Free finds a README that does not say whose product this is not, in the words
// of the pages' footer.
func Free(s *Source) (findings []string) {
	for _, readme := range []struct {
		name string
		lang i18n.Lang
	}{{"README.md", i18n.EN}, {"README.id.md", i18n.ID}} {
		line := i18n.Text(readme.lang, "footer.free", nil)
		if !strings.Contains(s.text(readme.name), line) {
			findings = append(findings, fmt.Sprintf("%s does not say: %s", readme.name, line))
		}
	}
	return findings
}

// text is the text of the file at name, empty when there is none.
func (s *Source) text(name string) string {
	for _, f := range s.Files {
		if f.Path == name {
			return f.Text
		}
	}
	return ""
}
