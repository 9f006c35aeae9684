package setup

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

func TestClearLeftovers(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("kernels are supervised on Linux only")
	}
	dir, err := os.MkdirTemp("", "t") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	folder := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Join(path, "below"), 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	socket := func(name string, listen bool) {
		l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(folder(name), "gopls_socket")})
		if err != nil {
			t.Fatal(err)
		}
		l.SetUnlinkOnClose(false)
		if listen {
			t.Cleanup(func() { l.Close() })
		} else {
			l.Close()
		}
	}
	socket("gonb_00000001", false) // killed
	folder("gonb_00000002")        // only just started
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(folder("gonb_00000003"), old, old); err != nil { // killed, and its gopls has ended
		t.Fatal(err)
	}
	socket("gonb_cache_5", false) // something else
	others := t.TempDir()
	if err := os.Symlink(others, filepath.Join(dir, "gonb_00000004")); err != nil {
		t.Fatal(err)
	}
	names := func() (all []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			all = append(all, e.Name())
		}
		return all
	}
	// As many sockets as there may be kernels on this machine, and then one more.
	for i := range kernels() + 3 {
		socket("gonb_1000000"+string(rune('0'+i)), true)
	}
	before := names()
	if err := ClearLeftovers(dir); err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(slices.Clone(before), func(name string) bool { return name == "gonb_00000001" || name == "gonb_00000003" })
	if got := names(); !slices.Equal(got, want) {
		t.Errorf("left are %q: want %q", got, want)
	}
}
