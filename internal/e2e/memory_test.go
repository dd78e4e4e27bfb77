package e2e

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
)

// memory is what a process holds now and held at most, in MB; zero where there is no /proc.
func (s *server) memory() (now, most int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	read := func(re *regexp.Regexp) int {
		m := re.FindSubmatch(text)
		if m == nil {
			return 0
		}
		kB, _ := strconv.Atoi(string(m[1]))
		return kB >> 10
	}
	return read(residentNow), read(residentMost)
}

var (
	residentNow  = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)
	residentMost = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)
)
