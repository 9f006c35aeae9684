package processes

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// lookEvery is how often a watch looks at what processes have taken.
const lookEvery = 50 * time.Millisecond

// restrain has the system refuse a process, and all that it starts from then on,
// more than half of the memory, files larger than that, core dumps, and processes
// that multiply faster than a watch can count them. The function that it returns is
// to be called when all have ended.
func restrain(pid int, l Limits) (release func(), err error) {
	release = func() {}
	threads := l.Processes + SpareThreads
	if l.Processes > 0 {
		release = confine(pid, threads)
	}
	if l.Memory > 0 {
		err = errors.Join(limit(pid, unix.RLIMIT_DATA, l.Memory/2), limit(pid, unix.RLIMIT_FSIZE, l.Memory/2), limit(pid, unix.RLIMIT_CORE, 0))
	}
	if l.Processes > 0 {
		err = errors.Join(err, limit(pid, unix.RLIMIT_NPROC, int64(ownThreads()+threads)))
	}
	return release, err
}

// limit sets a limit of a process, unless it has a lower one.
func limit(pid, resource int, most int64) error {
	var now unix.Rlimit
	if err := unix.Prlimit(pid, resource, nil, &now); err != nil {
		return err
	}
	lower := min(uint64(most), now.Max)
	return unix.Prlimit(pid, resource, &unix.Rlimit{Cur: lower, Max: lower}, nil)
}

// ownThreads returns how many threads the processes of this user have.
func ownThreads() (n int) {
	tasks, _ := filepath.Glob("/proc/[0-9]*/task") // the pattern is sound
	for _, path := range tasks {
		if info, err := os.Stat(path); err == nil {
			if s, ok := info.Sys().(*syscall.Stat_t); ok && int(s.Uid) == os.Getuid() {
				n += int(s.Nlink) - 2 // a folder for each
			}
		}
	}
	return n
}

// watch ends a command, and all that it has started, when it passes its limits.
// The function that it returns ends the watch, and says which limit was passed.
//
// A process that has left its parent cannot be told from one of a command that
// runs beside this one: it counts for both.
func (o orphans) watch(cmd *exec.Cmd, l Limits) (stop func() error) {
	if l == (Limits{}) {
		return func() error { return nil }
	}
	done, passed := make(chan struct{}), make(chan error)
	go func() {
		var fault error
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				passed <- fault
				return
			case <-tick.C:
			}
			table, all, err := o.of(cmd)
			if err != nil {
				continue // a moment later there may be room to look
			}
			if fault == nil {
				fault = l.exceeded(table.sum(all))
			}
			if fault != nil {
				end(all)
			}
		}
	}()
	return func() error {
		close(done)
		return <-passed
	}
}

// of returns all processes, and the numbers of a command's: its own, what it
// started, and orphans.
func (o orphans) of(cmd *exec.Cmd) (table, []int, error) {
	commands.Lock()
	defer commands.Unlock()
	table, err := processTable()
	if err != nil {
		return nil, nil, err
	}
	mine := o.adopted(table)
	if pid := cmd.Process.Pid; table[pid].parent == os.Getpid() { // otherwise its number is somebody else's now
		mine = append(mine, pid)
	}
	return table, table.descendants(mine), nil
}

// sum returns what processes have taken.
func (t table) sum(pids []int) (u usage) {
	for _, pid := range pids {
		p := t[pid]
		u.memory += p.pages * int64(os.Getpagesize())
		u.cpu += time.Duration(p.ticks) * (time.Second / ticksPerSecond)
		u.processes++
	}
	return u
}

// end kills processes. All are stopped before the first is killed, so that none
// starts another.
func end(pids []int) {
	for _, signal := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGKILL} {
		for _, pid := range pids {
			_ = syscall.Kill(pid, signal) // it may have ended
		}
	}
}
