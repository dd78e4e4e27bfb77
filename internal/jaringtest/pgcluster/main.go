// Command pgcluster runs a command with a PostgreSQL cluster for tests beside it,
// named in JARING_TEST_POSTGRES_URL, so that many packages share one:
//
//	go run ./internal/jaringtest/pgcluster go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"

	"jaring/internal/jaringtest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "pgcluster COMMAND [ARGUMENT]...: runs COMMAND with JARING_TEST_POSTGRES_URL set")
		os.Exit(2)
	}
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgcluster:", err)
	}
	os.Exit(code)
}

// run gives the exit code of the command.
func run(command []string) (int, error) {
	cluster, err := jaringtest.StartCluster()
	if err != nil {
		return 1, err
	}
	signal.Notify(make(chan os.Signal, 1), os.Interrupt) // the command hears it too and ends; the cluster goes after it
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "JARING_TEST_POSTGRES_URL="+cluster.URL)
	ran := cmd.Run()
	stopped := cluster.Stop()
	var exit *exec.ExitError
	if errors.As(ran, &exit) {
		return exit.ExitCode(), stopped
	}
	if ran != nil {
		return 1, errors.Join(ran, stopped)
	}
	return 0, stopped
}
