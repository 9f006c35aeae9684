package processes

import (
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
)

// Supervise runs a command with the input, output and signals of this process,
// and returns its exit status when it and all that it started have ended, as
// [Run] does. The command ends when this process is killed.
//
// What the command has started outlives this process then. So two of them are
// needed, one within the other and the inner one in a session of its own: each
// survives what kills the other, and ends the rest.
func Supervise(cmd *exec.Cmd) (status int, err error) {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	endWithParent(cmd.SysProcAttr)
	runtime.LockOSThread() // the parent, in Linux's eyes, is the thread that starts it
	defer runtime.UnlockOSThread()
	orphans, err := adopt()
	if err != nil {
		return 0, err
	}
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range signals {
			if s == syscall.SIGTERM {
				s = syscall.SIGKILL // our own parent may have been killed: there is no time to lose
			}
			_ = cmd.Process.Signal(s) // it may have ended
		}
	}()
	_ = cmd.Wait() // its state says what became of it
	return cmd.ProcessState.ExitCode(), orphans.kill()
}
