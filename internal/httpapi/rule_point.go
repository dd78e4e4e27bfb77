package httpapi

import "jaring/internal/scheme"

// rulePoint is a point that the law leaves open or that sources tell in two ways, and how
// whoever runs this server decided it.
type rulePoint struct {
	Name     string   `json:"name" doc:"of the setting"`
	Question string   `json:"question"`
	Decided  string   `json:"decided"`
	Others   []string `json:"others"`
	Default  bool     `json:"default" doc:"it is decided as stated where nobody says otherwise"`
}

// points says the settings in words.
func (w ruleWords) points(settings scheme.Settings) []rulePoint {
	var points []rulePoint
	for _, s := range settings.All() {
		p := rulePoint{Name: s.Name, Question: w.text("point."+s.Name, nil), Default: s.Value == s.Words[0]}
		for _, word := range s.Words {
			said := w.text("point."+s.Name+"."+word, nil)
			if word == s.Value {
				p.Decided = said
			} else {
				p.Others = append(p.Others, said)
			}
		}
		points = append(points, p)
	}
	return points
}
