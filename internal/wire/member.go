package wire

import "bytes"

// suspicious tells, without reading the values, whether a body holds what encoding/json
// lets pass and Jaring does not: a member that stands twice in its object, a name that is
// none of ours but in its letters' case, a NUL. It may be wrong in one direction only: what
// it lets pass is clean. The body need not be well-formed.
func suspicious(body []byte) bool {
	if bytes.Contains(body, []byte(`\u0000`)) {
		return true
	}
	s := scanner{body: body}
	for s.at < len(body) {
		if s.step() {
			return true
		}
	}
	return false
}

// scanner walks over JSON text and knows which strings are names of members.
type scanner struct {
	body  []byte
	at    int
	open  []opened
	names [][]byte // of all objects that are open, the innermost last
}

// opened is an object or list that has begun; names from first on are its own.
type opened struct {
	object bool
	first  int
}

const (
	maxOpen  = 64  // nesting beyond which the slow way decides
	maxNames = 100 // likewise members of one object
)

func (s *scanner) step() (odd bool) {
	c := s.body[s.at]
	s.at++
	switch c {
	case '{', '[':
		s.open = append(s.open, opened{c == '{', len(s.names)})
		return len(s.open) > maxOpen
	case '}', ']':
		if len(s.open) == 0 {
			return true
		}
		s.names = s.names[:s.open[len(s.open)-1].first]
		s.open = s.open[:len(s.open)-1]
	case '"':
		return s.text()
	}
	return false
}

// text passes over a string; a colon behind it makes it a name.
func (s *scanner) text() (odd bool) {
	start := s.at
	for s.at < len(s.body) && s.body[s.at] != '"' {
		if s.body[s.at] == '\\' {
			s.at++
		}
		s.at++
	}
	if s.at >= len(s.body) {
		return true
	}
	name := s.body[start:s.at]
	s.at++
	rest := bytes.TrimLeft(s.body[s.at:min(len(s.body), s.at+maxOpen)], " \t\r\n")
	if len(rest) == 0 {
		return s.at < len(s.body)
	}
	if rest[0] != ':' {
		return false
	}
	return s.name(name)
}

func (s *scanner) name(name []byte) (odd bool) {
	if len(s.open) == 0 || !isOurs(name) {
		return true
	}
	mine := s.names[s.open[len(s.open)-1].first:]
	if len(mine) >= maxNames {
		return true
	}
	for _, other := range mine {
		if bytes.Equal(other, name) {
			return true
		}
	}
	s.names = append(s.names, name)
	return false
}

// isOurs: names of ours are small letters, digits and underscores.
func isOurs(name []byte) bool {
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
