// Package processes runs a program and ends with it all that it started. What
// runs somebody else's code needs that: a program may ignore signals, leave its
// session, or be left behind by a parent that was killed.
package processes

import (
	"errors"
	"os/exec"
	"syscall"
)

// Run runs a command in a process group of its own, and returns when it and all
// processes that it or they started have ended: those that are left when the
// command has ended are killed. Until Run returns this process must start no
// other one.
//
// On Linux nothing escapes that, as orphans become children of this process.
// Elsewhere a process that left the group does.
func Run(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	orphans, err := adopt()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	waited := cmd.Wait()
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // mostly there is nobody left
	return errors.Join(waited, orphans.kill())
}
