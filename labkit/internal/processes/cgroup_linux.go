package processes

import (
	"os"
	"path/filepath"
	"strconv"
)

// confine puts a process, and all that it starts, into a cgroup of its own with a
// limit of threads, where this is root and may make one: the limits of setrlimit
// do not hold for root. The function that it returns removes the cgroup, which must
// be empty.
//
// The places are those of cgroups v1 and v2 in Linux's documentation
// (admin-guide/cgroup-v1/pids.rst, admin-guide/cgroup-v2.rst).
func confine(pid, threads int) (release func()) {
	if os.Getuid() != 0 {
		return func() {}
	}
	for _, place := range []string{"/sys/fs/cgroup/pids", "/sys/fs/cgroup"} {
		group, err := os.MkdirTemp(place, "flowlab-")
		if err != nil {
			continue
		}
		err = os.WriteFile(filepath.Join(group, "pids.max"), []byte(strconv.Itoa(threads)), 0)
		if err == nil {
			err = os.WriteFile(filepath.Join(group, "cgroup.procs"), []byte(strconv.Itoa(pid)), 0)
		}
		if err == nil {
			return func() { _ = os.Remove(group) } // an empty one that stays does no harm
		}
		_ = os.Remove(group)
	}
	return func() {}
}
