package show

import (
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long [awaitPrinted] waits for a kernel that does not read.
const patience = time.Second

// awaitPrinted returns once the reader of a pipe has taken what was written to
// it. What a cell prints goes to the kernel by such a pipe and what it displays
// by another, so that the two could change places.
func awaitPrinted(out *os.File) {
	for end := time.Now().Add(patience); unread(out) && time.Now().Before(end); {
		runtime.Gosched()
	}
}

// unread tells whether a pipe holds bytes that nobody has read. It is false for
// a file that is no pipe.
func unread(out *os.File) bool {
	if info, err := out.Stat(); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		return false
	}
	conn, err := out.SyscallConn()
	if err != nil {
		return false
	}
	n := 0
	err = conn.Control(func(fd uintptr) { n, _ = unix.IoctlGetInt(int(fd), unix.TIOCINQ) })
	return err == nil && n > 0
}
