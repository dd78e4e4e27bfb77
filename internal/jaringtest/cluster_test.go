package jaringtest

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A cluster goes with its process, also when that is killed and can clean nothing up.
func TestClusterGoesWithItsProcess(t *testing.T) {
	const asked = "JARING_TEST_CLUSTER_CHILD"
	if os.Getenv(asked) != "" {
		cluster, err := StartCluster()
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("dir " + cluster.dir + "\n")
		time.Sleep(time.Minute)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestClusterGoesWithItsProcess$")
	child.Env = append(os.Environ(), asked+"=1")
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	dir := ""
	for lines := bufio.NewScanner(out); dir == "" && lines.Scan(); {
		dir, _ = strings.CutPrefix(lines.Text(), "dir ")
		if dir == lines.Text() {
			dir = ""
		}
	}
	if _, err := os.Stat(dir); dir == "" || err != nil {
		t.Errorf("the child has no cluster at %q: %v", dir, err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = child.Wait() // it was killed, and says so
	for range 200 {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s outlived the process that made it", dir)
}

func TestMissingProgramSaysWhatToDo(t *testing.T) {
	_, err := program("no-such-program")
	if err == nil || !strings.Contains(err.Error(), "scripts/setup.sh") || !strings.Contains(err.Error(), "JARING_TEST_POSTGRES_URL") {
		t.Errorf("a missing program is told as %v", err)
	}
}
