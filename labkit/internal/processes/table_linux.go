package processes

import (
	"bytes"
	"os"
	"strconv"
)

// A process is what /proc/PID/stat says of one: see proc_pid_stat(5).
type process struct {
	parent int
	ticks  int64 // of processor time, with that of children that it has waited for
	pages  int64 // in memory
}

// ticksPerSecond is USER_HZ, which Linux keeps at 100 for programs.
const ticksPerSecond = 100

// A table has the processes of the machine by their numbers.
type table map[int]process

func processTable() (table, error) {
	dir, err := os.Open("/proc")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	t := table{}
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		data, err := os.ReadFile("/proc/" + name + "/stat")
		if err != nil {
			continue // it has ended
		}
		if p, ok := parseStat(data); ok {
			t[pid] = p
		}
	}
	return t, nil
}

// parseStat reads the line of a process. Its name, in parentheses, may hold
// anything; the fields behind it are numbered from 3.
func parseStat(line []byte) (p process, ok bool) {
	fields := bytes.Fields(line[bytes.LastIndexByte(line, ')')+1:])
	if len(fields) < 22 {
		return p, false
	}
	field := func(number int) int64 {
		n, _ := strconv.ParseInt(string(fields[number-3]), 10, 64)
		return n
	}
	p.parent, p.pages = int(field(4)), field(24)
	for number := 14; number <= 17; number++ {
		p.ticks += field(number)
	}
	return p, true
}

func (t table) children(pid int) (list []int) {
	for child, p := range t {
		if p.parent == pid {
			list = append(list, child)
		}
	}
	return list
}

// descendants returns processes, their children, and so on.
func (t table) descendants(pids []int) []int {
	children := map[int][]int{}
	for child, p := range t {
		children[p.parent] = append(children[p.parent], child)
	}
	var all []int
	for next := pids; len(next) > 0; next = next[1:] {
		all = append(all, next[0])
		next = append(next, children[next[0]]...)
	}
	return all
}
