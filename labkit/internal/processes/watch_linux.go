package processes

import (
	"os"
	"os/exec"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// lookEvery is how often a watch looks at what processes have taken.
const lookEvery = 50 * time.Millisecond

// restrain has the system refuse a process, and all that it starts, more
// than half of the memory, files larger than that, and core dumps.
func restrain(pid int, l Limits) error {
	if l.Memory == 0 {
		return nil
	}
	most := uint64(l.Memory / 2)
	for resource, limit := range map[int]uint64{unix.RLIMIT_DATA: most, unix.RLIMIT_FSIZE: most, unix.RLIMIT_CORE: 0} {
		var now unix.Rlimit
		if err := unix.Prlimit(pid, resource, nil, &now); err != nil {
			return err
		}
		limit = min(limit, now.Max)
		if err := unix.Prlimit(pid, resource, &unix.Rlimit{Cur: limit, Max: limit}, nil); err != nil {
			return err
		}
	}
	return nil
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
