package sample

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"flowlab/labkit"
)

// 149 of the 360 connections have no duration and no byte counts: Zeek saw one
// packet, or none in one direction.
func ExamplePath() {
	flows := labkit.Must(labkit.AddFeatures(labkit.Must(labkit.ReadFlows(Path("conn.log")))))
	_, dropped, err := labkit.Complete(flows)
	fmt.Println(flows.Nrow(), "connections,", dropped, "with something unset,", err)
	// Output: 360 connections, 149 with something unset, <nil>
}

func TestPathMendsADamagedFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	path := Path("conn.log")
	if err := os.WriteFile(path, []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	if Path("conn.log") != path {
		t.Error("the path changed")
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := files.ReadFile("conn.log")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s holds %d bytes, want the sample's %d", path, len(got), len(want))
	}
}

// Who makes the folder first, as somebody else or as a link, neither stops the
// notebook nor chooses what it reads.
func TestFolderIsOurs(t *testing.T) {
	data, err := files.ReadFile("conn.log")
	if err != nil {
		t.Fatal(err)
	}
	for name, make := range map[string]func(dir string) error{
		"writable by all": func(dir string) error { return errors.Join(os.Mkdir(dir, 0o777), os.Chmod(dir, 0o777)) },
		"a link":          func(dir string) error { return os.Symlink(t.TempDir(), dir) },
		"a file":          func(dir string) error { return os.WriteFile(dir, nil, 0o600) },
	} {
		t.Setenv("TMPDIR", t.TempDir())
		dir, err := folder(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(os.Remove(dir), make(dir)); err != nil {
			t.Fatal(err)
		}
		path := Path("conn.log")
		if filepath.Dir(path) == dir {
			t.Errorf("%s: the folder is used", name)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != string(data) {
			t.Errorf("%s: %d bytes, error %v", name, len(got), err)
		}
	}
}

func TestPathOfUnknownSample(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Path("nothing.log")
}
