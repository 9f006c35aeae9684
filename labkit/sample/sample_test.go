package sample

import (
	"fmt"
	"os"
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

func TestPathOfUnknownSample(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Path("nothing.log")
}
