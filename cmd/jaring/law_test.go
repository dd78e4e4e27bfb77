package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// lawCLI is the part of the command line that speaks of the law.
type lawCLI struct {
	Quote   QuoteCmd   `cmd:""`
	Benefit BenefitCmd `cmd:""`
	Rules   RulesCmd   `cmd:""`
}

func parseLaw(t *testing.T, args ...string) (*lawCLI, *bytes.Buffer, error) {
	t.Helper()
	var cli lawCLI
	var said bytes.Buffer
	parser, err := kong.New(&cli, kong.Name("jaring"), kong.Writers(&said, &said), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(args)
	return &cli, &said, err
}

func TestCommandLine_QuoteAsTheContractWritesIt(t *testing.T) {
	cli, _, err := parseLaw(t, strings.Fields("quote --segment BPU --month 2026-10 --income 1000000 --programs JKK,JKM --sector transport --funding self --months 3 --explain --lang en --json")...)
	if err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	if err := cli.Quote.print(&out, &talk); err != nil || !strings.Contains(out.String(), `"total": 25200`) {
		t.Errorf("%v %s", err, &talk)
	}
}

func TestCommandLine_WageWorker(t *testing.T) {
	cli, _, err := parseLaw(t, strings.Fields("quote --segment PU --month 2026-04 --wage 15000000 --risk-class II --size medium --programs JKK,JKM,JHT,JP,JKP --explain")...)
	if err != nil {
		t.Fatal(err)
	}
	var out, talk bytes.Buffer
	if err := cli.Quote.print(&out, &talk); err != nil || !strings.Contains(out.String(), "Rp11.086.300") {
		t.Errorf("%v %s %s", err, &talk, &out)
	}
}

func TestCommandLine_EveryCommandHelpsWithAnExample(t *testing.T) {
	for _, command := range []string{"quote", "benefit", "rules check", "rules list", "rules diff"} {
		_, said, _ := parseLaw(t, append(strings.Fields(command), "--help")...)
		if !strings.Contains(said.String(), "Example: jaring "+command) {
			t.Errorf("%s --help has no example:\n%s", command, said)
		}
	}
}
