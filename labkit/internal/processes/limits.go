package processes

import (
	"fmt"
	"time"
)

// Limits are what a command may take together with all that it starts. Zero is
// no limit. They hold on Linux only.
//
// A single process that wants more than half of the memory is refused it by the
// system, and the others go on. What all take is looked at some times a second,
// and the whole command is ended when it is too much: a moment's more than the
// limit is possible.
type Limits struct {
	Memory    int64         // bytes; a file that one of them writes has at most half as many
	Processes int           // at a time
	CPU       time.Duration // of all processors; also of what has ended, if its parent waited for it
}

// SpareThreads is how many threads there may be besides one for each process: it is
// threads that systems limit, with setrlimit those of all that a user runs.
const SpareThreads = 512

// A LimitError says which limit a command has passed.
type LimitError string

func (e LimitError) Error() string { return string(e) }

// A usage is what processes have taken.
type usage struct {
	memory    int64
	processes int
	cpu       time.Duration
}

// exceeded returns an error if a usage is over the limits.
func (l Limits) exceeded(u usage) error {
	switch {
	case l.Memory > 0 && u.memory > l.Memory:
		return LimitError(fmt.Sprintf("it took more than %d MB of memory", l.Memory>>20))
	case l.Processes > 0 && u.processes > l.Processes:
		return LimitError(fmt.Sprintf("it had more than %d processes at a time", l.Processes))
	case l.CPU > 0 && u.cpu > l.CPU:
		return LimitError(fmt.Sprintf("it took more than %v of processor time", l.CPU))
	}
	return nil
}
