package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What is no regular file stays what it is, written to or read from.
func TestPipesAndFolders(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link, t.TempDir()} {
		before, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := Write(path, []byte("lost")); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("writing %s: error %v", path, err)
		}
		if after, err := os.Stat(path); err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s was %v and is %v, %v", path, before.Mode(), after.Mode(), err)
		}
		if _, err := Read(path, 10); err == nil || !strings.Contains(err.Error(), "not a regular file") {
			t.Errorf("reading %s: error %v", path, err)
		}
	}
}

func TestWriteAndCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a[b]*")
	if err := Create(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := Create(path, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating it again: error is %v: want that it exists", err)
	}
	if got := read(t, path); got != "one" {
		t.Errorf("content is %q: want the first", got)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, []byte("three")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); got != "three" {
		t.Errorf("written by way of a link, content is %q: want the new one", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v, error %v: want the one it had", info.Mode(), err)
	}
	refused := errors.New("refused")
	err := WriteFrom(path, func(w io.Writer) error {
		io.WriteString(w, "half")
		return refused
	})
	if got := read(t, path); !errors.Is(err, refused) || got != "three" {
		t.Errorf("after content that fails, error is %v and the file holds %q: want what it held", err, got)
	}
	if err := os.WriteFile(filepath.Join(dir, ".a[b]*-123"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := ClearTemporary(path); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v: want one file", entries, err)
	}
}

// A fakeDisk fails at one of its operations, and knows what a power cut leaves:
// the content that was forced to disk under the names that were.
type fakeDisk struct {
	files   map[string]*fakeFile // by their names now
	durable map[string]*fakeFile // by the names that are on disk
	left    int                  // operations until the first that fails
	room    int                  // bytes that a file may have
}

var errDisk = errors.New("the disk fails")

func (d *fakeDisk) step() error {
	if d.left--; d.left < 0 {
		return errDisk
	}
	return nil
}

func (d *fakeDisk) CreateTemp(dir, pattern string) (file, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	f := &fakeFile{disk: d, name: filepath.Join(dir, strings.ReplaceAll(pattern, "*", "1"))}
	d.files[f.name] = f
	return f, nil
}

func (d *fakeDisk) Rename(from, to string) error {
	err := d.step()
	if err == nil {
		d.files[to] = d.files[from]
		delete(d.files, from)
	}
	return err
}

func (d *fakeDisk) Link(from, to string) error {
	if d.files[to] != nil {
		return fs.ErrExist
	}
	err := d.step()
	if err == nil {
		d.files[to] = d.files[from]
	}
	return err
}

func (d *fakeDisk) Remove(path string) error {
	err := d.step()
	if err == nil {
		delete(d.files, path)
	}
	return err
}

func (d *fakeDisk) SyncDir(string) error {
	err := d.step()
	if err == nil {
		d.durable = maps.Clone(d.files)
	}
	return err
}

type fakeFile struct {
	disk        *fakeDisk
	name        string
	now, onDisk string
}

func (f *fakeFile) Name() string { return f.name }

func (f *fakeFile) Write(data []byte) (int, error) {
	if err := f.disk.step(); err != nil {
		return 0, err
	}
	n := min(len(data), f.disk.room)
	f.now += string(data[:n])
	if n < len(data) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

func (f *fakeFile) Chmod(fs.FileMode) error { return f.disk.step() }

func (f *fakeFile) Sync() error {
	err := f.disk.step()
	if err == nil {
		f.onDisk = f.now
	}
	return err
}

func (f *fakeFile) Close() error { return f.disk.step() }

func newFakeDisk(old string) *fakeDisk {
	files := map[string]*fakeFile{"/d/f": {name: "/d/f", now: old, onDisk: old}}
	return &fakeDisk{files: files, durable: maps.Clone(files), left: 1000, room: 1000}
}

// Whatever fails, and wherever the power is cut, the file has its old content or
// the new one, before and after; and it is the new one if no error was returned.
func TestFailingDisk(t *testing.T) {
	const old, fresh = "the old content", "the new content"
	for left := range 20 {
		d := newFakeDisk(old)
		d.left = left
		err := writer{d}.write("/d/f", bytesOf([]byte(fresh)))
		for when, got := range map[string]string{"now": d.files["/d/f"].now, "after a power cut": d.durable["/d/f"].onDisk} {
			if got != fresh && (got != old || err == nil) {
				t.Errorf("with %d operations the file has %q %s, error %v", left, got, when, err)
			}
		}
		if err != nil && !errors.Is(err, errDisk) {
			t.Errorf("with %d operations the error is %v", left, err)
		}
	}
}

// A rename may reach the disk before the folder is forced there: the content has
// to be on disk by then.
func TestContentIsOnDiskBeforeTheName(t *testing.T) {
	for left := range 20 {
		d := newFakeDisk("old")
		d.left = left
		_ = writer{d}.write("/d/f", bytesOf([]byte("new")))
		if f := d.files["/d/f"]; f.onDisk != f.now {
			t.Errorf("with %d operations the file is named and has %q on disk, %q in memory", left, f.onDisk, f.now)
		}
		_ = writer{d}.create("/d/g", []byte("new"))
		if f := d.files["/d/g"]; f != nil && f.onDisk != "new" {
			t.Errorf("with %d operations a created file is named and has %q on disk", left, f.onDisk)
		}
	}
}

func TestFullDisk(t *testing.T) {
	const fresh = "the new content"
	for room := range len(fresh) {
		d := newFakeDisk("old")
		d.room = room
		err := writer{d}.write("/d/f", bytesOf([]byte(fresh)))
		if err == nil || !strings.Contains(err.Error(), "/d/f") || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("with room for %d bytes the error is %v: want one with the file and the reason", room, err)
		}
		if err := (writer{d}).create("/d/g", []byte(fresh)); err == nil {
			t.Errorf("with room for %d bytes a file was created", room)
		}
		if names := slices.Sorted(maps.Keys(d.files)); fmt.Sprint(names) != "[/d/f]" || d.files["/d/f"].now != "old" {
			t.Errorf("with room for %d bytes the folder holds %v: want the old file alone", room, names)
		}
	}
}
