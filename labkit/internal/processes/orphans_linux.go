package processes

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// orphans are the processes that this one adopts.
type orphans struct {
	before []int // children that are somebody else's matter
}

// prSetChildSubreaper makes a process the parent of its descendants whose own
// parent has ended: see prctl(2), PR_SET_CHILD_SUBREAPER.
const prSetChildSubreaper = 36

// adopt begins to adopt orphans.
func adopt() (orphans, error) {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_PRCTL, prSetChildSubreaper, 1, 0); errno != 0 {
		return orphans{}, fmt.Errorf("becoming the parent of orphans: %w", errno)
	}
	parents, err := parents()
	return orphans{children(parents, os.Getpid())}, err
}

// rounds is how often kill looks for processes that were started meanwhile.
const rounds = 1000

// kill ends all that were adopted, and what they started.
func (o orphans) kill() error {
	commands.Lock()
	defer commands.Unlock()
	for range rounds {
		parents, err := parents()
		if err != nil {
			return err
		}
		adopted := slices.DeleteFunc(children(parents, os.Getpid()), func(pid int) bool { return commands.running[pid] || slices.Contains(o.before, pid) })
		if len(adopted) == 0 {
			return nil
		}
		// All are stopped before the first is killed, so that none starts another.
		all := descendants(parents, adopted)
		for _, signal := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGKILL} {
			for _, pid := range all {
				_ = syscall.Kill(pid, signal) // it may have ended
			}
		}
		for _, pid := range adopted {
			_, _ = syscall.Wait4(pid, nil, 0, nil)
		}
	}
	return errors.New("a program starts processes faster than they can be ended")
}

// parents returns the parent of each process.
func parents() (map[int]int, error) {
	paths, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	parents := map[int]int{}
	for _, path := range paths {
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		// The name, in parentheses, may hold anything; then come state and parent.
		fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
		if len(fields) > 1 {
			parents[pid], _ = strconv.Atoi(string(fields[1]))
		}
	}
	return parents, nil
}

func children(parents map[int]int, pid int) (list []int) {
	for child, parent := range parents {
		if parent == pid {
			list = append(list, child)
		}
	}
	return list
}

// descendants returns processes, their children, and so on.
func descendants(parents map[int]int, pids []int) []int {
	all := slices.Clone(pids)
	for i := 0; i < len(all); i++ {
		all = append(all, children(parents, all[i])...)
	}
	return all
}
