// Command jaring is the whole of Jaring in one binary. Each subcommand has a file of
// its own here; Run is what the shell and the tests start.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"jaring/internal/i18n"
	"jaring/internal/jaring"
)

// cli is every command.
type cli struct {
	Serve   ServeCmd   `cmd:"" help:"Serve the pages and the API."`
	Demo    DemoCmd    `cmd:"" help:"Fill a fresh database with an invented, living branch."`
	Play    PlayCmd    `cmd:"" help:"Play the market sweep of story a live, against a demo that is served."`
	Account AccountCmd `cmd:"" help:"Make and manage accounts."`
	Quote   QuoteCmd   `cmd:"" help:"What a month costs, and by which article."`
	Keygen  KeygenCmd  `cmd:"" help:"Make a key set; prints it."`
	Rekey   RekeyCmd   `cmd:"" help:"Move everything to new index and data keys, online."`
	Recount RecountCmd `cmd:"" help:"Compare every counter with the events."`
	Verify  VerifyCmd  `cmd:"" help:"Walk the hash chains and the signed hours."`
	Backup  BackupCmd  `cmd:"" help:"Write the whole database into one file, while it is in use."`
	Restore RestoreCmd `cmd:"" help:"Fill an empty database from a backup, and verify it."`
	Export  ExportCmd  `cmd:"" help:"Write what the database holds, a row each."`
	Benefit BenefitCmd `cmd:"" help:"What a family would get, and by which article."`
	Rules   RulesCmd   `cmd:"" help:"Check, list and compare the rules."`
	Import  ImportCmd  `cmd:"" help:"Bring in figures from outside."`
	Roster  RosterCmd  `cmd:"" help:"Check the lists that sponsors send."`
	Bench   BenchCmd   `cmd:"" help:"Measure, beside the raw engine in the same run."`
	CoreSim CoreSimCmd `cmd:"" name:"core-sim" help:"A simulated core of a fund, for demos and tests."`
	BankSim BankSimCmd `cmd:"" name:"bank-sim" help:"A simulated bank and acquirer, for demos and tests."`

	MessageSim MessageSimCmd `cmd:"" name:"message-sim" help:"A simulated gateway for messages, for demos and tests."`

	Version kong.VersionFlag `help:"Print the version."`
}

// notice stands below every help.
const notice = "Jaring is free software, not a product of and not affiliated with BPJS Ketenagakerjaan."

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	code := Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// session is what a command works with: data goes to out, everything else to talk.
type session struct {
	ctx  context.Context
	out  io.Writer
	talk io.Writer
	lang i18n.Lang
}

// printer is a command that was written for two writers alone.
type printer interface {
	print(out, talk io.Writer) error
}

// Run does one command and gives the exit code: 0 done, 1 the answer is no, 2 the
// question could not be answered.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	s := &session{ctx: ctx, out: stdout, talk: stderr, lang: language(os.Getenv)}
	defer func() {
		if p := recover(); p != nil {
			ended, ok := p.(exitError)
			if !ok {
				panic(p)
			}
			code = ended.code
		}
	}()
	parser, err := kong.New(&cli{}, kong.Name("jaring"), kong.Description("Finds informal workers, protects them, and keeps them protected.\n\n"+notice),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exitError{code}) }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Vars{"version": version()})
	if err != nil {
		return s.failed(err)
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		s.say("cli.usage", jaring.Args{"text": err.Error()})
		return errWrongUse.code
	}
	if node := chosen.Selected(); node != nil && node.Target.CanAddr() {
		if p, ok := node.Target.Addr().Interface().(printer); ok {
			return s.failed(p.print(stdout, stderr))
		}
	}
	return s.failed(chosen.Run(s))
}

// say writes a sentence to whoever asked.
func (s *session) say(key string, args jaring.Args) {
	_, _ = io.WriteString(s.talk, i18n.Text(s.lang, key, args)+"\n")
}

// failed tells what an error says in words and gives the exit code. A cause that has no
// words of its own is for the operator: it names no person.
func (s *session) failed(err error) int {
	if err == nil {
		return 0
	}
	if ended, ok := asExit(err); ok {
		return ended.code
	}
	if ended, ok := asExit(complain(s.talk, s.lang, err)); ok {
		return ended.code
	}
	if e := asError(err); e != nil && e.Key != "error.internal" && i18n.Known(e.Key) {
		_, _ = io.WriteString(s.talk, i18n.Error(s.lang, e)+"\n")
		switch {
		case e.Code == jaring.Conflict:
			return errAnswerNo.code
		case e.Err == nil:
			return errWrongUse.code
		}
		err = e.Err
	}
	s.say("cli.failed", jaring.Args{"text": err.Error()})
	return errWrongUse.code
}

// language is that of the words: JARING_LANG, else the machine's, else Indonesian.
func language(env func(string) string) i18n.Lang {
	for _, name := range []string{"JARING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		word, _, _ := strings.Cut(strings.ReplaceAll(env(name), "_", "-"), ".")
		if lang, ok := i18n.Parse(word); ok {
			return lang
		}
	}
	return i18n.ID
}
