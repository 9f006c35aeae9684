package setup

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/checkout"
	"flowlab/labkit/internal/coursetest"
	"flowlab/labkit/internal/notebook"
	"flowlab/labkit/internal/terminal"
)

// quiet is a terminal that nobody looks at.
var quiet = terminal.Terminal{Out: io.Discard, Err: io.Discard}

// inImage returns a checkout as the image has it: with the solutions of this
// one, and notebooks/ a link to a folder that is not there yet.
func inImage(t *testing.T) (repo checkout.Repo, folder string) {
	t.Helper()
	here := coursetest.Repo(t)
	dir := t.TempDir()
	repo, folder = checkout.Repo(filepath.Join(dir, "course")), filepath.Join(dir, "home", "notebooks")
	for _, err := range []error{
		os.Mkdir(repo.Path(), 0o755),
		os.Symlink(here.Path("solutions"), repo.Path("solutions")),
		os.Symlink(folder, repo.Path("notebooks")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return repo, folder
}

func TestFill(t *testing.T) {
	repo, folder := inImage(t)
	if err := Fill(quiet, repo); err != nil {
		t.Fatal(err)
	}
	names, err := repo.Names()
	if err != nil || len(names) == 0 {
		t.Fatalf("the course has %d notebooks (%v)", len(names), err)
	}
	for _, name := range names {
		n, err := notebook.Read(filepath.Join(folder, name+".ipynb"))
		if err != nil {
			t.Fatal(err)
		}
		if n.Edited() {
			t.Errorf("%s is not as it is released", name)
		}
	}

	first, second := filepath.Join(folder, names[0]+".ipynb"), filepath.Join(folder, names[1]+".ipynb")
	if err := os.WriteFile(first, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	if err := Fill(quiet, repo); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(first); err != nil || string(data) != "mine" {
		t.Errorf("a learner's notebook is %q (%v): want it left alone", data, err)
	}
	if _, err := os.Stat(second); err != nil {
		t.Errorf("a missing notebook was not put back: %v", err)
	}
}

func TestFillWhereNothingCanBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere; make image-test tries it as others")
	}
	repo, folder := inImage(t)
	if err := os.MkdirAll(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%s belongs to user %d", folder, os.Getuid())
	if err := Fill(quiet, repo); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v: want one with %q", err, want)
	}
}
