// Package coursetest is what the tests of several packages need of the course.
package coursetest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/checkout"
)

// Repo returns the checkout that holds the tests.
func Repo(t *testing.T) checkout.Repo {
	t.Helper()
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

// Solutions returns the checkout and the paths of the solved notebooks, of which
// there is at least one.
func Solutions(t *testing.T) (checkout.Repo, []string) {
	t.Helper()
	repo := Repo(t)
	solutions, err := repo.Solutions()
	if err != nil {
		t.Fatal(err)
	}
	if len(solutions) == 0 {
		t.Fatal("solutions/ holds no notebook: there is nothing to test")
	}
	return repo, solutions
}

// NeedKernel ends a test that cannot do without the kernel in a short run, and
// where there is no kernel: as a failure if [checkout.NeedKernel] says so.
func NeedKernel(t *testing.T, repo checkout.Repo) {
	t.Helper()
	if testing.Short() {
		t.Skip("no notebook is executed in a short run")
	}
	if err := repo.HasKernel(); err != nil {
		if os.Getenv(checkout.NeedKernel) != "" {
			t.Fatal(err)
		}
		t.Skipf("NO NOTEBOOK IS EXECUTED: %v", err)
	}
}

// Write writes a file, in a folder that it makes.
func Write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// WriteNotebook writes a notebook of cells, each given by type, id and source.
func WriteNotebook(t *testing.T, path string, cells ...string) {
	t.Helper()
	var list []string
	for i := 0; i < len(cells); i += 3 {
		rest := ""
		if cells[i] == "code" {
			rest = `, "outputs": [], "execution_count": null`
		}
		list = append(list, fmt.Sprintf(`{"cell_type": %q, "id": %q, "metadata": {}, "source": %q%s}`, cells[i], cells[i+1], cells[i+2], rest))
	}
	Write(t, path, `{"cells": [`+strings.Join(list, ", ")+`], "metadata": {"kernelspec": {"display_name": "Go (gonb)", "name": "gonb"}}, "nbformat": 4, "nbformat_minor": 5}`)
}

// Git runs git in a folder, for a user of no account.
func Git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
