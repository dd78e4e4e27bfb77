package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"jaring/internal/demo"
	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// PlayCmd plays story A's market sweep live.
type PlayCmd struct {
	URL    string        `arg:"" default:"http://127.0.0.1:8080" help:"The demo's server."`
	Logins string        `default:"data/jaring.db.logins" placeholder:"FILE" help:"Log-ins of the demo: the file beside its database, or the JSON of jaring demo --json."`
	Over   time.Duration `default:"3m" help:"How long the two hours take."`
	Wait   time.Duration `default:"45s" help:"How long the core's confirmations are waited for at the end."`
	Seed   uint64        `help:"The same seed invents the same people; 0 others each time."`
	JSON   bool          `name:"json" help:"Stable JSON instead of text."`
}

// Help is shown below the flags.
func (c *PlayCmd) Help() string {
	return `Example: jaring play http://127.0.0.1:8080 --over 3m

Opens a sweep in Pasar Angso Duo now. The 25 kader of the demo's class enrol phones and register by signed batches, the
desk books what is paid, the head of the branch decides what a wrong clock took, until the board reads 192. The address
of the board is told at the start. Only a demo is played on; all people are invented.`
}

// How long a play may last.
const (
	leastOver = time.Second
	mostOver  = 2 * time.Hour
)

// Run plays. Errors: play.over, play.logins, those of demo.Play.
func (c *PlayCmd) Run(s *session) error {
	if c.Over < leastOver || c.Over > mostOver {
		return jaring.NewError(jaring.Invalid, "play.over", "min", int(leastOver/time.Second), "max", int(mostOver/time.Minute)).At("over")
	}
	logins, err := readLogins(c.Logins)
	if err != nil {
		return &jaring.Error{Code: jaring.Invalid, Key: "play.logins", Args: jaring.Args{"path": c.Logins}, Err: err}
	}
	opens := func(board string) {
		out := s.out
		if c.JSON {
			out = s.talk
		}
		s.say("play.board", nil)
		fmt.Fprintln(out, board)
		s.say("play.begins", jaring.Args{"seconds": int(c.Over / time.Second)})
	}
	played, err := demo.Play(s.ctx, demo.PlayConfig{URL: c.URL, Logins: logins, Over: c.Over, Patience: c.Wait, Seed: c.Seed, Opens: opens})
	if err != nil {
		return err
	}
	if err := c.print(s, played); err != nil {
		return err
	}
	if !played.Whole {
		s.say("play.partly", jaring.Args{"n": played.Registered, "want": demo.Swept()})
		return errAnswerNo
	}
	return nil
}

func (c *PlayCmd) print(s *session, p *demo.Played) error {
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(p)
	}
	fmt.Fprintf(s.out, "\n%s\n", i18n.Text(s.lang, "play.sweep", jaring.Args{"n": p.Registered, "protected": p.Protected, "lots": p.Lots.Total}))
	printWinners(s.out, p.Winners)
	return nil
}

func printWinners(w io.Writer, winners []demo.Winner) {
	for _, x := range winners {
		fmt.Fprintf(w, "%d. %s, %s: %d\n", x.Place, x.Name, x.Office, x.Registered)
	}
}
