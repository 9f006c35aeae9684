package processes

import (
	"errors"
	"fmt"
	"os"
	"slices"
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
	t, err := processTable()
	return orphans{t.children(os.Getpid())}, err
}

// rounds is how often kill looks for processes that were started meanwhile.
const rounds = 1000

// kill ends all that were adopted, and what they started.
func (o orphans) kill() error {
	commands.Lock()
	defer commands.Unlock()
	for range rounds {
		t, err := processTable()
		if err != nil {
			return err
		}
		adopted := o.adopted(t)
		if len(adopted) == 0 {
			return nil
		}
		end(t.descendants(adopted))
		for _, pid := range adopted {
			_, _ = syscall.Wait4(pid, nil, 0, nil)
		}
	}
	return errors.New("a program starts processes faster than they can be ended")
}

// adopted returns the processes that were adopted. The registry of commands is to
// be locked.
func (o orphans) adopted(t table) []int {
	return slices.DeleteFunc(t.children(os.Getpid()), func(pid int) bool { return commands.running[pid] || slices.Contains(o.before, pid) })
}
