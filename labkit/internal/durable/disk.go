package durable

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// A disk is what a writer needs of the file system.
type disk interface {
	CreateTemp(dir, pattern string) (file, error)
	Rename(from, to string) error
	Link(from, to string) error // fails with fs.ErrExist if there is a file
	Remove(path string) error
	SyncDir(path string) error
}

type file interface {
	Name() string
	Write([]byte) (int, error)
	Chmod(fs.FileMode) error
	Sync() error
	Close() error
}

// osDisk is the file system of the operating system.
type osDisk struct{}

func (osDisk) CreateTemp(dir, pattern string) (file, error) { return os.CreateTemp(dir, pattern) }
func (osDisk) Rename(from, to string) error                 { return os.Rename(from, to) }
func (osDisk) Remove(path string) error                     { return os.Remove(path) }

// Link gives a file a second name. Where the file system knows no links, as FAT
// does not, it is renamed, unless there is a file of that name.
func (osDisk) Link(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, statErr := os.Lstat(to); statErr == nil {
		return fs.ErrExist
	}
	data, readErr := os.ReadFile(from)
	if readErr != nil {
		return err
	}
	f, openErr := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if openErr != nil {
		return openErr
	}
	return fill(f, bytesOf(data), 0o644)
}

// SyncDir forces the entries of a folder to disk, as far as its file system does
// that: some, on network shares for one, do not know it.
func (osDisk) SyncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, dir.Close())
}
