// Package durable writes files that must not be lost: what a learner owns, and
// what has to outlast a crash.
//
// A file is written under another name, forced to disk, put in its place at once
// and then its folder is forced to disk. So whoever reads it, after a kill at any
// moment or a power cut, finds the old content or the new one, whole. See the
// description of rename in POSIX, and of fsync in Linux's manual, which says that
// the folder's entry needs an fsync of its own.
package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Write puts data in the place of the file at path, or makes the file. It keeps
// the mode of a file that is there, follows a link to it, and gives a new one
// mode 0644. A folder, a device or a pipe is left as it is, with an error.
func Write(path string, data []byte) error { return writer{osDisk{}}.write(path, bytesOf(data)) }

// WriteFrom is [Write] of what content writes. If that fails, the file is as it
// was.
func WriteFrom(path string, content func(io.Writer) error) error {
	return writer{osDisk{}}.write(path, content)
}

func bytesOf(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// Create makes a file with this content, and returns [fs.ErrExist] if there is
// one at path.
func Create(path string, data []byte) error { return writer{osDisk{}}.create(path, data) }

// ClearTemporary removes what interrupted writes of the file at path left. No
// other process may be writing it.
func ClearTemporary(path string) error {
	dir := filepath.Dir(path)
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), temporary(path)) && e.Type().IsRegular() {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// temporary is how the names begin under which the file at path is written.
// Git ignores them.
func temporary(path string) string { return "." + filepath.Base(path) + "-" }

// A writer writes to a disk, which a test may let fail.
type writer struct{ disk }

func (w writer) write(path string, content func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return fmt.Errorf("writing %s: it is not a regular file (its mode is %v)", path, info.Mode())
		}
		mode = info.Mode().Perm()
	}
	return w.place(path, content, mode, w.Rename)
}

func (w writer) create(path string, data []byte) error {
	return w.place(path, bytesOf(data), 0o644, func(from, to string) error {
		if err := w.Link(from, to); err != nil {
			return err
		}
		return w.Remove(from)
	})
}

// place writes content under another name in the folder of path and moves it there.
func (w writer) place(path string, content func(io.Writer) error, mode fs.FileMode, move func(from, to string) error) error {
	dir := filepath.Dir(path)
	f, err := w.CreateTemp(dir, temporary(path)+"*")
	if err != nil {
		return err
	}
	err = fill(f, content, mode)
	if err == nil {
		err = move(f.Name(), path)
	}
	if err != nil {
		_ = w.Remove(f.Name()) // the first error says why
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return w.SyncDir(dir)
}

// fill writes a file and forces it to disk.
func fill(f file, content func(io.Writer) error, mode fs.FileMode) error {
	err := content(f)
	if err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
