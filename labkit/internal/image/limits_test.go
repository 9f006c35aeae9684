package image

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"flowlab/labkit/internal/notebook"
)

// within prints a figure, and a warning if it is above its limit: what a busy
// machine needs is no reason to fail.
func within(t *testing.T, what string, got, limit float64, unit string) {
	t.Helper()
	t.Logf("%s: %.1f %s (limit %.0f)", what, got, unit, limit)
	if got > limit {
		t.Logf("WARNING: %s is above its limit", what)
	}
}

func TestSize(t *testing.T) {
	tool, name := underTest(t)
	size := func(image string) float64 {
		bytes, err := tool.Output("image", "inspect", "--format={{.Size}}", image)
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.ParseFloat(bytes, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n / 1e6
	}
	within(t, "the image", size(name), 900, "MB")
}

// oneCell runs the first cell of the course in a fresh kernel and prints the
// seconds from asking to its end. (The times in an executed notebook will not
// do: GoNB rounds them to seconds.)
const oneCell = `
import glob, json, time
from jupyter_client.manager import start_new_kernel
cells = json.load(open(sorted(glob.glob("solutions/*.ipynb"))[0]))["cells"]
source = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
manager, client = start_new_kernel(kernel_name="gonb", cwd="notebooks")
began = time.monotonic()
reply = client.execute_interactive(source, timeout=300)
print(time.monotonic() - began if reply["content"]["status"] == "ok" else reply)
manager.shutdown_kernel(now=True)
`

func TestFirstCell(t *testing.T) {
	c := start(t, "--network=none", "--", "sleep", "infinity")
	said := c.sh("python3 -c '" + oneCell + "' 2>/dev/null")
	seconds, err := strconv.ParseFloat(said, 64)
	if err != nil {
		t.Fatalf("the first cell did not run: %s", said)
	}
	within(t, "the first cell", seconds, 2, "s")
}

// TestRebuild edits a notebook in a copy of what the image is made from.
func TestRebuild(t *testing.T) {
	tool, _ := underTest(t)
	repo, names := solutions(t)
	dir := t.TempDir()
	for _, name := range []string{"labkit", "solutions"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(repo.Path(name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Dockerfile", ".dockerignore", "LICENSE", "NOTICE", "README.md", "go.mod", "go.sum", "requirements.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(read(t, repo.Path(name))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	edited := filepath.Join(dir, "solutions", names[0])
	n, err := notebook.Read(edited)
	if err != nil {
		t.Fatal(err)
	}
	n.Cells()[0].SetSource("Edited at " + time.Now().String())
	if _, err := n.Write(edited); err != nil {
		t.Fatal(err)
	}
	const tag = "flowlab:test-rebuild"
	began := time.Now()
	if err := tool.Build(io.Discard, dir, tag); err != nil {
		t.Fatal(err)
	}
	within(t, "to build again after an edit of a notebook", time.Since(began).Seconds(), 20, "s")
	if _, err := tool.Output("rmi", tag); err != nil {
		t.Error(err)
	}
}
