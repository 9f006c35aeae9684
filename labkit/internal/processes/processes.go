// Package processes runs a program and ends with it all that it started. What
// runs somebody else's code needs that: a program may ignore signals, leave its
// session, or be left behind by a parent that was killed.
package processes

import (
	"errors"
	"os/exec"
	"sync"
	"syscall"
)

// Run runs a command within limits, in a process group of its own, and returns when it and all
// processes that it or they started have ended: those that are left when the
// command has ended are killed. Several may run side by side; until they return
// this process must start no other one.
//
// On Linux nothing escapes that, as orphans become children of this process: the
// command that ends first takes those of the others with it. Elsewhere a process
// that left the group does. Where a limit is passed all are killed, and the error
// is a [LimitError].
func Run(cmd *exec.Cmd, limits Limits) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	orphans, err := adopt()
	if err != nil {
		return err
	}
	if err := commands.start(cmd); err != nil {
		return err
	}
	stop := orphans.watch(cmd, limits)
	release, err := restrain(cmd.Process.Pid, limits)
	defer release()
	if err != nil { // nothing runs without its limits
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
	waited := errors.Join(err, cmd.Wait())
	if passed := stop(); passed != nil {
		waited = passed // which is why it ended
	}
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // mostly there is nobody left
	commands.ended(cmd)
	return errors.Join(waited, orphans.kill())
}

// commands are the children of this process that it waits for itself.
var commands registry

// A registry keeps the process numbers of commands that run. While it is locked
// none is started.
type registry struct {
	sync.Mutex
	running map[int]bool
}

func (r *registry) start(cmd *exec.Cmd) error {
	r.Lock()
	defer r.Unlock()
	if err := cmd.Start(); err != nil {
		return err
	}
	if r.running == nil {
		r.running = map[int]bool{}
	}
	r.running[cmd.Process.Pid] = true
	return nil
}

func (r *registry) ended(cmd *exec.Cmd) {
	r.Lock()
	defer r.Unlock()
	delete(r.running, cmd.Process.Pid)
}
