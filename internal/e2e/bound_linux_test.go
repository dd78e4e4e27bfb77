package e2e

import (
	"os/exec"
	"syscall"
)

// bound lets the kernel end a process when these tests die without ending it.
func bound(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
