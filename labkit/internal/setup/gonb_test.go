package setup

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
)

// A GoNB of another version may be written otherwise: then the changes must be
// looked at again.
func TestChangesFitGoNB(t *testing.T) {
	source, err := sourceOfGoNB(coursetest.Repo(t))
	if err != nil {
		t.Fatal(err)
	}
	times := []int{2, 1, 1} // the wait for gopls, and for the connection; a folder's files; a cell
	for i, c := range changes {
		data, err := os.ReadFile(filepath.Join(source, filepath.FromSlash(c.file)))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(data), c.old); n != times[i] {
			t.Errorf("%s has %q %d times: want %d", c.file, c.old, n, times[i])
		}
		text, err := c.apply(string(data))
		if err != nil {
			t.Error(err)
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), c.file, text, 0); err != nil {
			t.Errorf("after the change: %v", err)
		}
	}
}

func TestChange(t *testing.T) {
	c := change{"a/b.go", "old", "new"}
	if got, err := c.apply("old older"); err != nil || got != "new newer" {
		t.Errorf("got %q, error %v: want %q", got, err, "new newer")
	}
	const want = `a/b.go of GoNB: no text "old" to change`
	if _, err := c.apply("young"); err == nil || err.Error() != want {
		t.Errorf("error %v: want %s", err, want)
	}
}

// The go.mod that the kernel is built with is the course's, but for GoNB's folder.
func TestReplaceGoNB(t *testing.T) {
	repo := checkout.Repo(t.TempDir())
	const course = "module m\n\nrequire (\n\texample.com/a v1.2.3\n\t" + gonb + " v0.11.4\n)\n\nreplace example.com/a => example.com/b v1.0.0\n"
	for name, text := range map[string]string{"go.mod": course, "go.sum": "sums\n"} {
		if err := os.WriteFile(repo.Path(name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "it's.mod")
	if err := replaceGoNB(repo, "/a folder/gonb", path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse(path, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(file.Require) != 2 || len(file.Replace) != 2 || file.Replace[0].New.Path != "example.com/b" || file.Replace[1].Old.Path != gonb || file.Replace[1].New.Path != "/a folder/gonb" {
		t.Errorf("go.mod is\n%s\nwant GoNB replaced in\n%s", data, course)
	}
	if sums, err := os.ReadFile(filepath.Join(filepath.Dir(path), "it's.sum")); err != nil || string(sums) != "sums\n" {
		t.Errorf("go.sum is %q, error %v: want that of the course", sums, err)
	}
}
