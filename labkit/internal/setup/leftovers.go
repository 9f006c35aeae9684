package setup

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// kernelFolder is how GoNB names the folder in which a kernel builds its cells.
var kernelFolder = regexp.MustCompile(`^gonb_[0-9a-f]{8}$`)

// beginning is how long a kernel may take until its gopls listens.
const beginning = time.Hour

// ClearLeftovers removes from a folder for temporary files what kernels of this
// user have left that were killed.
//
// Each kernel has one folder there, soon with the socket of its gopls. A folder in
// which nobody listens at a socket is a leftover, unless there are more kernels
// than sockets with somebody behind: then one of them may have lost its gopls, and
// nothing is removed.
func ClearLeftovers(temporary string) error {
	entries, err := os.ReadDir(temporary)
	if err != nil {
		return err
	}
	live := 0
	var left []string
	for _, e := range entries {
		path := filepath.Join(temporary, e.Name())
		if !kernelFolder.MatchString(e.Name()) || !isOwnFolder(path) {
			continue
		}
		socket := filepath.Join(path, "gopls_socket")
		info, err := os.Lstat(path)
		switch _, noSocket := os.Lstat(socket); {
		case err != nil || noSocket != nil && time.Since(info.ModTime()) < beginning:
		case noSocket == nil && listens(socket):
			live++
		default:
			left = append(left, path)
		}
	}
	if len(left) == 0 || kernels() > live {
		return nil
	}
	var errs []error
	for _, path := range left {
		errs = append(errs, os.RemoveAll(path))
	}
	return errors.Join(errs...)
}

// listens tells whether somebody may listen at a socket: only a refusal says that
// nobody does.
func listens(socket string) bool {
	conn, err := net.DialTimeout("unix", socket, time.Second)
	if err == nil {
		_ = conn.Close() // nothing was sent
	}
	return !errors.Is(err, syscall.ECONNREFUSED)
}

// isOwnFolder tells whether a path is a folder of this user, and no link.
func isOwnFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && isOwn(info)
}

func isOwn(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}

// kernels returns how many of this user run, as far as Linux tells.
func kernels() (n int) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 1 << 30 // who knows
	}
	for _, e := range entries {
		if _, err := strconv.Atoi(e.Name()); err != nil {
			continue
		}
		program, err := os.Readlink(filepath.Join("/proc", e.Name(), "exe"))
		if info, statErr := e.Info(); err == nil && statErr == nil && isOwn(info) && filepath.Base(strings.TrimSuffix(program, " (deleted)")) == "gonb" {
			n++
		}
	}
	return n
}
